//! Rows → JSON text. In an output file each top-level key and each row of a table stands on a line of its own, so that a
//! change of one row is a change of one line.
//!
//! A serializer for what the rows hold: texts, whole numbers, literals, options, lists and structs. It writes what
//! `serde_json` would, and looks at a text many bytes at a time.

use serde::ser::{self, Impossible, SerializeMap, SerializeSeq, SerializeStruct};
use serde::{Serialize, Serializer};
use std::fmt::{self, Display};
use std::io::{self, Write};

/// Writes one object and a line feed.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(out: impl Write, lines: Lines, object: &impl Serialize) -> io::Result<()> {
    let mut json = Json { out, held: Vec::with_capacity(FULL + FULL / 4), lines, depth: 0, literal: false };
    object.serialize(&mut json).map_err(|failed| failed.0)?;
    json.put(b"\n");
    json.let_go()
}

/// Where lines end within the object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    /// Behind each top-level key and each row of a table.
    Rows,
    Nowhere,
}

/// Depth of a key of the file.
const KEY: usize = 1;
/// Depth of a row of a table.
const ROW: usize = 2;

/// Name of the struct that `serde_json` makes of a [`RawValue`](serde_json::value::RawValue).
const LITERAL: &str = "$serde_json::private::RawValue";

/// Bytes that are held back before they are written; what stands between two texts is little.
const FULL: usize = 1 << 16;

struct Json<W> {
    out: W,
    /// What is not yet written.
    held: Vec<u8>,
    lines: Lines,
    depth: usize,
    /// The next text is a number or the name of a field, which stands as it is.
    literal: bool,
}

impl<W: Write> Json<W> {
    #[inline(always)]
    fn put(&mut self, bytes: &[u8]) {
        self.held.extend_from_slice(bytes);
    }

    fn let_go(&mut self) -> io::Result<()> {
        self.out.write_all(&self.held)?;
        self.held.clear();
        Ok(())
    }

    fn text(&mut self, text: &str) -> io::Result<()> {
        self.put(b"\"");
        let mut rest = text.as_bytes();
        while let Some(at) = first_escaped(rest) {
            self.run(&rest[..at])?;
            self.escape(rest[at]);
            rest = &rest[at + 1..];
        }
        self.run(rest)?;
        self.put(b"\"");
        Ok(())
    }

    /// A piece of any length.
    fn run(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.held.len() + bytes.len() > FULL {
            self.let_go()?;
        }
        if bytes.len() > FULL {
            return self.out.write_all(bytes);
        }
        self.put(bytes);
        Ok(())
    }

    fn escape(&mut self, byte: u8) {
        match byte {
            b'"' => self.put(b"\\\""),
            b'\\' => self.put(b"\\\\"),
            b'\n' => self.put(b"\\n"),
            b'\r' => self.put(b"\\r"),
            b'\t' => self.put(b"\\t"),
            8 => self.put(b"\\b"),
            12 => self.put(b"\\f"),
            control => self.put(format!("\\u{control:04x}").as_bytes()),
        }
    }

    /// Opens an object or array, each of whose members has a line if it stands at this depth.
    fn open(&mut self, bracket: &[u8], depth_of_lines: usize) -> Members<'_, W> {
        self.put(bracket);
        self.depth += 1;
        let lines = self.lines == Lines::Rows && self.depth == depth_of_lines;
        Members { json: self, lines, first: true }
    }
}

/// Bytes of a text that are looked at in one go.
const WINDOW: usize = 32;

fn first_escaped(text: &[u8]) -> Option<usize> {
    let (windows, rest) = text.as_chunks::<WINDOW>();
    let plain = windows.iter().take_while(|window| !holds_escaped(window)).count();
    if plain == windows.len() {
        let mut last = [b' '; WINDOW];
        last[..rest.len()].copy_from_slice(rest);
        if !holds_escaped(&last) {
            return None;
        }
    }
    let from = plain * WINDOW;
    text[from..].iter().position(|&byte| is_escaped(byte)).map(|at| from + at)
}

/// Without a branch for each byte, all are looked at at once.
fn holds_escaped(window: &[u8; WINDOW]) -> bool {
    window.iter().fold(false, |any, &byte| any | is_escaped(byte))
}

/// Controls, the quote and the backslash; with one bit changed, the quote stands behind the controls.
fn is_escaped(byte: u8) -> bool {
    (byte ^ 2 <= b'"' ^ 2) | (byte == b'\\')
}

/// The members of an object or array that is being written.
struct Members<'j, W> {
    json: &'j mut Json<W>,
    /// Each has a line of its own.
    lines: bool,
    first: bool,
}

impl<W: Write> Members<'_, W> {
    /// Goes on to the next member.
    #[inline(always)]
    fn next(&mut self) {
        if !self.first {
            self.json.put(b",");
        }
        if self.lines {
            self.json.put(b"\n");
        }
        self.first = false;
    }

    fn close(self, bracket: &[u8]) {
        self.json.depth -= 1;
        if self.lines && !self.first {
            self.json.put(b"\n");
        }
        self.json.put(bracket);
    }
}

/// Whole numbers of each kind.
macro_rules! whole {
    ($($method:ident: $type:ty),+ $(,)?) => {$(
        fn $method(self, value: $type) -> Result<(), Failed> {
            self.put(itoa::Buffer::new().format(value).as_bytes());
            Ok(())
        }
    )+};
}

/// What rows are not made of.
macro_rules! foreign {
    ($($method:ident($($type:ty),*)),+ $(,)?) => {$(
        fn $method(self $(, _: $type)*) -> Result<(), Failed> {
            Err(in_no_row())
        }
    )+};
}

impl<'j, W: Write> Serializer for &'j mut Json<W> {
    type Ok = ();
    type Error = Failed;
    type SerializeSeq = Members<'j, W>;
    type SerializeMap = Members<'j, W>;
    type SerializeStruct = Members<'j, W>;
    type SerializeTuple = Impossible<(), Failed>;
    type SerializeTupleStruct = Impossible<(), Failed>;
    type SerializeTupleVariant = Impossible<(), Failed>;
    type SerializeStructVariant = Impossible<(), Failed>;

    whole! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
    }

    foreign! {
        serialize_f32(f32), serialize_f64(f64), serialize_char(char), serialize_bytes(&[u8]),
        serialize_unit(), serialize_unit_struct(&'static str), serialize_unit_variant(&'static str, u32, &'static str),
    }

    fn serialize_bool(self, value: bool) -> Result<(), Failed> {
        self.put(if value { b"true" } else { b"false" });
        Ok(())
    }

    fn serialize_str(self, value: &str) -> Result<(), Failed> {
        if self.literal {
            self.put(value.as_bytes());
            return Ok(());
        }
        Ok(self.text(value)?)
    }

    fn serialize_none(self) -> Result<(), Failed> {
        self.put(b"null");
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Failed> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Failed> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Failed> {
        Err(in_no_row())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Members<'j, W>, Failed> {
        Ok(self.open(b"[", ROW))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members<'j, W>, Failed> {
        Ok(self.open(b"{", KEY))
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Members<'j, W>, Failed> {
        if name == LITERAL {
            self.literal = true;
            return Ok(Members { json: self, lines: false, first: true });
        }
        Ok(self.open(b"{", KEY))
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Failed> {
        Err(in_no_row())
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, Failed> {
        Err(in_no_row())
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Failed> {
        Err(in_no_row())
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Failed> {
        Err(in_no_row())
    }
}

impl<W: Write> SerializeSeq for Members<'_, W> {
    type Ok = ();
    type Error = Failed;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        self.next();
        value.serialize(&mut *self.json)
    }

    fn end(self) -> Result<(), Failed> {
        self.close(b"]");
        Ok(())
    }
}

impl<W: Write> SerializeStruct for Members<'_, W> {
    type Ok = ();
    type Error = Failed;

    #[inline(always)]
    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Failed> {
        if !self.json.literal {
            self.next();
            self.json.put(b"\"");
            self.json.put(key.as_bytes());
            self.json.put(b"\":");
        }
        value.serialize(&mut *self.json)
    }

    fn end(self) -> Result<(), Failed> {
        if !std::mem::take(&mut self.json.literal) {
            self.close(b"}");
        }
        Ok(())
    }
}

impl<W: Write> SerializeMap for Members<'_, W> {
    type Ok = ();
    type Error = Failed;

    #[inline(always)]
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Failed> {
        self.next();
        self.json.put(b"\"");
        self.json.literal = true;
        key.serialize(&mut *self.json)?;
        self.json.literal = false;
        self.json.put(b"\"");
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        self.json.put(b":");
        value.serialize(&mut *self.json)
    }

    fn end(self) -> Result<(), Failed> {
        self.close(b"}");
        Ok(())
    }
}

/// Why nothing more is written.
#[derive(Debug)]
struct Failed(io::Error);

impl From<io::Error> for Failed {
    fn from(error: io::Error) -> Self {
        Self(error)
    }
}

impl ser::Error for Failed {
    fn custom<T: Display>(message: T) -> Self {
        Self(io::Error::other(message.to_string()))
    }
}

impl std::error::Error for Failed {}

impl Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What rows are not made of.
fn in_no_row() -> Failed {
    ser::Error::custom("no row holds such a value")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::value::RawValue;

    #[derive(Serialize)]
    struct File {
        schema: &'static str,
        source: Row,
        rows: Vec<Row>,
        none: Vec<Row>,
    }

    #[derive(Clone, Serialize)]
    struct Row {
        #[serde(flatten)]
        place: Place,
        cells: Vec<Vec<u8>>,
    }

    #[derive(Clone, Serialize)]
    struct Place {
        id: i16,
        literal: Option<Box<RawValue>>,
        marked: bool,
    }

    fn written(lines: Lines, object: &impl Serialize) -> String {
        let mut out = Vec::new();
        write(&mut out, lines, object).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_row_stands_on_a_line() {
        let literal = RawValue::from_string("0.50".to_owned()).unwrap();
        let place = Place { id: -1, literal: Some(literal), marked: true };
        let row = Row { place, cells: vec![vec![2, 3], vec![]] };
        let file = File { schema: "s", source: row.clone(), rows: vec![row.clone(), row], none: vec![] };
        let row = r#"{"id":-1,"literal":0.50,"marked":true,"cells":[[2,3],[]]}"#;
        let expected =
            format!("{{\n\"schema\":\"s\",\n\"source\":{row},\n\"rows\":[\n{row},\n{row}\n],\n\"none\":[]\n}}\n");
        assert_eq!(written(Lines::Rows, &file), expected);
        assert_eq!(written(Lines::Nowhere, &file), serde_json::to_string(&file).unwrap() + "\n");
    }

    #[test]
    fn texts_are_escaped_as_usual() {
        let odd: String = (0..=0x7fu8).map(char::from).chain("“甲”\u{2028}𠮷".chars()).collect();
        for padding in 0..2 * WINDOW {
            let texts = [&odd, "\"", "第八条"].map(|text| "甲".repeat(padding / 3) + &"a".repeat(padding % 3) + text);
            for text in texts {
                assert_eq!(written(Lines::Rows, &text), serde_json::to_string(&text).unwrap() + "\n");
            }
        }
    }
}
