//! Which row is which annotated one, and what of it is right.

use super::gold::{Gold, Row};
use super::tally::{Tally, Wrong};
use super::{DOCUMENT_FIELDS, fact_fields};
use crate::emit::wire::{Document, Output, Provision};
use crate::model::Source;
use crate::outputs::fact::{self, Fact, Kind};
use crate::outputs::lines::Lines;
use crate::outputs::path::Tree;
use crate::outputs::value::Value;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

/// A document or provision may start this many code points before or after the annotated place: a quote may leave out
/// a bracket or a mark of Markdown.
const NEAR: usize = 2;

pub struct Scored<'a> {
    lines: Lines<'a>,
    output: &'a Output,
    gold: &'a Gold,
}

impl<'a> Scored<'a> {
    pub fn new(source: &'a Source, output: &'a Output, gold: &'a Gold) -> Self {
        Self { lines: Lines::of(&source.text), output, gold }
    }

    /// Documents by their place, and their fields.
    pub fn documents(&self) -> (Tally, Tally) {
        let (mut place, mut fields) = (Tally::default(), Tally::default());
        let in_scope = |document: &&Document| self.gold.is_in_scope("document", document.start);
        let mut left: Vec<&Document> = self.output.documents.iter().filter(in_scope).collect();
        for gold in self.gold.of("document") {
            let near = left.iter().position(|document| document.start.abs_diff(gold.start) <= NEAR);
            let title = gold.get("title").as_text();
            let titled = || left.iter().position(|document| squeezed(document.title.as_deref()) == squeezed(title));
            let met = near.or_else(titled).map(|at| left.remove(at));
            if gold.optional {
                continue;
            }
            place.asked();
            match met {
                Some(_) => place.met(gold.line, &gold.quote, Vec::new()),
                None => place.missed(gold.line, &gold.quote),
            }
            for &field in DOCUMENT_FIELDS.iter().filter(|field| gold.fields.contains_key(**field)) {
                let said = met.map_or(Value::Null, |document| document_field(document, field));
                // A document that is missing has no field right, not even those that are null.
                let is_wrong = met.is_none() || !same(gold.get(field), &said);
                fields.asked();
                fields.met(gold.line, &gold.quote, is_wrong.then(|| wrong(field, gold, &said)).into_iter().collect());
            }
        }
        for document in left {
            place.extra(self.lines.line(document.start), document.title.clone().unwrap_or_default());
        }
        (place, fields)
    }

    /// Provisions by their place, by their path and number, and by their heading.
    pub fn provisions(&self) -> (Tally, Tally, Tally) {
        let (mut place, mut path, mut heading) = (Tally::default(), Tally::default(), Tally::default());
        let tree = Tree::of(self.output);
        let in_scope = |row: &&Provision| row.label.is_some() && self.gold.is_in_scope("provision", row.start);
        let found: Vec<&Provision> = self.output.provisions.iter().filter(in_scope).collect();
        let by_start: HashMap<usize, &Provision> = found.iter().map(|row| (row.start, *row)).collect();
        let mut met = HashSet::new();
        for gold in self.gold.of("provision") {
            let provision = nearest(gold.start).find_map(|start| by_start.get(&start).copied());
            met.extend(provision.map(|row| row.id.as_str()));
            if gold.optional {
                continue;
            }
            for tally in [&mut place, &mut path, &mut heading] {
                tally.asked();
            }
            let named = gold.get("path").as_text().unwrap_or(&gold.quote);
            let Some(row) = provision else {
                place.missed(gold.line, named);
                continue;
            };
            place.met(gold.line, named, Vec::new());
            path.met(gold.line, named, wrong_path(gold, &labels(&tree, row), row));
            let said = Value::text(row.heading.as_ref());
            let is_same = squeezed(gold.get("heading").as_text()) == squeezed(said.as_text());
            heading.met(gold.line, named, if is_same { Vec::new() } else { vec![wrong("heading", gold, &said)] });
        }
        for row in found.into_iter().filter(|row| !met.contains(row.id.as_str())) {
            place.extra(self.lines.line(row.start), labels(&tree, row));
            // Told once, counted three times.
            path.found += 1;
            heading.found += 1;
        }
        (place, path, heading)
    }

    /// Facts of one kind by their place and their fields.
    pub fn facts(&self, kind: Kind) -> Tally {
        let mut tally = Tally::default();
        let gold: Vec<&Row> = self.gold.of(kind.name()).collect();
        let mut found = fact::facts(self.output, kind);
        found.retain(|fact| self.gold.is_in_scope(kind.name(), fact.place.start));
        let pairs = pair(kind, &gold, &found);
        let met: HashSet<usize> = pairs.values().copied().collect();
        for (index, row) in gold.iter().enumerate().filter(|(_, row)| !row.optional) {
            tally.asked();
            if !met.contains(&index) {
                tally.missed(row.line, &row.quote);
            }
        }
        for (index, fact) in found.iter().enumerate() {
            match pairs.get(&index).map(|&index| gold[index]) {
                None => tally.extra(self.lines.line(fact.place.start), fact.place.raw.clone()),
                Some(row) if row.optional => {}
                Some(row) => {
                    tally.exact += usize::from((row.start, row.end) == (fact.place.start, fact.place.end));
                    let wrongs = wrong_fields(kind, row, fact).map(|field| wrong(field, row, fact.get(field)));
                    tally.met(row.line, &row.quote, wrongs.collect());
                }
            }
        }
        tally
    }
}

/// The annotated row of each found fact, one to one: those that agree most first, then those that share most.
fn pair(kind: Kind, gold: &[&Row], found: &[Fact]) -> HashMap<usize, usize> {
    let mut candidates = Vec::new();
    for (g, row) in gold.iter().enumerate() {
        for (f, fact) in found.iter().enumerate() {
            let shared = shared(row, fact);
            if touches(kind, row, fact, shared) {
                candidates.push((wrong_fields(kind, row, fact).count(), Reverse(shared), g, f));
            }
        }
    }
    candidates.sort_unstable();
    let (mut taken, mut pairs) = (HashSet::new(), HashMap::new());
    for (_, _, g, f) in candidates {
        if !taken.contains(&g) && !pairs.contains_key(&f) {
            taken.insert(g);
            pairs.insert(f, g);
        }
    }
    pairs
}

/// Code points that both cover.
fn shared(gold: &Row, fact: &Fact) -> usize {
    gold.end.min(fact.place.end).saturating_sub(gold.start.max(fact.place.start))
}

fn touches(kind: Kind, gold: &Row, fact: &Fact, shared: usize) -> bool {
    let covered = gold.end.max(fact.place.end) - gold.start.min(fact.place.start);
    match kind {
        Kind::Cap | Kind::Deadline => shared > 0,
        Kind::Amount | Kind::Percentage | Kind::LeadUnit => shared > 0 && shared * 2 >= covered,
    }
}

fn wrong_fields(kind: Kind, gold: &Row, fact: &Fact) -> impl Iterator<Item = &'static str> {
    let fields = fact_fields(kind).iter().copied();
    fields.filter(|field| gold.fields.get(*field).is_some_and(|value| !same(value, fact.get(field))))
}

/// Whether two values say the same: blanks in texts do not count, and what does not apply is not the case.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => squeezed(Some(a)) == squeezed(Some(b)),
        (Value::Null | Value::Flag(false), Value::Null | Value::Flag(false)) => true,
        _ => a == b,
    }
}

fn squeezed(text: Option<&str>) -> String {
    text.unwrap_or_default().split_whitespace().collect()
}

/// The place itself, then those around it.
fn nearest(start: usize) -> impl Iterator<Item = usize> {
    let around = (1..=NEAR).flat_map(move |off| [start.checked_sub(off), start.checked_add(off)]);
    std::iter::once(Some(start)).chain(around).flatten()
}

/// The labels down to the provision; what has no label is passed over.
fn labels(tree: &Tree, provision: &Provision) -> String {
    let labels = tree.chain(provision).into_iter().filter_map(|row| row.label.as_deref());
    labels.filter(|label| !label.is_empty()).map(|label| squeezed(Some(label))).collect::<Vec<_>>().join("/")
}

fn wrong_path(gold: &Row, path: &str, provision: &Provision) -> Vec<Wrong> {
    let mut wrongs = Vec::new();
    if squeezed(gold.get("path").as_text()) != path {
        wrongs.push(wrong("path", gold, &Value::Text(path.to_owned())));
    }
    let number = Value::whole(provision.number);
    if !same(gold.get("number"), &number) {
        wrongs.push(wrong("number", gold, &number));
    }
    wrongs
}

fn document_field(document: &Document, field: &str) -> Value {
    match field {
        "title" => Value::text(document.title.as_ref()),
        "doc_number" => Value::text(document.doc_number.as_ref()),
        "issuer" => Value::text(document.issuer.as_ref()),
        "signed" => Value::text(document.signed.map(|day| day.0.to_string())),
        "effective" => Value::text(document.effective.map(|day| day.0.to_string())),
        _ => Value::Null,
    }
}

fn wrong(field: &'static str, gold: &Row, got: &Value) -> Wrong {
    Wrong { field, gold: gold.get(field).to_string(), got: got.to_string() }
}
