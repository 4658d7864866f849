//! How well the program reads a source, measured against what a person reads there.
//!
//! | row | right when |
//! | --- | --- |
//! | `document` | it starts where the annotated one starts, or has its title |
//! | `doc fields` | the field says the same |
//! | `provision` | it starts where the annotated one starts |
//! | `path` | its labels up to the root, and its number, are the same |
//! | `heading` | its heading is the same |
//! | a kind of fact | it lies where the annotated one lies, and all measured fields say the same |
//!
//! Blanks never count. What one place has to do with another depends on the kind: amounts, percentages and lead units share
//! half of what both cover, caps and deadlines any of it.

pub mod gold;
mod score;
mod tally;

pub use gold::Gold;
pub use tally::{Miss, Tally};

use crate::emit::wire::Output;
use crate::model::Source;
use crate::outputs::fact::Kind;

/// Rows of a score, in the order in which they are told.
pub const ROWS: [&str; 10] =
    ["document", "doc fields", "provision", "path", "heading", "amount", "percentage", "cap", "lead_unit", "deadline"];
/// The row that adds up all facts.
pub const ALL_FACTS: &str = "all facts";

/// Fields of a document that are measured, where the annotation has them.
const DOCUMENT_FIELDS: &[&str] = &["title", "doc_number", "issuer", "signed", "effective"];

/// Fields of a fact that are measured, where the annotation has them.
fn fact_fields(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Amount => &["value", "upper", "currency", "bound"],
        Kind::Percentage => &["value", "upper", "unit", "bound", "change"],
        Kind::Cap => &["of", "value", "unit"],
        Kind::LeadUnit => &["role"],
        Kind::Deadline => &["kind", "from", "to", "duration", "working_days"],
    }
}

/// Whether a row of a score counts facts of one kind.
pub fn is_fact(row: &str) -> bool {
    fact_kind(row).is_some()
}

fn fact_kind(name: &str) -> Option<Kind> {
    Kind::ALL.into_iter().find(|kind| kind.name() == name)
}

/// Measures of one or more sources.
#[derive(Debug, Clone, Default)]
pub struct Score {
    /// By the names of [`ROWS`], in their order.
    rows: [Tally; ROWS.len()],
}

impl Score {
    /// Each row by its name, [`ALL_FACTS`] last.
    pub fn rows(&self) -> impl Iterator<Item = (&'static str, Tally)> {
        let mut facts = Tally::default();
        for (name, tally) in ROWS.into_iter().zip(&self.rows) {
            if is_fact(name) {
                facts.add(tally);
            }
        }
        // What is missed is listed with its kind and need not be told again.
        facts.misses.clear();
        ROWS.into_iter().zip(self.rows.clone()).chain([(ALL_FACTS, facts)])
    }

    pub fn add(&mut self, other: &Self) {
        for (sum, tally) in self.rows.iter_mut().zip(&other.rows) {
            sum.add(tally);
        }
    }
}

/// Measures the rows of a source against its annotations.
pub fn measure(source: &Source, output: &Output, gold: &Gold) -> Score {
    let scored = score::Scored::new(source, output, gold);
    let (document, fields) = scored.documents();
    let (provision, path, heading) = scored.provisions();
    let [amount, percentage, cap, lead_unit, deadline] = Kind::ALL.map(|kind| scored.facts(kind));
    Score { rows: [document, fields, provision, path, heading, amount, percentage, cap, lead_unit, deadline] }
}
