//! Markdown: the lines of the file without their markup. `pulldown-cmark` says what is markup; line structure and the
//! labels of ordered lists (`1.`) stay as the author wrote them, because they number provisions.

use super::{Line, Page, text::visible_lines};
use crate::span::Span;
use crate::{elements, label};
use pulldown_cmark::{Event, Options, Parser, Tag};

/// Whether a text without a format of its own is Markdown: a line of it is a heading in Chinese, begins with a label in
/// bold (`**第九条** …`), or rules off the head of a table (`| --- | --- |`).
pub fn is_used_in(text: &str) -> bool {
    let lines = memchr::memchr3_iter(b'#', b'*', b'|', text.as_bytes()).filter(|&at| {
        let before = text[..at].trim_end_matches([' ', '\u{3000}']);
        before.is_empty() || before.ends_with(['\n', '\r'])
    });
    lines.map(|at| text[at..].lines().next().unwrap_or_default()).any(|line| {
        let heading = line.trim_start_matches('#');
        let bold = line.strip_prefix("**").and_then(|rest| rest.split_once("**"));
        let is_heading = (1..=6).contains(&(line.len() - heading.len()))
            && heading.starts_with(' ')
            && heading.contains(elements::is_han);
        let rules_off = line.starts_with('|') && line.contains("--") && line.matches('|').count() > 2 && is_rule(line);
        is_heading || rules_off || bold.is_some_and(|(bold, _)| label::parse(bold).is_some())
    })
}

pub fn page(text: &str) -> Page {
    let found = Markup::of(text);
    let mut page = visible_lines(text, &found.hidden);
    for line in &mut page.lines {
        let at = line.start();
        let heading = found.headings.partition_point(|(span, _)| span.end <= at);
        let heading = found.headings.get(heading).filter(|(span, _)| span.start <= at).map(|(_, level)| *level);
        line.heading = heading.or(line.heading);
        let table = found.tables.partition_point(|table| table.end <= at);
        if found.tables.get(table).is_some_and(|table| table.start <= at) {
            line.cells = cell_separators(text, line);
        }
    }
    page.lines.retain(|line| !is_table_rule(text, line));
    page
}

#[derive(Default)]
struct Markup {
    /// Sorted, not overlapping.
    hidden: Vec<Span>,
    /// In order, as the tables.
    headings: Vec<(Span, u8)>,
    tables: Vec<Span>,
}

impl Markup {
    fn of(text: &str) -> Self {
        let mut found = Self::default();
        // Inside these elements everything that is not text is a delimiter.
        let mut open: Vec<(Span, usize)> = Vec::new();
        let mut quoted = 0;
        for (event, span) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
            match event {
                Event::Start(Tag::Heading { level, .. }) => {
                    found.headings.push((span.clone(), level as u8));
                    open.push((span.clone(), span.start));
                }
                Event::Start(Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. }) => {
                    if let Some((_, at)) = open.last_mut() {
                        found.hidden.push(*at..span.start);
                        *at = span.end;
                    }
                    open.push((span.clone(), span.start));
                }
                Event::Start(Tag::Table(_)) => found.tables.push(span),
                // The marks of a quotation inside another are among those of the outer one.
                Event::Start(Tag::BlockQuote(_)) if span.start >= quoted => {
                    quoted = span.end;
                    found.hidden.extend(quote_marks(text, span));
                }
                Event::Rule => found.hidden.push(span),
                Event::Text(_) | Event::Code(_) if !open.is_empty() => {
                    let (_, at) = open.last_mut().expect("checked by the guard");
                    found.hidden.push(*at..span.start);
                    *at = span.end;
                }
                Event::End(_) if open.last().is_some_and(|(element, _)| *element == span) => {
                    let (element, at) = open.pop().expect("checked by the guard");
                    found.hidden.push(at..element.end);
                }
                // A tag in a table's cell parts no lines: the row is one.
                Event::InlineHtml(_) if in_table(&found.tables, &span) => found.hidden.push(span),
                Event::Html(_) | Event::InlineHtml(_) if is_comment(&text[span.clone()]) => found.hidden.push(span),
                _ => {}
            }
        }
        found.hidden.extend(bold_marks(text));
        found.hidden.extend(front_matter(text));
        found.hidden.extend(escapes(text));
        found.hidden.retain(|span| span.start < span.end);
        found.hidden.sort_by_key(|span| (span.start, span.end));
        let mut end = 0;
        found.hidden.retain_mut(|span| {
            span.start = span.start.max(end);
            end = end.max(span.end);
            span.start < span.end
        });
        found
    }
}

/// The `**` around words of a line. By the standard a pair is none where punctuation stands inside it and a letter outside, as in
/// `**（一）目标。**到2025年`, yet that is what authors mean.
fn bold_marks(text: &str) -> Vec<Span> {
    let mut marks = Vec::new();
    let mut open: Option<usize> = None;
    for (at, _) in text.match_indices("**") {
        let begun = open.filter(|&begun| !text[begun..at].contains('\n'));
        let words = begun.map(|begun| &text[begun + 2..at]);
        match (begun, words) {
            (Some(begun), Some(words)) if !words.is_empty() && words.trim() == words && !words.contains('*') => {
                marks.extend([begun..begun + 2, at..at + 2]);
                open = None;
            }
            _ => open = Some(at),
        }
    }
    marks
}

/// What a file tells programs before its text: lines `key: value` between two of `---`.
fn front_matter(text: &str) -> Option<Span> {
    let mut lines = text.split_inclusive('\n');
    let mut end = lines.next().filter(|line| line.trim_end() == "---")?.len();
    for line in lines {
        end += line.len();
        match line.trim_end() {
            "---" => return Some(0..end),
            said if said.starts_with([' ', '-', '#']) || said.is_empty() => {}
            said => {
                let (key, _) = said.split_once(':')?;
                key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte)).then_some(())?;
            }
        }
    }
    None
}

/// The `>` before the lines of a quotation.
fn quote_marks(text: &str, quotation: Span) -> impl Iterator<Item = Span> {
    let mut at = quotation.start;
    text[quotation].split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        start..at - line.trim_start_matches(['>', ' ']).len()
    })
}

/// The backslashes before punctuation that is no markup, as in `1\.`.
fn escapes(text: &str) -> impl Iterator<Item = Span> {
    let mut end = 0;
    memchr::memchr_iter(b'\\', text.as_bytes()).filter_map(move |at| {
        let escapes = at >= end && text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_punctuation);
        end = if escapes { at + 2 } else { end };
        escapes.then_some(at..at + 1)
    })
}

fn in_table(tables: &[Span], span: &Span) -> bool {
    tables.last().is_some_and(|table| table.contains(&span.start))
}

fn is_comment(html: &str) -> bool {
    html.trim_start().starts_with("<!--")
}

/// The bars between cells; those at the two ends of the row part nothing.
fn cell_separators(text: &str, line: &Line) -> Vec<usize> {
    let (start, end) = (line.start(), line.end());
    let bars = line.pieces.iter().flat_map(|p| text[p.span.clone()].match_indices('|').map(|(i, _)| p.span.start + i));
    bars.filter(|&at| at > start && at + 1 < end).collect()
}

/// `| --- | :-: |`, the line below a table's head.
fn is_table_rule(text: &str, line: &Line) -> bool {
    !line.cells.is_empty() && line.pieces.iter().all(|piece| is_rule(&text[piece.span.clone()]))
}

fn is_rule(text: &str) -> bool {
    text.chars().all(|c| "|-: \t".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Vec<String> {
        page(text).lines.iter().map(|l| l.seen(text).into_owned()).collect()
    }

    #[test]
    fn markup_is_left_out_and_labels_stay() {
        assert_eq!(seen("# 密码法\n\n<!-- INFO END -->\n\n## 第一章 总 则\n"), ["密码法", "第一章 总 则"]);
        assert_eq!(seen("**第一条** 为了规范\n"), ["第一条 为了规范"]);
        assert_eq!(seen("**（一）目标。**到**2025**年\n"), ["（一）目标。到2025年"]);
        assert_eq!(seen("指标** 甲\n\n乙**丙\n"), ["指标** 甲", "乙**丙"]);
        assert_eq!(seen("1. 更名。\n2. 销名。\n"), ["1. 更名。", "2. 销名。"]);
        assert_eq!(seen("1\\. 更名\\\\。\n\n---\n\n甲\\乙\n"), ["1. 更名\\。", "甲\\乙"]);
        assert_eq!(seen("---\ntitle: 目录\ndraft: true\n---\n# 办法\n"), ["办法"]);
        assert_eq!(
            seen("---\n第一条 奖励。\n---\n第二条 期限：一年。\n---\n"),
            ["第一条 奖励。", "第二条 期限：一年。"]
        );
        assert_eq!(seen("> 责任单位：\n> > 市商务局\n市财政局\n"), ["责任单位：", "市商务局", "市财政局"]);
    }

    #[test]
    fn a_text_with_headings_or_labels_in_bold_is_markdown() {
        for text in [
            "正文\n## 第一章 总则\n",
            "# “十四五”规划",
            "　　**第九条** 申请\n",
            "\n**（一）奖励企业。** 对",
            "| 任务 | 责任单位 |\n| --- | :-: |\n| 招商 | 市商务局 |\n",
        ] {
            assert!(is_used_in(text), "{text}");
        }
        for text in [
            "# Page 12:\n",
            "| 任务 | 责任单位 |\n",
            "|----|",
            "#1机组",
            "**市**区人民政府：\n",
            "自****年**月**日起",
            "见**一、**",
            "*第九条*",
            "",
        ] {
            assert!(!is_used_in(text), "{text}");
        }
    }

    #[test]
    fn a_heading_knows_its_level() {
        let text = "正文\n\n## 第一章\n";
        let levels: Vec<_> = page(text).lines.iter().map(|l| l.heading).collect();
        assert_eq!(levels, [None, Some(2)]);
    }
}
