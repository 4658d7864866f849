//! Tables: which of them hold data, and how merged cells are laid out so that columns line up.

use super::tags::Kind;
use super::token::Token;
use crate::read::{Line, Merge, Piece};
use std::collections::HashMap;

/// What is known of a table before its rows are read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Plan {
    /// Rows and columns of data; otherwise the table only arranges paragraphs on the page.
    pub data: bool,
    pub columns: usize,
    pub rows: usize,
}

/// A table being measured.
#[derive(Default)]
struct Measured {
    token: usize,
    columns: usize,
    rows: usize,
    /// Rows of two cells and more.
    wide_rows: usize,
    /// Cells and columns of the row so far.
    cells: usize,
    width: usize,
    chars: usize,
    cell_chars: usize,
    cell_paragraphs: usize,
    /// Characters and paragraphs of the longest cell.
    longest: (usize, usize),
    nested_chars: usize,
}

impl Measured {
    fn end_cell(&mut self) {
        self.longest = self.longest.max((self.cell_chars, self.cell_paragraphs));
        (self.cell_chars, self.cell_paragraphs) = (0, 0);
    }

    fn end_row(&mut self) {
        self.end_cell();
        self.rows += usize::from(self.cells > 0);
        self.wide_rows += usize::from(self.cells > 1);
        self.columns = self.columns.max(self.width);
        (self.cells, self.width) = (0, 0);
    }

    fn plan(&self) -> Plan {
        // A page set in a table: one cell is the article, the others menus.
        let article = self.longest.0 * 10 > self.chars * 7 && self.longest.0 > 600 && self.longest.1 >= 5;
        let frame = self.nested_chars * 2 > self.chars;
        Plan { data: self.wide_rows >= 2 && !article && !frame, columns: self.columns, rows: self.rows }
    }
}

/// The plans of all tables, by the index of their start tag.
pub fn plans(text: &str, tokens: &[Token]) -> HashMap<usize, Plan> {
    let mut plans = HashMap::new();
    let mut open: Vec<Measured> = Vec::new();
    for (token, found) in tokens.iter().enumerate() {
        match found {
            Token::Open(tag) if tag.tag.kind == Kind::Table => open.push(Measured { token, ..Measured::default() }),
            Token::Close(tag, _) if tag.kind == Kind::Table => close(&mut open, &mut plans),
            _ => {}
        }
        let Some(table) = open.last_mut() else { continue };
        match found {
            Token::Open(tag) => match tag.tag.kind {
                Kind::Row => table.end_row(),
                Kind::Cell => {
                    table.end_cell();
                    table.cells += 1;
                    table.width += tag.colspan;
                }
                Kind::Paragraph | Kind::Break | Kind::Item => table.cell_paragraphs += 1,
                _ => {}
            },
            Token::Text(span) => {
                let chars = text[span.clone()].chars().filter(|c| !c.is_whitespace()).count();
                table.chars += chars;
                table.cell_chars += chars;
            }
            Token::Close(..) | Token::Markup(_) => {}
        }
    }
    while !open.is_empty() {
        close(&mut open, &mut plans);
    }
    plans
}

fn close(open: &mut Vec<Measured>, plans: &mut HashMap<usize, Plan>) {
    let Some(mut table) = open.pop() else { return };
    table.end_row();
    plans.insert(table.token, table.plan());
    if let Some(outer) = open.last_mut() {
        outer.chars += table.chars;
        outer.cell_chars += table.chars;
        outer.nested_chars += table.chars;
    }
}

/// A table of data being read, row by row.
#[derive(Debug, Default)]
pub struct Grid {
    plan: Plan,
    /// For each column, in how many rows below a merged cell still stands.
    covered: Vec<usize>,
    /// Row being read, its columns so far and its own cells.
    row: usize,
    column: usize,
    cells: usize,
    /// Columns that the cell being read covers to its right.
    owed: usize,
    separators: Vec<usize>,
    merged: Vec<(usize, Merge)>,
    begun: bool,
}

impl Grid {
    pub fn new(plan: Plan) -> Self {
        Self { plan, ..Self::default() }
    }

    /// Begins a cell whose start tag is `tag`.
    pub fn begin_cell(&mut self, line: &mut Line, tag: &super::token::Open) {
        self.settle(line, tag.span.start);
        if self.column > 0 {
            self.separators.push(tag.span.start);
            line.pieces.push(Piece::rewritten(tag.span.clone(), "\t"));
        }
        let end = self.column + tag.colspan;
        self.covered.resize(self.covered.len().max(end), 0);
        self.covered[self.column..end].fill(tag.rowspan.saturating_sub(1));
        self.column += 1;
        self.owed = tag.colspan - 1;
        self.cells += 1;
    }

    /// Lays out what stands between the last cell and the next: its own further columns, and cells merged from above.
    fn settle(&mut self, line: &mut Line, at: usize) {
        for _ in 0..std::mem::take(&mut self.owed) {
            self.covering(line, at, Some(Merge::Left));
        }
        while let Some(rows) = self.covered.get_mut(self.column).filter(|rows| **rows > 0) {
            *rows -= 1;
            self.covering(line, at, Some(Merge::Above));
        }
    }

    /// A column that has no cell of its own in the source.
    fn covering(&mut self, line: &mut Line, at: usize, merge: Option<Merge>) {
        if self.column > 0 {
            self.separators.push(at);
            line.pieces.push(Piece::rewritten(at..at, "\t"));
        }
        self.merged.extend(merge.map(|merge| (self.column, merge)));
        self.column += 1;
    }

    /// Ends the row at `at`: the line has the cells of a row then, or none where one cell over the whole width heads the
    /// table or ends it, as a caption or a note does.
    pub fn end_row(&mut self, line: &mut Line, at: usize, says_something: bool) {
        if self.cells == 0 {
            return;
        }
        let spans_all = self.cells == 1 && self.owed + 1 >= self.plan.columns && self.column == 1;
        let edge = !self.begun || self.row + 1 >= self.plan.rows;
        if spans_all && edge && self.plan.columns > 1 {
            self.owed = 0;
            self.covered.clear();
        } else {
            self.settle(line, at);
            while self.column < self.plan.columns {
                self.covering(line, at, None);
            }
            line.cells = std::mem::take(&mut self.separators);
            line.merged = std::mem::take(&mut self.merged);
            line.first_row = says_something && !std::mem::replace(&mut self.begun, true);
        }
        self.row += 1;
        (self.column, self.cells) = (0, 0);
        self.separators.clear();
        self.merged.clear();
    }
}
