//! What earlier runs made of which source, so that a run does only what is new or changed.
//!
//! A journal of JSON lines: one is added when a source is done, and the last line of a source holds. Lines that are cut off
//! or that we do not understand are passed over; their sources are done again. When much of it is out of date, it is
//! written anew, whole.

use super::plan::Plan;
use super::work::Tally;
use crate::emit::files;
use crate::fault::Code;
use crate::stamp::Stamp;
use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead as _, BufReader, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Version of the program and hash of its rules, by `build.rs`.
pub const PROGRAM: &str = env!("GONGBAO_RULES");

/// How long a finished source may be missing from the journal on disk; a run that is killed does those again.
const HELD_BACK: Duration = Duration::from_millis(200);

/// What an output was made with: the same source gives the same bytes under the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Making {
    /// Version of the program and hash of its rules.
    pub program: String,
    pub options: String,
}

/// What became of one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Index into the roots of the manifest.
    pub root: u32,
    /// Index into the makings of the manifest.
    pub making: u32,
    pub source: Stamp,
    /// Of the source; lower-case hex when written.
    pub sha256: [u8; 32],
    pub output: Option<Stamp>,
    pub tally: Tally,
    pub fault: Option<Code>,
}

/// An entry as it is written.
#[derive(Serialize, Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    source: Cow<'a, str>,
    /// Folder in which the source lies.
    #[serde(borrow, rename = "in")]
    root: Cow<'a, str>,
    size: u64,
    modified: Option<i64>,
    #[serde(borrow)]
    sha256: Cow<'a, str>,
    #[serde(borrow)]
    program: Cow<'a, str>,
    #[serde(borrow)]
    options: Cow<'a, str>,
    output: Option<Output<'a>>,
    rows: Tally,
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<Code>,
}

#[derive(Serialize, Deserialize)]
struct Output<'a> {
    #[serde(borrow)]
    path: Cow<'a, str>,
    size: u64,
    modified: Option<i64>,
}

#[derive(Debug, Default)]
pub struct Manifest {
    path: PathBuf,
    roots: Vec<String>,
    makings: Vec<Making>,
    entries: HashMap<Box<str>, Entry>,
    /// Lines of the file, those out of date among them.
    lines: usize,
    /// The file ends within a line, as a killed run leaves it.
    cut_off: bool,
}

impl Manifest {
    /// Reads the manifest; one that is not there is empty.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    pub fn load(path: PathBuf) -> Result<Self> {
        let mut manifest = Self { path, ..Self::default() };
        let file = match File::open(&manifest.path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(manifest),
            file => file.with_context(|| manifest.path.display().to_string())?,
        };
        let mut reader = BufReader::with_capacity(1 << 16, file);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).with_context(|| manifest.path.display().to_string())? > 0 {
            manifest.lines += 1;
            manifest.cut_off = !line.ends_with(b"\n");
            if let Ok(line) = serde_json::from_slice(&line) {
                manifest.take(&line);
            }
            line.clear();
        }
        Ok(manifest)
    }

    fn take(&mut self, line: &Line) {
        let Some(sha256) = from_hex(&line.sha256) else { return };
        let making = Making { program: line.program.to_string(), options: line.options.to_string() };
        let entry = Entry {
            root: self.root(&line.root),
            making: self.making(&making),
            source: Stamp { size: line.size, modified: line.modified },
            sha256,
            output: line.output.as_ref().map(|output| Stamp { size: output.size, modified: output.modified }),
            tally: line.rows,
            fault: line.fault,
        };
        self.entries.insert(line.source.as_ref().into(), entry);
    }

    /// Index of a folder in which sources lie; of one without a name nothing is ever missing.
    pub fn root(&mut self, root: &str) -> u32 {
        number(&mut self.roots, |known| known == root, || root.to_owned())
    }

    pub fn making(&mut self, making: &Making) -> u32 {
        number(&mut self.makings, |known| known == making, || making.clone())
    }

    pub fn get(&self, source: &str) -> Option<&Entry> {
        self.entries.get(source)
    }

    /// The sources that are there no more, by their names: not in the plan, and not on disk either.
    pub fn gone(&self, plan: &Plan) -> Vec<Box<str>> {
        let is_gone = |name: &str, entry: &Entry| !plan.has(name) && self.is_missing(name, entry);
        let gone = self.entries.iter().filter(|(name, entry)| is_gone(name, entry));
        let mut gone: Vec<Box<str>> = gone.map(|(name, _)| name.clone()).collect();
        gone.sort();
        gone
    }

    fn is_missing(&self, name: &str, entry: &Entry) -> bool {
        if self.roots[entry.root as usize].is_empty() {
            return false;
        }
        let path = self.path_of(name, entry);
        fs::symlink_metadata(path).is_err_and(|error| error.kind() == ErrorKind::NotFound)
    }

    /// Where a source lies.
    pub fn path_of(&self, name: &str, entry: &Entry) -> PathBuf {
        Path::new(&self.roots[entry.root as usize]).join(name)
    }

    fn line<'a>(&'a self, source: &'a str, entry: &'a Entry) -> Line<'a> {
        let making = &self.makings[entry.making as usize];
        let output = entry.output.map(|stamp| Output {
            path: files::output_name(source).unwrap_or_default().to_string_lossy().into_owned().into(),
            size: stamp.size,
            modified: stamp.modified,
        });
        Line {
            source: source.into(),
            root: self.roots[entry.root as usize].as_str().into(),
            size: entry.source.size,
            modified: entry.source.modified,
            sha256: hex(&entry.sha256).into(),
            program: making.program.as_str().into(),
            options: making.options.as_str().into(),
            output,
            rows: entry.tally,
            fault: entry.fault,
        }
    }

    fn write_line(&self, out: &mut impl Write, source: &str, entry: &Entry) -> io::Result<()> {
        serde_json::to_writer(&mut *out, &self.line(source, entry))?;
        out.write_all(b"\n")
    }

    /// Takes over what the run changed, and writes the file anew when more than half of its lines are out of date.
    ///
    /// # Errors
    /// When it cannot be written; what it was stays.
    pub fn finish(&mut self, changed: impl Iterator<Item = (Box<str>, Entry)>, removed: &[Box<str>]) -> io::Result<()> {
        for (source, entry) in changed {
            self.lines += 1;
            self.entries.insert(source, entry);
        }
        for source in removed {
            self.entries.remove(source);
        }
        if removed.is_empty() && self.lines <= self.entries.len() * 2 {
            return Ok(());
        }
        let mut entries: Vec<_> = self.entries.iter().collect();
        entries.sort_by_key(|(source, _)| *source);
        let write = |out: &mut BufWriter<File>| {
            entries.iter().try_for_each(|(source, entry)| self.write_line(out, source, entry))
        };
        files::write_whole(&files::beside(&self.path), &self.path, write)?;
        self.lines = self.entries.len();
        Ok(())
    }
}

/// The journal while a run adds to it; nothing is opened before the first line.
pub struct Journal<'a> {
    manifest: &'a Manifest,
    out: Option<BufWriter<File>>,
    flushed: Instant,
}

impl<'a> Journal<'a> {
    pub fn new(manifest: &'a Manifest) -> Self {
        Self { manifest, out: None, flushed: Instant::now() }
    }

    pub fn add(&mut self, source: &str, entry: &Entry) -> io::Result<()> {
        if self.out.is_none() {
            let file = OpenOptions::new().create(true).append(true).open(&self.manifest.path)?;
            let mut out = BufWriter::with_capacity(1 << 16, file);
            if self.manifest.cut_off {
                out.write_all(b"\n")?;
            }
            self.out = Some(out);
        }
        let Some(out) = &mut self.out else { return Ok(()) };
        self.manifest.write_line(out, source, entry)?;
        if self.flushed.elapsed() >= HELD_BACK {
            out.flush()?;
            self.flushed = Instant::now();
        }
        Ok(())
    }

    pub fn close(self) -> io::Result<()> {
        self.out.map_or(Ok(()), |mut out| out.flush())
    }
}

/// Index of an item, added if it is new; there are few.
fn number<T>(items: &mut Vec<T>, is_it: impl Fn(&T) -> bool, make: impl FnOnce() -> T) -> u32 {
    let at = items.iter().position(is_it).unwrap_or_else(|| {
        items.push(make());
        items.len() - 1
    });
    u32::try_from(at).unwrap_or(u32::MAX)
}

pub fn from_hex(hex: &str) -> Option<[u8; 32]> {
    let digits = hex.as_bytes();
    let digit = |at: usize| char::from(*digits.get(at)?).to_digit(16);
    let mut bytes = [0; 32];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::try_from(digit(2 * at)? * 16 + digit(2 * at + 1)?).ok()?;
    }
    (digits.len() == 64).then_some(bytes)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(manifest: &mut Manifest, size: u64) -> Entry {
        let making = Making { program: "1+a".to_owned(), options: "rows".to_owned() };
        let stamp = Stamp { size, modified: Some(-7) };
        let (root, making) = (manifest.root("/in"), manifest.making(&making));
        Entry {
            root,
            making,
            source: stamp,
            sha256: [0xa7; 32],
            output: Some(stamp),
            tally: Tally::default(),
            fault: None,
        }
    }

    #[test]
    fn the_last_line_holds_and_a_torn_one_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("manifest.jsonl");
        let mut manifest = Manifest::load(path.clone()).unwrap();
        let (one, two) = (entry(&mut manifest, 1), entry(&mut manifest, 2));
        let mut journal = Journal::new(&manifest);
        journal.add("a.txt", &one).unwrap();
        journal.add("a.txt", &two).unwrap();
        journal.add("b.txt", &one).unwrap();
        journal.close().unwrap();
        let whole = fs::read(&path).unwrap();
        fs::write(&path, &whole[..whole.len() - 9]).unwrap();

        let read = Manifest::load(path.clone()).unwrap();
        assert_eq!((read.get("a.txt"), read.get("b.txt")), (Some(&two), None));
        let mut journal = Journal::new(&read);
        journal.add("c.txt", &one).unwrap();
        journal.close().unwrap();
        let read = Manifest::load(path).unwrap();
        assert_eq!((read.get("a.txt"), read.get("b.txt"), read.get("c.txt")), (Some(&two), None, Some(&one)));
    }

    #[test]
    fn what_is_out_of_date_is_dropped_in_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("manifest.jsonl");
        for run in 1..=9 {
            let mut manifest = Manifest::load(path.clone()).unwrap();
            let entry = entry(&mut manifest, run);
            let mut journal = Journal::new(&manifest);
            journal.add("a.txt", &entry).unwrap();
            journal.close().unwrap();
            manifest.finish([("a.txt".into(), entry.clone())].into_iter(), &[]).unwrap();
            let lines = fs::read_to_string(&path).unwrap().lines().count();
            assert!(lines <= 2 && lines == manifest.lines, "{lines}");
            assert_eq!(Manifest::load(path.clone()).unwrap().get("a.txt"), Some(&entry));
        }
    }
}
