//! Looks for a program in a text, by backtracking.
//!
//! Of the matches that begin first the one is taken that the pattern prefers, as in Perl. Where a search takes many steps,
//! it remembers what has failed, so that no text takes longer than in proportion to its length and the pattern's.

use super::anchor::run_before;
use super::program::{Program, Step};
use super::set::Set;
use std::cell::Cell;
use std::ops::Range;

/// No place is remembered in a slot.
pub const NOWHERE: usize = usize::MAX;

/// Where to go on when a way has failed.
#[derive(Debug, Clone, Copy)]
enum Way {
    At {
        step: usize,
        place: usize,
    },
    /// The next word of a list, by its index.
    Word {
        step: usize,
        place: usize,
        nth: usize,
    },
    /// The next branch, by its index.
    Branch {
        step: usize,
        place: usize,
        nth: usize,
    },
    /// A run with one character less, down to `least`.
    Less {
        step: usize,
        least: usize,
        place: usize,
    },
    /// A run with one character more, of so many.
    More {
        step: usize,
        place: usize,
        left: u32,
    },
    /// What a slot held.
    Restore {
        slot: usize,
        place: usize,
    },
}

/// What a search writes on; kept from one search to the next.
#[derive(Default)]
struct Scratch {
    ways: Vec<Way>,
    slots: Vec<usize>,
    /// For each step, and for what follows each run, a bit for each place that is known to lead nowhere.
    failed: Vec<Vec<u64>>,
    /// For each step that is a run without limit, where it last began and ended.
    runs: Vec<Range<usize>>,
}

thread_local! {
    static SCRATCH: Cell<Option<Box<Scratch>>> = const { Cell::new(None) };
}

/// The first match from `from` on. The slots of its groups are given to `read`, if it wants any.
pub fn find<T>(
    program: &Program,
    text: &str,
    from: usize,
    with_groups: bool,
    read: impl FnOnce(Range<usize>, &[usize]) -> T,
) -> Option<T> {
    let mut scratch = SCRATCH.take().unwrap_or_default();
    scratch.ways.clear();
    if with_groups {
        scratch.slots.clear();
        scratch.slots.resize(program.slots, NOWHERE);
    }
    let mut search = Search {
        program,
        text: text.as_bytes(),
        with_groups,
        scratch: &mut scratch,
        remembers: program.patience == 0,
        patience: 0,
    };
    let found = search.first(from).map(|range| read(range, &search.scratch.slots));
    if search.remembers {
        search.scratch.failed.clear();
        search.scratch.runs.clear();
    }
    SCRATCH.set(Some(scratch));
    found
}

/// The first place behind `start` that is not in a run that leads there.
pub fn behind_lead(program: &Program, text: &str, start: usize) -> usize {
    let text = text.as_bytes();
    if start >= text.len() {
        return start + 1;
    }
    let (c, len) = character(text, start);
    let mut run_on = leads(program, c);
    let mut place = start + len;
    while place < text.len() {
        let (c, len) = character(text, place);
        let runs = leads(program, c);
        if begins_anew(program, c, runs, run_on) {
            break;
        }
        run_on = runs;
        place += len;
    }
    place
}

/// The leading runs that a character belongs to, a bit for each.
#[inline]
fn leads(program: &Program, c: u32) -> u32 {
    let leads = program.leads.iter().enumerate();
    leads.fold(0, |runs, (nth, set)| runs | u32::from(set.contains(c)) << nth)
}

/// Whether a match may begin with a character that is in these leading runs, of which some reach back to a start that has
/// failed.
#[inline]
fn begins_anew(program: &Program, c: u32, runs: u32, run_on: u32) -> bool {
    runs & !run_on != 0 || program.other_leads.contains(c)
}

struct Search<'a> {
    program: &'a Program,
    text: &'a [u8],
    with_groups: bool,
    scratch: &'a mut Scratch,
    remembers: bool,
    patience: u32,
}

impl Search<'_> {
    fn first(&mut self, from: usize) -> Option<Range<usize>> {
        if let Some(last) = &self.program.last
            && !self.text_ends_with(last)
        {
            return None;
        }
        let program = self.program;
        if program.at_start {
            return if from == 0 && self.may_begin(0) { self.at(0).map(|end| 0..end) } else { None };
        }
        // What ends with the text lies in the run of its characters that does.
        let from = program.tail.as_ref().map_or(from, |tail| run_before(self.text, from..self.text.len(), tail));
        if program.first.is_none() {
            return self.first_or_empty(from);
        }
        let Some(anchor) = program.hints().and_then(|hints| hints.anchor.as_ref()) else {
            return self.first_in(from..self.text.len());
        };
        let mut place = from;
        while place < self.text.len() {
            let starts = anchor.starts(self.text, place)?;
            place = starts.end;
            if let Some(found) = self.first_in(starts) {
                return Some(found);
            }
        }
        None
    }

    /// The first match, of a pattern that may match nothing.
    fn first_or_empty(&mut self, from: usize) -> Option<Range<usize>> {
        let mut place = from;
        loop {
            if let Some(end) = self.at(place) {
                return Some(place..end);
            }
            if place >= self.text.len() {
                return None;
            }
            place += self.character(place).1;
        }
    }

    /// The first match that begins in a range.
    fn first_in(&mut self, starts: Range<usize>) -> Option<Range<usize>> {
        let program = self.program;
        let first = program.first.as_ref()?;
        let mut place = starts.start;
        // The leading runs that reach back to a start that has failed.
        let mut run_on = 0;
        while place < starts.end {
            let (c, len) = self.character(place);
            if first.may_hold(c) {
                let runs = leads(program, c);
                if begins_anew(program, c, runs, run_on)
                    && let Some(end) = self.at(place)
                {
                    return Some(place..end);
                }
                run_on = runs;
            } else {
                run_on = 0;
            }
            place += len;
        }
        None
    }

    /// Whether a match may begin at a place.
    fn may_begin(&self, place: usize) -> bool {
        self.program
            .first
            .as_ref()
            .is_none_or(|first| place < self.text.len() && first.may_hold(self.character(place).0))
    }

    fn text_ends_with(&self, set: &Set) -> bool {
        let last = (1..=self.text.len().min(4)).find(|back| self.text[self.text.len() - back] & 0xc0 != 0x80);
        last.is_some_and(|back| set.contains(self.character(self.text.len() - back).0))
    }

    /// The character at a place before the end, and its bytes.
    #[inline]
    fn character(&self, place: usize) -> (u32, usize) {
        character(self.text, place)
    }

    /// Whether a literal stands at a place; most do not by their last byte.
    #[inline]
    fn stands_at(&self, literal: &[u8], place: usize) -> bool {
        let here = self.text.get(place..place + literal.len());
        here.is_some_and(|here| here.last() == literal.last() && here == literal)
    }

    /// The end of the match that begins at `start`.
    fn at(&mut self, start: usize) -> Option<usize> {
        // A start that failed has put back all that it wrote.
        self.patience = self.program.patience;
        let (mut step, mut place) = (0, start);
        loop {
            let on = self.step(step, place);
            match on {
                Next::On(next_step, next_place) => (step, place) = (next_step, next_place),
                Next::Found => return Some(place),
                Next::Failed => (step, place) = self.back()?,
            }
        }
    }

    fn step(&mut self, step: usize, place: usize) -> Next {
        let program = self.program;
        match &program.steps[step] {
            Step::Literal(literal) => {
                let literal = &program.literals.as_bytes()[literal.clone()];
                if self.stands_at(literal, place) { Next::On(step + 1, place + literal.len()) } else { Next::Failed }
            }
            Step::Set(set) => {
                if place < self.text.len() {
                    let (c, len) = self.character(place);
                    if program.sets[*set].contains(c) {
                        return Next::On(step + 1, place + len);
                    }
                }
                Next::Failed
            }
            Step::Run { .. } => self.run(step, place),
            Step::Word(_) => self.word(step, place, 0),
            Step::Branch(_) => {
                if self.has_failed(step, place) {
                    return Next::Failed;
                }
                self.branch(step, place, 0)
            }
            Step::Split { skip_to, lazy, begins } => {
                let may_begin = begins
                    .is_none_or(|set| place < self.text.len() && program.sets[set].contains(self.character(place).0));
                if !may_begin {
                    return Next::On(*skip_to, place);
                }
                if self.has_failed(step, place) {
                    return Next::Failed;
                }
                let (first, second) = if *lazy { (*skip_to, step + 1) } else { (step + 1, *skip_to) };
                self.scratch.ways.push(Way::At { step: second, place });
                Next::On(first, place)
            }
            Step::Jump(to) => Next::On(*to, place),
            Step::Save(slot) => {
                if self.with_groups {
                    let before = std::mem::replace(&mut self.scratch.slots[*slot], place);
                    self.scratch.ways.push(Way::Restore { slot: *slot, place: before });
                }
                Next::On(step + 1, place)
            }
            Step::Start if place == 0 => Next::On(step + 1, place),
            Step::End if place == self.text.len() => Next::On(step + 1, place),
            Step::Start | Step::End => Next::Failed,
            Step::Match => Next::Found,
        }
    }

    fn run(&mut self, step: usize, place: usize) -> Next {
        let Step::Run { set, least, most, lazy, whole } = self.program.steps[step] else { return Next::Failed };
        let set = &self.program.sets[set];
        let (mut end, mut count, mut floor) = (place, 0, place);
        // The end of the same run from an earlier start.
        let known = self.scratch.runs.get(step).filter(|run| self.remembers && run.contains(&place)).map(|run| run.end);
        let wanted = if lazy || known.is_some() { least } else { most };
        while count < wanted && end < self.text.len() {
            let (c, len) = self.character(end);
            if !set.contains(c) {
                break;
            }
            end += len;
            count += 1;
            if count == least {
                floor = end;
            }
        }
        if count < least {
            return Next::Failed;
        }
        let endless = most == u32::MAX;
        if endless && !lazy {
            end = known.unwrap_or(end).max(end);
            if self.remembers && known.is_none() {
                self.note_run(step, place..end);
            }
        }
        // What failed from an earlier start of an endless run failed at each end that it can have from here.
        let failed = endless && self.has_failed_behind(step, end);
        if failed && (lazy || known.is_some()) {
            return Next::Failed;
        }
        if lazy && least < most {
            self.scratch.ways.push(Way::More { step, place: end, left: most - least });
        } else if !lazy && !whole && end > floor {
            self.scratch.ways.push(Way::Less { step, least: floor, place: end });
        }
        if failed { Next::Failed } else { Next::On(step + 1, end) }
    }

    fn note_run(&mut self, step: usize, run: Range<usize>) {
        if self.scratch.runs.len() <= step {
            self.scratch.runs.resize(step + 1, 0..0);
        }
        self.scratch.runs[step] = run;
    }

    /// Goes on with the first word from the `nth` on that stands here.
    fn word(&mut self, step: usize, place: usize, nth: usize) -> Next {
        let Step::Word(list) = &self.program.steps[step] else { return Next::Failed };
        if place >= self.text.len() {
            return Next::Failed;
        }
        let words = self.program.words[*list].of(self.character(place).0);
        for (at, word) in words.iter().enumerate().skip(nth) {
            let word = &self.program.literals.as_bytes()[word.clone()];
            if self.stands_at(word, place) {
                if at + 1 < words.len() {
                    self.scratch.ways.push(Way::Word { step, place, nth: at + 1 });
                }
                return Next::On(step + 1, place + word.len());
            }
        }
        Next::Failed
    }

    /// Goes on with the first branch from the `nth` on that may begin here.
    fn branch(&mut self, step: usize, place: usize, nth: usize) -> Next {
        let Step::Branch(branches) = &self.program.steps[step] else { return Next::Failed };
        let here = (place < self.text.len()).then(|| self.character(place).0);
        for (at, (start, begins)) in branches.iter().enumerate().skip(nth) {
            if begins.is_none_or(|set| here.is_some_and(|c| self.program.sets[set].contains(c))) {
                if at + 1 < branches.len() {
                    self.scratch.ways.push(Way::Branch { step, place, nth: at + 1 });
                }
                return Next::On(*start, place);
            }
        }
        Next::Failed
    }

    /// The last way that was left open.
    fn back(&mut self) -> Option<(usize, usize)> {
        loop {
            let next = match self.scratch.ways.pop()? {
                Way::At { step, place } => Next::On(step, place),
                Way::Word { step, place, nth } => self.word(step, place, nth),
                Way::Branch { step, place, nth } => self.branch(step, place, nth),
                Way::Less { step, least, place } => {
                    let mut place = place - 1;
                    while self.text[place] & 0xc0 == 0x80 {
                        place -= 1;
                    }
                    if place > least {
                        self.scratch.ways.push(Way::Less { step, least, place });
                    }
                    if self.has_failed_behind(step, place) { Next::Failed } else { Next::On(step + 1, place) }
                }
                Way::More { step, place, left } => self.one_more(step, place, left),
                Way::Restore { slot, place } => {
                    self.scratch.slots[slot] = place;
                    Next::Failed
                }
            };
            if let Next::On(step, place) = next {
                return Some((step, place));
            }
        }
    }

    fn one_more(&mut self, step: usize, place: usize, left: u32) -> Next {
        let Step::Run { set, .. } = &self.program.steps[step] else { return Next::Failed };
        if place >= self.text.len() {
            return Next::Failed;
        }
        let (c, len) = self.character(place);
        if !self.program.sets[*set].contains(c) {
            return Next::Failed;
        }
        let place = place + len;
        if left > 1 {
            self.scratch.ways.push(Way::More { step, place, left: left - 1 });
        }
        if self.has_failed_behind(step, place) { Next::Failed } else { Next::On(step + 1, place) }
    }

    /// Whether this step is known to lead nowhere from here; from now on it is, unless it leads to a match.
    fn has_failed(&mut self, step: usize, place: usize) -> bool {
        if !self.remembers {
            self.patience -= 1;
            self.remembers = self.patience == 0;
            return false;
        }
        self.remember(step, place)
    }

    /// As [`Self::has_failed`], of what follows a run that ends here.
    fn has_failed_behind(&mut self, step: usize, place: usize) -> bool {
        self.has_failed(self.program.steps.len() + step, place)
    }

    #[cold]
    fn remember(&mut self, key: usize, place: usize) -> bool {
        let failed = &mut self.scratch.failed;
        if failed.len() <= key {
            failed.resize(key + 1, Vec::new());
        }
        if failed[key].is_empty() {
            failed[key] = vec![0; self.text.len() / 64 + 1];
        }
        let (word, bit) = (&mut failed[key][place / 64], 1 << (place % 64));
        let known = *word & bit != 0;
        *word |= bit;
        known
    }
}

enum Next {
    On(usize, usize),
    Failed,
    Found,
}

/// The code point at a place of a text in UTF-8, and its bytes.
#[inline]
pub fn character(text: &[u8], place: usize) -> (u32, usize) {
    let more = |byte: u8| u32::from(byte & 0x3f);
    match text[place..] {
        [first @ 0xe0..=0xef, second, third, ..] => (u32::from(first & 0xf) << 12 | more(second) << 6 | more(third), 3),
        [first @ 0..=0x7f, ..] => (first.into(), 1),
        [first @ 0xc0..=0xdf, second, ..] => (u32::from(first & 0x1f) << 6 | more(second), 2),
        [first, second, third, fourth, ..] => {
            (u32::from(first & 7) << 18 | more(second) << 12 | more(third) << 6 | more(fourth), 4)
        }
        // Text in UTF-8 does not end inside a character.
        _ => (0, 1),
    }
}

/// The code point before a place of a text in UTF-8, and its bytes.
#[inline]
pub fn character_before(text: &[u8], place: usize) -> (u32, usize) {
    let mut start = place - 1;
    while text[start] & 0xc0 == 0x80 {
        start -= 1;
    }
    character(text, start)
}
