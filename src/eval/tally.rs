//! What is counted for one kind of row.

use serde::Serialize;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Annotated, optional rows left out.
    pub gold: usize,
    /// Found by the program, within scope.
    pub found: usize,
    /// Found, and as annotated.
    pub right: usize,
    /// Facts whose place is exactly the annotated one, whatever they say.
    pub exact: usize,
    pub misses: Vec<Miss>,
}

/// Why something does not count as right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Miss {
    /// `missed`, `extra` or `wrong`.
    pub how: &'static str,
    /// Line of the source, counted from 1.
    pub line: usize,
    /// The text there, a label or a title.
    pub text: String,
    /// What is not as annotated.
    pub wrong: Vec<Wrong>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Wrong {
    pub field: &'static str,
    pub gold: String,
    pub got: String,
}

impl Tally {
    pub fn add(&mut self, other: &Self) {
        self.gold += other.gold;
        self.found += other.found;
        self.right += other.right;
        self.exact += other.exact;
        self.misses.extend_from_slice(&other.misses);
    }

    /// Right of what is found; 1 when nothing is found.
    pub fn precision(&self) -> f64 {
        share(self.right, self.found)
    }

    /// Right of what is annotated; 1 when nothing is annotated.
    pub fn recall(&self) -> f64 {
        share(self.right, self.gold)
    }

    /// The harmonic mean of precision and recall.
    pub fn f1(&self) -> f64 {
        share(2 * self.right, self.gold + self.found)
    }

    /// F1 of the exact places alone.
    pub fn span_f1(&self) -> f64 {
        share(2 * self.exact, self.gold + self.found)
    }

    /// One row that is asked for.
    pub(super) fn asked(&mut self) {
        self.gold += 1;
    }

    /// A row that is missing.
    pub(super) fn missed(&mut self, line: usize, text: &str) {
        self.misses.push(Miss { how: "missed", line, text: text.to_owned(), wrong: Vec::new() });
    }

    /// A row that nobody asked for.
    pub(super) fn extra(&mut self, line: usize, text: String) {
        self.found += 1;
        self.misses.push(Miss { how: "extra", line, text, wrong: Vec::new() });
    }

    /// A row that is there; it is right when nothing in it is wrong.
    pub(super) fn met(&mut self, line: usize, text: &str, wrong: Vec<Wrong>) {
        self.found += 1;
        if wrong.is_empty() {
            self.right += 1;
        } else {
            self.misses.push(Miss { how: "wrong", line, text: text.to_owned(), wrong });
        }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn precision_recall_and_f1_are_as_computed_by_hand() {
        let tally = Tally { gold: 4, found: 5, right: 3, exact: 2, misses: Vec::new() };
        assert_eq!([tally.precision(), tally.recall()], [0.6, 0.75]);
        assert_eq!([tally.f1(), tally.span_f1()], [6.0 / 9.0, 4.0 / 9.0]);
        assert_eq!([Tally::default().precision(), Tally::default().f1()], [1.0, 1.0]);
    }
}
