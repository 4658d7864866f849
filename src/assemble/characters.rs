//! Characters that no official document prints: traces of a decoding or a conversion that went wrong.

use crate::model::Diagnostic;

/// A diagnostic for each run of odd characters in the source.
pub fn odd(source: &str) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    let suspects = source.bytes().enumerate().filter(|(_, byte)| may_begin_odd(*byte)).map(|(at, _)| at);
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

/// Whether an odd character may begin with this byte: a control, U+0080 to U+00BF, U+E000 and above.
fn may_begin_odd(byte: u8) -> bool {
    matches!(byte, 0..=8 | 11 | 14..=31 | 127 | 0xc2 | 0xee | 0xef)
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
