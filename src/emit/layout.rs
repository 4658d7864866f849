//! How the object of a source is laid out: the same bytes between other line ends and blanks.
//!
//! [`json::write`] gives each row a line. The other layouts are made from that while it is written, by its tokens alone, so
//! that no layout can change a value.

use super::json;
use crate::model::{Record, Source};
use std::io::{self, Write};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Layout {
    /// Each row of a table on a line of its own.
    #[default]
    Rows,
    /// The whole object on one line, as in JSON Lines.
    Line,
    /// Each value on a line of its own, indented by two blanks a level.
    Pretty,
}

impl Layout {
    pub fn name(self) -> &'static str {
        match self {
            Self::Rows => "rows",
            Self::Line => "line",
            Self::Pretty => "pretty",
        }
    }

    /// Writes the object of a source and a line feed.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn write(self, mut out: impl Write, source: &Source, record: &Record) -> io::Result<()> {
        match self {
            Self::Rows => json::write(out, source, record),
            Self::Line => {
                json::write(OneLine(&mut out), source, record)?;
                out.write_all(b"\n")
            }
            Self::Pretty => {
                let mut pretty = Pretty::new(&mut out);
                json::write(&mut pretty, source, record)?;
                out.write_all(b"\n")
            }
        }
    }
}

/// Drops line feeds; in a string of JSON they are written as `\n`.
struct OneLine<W>(W);

impl<W: Write> Write for OneLine<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for piece in bytes.split(|&byte| byte == b'\n') {
            self.0.write_all(piece)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Indents JSON that has no blanks but line feeds between its tokens.
struct Pretty<W> {
    out: W,
    depth: usize,
    in_string: bool,
    /// The byte before was a backslash in a string.
    escaped: bool,
    /// An object or array began, and nothing stands in it yet.
    opened: bool,
}

impl<W: Write> Pretty<W> {
    fn new(out: W) -> Self {
        Self { out, depth: 0, in_string: false, escaped: false, opened: false }
    }

    fn break_line(&mut self) -> io::Result<()> {
        self.out.write_all(b"\n")?;
        (0..self.depth).try_for_each(|_| self.out.write_all(b"  "))
    }

    fn byte(&mut self, byte: u8) -> io::Result<()> {
        if self.in_string {
            self.in_string = byte != b'"' || self.escaped;
            self.escaped = byte == b'\\' && !self.escaped;
            return self.out.write_all(&[byte]);
        }
        if byte == b'\n' {
            return Ok(());
        }
        let closes = matches!(byte, b'}' | b']');
        if closes {
            self.depth -= 1;
        }
        if self.opened != closes {
            // Something stands in what was opened, or something stood in what is closed.
            self.break_line()?;
        }
        self.opened = matches!(byte, b'{' | b'[');
        self.depth += usize::from(self.opened);
        self.in_string = byte == b'"';
        self.out.write_all(&[byte])?;
        match byte {
            b',' => self.break_line(),
            b':' => self.out.write_all(b" "),
            _ => Ok(()),
        }
    }
}

impl<W: Write> Write for Pretty<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        bytes.iter().try_for_each(|&byte| self.byte(byte))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: &str = "{\n\"a\":\"x\\\"{,\\\\\",\n\"b\":[\n{\"c\":[],\"d\":{}},\n{\"c\":[1,[2]]}\n],\n\"e\":[]\n}\n";

    fn through(mut layout: impl Write) {
        for piece in ROWS.as_bytes().chunks(3) {
            layout.write_all(piece).unwrap();
        }
    }

    #[test]
    fn one_line() {
        let mut out = Vec::new();
        through(OneLine(&mut out));
        assert_eq!(String::from_utf8(out).unwrap(), r#"{"a":"x\"{,\\","b":[{"c":[],"d":{}},{"c":[1,[2]]}],"e":[]}"#);
    }

    #[test]
    fn pretty() {
        let mut out = Vec::new();
        through(Pretty::new(&mut out));
        let expected = r#"{
  "a": "x\"{,\\",
  "b": [
    {
      "c": [],
      "d": {}
    },
    {
      "c": [
        1,
        [
          2
        ]
      ]
    }
  ],
  "e": []
}"#;
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
