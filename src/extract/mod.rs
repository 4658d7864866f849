//! Mentions of facts in one passage: a paragraph or a table cell of cleaned text, in which no blanks stand between
//! Chinese characters and no line is broken.

pub mod fragments;
pub mod rule;
pub mod rules;

use crate::model::Mentions;
use jiff::civil::Date;
use rule::Card;

/// The cards of all rules, in the order in which they are tried.
pub fn cards() -> Vec<Card> {
    Vec::new()
}

/// STUB until the rules are merged: the facts that a passage states; dates that hang on the document's own are resolved
/// by `reference`.
pub fn extract(_passage: &str, _reference: Option<Date>) -> Mentions {
    Mentions::default()
}
