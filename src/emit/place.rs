//! From a byte of the source to its code point.

use crate::span::Span;

/// Bytes between two counted places. Small enough that counting the rest costs some nanoseconds, large enough that the
/// index takes 1/16 of the source.
const BLOCK: usize = 128;

/// Code points of a text, counted once and then found from any byte, in any order.
pub struct CodePoints<'t> {
    text: &'t str,
    /// Code points before each block.
    before: Vec<usize>,
    total: usize,
}

impl<'t> CodePoints<'t> {
    pub fn new(text: &'t str) -> Self {
        let mut total = 0;
        let mut before = Vec::with_capacity(text.len() / BLOCK + 1);
        for block in text.as_bytes().chunks(BLOCK) {
            before.push(total);
            total += starts(block);
        }
        Self { text, before, total }
    }

    /// Code points in the whole text.
    pub fn total(&self) -> usize {
        self.total
    }

    /// Code points before the byte `at`, which is a character boundary of the text or its end.
    pub fn at(&self, at: usize) -> usize {
        debug_assert!(self.text.is_char_boundary(at), "byte {at} is inside a character");
        let block = at / BLOCK;
        match self.before.get(block) {
            Some(before) => before + starts(&self.text.as_bytes()[block * BLOCK..at]),
            None => self.total,
        }
    }

    /// The range in code points, and the text there.
    pub fn slice(&self, span: &Span) -> (usize, usize, &'t str) {
        let text = &self.text[span.clone()];
        let start = self.at(span.start);
        let end = if span.len() < BLOCK { start + starts(text.as_bytes()) } else { self.at(span.end) };
        (start, end, text)
    }
}

/// Characters that begin in these bytes, a block at most: all bytes but 10xxxxxx. So few are counted in a byte, and many
/// of them at once.
fn starts(bytes: &[u8]) -> usize {
    usize::from(bytes.iter().map(|&byte| u8::from(byte & 0xC0 != 0x80)).sum::<u8>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_place_counts_as_the_plain_count_does() {
        let text = "第1条 最高2000 万元，𠮷 a\n".repeat(40);
        let points = CodePoints::new(&text);
        for (count, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(points.at(at), count);
        }
        assert_eq!(points.at(text.len()), text.chars().count());
        assert_eq!(points.total(), text.chars().count());
    }

    #[test]
    fn the_end_of_a_text_that_fills_its_blocks_is_found() {
        let text = "a".repeat(2 * BLOCK);
        assert_eq!(CodePoints::new(&text).at(2 * BLOCK), 2 * BLOCK);
        assert_eq!(CodePoints::new("").at(0), 0);
    }
}
