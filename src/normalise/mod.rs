//! Lines become paragraphs: noise is set aside, blanks between Chinese characters go, wrapped lines are joined over
//! line ends, blank lines and page marks. Each step keeps its way back to the source.

mod clean;
mod indent;
mod noise;
mod unwrap;

use crate::model::{Noise, Source};
use crate::read::{self, Merge};
use crate::span::{OffsetMap, Span};
use clean::CleanLine;

/// The cleaned text of a source: paragraphs parted by line feeds.
#[derive(Debug, Clone, Default)]
pub struct Text {
    pub clean: String,
    /// From `clean` to the source.
    pub map: OffsetMap,
    pub paragraphs: Vec<Paragraph>,
    /// Spans in the source, in order.
    pub noise: Vec<Noise>,
    /// Where the last line ends in the source.
    source_end: usize,
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
    let lines: Vec<CleanLine> = lines.into_iter().filter_map(|line| clean::clean(&source.text, &line)).collect();
    let continues = unwrap::continues(&lines);
    let mut text = Text { noise, ..Text::default() };
    for (line, continues) in lines.iter().zip(continues) {
        text.push(line, continues);
    }
    text
}

/// Cleans a text that is one passage, whatever it looks like: nothing in it is noise.
pub fn normalise_line(line: &str) -> Text {
    let lines = read::text_lines(line);
    let mut text = Text::default();
    for line in lines.iter().filter_map(|l| clean::clean(line, l)) {
        text.push(&line, true);
    }
    text
}

impl Text {
    fn push(&mut self, line: &CleanLine, continues: bool) {
        let joined = continues && !self.paragraphs.is_empty();
        if joined {
            let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            if latin(self.clean.chars().next_back()) && latin(line.text.chars().next()) {
                // The line end parted two Latin words; it is rewritten as the blank it stands for.
                self.map.rewrite(self.clean.len(), self.source_end..line.source.start);
                self.clean.push(' ');
            }
        } else if !self.clean.is_empty() {
            self.map.rewrite(self.clean.len(), self.source_end..line.source.start);
            self.clean.push('\n');
        }
        self.source_end = line.source.end;
        let at = self.clean.len();
        self.clean.push_str(&line.text);
        // The map takes its pieces in order.
        let mut rewrites = line.rewrites.iter().peekable();
        for &(clean, source, len) in &line.copies {
            while let Some((rewritten, from)) = rewrites.next_if(|(rewritten, _)| *rewritten < clean) {
                self.map.rewrite(at + rewritten, from.clone());
            }
            self.map.copy(at + clean, source, len);
        }
        for (rewritten, from) in rewrites {
            self.map.rewrite(at + rewritten, from.clone());
        }
        let gaps = line.gaps.iter().map(|g| at + g);
        let cells = line.cells.iter().map(|c| at + c);
        match self.paragraphs.last_mut().filter(|_| joined) {
            Some(paragraph) => {
                paragraph.span.end = self.clean.len();
                paragraph.gaps.extend(gaps);
            }
            None => self.paragraphs.push(Paragraph {
                span: at..self.clean.len(),
                gaps: gaps.collect(),
                heading: line.heading,
                blank_before: line.blank_before > 0,
                cells: cells.collect(),
                merged: line.merged.clone(),
                first_row: line.first_row,
            }),
        }
    }
}
