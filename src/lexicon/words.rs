//! Words that a text may hold.

use super::by_character::ByCharacter;
use memchr::memmem::Finder;

/// A list of words to look for.
pub struct Words {
    finders: Vec<Finder<'static>>,
    by_first: ByCharacter,
}

/// Bytes of a text in which it is faster to look at each character than for each of so many words.
const SHORT: usize = 120;
const MANY: usize = 12;

impl Words {
    pub fn new(words: &[&'static str]) -> Self {
        let finders = words.iter().map(|&word| Finder::new(word)).collect();
        Self { finders, by_first: ByCharacter::new(words.iter().copied(), |word| word.chars().next()) }
    }

    /// Where the first of them stands in a text.
    pub fn find(&self, text: &str) -> Option<usize> {
        if self.is_faster_by_character(text) {
            return self.find_in_short(text);
        }
        self.finders.iter().filter_map(|word| word.find(text.as_bytes())).min()
    }

    /// Whether one of them stands in a text.
    pub fn stand_in(&self, text: &str) -> bool {
        if self.is_faster_by_character(text) {
            return self.find_in_short(text).is_some();
        }
        self.finders.iter().any(|word| word.find(text.as_bytes()).is_some())
    }

    fn is_faster_by_character(&self, text: &str) -> bool {
        text.len() <= SHORT && self.finders.len() >= MANY
    }

    fn find_in_short(&self, text: &str) -> Option<usize> {
        let begins =
            |&(at, c): &(usize, char)| self.by_first.of(c).iter().any(|(_, word)| text[at..].starts_with(word));
        text.char_indices().find(begins).map(|(at, _)| at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_that_stands_first_is_found() {
        let words = Words::new(&["关于", "印发"]);
        assert_eq!(words.find("通知印发关于"), Some("通知".len()));
        assert!(words.stand_in("关于") && !words.stand_in("关印于发") && !words.stand_in(""));
        let long = "通知".repeat(40);
        assert_eq!(words.find(&format!("{long}印发关于")), Some(long.len()));
        assert!(!words.stand_in(&long));
    }

    #[test]
    fn many_words_are_found_alike_in_short_and_long_texts() {
        let words = Words::new(&[
            "一月",
            "二月",
            "三月",
            "四月",
            "五月",
            "六月",
            "七月",
            "八月",
            "九月",
            "十月",
            "冬月",
            "十二月",
        ]);
        for before in [0, 1, 40] {
            let before = "月初".repeat(before);
            assert_eq!(words.find(&format!("{before}十一二月九月")), Some(before.len() + "十一".len()));
            assert_eq!(words.find(&format!("{before}十二月二月")), Some(before.len()));
            assert!(!words.stand_in(&before) && !words.stand_in(&format!("{before}二 月")));
        }
    }
}
