//! What stderr tells of a batch: a bar on a terminal, faults, and a summary at the end; or lines of JSON for machines.

use super::exit::Exit;
use super::{complain, is_broken_pipe};
use anyhow::Result;
use clap::ValueEnum;
use gongbao::batch::{Event, Summary};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use std::io::{self, IsTerminal as _, Write as _};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    Text,
    Json,
}

/// What a run tells at its end, to machines.
#[derive(Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
enum End<'a> {
    Finished(&'a Summary),
    /// It could not run, or not to its end.
    Stopped {
        reason: String,
    },
}

pub struct Progress {
    format: LogFormat,
    quiet: bool,
    dry_run: bool,
    bar: ProgressBar,
}

impl Progress {
    pub fn new(format: LogFormat, quiet: bool, dry_run: bool) -> Self {
        Self { format, quiet, dry_run, bar: ProgressBar::hidden() }
    }

    pub fn tell(&mut self, event: &Event) {
        if self.dry_run {
            dry(event);
        }
        match (self.format, event) {
            (LogFormat::Json, Event::Failed { .. }) => json(event),
            (LogFormat::Json, _) if !self.quiet => json(event),
            (LogFormat::Json, _) => {}
            (LogFormat::Text, _) => self.text(event),
        }
    }

    fn text(&mut self, event: &Event) {
        match event {
            Event::Planned { bytes, .. } if !self.quiet && io::stderr().is_terminal() => self.bar = bar(*bytes),
            Event::Failed { fault, .. } => self.bar.suspend(|| complain(fault)),
            Event::Gone { path, output } if !self.quiet && !self.dry_run => self.bar.suspend(|| {
                let (path, output) = (path.display(), output.display());
                complain(format_args!("{path}: is there no more; {output} stays (--prune removes it)"));
            }),
            Event::Removed { path, output } if !self.quiet && !self.dry_run => self.bar.suspend(|| {
                complain(format_args!("{}: is there no more; {} is removed", path.display(), output.display()));
            }),
            _ => {}
        }
        self.bar.inc(bytes_of(event));
    }

    /// Tells how it went, and what to say to the caller.
    pub fn end(&self, done: Result<Summary>) -> Result<Exit> {
        self.bar.finish_and_clear();
        match (done, self.format) {
            (Ok(summary), format) => {
                match format {
                    _ if self.quiet => {}
                    LogFormat::Json => json(&End::Finished(&summary)),
                    LogFormat::Text => print(&summary),
                }
                Ok(if summary.failed == 0 { Exit::AllGood } else { Exit::SomeFailed })
            }
            (Err(error), LogFormat::Json) if !is_broken_pipe(&error) => {
                json(&End::Stopped { reason: format!("{error:#}") });
                Ok(Exit::CouldNotRun)
            }
            (Err(error), _) => Err(error),
        }
    }
}

fn bar(bytes: u64) -> ProgressBar {
    let template = "{wide_bar} {bytes}/{total_bytes}, {bytes_per_sec}, {eta} left";
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(bytes).with_style(style)
}

fn bytes_of(event: &Event) -> u64 {
    match event {
        Event::Read { bytes, .. }
        | Event::Written { bytes, .. }
        | Event::Due { bytes, .. }
        | Event::Unchanged { bytes, .. }
        | Event::Failed { bytes, .. } => *bytes,
        Event::Planned { .. } | Event::Gone { .. } | Event::Removed { .. } => 0,
    }
}

/// What a dry run would do, on stdout.
fn dry(event: &Event) {
    let (what, path, output) = match event {
        Event::Due { path, output, why, .. } => (why.name(), path, output),
        Event::Gone { path, output } => ("gone", path, output),
        Event::Removed { path, output } => ("remove", path, output),
        _ => return,
    };
    let _ = writeln!(io::stdout(), "{what}\t{}\t{}", path.display(), output.display());
}

/// One object and a line feed in one piece, so that lines of several processes do not mix.
fn json(event: &impl Serialize) {
    if let Ok(mut line) = serde_json::to_vec(event) {
        line.push(b'\n');
        let _ = io::stderr().write_all(&line);
    }
}

/// A count, and what of it there is none of is left out.
fn counts(counts: &[(usize, &str)]) -> String {
    let told = counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}"));
    told.collect::<Vec<_>>().join(", ")
}

#[allow(clippy::cast_precision_loss, reason = "a rate for people")]
fn print(summary: &Summary) {
    let states = counts(&[
        (summary.done, "done"),
        (summary.due, "to be done"),
        (summary.unchanged, "unchanged"),
        (summary.failed, "failed"),
        (summary.gone, "gone"),
        (summary.removed, "removed"),
    ]);
    let megabytes = summary.bytes as f64 / 1e6;
    let rate = if summary.seconds > 0.0 { megabytes / summary.seconds } else { 0.0 };
    let _ = writeln!(
        io::stderr(),
        "{} sources: {states}; {megabytes:.1} MB in {:.2} s, {rate:.1} MB/s",
        summary.sources,
        summary.seconds
    );
    let rows = &summary.rows;
    let _ = writeln!(
        io::stderr(),
        "{} documents, {} provisions, {} tables; {} amounts, {} percentages, {} caps, {} lead units, {} deadlines; {} diagnostics",
        rows.documents,
        rows.provisions,
        rows.tables,
        rows.amounts,
        rows.percentages,
        rows.caps,
        rows.lead_units,
        rows.deadlines,
        rows.diagnostics
    );
}
