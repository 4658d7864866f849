//! Characters that no official document prints: traces of a decoding or a conversion that went wrong.

use crate::model::Diagnostic;

/// A diagnostic for each run of odd characters in the source.
pub fn odd(source: &str) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    let bytes = source.as_bytes();
    let suspects = (0..bytes.len())
        .step_by(BLOCK)
        .filter(|&start| bytes[start..].first_chunk().is_none_or(may_hold_odd))
        .flat_map(|start| start..bytes.len().min(start + BLOCK))
        .filter(|&at| may_begin_odd(bytes[at], bytes.get(at + 1).copied().unwrap_or_default()));
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
const BLOCK: usize = 256;

/// Whether an odd character may begin in a block, told with the byte behind it. Without a branch for each byte, many are
/// looked at at once.
fn may_hold_odd(bytes: &[u8; BLOCK + 1]) -> bool {
    bytes.iter().zip(&bytes[1..]).fold(false, |any, (&byte, &next)| any | may_begin_odd(byte, next))
}

/// Whether an odd character may begin with these two bytes: a control, private use, U+FFFD. Most of prose is told by the
/// first, full-width punctuation (U+FF00 to U+FF5E) by the second.
fn may_begin_odd(byte: u8, next: u8) -> bool {
    let blank = byte.wrapping_sub(b'\t') < 5;
    let control = (byte < 32) & !blank | (byte == 11) | (byte == 127);
    let above = (byte == 0xef) & (next.wrapping_sub(0xa4) > 0xbe - 0xa4);
    control | (byte == 0xc2) & (next < 0xa0) | (byte == 0xee) | above
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

    #[test]
    fn every_odd_character_is_found_wherever_it_stands() {
        for c in (0..0x1_0000).filter_map(char::from_u32) {
            let bytes = c.to_string().into_bytes();
            let may = may_begin_odd(bytes[0], bytes.get(1).copied().unwrap_or_default());
            assert!(may || !is_odd(c), "U+{:04X}", u32::from(c));
        }
        for before in 0..2 * BLOCK {
            for c in ["\u{b}", "\u{7f}", "\u{85}", "\u{fffd}", "\u{f8ff}"] {
                for after in [0, 1, BLOCK] {
                    let found = odd(&("a".repeat(before) + c + &"a".repeat(after)));
                    assert_eq!(found.iter().map(|d| d.span.start).collect::<Vec<_>>(), [before]);
                }
            }
        }
    }
}
