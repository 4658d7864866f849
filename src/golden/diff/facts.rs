//! Facts gained, lost, changed and moved.

use super::{Change, How, Telling, labels};
use crate::golden::facts::Facts;
use crate::golden::people;
use crate::golden::structure::Side;
use crate::outputs::fact::Fact;
use crate::outputs::value::Value;

impl Telling<'_, '_> {
    pub(super) fn facts(&mut self) {
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
}
