//! Lines without the blanks that a page adds: `供 应` → `供应`, `5A 级` → `5A级`; one blank stays between Latin words.
//! Nothing else changes: punctuation, digits and brackets stay as the author wrote them (no NFKC).

use crate::label::{self, Label};
use crate::read::{Line, Merge};
use crate::span::Span;
use std::ops::Range;

/// The cleaned lines of a source, one right behind the other, with their way back to the source.
#[derive(Debug, Default)]
pub struct Cleaned {
    pub text: String,
    pub lines: Vec<CleanLine>,
    /// What `text` is made of, in order; none belongs to two lines.
    pub parts: Vec<Part>,
    /// Where a blank was dropped between two words, as bytes of `text`; none in a letter-spaced line.
    pub gaps: Vec<usize>,
    /// Tabs between cells, as bytes of `text`.
    pub cells: Vec<usize>,
    /// Brackets, and marks at which clauses end.
    pub marks: Vec<char>,
}

/// A part of the cleaned text that stands in one piece in the source.
#[derive(Debug)]
pub struct Part {
    /// Where it begins, in bytes of the cleaned text.
    pub clean: usize,
    pub source: Span,
    /// It is written in the source as it is here.
    pub copied: bool,
}

/// A cleaned line.
#[derive(Debug)]
pub struct CleanLine {
    /// In the cleaned text.
    pub span: Span,
    /// The line's place in the source.
    pub source: Span,
    /// It has cells.
    pub is_row: bool,
    /// Cells of a row that belong to a merged one, by index.
    pub merged: Vec<(usize, Merge)>,
    /// The row is the first of its table, whatever stands before.
    pub first_row: bool,
    pub heading: Option<u8>,
    /// The source says that a paragraph begins here.
    pub begins: bool,
    /// It is set in by two characters (GB/T 9704-2012, 7.3.3).
    pub indented: bool,
    pub blank_before: usize,
    /// A page mark stood before the line.
    pub page_before: bool,
    /// The line is an item of a bulleted list; the bullet is left out.
    pub bullet: bool,
    /// The label that it begins with.
    pub label: Option<Label>,
    /// Where its marks stand among those of all lines.
    pub marks: Range<usize>,
    pub characters: usize,
    /// Columns that the line fills on a page: a Chinese character two, a Latin one one.
    pub width: usize,
}

/// Columns by which the first line of a paragraph is set in.
const INDENT: usize = 4;

impl Cleaned {
    pub fn str(&self, line: &CleanLine) -> &str {
        &self.text[line.span.clone()]
    }

    /// Cleans a line; it is left out when nothing of it is.
    pub fn push(&mut self, source: &str, line: Line) {
        let (start, parts, gaps, cells) = (self.text.len(), self.parts.len(), self.gaps.len(), self.cells.len());
        let marks = self.marks.len();
        let bullet = if line.pieces[0].reads.is_none() { bullet_len(&source[line.pieces[0].span.clone()]) } else { 0 };
        let text_start = line.start() + bullet;
        let mut separators = line.cells.iter().copied().peekable();
        let mut blank: Option<Span> = None;
        // A piece that reads otherwise than it is written is one letter.
        let (mut characters, mut letters, mut width) = (0, 0, 0);
        for piece in &line.pieces {
            if let Some(reads) = &piece.reads {
                if separators.next_if_eq(&piece.span.start).is_some() {
                    self.separate(piece.span.clone());
                    characters += 1;
                    blank = None;
                } else if reads.chars().all(has_no_width) {
                    blank = blank.map(|before| before.start..piece.span.end);
                } else if reads.chars().all(is_blank) {
                    let start = blank.map_or(piece.span.start, |b| b.start);
                    blank = Some(start..piece.span.end);
                } else {
                    if let (Some(span), Some(next)) = (blank.take(), reads.chars().next()) {
                        characters += usize::from(self.keeps_blank(start, span, next));
                    }
                    self.rewrite(piece.span.clone(), reads);
                    self.marks.extend(reads.chars().filter(|c| is_mark(*c)));
                    characters += reads.chars().count();
                    letters += 1;
                    width += reads.chars().map(columns).sum::<usize>();
                }
                continue;
            }
            let mut at = piece.span.start.max(text_start);
            while at < piece.span.end {
                let (bytes, plain) = plain(&source[at..piece.span.end], &mut self.marks);
                let Some(c) = source[at..].chars().next() else { break };
                let here = at..at + if plain > 0 { bytes } else { c.len_utf8() };
                at = here.end;
                if plain == 0 && separators.next_if_eq(&here.start).is_some() {
                    self.separate(here);
                    characters += 1;
                    blank = None;
                    continue;
                }
                if plain == 0 && has_no_width(c) {
                    blank = blank.map(|before| before.start..here.end);
                    continue;
                }
                if plain == 0 && (is_blank(c) || (!line.cells.is_empty() && c == '|')) {
                    let start = blank.map_or(here.start, |b| b.start);
                    blank = Some(start..here.end);
                    width += usize::from(c == ' ');
                    continue;
                }
                if let Some(span) = blank.take() {
                    characters += usize::from(self.keeps_blank(start, span, c));
                }
                let count = plain.max(1);
                characters += count;
                letters += count;
                // Of the plain ones those that fill two columns have three bytes.
                width += if plain > 0 { plain + (bytes - plain) / 2 } else { columns(c) };
                self.copy(start, source, here);
            }
        }
        let text = &self.text[start..];
        if text.trim_start().is_empty() {
            self.text.truncate(start);
            self.parts.truncate(parts);
            self.gaps.truncate(gaps);
            self.cells.truncate(cells);
            self.marks.truncate(marks);
            return;
        }
        let (label, source_start) = (label::parse(text), line.start());
        if (self.gaps.len() - gaps) * 3 > letters {
            self.gaps.truncate(gaps);
        }
        self.lines.push(CleanLine {
            span: start..self.text.len(),
            source: line.start()..line.end(),
            is_row: self.cells.len() > cells,
            merged: line.merged,
            first_row: line.first_row,
            heading: line.heading,
            begins: line.begins,
            indented: is_indented(&source[..source_start]),
            blank_before: line.blank_before,
            page_before: line.page_before,
            bullet: bullet > 0,
            label,
            marks: marks..self.marks.len(),
            characters,
            width,
        });
    }

    /// Copies a piece of the source into the line that begins at `start`.
    fn copy(&mut self, start: usize, source: &str, from: Span) {
        let clean = self.text.len();
        self.text.push_str(&source[from.clone()]);
        match self.parts.last_mut() {
            Some(last) if last.copied && last.clean >= start && last.source.end == from.start => {
                last.source.end = from.end;
            }
            _ => self.parts.push(Part { clean, source: from, copied: true }),
        }
    }

    fn rewrite(&mut self, from: Span, reads: &str) {
        self.parts.push(Part { clean: self.text.len(), source: from, copied: false });
        self.text.push_str(reads);
    }

    fn separate(&mut self, from: Span) {
        self.cells.push(self.text.len());
        self.rewrite(from, "\t");
    }

    /// Keeps one blank between Latin words, drops every other and remembers the place; whether it was kept.
    fn keeps_blank(&mut self, start: usize, span: Span, next: char) -> bool {
        match self.text[start..].chars().next_back() {
            None | Some('\t') => {}
            Some(last) if last.is_ascii_graphic() && next.is_ascii_graphic() => {
                self.rewrite(span, " ");
                return true;
            }
            // A sentence ended here; what comes may be the number of an item.
            Some('。') => self.gaps.push(self.text.len()),
            // Beside a number or a Latin word a blank is spacing and parts nothing.
            Some(last) if last.is_ascii_alphanumeric() || next.is_ascii_alphanumeric() => {}
            Some(_) => self.gaps.push(self.text.len()),
        }
        false
    }
}

fn columns(c: char) -> usize {
    if c.is_ascii() { 1 } else { 2 }
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

/// Bytes and characters at the start of a text that are surely neither blanks nor separators: nearly all of it. Each
/// has one byte or three. Gathers the marks among them.
fn plain(text: &str, marks: &mut Vec<char>) -> (usize, usize) {
    let (mut at, mut characters) = (0, 0);
    while let Some(&byte) = text.as_bytes().get(at) {
        at += match byte {
            // Han: U+4000 to U+9FFF.
            0xe4..=0xe9 => 3,
            b'|' => break,
            b'!'..=b'~' => {
                if is_mark(char::from(byte)) {
                    marks.push(char::from(byte));
                }
                1
            }
            _ => match text[at..].chars().next() {
                Some(c) if is_mark(c) => {
                    marks.push(c);
                    3
                }
                // 、“”—…％
                Some('\u{3001}'..='\u{303f}' | '\u{2010}'..='\u{2027}' | '\u{ff00}'..='\u{ff7f}') => 3,
                _ => break,
            },
        };
        characters += 1;
    }
    (at, characters)
}

/// Whether a character is a bracket, or ends a clause. Each has one byte or three, and none is a blank.
fn is_mark(c: char) -> bool {
    matches!(c, '（' | '(' | '〔' | '《' | '【' | '［' | '[' | '）' | ')' | '〕' | '》' | '】' | '］' | ']')
        || ends_clause(c)
}

/// Whether a character stands in a sentence and in no title.
pub fn ends_clause(c: char) -> bool {
    matches!(c, '。' | '；' | '：' | ':' | '，')
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || has_no_width(c)
}

/// Whether a character is seen only where a line breaks at it: it parts nothing.
fn has_no_width(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// Whether the line that a text breaks off in is an indent so far.
pub fn is_indented(before: &str) -> bool {
    let indent = before.chars().rev().take_while(|&c| is_blank(c) && c != '\n').take(INDENT + 2);
    let columns: usize = indent.map(|c| if c == '\u{3000}' { 2 } else { 1 }).sum();
    (INDENT - 1..=INDENT + 1).contains(&columns)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Piece;

    fn cleaned(text: &str) -> Cleaned {
        let cells = text.match_indices('\t').map(|(i, _)| i).collect();
        let line = Line { pieces: vec![Piece::plain(0..text.len())], cells, ..Line::default() };
        let mut cleaned = Cleaned::default();
        cleaned.push(text, line);
        cleaned
    }

    #[test]
    fn blanks_go_between_characters_and_stay_between_words() {
        assert_eq!(cleaned("供 应 2000 万元").text, "供应2000万元");
        assert_eq!(cleaned("保持5A 级，OF NINGBO").text, "保持5A级，OF NINGBO");
        assert_eq!(cleaned("2022　年").text, "2022年");
        assert_eq!(cleaned("20\u{200b}22 \u{feff}年OF\u{ad} NINGBO").text, "2022年OF NINGBO");
    }

    #[test]
    fn a_line_of_blanks_leaves_nothing() {
        let mut cleaned = cleaned("甲\t乙");
        cleaned.push("\t \t", Line { pieces: vec![Piece::plain(0..3)], cells: vec![0, 2], ..Line::default() });
        assert_eq!((cleaned.lines.len(), cleaned.text.as_str(), cleaned.cells.len()), (1, "甲\t乙", 1));
        assert_eq!(cleaned.parts.len(), 3);
    }

    #[test]
    fn characters_and_columns_are_counted() {
        for (text, characters, width) in [("供应 2000 万元", 8, 14), ("OF NINGBO", 9, 9), ("①α。\u{1}", 4, 7)] {
            let line = &cleaned(text).lines[0];
            assert_eq!((line.characters, line.width), (characters, width), "{text}");
        }
    }

    #[test]
    fn marks_are_gathered() {
        let cleaned = cleaned("甲（一、乙）： [1]【丙 】，。");
        assert_eq!(cleaned.marks.iter().collect::<String>(), "（）：[]【】，。");
    }

    #[test]
    fn a_gap_is_remembered_unless_the_line_is_letter_spaced() {
        assert_eq!(cleaned("初步显现 坚持全域").gaps, ["初步显现".len()]);
        assert!(cleaned("设 用 地 指 标").gaps.is_empty());
        assert!(cleaned("初步显现\u{200b}坚持全域").gaps.is_empty());
        assert_eq!(cleaned("初步显现\u{200b} 坚持全域").gaps, ["初步显现".len()]);
        assert_eq!(cleaned("提供服务。 2.乙服务").gaps, ["提供服务。".len()]);
        assert!(cleaned("新增项目 10 个").gaps.is_empty());
    }

    #[test]
    fn a_bullet_is_left_out_and_a_minus_is_not() {
        let bulleted = cleaned("- 1.健康服务");
        assert_eq!((bulleted.text.as_str(), bulleted.lines[0].bullet), ("1.健康服务", true));
        assert!(!cleaned("-5%以内").lines[0].bullet && !cleaned("——到2025年").lines[0].bullet);
    }

    #[test]
    fn every_copied_part_is_the_source() {
        let source = "达 到 25% 以 上 。";
        let cleaned = cleaned(source);
        for Part { clean, source: from, .. } in cleaned.parts {
            assert_eq!(cleaned.text[clean..clean + from.len()], source[from]);
        }
    }

    #[test]
    fn cells_are_parted_by_tabs() {
        let cleaned = cleaned("指标\t 2025年 \t");
        assert_eq!((cleaned.text.as_str(), cleaned.cells.len()), ("指标\t2025年\t", 2));
    }
}
