//! STUB until the core is merged, but for `walk`: take the core's `read/mod.rs` and add `pub mod walk;` to it.

pub mod walk;

use crate::model::{Format, Source};
use anyhow::{Context as _, Result, bail};
use sha2::{Digest as _, Sha256};
use std::path::Path;

/// Reads and decodes one file. `name` is what the output calls it.
///
/// # Errors
/// When the file cannot be read, is empty, or is not UTF-8; the message says which and names the path.
pub fn load(path: &Path, name: String) -> Result<Source> {
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
pub fn decode(bytes: Vec<u8>, name: String, format: Format) -> Result<Source> {
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
