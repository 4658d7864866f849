//! Many sources at once: walk → plan → work → write.
//!
//! [`to_folder`] writes a file for each source and remembers what it did, [`to_lines`] a line for each, and [`each`] hands
//! the records on to whatever reads them. A thread holds one source at a time, so memory grows with the number of threads
//! and with the largest source, not with the batch. What is told is told in the order of the input: neither outputs nor
//! messages depend on which thread is faster.

mod manifest;
pub(crate) mod order;
mod plan;
mod report;
mod to_folder;
pub(crate) mod work;
mod workshop;

pub use plan::{Plan, Task};
pub use report::{Event, Summary, Why, write_report};
pub use to_folder::{ToFolder, to_folder};
pub use work::{Extract, Tally};

use crate::emit::files;
use crate::emit::layout::Layout;
use crate::fault::Fault;
use crate::model::{Record, Source};
use crate::read::encoding::Encoding;
use anyhow::{Context as _, Result, ensure};
use order::Share;
use report::Reporter;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Bytes that a source may have unless more are allowed.
pub const MAX_BYTES: u64 = 1 << 30;

/// Bytes of sources whose records may wait for their turn.
const WAITING: u64 = 32 << 20;
/// What an empty source weighs among them.
const EACH: u64 = 4 << 10;

/// Results of [`on_all_cores`] that may wait for their turn.
const AT_ONCE: u64 = 8;

/// What is read, and how.
#[derive(Debug, Clone)]
pub struct Options {
    pub paths: Vec<PathBuf>,
    /// Threads; 0 takes one for each core.
    pub jobs: usize,
    /// Of all sources; detected for each if `None`.
    pub encoding: Option<Encoding>,
    /// A larger source is a fault.
    pub max_bytes: u64,
    pub layout: Layout,
    pub extract: Extract,
}

/// Extracts every source, does `work` with its record on one of several threads, and gives the results to `take` in the
/// order of the input. Faults are told as events, and the rest goes on.
///
/// # Errors
/// Those of `take`, which end the batch.
pub fn each<T: Send>(
    options: &Options,
    observe: &mut (dyn FnMut(&Event) + Send),
    work: impl Fn(&Source, Record) -> T + Sync,
    mut take: impl FnMut(T) -> Result<()> + Send,
) -> Result<Summary> {
    let begun = Instant::now();
    let plan = Plan::of(&options.paths);
    let mut reporter = Reporter::begin(begun, &plan, observe);
    let one = |index: usize| -> Result<(Tally, T), Fault> {
        let task = plan.items[index].as_ref().map_err(|fault| (**fault).clone())?;
        let path = plan.path(task);
        work::extract(work::raw(&path, options)?, &path, &task.name, options, |source, record| {
            Ok((Tally::of(&record), work(source, record)))
        })
    };
    let size = |index: usize| plan.items[index].as_ref().map_or(0, |task| task.stamp.size);
    let share = Share { count: plan.items.len(), jobs: options.jobs, most: WAITING };
    order::in_order(
        share,
        |index| size(index) + EACH,
        one,
        |index, result| {
            match result {
                Ok((tally, result)) => {
                    take(result)?;
                    if let Ok(task) = &plan.items[index] {
                        reporter.read(&plan.path(task), task.stamp.size, &tally);
                    }
                }
                Err(fault) => reporter.failed(fault, size(index)),
            }
            Ok(())
        },
    )?;
    Ok(reporter.end())
}

/// Does `work` with each item on all cores, and gives the results to `take` in the order of the items.
///
/// # Errors
/// Those of `take`, which end it.
pub fn on_all_cores<'a, I: Sync, T: Send>(
    items: &'a [I],
    work: impl Fn(&'a I) -> T + Sync,
    mut take: impl FnMut(T) -> Result<()> + Send,
) -> Result<()> {
    let share = Share { count: items.len(), jobs: 0, most: AT_ONCE };
    order::in_order(share, |_| 1, |index| work(&items[index]), |_, result| take(result))
}

/// Writes one line of JSON for each source, in the order of the input. Sources that fail have none.
///
/// # Errors
/// When `out` cannot be written.
pub fn to_lines(
    options: &Options,
    mut out: impl Write + Send,
    observe: &mut (dyn FnMut(&Event) + Send),
) -> Result<Summary> {
    let line = |source: &Source, record: Record| {
        let mut line = Vec::new();
        Layout::Line.write(&mut line, source, &record).map(|()| line)
    };
    let summary = each(options, observe, line, |line| Ok(out.write_all(&line?)?))?;
    out.flush()?;
    Ok(summary)
}

/// As [`to_lines`], to a file that appears when it is whole.
///
/// # Errors
/// When the file cannot be written, or another run is writing it; an older one stays as it was.
pub fn to_lines_file(options: &Options, path: &Path, observe: &mut (dyn FnMut(&Event) + Send)) -> Result<Summary> {
    ensure!(!path.is_dir(), "{}: a folder; name a file for the lines", path.display());
    let name = path.file_name().with_context(|| format!("{}: not the name of a file", path.display()))?;
    let about = || format!("cannot write {}", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(about)?;
    }
    let locked = path.with_file_name(format!(".{}.lock", name.to_string_lossy()));
    let _lock = workshop::lock(&locked, path)?;
    let mut summary = None;
    let written = files::write_whole(&files::beside(path), path, |out: &mut BufWriter<File>| {
        summary = Some(to_lines(options, out, observe).map_err(io::Error::other)?);
        Ok(())
    });
    // While it is still held: whoever waits for it takes a new one.
    let _ = fs::remove_file(&locked);
    written.with_context(about)?;
    summary.context("nothing was done")
}
