//! Characters that no official document prints: traces of a decoding or a conversion that went wrong.

use crate::model::Diagnostic;

/// A diagnostic for each run of odd characters in the source.
pub fn odd(source: &str) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    let bytes = source.as_bytes();
    let next = |at: usize| bytes.get(at + 1).copied().unwrap_or_default();
    let blocks = (0..bytes.len()).step_by(BLOCK).map(|at| at..bytes.len().min(at + BLOCK));
    let suspects = blocks
        .filter(|block| may_hold_odd(&bytes[block.clone()], &bytes[block.start + 1..]))
        .flatten()
        .filter(|&at| may_begin_odd(bytes[at], next(at)));
    for (at, c) in suspects.filter_map(|at| Some((at, source[at..].chars().next()?))).filter(|(_, c)| is_odd(*c)) {
        let end = at + c.len_utf8();
        match found.last_mut().filter(|d| d.span.end == at) {
            Some(run) => run.span.end = end,
            None => found.push(Diagnostic {
                code: "odd_character",
                message: format!("U+{:04X} is no character of official prose; it is kept", u32::from(c)),
                span: at..end,
            }),
        }
    }
    found
}

/// Bytes that are looked at in one go.
const BLOCK: usize = 64;

/// Whether an odd character may begin with one of these bytes; `next` are those behind each. Without a branch for each
/// byte, many are looked at at once; the last of a text is suspect anyway.
fn may_hold_odd(bytes: &[u8], next: &[u8]) -> bool {
    let mut odd = u8::from(next.len() < bytes.len());
    for (&byte, &next) in bytes.iter().zip(next) {
        odd |= u8::from(may_begin_odd(byte, next));
    }
    odd != 0
}

/// Whether an odd character may begin with these two bytes: a control, private use, U+FFFD. Most of prose is told by the
/// first, full-width punctuation (U+FF00 to U+FF5E) by the second.
fn may_begin_odd(byte: u8, next: u8) -> bool {
    let control = (byte < 32) & (byte != b'\t') & (byte != b'\n') & (byte != b'\r') & (byte != 12) | (byte == 127);
    let above = (byte == 0xef) & ((next <= 0xa3) | (next == 0xbf));
    control | (byte == 0xc2) | (byte == 0xee) | above
}

/// The replacement character, private use, and controls other than tab and line ends.
fn is_odd(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' | '\u{c}' => false,
        '\u{fffd}' | '\u{e000}'..='\u{f8ff}' => true,
        c => c.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_of_odd_characters_is_one_diagnostic() {
        let found = odd("正文\u{fffd}\u{fffd}，\t正文\u{e123}");
        assert_eq!(found.iter().map(|d| d.span.len()).collect::<Vec<_>>(), [6, 3]);
    }
}
