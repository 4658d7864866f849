//! The layout of an output file: each top-level key and each row of a table on a line of its own, so that a change of one
//! row is a change of one line.

use serde_json::ser::Formatter;
use std::io::{self, Write};

/// `serde_json` formatter for one object of tables.
#[derive(Default)]
pub struct RowPerLine {
    depth: usize,
    /// Whether the table being written has a row.
    rows: bool,
}

/// Depth of a key of the file.
const KEY: usize = 1;
/// Depth of a row of a table.
const ROW: usize = 2;

impl Formatter for RowPerLine {
    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth += 1;
        out.write_all(b"{")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        out.write_all(match (self.depth == KEY, first) {
            (true, true) => b"\n",
            (true, false) => b",\n",
            (false, true) => b"",
            (false, false) => b",",
        })
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        let last = self.depth == KEY;
        self.depth -= 1;
        out.write_all(if last { b"\n}\n" } else { b"}" })
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth += 1;
        if self.depth == ROW {
            self.rows = false;
        }
        out.write_all(b"[")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        let row = self.depth == ROW;
        self.rows |= row;
        out.write_all(match (row, first) {
            (true, true) => b"\n",
            (true, false) => b",\n",
            (false, true) => b"",
            (false, false) => b",",
        })
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        let row = self.depth == ROW;
        self.depth -= 1;
        out.write_all(if row && self.rows { b"\n]" } else { b"]" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Serialize;

    #[derive(Serialize)]
    struct File {
        schema: &'static str,
        source: Row,
        rows: Vec<Row>,
        none: Vec<Row>,
    }

    #[derive(Clone, Serialize)]
    struct Row {
        id: u8,
        cells: Vec<Vec<u8>>,
    }

    #[test]
    fn a_row_stands_on_a_line() {
        let row = Row { id: 1, cells: vec![vec![2, 3], vec![]] };
        let file = File { schema: "s", source: row.clone(), rows: vec![row.clone(), row], none: vec![] };
        let mut out = Vec::new();
        file.serialize(&mut serde_json::Serializer::with_formatter(&mut out, RowPerLine::default())).unwrap();
        let row = r#"{"id":1,"cells":[[2,3],[]]}"#;
        let expected =
            format!("{{\n\"schema\":\"s\",\n\"source\":{row},\n\"rows\":[\n{row},\n{row}\n],\n\"none\":[]\n}}\n");
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
