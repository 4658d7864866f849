//! Where in a text matches can begin: around what each of them holds.

use super::edges::{body, literals, needs};
use super::search::{character, character_before};
use super::set::{Set, Signature};
use super::syntax::Node;
use memchr::memmem::Finder;
use std::ops::Range;

/// What each match holds, and the characters of which matches consist.
#[derive(Debug)]
pub struct Anchor {
    held: Held,
    /// `None` where a match may hold nearly any character.
    body: Option<Set>,
}

#[derive(Debug)]
enum Held {
    Literal(Finder<'static>),
    /// One of these characters; one that only looks like them is found too.
    OneOf(Signature),
}

/// Characters that stand in most sentences.
const FREQUENT: &str = "的、，。；和与及或在于为以上中年一二三到至、者不人工作";

/// How many other characters stand in a text as often as a frequent one.
const FREQUENCY: u32 = 20;

/// A set of more characters stops hardly any match in prose.
const WIDEST_BODY: u32 = 2048;

impl Anchor {
    /// Of all that a match holds, what is found least often tells most.
    pub fn new(node: &Node) -> Option<Self> {
        let frequency = |c: char| if FREQUENT.contains(c) { FREQUENCY } else { 1 };
        let rarest = |text: &str| text.chars().map(frequency).min().unwrap_or(u32::MAX);
        let literal = literals(node).into_iter().min_by_key(|text| (rarest(text), usize::MAX - text.len()));
        let sum = |set: &[u32]| set.iter().filter_map(|&c| char::from_u32(c)).map(frequency).sum::<u32>();
        let set = needs(node).iter().filter_map(Set::listed).min_by_key(|set| sum(set));
        let held = match (literal, set) {
            (Some(text), set) if set.as_ref().is_none_or(|set| rarest(text) <= sum(set)) => {
                Held::Literal(Finder::new(text).into_owned())
            }
            (_, set) => Held::OneOf(Signature::of_all(set?)),
        };
        Some(Self { held, body: narrow(body(node)) })
    }

    /// The first places from `from` on at which a match may begin: up to the next place of what it holds.
    pub fn starts(&self, text: &[u8], from: usize) -> Option<Range<usize>> {
        let at = self.next(text, from)?;
        let start = self.body.as_ref().map_or(from, |body| run_before(text, from..at, body));
        Some(start..at + character(text, at).1)
    }

    fn next(&self, text: &[u8], from: usize) -> Option<usize> {
        match &self.held {
            Held::Literal(literal) => literal.find(&text[from..]).map(|at| from + at),
            Held::OneOf(set) => {
                let mut at = from;
                while at < text.len() {
                    let (c, len) = character(text, at);
                    if set.may_hold(c) {
                        return Some(at);
                    }
                    at += len;
                }
                None
            }
        }
    }
}

/// A set that stops a run in prose.
pub fn narrow(body: Set) -> Option<Set> {
    (body.width() <= WIDEST_BODY).then_some(body)
}

/// Where the run of characters of a set begins that ends with a range of the text.
pub fn run_before(text: &[u8], range: Range<usize>, set: &Set) -> usize {
    let mut start = range.end;
    while start > range.start {
        let (c, len) = character_before(text, start);
        if !set.contains(c) {
            break;
        }
        start -= len;
    }
    start
}
