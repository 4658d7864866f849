//! Which row of the accepted output is which row of the fresh one.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

/// Rows joined one to one, by their indexes in two tables.
#[derive(Debug, Clone, Default)]
pub struct Pairs {
    new_of: Vec<Option<usize>>,
    old_of: Vec<Option<usize>>,
}

impl Pairs {
    pub fn new(olds: usize, news: usize) -> Self {
        Self { new_of: vec![None; olds], old_of: vec![None; news] }
    }

    pub fn new_of(&self, old: usize) -> Option<usize> {
        self.new_of[old]
    }

    pub fn old_of(&self, new: usize) -> Option<usize> {
        self.old_of[new]
    }

    pub fn is_pair(&self, old: usize, new: usize) -> bool {
        self.new_of[old] == Some(new)
    }

    /// All pairs, in the order of the accepted rows.
    pub fn iter(&self) -> impl Iterator<Item = (usize, usize)> {
        self.new_of.iter().enumerate().filter_map(|(old, new)| Some((old, (*new)?)))
    }

    pub fn lost(&self) -> impl Iterator<Item = usize> {
        (0..self.new_of.len()).filter(|&old| self.new_of[old].is_none())
    }

    pub fn gained(&self) -> impl Iterator<Item = usize> {
        (0..self.old_of.len()).filter(|&new| self.old_of[new].is_none())
    }

    /// Joins two rows unless one of them is joined already.
    pub fn join(&mut self, old: usize, new: usize) {
        if self.new_of[old].is_none() && self.old_of[new].is_none() {
            self.new_of[old] = Some(new);
            self.old_of[new] = Some(old);
        }
    }

    /// Joins the cheapest candidates first; equal costs in the order of the rows.
    pub fn join_best<C: Ord>(&mut self, mut candidates: Vec<(C, usize, usize)>) {
        candidates.sort();
        for (_, old, new) in candidates {
            self.join(old, new);
        }
    }

    /// Joins those of the rows given that have the same key, in order; rows without a key are left.
    pub fn join_equal<K: Eq + Hash>(
        &mut self,
        olds: &[usize],
        news: &[usize],
        old_key: impl Fn(usize) -> Option<K>,
        new_key: impl Fn(usize) -> Option<K>,
    ) {
        let mut waiting: HashMap<K, VecDeque<usize>> = HashMap::new();
        for &new in news.iter().filter(|&&new| self.old_of[new].is_none()) {
            if let Some(key) = new_key(new) {
                waiting.entry(key).or_default().push_back(new);
            }
        }
        for &old in olds {
            if self.new_of[old].is_none()
                && let Some(new) = old_key(old).and_then(|key| waiting.get_mut(&key)?.pop_front())
            {
                self.join(old, new);
            }
        }
    }
}
