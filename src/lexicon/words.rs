//! Words that a text may hold.

use memchr::memmem::Finder;

/// A list of words to look for.
pub struct Words(Vec<Finder<'static>>);

impl Words {
    pub fn new(words: &[&'static str]) -> Self {
        Self(words.iter().map(|&word| Finder::new(word)).collect())
    }

    /// Where the first of them stands in a text.
    pub fn find(&self, text: &str) -> Option<usize> {
        self.0.iter().filter_map(|word| word.find(text.as_bytes())).min()
    }

    /// Whether one of them stands in a text.
    pub fn stand_in(&self, text: &str) -> bool {
        self.0.iter().any(|word| word.find(text.as_bytes()).is_some())
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
    }
}
