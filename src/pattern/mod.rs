//! Patterns: the regexes of rules and elements, for many short searches in Chinese text.
//!
//! A pattern says the same as in the `regex` crate, of whose syntax it takes a part (`syntax.rs`); in the tests of this
//! crate each search is held against it. It is compiled in microseconds, where automata over UTF-8 take a millisecond for
//! a rule, and searched without a lock.

mod anchor;
mod edges;
mod program;
mod search;
mod set;
mod syntax;

pub use set::Signature;

use program::Program;
use std::ops::Range;

/// A compiled pattern.
#[derive(Debug)]
pub struct Pattern {
    program: Program,
    names: Vec<Option<String>>,
    #[cfg(test)]
    oracle: regex::Regex,
}

impl Pattern {
    /// # Errors
    /// When the pattern is not understood; the message says what and where.
    pub fn new(pattern: &str) -> Result<Self, String> {
        let parsed = syntax::parse(pattern)?;
        Ok(Self {
            program: Program::new(parsed.node, parsed.names.len())?,
            names: parsed.names,
            #[cfg(test)]
            oracle: regex::Regex::new(&pattern.replace(r"\p{Han}", "[〇㐀-鿿]").replace(r"\d", "[0-9０-９]"))
                .map_err(|e| e.to_string())?,
        })
    }

    /// A pattern of ours.
    ///
    /// # Panics
    /// When it is none: a test runs each of them.
    #[allow(clippy::panic, reason = "patterns are constants")]
    pub fn known(pattern: &str) -> Self {
        Self::new(pattern).unwrap_or_else(|fault| panic!("{pattern}: {fault}"))
    }

    /// Whether a text of these characters may hold a match.
    pub fn may_match(&self, characters: &Signature) -> bool {
        let holds = |list: &Vec<u32>| list.iter().any(|&c| characters.may_hold(c));
        self.program.hints().is_none_or(|hints| hints.needs.iter().all(holds))
    }

    pub fn is_match(&self, text: &str) -> bool {
        self.find(text).is_some()
    }

    /// The first match.
    pub fn find(&self, text: &str) -> Option<Range<usize>> {
        self.find_at(text, 0)
    }

    /// The first match from `from` on; the start of the text stays where it is.
    pub fn find_at(&self, text: &str, from: usize) -> Option<Range<usize>> {
        let found = search::find(&self.program, text, from, false, |range, _| range);
        #[cfg(test)]
        assert_eq!(found, self.oracle.find_at(text, from).map(|m| m.range()), "{} in {text:?}", self.oracle);
        found
    }

    /// The first match with its groups.
    pub fn captures<'t>(&self, text: &'t str) -> Option<Captures<'_, 't>> {
        self.captures_at(text, 0)
    }

    /// As [`Self::captures`], from `from` on.
    pub fn captures_at<'t>(&self, text: &'t str, from: usize) -> Option<Captures<'_, 't>> {
        let found = search::find(&self.program, text, from, true, |range, slots| {
            let mut places: Vec<Option<Range<usize>>> =
                slots.chunks(2).map(|pair| (pair[1] != search::NOWHERE).then(|| pair[0]..pair[1])).collect();
            places[0] = Some(range);
            Captures { text, places, names: &self.names }
        });
        #[cfg(test)]
        {
            let groups = |found: regex::Captures<'_>| found.iter().map(|m| m.map(|m| m.range())).collect::<Vec<_>>();
            let theirs = self.oracle.captures_at(text, from).map(groups);
            assert_eq!(found.as_ref().map(|f| f.places.clone()), theirs, "{} in {text:?}", self.oracle);
        }
        found
    }

    /// Where to look on when the match at `start` is refused: behind its first character, and behind the endless run that it
    /// begins with, in which no other match begins.
    pub fn behind_refused(&self, text: &str, start: usize) -> usize {
        search::behind_lead(&self.program, text, start)
    }

    /// All matches that do not overlap.
    pub fn find_iter<'p>(&'p self, text: &'p str) -> impl Iterator<Item = Range<usize>> + 'p {
        let mut from = 0;
        std::iter::from_fn(move || {
            let found = (from <= text.len()).then(|| self.find_at(text, from)).flatten()?;
            from = behind(text, &found);
            Some(found)
        })
    }

    /// All matches that do not overlap, with their groups.
    pub fn captures_iter<'p, 't: 'p>(&'p self, text: &'t str) -> impl Iterator<Item = Captures<'p, 't>> + 'p {
        let mut from = 0;
        std::iter::from_fn(move || {
            let found = (from <= text.len()).then(|| self.captures_at(text, from)).flatten()?;
            from = behind(text, &found.range());
            Some(found)
        })
    }
}

/// Where to look for the match after this one.
fn behind(text: &str, found: &Range<usize>) -> usize {
    let more = text[found.end..].chars().next().map_or(1, char::len_utf8);
    if found.is_empty() { found.end + more } else { found.end }
}

/// A match with its groups.
#[derive(Debug)]
pub struct Captures<'p, 't> {
    text: &'t str,
    places: Vec<Option<Range<usize>>>,
    names: &'p [Option<String>],
}

impl<'t> Captures<'_, 't> {
    /// The whole match.
    pub fn range(&self) -> Range<usize> {
        self.places[0].clone().unwrap_or_default()
    }

    /// The whole match.
    pub fn whole(&self) -> &'t str {
        &self.text[self.range()]
    }

    /// Where a named group stands, if it took part.
    pub fn place(&self, group: &str) -> Option<Range<usize>> {
        let at = self.names.iter().position(|name| name.as_deref() == Some(group))?;
        self.places[at].clone()
    }

    /// The text of a named group, if it took part.
    pub fn text(&self, group: &str) -> Option<&'t str> {
        self.place(group).map(|place| &self.text[place])
    }

    /// The text of a group by its number.
    pub fn nth(&self, group: usize) -> Option<&'t str> {
        self.places.get(group)?.clone().map(|place| &self.text[place])
    }
}

/// The text of a named group; empty if it took no part.
impl std::ops::Index<&str> for Captures<'_, '_> {
    type Output = str;

    fn index(&self, group: &str) -> &str {
        self.text(group).unwrap_or_default()
    }
}

/// How texts made up at random are tried: the same ones each time.
#[cfg(test)]
pub fn random() -> proptest::test_runner::Config {
    use proptest::test_runner::{Config, RngSeed};
    Config { cases: 3000, rng_seed: RngSeed::Fixed(1024), failure_persistence: None, ..Config::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_start_of_the_text_stays_where_it_is() {
        let pattern = Pattern::known("^元|万元");
        assert_eq!(pattern.find_at("元万元", 3), Some(3..9));
        assert_eq!(pattern.find_iter("元万元").collect::<Vec<_>>(), [0..3, 3..9]);
    }

    #[test]
    fn groups_are_read_by_name_and_number() {
        let pattern = Pattern::known("(?<number>[0-9]+)(万)?(?<unit>元|美元)");
        let found = pattern.captures("给予50美元").expect("a match");
        assert_eq!(
            (found.whole(), &found["number"], found.nth(2), found.text("unit")),
            ("50美元", "50", None, Some("美元"))
        );
        assert_eq!(&found["none"], "");
    }

    #[test]
    fn a_text_of_these_characters_may_match() {
        let pattern = Pattern::known("(?:最高|不超过)?[0-9]+(?:万元|%)");
        pattern.program.found_hints();
        for (text, may) in [("5万元", true), ("元万5", true), ("5元", false), ("万元", false), ("%1", true)] {
            assert_eq!(pattern.may_match(&Signature::of(text)), may, "{text}");
        }
    }

    #[test]
    fn behind_a_refused_match_its_run_is_over() {
        let pattern = Pattern::known("(?:约)?(?:[0-9]+|[一二]+)元");
        assert_eq!(pattern.behind_refused("123一二元", 0), 3);
        assert_eq!(pattern.behind_refused("约123元", 0), "约".len());
    }

    /// Texts on which plain backtracking takes a time that no test would wait for.
    #[test]
    fn no_text_takes_for_ever() {
        let long = |piece: &str| piece.repeat(20_000 / piece.len());
        for (pattern, piece) in [
            ("(?:[一二十百万]+[十百万]*[多余]?[十百万]*、)+[一二]+元", "百万、"),
            ("(?:[0-9]+,?)+元", "1"),
            ("(?:a|ab|b)+c", "ab"),
            ("(?:[^。]*?一)+。", "一二"),
            ("[0-9]+[0-9]*[0-9]*元", "1"),
            ("甲.*乙.*丙.*丁", "甲乙丙"),
        ] {
            assert_eq!(Pattern::known(pattern).find(&long(piece)), None, "{pattern}");
        }
    }

    #[test]
    fn a_run_that_failed_from_a_later_start_is_tried_from_an_earlier_one() {
        let mut pattern = Pattern::known("甲?[甲乙]+乙乙乙乙$");
        pattern.program.patience = 0;
        assert_eq!(pattern.find("甲乙乙乙乙"), Some(0..15));
    }

    /// A pattern over a few characters, so that matches are frequent.
    fn any_pattern() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            "[甲乙丙a]{1,3}",
            Just("[甲乙]".to_owned()),
            Just("[^甲a]".to_owned()),
            Just(r"\S".to_owned()),
            Just(".".to_owned()),
            Just("^".to_owned()),
            Just("$".to_owned()),
            Just("甲乙|甲丙|乙|甲".to_owned()),
        ];
        leaf.prop_recursive(4, 24, 4, |inner| {
            let counts =
                prop::sample::select(vec!["*", "+", "?", "{2}", "{1,2}", "{0,3}", "{2,}", "*?", "+?", "??", "{1,3}?"]);
            prop_oneof![
                prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| parts.concat()),
                prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| format!("(?:{})", parts.join("|"))),
                inner.clone().prop_map(|part| format!("({part})")),
                (inner, counts).prop_map(|(part, count)| format!("(?:{part}){count}")),
            ]
        })
    }

    proptest! {
        #![proptest_config(random())]
        /// Each search is held against the `regex` crate: see [`Pattern::find_at`].
        #[test]
        fn a_pattern_says_what_a_regex_says(pattern in any_pattern(), text in "[甲乙丙a。]{0,12}") {
            let Ok(mut pattern) = Pattern::new(&pattern) else { return Ok(()) };
            for (patience, hinted) in [(pattern.program.patience, false), (0, false), (0, true)] {
                pattern.program.patience = patience;
                if hinted {
                    pattern.program.found_hints();
                }
                for from in (0..=text.len()).filter(|&at| text.is_char_boundary(at)) {
                    let found = pattern.captures_at(&text, from).map(|found| found.range());
                    prop_assert_eq!(found, pattern.find_at(&text, from));
                }
            }
        }
    }
}
