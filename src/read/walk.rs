//! Which files are sources: those named, and those in the folders named.

use super::format_of;
use anyhow::{Context as _, Result, anyhow, bail};
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// A file that is to be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Input {
    /// Path below the folder given, `/` between parts; the mere file name of a file given directly.
    pub name: String,
    /// Where it is, for opening and for messages.
    pub path: PathBuf,
}

/// The sources that `path` names, sorted by name: itself, or the documents in the folder and its sub-folders.
///
/// Files of other endings and all that begins with a dot are passed over. A link to a file is read, a link to a folder
/// is not followed. What cannot be listed is an error in its place, and the rest goes on.
pub fn walk(path: &Path) -> Vec<Result<Input>> {
    match fs::metadata(path) {
        Err(error) => vec![Err(anyhow!(error).context(path.display().to_string()))],
        Ok(found) if found.is_dir() => folder(path),
        Ok(found) => vec![file(path, found.is_file())],
    }
}

fn file(path: &Path, regular: bool) -> Result<Input> {
    if !regular {
        bail!("{}: neither a file nor a folder", path.display());
    }
    if format_of(path).is_none() {
        bail!("{}: not a .txt, .md or .html file", path.display());
    }
    input(path, Path::new(path.file_name().unwrap_or_default()))
}

fn folder(root: &Path) -> Vec<Result<Input>> {
    let mut inputs = Vec::new();
    let shown = |entry: &DirEntry| entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".");
    for entry in WalkDir::new(root).sort_by_file_name().into_iter().filter_entry(shown) {
        match entry {
            Ok(entry) if is_document(&entry) => {
                let below = entry.path().strip_prefix(root).unwrap_or(entry.path());
                inputs.push(input(entry.path(), below));
            }
            Ok(_) => {}
            Err(error) => inputs.push(Err(unlisted(root, error))),
        }
    }
    if inputs.is_empty() {
        inputs.push(Err(anyhow!("{}: no .txt, .md or .html file in this folder", root.display())));
    }
    inputs
}

/// A broken link counts as a document, so that reading it tells what is wrong.
fn is_document(entry: &DirEntry) -> bool {
    let is_file = if entry.path_is_symlink() {
        fs::metadata(entry.path()).map_or(true, |found| found.is_file())
    } else {
        entry.file_type().is_file()
    };
    is_file && format_of(entry.path()).is_some()
}

fn unlisted(root: &Path, error: walkdir::Error) -> anyhow::Error {
    let path = error.path().unwrap_or(root).display().to_string();
    match error.into_io_error() {
        Some(error) => anyhow!(error).context(path),
        None => anyhow!("{path}: cannot be listed"),
    }
}

fn input(path: &Path, below: &Path) -> Result<Input> {
    let parts: Option<Vec<&str>> = below.iter().map(|part| part.to_str()).collect();
    let name = parts.with_context(|| format!("{}: the name is not UTF-8", path.display()))?.join("/");
    Ok(Input { name, path: path.to_owned() })
}
