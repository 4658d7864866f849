//! Documents and provisions of two outputs of one source, joined by what they say and not by their ids or places.

use super::pairs::Pairs;
use crate::emit::wire::{Document, Output, Provision};
use crate::outputs::path::Tree;
use similar::{Algorithm, DiffOp};
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

/// An output with what is asked of it again and again.
pub struct Side<'a> {
    pub output: &'a Output,
    pub tree: Tree<'a>,
    document_of: HashMap<&'a str, usize>,
    provision_of: HashMap<&'a str, usize>,
    children: HashMap<Node, Vec<usize>>,
}

/// What a provision hangs below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Node {
    Document(usize),
    Provision(usize),
}

impl<'a> Side<'a> {
    pub fn new(output: &'a Output) -> Self {
        let index = |ids: Vec<&'a str>| ids.into_iter().enumerate().map(|(at, id)| (id, at)).collect();
        let document_of = index(output.documents.iter().map(|row| row.id.as_str()).collect());
        let provision_of = index(output.provisions.iter().map(|row| row.id.as_str()).collect());
        let mut side = Self { output, tree: Tree::of(output), document_of, provision_of, children: HashMap::new() };
        for at in 0..output.provisions.len() {
            if let Some(parent) = side.parent(at) {
                side.children.entry(parent).or_default().push(at);
            }
        }
        side
    }

    pub fn document(&self, id: &str) -> Option<usize> {
        self.document_of.get(id).copied()
    }

    pub fn provision(&self, id: &str) -> Option<usize> {
        self.provision_of.get(id).copied()
    }

    pub fn parent(&self, provision: usize) -> Option<Node> {
        let row = &self.output.provisions[provision];
        match &row.parent {
            Some(id) => self.provision(id).map(Node::Provision),
            None => self.document(&row.document).map(Node::Document),
        }
    }

    pub fn children(&self, node: Node) -> &[usize] {
        self.children.get(&node).map_or(&[], Vec::as_slice)
    }
}

/// In an unchanged source the place tells; else title, number and how much of the text is the same.
pub fn documents(old: &Output, new: &Output, same_source: bool) -> Pairs {
    let mut pairs = Pairs::new(old.documents.len(), new.documents.len());
    let [old_texts, new_texts] = [old, new].map(texts_by_document);
    let mut candidates = Vec::new();
    for (o, before) in old.documents.iter().enumerate() {
        for (n, now) in new.documents.iter().enumerate() {
            let likeness = if same_source {
                before.end.min(now.end).saturating_sub(before.start.max(now.start))
            } else {
                likeness(before, now, &old_texts, &new_texts)
            };
            if likeness > 0 {
                candidates.push((Reverse(likeness), o, n));
            }
        }
    }
    pairs.join_best(candidates);
    // A file of one document whose every word is new is still that document.
    let left: (Vec<_>, Vec<_>) = (pairs.lost().collect(), pairs.gained().collect());
    if let ([o], [n]) = (left.0.as_slice(), left.1.as_slice()) {
        pairs.join(*o, *n);
    }
    pairs
}

type Texts<'a> = HashMap<&'a str, HashMap<&'a str, usize>>;

fn texts_by_document(output: &Output) -> Texts<'_> {
    let mut texts = Texts::new();
    for row in &output.provisions {
        *texts.entry(&row.document).or_default().entry(&row.text).or_default() += 1;
    }
    texts
}

/// 0 for documents that have nothing in common.
fn likeness(old: &Document, new: &Document, old_texts: &Texts, new_texts: &Texts) -> usize {
    let none = HashMap::new();
    let (before, now) =
        (old_texts.get(old.id.as_str()).unwrap_or(&none), new_texts.get(new.id.as_str()).unwrap_or(&none));
    let common: usize = before.iter().map(|(text, count)| *count.min(now.get(text).unwrap_or(&0))).sum();
    let all = before.values().sum::<usize>().max(now.values().sum()).max(1);
    let same = |a: &Option<String>, b: &Option<String>| usize::from(a.is_some() && a == b);
    let named = 300 * same(&old.title, &new.title) + 300 * same(&old.doc_number, &new.doc_number);
    let shared = 400 * common / all;
    if named == 0 && shared < 120 { 0 } else { named + shared + usize::from(old.kind == new.kind) }
}

/// Texts that share this many of their pairs of characters are one text, edited; fewer suffice below the same label.
const EDITED: f64 = 0.6;
const EDITED_SAME_LABEL: f64 = 0.5;
/// What a same label counts for beside it.
const LABEL: f64 = 0.1;
/// Shorter texts (其他。) say nothing of where they come from.
const TELLING: usize = 6;
/// Above so many comparisons edited texts are sought by their labels alone: a source that is wholly new has none.
const MOST: usize = 250_000;

/// Down from the documents: below what is joined, by label and text; then those that went elsewhere; at last by label
/// alone.
pub fn provisions(old: &Side, new: &Side, documents: &Pairs, same_source: bool) -> Pairs {
    let (olds, news) = (&old.output.provisions, &new.output.provisions);
    let mut joining = Joining { old, new, pairs: Pairs::new(olds.len(), news.len()) };
    let all: (Vec<usize>, Vec<usize>) = ((0..olds.len()).collect(), (0..news.len()).collect());
    if same_source {
        let place = |row: &Provision| (row.start, row.form.clone());
        joining.pairs.join_equal(&all.0, &all.1, |o| Some(place(&olds[o])), |n| Some(place(&news[n])));
        joining.pairs.join_equal(&all.0, &all.1, |o| Some(olds[o].start), |n| Some(news[n].start));
    }
    let roots: Vec<_> = documents.iter().map(|(o, n)| (Node::Document(o), Node::Document(n))).collect();
    joining.down(&roots, false);
    let went = |row: &Provision| (row.text.chars().count() >= TELLING).then(|| (row.form.clone(), row.text.clone()));
    joining.pairs.join_equal(&all.0, &all.1, |o| went(&olds[o]), |n| went(&news[n]));
    let below = |pairs: &Pairs| pairs.iter().map(|(o, n)| (Node::Provision(o), Node::Provision(n))).collect();
    let joined: Vec<_> = below(&joining.pairs);
    joining.down(&joined, false);
    joining.down(&roots, true);
    let joined: Vec<_> = below(&joining.pairs);
    joining.down(&joined, true);
    joining.pairs
}

struct Joining<'s, 'a> {
    old: &'s Side<'a>,
    new: &'s Side<'a>,
    pairs: Pairs,
}

impl Joining<'_, '_> {
    fn down(&mut self, nodes: &[(Node, Node)], by_label_alone: bool) {
        let mut waiting = nodes.to_vec();
        let mut seen = HashSet::new();
        while let Some((o, n)) = waiting.pop() {
            if !seen.insert((o, n)) {
                continue;
            }
            let (olds, news) = (self.old.children(o), self.new.children(n));
            self.siblings(olds, news, by_label_alone);
            let joined = olds.iter().filter_map(|&o| Some((o, self.pairs.new_of(o)?)));
            waiting.extend(joined.map(|(o, n)| (Node::Provision(o), Node::Provision(n))));
        }
    }

    fn siblings(&mut self, olds: &[usize], news: &[usize], by_label_alone: bool) {
        let (before, now) = (&self.old.output.provisions, &self.new.output.provisions);
        let pairs = &mut self.pairs;
        let whole = |row: &Provision| Some((row.label.clone(), row.form.clone(), row.text.clone()));
        pairs.join_equal(olds, news, |o| whole(&before[o]), |n| whole(&now[n]));
        let renumbered = |row: &Provision| (!row.text.is_empty()).then(|| (row.form.clone(), row.text.clone()));
        pairs.join_equal(olds, news, |o| renumbered(&before[o]), |n| renumbered(&now[n]));
        let free: (Vec<usize>, Vec<usize>) = (
            olds.iter().copied().filter(|&o| pairs.new_of(o).is_none()).collect(),
            news.iter().copied().filter(|&n| pairs.old_of(n).is_none()).collect(),
        );
        let few = free.0.len() * free.1.len() <= MOST;
        let mut candidates = Vec::new();
        for &o in &free.0 {
            for &n in &free.1 {
                let same_label = before[o].label == now[n].label;
                if (few || same_label)
                    && before[o].form == now[n].form
                    && let Some(likeness) = edited(&before[o].text, &now[n].text, same_label)
                {
                    candidates.push((Reverse((likeness * 1000.0) as u32), o, n));
                }
            }
        }
        pairs.join_best(candidates);
        if by_label_alone {
            let label = |row: &Provision| Some((row.label.clone(), row.form.clone()));
            pairs.join_equal(&free.0, &free.1, |o| label(&before[o]), |n| label(&now[n]));
        }
    }
}

fn edited(old: &str, new: &str, same_label: bool) -> Option<f64> {
    // The share of common pairs cannot pass the ratio of the lengths; most texts are told apart by that.
    let (short, long) = (old.len().min(new.len()), old.len().max(new.len()));
    if 4 * short < long {
        return None;
    }
    let likeness = strsim::sorensen_dice(old, new);
    let (needed, label) = if same_label { (EDITED_SAME_LABEL, LABEL) } else { (EDITED, 0.0) };
    (likeness >= needed).then_some(likeness + label)
}

/// Rows that stand elsewhere in the order of the others. Both lists hold the same rows.
pub fn out_of_order(before: &[usize], now: &[usize]) -> HashSet<usize> {
    let ops = similar::capture_diff_slices(Algorithm::Myers, before, now);
    let gone = |op: &DiffOp| match op {
        DiffOp::Delete { old_index, old_len, .. } | DiffOp::Replace { old_index, old_len, .. } => {
            before[*old_index..*old_index + *old_len].to_vec()
        }
        DiffOp::Equal { .. } | DiffOp::Insert { .. } => Vec::new(),
    };
    ops.iter().flat_map(gone).collect()
}
