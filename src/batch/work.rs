//! One source, from its path to its record. Nothing that a source holds ends the batch.

use super::Options;
use crate::fault::{Code, Fault, Refusal};
use crate::model::{Format, Record, Source};
use crate::{pipeline, read};
use serde::{Deserialize, Serialize};
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::Once;

/// What is done with a source; [`pipeline::record`], unless a test puts another in its place.
pub type Extract = fn(&Source) -> Record;

/// How many rows of each kind outputs have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub documents: u32,
    pub provisions: u32,
    pub tables: u32,
    pub amounts: u32,
    pub percentages: u32,
    pub caps: u32,
    pub lead_units: u32,
    pub deadlines: u32,
    pub diagnostics: u32,
}

impl Tally {
    pub fn of(record: &Record) -> Self {
        let rows = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Self {
            documents: rows(record.documents.len()),
            provisions: rows(record.provisions.len()),
            tables: rows(record.tables.len()),
            amounts: rows(record.amounts.len()),
            percentages: rows(record.percentages.len()),
            caps: rows(record.caps.len()),
            lead_units: rows(record.lead_units.len()),
            deadlines: rows(record.deadlines.len()),
            diagnostics: rows(record.diagnostics.len()),
        }
    }

    pub fn add(&mut self, other: &Self) {
        self.documents = self.documents.saturating_add(other.documents);
        self.provisions = self.provisions.saturating_add(other.provisions);
        self.tables = self.tables.saturating_add(other.tables);
        self.amounts = self.amounts.saturating_add(other.amounts);
        self.percentages = self.percentages.saturating_add(other.percentages);
        self.caps = self.caps.saturating_add(other.caps);
        self.lead_units = self.lead_units.saturating_add(other.lead_units);
        self.deadlines = self.deadlines.saturating_add(other.deadlines);
        self.diagnostics = self.diagnostics.saturating_add(other.diagnostics);
    }
}

/// The bytes of a source with their hash.
pub struct Raw {
    pub bytes: Vec<u8>,
    /// Lower-case hex.
    pub sha256: String,
}

pub fn raw(path: &Path, options: &Options) -> Result<Raw, Fault> {
    let bytes = read::bytes(path, options.max_bytes).map_err(|refusal| refusal.at(path))?;
    Ok(Raw { sha256: read::sha256(&bytes), bytes })
}

/// Decodes a source, extracts its record and does `then` with both.
///
/// A panic is a fault of this source alone: it is our mistake, and the others shall not pay for it.
pub fn extract<T>(
    raw: Raw,
    path: &Path,
    name: &str,
    options: &Options,
    then: impl FnOnce(&Source, Record) -> Result<T, Refusal>,
) -> Result<T, Fault> {
    let format = read::format_of(path).unwrap_or(Format::Text);
    let work = || {
        let source = read::decode_known(raw.bytes, raw.sha256, name.to_owned(), format, options.encoding)?;
        let record = (options.extract)(&source);
        then(&source, record)
    };
    caught(work).unwrap_or_else(Err).map_err(|refusal| refusal.at(path))
}

thread_local! {
    /// Whether a panic of this thread is caught, and what the last one said.
    static WATCHED: Cell<bool> = const { Cell::new(false) };
    static SAID: Cell<Option<String>> = const { Cell::new(None) };
}

/// Turns a panic into a refusal, and keeps it from stderr.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, Refusal> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if WATCHED.get() {
                SAID.set(Some(info.to_string()));
            } else {
                usual(info);
            }
        }));
    });
    let before = WATCHED.replace(true);
    // What the work has touched is thrown away with it.
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    WATCHED.set(before);
    done.map_err(|_| {
        let said = SAID.take().unwrap_or_default().replace('\n', " ");
        Refusal::new(Code::InternalError, format!("the program has a mistake; please report it: {said}"))
    })
}

impl Default for Options {
    fn default() -> Self {
        Self {
            paths: Vec::new(),
            jobs: 0,
            encoding: None,
            max_bytes: super::MAX_BYTES,
            layout: crate::emit::layout::Layout::Rows,
            extract: pipeline::record,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_fault() {
        let read = |text: &str| caught(|| text.parse::<u8>().expect("a number"));
        assert_eq!(read("7"), Ok(7));
        let refusal = read("seven").unwrap_err();
        assert_eq!(refusal.code, Code::InternalError);
        assert!(refusal.reason.contains("src/batch/work.rs") && refusal.reason.contains("a number"), "{refusal}");
        assert!(!refusal.reason.contains('\n'));
        assert_eq!(read("8"), Ok(8));
    }
}
