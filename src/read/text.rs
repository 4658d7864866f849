//! Plain text: a line is a line. Tabs part the cells of a table row; HTML in it is read as such.

use super::html::fragment::{self, Tables};
use super::{Line, Page, Piece};
use crate::model::Noise;
use crate::span::Span;
use std::cell::LazyCell;

pub fn page(text: &str) -> Page {
    visible_lines(text, &[])
}

/// The lines of `text` with nothing taken for markup.
pub fn raw_lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut blank_before = 0;
    let mut at = 0;
    while at < text.len() {
        let line = at..line_end(text, at);
        at = line.end;
        push_line(text, &[line], true, &mut blank_before, &mut lines);
    }
    lines
}

/// Behind what ends the line at `at`: LF, CR LF, or CR.
pub fn line_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    match memchr::memchr2(b'\n', b'\r', &bytes[at..]) {
        Some(len) if bytes[at + len..].starts_with(b"\r\n") => at + len + 2,
        Some(len) => at + len + 1,
        None => text.len(),
    }
}

/// The lines of `text` without the given markup (sorted, not overlapping) and without HTML; a line of markup alone counts
/// as blank.
pub fn visible_lines(text: &str, markup: &[Span]) -> Page {
    let mut page = Page::default();
    let tables = LazyCell::new(|| Tables::of(text));
    let mut next_html = Ahead::new(|from| memchr::memchr2(b'<', b'&', &text.as_bytes()[from..]));
    let mut next_tab = Ahead::new(|from| memchr::memchr(b'\t', &text.as_bytes()[from..]));
    let mut shown = Vec::new();
    let mut blank_before = 0;
    let mut at = 0;
    let mut next_markup = 0;
    while at < text.len() {
        let mut line = at..line_end(text, at);
        let in_html = next_html.is_in(&line) && fragment::is_html(&text[line.clone()]);
        if in_html {
            line.end = tables.end(text, &line);
        }
        at = line.end;
        while markup.get(next_markup).is_some_and(|m| m.end <= line.start) {
            next_markup += 1;
        }
        let hidden = &markup[next_markup..];
        if in_html {
            let (found, comments) = fragment::lines(text, &line, hidden);
            if found.is_empty() {
                blank_before += 1;
            }
            // Where only characters are written as HTML, a line is a line of the text.
            let tagged = memchr::memchr(b'<', &text.as_bytes()[line.clone()]).is_some();
            for (i, mut found) in found.into_iter().enumerate() {
                found.begins &= tagged;
                if i == 0 {
                    found.blank_before = std::mem::take(&mut blank_before);
                }
                page.lines.push(found);
            }
            page.noise.extend(comments.into_iter().map(|span| Noise { kind: "markup", span }));
            continue;
        }
        shown.clear();
        let mut from = line.start;
        for mark in hidden.iter().take_while(|m| m.start < line.end) {
            shown.push(from..mark.start.max(from));
            from = mark.end.clamp(from, line.end);
        }
        shown.push(from..line.end);
        push_line(text, &shown, next_tab.is_in(&line), &mut blank_before, &mut page.lines);
    }
    take_off_indents(text, &mut page.lines);
    page
}

/// Makes paragraphs of the rows that have one cell behind tabs, unless they stand in a table.
fn take_off_indents(text: &str, lines: &mut [Line]) {
    let is_set_in = |line: &Line| {
        let behind = |tab: usize| text[line.start()..=tab].trim_start_matches('\t');
        line.cells.last().is_some_and(|&tab| behind(tab).is_empty())
    };
    for at in 0..lines.len() {
        let is_row = |line: &Line| !line.cells.is_empty() && !is_set_in(line);
        let after_row = lines[..at].last().is_some_and(is_row) && lines[at].blank_before == 0;
        let before_row = lines.get(at + 1).is_some_and(|next| is_row(next) && next.blank_before == 0);
        if is_set_in(&lines[at]) && !after_row && !before_row {
            let line = &mut lines[at];
            let first = &mut line.pieces[0].span;
            first.start = first.end - text[first.clone()].trim_start().len();
            line.cells.clear();
        }
    }
}

/// The next place of something in a text that is gone through forwards: it is looked for once.
struct Ahead<F> {
    find: F,
    at: usize,
}

impl<F: Fn(usize) -> Option<usize>> Ahead<F> {
    /// `find` tells how far behind a place the next one is.
    fn new(find: F) -> Self {
        let at = find(0).unwrap_or(usize::MAX);
        Self { find, at }
    }

    /// Whether one stands in a part of the text; the parts asked for come in order.
    fn is_in(&mut self, part: &Span) -> bool {
        if self.at < part.start {
            self.at = (self.find)(part.start).map_or(usize::MAX, |len| part.start + len);
        }
        self.at < part.end
    }
}

/// Makes a line of what is shown of it, or counts it as blank.
fn push_line(text: &str, shown: &[Span], may_have_tabs: bool, blank_before: &mut usize, lines: &mut Vec<Line>) {
    let mut line = Line::default();
    for span in shown {
        if !text[span.clone()].trim_start().is_empty() {
            line.pieces.reserve_exact(shown.len());
            line.pieces.push(Piece::plain(span.clone()));
        }
    }
    if line.pieces.is_empty() {
        *blank_before += 1;
        return;
    }
    trim_ends(text, &mut line.pieces);
    for piece in line.pieces.iter().filter(|_| may_have_tabs) {
        let tabs = memchr::memchr_iter(b'\t', &text.as_bytes()[piece.span.clone()]);
        line.cells.extend(tabs.map(|tab| piece.span.start + tab));
    }
    line.blank_before = std::mem::take(blank_before);
    lines.push(line);
}

/// Takes the blanks off the two ends of a line, but not a tab: it parts cells.
fn trim_ends(text: &str, pieces: &mut [Piece]) {
    if let Some(Piece { span: first, .. }) = pieces.first_mut() {
        let kept = text[first.clone()].trim_start_matches(is_edge_blank);
        first.start = first.end - kept.len();
    }
    if let Some(Piece { span: last, .. }) = pieces.last_mut() {
        last.end = last.start + text[last.clone()].trim_end().len();
    }
}

fn is_edge_blank(c: char) -> bool {
    c.is_whitespace() && c != '\t'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Vec<String> {
        page(text).lines.iter().map(|line| line.seen(text).into_owned()).collect()
    }

    #[test]
    fn lines_keep_their_place_and_count_the_blanks_before() {
        let text = "一、总则\r\n\n  　第一条 为了\n";
        let lines = page(text).lines;
        assert_eq!(lines[0].seen(text), "一、总则");
        assert_eq!(lines[1].seen(text), "第一条 为了");
        assert_eq!(lines[1].blank_before, 1);
    }

    #[test]
    fn an_empty_first_cell_is_a_cell() {
        let text = "指标\t单位\n\t家\n";
        let lines = page(text).lines;
        assert_eq!(lines[1].cells.len(), 1);
    }

    #[test]
    fn a_carriage_return_ends_a_line() {
        assert_eq!(seen("一、总则\r第一条\r\n第二条\n\r第三条\r"), ["一、总则", "第一条", "第二条", "第三条"]);
        assert_eq!(page("甲\r\n乙\r\r丙").lines.iter().map(|l| l.blank_before).collect::<Vec<_>>(), [0, 0, 1]);
    }

    #[test]
    fn a_tab_before_a_paragraph_is_an_indent() {
        let cells = |text: &str| page(text).lines.iter().map(|line| line.cells.len()).collect::<Vec<_>>();
        assert_eq!(seen("\t一、总则\n\t\t第一条\n\n甲\t乙\n"), ["一、总则", "第一条", "甲\t乙"]);
        assert_eq!(cells("\t一、总则\n\n\t第一条\n"), [0, 0]);
        assert_eq!(cells("指标\t单位\n\t家\n"), [1, 1]);
    }

    #[test]
    fn html_in_a_line_parts_lines_and_is_no_text() {
        assert_eq!(
            seen("专栏\n<p>1.幼儿。</p> <p>2.义务。</p>\n甲<br>乙\n"),
            ["专栏", "1.幼儿。", "2.义务。", "甲", "乙"]
        );
        assert_eq!(seen("<ol style=\"list-style-type: none;\"> 1.养老。 2.健康。\n"), ["1.养老。 2.健康。"]);
        assert_eq!(seen("甲：&nbsp;　　R&amp;D经费\n"), ["甲：\u{a0}　　R&D经费"]);
        assert_eq!(seen("P<0.05，见<2023年工作要点>。\n"), ["P<0.05，见<2023年工作要点>。"]);
    }

    #[test]
    fn a_character_written_as_html_begins_no_paragraph() {
        let begins = |text: &str| page(text).lines.iter().map(|line| line.begins).collect::<Vec<_>>();
        assert_eq!(begins("不少于50\n家；企业R&amp;D经费\n<p>甲</p>\n"), [false, false, true]);
    }

    #[test]
    fn a_row_of_tabs_stays_a_row() {
        let text = "<p>专栏一</p>\t<p>甲。</p> <p>乙。</p>\n";
        let lines = page(text).lines;
        assert_eq!((lines.len(), lines[0].cells.len()), (1, 1));
    }
}
