//! One line without the blanks that a page adds: `供 应` → `供应`, `5A 级` → `5A级`; one blank stays between Latin words.
//! Nothing else changes: punctuation, digits and brackets stay as the author wrote them (no NFKC).

use crate::read::{Line, Merge};
use crate::span::Span;

/// A cleaned line with its way back to the source.
#[derive(Debug, Clone, Default)]
pub struct CleanLine {
    pub text: String,
    /// (byte in `text`, byte in the source, length) of what was copied.
    pub copies: Vec<(usize, usize, usize)>,
    /// (byte in `text`, span in the source) of what was rewritten.
    pub rewrites: Vec<(usize, Span)>,
    /// Where a blank was dropped between two words, as bytes of `text`; empty for a letter-spaced line.
    pub gaps: Vec<usize>,
    /// Tabs between cells, as bytes of `text`.
    pub cells: Vec<usize>,
    /// Cells of a row that belong to a merged one, by index.
    pub merged: Vec<(usize, Merge)>,
    /// The row is the first of its table, whatever stands before.
    pub first_row: bool,
    /// The line's place in the source.
    pub source: Span,
    pub heading: Option<u8>,
    /// The source says that a paragraph begins here.
    pub begins: bool,
    pub blank_before: usize,
    /// A page mark stood before the line.
    pub page_before: bool,
    /// The line is an item of a bulleted list; the bullet is left out.
    pub bullet: bool,
    /// Columns that the line fills on a page: a Chinese character two, a Latin one one.
    pub width: usize,
}

/// Cleans a line; `None` when nothing is left.
pub fn clean(source: &str, line: &Line) -> Option<CleanLine> {
    let bullet = if line.pieces[0].reads.is_none() { bullet_len(&source[line.pieces[0].span.clone()]) } else { 0 };
    let mut out = CleanLine {
        source: line.start()..line.end(),
        bullet: bullet > 0,
        heading: line.heading,
        blank_before: line.blank_before,
        page_before: line.page_before,
        begins: line.begins,
        merged: line.merged.clone(),
        first_row: line.first_row,
        ..CleanLine::default()
    };
    let mut separators = line.cells.iter().copied().peekable();
    let mut blank: Option<Span> = None;
    let mut characters = 0;
    let text_start = line.start() + bullet;
    for piece in &line.pieces {
        if let Some(reads) = &piece.reads {
            if separators.next_if_eq(&piece.span.start).is_some() {
                out.cells.push(out.text.len());
                out.rewrites.push((out.text.len(), piece.span.clone()));
                out.text.push('\t');
                blank = None;
            } else if reads.chars().all(is_blank) {
                let start = blank.as_ref().map_or(piece.span.start, |b| b.start);
                blank = Some(start..piece.span.end);
            } else {
                if let (Some(span), Some(next)) = (blank.take(), reads.chars().next()) {
                    out.settle_blank(span, next);
                }
                out.rewrites.push((out.text.len(), piece.span.clone()));
                out.text.push_str(reads);
                out.width += reads.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
                characters += 1;
            }
            continue;
        }
        let mut at = piece.span.start.max(text_start);
        while at < piece.span.end {
            let run = at..at + plain_len(&source[at..piece.span.end]);
            if !run.is_empty() {
                if let (Some(span), Some(next)) = (blank.take(), source[run.clone()].chars().next()) {
                    out.settle_blank(span, next);
                }
                characters += out.copy(source, run.clone());
                at = run.end;
                continue;
            }
            let Some(c) = source[at..].chars().next() else { break };
            let here = at..at + c.len_utf8();
            at = here.end;
            if separators.next_if_eq(&here.start).is_some() {
                out.cells.push(out.text.len());
                out.rewrites.push((out.text.len(), here));
                out.text.push('\t');
                blank = None;
            } else if is_blank(c) || (!line.cells.is_empty() && c == '|') {
                let start = blank.as_ref().map_or(here.start, |b| b.start);
                blank = Some(start..here.end);
                out.width += usize::from(c == ' ');
            } else {
                if let Some(span) = blank.take() {
                    out.settle_blank(span, c);
                }
                characters += out.copy(source, here);
            }
        }
    }
    if out.gaps.len() * 3 > characters {
        out.gaps.clear();
    }
    (!out.text.trim().is_empty()).then_some(out)
}

impl CleanLine {
    /// Copies a piece of the source without blanks; gives its count of characters.
    fn copy(&mut self, source: &str, piece: Span) -> usize {
        match self.copies.last_mut() {
            Some((clean, from, len)) if *from + *len == piece.start && *clean + *len == self.text.len() => {
                *len += piece.len();
            }
            _ => self.copies.push((self.text.len(), piece.start, piece.len())),
        }
        let text = &source[piece];
        self.text.push_str(text);
        let characters = text.chars().count();
        let ascii = text.bytes().filter(u8::is_ascii).count();
        self.width += characters * 2 - ascii;
        characters
    }

    /// Keeps one blank between Latin words, drops every other and remembers the place.
    fn settle_blank(&mut self, span: Span, next: char) {
        match self.text.chars().next_back() {
            None | Some('\t') => {}
            Some(last) if last.is_ascii_graphic() && next.is_ascii_graphic() => {
                self.rewrites.push((self.text.len(), span));
                self.text.push(' ');
            }
            // A sentence ended here; what comes may be the number of an item.
            Some('。') => self.gaps.push(self.text.len()),
            // Beside a number or a Latin word a blank is spacing and parts nothing.
            Some(last) if last.is_ascii_alphanumeric() || next.is_ascii_alphanumeric() => {}
            Some(_) => self.gaps.push(self.text.len()),
        }
    }
}

/// Bytes of the bullet that a line begins with, blanks behind it included: `- `, `• `.
fn bullet_len(text: &str) -> usize {
    let Some(bullet) = text.chars().next().filter(|c| "-*+•●■◆▲★□※○◇➢✓".contains(*c)) else {
        return 0;
    };
    let rest = &text[bullet.len_utf8()..];
    let kept = rest.trim_start();
    let parted = kept.len() < rest.len() || !bullet.is_ascii();
    if parted && !kept.is_empty() { text.len() - kept.len() } else { 0 }
}

/// Bytes at the start of a text that are neither blanks nor separators by their first bytes: nearly all of it.
fn plain_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += match byte {
            b'|' => break,
            b'!'..=b'~' => 1,
            // Han: U+4000 to U+9FFF.
            0xe4..=0xe9 => 3,
            _ => match bytes[at..] {
                // U+3001 to U+303F, U+2010 to U+2027, U+FF00 to U+FF7F: 、。《》, “”—…, ，；：（）.
                [0xe3, 0x80, 0x81..=0xbf, ..] | [0xe2, 0x80, 0x90..=0xa7, ..] | [0xef, 0xbc | 0xbd, ..] => 3,
                _ => break,
            },
        };
    }
    at
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Piece;

    fn cleaned(text: &str) -> CleanLine {
        let cells = text.match_indices('\t').map(|(i, _)| i).collect();
        let line = Line { pieces: vec![Piece::plain(0..text.len())], cells, ..Line::default() };
        clean(text, &line).expect("something is left")
    }

    #[test]
    fn blanks_go_between_characters_and_stay_between_words() {
        assert_eq!(cleaned("供 应 2000 万元").text, "供应2000万元");
        assert_eq!(cleaned("保持5A 级，OF NINGBO").text, "保持5A级，OF NINGBO");
        assert_eq!(cleaned("2022　年").text, "2022年");
    }

    #[test]
    fn a_gap_is_remembered_unless_the_line_is_letter_spaced() {
        assert_eq!(cleaned("初步显现 坚持全域").gaps, ["初步显现".len()]);
        assert!(cleaned("设 用 地 指 标").gaps.is_empty());
        assert_eq!(cleaned("提供服务。 2.乙服务").gaps, ["提供服务。".len()]);
        assert!(cleaned("新增项目 10 个").gaps.is_empty());
    }

    #[test]
    fn a_bullet_is_left_out_and_a_minus_is_not() {
        let line = cleaned("- 1.健康服务");
        assert_eq!((line.text.as_str(), line.bullet), ("1.健康服务", true));
        assert!(!cleaned("-5%以内").bullet && !cleaned("——到2025年").bullet);
    }

    #[test]
    fn every_copied_piece_is_the_source() {
        let source = "达 到 25% 以 上 。";
        let line = cleaned(source);
        for (clean, from, len) in &line.copies {
            assert_eq!(line.text[*clean..clean + len], source[*from..from + len]);
        }
    }

    #[test]
    fn cells_are_parted_by_tabs() {
        let line = cleaned("指标\t 2025年 \t");
        assert_eq!((line.text.as_str(), line.cells.len()), ("指标\t2025年\t", 2));
    }
}
