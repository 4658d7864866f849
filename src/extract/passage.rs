//! A passage as the rules read it, and the words without which a rule need not be tried.

use crate::pattern::Signature;
use memchr::memmem::Finder;

/// A passage with the set of its characters: most rules are ruled out by a look at the set.
pub struct Passage<'p> {
    pub text: &'p str,
    pub characters: Signature,
}

impl<'p> Passage<'p> {
    pub fn new(text: &'p str) -> Self {
        Self { text, characters: Signature::of(text) }
    }
}

/// Words of which a passage must hold one to be worth reading.
pub struct Anchors {
    words: Vec<(Vec<u32>, Finder<'static>)>,
}

impl Anchors {
    /// Without words, every passage is worth reading.
    pub fn new(words: &[&'static str]) -> Self {
        Self { words: words.iter().map(|&word| (word.chars().map(u32::from).collect(), Finder::new(word))).collect() }
    }

    pub fn stand_in(&self, passage: &Passage<'_>) -> bool {
        let holds = |(characters, finder): &(Vec<u32>, Finder<'_>)| {
            characters.iter().all(|&c| passage.characters.may_hold(c)) && finder.find(passage.text.as_bytes()).is_some()
        };
        self.words.is_empty() || self.words.iter().any(holds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_without_any_of_the_words_is_passed_over() {
        let anchors = Anchors::new(&["牵头", "%"]);
        for (text, stand) in [("市财政局牵头", true), ("增长5%", true), ("头尾相牵", false), ("", false)] {
            assert_eq!(anchors.stand_in(&Passage::new(text)), stand, "{text}");
        }
        assert!(Anchors::new(&[]).stand_in(&Passage::new("")));
        // 元 is U+5143, U+6143 differs from it in the upper bits alone.
        assert!(!Anchors::new(&["元"]).stand_in(&Passage::new("\u{6143}")));
    }
}
