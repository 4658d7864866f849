//! Tables from rows of cells: the first row names the columns, or those that merged cells of it say, and each cell that a merged
//! one covers takes its text.

use crate::model::{Cell, Column, Diagnostic, Table};
use crate::normalise::{Paragraph, Text};
use crate::pattern::Pattern;
use crate::read::Merge;
use crate::span::Span;
use std::sync::LazyLock;

/// `规上工业亩均税收 (万元/亩)`: name and unit.
static UNIT: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::known(r"^(?<name>.+?)[（(](?:单位[:：])?(?<unit>[^（）()]{1,12})[）)]$"));

/// Builds the table of the given rows; ids are given later.
pub fn table(text: &Text, rows: &[Paragraph], caption: Option<String>) -> Table {
    let mut cells: Vec<Vec<Cell>> = rows.iter().map(|row| row_cells(text, row)).collect();
    fill_merged(&mut cells, rows);
    let head: Vec<Vec<Cell>> = cells.drain(..head_rows(rows)).collect();
    let columns = names(&head).iter().map(|name| column(name)).collect();
    fill_down(&mut cells);
    let span = rows[0].span.start..rows[rows.len() - 1].span.end;
    Table { id: String::new(), document: String::new(), provision: None, caption, span, columns, rows: cells }
}

/// How many rows name the columns. Below a cell that covers several columns (责任分工) the next row tells them apart (牵头单位,
/// 配合单位), if cells of the head reach down beside it.
fn head_rows(rows: &[Paragraph]) -> usize {
    let covers = |row: &Paragraph, merge: Merge| row.merged.iter().any(|(_, other)| *other == merge);
    let is_told_apart = |pair: &&[Paragraph]| covers(&pair[0], Merge::Left) && covers(&pair[1], Merge::Above);
    rows.len().min(1 + rows.windows(2).take_while(is_told_apart).count())
}

/// The names of the columns: the cells of the head above each other, a blank between them.
fn names(head: &[Vec<Cell>]) -> Vec<String> {
    let width = head.iter().map(Vec::len).max().unwrap_or_default();
    let name = |column: usize| {
        let mut cells: Vec<&Cell> = head.iter().filter_map(|row| row.get(column)).collect();
        cells.dedup_by_key(|cell| cell.span.start);
        cells.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
    };
    (0..width).map(name).collect()
}

/// A diagnostic for each row that has more cells than the head has columns.
pub fn odd_rows(text: &Text, table: &Table) -> Vec<Diagnostic> {
    let columns = table.columns.len();
    let wide = table.rows.iter().filter(|row| row.len() > columns);
    wide.map(|row| {
        let last = &row[row.len() - 1].span;
        let start = row.iter().map(|c| c.span.start).filter(|&s| s < last.end).max().unwrap_or(last.start);
        Diagnostic {
            code: "odd_table",
            message: format!(
                "the row has {} cells, the head {columns} columns; its cells are kept as they stand",
                row.len()
            ),
            span: super::in_source(text, &(start.min(last.start)..last.end.max(start + 1))),
        }
    })
    .collect()
}

fn row_cells(text: &Text, row: &Paragraph) -> Vec<Cell> {
    let mut cells = Vec::with_capacity(row.cells.len() + 1);
    let mut start = row.span.start;
    for end in row.cells.iter().copied().chain([row.span.end]) {
        cells.push(cell(text, start..end));
        start = end + 1;
    }
    // A tab at the end of the line parts nothing.
    while cells.len() > 1 && cells.last().is_some_and(|c| c.text.is_empty()) {
        cells.pop();
    }
    cells
}

fn cell(text: &Text, span: Span) -> Cell {
    Cell { text: text.str(&span).trim().to_owned(), span }
}

fn column(head: &str) -> Column {
    match UNIT.captures(head) {
        Some(found) => Column { name: found["name"].to_owned(), unit: Some(found["unit"].to_owned()) },
        None => Column { name: head.to_owned(), unit: None },
    }
}

/// Where the source says which cells are merged (HTML), they take the text of the one that covers them.
fn fill_merged(cells: &mut [Vec<Cell>], rows: &[Paragraph]) {
    for (row, paragraph) in rows.iter().enumerate() {
        for &(column, merge) in &paragraph.merged {
            let over = match merge {
                Merge::Left => column.checked_sub(1).and_then(|left| cells[row].get(left)),
                Merge::Above => row.checked_sub(1).and_then(|above| cells[above].get(column)),
            };
            let Some(over) = over.cloned() else { continue };
            // The empty cells at the end of a row were dropped; they come back in order.
            let row = &mut cells[row];
            if column < row.len() {
                row[column] = over;
            } else if column == row.len() {
                row.push(over);
            }
        }
    }
}

/// A merged cell is printed once; the rows below begin with an empty cell.
fn fill_down(rows: &mut [Vec<Cell>]) {
    for i in 1..rows.len() {
        let (above, below) = rows.split_at_mut(i);
        let (Some(above), Some(below)) = (above.last(), below.first_mut()) else { return };
        for (cell, over) in below.iter_mut().zip(above) {
            if !cell.text.is_empty() {
                break;
            }
            *cell = over.clone();
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::model::Format;
    use crate::{pipeline, read};

    #[test]
    fn what_merged_cells_of_the_head_cover_is_told_apart_below() {
        let html = "<p>分工</p><table><tr><td rowspan=2>任务</td><td colspan=2>责任分工</td></tr>\
                    <tr><td>牵头单位</td><td>配合单位</td></tr><tr><td>展会</td><td>市商务局</td><td>市财政局</td></tr></table>";
        let names = |html: &str| {
            let source = read::decode(html.as_bytes().to_vec(), "t.html".to_owned(), Format::Html).expect("a page");
            let record = pipeline::record(&source);
            let leads = record.lead_units.len();
            let names = record.tables[0].columns.iter().map(|column| column.name.clone()).collect::<Vec<_>>();
            (names.join("|"), record.tables[0].rows.len(), leads)
        };
        assert_eq!(names(html), ("任务|责任分工 牵头单位|责任分工 配合单位".to_owned(), 1, 2));
        // A row of data below a head that covers columns.
        let single = html.replace("<td rowspan=2>", "<td>").replace("<td>牵头单位</td>", "<td>开业</td><td>一</td>");
        assert_eq!(names(&single), ("任务|责任分工|责任分工".to_owned(), 2, 0));
    }
}
