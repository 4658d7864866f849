//! Why a passage gives the facts that it gives: what each rule tried, and what became of it.
//!
//! An explanation watches the very reading that it explains. While [`watch`] runs, the grammars on its thread put what
//! they try into a notebook; at all other times there is none, and a grammar looks for it once a passage.

use super::extract;
use super::rule::Mention;
use crate::model::{Bound, Mentions};
use crate::span::Span;
use jiff::civil::Date;
use std::cell::RefCell;
use std::collections::HashSet;

/// What a rule made of a piece of a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Id of the rule; the topic alone where no rule of it took the piece.
    pub rule: &'static str,
    /// Bytes of the passage.
    pub span: Span,
    pub outcome: Outcome,
}

/// What became of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A fact, as the examples of the rules write it.
    Read(String),
    /// A fact that a later step gave up: a date that was over when the document was signed, a count inside a capped amount.
    Dropped(String),
    /// The pattern matches, its reading refuses the match.
    Refused,
    /// The mention overlaps one that the rule named had read before.
    Taken(&'static str),
    /// A value with the word of a limit that no rule of the topic takes: it is a condition, or nothing is given.
    Unclaimed,
}

#[derive(Default)]
struct Notebook {
    attempts: Vec<Attempt>,
    /// Where the piece begins that is read now.
    start: usize,
}

thread_local! {
    static NOTEBOOK: RefCell<Option<Notebook>> = const { RefCell::new(None) };
}

/// Whether someone on this thread watches.
pub(super) fn is_watched() -> bool {
    NOTEBOOK.with_borrow(Option::is_some)
}

/// The piece of the passage that begins here is read now.
pub(super) fn note_from(start: usize) {
    NOTEBOOK.with_borrow_mut(|notebook| notebook.as_mut().map(|notebook| notebook.start = start));
}

/// Puts attempts in a piece into the notebook.
pub(super) fn note(attempts: Vec<Attempt>) {
    NOTEBOOK.with_borrow_mut(|notebook| {
        let Some(Notebook { attempts: noted, start }) = notebook else { return };
        let in_passage = |span: Span| span.start + *start..span.end + *start;
        noted.extend(attempts.into_iter().map(|attempt| Attempt { span: in_passage(attempt.span), ..attempt }));
    });
}

/// Runs `reading`, and tells what the grammars tried in it.
fn watch<T>(reading: impl FnOnce() -> T) -> (T, Vec<Attempt>) {
    NOTEBOOK.set(Some(Notebook::default()));
    let read = reading();
    (read, NOTEBOOK.take().unwrap_or_default().attempts)
}

/// What the rules try in a passage: by topic, then by place, then in the order of the rules.
///
/// ```
/// use gongbao::extract::explain::{Outcome, attempts};
/// let tried = attempts("给予2000万元补助", None);
/// assert!(tried.iter().any(|a| a.rule == "amount/plain" && matches!(a.outcome, Outcome::Read(_))));
/// ```
pub fn attempts(passage: &str, reference: Option<Date>) -> Vec<Attempt> {
    let (mentions, mut attempts) = watch(|| extract(passage, reference));
    let kept = places(&mentions);
    keep_only(&mut attempts, |span, rule| kept.contains(&(span.clone(), rule)));
    attempts.extend(caps_of_values(passage, &mentions, &attempts));
    attempts.sort_by_key(|attempt| topic_order(attempt.rule));
    attempts
}

/// Adds the facts that were read by what other passages of the document say.
pub fn add_read<M: Mention>(
    attempts: &mut Vec<Attempt>,
    passage: &str,
    facts: impl IntoIterator<Item = (M, &'static str)>,
) {
    for (fact, rule) in facts {
        if !attempts.iter().any(|a| a.rule == rule && a.span == *fact.span()) {
            let outcome = Outcome::Read(fact.describe(passage));
            attempts.push(Attempt { rule, span: fact.span().clone(), outcome });
        }
    }
    attempts.sort_by_key(|attempt| topic_order(attempt.rule));
}

/// Marks the facts that are not kept, by their place and rule, as dropped.
pub fn keep_only(attempts: &mut [Attempt], is_kept: impl Fn(&Span, &'static str) -> bool) {
    for attempt in attempts {
        if let Outcome::Read(said) = &mut attempt.outcome
            && !is_kept(&attempt.span, attempt.rule)
        {
            attempt.outcome = Outcome::Dropped(std::mem::take(said));
        }
    }
}

fn places(mentions: &Mentions) -> HashSet<(Span, &'static str)> {
    let amounts = mentions.amounts.iter().map(|m| (m.span.clone(), m.rule));
    let percentages = mentions.percentages.iter().map(|m| (m.span.clone(), m.rule));
    let caps = mentions.caps.iter().map(|m| (m.span.clone(), m.rule));
    let lead_units = mentions.lead_units.iter().map(|m| (m.span.clone(), m.rule));
    let deadlines = mentions.deadlines.iter().map(|m| (m.span.clone(), m.rule));
    amounts.chain(percentages).chain(caps).chain(lead_units).chain(deadlines).collect()
}

/// The caps that are read off amounts and percentages, which no grammar tries, and the limits that none of them takes.
fn caps_of_values(passage: &str, mentions: &Mentions, noted: &[Attempt]) -> Vec<Attempt> {
    let is_new = |rule: &str, span: &Span| !noted.iter().any(|a| a.rule == rule && a.span == *span);
    let read = mentions.caps.iter().filter(|cap| is_new(cap.rule, &cap.span)).map(|cap| Attempt {
        rule: cap.rule,
        span: cap.span.clone(),
        outcome: Outcome::Read(cap.describe(passage)),
    });
    let amounts = mentions.amounts.iter().map(|m| (&m.span, &m.cue, m.bound));
    let percentages = mentions.percentages.iter().map(|m| (&m.span, &m.cue, m.bound));
    let is_capped = |value: &Span| mentions.caps.iter().any(|c| c.span.start <= value.start && value.end <= c.span.end);
    let unclaimed = amounts
        .chain(percentages)
        .filter(|(value, _, bound)| *bound == Bound::AtMost && !is_capped(value))
        .map(|(value, cue, _)| Attempt { rule: "cap", span: with_cue(value, cue), outcome: Outcome::Unclaimed });
    let mut all: Vec<Attempt> = read.chain(unclaimed).collect();
    all.sort_by_key(|attempt| attempt.span.start);
    all
}

fn with_cue(value: &Span, cue: &Option<Span>) -> Span {
    match cue {
        Some(cue) => value.start.min(cue.start)..value.end.max(cue.end),
        None => value.clone(),
    }
}

/// The place of a rule's topic among all.
fn topic_order(rule: &str) -> usize {
    const TOPICS: [&str; 5] = ["amount", "percentage", "cap", "lead_unit", "deadline"];
    TOPICS.iter().position(|topic| rule.split('/').next() == Some(topic)).unwrap_or(TOPICS.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn told(passage: &str, reference: Option<Date>) -> Vec<(&'static str, &str, Outcome)> {
        let of = |a: Attempt| (a.rule, &passage[a.span.clone()], a.outcome);
        attempts(passage, reference).into_iter().map(of).collect()
    }

    #[test]
    fn a_later_rule_says_which_earlier_one_was_before_it() {
        let told = told("分别补助30万和15万元", None);
        assert!(told.contains(&("amount/plain", "15万元", Outcome::Taken("amount/list"))), "{told:?}");
    }

    #[test]
    fn a_limit_that_is_a_condition_is_no_cap() {
        let told = told("投资额不超过200万元的项目", None);
        assert!(told.contains(&("cap", "不超过200万元", Outcome::Unclaimed)), "{told:?}");
    }

    #[test]
    fn what_was_over_is_dropped() {
        let told = told("到2022年，建成一批", Some(date(2023, 3, 18)));
        let dropped = |(rule, text, outcome): &(&str, &str, Outcome)| {
            rule.starts_with("deadline/") && *text == "到2022年" && matches!(outcome, Outcome::Dropped(_))
        };
        assert!(told.iter().any(dropped), "{told:?}");
    }

    #[test]
    fn watching_changes_nothing_and_ends() {
        let passage = "给予最高2000万元补助，比上年提高5%，6月底前完成。（牵头单位：市科技局）";
        let alone = extract(passage, None);
        assert_eq!(watch(|| extract(passage, None)).0, alone);
        assert!(!is_watched());
    }
}
