//! `OUT/.gongbao`: what a run keeps beside its outputs, and that no other run works there at the same time.
//!
//! Unfinished outputs lie in it, so that what a killed run leaves is in one place; a `.gitignore` keeps it out of the
//! history of those who keep their outputs in one.

use anyhow::{Context as _, Result, bail, ensure};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// Name of the folder; hidden, so that it is never taken for a source.
const NAME: &str = ".gongbao";

pub struct Workshop {
    folder: PathBuf,
    /// Held as long as the run goes on; the system lets go of it when the process dies, however that happens.
    _lock: File,
}

impl Workshop {
    /// Makes the output folder, takes it for this run, and clears away what a killed one left unfinished.
    ///
    /// # Errors
    /// When a file stands in its place, it cannot be written to, or another run has it.
    pub fn open(output: &Path) -> Result<Self> {
        let about = || format!("{}: cannot make the output folder", output.display());
        ensure!(!output.exists() || output.is_dir(), "{}: the output folder is a file", output.display());
        let folder = output.join(NAME);
        fs::create_dir_all(&folder).with_context(about)?;
        let lock = lock(&folder.join("lock"), output)?;
        let ignored = folder.join(".gitignore");
        if !ignored.exists() {
            fs::write(ignored, "*\n").with_context(about)?;
        }
        let workshop = Self { folder, _lock: lock };
        let unfinished = workshop.folder.join("unfinished");
        match fs::remove_dir_all(&unfinished) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(error).with_context(|| unfinished.display().to_string());
            }
            _ => fs::create_dir(&unfinished).with_context(about)?,
        }
        Ok(workshop)
    }

    /// Where the output of the source `index` is written before it is whole.
    pub fn unfinished(&self, index: usize) -> PathBuf {
        self.folder.join("unfinished").join(index.to_string())
    }

    pub fn report(&self) -> PathBuf {
        self.folder.join("report.json")
    }
}

/// Where the manifest of an output folder is, or would be.
pub fn manifest(output: &Path) -> PathBuf {
    output.join(NAME).join("manifest.jsonl")
}

/// Locks the file, and writes into it who did.
///
/// # Errors
/// When another run has it; the message says which.
pub fn lock(path: &Path, what: &Path) -> Result<File> {
    let about = || format!("{}: cannot lock {}", what.display(), path.display());
    loop {
        let mut options = OpenOptions::new();
        let mut file = options.read(true).write(true).create(true).truncate(false).open(path).with_context(about)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let holder = fs::read_to_string(path).unwrap_or_default();
                bail!("{}: another run is working on it ({}); let it end first", what.display(), holder.trim_end());
            }
            Err(TryLockError::Error(error)) => return Err(error).with_context(about),
        }
        // Whoever had it may have removed it when it was open here already.
        let ours = same_file::Handle::from_file(file.try_clone().with_context(about)?).with_context(about)?;
        if same_file::Handle::from_path(path).is_ok_and(|there| there == ours) {
            file.set_len(0).with_context(about)?;
            let (process, host, now) = (std::process::id(), gethostname::gethostname(), jiff::Timestamp::now());
            writeln!(file, "process {process} on {}, since {now:.0}", host.to_string_lossy()).with_context(about)?;
            return Ok(file);
        }
    }
}
