//! From files and bytes to decoded sources.

mod decode;
pub mod walk;

pub use decode::decode;

use crate::model::Source;
use anyhow::{Context as _, Result, anyhow};
use std::path::Path;

/// Reads and decodes one file. `name` is the source's name in the output.
///
/// # Errors
/// When it is no `.txt` or `.md` file, cannot be read, is empty, or holds bytes that are no text. Messages name the path.
pub fn load(path: &Path, name: String) -> Result<Source> {
    let about = || path.display().to_string();
    let format = walk::format(path).ok_or_else(|| anyhow!("not a .txt or .md file")).with_context(about)?;
    let bytes = std::fs::read(path).with_context(about)?;
    decode(bytes, name, format).with_context(about)
}
