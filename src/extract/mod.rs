//! Mentions of facts in one passage: a paragraph or a table cell of cleaned text, in which no blanks stand between
//! Chinese characters and no line is broken.

pub mod bound;
pub mod fragments;
pub mod rule;
pub mod rules;
pub mod units;

use rule::Card;

/// The cards of all rules, in the order in which they are tried.
pub fn cards() -> Vec<Card> {
    let mut cards = Vec::new();
    cards.extend(rules::amount::cards());
    cards.extend(rules::percentage::cards());
    cards.extend(rules::cap::cards());
    cards
}
