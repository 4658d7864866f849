//! Places in text, and the way back from cleaned text to the source.
//!
//! Inside the program a place is a half-open range of bytes. Only `emit` turns it into the code points of the contract.

/// A half-open range of bytes; which text it points into is said where it is used.
pub type Span = std::ops::Range<usize>;

/// Leads from a byte of the cleaned text to the byte of the source it came from.
///
/// The cleaned text is the source with pieces left out (spaces, line ends, noise, markup) and, rarely, a piece written
/// differently (a line end between two Latin words becomes a space, `&nbsp;` a character). So the map is a list of
/// pieces in order; a piece copied unchanged runs in step, a rewritten one is a unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OffsetMap {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    clean: usize,
    source: usize,
    /// Bytes of the source behind this piece; for a copied piece also its length in the cleaned text.
    source_len: usize,
    copied: bool,
}

impl OffsetMap {
    /// Records that `len` bytes at `source` were copied to `clean`, the end of the cleaned text so far.
    pub fn copy(&mut self, clean: usize, source: usize, len: usize) {
        debug_assert!(self.pieces.last().is_none_or(|p| p.clean < clean), "pieces come in order");
        if let Some(last) = self.pieces.last_mut()
            && last.copied
            && last.source + last.source_len == source
            && last.clean + last.source_len == clean
        {
            last.source_len += len;
            return;
        }
        self.pieces.push(Piece { clean, source, source_len: len, copied: true });
    }

    /// Records that the source bytes at `source` stand rewritten at `clean`.
    pub fn rewrite(&mut self, clean: usize, source: Span) {
        debug_assert!(self.pieces.last().is_none_or(|p| p.clean < clean), "pieces come in order");
        self.pieces.push(Piece { clean, source: source.start, source_len: source.len(), copied: false });
    }

    /// The source range behind a non-empty range of the cleaned text.
    pub fn source(&self, clean: &Span) -> Span {
        debug_assert!(clean.start < clean.end, "only a non-empty range has a place in the source");
        let (first, last) = (self.piece_at(clean.start), self.piece_at(clean.end - 1));
        let start = if first.copied { first.source + (clean.start - first.clean) } else { first.source };
        let end = if last.copied { last.source + (clean.end - last.clean) } else { last.source + last.source_len };
        start..end
    }

    fn piece_at(&self, clean: usize) -> &Piece {
        let after = self.pieces.partition_point(|p| p.clean <= clean);
        &self.pieces[after - 1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_broken_over_lines_leads_back_to_both_of_them() {
        // "4.8\n万元" cleaned to "4.8万元".
        let mut map = OffsetMap::default();
        map.copy(0, 0, 3);
        map.copy(3, 4, 6);
        assert_eq!(map.source(&(0..9)), 0..10);
        assert_eq!(map.source(&(3..6)), 4..7);
    }

    #[test]
    fn a_rewritten_piece_is_a_unit() {
        // "a&amp;b" cleaned to "a&b".
        let mut map = OffsetMap::default();
        map.copy(0, 0, 1);
        map.rewrite(1, 1..6);
        map.copy(2, 6, 1);
        assert_eq!(map.source(&(1..2)), 1..6);
        assert_eq!(map.source(&(0..3)), 0..7);
    }
}
