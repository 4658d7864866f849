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
    OneOf(Box<Few>),
}

impl Held {
    fn literal(text: &str) -> Self {
        Self::Literal(Box::new(Finder::new(text).into_owned()))
    }

    fn one_of(set: &Set) -> Self {
        match set.listed().as_deref() {
            Some(&[only]) => char::from_u32(only)
                .map_or_else(|| Self::OneOf(Box::new(Few::of(set))), |c| Self::literal(c.encode_utf8(&mut [0; 4]))),
            _ => Self::OneOf(Box::new(Few::of(set))),
        }
    }
}

/// A few characters to look for, by the last byte of each: most of a text is passed over by that alone.
#[derive(Debug)]
struct Few {
    all: Signature,
    /// A bit for each ASCII character.
    ascii: u128,
    /// A bit for each of the six lower bits of the others.
    last: u64,
}

impl Few {
    fn of(set: &Set) -> Self {
        let listed = set.listed().unwrap_or_default();
        let (ascii, wide): (Vec<u32>, Vec<u32>) = listed.into_iter().partition(|c| *c < 0x80);
        Self {
            all: set.signature(),
            ascii: ascii.into_iter().fold(0, |bits, c| bits | 1 << c),
            last: wide.into_iter().fold(0, |bits, c| bits | 1 << (c & 0x3f)),
        }
    }

    /// The first place from `from` on at which one of them may stand.
    fn find(&self, text: &[u8], from: usize) -> Option<usize> {
        let mut at = from;
        while at < text.len() {
            let first = text[at];
            if first < 0x80 {
                if self.ascii >> first & 1 == 1 {
                    return Some(at);
                }
                at += 1;
                continue;
            }
            let len = if first >= 0xf0 { 4 } else { 2 + usize::from(first >= 0xe0) };
            let last = text.get(at + len - 1).map_or(0, |last| last & 0x3f);
            if self.last >> last & 1 == 1 && self.all.may_hold(character(text, at).0) {
                return Some(at);
            }
            at += len;
        }
        None
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
            Held::OneOf(few) => few.find(text, from),
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
