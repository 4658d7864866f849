//! What differs between an accepted output and a fresh one, told of documents, provisions and facts.
//!
//! Ids and places are no differences by themselves: they shift when something is inserted above. Only in an unchanged
//! source, where nothing can shift, another place is one. What one difference tells, no other repeats: a value that
//! changes is not told as a changed text as well, nor a document that is added row by row.

mod facts;
mod provisions;
mod tables;

use super::facts::{Beside, Facts, texts};
use super::pairs::Pairs;
use super::people;
use super::structure::{self, Node, Side};
use crate::emit::wire::{Document, Issue, Output};
use crate::outputs::fact::{Fact, Kind};
use crate::outputs::lines::Lines;
use crate::outputs::value::Value;
use serde::Serialize;
use std::collections::HashSet;

#[derive(Debug, Clone, Default, Serialize)]
pub struct Diff {
    /// The bytes of the source are others than those that the accepted output was made from.
    pub source_changed: bool,
    /// Nothing differs but ids and places.
    pub shifted: bool,
    /// In the order of the fresh output.
    pub differences: Vec<Difference>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    Gained,
    Lost,
    Changed,
}

#[derive(Debug, Clone, Serialize)]
pub struct Difference {
    pub how: How,
    /// `document`, `provision`, a kind of fact, `table`, `noise`, `diagnostic`, `issue`, `source` or `ids`.
    pub what: &'static str,
    /// Line of the present source, counted from 1; for what a changed source has lost, that of its provision; null where
    /// there is none.
    pub line: Option<usize>,
    /// Labels down to the provision: `["第三章", "第八条"]`. For what is lost, those of the accepted output.
    pub path: Vec<String>,
    /// The source text of a fact, the heading or first words of a provision, the title of a document.
    pub text: String,
    /// What is gained or lost, in words for people.
    pub says: Option<String>,
    pub old_id: Option<String>,
    pub new_id: Option<String>,
    /// For what has changed, each field.
    pub changes: Vec<Change>,
    /// Where it is told: code point in the fresh output, then in its own.
    #[serde(skip)]
    at: (usize, usize),
}

#[derive(Debug, Clone, Serialize)]
pub struct Change {
    /// A field of the row; `provision` (and `document`) when it moved, `order` when it moved among its siblings.
    pub field: String,
    pub old: Value,
    pub new: Value,
    /// The same for people, in their units.
    #[serde(skip)]
    pub shown: (String, String),
}

/// Compares an accepted output with a fresh one; `lines` are those of the source as it is now, where it is at hand.
pub fn diff(old: &Output, new: &Output, lines: Option<&Lines>) -> Diff {
    let same_source = old.source.sha256 == new.source.sha256;
    let (before, now) = (Side::new(old), Side::new(new));
    let documents = structure::documents(old, new, same_source);
    let provisions = structure::provisions(&before, &now, &documents, same_source);
    let (old_texts, new_texts) = (texts(&before), texts(&now));
    let (old_facts, new_facts) = (Facts::of(&before, &old_texts), Facts::of(&now, &new_texts));
    let beside = Beside {
        old: &old_facts,
        new: &new_facts,
        old_texts: &old_texts,
        new_texts: &new_texts,
        provisions: &provisions,
    };
    let facts = beside.join(same_source);
    let mut telling = Telling {
        before: &before,
        now: &now,
        documents: &documents,
        provisions: &provisions,
        facts: &facts,
        beside: &beside,
        lines,
        same_source,
        told: Vec::new(),
    };
    telling.file();
    telling.documents();
    telling.provisions();
    telling.facts();
    telling.tables();
    telling.counted();
    let mut differences = telling.told;
    differences.sort_by_key(|difference| difference.at);
    let mut rows = old.clone();
    rows.source.clone_from(&new.source);
    let shifted = differences.is_empty() && rows != *new;
    if shifted && same_source {
        // Nothing above can have shifted them: the program has changed what it writes.
        differences.push(other_rows());
    }
    Diff { source_changed: !same_source, shifted: shifted && !same_source, differences }
}

/// Rows whose ids, references or order have changed, and nothing that can be said of documents, provisions and facts.
fn other_rows() -> Difference {
    let says = Some("ids, references or the order of rows are others".to_owned());
    Difference { says, ..Difference::new(How::Changed, "ids", 0, String::new()) }
}

impl Difference {
    fn new(how: How, what: &'static str, at: usize, text: String) -> Self {
        Self {
            how,
            what,
            line: None,
            path: Vec::new(),
            text,
            says: None,
            old_id: None,
            new_id: None,
            changes: Vec::new(),
            at: (at, at),
        }
    }
}

impl Change {
    fn of(field: impl Into<String>, old: Value, new: Value) -> Self {
        let shown = match (old.as_text(), new.as_text()) {
            (Some(old), Some(new)) => people::excerpts(old, new),
            _ => (old.to_string(), new.to_string()),
        };
        Self { field: field.into(), old, new, shown }
    }

    fn path(field: &str, old: &[String], new: &[String]) -> Self {
        let shown = (old.join(" "), new.join(" "));
        Self { field: field.to_owned(), old: Value::Text(shown.0.clone()), new: Value::Text(shown.1.clone()), shown }
    }
}

/// Those fields of two rows that differ.
fn changes(old: Vec<(&str, Value)>, new: Vec<(&str, Value)>) -> Vec<Change> {
    let differing = old.into_iter().zip(new).filter(|((_, old), (_, new))| old != new);
    differing.map(|((field, old), (_, new))| Change::of(field, old, new)).collect()
}

struct Telling<'t, 'a> {
    before: &'t Side<'a>,
    now: &'t Side<'a>,
    documents: &'t Pairs,
    provisions: &'t Pairs,
    facts: &'t Pairs,
    beside: &'t Beside<'t, 'a>,
    lines: Option<&'t Lines<'t>>,
    same_source: bool,
    told: Vec<Difference>,
}

impl Telling<'_, '_> {
    fn line(&self, new_point: usize) -> Option<usize> {
        self.lines.map(|lines| lines.line(new_point))
    }

    /// The lines that a row covers: its place as people see it.
    fn extent(&self, start: usize, end: usize) -> Value {
        match self.lines {
            Some(lines) => Value::Text(format!("{}–{}", lines.line(start), lines.line(end.saturating_sub(1)))),
            None => Value::Text(format!("{start}–{end}")),
        }
    }

    /// In an unchanged source, whether a row covers the same text; told by its lines, or by its code points when those
    /// are the same.
    fn extent_change(&self, old: (usize, usize), new: (usize, usize)) -> Option<Change> {
        if !self.same_source || old == new {
            return None;
        }
        let [by_line_old, by_line_new] = [old, new].map(|(start, end)| self.extent(start, end));
        if by_line_old != by_line_new {
            return Some(Change::of("lines", by_line_old, by_line_new));
        }
        let [old, new] = [old, new].map(|(start, end)| Value::Text(format!("{start}–{end}")));
        Some(Change::of("characters", old, new))
    }

    fn tell(&mut self, how: How, what: &'static str, at: usize, text: &str) -> &mut Difference {
        let mut difference = Difference::new(how, what, at, text.to_owned());
        difference.line = self.line(at);
        self.told.push(difference);
        let last = self.told.len() - 1;
        &mut self.told[last]
    }

    /// Where in the present source something lost belongs, and its line if that can be told.
    fn tell_lost(
        &mut self,
        what: &'static str,
        place: usize,
        document: Option<usize>,
        provision: Option<usize>,
        text: &str,
    ) -> &mut Difference {
        let (before, now) = (self.before, self.now);
        let mut provision = provision;
        let kept = loop {
            match provision {
                Some(at) if self.provisions.new_of(at).is_some() => break self.provisions.new_of(at),
                Some(at) => {
                    provision = match before.parent(at) {
                        Some(Node::Provision(parent)) => Some(parent),
                        _ => None,
                    }
                }
                None => break None,
            }
        };
        let document = document.and_then(|document| self.documents.new_of(document));
        let at = match (self.same_source, kept, document) {
            (true, ..) => Some(place),
            (false, Some(kept), _) => Some(now.output.provisions[kept].start),
            (false, None, document) => document.map(|document| now.output.documents[document].start),
        };
        let difference = self.tell(How::Lost, what, at.unwrap_or(usize::MAX), text);
        difference.at.1 = place;
        if at.is_none() {
            difference.line = None;
        }
        difference
    }

    /// The source as a whole, and the issue of the gazette.
    fn file(&mut self) {
        let (old, new) = (&self.before.output.source, &self.now.output.source);
        let fields = |encoding: &str, format: &str| {
            vec![("encoding", Value::text(Some(encoding))), ("format", Value::text(Some(format)))]
        };
        let changed = changes(fields(&old.encoding, &old.format), fields(&new.encoding, &new.format));
        if !changed.is_empty() {
            self.tell(How::Changed, "source", 0, &new.name).changes = changed;
        }
        match (&self.before.output.issue, &self.now.output.issue) {
            (Some(old), Some(new)) => {
                let changed = changes(issue_fields(old), issue_fields(new));
                if !changed.is_empty() {
                    self.tell(How::Changed, "issue", 0, &new.title).changes = changed;
                }
            }
            (None, Some(new)) => drop(self.tell(How::Gained, "issue", 0, &new.title)),
            (Some(old), None) => drop(self.tell(How::Lost, "issue", 0, &old.title)),
            (None, None) => {}
        }
    }

    fn documents(&mut self) {
        let (documents, before, now) = (self.documents, self.before.output, self.now.output);
        for at in documents.gained() {
            let row = &now.documents[at];
            let told = self.tell(How::Gained, "document", row.start, &title(row));
            told.new_id = Some(row.id.clone());
            told.says = Some(holds(now, row));
        }
        for at in documents.lost() {
            let row = &before.documents[at];
            let told = self.tell_lost("document", row.start, None, None, &title(row));
            told.old_id = Some(row.id.clone());
            told.says = Some(holds(before, row));
        }
        let old_order: Vec<usize> = documents.iter().map(|(o, _)| o).collect();
        let new_order: Vec<usize> = (0..now.documents.len()).filter_map(|n| documents.old_of(n)).collect();
        let moved = structure::out_of_order(&old_order, &new_order);
        for (o, n) in documents.iter() {
            let (old, new) = (&before.documents[o], &now.documents[n]);
            let mut changed = changes(document_fields(old), document_fields(new));
            changed.extend(self.extent_change((old.start, old.end), (new.start, new.end)));
            if moved.contains(&o) {
                changed.push(order(o, n));
            }
            if !changed.is_empty() {
                let told = self.tell(How::Changed, "document", new.start, &title(new));
                (told.old_id, told.new_id) = (Some(old.id.clone()), Some(new.id.clone()));
                told.changes = changed;
            }
        }
    }

    /// Noise and diagnostics have no ids: what is there more or less often is gained or lost.
    fn counted(&mut self) {
        let (before, now) = (self.before.output, self.now.output);
        let noise = |output: &Output| -> Vec<(usize, String, String)> {
            output.noise.iter().map(|row| (row.start, row.raw.clone(), row.kind.clone())).collect()
        };
        let diagnostics = |output: &Output| -> Vec<(usize, String, String)> {
            output.diagnostics.iter().map(|row| (row.start, row.message.clone(), row.code.clone())).collect()
        };
        self.counted_rows("noise", &noise(before), &noise(now));
        self.counted_rows("diagnostic", &diagnostics(before), &diagnostics(now));
    }

    fn counted_rows(&mut self, what: &'static str, old: &[(usize, String, String)], new: &[(usize, String, String)]) {
        let mut pairs = Pairs::new(old.len(), new.len());
        let all: (Vec<usize>, Vec<usize>) = ((0..old.len()).collect(), (0..new.len()).collect());
        if self.same_source {
            pairs.join_equal(&all.0, &all.1, |o| Some(&old[o]), |n| Some(&new[n]));
        } else {
            let said = |row: &(usize, String, String)| Some((row.1.clone(), row.2.clone()));
            pairs.join_equal(&all.0, &all.1, |o| said(&old[o]), |n| said(&new[n]));
        }
        for n in pairs.gained() {
            let (start, text, kind) = &new[n];
            self.tell(How::Gained, what, *start, text).says = Some(kind.clone());
        }
        for o in pairs.lost() {
            let (start, text, kind) = &old[o];
            self.tell_lost(what, *start, None, None, text).says = Some(kind.clone());
        }
    }
}

fn order(old: usize, new: usize) -> Change {
    let place = |at: usize| Value::whole(u32::try_from(at + 1).ok());
    Change::of("order", place(old), place(new))
}

fn labels(side: &Side, provision: Option<usize>) -> Vec<String> {
    provision.map(|at| side.tree.labels(&side.output.provisions[at])).unwrap_or_default()
}

fn title(row: &Document) -> String {
    row.title.clone().unwrap_or_else(|| format!("({})", row.kind))
}

/// What a document holds: `12 provisions, 3 caps`.
fn holds(output: &Output, document: &Document) -> String {
    let provisions: HashSet<&str> =
        output.provisions.iter().filter(|row| row.document == document.id).map(|row| row.id.as_str()).collect();
    let mut parts = vec![plural(provisions.len(), "provision")];
    for kind in Kind::ALL {
        let facts = crate::outputs::fact::facts(output, kind);
        let here = |fact: &&Fact| fact.place.provision.as_deref().is_some_and(|id| provisions.contains(id));
        let count = facts.iter().filter(here).count();
        if count > 0 {
            parts.push(plural(count, &kind.name().replace('_', " ")));
        }
    }
    format!("with {}", parts.join(", "))
}

pub fn plural(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

fn issue_fields(row: &Issue) -> Vec<(&'static str, Value)> {
    vec![
        ("title", Value::text(Some(&row.title))),
        ("year", Value::whole(row.year)),
        ("number", Value::whole(row.number)),
        ("serial", Value::whole(row.serial)),
        ("published", Value::text(row.published.map(|day| day.0.to_string()))),
    ]
}

fn document_fields(row: &Document) -> Vec<(&'static str, Value)> {
    vec![
        ("title", Value::text(row.title.as_ref())),
        ("instrument", Value::text(row.instrument.as_ref())),
        ("edition", Value::text(row.edition.as_ref())),
        ("kind", Value::text(Some(&row.kind))),
        ("doc_number", Value::text(row.doc_number.as_ref())),
        ("issuer", Value::text(row.issuer.as_ref())),
        ("signed", Value::text(row.signed.map(|day| day.0.to_string()))),
        ("effective", Value::text(row.effective.map(|day| day.0.to_string()))),
    ]
}
