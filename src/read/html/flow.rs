//! Tokens → blocks: what stands on a line of its own when the page is shown.
//!
//! Elements are nested leniently, as broken pages need it: an end tag closes the nearest element of its name inside the
//! same table cell, or nothing. Whether a block is the document or the page around it is decided in `content`.

use super::grid::{self, Grid, Plan};
use super::tags::{Kind, Tag};
use super::token::{Open, References, Token};
use crate::label;
use crate::read::{Line, Piece};
use crate::span::Span;
use std::collections::HashMap;

/// A line of the page, with what tells content from chrome.
#[derive(Debug, Clone, Default)]
pub struct Block {
    pub line: Line,
    /// Index of the container that it stands in.
    pub element: usize,
    /// Characters, blanks not counted, and how many of them are links.
    pub chars: usize,
    pub link_chars: usize,
    /// The list gave it its number.
    pub numbered: bool,
    /// In `<nav>`, `<button>` and the like.
    pub chrome: bool,
}

/// A container: what holds blocks. The first is the source.
#[derive(Debug, Clone, Copy)]
pub struct Element {
    pub parent: usize,
    pub kind: Kind,
}

#[derive(Debug, Default)]
pub struct Flow {
    pub blocks: Vec<Block>,
    pub elements: Vec<Element>,
    /// Comments, scripts, hidden text.
    pub markup: Vec<Span>,
    /// What `<title>` says.
    pub title: String,
    /// There is an `<html>`, a `<head>` or a `<body>`.
    pub is_page: bool,
    /// Characters that are not shown.
    pub hidden_chars: usize,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// Read what the page hides until a script shows it.
    pub show_hidden: bool,
    /// Tabs part the cells of a row, so nothing else parts lines.
    pub tabbed: bool,
}

/// An open element.
struct Frame {
    tag: &'static Tag,
    element: usize,
    hidden: bool,
    chrome: bool,
    link: bool,
    /// Next number and kind of numbering of an `<ol>`.
    list: Option<(u32, u8)>,
}

/// Deeper nesting than any real page's; what lies below is read as if it stood here.
const DEPTH: usize = 500;

struct Walk<'t> {
    text: &'t str,
    options: Options,
    flow: Flow,
    stack: Vec<Frame>,
    /// `None` for a table that only arranges the page.
    tables: Vec<Option<Grid>>,
    plans: HashMap<usize, Plan>,
    references: References<'t>,
    block: Block,
    blank: usize,
    /// An element began or ended since the last block.
    begins: bool,
    /// The number that the list gives to the item that begins.
    number: Option<Piece>,
    heading: Option<u8>,
}

pub fn flow(text: &str, tokens: &[Token], options: Options) -> Flow {
    let elements = vec![Element { parent: 0, kind: Kind::Page }];
    let mut walk = Walk {
        text,
        options,
        flow: Flow { elements, ..Flow::default() },
        stack: Vec::new(),
        tables: Vec::new(),
        plans: grid::plans(text, tokens),
        references: References::default(),
        block: Block::default(),
        blank: 0,
        begins: true,
        number: None,
        heading: None,
    };
    for (index, token) in tokens.iter().enumerate() {
        match token {
            Token::Text(span) => walk.text(span),
            Token::Markup(span) => walk.flow.markup.push(span.clone()),
            Token::Open(open) => walk.open(index, open),
            Token::Close(tag, span) => walk.close(tag, span),
        }
    }
    let end = tokens.last().map_or(0, |last| last.span().end);
    walk.end_row(end);
    walk.end_block();
    walk.flow
}

impl<'t> Walk<'t> {
    fn text(&mut self, span: &Span) {
        let frame = self.stack.last();
        if frame.is_some_and(|f| f.tag.kind == Kind::Title) {
            self.flow.title.push_str(&self.text[span.clone()]);
            return;
        }
        let blank = self.text[span.clone()].trim().is_empty();
        if frame.is_some_and(|f| f.hidden) {
            if !blank {
                self.flow.hidden_chars += span.len() / 3;
                self.flow.markup.push(span.clone());
            }
            return;
        }
        let (link, chrome) = frame.map_or((false, false), |f| (f.link, f.chrome));
        let element = frame.map_or(0, |f| f.element);
        if blank && self.block.line.pieces.is_empty() {
            return;
        }
        let mut pieces = Vec::new();
        self.references.pieces(self.text, span.clone(), |piece| pieces.push(piece));
        let chars: usize = pieces.iter().map(|p| count_shown(p.seen(self.text))).sum();
        if chars > 0 {
            if self.block.chars == 0 {
                (self.block.element, self.block.chrome) = (element, chrome);
                self.block.line.heading = self.heading;
            }
            if let Some(number) = self.number.take() {
                self.block.line.pieces.push(number);
                self.block.numbered = true;
            }
            self.block.chars += chars;
            self.block.link_chars += if link { chars } else { 0 };
            self.block.chrome &= chrome;
        }
        self.block.line.pieces.extend(pieces);
    }

    fn open(&mut self, index: usize, open: &Open) {
        let kind = open.tag.kind;
        let full = self.stack.len() >= DEPTH;
        match kind {
            Kind::Break => return self.line_ends(&open.span),
            Kind::Paragraph => {
                self.close_implied(open.span.start, &[Kind::Paragraph], &[Kind::Block, Kind::Cell, Kind::Item])
            }
            Kind::Item => {
                self.close_implied(open.span.start, &[Kind::Item], &[Kind::Ordered, Kind::Unordered, Kind::Cell])
            }
            Kind::Cell => self.close_implied(open.span.start, &[Kind::Cell], &[Kind::Table]),
            Kind::Row => self.close_implied(open.span.start, &[Kind::Row, Kind::Cell], &[Kind::Table]),
            Kind::Page => self.flow.is_page = true,
            _ => {}
        }
        if !is_inline(kind) {
            self.boundary(&open.span);
        }
        match kind {
            Kind::Heading(level) => self.heading = Some(level),
            Kind::Table if !full => self.open_table(index, open),
            Kind::Row => self.end_row(open.span.start),
            Kind::Cell => {
                if let Some(Some(grid)) = self.tables.last_mut() {
                    grid.begin_cell(&mut self.block.line, open);
                }
            }
            Kind::Item => self.number_item(open),
            _ => {}
        }
        if full || matches!(open.tag.name, "img" | "hr") {
            return;
        }
        let above = self.stack.last();
        let container = matches!(
            kind,
            Kind::Block | Kind::Frame | Kind::Ordered | Kind::Unordered | Kind::Cell | Kind::Table | Kind::Page
        );
        let outer = above.map_or(0, |f| f.element);
        let frame = Frame {
            tag: open.tag,
            element: if container { self.flow.elements.len() } else { outer },
            hidden: (open.hidden && !self.options.show_hidden) || above.is_some_and(|f| f.hidden),
            chrome: kind == Kind::Chrome || above.is_some_and(|f| f.chrome),
            link: kind == Kind::Link || above.is_some_and(|f| f.link),
            list: open.numbering.filter(|_| kind == Kind::Ordered).map(|by| (open.start.unwrap_or(1), by)),
        };
        if container {
            self.flow.elements.push(Element { parent: outer, kind });
        }
        self.stack.push(frame);
    }

    fn close(&mut self, tag: &'static Tag, span: &Span) {
        // An end tag does not reach out of its cell, save that of the table.
        let bound = !matches!(tag.kind, Kind::Table | Kind::Rows | Kind::Row | Kind::Cell | Kind::Page);
        let found = self
            .stack
            .iter()
            .rposition(|f| f.tag == tag || (bound && f.tag.kind == Kind::Cell))
            .filter(|&at| self.stack[at].tag == tag);
        if !is_inline(tag.kind) {
            self.boundary(span);
        }
        if matches!(tag.kind, Kind::Heading(_)) {
            self.heading = None;
        }
        let Some(found) = found else { return };
        if tag.kind == Kind::Row {
            self.end_row(span.start);
        }
        self.unwind(found, span.start);
    }

    /// Closes the elements from `depth` on, the tables among them with their rows.
    fn unwind(&mut self, depth: usize, at: usize) {
        while self.stack.len() > depth {
            if self.stack.pop().is_some_and(|f| f.tag.kind == Kind::Table) {
                self.end_row(at);
                self.tables.pop();
            }
        }
    }

    /// Closes an element that ends where the next of its kind begins (`<li>`, `<td>`), if none of `bounds` lies between.
    fn close_implied(&mut self, at: usize, kinds: &[Kind], bounds: &[Kind]) {
        let is_open = |f: &Frame| kinds.contains(&f.tag.kind) || bounds.contains(&f.tag.kind);
        // A row holds its last cell, so both end.
        for _ in kinds {
            let Some(found) = self.stack.iter().rposition(is_open) else { return };
            if kinds.contains(&self.stack[found].tag.kind) {
                self.unwind(found, at);
            }
        }
    }

    fn open_table(&mut self, index: usize, open: &Open) {
        if self.in_cell() {
            // A table in a cell of a table of data: the cell has one text.
            self.tables.push(None);
            return;
        }
        // What was read so far stands above it.
        self.end_block();
        let plan = self.plans.get(&index).copied().unwrap_or_default();
        let shown = self.stack.last().is_none_or(|f| !f.hidden) && (!open.hidden || self.options.show_hidden);
        self.tables.push((plan.data && shown).then(|| Grid::new(plan)));
    }

    /// Whether all that is read belongs to one cell of a table of data.
    fn in_cell(&self) -> bool {
        self.tables.iter().any(Option::is_some)
    }

    fn end_row(&mut self, at: usize) {
        let Some(Some(grid)) = self.tables.last_mut() else { return };
        grid.end_row(&mut self.block.line, at, self.block.chars > 0);
        self.end_block();
    }

    /// `<br>`
    fn line_ends(&mut self, tag: &Span) {
        if self.in_cell() || self.options.tabbed {
            self.blank_in_cell(tag);
        } else if self.block.chars == 0 {
            self.blank += 1;
        } else {
            self.end_block();
            self.blank = 0;
        }
    }

    /// A block-level tag.
    fn boundary(&mut self, tag: &Span) {
        if self.in_cell() || self.options.tabbed {
            self.blank_in_cell(tag);
        } else {
            self.end_block();
            self.blank = self.blank.max(1);
            self.begins = true;
        }
    }

    /// Lines of a cell are parted by a blank.
    fn blank_in_cell(&mut self, tag: &Span) {
        if self.block.chars > 0 {
            self.block.line.pieces.push(Piece::rewritten(tag.clone(), " "));
        }
    }

    fn number_item(&mut self, item: &Open) {
        let Some(list) = self.stack.iter_mut().rev().find(|f| matches!(f.tag.kind, Kind::Ordered | Kind::Unordered))
        else {
            return;
        };
        let Some((next, by)) = &mut list.list else { return };
        let number = item.start.unwrap_or(*next);
        *next = number.saturating_add(1);
        let letter = |from: u8| char::from(from + ((number.max(1) - 1) % 26) as u8);
        let reads = match by {
            b'A' => format!("{}.", letter(b'A')),
            b'a' => format!("{}.", letter(b'a')),
            _ => format!("{number}."),
        };
        self.number = Some(Piece::rewritten(item.span.clone(), reads));
    }

    fn end_block(&mut self) {
        let mut block = std::mem::take(&mut self.block);
        if block.chars == 0 {
            return;
        }
        self.number = None;
        let line = &mut block.line;
        if line.cells.is_empty() {
            trim(self.text, &mut line.pieces);
            if block.numbered {
                drop_second_label(self.text, &mut line.pieces);
            }
        }
        if self.options.tabbed && line.cells.is_empty() {
            let tabs =
                |p: &Piece| self.text[p.span.clone()].match_indices('\t').map(move |(i, _)| i).collect::<Vec<_>>();
            let plain = line.pieces.iter().filter(|p| p.reads.is_none());
            line.cells = plain.flat_map(|p| tabs(p).into_iter().map(|i| p.span.start + i)).collect();
        }
        line.blank_before = std::mem::take(&mut self.blank);
        line.begins = std::mem::take(&mut self.begins);
        if !line.pieces.is_empty() {
            self.flow.blocks.push(block);
        }
    }
}

/// Characters that are no blanks.
fn count_shown(text: &str) -> usize {
    let (mut at, mut count) = (0, 0);
    while let Some(&byte) = text.as_bytes().get(at) {
        // Han: U+4000 to U+9FFF.
        if matches!(byte, 0xe4..=0xe9) {
            at += 3;
            count += 1;
        } else {
            let Some(c) = text[at..].chars().next() else { break };
            at += c.len_utf8();
            count += usize::from(!c.is_whitespace());
        }
    }
    count
}

/// Takes the blanks off the two ends.
fn trim(text: &str, pieces: &mut Vec<Piece>) {
    while pieces.last().is_some_and(|p| p.seen(text).trim().is_empty()) {
        pieces.pop();
    }
    let blank = pieces.iter().take_while(|p| p.seen(text).trim().is_empty()).count();
    pieces.drain(..blank);
    if let Some(first) = pieces.first_mut().filter(|p| p.reads.is_none()) {
        first.span.start = first.span.end - text[first.span.clone()].trim_start().len();
    }
    if let Some(last) = pieces.last_mut().filter(|p| p.reads.is_none()) {
        last.span.end = last.span.start + text[last.span.clone()].trim_end().len();
    }
}

/// An item that prints its own number (`<li>（一）…`) has no other.
fn drop_second_label(text: &str, pieces: &mut Vec<Piece>) {
    let rest: String = pieces.iter().skip(1).map(|p| p.seen(text)).collect();
    if label::parse(rest.trim_start()).is_some() {
        pieces.remove(0);
        trim(text, pieces);
    }
}

fn is_inline(kind: Kind) -> bool {
    matches!(kind, Kind::Inline | Kind::Link | Kind::Raw | Kind::Title | Kind::Break)
}
