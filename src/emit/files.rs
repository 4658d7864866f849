//! Where outputs go, and how they get there whole.

use super::json;
use crate::model::{Record, Source};
use anyhow::{Context as _, Result, ensure};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Component, Path, PathBuf};

/// Makes the output folder and tries whether a file can be made in it, so that a run fails before its work and not after.
///
/// # Errors
/// When a file stands in its place, or the folder cannot be made or written to.
pub fn prepare(folder: &Path) -> Result<()> {
    let about = || format!("{}: cannot make the output folder", folder.display());
    ensure!(!folder.exists() || folder.is_dir(), "{}: the output folder is a file", folder.display());
    fs::create_dir_all(folder).with_context(about)?;
    let trial = beside(&folder.join("trial"));
    File::create(&trial).with_context(about)?;
    fs::remove_file(&trial).with_context(about)
}

/// Where below the output folder the rows of a source go: `2022/issue-01.txt` → `2022/issue-01.json`.
///
/// # Errors
/// When the name would lead out of the folder (`../a.txt`, `/a.txt`).
pub fn output_name(source: &str) -> Result<PathBuf> {
    let path = Path::new(source);
    let plain = path.components().all(|part| matches!(part, Component::Normal(_)));
    ensure!(plain && path.file_name().is_some(), "{source}: the name would lead out of the output folder");
    Ok(path.with_extension("json"))
}

/// Writes the rows of a source to `path`, making its folder. They are written beside it first and then renamed, so that
/// no reader ever sees half a file.
///
/// # Errors
/// When a folder or file cannot be made, or the disk is full; an older output stays as it was.
pub fn write(path: &Path, source: &Source, record: &Record) -> Result<()> {
    write_whole(path, |out| json::write(out, source, record))
}

/// Writes a file as [`write`] does, with whatever `fill` puts into it.
///
/// # Errors
/// As [`write`].
pub fn write_whole(path: &Path, fill: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>) -> Result<()> {
    let about = || format!("cannot write {}", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(about)?;
    }
    let unfinished = beside(path);
    let written = write_and_rename(&unfinished, path, fill);
    if written.is_err() {
        // What is left of a failed attempt is of no use; that it could not be written is told already.
        let _ = fs::remove_file(&unfinished);
    }
    written.with_context(about)
}

fn write_and_rename(
    unfinished: &Path,
    path: &Path,
    fill: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, File::create(unfinished)?);
    fill(&mut out)?;
    out.flush()?;
    drop(out);
    fs::rename(unfinished, path)
}

/// `OUT/.issue-01.json.4711.part`: hidden, and apart for each process.
fn beside(path: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.part", std::process::id()));
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_of_a_source_makes_way_for_json() {
        for (source, output) in [("y.txt", "y.json"), ("sub/y.v2.md", "sub/y.v2.json"), ("公报.txt", "公报.json")] {
            assert_eq!(output_name(source).unwrap(), Path::new(output));
        }
    }

    #[test]
    fn no_name_leads_out_of_the_folder() {
        for source in ["../y.txt", "/etc/y.txt", "a/../../y.txt", "", ".."] {
            assert!(output_name(source).is_err(), "{source:?}");
        }
    }
}
