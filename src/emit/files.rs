//! Where outputs go, and how they get there whole.

use crate::fault::{Code, Refusal};
use crate::stamp::Stamp;
use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Write as _};
use std::path::{Component, Path, PathBuf};

/// Where below the output folder the rows of a source go: `2022/issue-01.txt` → `2022/issue-01.json`.
///
/// # Errors
/// When the name would lead out of the folder (`../a.txt`, `/a.txt`).
pub fn output_name(source: &str) -> Result<PathBuf, Refusal> {
    let path = Path::new(source);
    let plain = path.components().all(|part| matches!(part, Component::Normal(_)));
    if !plain || path.file_name().is_none() {
        return Err(Refusal::new(
            Code::OutsideOutput,
            format!("{source}: the name would lead out of the output folder"),
        ));
    }
    Ok(path.with_extension("json"))
}

/// Fills a file and puts it at `path`, making its folder. It is written as `unfinished` first and then renamed, so that
/// no reader ever sees half a file; both must lie in one file system. Tells how it stands on disk.
///
/// Nothing is forced to the disk: a killed process leaves only whole files, a power cut may not.
///
/// # Errors
/// When a folder or file cannot be made, or the disk is full; an older file stays as it was.
pub fn write_whole(
    unfinished: &Path,
    path: &Path,
    fill: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> io::Result<Stamp> {
    let written = write_and_rename(unfinished, path, fill);
    if written.is_err() {
        // What is left of a failed attempt is of no use; that it could not be written is told already.
        let _ = fs::remove_file(unfinished);
    }
    written
}

/// As [`write_whole`], beside its place.
///
/// # Errors
/// As [`write_whole`]; the refusal names the path.
pub fn replace(path: &Path, fill: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>) -> Result<(), Refusal> {
    let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
    let written = folder.and_then(|()| write_whole(&beside(path), path, fill));
    written.map(drop).map_err(|error| Refusal::writing(path, &error))
}

/// Where a file of its own folder is written before it is whole: `all.jsonl` as `.all.jsonl.part`.
pub fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default();
    path.with_file_name(format!(".{}.part", name.to_string_lossy()))
}

fn write_and_rename(
    unfinished: &Path,
    path: &Path,
    fill: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> io::Result<Stamp> {
    let mut out = BufWriter::with_capacity(1 << 16, File::create(unfinished)?);
    fill(&mut out)?;
    out.flush()?;
    let stamp = Stamp::of(&out.get_ref().metadata()?);
    drop(out);
    match fs::rename(unfinished, path) {
        // Folders are made for the first file in them, not looked for each time.
        Err(error) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir_all(path.parent().unwrap_or(path))?;
            fs::rename(unfinished, path)?;
        }
        renamed => renamed?,
    }
    Ok(stamp)
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
            let refused = output_name(source).map_err(|refusal| refusal.code);
            assert_eq!(refused, Err(Code::OutsideOutput), "{source:?}");
        }
    }

    #[test]
    fn an_older_file_outlives_a_disk_that_fills_up() {
        let folder = tempfile::tempdir().unwrap();
        let [unfinished, path] = ["a.part", "sub/a.json"].map(|name| folder.path().join(name));
        let whole = |text: &'static [u8]| move |out: &mut BufWriter<File>| out.write_all(text);
        let stamp = write_whole(&unfinished, &path, whole(b"older")).unwrap();
        assert_eq!(Stamp::of(&fs::metadata(&path).unwrap()), stamp);
        let full = write_whole(&unfinished, &path, |out| {
            out.write_all(b"half of the newer")?;
            out.flush()?;
            Err(ErrorKind::StorageFull.into())
        });
        let refusal = Refusal::writing(&path, &full.unwrap_err());
        assert_eq!(refusal.code, Code::DiskFull);
        assert!(refusal.reason.starts_with(&format!("cannot write {}: ", path.display())), "{refusal}");
        assert_eq!(fs::read(&path).unwrap(), b"older");
        assert!(!unfinished.exists());
    }
}
