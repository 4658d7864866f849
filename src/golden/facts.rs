//! Facts of two outputs, joined by where they stand in the text of their provision.

use super::pairs::Pairs;
use super::structure::Side;
use crate::outputs::fact::{self, Fact, Kind};
use crate::outputs::value::Value;
use similar::{Algorithm, DiffOp};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;

/// The facts of one output, and where in the text of its provision each stands.
pub struct Facts<'a> {
    pub rows: Vec<Fact<'a>>,
    /// Index of the provision of each; none for an id that leads nowhere.
    pub provision: Vec<Option<usize>>,
    /// Characters of the provision's text without blanks; none for a fact in a table, or one that noise cuts in two.
    place: Vec<Option<Range<usize>>>,
    of_provision: HashMap<usize, Vec<usize>>,
}

impl<'a> Facts<'a> {
    /// The facts of all kinds, in the order of their tables.
    pub fn of(side: &Side<'a>, texts: &[Vec<char>]) -> Self {
        let rows: Vec<Fact> = Kind::ALL.into_iter().flat_map(|kind| fact::facts(side.output, kind)).collect();
        let id = |fact: &Fact| fact.place.provision.as_deref().and_then(|id| side.provision(id));
        let provision: Vec<_> = rows.iter().map(id).collect();
        let mut of_provision: HashMap<usize, Vec<usize>> = HashMap::new();
        for (at, provision) in provision.iter().enumerate() {
            if let Some(provision) = provision {
                of_provision.entry(*provision).or_default().push(at);
            }
        }
        let mut place = vec![None; rows.len()];
        for (provision, facts) in &mut of_provision {
            facts.sort_by_key(|&at| rows[at].place.start);
            // The start of the last one found, in the source and in the text: a later fact starts later in both.
            let mut last: Option<(usize, usize)> = None;
            for &at in facts.iter() {
                let start = rows[at].place.start;
                let from = last.map_or(0, |(before, found)| found + usize::from(start > before));
                let found = find(&texts[*provision], &squeezed(&rows[at].place.raw), from);
                last = found.as_ref().map(|found| (start, found.start)).or(last);
                place[at] = found;
            }
        }
        Self { rows, provision, place, of_provision }
    }

    fn in_provision(&self, provision: usize) -> &[usize] {
        self.of_provision.get(&provision).map_or(&[], Vec::as_slice)
    }
}

/// The text of each provision without blanks.
pub fn texts(side: &Side) -> Vec<Vec<char>> {
    side.output.provisions.iter().map(|row| squeezed(&row.text)).collect()
}

fn squeezed(text: &str) -> Vec<char> {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn find(text: &[char], words: &[char], from: usize) -> Option<Range<usize>> {
    let at = text.get(from..)?.windows(words.len().max(1)).position(|window| window == words)?;
    Some(from + at..from + at + words.len())
}

/// One output beside the other, as far as facts are concerned.
pub struct Beside<'s, 'a> {
    pub old: &'s Facts<'a>,
    pub new: &'s Facts<'a>,
    pub old_texts: &'s [Vec<char>],
    pub new_texts: &'s [Vec<char>],
    pub provisions: &'s Pairs,
}

impl Beside<'_, '_> {
    /// In an unchanged source facts are those that cover the same text; in a changed one, those whose texts turn into
    /// each other when the old text of the provision turns into the new one. What is left may have moved.
    pub fn join(&self, same_source: bool) -> Pairs {
        let mut pairs = Pairs::new(self.old.rows.len(), self.new.rows.len());
        if same_source {
            pairs.join_best(self.covering_the_same());
        } else {
            for (o, n) in self.provisions.iter() {
                pairs.join_best(self.turned_into(o, n));
            }
            for (o, n) in self.provisions.iter() {
                let key = |fact: &Fact| Some((fact.kind, squeezed(&fact.place.raw)));
                let (olds, news) = (self.old.in_provision(o), self.new.in_provision(n));
                let unplaced = |facts: &Facts, at: usize| facts.place[at].is_none();
                pairs.join_equal(
                    olds,
                    news,
                    |o| unplaced(self.old, o).then(|| key(&self.old.rows[o])).flatten(),
                    |n| unplaced(self.new, n).then(|| key(&self.new.rows[n])).flatten(),
                );
            }
            self.moved(&mut pairs);
        }
        pairs
    }

    fn covering_the_same(&self) -> Vec<(impl Ord + use<>, usize, usize)> {
        let mut news: Vec<usize> = (0..self.new.rows.len()).collect();
        news.sort_by_key(|&n| self.new.rows[n].place.start);
        let longest = self.new.rows.iter().map(|row| row.place.end - row.place.start).max().unwrap_or(0);
        let mut candidates = Vec::new();
        for (o, old) in self.old.rows.iter().enumerate() {
            let first = news.partition_point(|&n| self.new.rows[n].place.start + longest < old.place.start);
            let near = news[first..].iter().take_while(|&&n| self.new.rows[n].place.start < old.place.end);
            for &n in near {
                let new = &self.new.rows[n];
                let shared = shared(&(old.place.start..old.place.end), &(new.place.start..new.place.end));
                if old.kind == new.kind && shared > 0 {
                    candidates.push((cost(old, new, shared), o, n));
                }
            }
        }
        candidates
    }

    /// Facts of two provisions that are one.
    fn turned_into(&self, old: usize, new: usize) -> Vec<(impl Ord + use<>, usize, usize)> {
        let (olds, news) = (self.old.in_provision(old), self.new.in_provision(new));
        let mut candidates = Vec::new();
        if olds.is_empty() || news.is_empty() {
            return candidates;
        }
        let ops = similar::capture_diff_slices(Algorithm::Myers, &self.old_texts[old], &self.new_texts[new]);
        for &o in olds {
            let Some(image) = self.old.place[o].as_ref().and_then(|place| image(&ops, place)) else { continue };
            for &n in news.iter().filter(|&&n| self.new.rows[n].kind == self.old.rows[o].kind) {
                let shared = self.new.place[n].as_ref().map_or(0, |place| shared(&image, place));
                if shared > 0 {
                    candidates.push((cost(&self.old.rows[o], &self.new.rows[n], shared), o, n));
                }
            }
        }
        candidates
    }

    /// Facts that say the same with the same words around them, in another provision.
    fn moved(&self, pairs: &mut Pairs) {
        type Key = (Kind, Vec<char>, Vec<(&'static str, Value)>);
        let key = |facts: &Facts, at: usize| -> Key {
            let row = &facts.rows[at];
            (row.kind, squeezed(&row.place.raw), row.fields.clone())
        };
        let mut news: HashMap<Key, Vec<usize>> = HashMap::new();
        for n in pairs.gained() {
            news.entry(key(self.new, n)).or_default().push(n);
        }
        let mut candidates = Vec::new();
        for o in pairs.lost() {
            for &n in news.get(&key(self.old, o)).into_iter().flatten() {
                let words = self.same_words_around(o, n);
                if words.is_none_or(|words| words >= MOVED) {
                    candidates.push((Reverse(words), o, n));
                }
            }
        }
        pairs.join_best(candidates);
    }

    /// Characters directly before and after two facts that are the same; none when it is not known where they stand.
    fn same_words_around(&self, o: usize, n: usize) -> Option<usize> {
        let (old, new) = (&self.old_texts[self.old.provision[o]?], &self.new_texts[self.new.provision[n]?]);
        let (was, is) = (self.old.place[o].as_ref()?, self.new.place[n].as_ref()?);
        let before = old[..was.start].iter().rev().zip(new[..is.start].iter().rev());
        let after = old[was.end..].iter().zip(&new[is.end..]);
        Some(before.take_while(|(a, b)| a == b).count() + after.take_while(|(a, b)| a == b).count())
    }

    /// Whether all that differs between the texts of two provisions lies in facts that are joined, so that their changes
    /// tell it.
    pub fn is_told_by_facts(&self, old: usize, new: usize, pairs: &Pairs) -> bool {
        let ops = similar::capture_diff_slices(Algorithm::Myers, &self.old_texts[old], &self.new_texts[new]);
        let joined: Vec<(&Range<usize>, &Range<usize>)> = (self.old.in_provision(old).iter())
            .filter_map(|&o| Some((self.old.place[o].as_ref()?, self.new.place[pairs.new_of(o)?].as_ref()?)))
            .collect();
        let told = |op: &DiffOp| {
            let (_, before, now) = op.as_tag_tuple();
            let holds =
                |outer: &Range<usize>, inner: &Range<usize>| outer.start <= inner.start && inner.end <= outer.end;
            joined.iter().any(|(old, new)| holds(old, &before) && holds(new, &now))
        };
        ops.iter().filter(|op| !matches!(op, DiffOp::Equal { .. })).all(told)
    }
}

/// Characters around a fact that must go with it, or it is another that says the same.
const MOVED: usize = 4;

/// What is said the same comes first, then what shares more.
fn cost(old: &Fact, new: &Fact, shared: usize) -> (bool, usize, Reverse<usize>) {
    let fields = old.fields.iter().zip(&new.fields).filter(|(a, b)| a != b).count();
    (squeezed(&old.place.raw) != squeezed(&new.place.raw), fields, Reverse(shared))
}

fn shared(a: &Range<usize>, b: &Range<usize>) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// What a piece of the old text became in the new one; none when nothing of it is left.
fn image(ops: &[DiffOp], place: &Range<usize>) -> Option<Range<usize>> {
    let piece = |op: &DiffOp| {
        let (_, before, now) = op.as_tag_tuple();
        match op {
            DiffOp::Equal { .. } => {
                let (start, end) = (before.start.max(place.start), before.end.min(place.end));
                (start < end).then(|| now.start + (start - before.start)..now.start + (end - before.start))
            }
            DiffOp::Insert { .. } => (place.start < before.start && before.start < place.end).then_some(now),
            DiffOp::Delete { .. } => None,
            DiffOp::Replace { .. } => (shared(&before, place) > 0).then_some(now),
        }
    };
    ops.iter().filter_map(piece).reduce(|a, b| a.start.min(b.start)..a.end.max(b.end))
}
