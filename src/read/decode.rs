//! STUB until the decoding branch is merged: bytes → text, strict UTF-8 only.

use crate::model::{Format, Source};
use anyhow::{Result, anyhow, ensure};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// Decodes one source; the byte-order mark is dropped, all else stays.
///
/// # Errors
/// When nothing but blanks is there, or bytes are no UTF-8 text; the message gives the offset of the first such byte.
pub fn decode(bytes: Vec<u8>, name: String, format: Format) -> Result<Source> {
    let mut sha256 = String::new();
    for byte in Sha256::digest(&bytes) {
        write!(sha256, "{byte:02x}")?;
    }
    if let Some(at) = bytes.iter().position(|&byte| byte == 0) {
        return Err(anyhow!("byte {at} is NUL: not a text"));
    }
    let text = String::from_utf8(bytes).map_err(|e| anyhow!("byte {} is not UTF-8", e.utf8_error().valid_up_to()))?;
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    ensure!(!text.trim().is_empty(), "the file is empty");
    Ok(Source { name, sha256, encoding: "UTF-8", format, text })
}
