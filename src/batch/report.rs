//! What is told of a run: while it goes on as events, at its end as figures and a report.

use super::plan::Plan;
use super::work::Tally;
use crate::emit::files;
use crate::fault::{Fault, shown};
use anyhow::Result;
use serde::Serialize;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// What happens in a run. Events of sources come in the order of the input.
#[derive(Debug, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event<'a> {
    /// Work begins.
    Planned { sources: usize, bytes: u64 },
    /// The record of a source was handed on.
    Read {
        #[serde(serialize_with = "shown")]
        path: &'a Path,
        bytes: u64,
    },
    Written {
        #[serde(serialize_with = "shown")]
        path: &'a Path,
        #[serde(serialize_with = "shown")]
        output: &'a Path,
        why: Why,
        bytes: u64,
    },
    /// A dry run would write it.
    Due {
        #[serde(serialize_with = "shown")]
        path: &'a Path,
        #[serde(serialize_with = "shown")]
        output: &'a Path,
        why: Why,
        bytes: u64,
    },
    Unchanged {
        #[serde(serialize_with = "shown")]
        path: &'a Path,
        #[serde(serialize_with = "shown")]
        output: &'a Path,
        bytes: u64,
    },
    Failed {
        #[serde(flatten)]
        fault: &'a Fault,
        bytes: u64,
    },
    /// A source is there no more; its output still is.
    Gone {
        #[serde(serialize_with = "shown")]
        path: &'a Path,
        #[serde(serialize_with = "shown")]
        output: &'a Path,
    },
    /// A source is there no more, and its output neither.
    Removed {
        #[serde(serialize_with = "shown")]
        path: &'a Path,
        #[serde(serialize_with = "shown")]
        output: &'a Path,
    },
}

/// Why a source is worked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// No run has done it before.
    New,
    /// The source has other bytes.
    Changed,
    /// The rules of the program or its options are others.
    Remade,
    /// The output is missing or is not as it was written.
    Lost,
    /// The last run failed at it.
    Retried,
    Forced,
}

impl Why {
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Remade => "remade",
            Self::Lost => "lost",
            Self::Retried => "retried",
            Self::Forced => "forced",
        }
    }
}

/// How a run went.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Summary {
    /// All that were found, those that failed among them.
    pub sources: usize,
    /// Written, or handed on.
    pub done: usize,
    /// A dry run would write them.
    pub due: usize,
    pub unchanged: usize,
    pub failed: usize,
    /// There no more, with outputs that still are.
    pub gone: usize,
    /// There no more, nor their outputs.
    pub removed: usize,
    /// Bytes of the sources that were worked on.
    pub bytes: u64,
    pub seconds: f64,
    /// Rows of all outputs of these sources, of those unchanged too.
    pub rows: Tally,
    #[serde(skip)]
    pub faults: Vec<Fault>,
    /// Sources that are there no more.
    #[serde(skip)]
    pub missing: Vec<PathBuf>,
}

/// Counts events and passes them on.
pub(super) struct Reporter<'a> {
    observe: &'a mut (dyn FnMut(&Event) + Send),
    begun: Instant,
    summary: Summary,
}

impl<'a> Reporter<'a> {
    pub fn begin(begun: Instant, plan: &Plan, observe: &'a mut (dyn FnMut(&Event) + Send)) -> Self {
        let sources = plan.items.len();
        observe(&Event::Planned { sources, bytes: plan.bytes() });
        Self { observe, begun, summary: Summary { sources, ..Summary::default() } }
    }

    pub fn read(&mut self, path: &Path, bytes: u64, tally: &Tally) {
        self.summary.done += 1;
        self.summary.bytes += bytes;
        self.summary.rows.add(tally);
        (self.observe)(&Event::Read { path, bytes });
    }

    pub fn written(&mut self, path: &Path, output: &Path, why: Why, bytes: u64, tally: &Tally) {
        self.summary.done += 1;
        self.summary.bytes += bytes;
        self.summary.rows.add(tally);
        (self.observe)(&Event::Written { path, output, why, bytes });
    }

    pub fn due(&mut self, path: &Path, output: &Path, why: Why, bytes: u64) {
        self.summary.due += 1;
        (self.observe)(&Event::Due { path, output, why, bytes });
    }

    pub fn unchanged(&mut self, path: &Path, output: &Path, bytes: u64, tally: &Tally) {
        self.summary.unchanged += 1;
        self.summary.rows.add(tally);
        (self.observe)(&Event::Unchanged { path, output, bytes });
    }

    pub fn failed(&mut self, fault: Fault, bytes: u64) {
        self.summary.failed += 1;
        (self.observe)(&Event::Failed { fault: &fault, bytes });
        self.summary.faults.push(fault);
    }

    pub fn gone(&mut self, path: PathBuf, output: &Path, removed: bool) {
        if removed {
            self.summary.removed += 1;
            (self.observe)(&Event::Removed { path: &path, output });
        } else {
            self.summary.gone += 1;
            (self.observe)(&Event::Gone { path: &path, output });
        }
        self.summary.missing.push(path);
    }

    pub fn end(mut self) -> Summary {
        self.summary.seconds = self.begun.elapsed().as_secs_f64();
        self.summary
    }
}

/// The report as it is written.
#[derive(Serialize)]
struct Report<'a> {
    schema: &'static str,
    program: &'static str,
    summary: &'a Summary,
    faults: &'a [Fault],
    gone: Vec<String>,
}

/// Writes what a run did, for programs: figures, faults with path, code and reason, and sources that are there no more.
///
/// # Errors
/// When it cannot be written.
pub fn write_report(path: &Path, summary: &Summary) -> Result<()> {
    let report = Report {
        schema: "gongbao/report/1",
        program: super::manifest::PROGRAM,
        summary,
        faults: &summary.faults,
        gone: summary.missing.iter().map(|path| path.display().to_string()).collect(),
    };
    let written = files::replace(path, |out| {
        serde_json::to_writer_pretty(&mut *out, &report)?;
        out.write_all(b"\n")
    });
    Ok(written?)
}
