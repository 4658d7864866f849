//! The source cut for the page: blocks, and in them pieces that look alike throughout.
//!
//! The pieces of all blocks, put together, are the source: nothing is left out, so a mark's text is its `raw`.

use crate::emit::place::CodePoints;
use crate::model::{Form, Record, Source};
use crate::span::Span;
use askama::filters;
use std::collections::BTreeSet;

/// A paragraph as it is read, or what stands between two of them.
#[derive(Debug, PartialEq, Eq)]
pub struct Block<'a> {
    pub class: &'static str,
    /// Code point of its first character.
    pub start: usize,
    /// Line of its first character, counted from 1.
    pub line: usize,
    pub pieces: Vec<Piece<'a>>,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    pub text: &'a str,
    /// Facts that hold this piece, the shortest first.
    pub facts: Vec<Mark<'a>>,
    pub look: Look<'a>,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Look<'a> {
    Plain,
    /// The end of a line, with the number of the next.
    LineEnd(usize),
    /// Markup or noise: no text of a document.
    Unread,
    /// Source that stands for other words: `&nbsp;`, the tag of a numbered item.
    ReadsAs(&'a str),
}

/// A fact with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark<'a> {
    pub id: &'a str,
    pub table: &'static str,
    /// Bytes of the source.
    span: Span,
}

impl Piece<'_> {
    /// Names of its classes: the tables of its facts and its look.
    pub fn classes(&self) -> String {
        let look = match self.look {
            Look::Plain => None,
            Look::LineEnd(_) => Some("line-end"),
            Look::Unread => Some("unread"),
            Look::ReadsAs(_) => Some("reads-as"),
        };
        let names: Vec<&str> = self.facts.iter().map(|mark| mark.table).chain(look).collect();
        names.join(" ")
    }

    /// A fact is a mark; what merely looks otherwise is a span.
    pub fn tag(&self) -> &'static str {
        if self.facts.is_empty() { "span" } else { "mark" }
    }

    /// Escaped, so that a browser reads the very same text: a bare `\r` it would turn into `\n`.
    pub fn html(&self) -> String {
        let Ok(escaped) = filters::escape(self.text, filters::Html);
        escaped.to_string().replace('\r', "&#13;")
    }

    pub fn ids(&self) -> String {
        let ids: Vec<&str> = self.facts.iter().map(|mark| mark.id).collect();
        ids.join(" ")
    }
}

/// Cuts a source into blocks. `record` is its own.
pub fn blocks<'a>(source: &'a Source, record: &'a Record) -> Vec<Block<'a>> {
    let text = source.text.as_str();
    let points = CodePoints::new(text);
    let line_ends: Vec<Span> = text.match_indices('\n').map(|(at, _)| line_end(text, at)).collect();
    let lines = |byte: usize| line_ends.partition_point(|end| end.end <= byte) + 1;
    let (headings, titles) = (headings(record), titles(record));
    let class_of = |span: &Span, class| match class {
        PARAGRAPH if titles.range(span.clone()).next().is_some() => TITLE,
        PARAGRAPH if headings.range(span.clone()).next().is_some() => HEADING,
        _ => class,
    };
    let spans = block_spans(text, record);
    let starts = spans.iter().map(|(span, _)| span.start).collect();
    let mut pieces = pieces(source, record, &line_ends, &starts).into_iter().peekable();
    let mut blocks = Vec::new();
    for (span, class) in spans {
        let mut own = Vec::new();
        while let Some((_, piece)) = pieces.next_if(|(start, _)| *start < span.end) {
            own.push(piece);
        }
        let class = class_of(&span, class);
        blocks.push(Block { class, start: points.at(span.start), line: lines(span.start), pieces: own });
    }
    blocks
}

const PARAGRAPH: &str = "paragraph";
const HEADING: &str = "paragraph heading";
const TITLE: &str = "paragraph title";
const BETWEEN: &str = "between";
const BLANK: &str = "between blank";

/// `\n` or `\r\n`.
fn line_end(text: &str, at: usize) -> Span {
    let start = if text[..at].ends_with('\r') { at - 1 } else { at };
    start..at + 1
}

/// Where headings of chapters and the like begin, in bytes of the source.
fn headings(record: &Record) -> BTreeSet<usize> {
    let tall = |form| matches!(form, Form::Part | Form::Chapter | Form::Section | Form::Cn | Form::CnParen);
    let headed = record.provisions.iter().filter(|row| row.heading.is_some() && tall(row.form));
    headed.filter(|row| !row.span.is_empty()).map(|row| record.map.source(&row.span).start).collect()
}

/// Where the lines of titles begin, in bytes of the source: that of a document, and of what it issues.
fn titles(record: &Record) -> BTreeSet<usize> {
    let mut titles = BTreeSet::new();
    for document in &record.documents {
        let mut at = document.span.start;
        let lines = record.clean[document.span.clone()].split('\n').map(|line| {
            let span = at..at + line.len();
            at = span.end + 1;
            span
        });
        let lines: Vec<Span> = lines.filter(|line| !line.is_empty()).collect();
        for title in [&document.title, &document.instrument].into_iter().flatten() {
            let found = (0..lines.len()).find_map(|first| title_lines(record, title, &lines[first..]));
            titles.extend(found.unwrap_or_default().iter().map(|line| record.map.source(line).start));
        }
    }
    titles
}

/// The first of these lines, as many as make up the title, if they do.
fn title_lines<'l>(record: &Record, title: &str, lines: &'l [Span]) -> Option<&'l [Span]> {
    let letters = |text: &str| text.split_whitespace().collect::<String>();
    let title = letters(title);
    let mut rest = title.as_str();
    for (count, line) in lines.iter().enumerate() {
        if rest.is_empty() {
            return Some(&lines[..count]);
        }
        rest = rest.strip_prefix(letters(&record.clean[line.clone()]).as_str())?;
    }
    rest.is_empty().then_some(lines)
}

/// The whole source as paragraphs and what is between them. A paragraph has all of its lines; of a line that holds
/// several, the last has the rest.
fn block_spans(text: &str, record: &Record) -> Vec<(Span, &'static str)> {
    let mut read = Vec::new();
    let mut clean = 0;
    for paragraph in record.clean.split('\n') {
        let span = clean..clean + paragraph.len();
        clean = span.end + 1;
        if !span.is_empty() {
            read.push(record.map.source(&span));
        }
    }
    let mut spans = Vec::new();
    let mut done = 0;
    let mut push = |span: Span, class| {
        if !span.is_empty() {
            spans.push((span, class));
        }
    };
    let between = |span: &Span| if text[span.clone()].trim().is_empty() { BLANK } else { BETWEEN };
    for (index, place) in read.iter().enumerate() {
        let line_start = text[..place.start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[place.end..].find('\n').map_or(text.len(), |at| place.end + at + 1);
        let next = read.get(index + 1).map_or(text.len(), |next| next.start);
        let gap = done..line_start.max(done);
        let end = if next < line_end { place.end } else { line_end };
        push(gap.clone(), between(&gap));
        push(gap.end..end.max(gap.end), PARAGRAPH);
        done = end.max(gap.end);
    }
    let rest = done..text.len();
    push(rest.clone(), between(&rest));
    spans
}

/// The source from end to end, cut where blocks start and wherever its looks or its facts change; each piece with its
/// first byte.
fn pieces<'a>(
    source: &'a Source,
    record: &'a Record,
    line_ends: &[Span],
    starts: &BTreeSet<usize>,
) -> Vec<(usize, Piece<'a>)> {
    let text = source.text.as_str();
    let marks = marks(record);
    let read = read(text, record);
    let mut cuts: Vec<usize> = marks.iter().flat_map(|mark| [mark.span.start, mark.span.end]).collect();
    cuts.extend(read.iter().flat_map(|(span, _)| [span.start, span.end]));
    cuts.extend(record.noise.iter().flat_map(|noise| [noise.span.start, noise.span.end]));
    cuts.extend(line_ends.iter().flat_map(|end| [end.start, end.end]));
    cuts.extend(starts);
    cuts.extend([0, text.len()]);
    cuts.sort_unstable();
    cuts.dedup();

    let mut open: Vec<Mark> = Vec::new();
    let mut coming = marks.into_iter().peekable();
    let mut pieces: Vec<(usize, Piece)> = Vec::new();
    let mut line = 1;
    for cut in cuts.windows(2) {
        let span = cut[0]..cut[1];
        open.retain(|mark| mark.span.end > span.start);
        while let Some(mark) = coming.next_if(|mark| mark.span.start <= span.start) {
            open.push(mark);
        }
        let mut facts = open.clone();
        facts.sort_by_key(|mark| mark.span.len());
        let words = &text[span.clone()];
        let look = match words {
            "\n" | "\r\n" => {
                line += 1;
                Look::LineEnd(line)
            }
            blank if blank.trim().is_empty() => Look::Plain,
            _ => look(&span, &read, record),
        };
        match pieces.last_mut() {
            // Blanks between characters are not read, but look no different.
            Some((first, last)) if !starts.contains(&span.start) && last.look == look && last.facts == facts => {
                last.text = &text[*first..span.end];
            }
            _ => pieces.push((span.start, Piece { text: words, facts, look })),
        }
    }
    pieces
}

fn look<'a>(span: &Span, read: &[(Span, Option<&'a str>)], record: &Record) -> Look<'a> {
    let after = record.noise.partition_point(|noise| noise.span.start <= span.start);
    if after > 0 && record.noise[after - 1].span.end > span.start {
        return Look::Unread;
    }
    let after = read.partition_point(|(read, _)| read.start <= span.start);
    match after.checked_sub(1).map(|last| &read[last]) {
        Some((read, as_words)) if read.end > span.start => as_words.map_or(Look::Plain, Look::ReadsAs),
        _ => Look::Unread,
    }
}

/// What of the source is read, in order; with the words it stands for, where they are others.
fn read<'a>(text: &str, record: &'a Record) -> Vec<(Span, Option<&'a str>)> {
    let mut read: Vec<(Span, Option<&str>)> = Vec::new();
    // Where the words of a rewritten piece begin in the cleaned text.
    let mut words = 0;
    for (at, c) in record.clean.char_indices().filter(|(_, c)| *c != '\n') {
        let clean = at..at + c.len_utf8();
        let place = record.map.source(&clean);
        let copied = text[place.clone()] == record.clean[clean.clone()];
        match read.last_mut() {
            Some((last, None)) if copied && last.end == place.start => last.end = place.end,
            Some((last, Some(as_words))) if !copied && *last == place => *as_words = &record.clean[words..clean.end],
            _ => {
                words = at;
                read.push((place, (!copied).then(|| &record.clean[clean])));
            }
        }
    }
    read
}

/// All facts by their first byte.
fn marks(record: &Record) -> Vec<Mark<'_>> {
    let mark = |table, id, span: &Span| Mark { id, table, span: record.map.source(span) };
    let mut marks = Vec::new();
    marks.extend(record.amounts.iter().map(|row| mark("amounts", row.id.as_str(), &row.fact.span)));
    marks.extend(record.percentages.iter().map(|row| mark("percentages", row.id.as_str(), &row.fact.span)));
    marks.extend(record.caps.iter().map(|row| mark("caps", row.id.as_str(), &row.fact.span)));
    marks.extend(record.lead_units.iter().map(|row| mark("lead_units", row.id.as_str(), &row.fact.span)));
    marks.extend(record.deadlines.iter().map(|row| mark("deadlines", row.id.as_str(), &row.fact.span)));
    marks.sort_by_key(|mark| mark.span.start);
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::json;
    use crate::model::Format;
    use crate::{pipeline, read};
    use std::path::Path;

    /// Whatever the source: its blocks hold all of it, and the pieces of a fact are its `raw`.
    #[track_caller]
    fn check(source: &Source) {
        let record = pipeline::record(source);
        let blocks = blocks(source, &record);
        let pieces: Vec<&Piece> = blocks.iter().flat_map(|block| &block.pieces).collect();
        let all: String = pieces.iter().map(|piece| piece.text).collect();
        assert_eq!(all, source.text, "{}", source.name);

        let mut rows = Vec::new();
        json::write(&mut rows, source, &record).unwrap();
        let rows: serde_json::Value = serde_json::from_slice(&rows).unwrap();
        for table in ["amounts", "percentages", "caps", "lead_units", "deadlines"] {
            for row in rows[table].as_array().unwrap() {
                let own = pieces.iter().filter(|piece| piece.facts.iter().any(|mark| row["id"] == mark.id));
                let words: String = own.map(|piece| piece.text).collect();
                assert_eq!(row["raw"], words, "{}: {}", source.name, row["id"]);
            }
        }
        let chars: Vec<char> = source.text.chars().collect();
        for block in &blocks {
            let before: String = chars[..block.start].iter().collect();
            assert_eq!(block.line, before.matches('\n').count() + 1, "{}", source.name);
            assert!(source.text[before.len()..].starts_with(block.pieces[0].text), "{}", source.name);
        }
    }

    fn source(text: &str, format: Format) -> Source {
        read::decode(text.as_bytes().to_vec(), "test".to_owned(), format).unwrap()
    }

    fn classes(text: &str, format: Format) -> Vec<(String, String)> {
        let source = source(text, format);
        let record = pipeline::record(&source);
        let pieces = blocks(&source, &record).into_iter().flat_map(|block| block.pieces);
        pieces.map(|piece| (piece.text.to_owned(), piece.classes())).filter(|(_, class)| !class.is_empty()).collect()
    }

    #[test]
    fn real_texts() {
        for folder in ["input", "fixtures"] {
            for input in read::walk::walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)) {
                let input = input.unwrap();
                check(&read::load(&input.path, input.name).unwrap());
            }
        }
    }

    #[test]
    fn odd_texts() {
        check(&source("一、补助𠮷𠮷最高2000\r\n万元。\r\n\r\n  （由市发改委牵头）\r\n", Format::Text));
        check(&source("\n\n给予5%", Format::Text));
        check(&source("<p>补助1&nbsp;万元</p><p>到2025年</p>\n<p>五\n</p>", Format::Html));
        check(&source("<ol><li>补助<b>1万</b>元<li>最高5%</ol><table><tr><td>a<td>1万元</table>", Format::Html));
    }

    #[test]
    fn a_cap_holds_its_amount() {
        let shown = classes("给予最高2000万元补助。", Format::Text);
        assert_eq!(shown, [("最高", "caps"), ("2000万元", "amounts caps")].map(|(a, b)| (a.to_owned(), b.to_owned())));
    }

    #[test]
    fn markup_is_told_from_text() {
        let shown = classes("补助1&nbsp;<b>万</b>元", Format::Html);
        let expected = [
            ("1", "amounts"),
            ("&nbsp;<b>", "amounts unread"),
            ("万", "amounts"),
            ("</b>", "amounts unread"),
            ("元", "amounts"),
        ];
        assert_eq!(shown, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    }

    #[test]
    fn text_is_escaped_and_keeps_its_line_ends() {
        let piece = Piece { text: "<b>&\r\n\"'", facts: Vec::new(), look: Look::Plain };
        assert_eq!(piece.html(), "&#60;b&#62;&#38;&#13;\n&#34;&#39;");
    }
}
