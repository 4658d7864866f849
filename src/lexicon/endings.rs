//! Words that a text may end with.

use crate::pattern::Signature;

/// A list of words by their last character: most texts are told by that alone.
pub struct Endings {
    last: Signature,
    lists: Vec<(char, Vec<(usize, &'static str)>)>,
}

impl Endings {
    pub fn new(words: impl IntoIterator<Item = &'static str>) -> Self {
        let mut lists: Vec<(char, Vec<(usize, &'static str)>)> = Vec::new();
        for (nth, word) in words.into_iter().enumerate() {
            let Some(last) = word.chars().next_back() else { continue };
            match lists.iter_mut().find(|(c, _)| *c == last) {
                Some((_, list)) => list.push((nth, word)),
                None => lists.push((last, vec![(nth, word)])),
            }
        }
        lists.sort_by_key(|(last, _)| *last);
        Self { last: Signature::of_all(lists.iter().map(|(last, _)| u32::from(*last))), lists }
    }

    /// Whether a text ends with one of the words.
    pub fn end(&self, text: &str) -> bool {
        self.of(text).next().is_some()
    }

    /// The words that a text ends with, each with its place in the list, in the order of the list.
    pub fn of(&self, text: &str) -> impl Iterator<Item = (usize, &'static str)> {
        let last = text.chars().next_back().filter(|&c| self.last.may_hold(c.into()));
        let list = last.and_then(|c| self.lists.binary_search_by_key(&c, |(last, _)| *last).ok());
        let words = list.map_or(&[][..], |at| &self.lists[at].1);
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
