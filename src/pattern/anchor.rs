//! Where in a text matches can begin: around what each of them holds.

use super::edges::{frequency, literals};
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
    Literal(Box<Finder<'static>>),
    /// One of these characters; one that only looks like them is found too.
    OneOf(Box<Signature>),
}

impl Held {
    fn literal(text: &str) -> Self {
        Self::Literal(Box::new(Finder::new(text).into_owned()))
    }

    fn one_of(set: &Set) -> Self {
        match set.listed().as_deref() {
            Some(&[only]) => char::from_u32(only)
                .map_or_else(|| Self::OneOf(Box::new(set.signature())), |c| Self::literal(c.encode_utf8(&mut [0; 4]))),
            _ => Self::OneOf(Box::new(set.signature())),
        }
    }
}

/// A set of more characters stops hardly any match in prose.
const WIDEST_BODY: u32 = 2048;

impl Anchor {
    /// Of all that a match holds, what is found least often tells most.
    pub fn new(node: &Node, needs: &[Set], body: Option<Set>) -> Option<Self> {
        let rarest = |text: &str| text.chars().map(|c| frequency(&Set::one(c))).min().unwrap_or(u32::MAX);
        let literals = literals(node).into_iter().map(|text| (rarest(text), text));
        let sets = needs.iter().map(|set| (frequency(set), set));
        let literal = literals.min_by_key(|(frequency, text)| (*frequency, usize::MAX - text.len()));
        let set = sets.min_by_key(|(frequency, _)| *frequency).filter(|(_, set)| set.is_telling());
        let held = match (literal, set) {
            (Some((frequency, text)), set) if set.as_ref().is_none_or(|set| frequency <= set.0) => Held::literal(text),
            (_, set) => Held::one_of(set?.1),
        };
        Some(Self { held, body })
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
