//! Bytes become a [`Source`], and a source becomes the lines that a reader sees.

pub mod encoding;
mod html;
mod markdown;
mod text;
pub mod walk;

use crate::model::{Format, Noise, Source};
use crate::span::Span;
use anyhow::{Context, bail};
use encoding::Encoding;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::path::Path;

/// Endings of the files we read, and the format each promises.
const ENDINGS: &[(&str, Format)] =
    &[("txt", Format::Text), ("md", Format::Markdown), ("html", Format::Html), ("htm", Format::Html)];

/// Reads and decodes one file, its encoding detected. `name` is what the output calls it.
///
/// # Errors
/// When the file cannot be read, is empty, binary, or not in its encoding; the message says which and names the path.
pub fn load(path: &Path, name: String) -> anyhow::Result<Source> {
    load_in(path, name, None)
}

/// As [`load`], in the encoding given.
///
/// # Errors
/// As [`load`].
pub fn load_in(path: &Path, name: String, encoding: Option<Encoding>) -> anyhow::Result<Source> {
    let format = format_of(path).with_context(|| format!("{}: not a .txt, .md or .html file", path.display()))?;
    let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
    decode_in(bytes, name, format, encoding).with_context(|| path.display().to_string())
}

/// The format that a file's ending promises; `None` when we do not read such files.
pub fn format_of(path: &Path) -> Option<Format> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    ENDINGS.iter().find(|(known, _)| *known == ending).map(|(_, format)| *format)
}

/// Decodes the bytes of one source, with or without byte-order mark, their encoding detected.
///
/// # Errors
/// When the bytes are empty, blank, binary or not in their encoding; the message names the byte.
pub fn decode(bytes: Vec<u8>, name: String, format: Format) -> anyhow::Result<Source> {
    decode_in(bytes, name, format, None)
}

/// As [`decode`], in the encoding given.
///
/// # Errors
/// As [`decode`].
pub fn decode_in(bytes: Vec<u8>, name: String, format: Format, encoding: Option<Encoding>) -> anyhow::Result<Source> {
    let sha256 = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
    let (text, encoding) = encoding::decode(bytes, format, encoding)?;
    if text.trim().is_empty() {
        bail!("the file is empty");
    }
    Ok(Source { name, sha256, encoding, format, text })
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
        Format::Text => text::page(&source.text),
        Format::Markdown => markdown::page(&source.text),
        Format::Html => html::page(&source.text),
    }
}
