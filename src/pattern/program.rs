//! A pattern as a list of steps.

use super::anchor::{Anchor, narrow};
use super::edges::{at_end, at_start, begins, body, last, lead, needs};
use super::set::{Set, Signature};
use super::syntax::Node;
use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// One step; unless it says otherwise, the next one follows.
#[derive(Debug)]
pub enum Step {
    /// These bytes of [`Program::literals`].
    Literal(Range<usize>),
    /// One character of a set, by its index.
    Set(usize),
    /// Characters of a set, as many as lead to a match: first the most, or the fewest where lazy. `whole`: with fewer than
    /// the most, what follows cannot go on.
    Run {
        set: usize,
        least: u32,
        most: u32,
        lazy: bool,
        whole: bool,
    },
    /// One of many words, by the index of the list: the first in its order that leads to a match.
    Word(usize),
    /// The first of the branches that leads to a match: where it begins, and which characters can begin it.
    Branch(Vec<(usize, Option<usize>)>),
    /// What follows, or what stands at the step: the first that leads to a match. Only a character of the set can begin
    /// what is optional.
    Split {
        skip_to: usize,
        lazy: bool,
        begins: Option<usize>,
    },
    Jump(usize),
    /// Remembers the place.
    Save(usize),
    Start,
    End,
    Match,
}

/// Words by their first character, each list in the order of the pattern.
#[derive(Debug)]
pub struct Words {
    first: Set,
    lists: Vec<(u32, Vec<Range<usize>>)>,
}

impl Words {
    /// The words that begin with a character.
    pub fn of(&self, c: u32) -> &[Range<usize>] {
        if !self.first.contains(c) {
            return &[];
        }
        self.lists.binary_search_by_key(&c, |(first, _)| *first).map_or(&[], |at| &self.lists[at].1)
    }
}

#[derive(Debug)]
pub struct Program {
    pub steps: Vec<Step>,
    pub literals: String,
    pub sets: Vec<Set>,
    pub words: Vec<Words>,
    /// Characters that a match can begin with; `None` when it may be empty.
    pub first: Option<Signature>,
    /// Where every match ends with the text, the characters of which it consists, if they are not nearly all.
    pub tail: Option<Set>,
    /// Sets of the endless runs that a match can begin with: what fails at the start of such a run fails inside it too.
    pub leads: Vec<Set>,
    /// Characters that a match can begin with in another way.
    pub other_leads: Set,
    /// Every match stands at the start of the text.
    pub at_start: bool,
    /// Where every match ends with the text, the characters that it can end with.
    pub last: Option<Set>,
    /// Places that are remembered: two for each group.
    pub slots: usize,
    /// Steps from one start until failures are remembered.
    pub patience: u32,
    node: Node,
    hints: OnceLock<Hints>,
    asked: AtomicU32,
}

/// What tells without a search, or with a short one, where no match is.
#[derive(Debug)]
pub struct Hints {
    /// Characters of which each match holds at least one, list by list.
    pub needs: Vec<Vec<u32>>,
    /// Where matches can begin; `None` where nothing tells.
    pub anchor: Option<Anchor>,
}

impl Hints {
    fn of(node: &Node) -> Self {
        let sets = needs(node);
        let mut needs: Vec<Vec<u32>> = sets.iter().filter_map(Set::listed).collect();
        needs.sort_by_key(Vec::len);
        needs.dedup();
        Self { needs, anchor: Anchor::new(node, &sets, narrow(body(node))) }
    }
}

/// Finding the hints takes as long as about so many searches.
const SELDOM: u32 = 256;

const PATIENCE: u32 = 1024;

/// A bit is kept for each of them.
const MOST_LEADS: usize = 32;

/// A list of words is looked up by its first character from this many on.
const MANY: usize = 3;

impl Program {
    /// # Errors
    /// When a pattern repeats what may be empty, which could go on for ever.
    pub fn new(node: Node, groups: usize) -> Result<Self, String> {
        let mut program = Self {
            steps: Vec::new(),
            literals: String::new(),
            sets: Vec::new(),
            words: Vec::new(),
            first: None,
            tail: None,
            leads: Vec::new(),
            other_leads: Set::default(),
            at_start: at_start(&node),
            last: last(&node),
            slots: groups * 2,
            patience: PATIENCE,
            node: Node::Sequence(Vec::new()),
            hints: OnceLock::new(),
            asked: AtomicU32::new(0),
        };
        program.add(&node)?;
        program.steps.push(Step::Match);
        let (first, empty) = begins(&node);
        program.first = (!empty).then(|| first.signature());
        if at_end(&node) {
            program.tail = narrow(body(&node));
        }
        let lead = lead(&node);
        let mut others = lead.others;
        for run in lead.runs {
            if program.leads.len() == MOST_LEADS {
                others.push(run);
            } else if !program.leads.contains(&run) {
                program.leads.push(run);
            }
        }
        program.other_leads = Set::union(others);
        program.settle_runs();
        program.node = node;
        Ok(program)
    }

    /// The hints, once the pattern is looked for so often that they pay.
    #[inline]
    pub fn hints(&self) -> Option<&Hints> {
        match self.hints.get() {
            None if self.asked.fetch_add(1, Ordering::Relaxed) < SELDOM => None,
            None => Some(self.found_hints()),
            found => found,
        }
    }

    pub fn found_hints(&self) -> &Hints {
        self.hints.get_or_init(|| Hints::of(&self.node))
    }

    /// Finds the runs that need not be tried shorter: what follows can begin with no character of theirs.
    fn settle_runs(&mut self) {
        for at in 0..self.steps.len() {
            let Step::Run { set, .. } = self.steps[at] else { continue };
            let apart = self.goes_on_apart(at + 1, &self.sets[set], &mut vec![false; self.steps.len()]);
            if let Step::Run { whole, .. } = &mut self.steps[at] {
                *whole = apart;
            }
        }
    }

    /// Whether what goes on from a step can begin with no character of a set. The end of the pattern is no matter: it is
    /// reached from the longest run too.
    fn goes_on_apart(&self, step: usize, set: &Set, seen: &mut [bool]) -> bool {
        if std::mem::replace(&mut seen[step], true) {
            return true;
        }
        let mut on = |step: usize| self.goes_on_apart(step, set, seen);
        match &self.steps[step] {
            Step::Literal(literal) => {
                let first = self.literals[literal.clone()].chars().next();
                first.is_some_and(|c| !set.contains(c.into()))
            }
            Step::Set(other) => !set.meets(&self.sets[*other]),
            Step::Run { set: other, least, .. } => !set.meets(&self.sets[*other]) && (*least > 0 || on(step + 1)),
            Step::Word(list) => !set.meets(&self.words[*list].first),
            Step::Branch(branches) => branches.iter().all(|&(branch, _)| on(branch)),
            Step::Split { skip_to, .. } => on(*skip_to) && on(step + 1),
            Step::Jump(to) => on(*to),
            Step::Save(_) | Step::End => on(step + 1),
            // A run of no character may stand at the start.
            Step::Start => false,
            Step::Match => true,
        }
    }

    fn add(&mut self, node: &Node) -> Result<(), String> {
        match node {
            Node::Literal(text) => {
                let literal = self.literal(text);
                self.steps.push(Step::Literal(literal));
            }
            Node::Set(set) => {
                let set = self.set(set);
                self.steps.push(Step::Set(set));
            }
            Node::Start => self.steps.push(Step::Start),
            Node::End => self.steps.push(Step::End),
            Node::Sequence(nodes) => nodes.iter().try_for_each(|node| self.add(node))?,
            Node::Choice(branches) => self.choice(branches)?,
            Node::Repeat { node, least, most, lazy } => self.repeat(node, *least, *most, *lazy)?,
            Node::Group(number, node) => {
                self.steps.push(Step::Save(number * 2));
                self.add(node)?;
                self.steps.push(Step::Save(number * 2 + 1));
            }
        }
        Ok(())
    }

    fn choice(&mut self, branches: &[Node]) -> Result<(), String> {
        let literals: Option<Vec<&str>> = branches.iter().map(literal_of).collect();
        if let Some(words) = literals.filter(|words| words.len() >= MANY) {
            self.words(&words);
            return Ok(());
        }
        let branch = self.steps.len();
        self.steps.push(Step::Branch(Vec::new()));
        let (mut starts, mut ends) = (Vec::new(), Vec::new());
        for node in branches {
            let begins = self.begins(node);
            starts.push((self.steps.len(), begins));
            self.add(node)?;
            ends.push(self.steps.len());
            self.steps.push(Step::Jump(0));
        }
        // The last branch goes on by itself.
        self.steps.pop();
        let end = self.steps.len();
        for at in &ends[..ends.len() - 1] {
            self.steps[*at] = Step::Jump(end);
        }
        self.steps[branch] = Step::Branch(starts);
        Ok(())
    }

    fn words(&mut self, words: &[&str]) {
        let mut lists: Vec<(u32, Vec<Range<usize>>)> = Vec::new();
        for word in words {
            let Some(first) = word.chars().next().map(u32::from) else { continue };
            let literal = self.literal(word);
            match lists.iter_mut().find(|(c, _)| *c == first) {
                Some((_, list)) => list.push(literal),
                None => lists.push((first, vec![literal])),
            }
        }
        lists.sort_by_key(|(first, _)| *first);
        self.steps.push(Step::Word(self.words.len()));
        let first = Set::union(words.iter().filter_map(|word| word.chars().next()).map(Set::one));
        self.words.push(Words { first, lists });
    }

    fn repeat(&mut self, node: &Node, least: u32, most: Option<u32>, lazy: bool) -> Result<(), String> {
        if let Some(set) = node.as_set() {
            let set = self.set(&set);
            self.steps.push(match (least, most) {
                (1, Some(1)) => Step::Set(set),
                _ => Step::Run { set, least, most: most.unwrap_or(u32::MAX), lazy, whole: false },
            });
            return Ok(());
        }
        for _ in 0..least {
            self.add(node)?;
        }
        let begins_with = self.begins(node);
        match most {
            None => {
                if begins(node).1 {
                    return Err("what is repeated may be empty".into());
                }
                // Split, body, back to the split.
                let split = self.steps.len();
                self.steps.push(Step::Match);
                self.add(node)?;
                self.steps.push(Step::Jump(split));
                self.steps[split] = Step::Split { skip_to: self.steps.len(), lazy, begins: begins_with };
            }
            Some(most) => {
                // Each optional copy may be left out with all that follow it.
                let mut splits = Vec::new();
                for _ in least..most {
                    splits.push(self.steps.len());
                    self.steps.push(Step::Match);
                    self.add(node)?;
                }
                let end = self.steps.len();
                for split in splits {
                    self.steps[split] = Step::Split { skip_to: end, lazy, begins: begins_with };
                }
            }
        }
        Ok(())
    }

    fn literal(&mut self, text: &str) -> Range<usize> {
        let start = self.literals.len();
        self.literals.push_str(text);
        start..self.literals.len()
    }

    fn set(&mut self, set: &Set) -> usize {
        if let Some(at) = self.sets.iter().position(|known| known == set) {
            return at;
        }
        self.sets.push(set.clone());
        self.sets.len() - 1
    }

    /// The set of what a node can begin with; `None` when it may be empty.
    fn begins(&mut self, node: &Node) -> Option<usize> {
        let (set, empty) = begins(node);
        (!empty).then(|| self.set(&set))
    }
}

fn literal_of(node: &Node) -> Option<&str> {
    match node {
        Node::Literal(text) => Some(text),
        _ => None,
    }
}
