//! Lines become paragraphs: noise is set aside, blanks between Chinese characters go, wrapped lines are joined over
//! line ends, blank lines and page marks. Each step keeps its way back to the source.

mod clean;
mod indent;
mod noise;
mod unwrap;

use crate::model::{Noise, Source};
use crate::read::{self, Line, Merge};
use crate::span::{OffsetMap, Span};
use clean::Cleaned;

/// The cleaned text of a source: paragraphs parted by line feeds.
#[derive(Debug, Clone, Default)]
pub struct Text {
    pub clean: String,
    /// From `clean` to the source.
    pub map: OffsetMap,
    pub paragraphs: Vec<Paragraph>,
    /// Spans in the source, in order.
    pub noise: Vec<Noise>,
}

/// A paragraph, or a row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// In `Text::clean`, without the line feed.
    pub span: Span,
    /// Where a blank stood between two words and was dropped: a title's break, the end of a heading. A letter-spaced
    /// line has none.
    pub gaps: Vec<usize>,
    /// Level of a Markdown heading.
    pub heading: Option<u8>,
    pub blank_before: bool,
    /// Tabs of a table row, in `Text::clean`.
    pub cells: Vec<usize>,
    /// Cells of a row that belong to a merged one, by index.
    pub merged: Vec<(usize, Merge)>,
    /// The row is the first of its table, whatever stands before.
    pub first_row: bool,
}

impl Paragraph {
    /// Its pieces between places inside it, which are in order.
    pub fn cut(&self, at: &[usize]) -> Vec<Self> {
        let ends = at.iter().copied().chain([self.span.end]);
        let mut start = self.span.start;
        let mut pieces = Vec::with_capacity(at.len() + 1);
        for end in ends {
            let from = self.gaps.partition_point(|&gap| gap <= start);
            let to = self.gaps.partition_point(|&gap| gap < end);
            pieces.push(Self {
                span: start..end,
                gaps: self.gaps[from..to.max(from)].to_vec(),
                blank_before: self.blank_before || start > self.span.start,
                ..self.clone()
            });
            start = end;
        }
        pieces
    }
}

impl Text {
    pub fn str(&self, span: &Span) -> &str {
        &self.clean[span.clone()]
    }
}

/// Cleans a source.
pub fn normalise(source: &Source) -> Text {
    let mut page = read::page(source);
    page.lines = indent::part(&source.text, page.lines);
    let (lines, noise) = noise::set_aside(&source.text, page);
    let mut cleaned = cleaned(&source.text, lines);
    let continues = unwrap::continues(&mut cleaned);
    Text { noise, ..joined(cleaned, continues) }
}

/// Cleans a text that is one passage, whatever it looks like: nothing in it is noise.
pub fn normalise_line(line: &str) -> Text {
    joined(cleaned(line, read::text_lines(line)), std::iter::repeat(true))
}

fn cleaned(source: &str, lines: Vec<Line>) -> Cleaned {
    let mut cleaned = Cleaned {
        text: String::with_capacity(source.len()),
        lines: Vec::with_capacity(lines.len()),
        ..Cleaned::default()
    };
    for line in lines {
        cleaned.push(source, line);
    }
    cleaned
}

/// Joins each line that continues its paragraph to the one before.
fn joined(cleaned: Cleaned, continues: impl IntoIterator<Item = bool>) -> Text {
    let mut text = Text { clean: String::with_capacity(cleaned.text.len() + cleaned.lines.len()), ..Text::default() };
    let mut parts = cleaned.parts.into_iter().peekable();
    let mut gaps = cleaned.gaps.into_iter().peekable();
    let mut cells = cleaned.cells.into_iter().peekable();
    let mut source_end = 0;
    for (line, continues) in cleaned.lines.into_iter().zip(continues) {
        let piece = &cleaned.text[line.span.clone()];
        let joins = continues && !text.paragraphs.is_empty();
        if joins {
            let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            if latin(text.clean.chars().next_back()) && latin(piece.chars().next()) {
                // The line end parted two Latin words; it is rewritten as the blank it stands for.
                text.map.rewrite(text.clean.len(), source_end..line.source.start);
                text.clean.push(' ');
            }
        } else if !text.clean.is_empty() {
            text.map.rewrite(text.clean.len(), source_end..line.source.start);
            text.clean.push('\n');
        }
        source_end = line.source.end;
        // Before it stand the same lines, and what was put between them.
        let shift = text.clean.len() - line.span.start;
        text.clean.push_str(piece);
        let end = text.clean.len();
        while let Some(part) = parts.next_if(|part| part.clean < line.span.end) {
            if part.copied {
                text.map.copy(part.clean + shift, part.source.start, part.source.len());
            } else {
                text.map.rewrite(part.clean + shift, part.source);
            }
        }
        if !joins {
            text.paragraphs.push(Paragraph {
                span: line.span.start + shift..end,
                gaps: Vec::new(),
                heading: line.heading,
                blank_before: line.blank_before > 0,
                cells: Vec::new(),
                merged: line.merged,
                first_row: line.first_row,
            });
        }
        let Some(paragraph) = text.paragraphs.last_mut() else { continue };
        paragraph.span.end = end;
        while let Some(gap) = gaps.next_if(|gap| *gap < line.span.end) {
            paragraph.gaps.push(gap + shift);
        }
        while let Some(cell) = cells.next_if(|cell| *cell < line.span.end) {
            // A row that is joined to a paragraph is none.
            if !joins {
                paragraph.cells.push(cell + shift);
            }
        }
    }
    text
}
