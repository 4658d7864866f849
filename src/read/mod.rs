//! Bytes become a [`Source`], and a source becomes the lines that a reader sees.

mod markdown;
mod text;
pub mod walk;

use crate::model::{Format, Source};
use crate::span::Span;
use anyhow::{Context, bail};
use sha2::{Digest, Sha256};
use std::path::Path;

/// Reads and decodes one file. `name` is what the output calls it.
///
/// # Errors
/// When the file cannot be read, is empty, or is not UTF-8; the message says which and names the path.
pub fn load(path: &Path, name: String) -> anyhow::Result<Source> {
    let format = format_of(path).with_context(|| format!("{}: neither .txt nor .md", path.display()))?;
    let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
    decode(bytes, name, format).with_context(|| path.display().to_string())
}

/// The format that a file's ending promises; `None` when we do not read such files.
pub fn format_of(path: &Path) -> Option<Format> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    match ending.as_str() {
        "txt" => Some(Format::Text),
        "md" => Some(Format::Markdown),
        _ => None,
    }
}

/// Decodes the bytes of one source: UTF-8, with or without a byte-order mark.
///
/// # Errors
/// When the bytes are empty, blank, not UTF-8 or hold NUL; the message names the offset.
pub fn decode(bytes: Vec<u8>, name: String, format: Format) -> anyhow::Result<Source> {
    let sha256 = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
    let mut text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(e) => bail!("not UTF-8: byte {} is no part of a character", e.utf8_error().valid_up_to()),
    };
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    if text.trim().is_empty() {
        bail!("the file is empty");
    }
    if let Some(at) = text.find('\0') {
        bail!("no text: byte {at} is NUL");
    }
    Ok(Source { name, sha256, encoding: "UTF-8", format, text })
}

/// One line as a reader sees it: pieces of the source, markup left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What is visible, as source bytes, in order and not empty.
    pub pieces: Vec<Span>,
    /// Blank lines directly before.
    pub blank_before: usize,
    /// Level of a Markdown heading.
    pub heading: Option<u8>,
    /// Where a table row's cells end, as source bytes: the separators between cells.
    pub cells: Vec<usize>,
}

impl Line {
    pub fn start(&self) -> usize {
        self.pieces[0].start
    }

    pub fn end(&self) -> usize {
        self.pieces[self.pieces.len() - 1].end
    }
}

/// The visible lines of a plain text.
pub fn text_lines(text: &str) -> Vec<Line> {
    text::lines(text)
}

/// The visible lines of a source.
pub fn lines(source: &Source) -> Vec<Line> {
    match source.format {
        Format::Text => text::lines(&source.text),
        Format::Markdown => markdown::lines(&source.text),
    }
}
