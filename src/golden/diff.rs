//! What differs between an accepted output and a fresh one, told of documents, provisions and facts.
//!
//! Ids and places are no differences by themselves: they shift when something is inserted above. Only in an unchanged
//! source, where nothing can shift, another place is one. What one difference tells, no other repeats: a value that
//! changes is not told as a changed text as well, nor a document that is added row by row.

use super::facts::{self, Beside, Facts};
use super::pairs::Pairs;
use super::people;
use super::structure::{self, Node, Side};
use crate::emit::wire::{Document, Issue, Output, Provision};
use crate::outputs::fact::{Fact, Kind};
use crate::outputs::lines::Lines;
use crate::outputs::path;
use crate::outputs::value::Value;
use serde::Serialize;
use std::collections::{BTreeMap, HashSet};

#[derive(Debug, Clone, Default, Serialize)]
pub struct Diff {
    /// The bytes of the source are others than those that the accepted output was made from.
    pub source_changed: bool,
    /// Rows that differ in nothing else have other ids or places.
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
    #[serde(skip)]
    at: usize,
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
    let (old_texts, new_texts) = (facts::texts(&before), facts::texts(&now));
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
    let mut renamed = old.clone();
    renamed.source.name.clone_from(&new.source.name);
    let shifted = differences.is_empty() && renamed != *new;
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
            at,
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

    fn provisions(&mut self) {
        let (provisions, before, now) = (self.provisions, self.before, self.now);
        for at in provisions.gained() {
            let row = &now.output.provisions[at];
            if self.is_told_above(now, at, false) {
                continue;
            }
            let told = self.tell(How::Gained, "provision", row.start, &first_words(row));
            told.new_id = Some(row.id.clone());
            told.path = now.tree.labels(row);
            told.says = below(now, at, |below| provisions.old_of(below).is_none());
        }
        for at in provisions.lost() {
            let row = &before.output.provisions[at];
            if self.is_told_above(before, at, true) {
                continue;
            }
            let told =
                self.tell_lost("provision", row.start, before.document(&row.document), Some(at), &first_words(row));
            told.old_id = Some(row.id.clone());
            told.path = before.tree.labels(row);
            told.says = below(before, at, |below| provisions.new_of(below).is_none());
        }
        let moved = self.moved_among_siblings();
        for (o, n) in provisions.iter() {
            let (old, new) = (&before.output.provisions[o], &now.output.provisions[n]);
            let mut changed = self.provision_changes(o, n);
            if changed.iter().all(|change| change.field != "provision") && moved.contains(&o) {
                changed.push(order(o, n));
            }
            if !changed.is_empty() {
                let told = self.tell(How::Changed, "provision", new.start, &first_words(new));
                (told.old_id, told.new_id) = (Some(old.id.clone()), Some(new.id.clone()));
                told.path = now.tree.labels(new);
                told.changes = changed;
            }
        }
    }

    /// Whether a provision that has no counterpart lies in a provision or document that has none either.
    fn is_told_above(&self, side: &Side, at: usize, lost: bool) -> bool {
        match side.parent(at) {
            Some(Node::Provision(above)) if lost => self.provisions.new_of(above).is_none(),
            Some(Node::Provision(above)) => self.provisions.old_of(above).is_none(),
            Some(Node::Document(above)) if lost => self.documents.new_of(above).is_none(),
            Some(Node::Document(above)) => self.documents.old_of(above).is_none(),
            None => false,
        }
    }

    fn provision_changes(&self, o: usize, n: usize) -> Vec<Change> {
        let (before, now) = (self.before, self.now);
        let (old, new) = (&before.output.provisions[o], &now.output.provisions[n]);
        let mut changed = changes(provision_fields(old), provision_fields(new));
        // A label that reads otherwise has another number; the number alone says nothing more.
        if changed.iter().any(|change| change.field == "label") {
            changed.retain(|change| change.field != "number");
        }
        if old.text != new.text && !is_told_by_heading(old, new) && !self.beside.is_told_by_facts(o, n, self.facts) {
            changed.push(Change::of("text", Value::text(Some(&old.text)), Value::text(Some(&new.text))));
        }
        if !self.is_same_node(before.parent(o), now.parent(n)) {
            let above = |side: &Side, row: &Provision| {
                let mut labels = side.tree.labels(row);
                labels.pop();
                if labels.is_empty() { document_title(side, row) } else { labels }
            };
            changed.push(Change::path("provision", &above(before, old), &above(now, new)));
        }
        changed.extend(self.extent_change((old.start, old.end), (new.start, new.end)));
        changed.extend(self.inherited(old, new, o));
        changed
    }

    fn is_same_node(&self, old: Option<Node>, new: Option<Node>) -> bool {
        match (old, new) {
            (Some(Node::Document(o)), Some(Node::Document(n))) => self.documents.is_pair(o, n),
            (Some(Node::Provision(o)), Some(Node::Provision(n))) => self.provisions.is_pair(o, n),
            (old, new) => old.is_none() && new.is_none(),
        }
    }

    /// Lead units that hold for a provision no more, or newly. Those that are gained, lost or moved themselves tell it.
    fn inherited(&self, old: &Provision, new: &Provision, o: usize) -> Option<Change> {
        if self.same_source && old.lead_units_inherited == new.lead_units_inherited {
            return None;
        }
        let of = |side: &Side, ids: &[String]| -> HashSet<(usize, usize)> {
            let is_old = std::ptr::eq(side, self.before);
            let facts = if is_old { self.beside.old } else { self.beside.new };
            let ids: HashSet<&str> = ids.iter().map(String::as_str).collect();
            let units = facts
                .rows
                .iter()
                .enumerate()
                .filter(|(_, row)| row.kind == Kind::LeadUnit && ids.contains(row.place.id.as_str()));
            units
                .filter_map(|(at, _)| {
                    let pair = if is_old { (at, self.facts.new_of(at)?) } else { (self.facts.old_of(at)?, at) };
                    let stays =
                        self.provisions.is_pair(self.beside.old.provision[pair.0]?, self.beside.new.provision[pair.1]?);
                    stays.then_some(pair)
                })
                .collect()
        };
        let (was, is) = (of(self.before, &old.lead_units_inherited), of(self.now, &new.lead_units_inherited));
        let moved =
            !self.is_same_node(self.before.parent(o), self.provisions.new_of(o).and_then(|n| self.now.parent(n)));
        if was == is || moved {
            return None;
        }
        let names = |pairs: &HashSet<(usize, usize)>| {
            let sorted: std::collections::BTreeSet<usize> = pairs.iter().map(|(_, new)| *new).collect();
            sorted.into_iter().map(|at| self.beside.new.rows[at].place.raw.as_str()).collect::<Vec<_>>().join("、")
        };
        Some(Change::of("lead_units_inherited", Value::Text(names(&was)), Value::Text(names(&is))))
    }

    /// Provisions that kept their parent but stand elsewhere among its children.
    fn moved_among_siblings(&self) -> HashSet<usize> {
        let mut by_parent: BTreeMap<(usize, usize), (Vec<usize>, Vec<(usize, usize)>)> = BTreeMap::new();
        for (o, n) in self.provisions.iter() {
            let key = match (self.before.parent(o), self.now.parent(n)) {
                (Some(Node::Document(old)), Some(Node::Document(new))) if self.documents.is_pair(old, new) => (0, old),
                (Some(Node::Provision(old)), Some(Node::Provision(new))) if self.provisions.is_pair(old, new) => {
                    (1, old)
                }
                _ => continue,
            };
            let (old_order, new_order) = by_parent.entry(key).or_default();
            old_order.push(o);
            new_order.push((n, o));
        }
        let mut moved = HashSet::new();
        for (old_order, mut new_order) in by_parent.into_values() {
            new_order.sort_unstable();
            let new_order: Vec<usize> = new_order.into_iter().map(|(_, o)| o).collect();
            moved.extend(structure::out_of_order(&old_order, &new_order));
        }
        moved
    }

    fn facts(&mut self) {
        let (facts, beside, before, now) = (self.facts, self.beside, self.before, self.now);
        for at in facts.gained() {
            let (row, provision) = (&beside.new.rows[at], beside.new.provision[at]);
            if self.is_in_document_without_pair(now, provision, false) {
                continue;
            }
            let told = self.tell(How::Gained, row.kind.name(), row.place.start, &row.place.raw);
            told.new_id = Some(row.place.id.clone());
            told.path = labels(now, provision);
            told.says = Some(people::summary(row));
        }
        for at in facts.lost() {
            let (row, provision) = (&beside.old.rows[at], beside.old.provision[at]);
            if self.is_in_document_without_pair(before, provision, true) {
                continue;
            }
            let document = provision.and_then(|at| before.document(&before.output.provisions[at].document));
            let told = self.tell_lost(row.kind.name(), row.place.start, document, provision, &row.place.raw);
            told.old_id = Some(row.place.id.clone());
            told.path = labels(before, provision);
            told.says = Some(people::summary(row));
        }
        for (o, n) in facts.iter() {
            let changed = self.fact_changes(o, n);
            if changed.is_empty() {
                continue;
            }
            let (old, new) = (&beside.old.rows[o], &beside.new.rows[n]);
            let told = self.tell(How::Changed, new.kind.name(), new.place.start, &new.place.raw);
            (told.old_id, told.new_id) = (Some(old.place.id.clone()), Some(new.place.id.clone()));
            told.path = labels(now, beside.new.provision[n]);
            told.changes = changed;
        }
    }

    fn is_in_document_without_pair(&self, side: &Side, provision: Option<usize>, lost: bool) -> bool {
        let document = provision.and_then(|at| side.document(&side.output.provisions[at].document));
        document.is_some_and(|at| {
            if lost { self.documents.new_of(at).is_none() } else { self.documents.old_of(at).is_none() }
        })
    }

    fn fact_changes(&self, o: usize, n: usize) -> Vec<Change> {
        let (old, new) = (&self.beside.old.rows[o], &self.beside.new.rows[n]);
        let mut changed = Vec::new();
        let raw = |fact: &Fact| fact.place.raw.split_whitespace().collect::<String>();
        if raw(old) != raw(new) {
            changed.push(Change::of("raw", Value::text(Some(&old.place.raw)), Value::text(Some(&new.place.raw))));
        }
        for ((field, before), (_, now)) in old.fields.iter().zip(&new.fields).filter(|(before, now)| before != now) {
            let shown = (people::field(old, field), people::field(new, field));
            changed.push(Change { field: (*field).to_owned(), old: before.clone(), new: now.clone(), shown });
        }
        if !self.is_same_limit(old.limits, new.limits) {
            let raw = |facts: &Facts, id: Option<&str>| {
                let row = id.and_then(|id| facts.rows.iter().find(|row| row.place.id == id));
                Value::text(row.map(|row| row.place.raw.clone()))
            };
            changed.push(Change::of("fact", raw(self.beside.old, old.limits), raw(self.beside.new, new.limits)));
        }
        if changed.is_empty() {
            changed.extend(self.extent_change((old.place.start, old.place.end), (new.place.start, new.place.end)));
        }
        let (from, to) = (self.beside.old.provision[o], self.beside.new.provision[n]);
        if from.zip(to).is_some_and(|(from, to)| !self.provisions.is_pair(from, to)) {
            changed.push(Change::path("provision", &labels(self.before, from), &labels(self.now, to)));
        }
        changed
    }

    fn is_same_limit(&self, old: Option<&str>, new: Option<&str>) -> bool {
        let at = |facts: &Facts, id: &str| facts.rows.iter().position(|row| row.place.id == id);
        match (old, new) {
            (None, None) => true,
            (Some(old), Some(new)) => match (at(self.beside.old, old), at(self.beside.new, new)) {
                // An amount that is gained or lost itself tells it.
                (Some(old), Some(new)) => {
                    self.facts.is_pair(old, new) || self.facts.new_of(old).is_none() || self.facts.old_of(new).is_none()
                }
                (old, new) => old.is_none() && new.is_none(),
            },
            _ => false,
        }
    }

    /// Tables, in the order of their document; each that differs is told once, with the cells that do.
    fn tables(&mut self) {
        let (before, now) = (&self.before.output.tables, &self.now.output.tables);
        let mut pairs = Pairs::new(before.len(), now.len());
        let all: (Vec<usize>, Vec<usize>) = ((0..before.len()).collect(), (0..now.len()).collect());
        let document_old = |at: usize| self.before.document(&before[at].document);
        let document_new =
            |at: usize| self.now.document(&now[at].document).and_then(|document| self.documents.old_of(document));
        let cells = |table: &crate::emit::wire::Table| -> Vec<Vec<String>> {
            table.rows.iter().map(|row| row.iter().map(|cell| cell.text.clone()).collect()).collect()
        };
        let keyed = |old: bool, at: usize, table: &crate::emit::wire::Table, depth: usize| {
            let document = if old { document_old(at) } else { document_new(at) };
            document.map(|document| match depth {
                0 => (document, table.caption.clone(), table.columns.clone(), cells(table)),
                1 => (document, table.caption.clone(), table.columns.clone(), Vec::new()),
                _ => (document, None, Vec::new(), Vec::new()),
            })
        };
        for depth in 0..3 {
            pairs.join_equal(
                &all.0,
                &all.1,
                |o| keyed(true, o, &before[o], depth),
                |n| keyed(false, n, &now[n], depth),
            );
        }
        let name = |table: &crate::emit::wire::Table| {
            let columns = || table.columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>().join(" | ");
            people::shortened(&table.caption.clone().unwrap_or_else(columns), 40)
        };
        let gained: Vec<_> = pairs.gained().filter(|&n| document_new(n).is_some()).collect();
        let lost: Vec<_> = (pairs.lost())
            .filter(|&o| document_old(o).is_none_or(|document| self.documents.new_of(document).is_some()))
            .collect();
        let mut changed = Vec::new();
        for (o, n) in pairs.iter() {
            let mut changes = table_changes(&before[o], &now[n]);
            changes.extend(self.extent_change((before[o].start, before[o].end), (now[n].start, now[n].end)));
            if !changes.is_empty() {
                changed.push((o, n, changes));
            }
        }
        for n in gained {
            let told = self.tell(How::Gained, "table", now[n].start, &name(&now[n]));
            told.new_id = Some(now[n].id.clone());
            told.says = Some(format!("{} rows", now[n].rows.len()));
        }
        for o in lost {
            let table = &before[o];
            let provision = table.provision.as_deref().and_then(|id| self.before.provision(id));
            let document = self.before.document(&table.document);
            let told = self.tell_lost("table", table.start, document, provision, &name(table));
            told.old_id = Some(table.id.clone());
            told.says = Some(format!("{} rows", table.rows.len()));
        }
        for (o, n, changes) in changed {
            let told = self.tell(How::Changed, "table", now[n].start, &name(&now[n]));
            (told.old_id, told.new_id) = (Some(before[o].id.clone()), Some(now[n].id.clone()));
            told.changes = changes;
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

fn table_changes(old: &crate::emit::wire::Table, new: &crate::emit::wire::Table) -> Vec<Change> {
    let column = |table: &crate::emit::wire::Table, at: usize| {
        let column = &table.columns[at];
        column.unit.as_ref().map_or(column.name.clone(), |unit| format!("{} ({unit})", column.name))
    };
    let columns = |table| (0..table_width(table)).map(|at| column(table, at)).collect::<Vec<_>>().join(" | ");
    let mut changed = changes(
        vec![("caption", Value::text(old.caption.as_ref())), ("columns", Value::Text(columns(old)))],
        vec![("caption", Value::text(new.caption.as_ref())), ("columns", Value::Text(columns(new)))],
    );
    if old.rows.len() != new.rows.len() {
        let count = |table: &crate::emit::wire::Table| Value::whole(u32::try_from(table.rows.len()).ok());
        changed.push(Change::of("rows", count(old), count(new)));
        return changed;
    }
    for (at, (old_row, new_row)) in old.rows.iter().zip(&new.rows).enumerate() {
        for cell in 0..old_row.len().max(new_row.len()) {
            let [before, after] = [old_row, new_row].map(|row| row.get(cell).map(|cell| cell.text.clone()));
            if before != after {
                let name = new.columns.get(cell).map_or_else(String::new, |column| column.name.clone());
                changed.push(Change::of(format!("row {} {name}", at + 1), Value::text(before), Value::text(after)));
            }
        }
    }
    changed
}

fn table_width(table: &crate::emit::wire::Table) -> usize {
    table.columns.len()
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

fn document_title(side: &Side, row: &Provision) -> Vec<String> {
    side.document(&row.document).map(|at| vec![title(&side.output.documents[at])]).unwrap_or_default()
}

fn first_words(row: &Provision) -> String {
    let text = || people::shortened(row.text.lines().next().unwrap_or_default(), 24);
    row.heading.clone().unwrap_or_else(text)
}

/// Whether the texts differ in their headings alone, as the change of the heading tells.
fn is_told_by_heading(old: &Provision, new: &Provision) -> bool {
    let (Some(was), Some(is)) = (&old.heading, &new.heading) else { return false };
    was != is && old.text.replacen(was.as_str(), is, 1) == new.text
}

fn below(side: &Side, at: usize, counts: impl Fn(usize) -> bool) -> Option<String> {
    let mut waiting = side.children(Node::Provision(at)).to_vec();
    let mut count = 0;
    while let Some(at) = waiting.pop() {
        if counts(at) {
            count += 1;
            waiting.extend(side.children(Node::Provision(at)));
        }
    }
    (count > 0).then(|| format!("with {} below it", plural(count, "provision")))
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

/// The fields of a provision but its text and its place.
fn provision_fields(row: &Provision) -> Vec<(&'static str, Value)> {
    vec![
        ("label", Value::text(Some(path::label(row)))),
        ("number", Value::whole(row.number)),
        ("form", Value::text(Some(&row.form))),
        ("article", Value::Flag(row.article)),
        ("heading", Value::text(row.heading.as_ref())),
    ]
}
