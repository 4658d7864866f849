//! Bytes become a [`Source`], and a source becomes the lines that a reader sees.

pub mod encoding;
mod html;
mod markdown;
mod text;
pub mod walk;

use crate::fault::{Code, Fault, Refusal};
use crate::model::{Format, Noise, Source};
use crate::span::Span;
use encoding::Encoding;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// Endings of the files we read, and the format each promises.
const ENDINGS: &[(&str, Format)] =
    &[("txt", Format::Text), ("md", Format::Markdown), ("html", Format::Html), ("htm", Format::Html)];

/// Reads and decodes one file, its encoding detected. `name` is what the output calls it.
///
/// # Errors
/// When the file cannot be read, is empty, binary, or not in its encoding; the message says which and names the path.
pub fn load(path: &Path, name: String) -> Result<Source, Fault> {
    load_in(path, name, None)
}

/// As [`load`], in the encoding given.
///
/// # Errors
/// As [`load`].
pub fn load_in(path: &Path, name: String, encoding: Option<Encoding>) -> Result<Source, Fault> {
    load_within(path, name, encoding, u64::MAX)
}

/// As [`load_in`], if the file has `most` bytes at most.
///
/// # Errors
/// As [`load`], and when the file is larger.
pub fn load_within(path: &Path, name: String, encoding: Option<Encoding>, most: u64) -> Result<Source, Fault> {
    let load = || {
        let format = format_of(path).ok_or_else(not_ours)?;
        decode_in(bytes(path, most)?, name, format, encoding)
    };
    load().map_err(|refusal| refusal.at(path))
}

/// The bytes of a file that has `most` of them at most.
///
/// # Errors
/// When the file cannot be read or is larger.
pub fn bytes(path: &Path, most: u64) -> Result<Vec<u8>, Refusal> {
    let failed = |error| Refusal::reading(&error);
    let file = File::open(path).map_err(failed)?;
    let size = file.metadata().map_err(failed)?.len();
    within(size, most)?;
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    // It may have grown since.
    file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(failed)?;
    within(bytes.len() as u64, most)?;
    Ok(bytes)
}

/// Whether a source of `size` bytes is small enough.
///
/// # Errors
/// When it is larger than `most`.
pub fn within(size: u64, most: u64) -> Result<(), Refusal> {
    if size > most {
        let reason = format!("more than {most} bytes; --max-bytes allows more");
        return Err(Refusal::new(Code::TooLarge, reason));
    }
    Ok(())
}

/// The format that a file's ending promises; `None` when we do not read such files.
pub fn format_of(path: &Path) -> Option<Format> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    ENDINGS.iter().find(|(known, _)| *known == ending).map(|(_, format)| *format)
}

fn not_ours() -> Refusal {
    Refusal::new(Code::NotASource, "not a .txt, .md or .html file")
}

/// Decodes the bytes of one source, with or without byte-order mark, their encoding detected.
///
/// # Errors
/// When the bytes are empty, blank, binary or not in their encoding; the message names the byte.
pub fn decode(bytes: Vec<u8>, name: String, format: Format) -> Result<Source, Refusal> {
    decode_in(bytes, name, format, None)
}

/// As [`decode`], in the encoding given.
///
/// # Errors
/// As [`decode`].
pub fn decode_in(bytes: Vec<u8>, name: String, format: Format, encoding: Option<Encoding>) -> Result<Source, Refusal> {
    let sha256 = sha256(&bytes);
    decode_known(bytes, sha256, name, format, encoding)
}

/// As [`decode_in`], when the hash of the bytes is known already.
///
/// # Errors
/// As [`decode`].
pub fn decode_known(
    bytes: Vec<u8>,
    sha256: String,
    name: String,
    format: Format,
    encoding: Option<Encoding>,
) -> Result<Source, Refusal> {
    let (text, encoding) = encoding::decode(bytes, format, encoding)?;
    if text.trim().is_empty() {
        return Err(Refusal::new(Code::Empty, "the file is empty"));
    }
    Ok(Source { name, sha256, encoding, format, text })
}

/// SHA-256 in lower-case hex.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The visible lines of a source, and what of it is known to be noise.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    pub lines: Vec<Line>,
    /// In order, not overlapping, between the lines or inside them.
    pub noise: Vec<Noise>,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Where it stands, in bytes of the source; empty only for a separator of cells that nothing prints.
    pub span: Span,
    /// What is read there, when it is not what is written: `&nbsp;`, the number that an `<ol>` gives, the tab between
    /// two cells.
    pub reads: Option<Box<str>>,
}

impl Piece {
    pub fn plain(span: Span) -> Self {
        Self { span, reads: None }
    }

    pub fn rewritten(span: Span, reads: impl Into<Box<str>>) -> Self {
        Self { span, reads: Some(reads.into()) }
    }

    /// What a reader sees of it.
    pub fn seen<'a>(&'a self, source: &'a str) -> &'a str {
        self.reads.as_deref().unwrap_or(&source[self.span.clone()])
    }
}

/// One line as a reader sees it: pieces of the source, markup left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// What is visible, in order; never none.
    pub pieces: Vec<Piece>,
    /// Blank lines directly before.
    pub blank_before: usize,
    /// A page mark stood before the line; set when noise is put aside.
    pub page_before: bool,
    /// The source says that a paragraph begins here (`<p>`).
    pub begins: bool,
    /// Level of a heading.
    pub heading: Option<u8>,
    /// Where a table row's cells end, as source bytes: the separators between cells.
    pub cells: Vec<usize>,
    /// Which cells of a row belong to a merged one printed elsewhere, by index.
    pub merged: Vec<(usize, Merge)>,
    /// The row is the first of its table, whatever stands before.
    pub first_row: bool,
}

/// Where the text of a merged cell is printed, seen from the cells that it covers as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Merge {
    Left,
    Above,
}

impl Line {
    pub fn start(&self) -> usize {
        self.pieces[0].span.start
    }

    pub fn end(&self) -> usize {
        self.pieces[self.pieces.len() - 1].span.end
    }

    /// The line as a reader sees it.
    pub fn seen<'a>(&'a self, source: &'a str) -> Cow<'a, str> {
        match self.pieces.as_slice() {
            [only] => Cow::Borrowed(only.seen(source)),
            pieces => pieces.iter().map(|piece| piece.seen(source)).collect(),
        }
    }
}

/// The visible lines of a plain text, nothing in it taken for markup.
pub fn text_lines(text: &str) -> Vec<Line> {
    text::raw_lines(text)
}

/// The visible lines of a source.
pub fn page(source: &Source) -> Page {
    match source.format {
        Format::Text if !markdown::is_used_in(&source.text) => text::page(&source.text),
        Format::Text | Format::Markdown => markdown::page(&source.text),
        Format::Html => html::page(&source.text),
    }
}
