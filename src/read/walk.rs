//! Which files are sources: those named, and those in the folders named.

use super::{format_of, not_ours};
use crate::fault::{Code, Fault, Refusal};
use crate::stamp::Stamp;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use walkdir::{DirEntry, WalkDir};

/// Levels of folders below the one given; what lies deeper is a loop of mounts, or a mistake.
pub const DEPTH: usize = 64;

/// A file that is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Path below the folder given, `/` between parts; the mere file name of a file given directly.
    pub name: String,
    /// Where it is, for opening and for messages.
    pub path: PathBuf,
    /// As it was found; nothing if that could not be told, and then reading tells why.
    pub stamp: Stamp,
}

/// The sources that `path` names, sorted by name: itself, or the documents in the folder and its sub-folders.
///
/// Files of other endings and all that begins with a dot are passed over. A link to a file is read, a link to a folder
/// is not followed. What cannot be listed is a fault in its place, and the rest goes on.
pub fn walk(path: &Path) -> Box<dyn Iterator<Item = Result<Input, Fault>>> {
    match fs::metadata(path) {
        Err(error) => Box::new(std::iter::once(Err(Refusal::reading(&error).at(path)))),
        Ok(found) if found.is_dir() => Box::new(folder(path.to_owned())),
        Ok(found) => Box::new(std::iter::once(file(path, &found))),
    }
}

fn file(path: &Path, found: &fs::Metadata) -> Result<Input, Fault> {
    if !found.is_file() {
        return Err(Refusal::new(Code::NotASource, "neither a file nor a folder").at(path));
    }
    if format_of(path).is_none() {
        return Err(not_ours().at(path));
    }
    input(path, Path::new(path.file_name().unwrap_or_default()), Stamp::settled(found, SystemTime::now()))
}

fn folder(root: PathBuf) -> impl Iterator<Item = Result<Input, Fault>> {
    let shown = |entry: &DirEntry| entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".");
    let entries = WalkDir::new(&root).max_depth(DEPTH + 1).sort_by_file_name().into_iter().filter_entry(shown);
    let none = Refusal::new(Code::NoSources, "no .txt, .md or .html file in this folder").at(&root);
    let found = entries.filter_map(move |entry| match entry {
        Ok(entry) if entry.depth() > DEPTH && entry.file_type().is_dir() => Some(Err(too_deep(&entry))),
        Ok(entry) => document(&root, &entry),
        Err(error) => Some(Err(unlisted(&root, error))),
    });
    or_if_none(found, Err(none))
}

/// All items, or `instead` if there is none.
fn or_if_none<T>(items: impl Iterator<Item = T>, instead: T) -> impl Iterator<Item = T> {
    let mut items = items.peekable();
    let instead = if items.peek().is_none() { Some(instead) } else { None };
    items.chain(instead)
}

/// A broken link counts as a document, so that reading it tells what is wrong.
fn document(root: &Path, entry: &DirEntry) -> Option<Result<Input, Fault>> {
    if entry.file_type().is_dir() || format_of(entry.path()).is_none() {
        return None;
    }
    let stamp = match fs::metadata(entry.path()) {
        Ok(found) if found.is_file() => Stamp::settled(&found, SystemTime::now()),
        Ok(_) => return None,
        Err(_) => Stamp::default(),
    };
    Some(input(entry.path(), entry.path().strip_prefix(root).unwrap_or(entry.path()), stamp))
}

fn too_deep(entry: &DirEntry) -> Fault {
    let reason = format!("more than {DEPTH} folders deep; name it on the command line");
    Refusal::new(Code::TooDeep, reason).at(entry.path())
}

fn unlisted(root: &Path, error: walkdir::Error) -> Fault {
    let path = error.path().unwrap_or(root).to_owned();
    let refusal = match error.io_error() {
        Some(error) => Refusal::reading(error),
        None => Refusal::new(Code::Unreadable, "cannot be listed"),
    };
    refusal.at(path)
}

fn input(path: &Path, below: &Path, stamp: Stamp) -> Result<Input, Fault> {
    let parts: Option<Vec<&str>> = below.iter().map(|part| part.to_str()).collect();
    let Some(parts) = parts else { return Err(Refusal::new(Code::NameNotUtf8, "the name is not UTF-8").at(path)) };
    Ok(Input { name: parts.join("/"), path: path.to_owned(), stamp })
}
