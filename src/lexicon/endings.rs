//! Words that a text may end with.

use super::by_character::ByCharacter;

/// A list of words that a text may end with.
pub struct Endings(ByCharacter);

impl Endings {
    pub fn new(words: impl IntoIterator<Item = &'static str>) -> Self {
        Self(ByCharacter::new(words, |word| word.chars().next_back()))
    }

    /// Whether a text ends with one of the words.
    pub fn end(&self, text: &str) -> bool {
        self.of(text).next().is_some()
    }

    /// The words that a text ends with, each with its place in the list, in the order of the list.
    pub fn of(&self, text: &str) -> impl Iterator<Item = (usize, &'static str)> {
        let words = text.chars().next_back().map_or(&[][..], |last| self.0.of(last));
        words.iter().copied().filter(move |(_, word)| text.ends_with(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_ends_with_a_word_whole() {
        let endings = Endings::new(["委员会", "会", "办公厅"]);
        for (text, ends) in [("某市委员会", true), ("协会", true), ("厅", false), ("办公厅", true), ("", false)]
        {
            assert_eq!(endings.end(text), ends, "{text}");
        }
        assert_eq!(endings.of("某市委员会").collect::<Vec<_>>(), [(0, "委员会"), (1, "会")]);
    }
}
