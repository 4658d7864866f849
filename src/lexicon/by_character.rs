//! Words told by one of their characters.

use crate::pattern::Signature;

/// A list of words by their first or their last character: most texts are told by that alone.
pub struct ByCharacter {
    told: Signature,
    lists: Vec<(char, Vec<(usize, &'static str)>)>,
}

impl ByCharacter {
    pub fn new(words: impl IntoIterator<Item = &'static str>, telling: fn(&str) -> Option<char>) -> Self {
        let mut lists: Vec<(char, Vec<(usize, &'static str)>)> = Vec::new();
        for (nth, word) in words.into_iter().enumerate() {
            let Some(c) = telling(word) else { continue };
            match lists.iter_mut().find(|(other, _)| *other == c) {
                Some((_, list)) => list.push((nth, word)),
                None => lists.push((c, vec![(nth, word)])),
            }
        }
        lists.sort_by_key(|(c, _)| *c);
        Self { told: Signature::of_all(lists.iter().map(|(c, _)| u32::from(*c))), lists }
    }

    /// The words that a character tells, each with its place in the list, in the order of the list.
    #[inline]
    pub fn of(&self, c: char) -> &[(usize, &'static str)] {
        if !self.told.may_hold(c.into()) {
            return &[];
        }
        let list = self.lists.binary_search_by_key(&c, |(other, _)| *other);
        list.map_or(&[], |at| &self.lists[at].1)
    }
}
