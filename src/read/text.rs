//! Plain text: a line is a line. Tabs part the cells of a table row.

use super::Line;
use crate::span::Span;

pub fn lines(text: &str) -> Vec<Line> {
    visible_lines(text, &[])
}

/// The lines of `text` without the given markup (sorted, not overlapping); a line of markup alone counts as blank.
pub fn visible_lines(text: &str, markup: &[Span]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut blank_before = 0;
    let mut at = 0;
    let mut next_markup = 0;
    for raw in text.split_inclusive('\n') {
        let line = at..at + raw.len();
        at = line.end;
        let mut pieces = Vec::new();
        let mut from = line.start;
        while let Some(mark) = markup.get(next_markup).filter(|m| m.start < line.end) {
            push_trimmed(text, from..mark.start.max(from), &mut pieces);
            from = mark.end.clamp(from, line.end.max(from));
            if mark.end > line.end {
                break;
            }
            next_markup += 1;
        }
        push_trimmed(text, from..line.end.max(from), &mut pieces);
        trim_ends(text, &mut pieces);
        if pieces.is_empty() {
            blank_before += 1;
            continue;
        }
        let cells = pieces.iter().flat_map(|p| tabs(text, p)).collect();
        lines.push(Line { pieces, blank_before, heading: None, cells });
        blank_before = 0;
    }
    lines
}

fn push_trimmed(text: &str, span: Span, pieces: &mut Vec<Span>) {
    if !text[span.clone()].trim().is_empty() {
        pieces.push(span);
    }
}

/// Takes the blanks off the two ends of a line, but not a tab: it parts cells.
fn trim_ends(text: &str, pieces: &mut [Span]) {
    if let Some(first) = pieces.first_mut() {
        let kept = text[first.clone()].trim_start_matches(is_edge_blank);
        first.start = first.end - kept.len();
    }
    if let Some(last) = pieces.last_mut() {
        last.end = last.start + text[last.clone()].trim_end().len();
    }
}

fn is_edge_blank(c: char) -> bool {
    c.is_whitespace() && c != '\t'
}

fn tabs(text: &str, piece: &Span) -> Vec<usize> {
    text[piece.clone()].match_indices('\t').map(|(i, _)| piece.start + i).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_place_and_count_the_blanks_before() {
        let text = "一、总则\r\n\n  　第一条 为了\n";
        let lines = lines(text);
        assert_eq!(&text[lines[0].pieces[0].clone()], "一、总则");
        assert_eq!(&text[lines[1].pieces[0].clone()], "第一条 为了");
        assert_eq!(lines[1].blank_before, 1);
    }

    #[test]
    fn an_empty_first_cell_is_a_cell() {
        let text = "指标\t单位\n\t家\n";
        let lines = lines(text);
        assert_eq!(lines[1].cells.len(), 1);
    }
}
