//! A rule is a value: what it recognises, its pattern, how a match is read, and texts that show success and refusal.
//!
//! ```text
//! pub const FROM_TO: Rule<Deadline> = Rule {
//!     id: "deadline/from_to",
//!     about: "A span of years joined by 至, — or 到.",
//!     anchors: &["年"],
//!     pattern: r"(?<from>${year})年?(?:至|—|到)(?<to>${year})年",
//!     read: |found| …,
//!     accepts: &[("2021至2025年完成", "2021至2025年 period 2021-01-01..2025-12-31")],
//!     rejects: &["2021年完成"],
//! };
//! ```
//!
//! The rules of a topic make a [`Grammar`], which is compiled once. Rules are tried in order; what an earlier rule has
//! taken, a later one cannot take again, so the order in the table decides between two readings.

use super::explain::{self, Attempt, Outcome};
use super::fragments;
use super::passage::{Anchors, Passage};
use crate::pattern::{Captures, Pattern};
use crate::span::Span;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::OnceLock;

/// One form of a fact. `pattern` is a regex in which `${name}` stands for a fragment.
pub struct Rule<M: 'static> {
    /// `topic/what`; never changes its meaning once published.
    pub id: &'static str,
    /// What is recognised, in a sentence for users.
    pub about: &'static str,
    /// The rule is tried only in passages that hold one of these words; without any, in all.
    pub anchors: &'static [&'static str],
    pub pattern: &'static str,
    /// The mentions that a match states (a list states several); `None` refuses it.
    pub read: fn(&Found<'_>) -> Option<Vec<M>>,
    /// Text, and the mentions of this rule alone as [`Mention::describe`] says them, joined by `; `.
    pub accepts: &'static [(&'static str, &'static str)],
    /// Texts in which this rule finds nothing.
    pub rejects: &'static [&'static str],
}

/// Something read from a passage.
pub trait Mention {
    fn span(&self) -> &Span;
    /// The mention as one short line for examples and for `explain`: raw text first, then its normalised fields.
    fn describe(&self, passage: &str) -> String;
}

/// A match of a rule's pattern in a passage.
pub struct Found<'p> {
    pub passage: &'p str,
    pub rule: &'static str,
    captures: Captures<'p, 'p>,
}

impl<'p> Found<'p> {
    /// The whole match.
    pub fn span(&self) -> Span {
        self.captures.range()
    }

    /// The passage before the match.
    pub fn before(&self) -> &'p str {
        &self.passage[..self.captures.range().start]
    }

    /// The passage after the match.
    pub fn after(&self) -> &'p str {
        &self.passage[self.captures.range().end..]
    }

    /// The text of a named group, if it took part.
    pub fn text(&self, group: &str) -> Option<&'p str> {
        self.captures.text(group)
    }

    /// The span of a named group, if it took part.
    pub fn group(&self, group: &str) -> Option<Span> {
        self.captures.place(group)
    }
}

/// The compiled rules of one topic.
pub struct Grammar<M: 'static> {
    rules: Vec<Compiled<M>>,
}

struct Compiled<M: 'static> {
    rule: &'static Rule<M>,
    anchors: Anchors,
    /// Compiled at the first passage that holds an anchor: a short text needs few of the patterns.
    pattern: OnceLock<Pattern>,
}

impl<M: Mention> Grammar<M> {
    pub fn new(rules: &'static [Rule<M>]) -> Self {
        let compile = |rule| Compiled { rule, anchors: Anchors::new(rule.anchors), pattern: OnceLock::new() };
        Self { rules: rules.iter().map(compile).collect() }
    }

    /// The mentions of a passage, in order of place; no two overlap.
    pub fn scan(&self, passage: &Passage<'_>) -> Vec<M> {
        if !explain::is_watched() {
            return self.try_rules(passage, |_| {});
        }
        let (mentions, attempts) = self.explain(passage);
        explain::note(attempts);
        mentions
    }

    /// As [`Grammar::scan`], and what each rule tried, by place and then in the order of the rules.
    pub fn explain(&self, passage: &Passage<'_>) -> (Vec<M>, Vec<Attempt>) {
        let mut attempts: Vec<Attempt> = Vec::new();
        let mentions = self.try_rules(passage, |trial| {
            let attempt = trial.attempt(passage.text);
            // Behind the start of a refused match another may end where it ends, and says the same once more.
            let said = |last: &Attempt| {
                last.rule == attempt.rule && last.outcome == Outcome::Refused && attempt.span.end <= last.span.end
            };
            if attempt.outcome != Outcome::Refused || !attempts.last().is_some_and(said) {
                attempts.push(attempt);
            }
        });
        attempts.sort_by_key(|attempt| attempt.span.start);
        (mentions, attempts)
    }

    /// Tries the rules in order and tells what comes of each trial.
    fn try_rules(&self, passage: &Passage<'_>, mut tell: impl FnMut(Trial<'_, M>)) -> Vec<M> {
        let mut mentions: Vec<M> = Vec::new();
        // Start and end of what is taken, and by whom; since nothing in it overlaps, the last that starts before an end
        // decides.
        let mut taken: BTreeMap<usize, (usize, &'static str)> = BTreeMap::new();
        for compiled in &self.rules {
            let rule = compiled.rule.id;
            for mention in compiled.scan(passage, |span| tell(Trial::Refused(rule, span))) {
                let Span { start, end } = *mention.span();
                match taken.range(..end).next_back() {
                    Some((_, &(earlier_end, by))) if start < earlier_end => tell(Trial::Taken(rule, &mention, by)),
                    _ => {
                        tell(Trial::Read(rule, &mention));
                        taken.insert(start, (end, rule));
                        mentions.push(mention);
                    }
                }
            }
        }
        mentions.sort_by_key(|m| m.span().start);
        mentions
    }

    /// The cards of the rules, for `gongbao rules` and the test over all of them.
    pub fn cards(&'static self) -> Vec<Card> {
        let card = |compiled: &'static Compiled<M>| Card {
            id: compiled.rule.id,
            about: compiled.rule.about,
            pattern: compiled.rule.pattern,
            accepts: compiled.rule.accepts,
            rejects: compiled.rule.rejects,
            run: Box::new(|text| describe_all(&compiled.scan(&Passage::new(text), |_| {}), text)),
        };
        self.rules.iter().map(card).collect()
    }
}

impl<M: Mention> Compiled<M> {
    /// The mentions of this rule alone; `refused` is told of the matches that state none. Behind the start of a
    /// refused match the search goes on: it may hide a shorter one.
    fn scan(&self, passage: &Passage<'_>, mut refused: impl FnMut(Span)) -> Vec<M> {
        let mut mentions = Vec::new();
        if !self.anchors.stand_in(passage) {
            return mentions;
        }
        let pattern = self.pattern.get_or_init(|| fragments::compile(self.rule.pattern));
        if !pattern.may_match(&passage.characters) {
            return mentions;
        }
        let passage = passage.text;
        let mut at = 0;
        while let Some(captures) = pattern.captures_at(passage, at) {
            let whole = captures.range();
            let found = Found { passage, rule: self.rule.id, captures };
            at = match (self.rule.read)(&found) {
                Some(read) => {
                    mentions.extend(read);
                    whole.end.max(whole.start + 1)
                }
                None => {
                    let next = pattern.behind_refused(passage, whole.start);
                    refused(whole);
                    next
                }
            };
            if at > passage.len() {
                break;
            }
        }
        mentions
    }
}

/// What came of trying a rule, before anyone asks for words.
enum Trial<'m, M> {
    Refused(&'static str, Span),
    Taken(&'static str, &'m M, &'static str),
    Read(&'static str, &'m M),
}

impl<M: Mention> Trial<'_, M> {
    fn attempt(self, passage: &str) -> Attempt {
        match self {
            Trial::Refused(rule, span) => Attempt { rule, span, outcome: Outcome::Refused },
            Trial::Taken(rule, mention, by) => {
                Attempt { rule, span: mention.span().clone(), outcome: Outcome::Taken(by) }
            }
            Trial::Read(rule, mention) => {
                Attempt { rule, span: mention.span().clone(), outcome: Outcome::Read(mention.describe(passage)) }
            }
        }
    }
}

pub fn describe_all<M: Mention>(mentions: &[M], passage: &str) -> String {
    let mut out = String::new();
    for mention in mentions {
        let separator = if out.is_empty() { "" } else { "; " };
        write!(out, "{separator}{}", mention.describe(passage)).expect("writing to a string does not fail");
    }
    out
}

/// A rule without its type, for lists and tests.
pub struct Card {
    pub id: &'static str,
    pub about: &'static str,
    pub pattern: &'static str,
    pub accepts: &'static [(&'static str, &'static str)],
    pub rejects: &'static [&'static str],
    /// The mentions of this rule alone in a passage, as its examples write them.
    pub run: Box<dyn Fn(&str) -> String>,
}
