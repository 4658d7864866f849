//! One output file for each source, and only for what is new or changed.

use super::Options;
use super::manifest::{Entry, Journal, Making, Manifest, PROGRAM, from_hex};
use super::order::{self, Share};
use super::plan::{Plan, Task};
use super::report::{Event, Reporter, Summary, Why, write_report};
use super::work::{self, Raw, Tally};
use super::workshop::{self, Workshop};
use crate::emit::files;
use crate::fault::{Fault, Refusal};
use crate::stamp::Stamp;
use anyhow::{Context as _, Result};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Where outputs go, and which are made.
#[derive(Debug, Clone, Default)]
pub struct ToFolder {
    pub folder: PathBuf,
    /// Every source is done, whatever is known of it.
    pub force: bool,
    /// Outputs of sources that are there no more are removed.
    pub prune: bool,
    /// Nothing is written; events tell what would be done.
    pub dry_run: bool,
}

/// Extracts every source that is new or changed since the last run into a file of its own.
///
/// # Errors
/// Before any work: when the folder cannot be made, or another run is working on it. After it: when the manifest or the
/// report cannot be written.
pub fn to_folder(options: &Options, to: &ToFolder, observe: &mut (dyn FnMut(&Event) + Send)) -> Result<Summary> {
    let begun = Instant::now();
    let workshop = if to.dry_run { None } else { Some(Workshop::open(&to.folder)?) };
    let mut known = Manifest::load(workshop::manifest(&to.folder))?;
    let plan = Plan::of(&options.paths);
    let run = Run {
        roots: plan.roots.iter().map(|root| known.root(&absolute(root))).collect(),
        making: known.making(&making(options)),
        known: &known,
        plan: &plan,
        workshop: workshop.as_ref(),
        options,
        to,
    };
    let mut reporter = Reporter::begin(begun, &plan, observe);
    let changed = run.all(&mut reporter)?;
    let removed = run.gone(&mut reporter);
    let summary = reporter.end();
    if let Some(workshop) = &workshop {
        let named = changed
            .into_iter()
            .filter_map(|(index, entry)| Some((plan.items[index].as_ref().ok()?.name.clone(), entry)));
        known.finish(named, &removed).with_context(|| about(&workshop::manifest(&to.folder)))?;
        write_report(&workshop.report(), &summary)?;
    }
    Ok(summary)
}

fn about(path: &Path) -> String {
    format!("cannot write {}", path.display())
}

/// A folder of sources as any later run finds it; one whose name is no text is never found gone.
fn absolute(root: &Path) -> String {
    let absolute = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
    absolute.to_str().unwrap_or_default().to_owned()
}

fn making(options: &Options) -> Making {
    let encoding = options.encoding.map_or("detected", |encoding| encoding.name());
    Making { program: PROGRAM.to_owned(), options: format!("{} {encoding}", options.layout.name()) }
}

/// What a thread needs to know.
struct Run<'a> {
    options: &'a Options,
    to: &'a ToFolder,
    plan: &'a Plan,
    known: &'a Manifest,
    /// Roots of the plan as the manifest numbers them.
    roots: Vec<u32>,
    making: u32,
    workshop: Option<&'a Workshop>,
}

/// What was done with one source.
enum Done {
    Written(Why, Entry),
    Due(Why),
    /// With a new stamp, if the bytes are the same and the time is not.
    Unchanged(Tally, Option<Entry>),
}

/// What the manifest says of a source.
enum State<'a> {
    Unchanged(&'a Entry),
    /// Size or time are not as they were, or prove nothing: the bytes decide.
    Touched(&'a Entry),
    Due(Why),
}

impl Run<'_> {
    /// Works through the plan; gives the entries that are new, by the index of their source.
    fn all(&self, reporter: &mut Reporter) -> Result<Vec<(usize, Entry)>> {
        let mut journal = Journal::new(self.known);
        let mut changed = Vec::new();
        let share = Share { count: self.plan.items.len(), jobs: self.options.jobs, most: u64::MAX };
        order::in_order(
            share,
            |_| 0,
            |index| self.one(index),
            |index, done| {
                let entry = self.tell(index, done, reporter);
                if let (Some(entry), Ok(task), Some(_)) = (entry, &self.plan.items[index], self.workshop) {
                    journal.add(&task.name, &entry).with_context(|| self.about_manifest())?;
                    changed.push((index, entry));
                }
                Ok(())
            },
        )?;
        journal.close().with_context(|| self.about_manifest())?;
        Ok(changed)
    }

    fn about_manifest(&self) -> String {
        about(&workshop::manifest(&self.to.folder))
    }

    fn one(&self, index: usize) -> Result<Done, Fault> {
        let task = self.plan.items[index].as_ref().map_err(|fault| (**fault).clone())?;
        let path = self.plan.path(task);
        let state = self.state(task);
        let (why, touched) = match state {
            State::Unchanged(entry) => return Ok(Done::Unchanged(entry.tally, None)),
            State::Touched(entry) => (Why::Changed, Some(entry)),
            State::Due(why) if self.to.dry_run => return Ok(Done::Due(why)),
            State::Due(why) => (why, None),
        };
        let raw = work::raw(&path, self.options)?;
        let sha256 = from_hex(&raw.sha256).unwrap_or_default();
        if let Some(entry) = touched.filter(|entry| entry.sha256 == sha256) {
            let entry = Entry { root: self.roots[task.root as usize], source: task.stamp, ..entry.clone() };
            return Ok(Done::Unchanged(entry.tally, Some(entry)));
        }
        match self.workshop {
            Some(workshop) => self.write(index, task, &path, raw, workshop).map(|(output, tally)| {
                let (root, making) = (self.roots[task.root as usize], self.making);
                let (source, output) = (task.stamp, Some(output));
                Done::Written(why, Entry { root, making, source, sha256, output, tally, fault: None })
            }),
            None => Ok(Done::Due(why)),
        }
    }

    fn state(&self, task: &Task) -> State<'_> {
        let Some(entry) = self.known.get(&task.name) else { return State::Due(Why::New) };
        if self.to.force {
            return State::Due(Why::Forced);
        }
        if entry.fault.is_some() {
            return State::Due(Why::Retried);
        }
        if entry.making != self.making {
            return State::Due(Why::Remade);
        }
        let output = fs::metadata(self.to.folder.join(task.output())).map(|found| Stamp::of(&found));
        match (output, entry.output) {
            (Ok(found), Some(written)) if found.proves(written) => {}
            _ => return State::Due(Why::Lost),
        }
        // The same name in another folder is another file.
        if entry.source.proves(task.stamp) && entry.root == self.roots[task.root as usize] {
            State::Unchanged(entry)
        } else {
            State::Touched(entry)
        }
    }

    fn write(
        &self,
        index: usize,
        task: &Task,
        path: &Path,
        raw: Raw,
        workshop: &Workshop,
    ) -> Result<(Stamp, Tally), Fault> {
        let output = self.to.folder.join(task.output());
        work::extract(raw, path, &task.name, self.options, |source, record| {
            let unfinished = workshop.unfinished(index);
            let fill = |out: &mut io::BufWriter<fs::File>| self.options.layout.write(out, source, &record);
            let written = files::write_whole(&unfinished, &output, fill);
            written.map(|stamp| (stamp, Tally::of(&record))).map_err(|error| Refusal::writing(&output, &error))
        })
    }

    /// Tells of a source, and gives its entry if that is a new one.
    fn tell(&self, index: usize, done: Result<Done, Fault>, reporter: &mut Reporter) -> Option<Entry> {
        let Ok(task) = &self.plan.items[index] else {
            reporter.failed(done.err()?, 0);
            return None;
        };
        let (path, output, size) = (self.plan.path(task), self.to.folder.join(task.output()), task.stamp.size);
        match done {
            Ok(Done::Written(why, entry)) => {
                reporter.written(&path, &output, why, size, &entry.tally);
                Some(entry)
            }
            Ok(Done::Due(why)) => {
                reporter.due(&path, &output, why, size);
                None
            }
            Ok(Done::Unchanged(tally, entry)) => {
                reporter.unchanged(&path, &output, size, &tally);
                entry
            }
            Err(fault) => {
                let (root, making) = (self.roots[task.root as usize], self.making);
                let (source, code) = (task.stamp, Some(fault.code));
                reporter.failed(fault, size);
                // The output of a run before stays, and stays known.
                let output = self.known.get(&task.name).and_then(|entry| entry.output);
                let entry =
                    Entry { root, making, source, sha256: [0; 32], output, tally: Tally::default(), fault: code };
                Some(entry).filter(|entry| self.known.get(&task.name) != Some(entry))
            }
        }
    }

    /// Tells of the sources that are there no more; gives those whose entries are to go. Where a path could not be
    /// listed, none of them is believed to be gone for good.
    fn gone(&self, reporter: &mut Reporter) -> Vec<Box<str>> {
        let prune = self.to.prune && self.plan.complete;
        let mut dropped = Vec::new();
        for name in self.known.gone(self.plan) {
            let (Some(entry), Ok(output)) = (self.known.get(&name), files::output_name(&name)) else { continue };
            // `a.md` came for `a.txt`: the output is its own by now.
            let passed_on = self.plan.gives(&name);
            let output = self.to.folder.join(output);
            let removed = !passed_on && prune && (self.to.dry_run || is_removed(&output, entry));
            if !passed_on {
                reporter.gone(self.known.path_of(&name, entry), &output, removed);
            }
            if passed_on || removed {
                dropped.push(name);
            }
        }
        dropped
    }
}

/// Removes an output if it is as we wrote it; one that was changed since is not ours to remove.
fn is_removed(output: &Path, entry: &Entry) -> bool {
    match fs::metadata(output) {
        Ok(found) => {
            entry.output.is_some_and(|written| written.proves(Stamp::of(&found))) && fs::remove_file(output).is_ok()
        }
        Err(error) => error.kind() == ErrorKind::NotFound,
    }
}
