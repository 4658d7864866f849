//! A document saved on one line: what is left of its paragraphs is the indent of each, two blank characters
//! (GB/T 9704-2012, 7.3.3), inside the line.

use super::clean::is_indented;
use crate::label;
use crate::read::{Line, Piece};
use crate::span::Span;

/// A line of fewer bytes is a paragraph, whatever blanks it has, unless it is one among indented ones.
const LONG: usize = 900;

/// Columns of an indent.
const WIDE: usize = 4;
const INDENT: &str = "\u{3000}\u{3000}";

/// Parts the long lines that hold indents before paragraphs. Where paragraphs are indented, a line of any length is parted at
/// an indent before a label: what stood before it, such as the cells of a table, has lost its line end.
pub fn part(source: &str, lines: Vec<Line>) -> Vec<Line> {
    if memchr::memmem::find(source.as_bytes(), "\u{3000}".as_bytes()).is_none() {
        return lines;
    }
    let indented = lines.iter().filter(|line| is_indented(&source[..line.start()])).count() * 2 > lines.len();
    let mut out = Vec::with_capacity(lines.len());
    for line in lines {
        let indents = match line.end() - line.start() >= LONG {
            _ if !line.cells.is_empty() || line.heading.is_some() => Vec::new(),
            true => indents(source, &line),
            false if indented => labelled(source, &line),
            false => Vec::new(),
        };
        if indents.is_empty() {
            out.push(line);
        } else {
            cut(&line, &indents, &mut out);
        }
    }
    out
}

/// The indents of a line, in bytes of the source; none where they part no paragraphs (the columns of a form, a title
/// spaced out): where they do, a sentence ends before many of them, or a label stands behind.
fn indents(source: &str, line: &Line) -> Vec<Span> {
    let gaps = wide_gaps(source, line);
    let begins = |gap: &&Span| {
        let (before, after) = (&source[line.start()..gap.start], &source[gap.end..line.end()]);
        before.ends_with(['。', '；', '！']) || label::parse(after).is_some()
    };
    let beginning = gaps.iter().filter(begins).count();
    if beginning < 3 || beginning * 4 < gaps.len() {
        return Vec::new();
    }
    gaps.into_iter().filter(|gap| begins(&gap) || !is_inside_sentence(&source[line.start()..gap.start])).collect()
}

/// The indents before labels.
fn labelled(source: &str, line: &Line) -> Vec<Span> {
    if memchr::memmem::find(&source.as_bytes()[line.start()..line.end()], INDENT.as_bytes()).is_none() {
        return Vec::new();
    }
    let mut gaps = wide_gaps(source, line);
    gaps.retain(|gap| label::parse(&source[gap.end..line.end()]).is_some());
    gaps
}

/// Runs of blanks as wide as an indent, one of them as wide as a character.
fn wide_gaps(source: &str, line: &Line) -> Vec<Span> {
    let mut gaps = Vec::new();
    let (mut run, mut columns, mut full) = (line.start()..line.start(), 0, false);
    let mut see = |at: Span, c: char| {
        if c.is_whitespace() {
            if columns == 0 {
                run.start = at.start;
            }
            run.end = at.end;
            columns += if c == '\u{3000}' { 2 } else { 1 };
            full |= c == '\u{3000}';
            return;
        }
        if columns >= WIDE && full && run.start > line.start() {
            gaps.push(run.clone());
        }
        (columns, full) = (0, false);
    };
    for piece in &line.pieces {
        match &piece.reads {
            Some(reads) => reads.chars().for_each(|c| see(piece.span.clone(), c)),
            None => {
                let at = piece.span.start;
                let seen = source[piece.span.clone()].char_indices();
                seen.for_each(|(offset, c)| see(at + offset..at + offset + c.len_utf8(), c));
            }
        }
    }
    gaps
}

/// Whether a text breaks off inside a sentence that is not its first: the line was wrapped there before it was joined.
fn is_inside_sentence(before: &str) -> bool {
    let paragraph = before.rsplit(INDENT).next().unwrap_or_default();
    paragraph.contains('。') && !paragraph.ends_with(['。', '；', '！', '：', ':', '）', ')', '”'])
}

/// The pieces of a line between the gaps, each a paragraph of its own.
fn cut(line: &Line, gaps: &[Span], out: &mut Vec<Line>) {
    let starts = std::iter::once(line.start()).chain(gaps.iter().map(|gap| gap.end));
    let ends = gaps.iter().map(|gap| gap.start).chain([line.end()]);
    for (n, (start, end)) in starts.zip(ends).enumerate() {
        let inside = |piece: &Piece| match &piece.reads {
            Some(_) => (start <= piece.span.start && piece.span.end <= end).then(|| piece.clone()),
            None => {
                let span = piece.span.start.max(start)..piece.span.end.min(end);
                (span.start < span.end).then(|| Piece::plain(span))
            }
        };
        let pieces: Vec<Piece> = line.pieces.iter().filter_map(inside).collect();
        if pieces.is_empty() {
            continue;
        }
        let blank_before = if n == 0 { line.blank_before } else { 0 };
        out.push(Line { pieces, blank_before, begins: n > 0 || line.begins, ..Line::default() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::text_lines;

    fn parted(text: &str) -> Vec<&str> {
        part(text, text_lines(text)).iter().map(|line| &text[line.start()..line.end()]).collect()
    }

    /// A text made a long line by the sentence behind it.
    fn long(text: &str) -> String {
        format!("{text}{}", "巡查队按户巡查，".repeat(40))
    }

    #[test]
    fn a_long_line_is_parted_at_its_indents() {
        let source = long(
            "　　关于防火的通知　　各村：　　一、时间　　冬季。　　二、队伍　　组 长：周 海　　每队两人。分区巡　　查。　　三、",
        );
        let lines = parted(&source);
        let expected =
            ["关于防火的通知", "各村：", "一、时间", "冬季。", "二、队伍", "组 长：周 海", "每队两人。分区巡　　查。"];
        assert_eq!(lines[..7], expected);
        assert_eq!(lines.len(), 8);
    }

    #[test]
    fn among_indented_paragraphs_a_label_behind_an_indent_begins_one() {
        let table = "指标　　2005年　　（万吨）5.1个百分点";
        let source = format!("　　（一）水。\n　　达标。　　仍差。\n{table}　　（二）气。\n　　达标。");
        assert_eq!(parted(&source), ["（一）水。", "达标。　　仍差。", table, "（二）气。", "达标。"]);
        assert_eq!(parted(&source.replace("\n　　", "\n")).len(), 4);
    }

    #[test]
    fn the_blanks_of_a_form_and_of_a_short_line_part_nothing() {
        let form = long("姓名：　　性别：　　住址：　　电话：　　（　　年）　　单位　　盖章　　日期");
        assert_eq!(parted(&form).len(), 1);
        assert_eq!(parted("第一章　　总　　则").len(), 1);
        assert_eq!(parted("一、时间　　冬季。　　二、队伍　　两人。　　三、要求").len(), 1);
    }
}
