//! The labels that lead to a provision: 第三章 → 第八条 → （二）.

use crate::emit::wire::{Output, Provision};
use std::collections::HashMap;

/// The provisions of an output by their ids, to climb from each to its root.
#[derive(Debug)]
pub struct Tree<'a> {
    by_id: HashMap<&'a str, &'a Provision>,
}

impl<'a> Tree<'a> {
    pub fn of(output: &'a Output) -> Self {
        Self { by_id: output.provisions.iter().map(|row| (row.id.as_str(), row)).collect() }
    }

    pub fn get(&self, id: &str) -> Option<&'a Provision> {
        self.by_id.get(id).copied()
    }

    /// The provision and all above it, from the root down. A file that somebody changed by hand may hold a ring of
    /// parents; it is cut where it closes.
    pub fn chain(&self, provision: &'a Provision) -> Vec<&'a Provision> {
        let mut chain = vec![provision];
        let mut next = provision.parent.as_deref();
        while let Some(above) = next.and_then(|id| self.get(id)).filter(|_| chain.len() <= self.by_id.len()) {
            chain.push(above);
            next = above.parent.as_deref();
        }
        chain.reverse();
        chain
    }

    /// The labels of the chain as written; what has none is named for people: 第2款, (preamble).
    pub fn labels(&self, provision: &'a Provision) -> Vec<String> {
        self.chain(provision).into_iter().map(label).collect()
    }
}

/// The label as written, or a name for what has none.
pub fn label(provision: &Provision) -> String {
    match (&provision.label, provision.form.as_str(), provision.number) {
        (Some(label), ..) => label.clone(),
        (None, "paragraph", Some(number)) => format!("第{number}款"),
        (None, form, _) => format!("({form})"),
    }
}
