//! Provisions gained, lost, moved, renumbered and reworded.

use super::{Change, How, Telling, changes, order, plural, title};
use crate::emit::wire::Provision;
use crate::golden::people;
use crate::golden::structure::{self, Node, Side};
use crate::outputs::fact::Kind;
use crate::outputs::path;
use crate::outputs::value::Value;
use std::collections::{BTreeMap, BTreeSet, HashSet};

impl Telling<'_, '_> {
    pub(super) fn provisions(&mut self) {
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
            let sorted: BTreeSet<usize> = pairs.iter().map(|(_, new)| *new).collect();
            sorted.into_iter().map(|at| self.beside.new.rows[at].place.raw.as_str()).collect::<Vec<_>>().join("、")
        };
        Some(Change::of("lead_units_inherited", Value::Text(names(&was)), Value::Text(names(&is))))
    }

    /// Provisions that kept their parent but stand elsewhere among its children.
    fn moved_among_siblings(&self) -> HashSet<usize> {
        let mut by_parent: BTreeMap<(usize, usize), Vec<(usize, usize)>> = BTreeMap::new();
        for (o, n) in self.provisions.iter() {
            let key = match (self.before.parent(o), self.now.parent(n)) {
                (Some(Node::Document(old)), Some(Node::Document(new))) if self.documents.is_pair(old, new) => (0, old),
                (Some(Node::Provision(old)), Some(Node::Provision(new))) if self.provisions.is_pair(old, new) => {
                    (1, old)
                }
                _ => continue,
            };
            by_parent.entry(key).or_default().push((n, o));
        }
        let mut moved = HashSet::new();
        for mut siblings in by_parent.into_values() {
            let olds = |siblings: &[(usize, usize)]| siblings.iter().map(|(_, o)| *o).collect::<Vec<_>>();
            let before = olds(&siblings);
            siblings.sort_unstable();
            moved.extend(structure::out_of_order(&before, &olds(&siblings)));
        }
        moved
    }
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
