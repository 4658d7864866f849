//! What all matches of a node have in common: the characters at their edges, those that they need, how they begin.

use super::set::Set;
use super::syntax::Node;

/// The characters that a node can begin with, and whether it may be empty.
pub fn begins(node: &Node) -> (Set, bool) {
    edge(node, false)
}

/// The characters that stand at an edge of what a node matches, its start or its end, and whether it may be empty.
fn edge(node: &Node, at_end: bool) -> (Set, bool) {
    match node {
        Node::Literal(text) => {
            let c = if at_end { text.chars().next_back() } else { text.chars().next() };
            (c.map(Set::one).unwrap_or_default(), text.is_empty())
        }
        Node::Set(set) => (set.clone(), false),
        Node::Start | Node::End => (Set::default(), true),
        Node::Group(_, node) => edge(node, at_end),
        Node::Repeat { node, least, .. } => {
            let (set, empty) = edge(node, at_end);
            (set, empty || *least == 0)
        }
        Node::Sequence(nodes) => {
            let mut sets = Vec::new();
            let mut all_empty = true;
            for nth in 0..nodes.len() {
                let (set, empty) = edge(&nodes[if at_end { nodes.len() - 1 - nth } else { nth }], at_end);
                sets.push(set);
                all_empty = empty;
                if !empty {
                    break;
                }
            }
            (Set::union(sets), all_empty)
        }
        Node::Choice(branches) => {
            let (sets, empty): (Vec<Set>, Vec<bool>) = branches.iter().map(|branch| edge(branch, at_end)).unzip();
            (Set::union(sets), empty.contains(&true))
        }
    }
}

/// Characters that stand in most sentences, and as how many others they count.
const FREQUENT: (&str, u32) = ("的、，。；和与及或在于为以上中年一二三到至、者不人工作", 20);

/// How often one of the characters of a set stands in prose, roughly: most count one.
pub fn frequency(set: &Set) -> u32 {
    let (frequent, count) = FREQUENT;
    set.width() + (count - 1) * frequent.chars().map(|c| u32::from(set.contains(c.into()))).sum::<u32>()
}

/// Sets of which each match of a node holds a character: those of a sequence together, of a choice one of each
/// branch, the least frequent, as one.
pub fn needs(node: &Node) -> Vec<Set> {
    match node {
        Node::Literal(text) => text.chars().map(Set::one).collect(),
        Node::Set(set) => vec![set.clone()],
        Node::Start | Node::End => Vec::new(),
        Node::Group(_, node) => needs(node),
        Node::Repeat { node, least, .. } => {
            if *least > 0 {
                needs(node)
            } else {
                Vec::new()
            }
        }
        Node::Sequence(nodes) => nodes.iter().flat_map(needs).collect(),
        Node::Choice(branches) => {
            let mut branches: Vec<Vec<Set>> = branches.iter().map(needs).collect();
            branches.sort_by_key(Vec::len);
            // What one branch needs may do for others: 元 for 美元 and 日元.
            let mut chosen: Vec<Set> = Vec::new();
            for branch in branches {
                if !branch.iter().any(|set| chosen.contains(set)) {
                    let Some(set) = branch.into_iter().min_by_key(frequency) else { return Vec::new() };
                    chosen.push(set);
                }
            }
            vec![Set::union(chosen)]
        }
    }
}

/// Texts that stand in each match of a node.
pub fn literals(node: &Node) -> Vec<&str> {
    match node {
        Node::Literal(text) => vec![text],
        Node::Group(_, node) => literals(node),
        Node::Repeat { node, least, .. } if *least > 0 => literals(node),
        Node::Sequence(nodes) => nodes.iter().flat_map(literals).collect(),
        Node::Set(_) | Node::Start | Node::End | Node::Choice(_) | Node::Repeat { .. } => Vec::new(),
    }
}

/// How a match of a node can begin.
#[derive(Default)]
pub struct Lead {
    /// Sets of endless runs.
    pub runs: Vec<Set>,
    /// With a character of other sets.
    pub others: Vec<Set>,
    empty: bool,
}

impl Lead {
    /// Adds how else it can begin; whether it may be empty, the other alone says.
    fn join(&mut self, other: Self) {
        self.runs.extend(other.runs);
        self.others.extend(other.others);
        self.empty = other.empty;
    }
}

pub fn lead(node: &Node) -> Lead {
    match node {
        Node::Repeat { node, least, most: None, .. } if node.as_set().is_some() => {
            Lead { runs: node.as_set().into_iter().collect(), empty: *least == 0, ..Lead::default() }
        }
        Node::Group(_, node) => lead(node),
        Node::Repeat { node, least, .. } => {
            let inner = lead(node);
            Lead { empty: inner.empty || *least == 0, ..inner }
        }
        Node::Sequence(nodes) => {
            let mut all = Lead { empty: true, ..Lead::default() };
            for node in nodes {
                all.join(lead(node));
                if !all.empty {
                    break;
                }
            }
            all
        }
        Node::Choice(branches) => {
            let mut all = Lead::default();
            let mut any_empty = false;
            for branch in branches {
                all.join(lead(branch));
                any_empty |= all.empty;
            }
            Lead { empty: any_empty, ..all }
        }
        Node::Literal(_) | Node::Set(_) | Node::Start | Node::End => {
            let (set, empty) = begins(node);
            Lead { others: vec![set], empty, ..Lead::default() }
        }
    }
}

/// All characters that a match can hold.
pub fn body(node: &Node) -> Set {
    fn gather(node: &Node, sets: &mut Vec<Set>, literals: &mut Vec<(char, char)>) {
        match node {
            Node::Literal(text) => literals.extend(text.chars().map(|c| (c, c))),
            Node::Set(set) => sets.push(set.clone()),
            Node::Start | Node::End => {}
            Node::Group(_, node) | Node::Repeat { node, .. } => gather(node, sets, literals),
            Node::Sequence(nodes) | Node::Choice(nodes) => nodes.iter().for_each(|node| gather(node, sets, literals)),
        }
    }
    let (mut sets, mut literals) = (Vec::new(), Vec::new());
    gather(node, &mut sets, &mut literals);
    sets.push(Set::of(&literals));
    Set::union(sets)
}

/// The characters that a match can end with, where each ends with the text.
pub fn last(node: &Node) -> Option<Set> {
    match node {
        Node::Group(_, node) => last(node),
        Node::Sequence(nodes) => {
            let (end, before) = nodes.split_last()?;
            match end {
                Node::End => {
                    let (set, empty) = edge(&Node::Sequence(before.to_vec()), true);
                    (!empty).then_some(set)
                }
                end => last(end),
            }
        }
        Node::Choice(branches) => branches.iter().map(last).collect::<Option<Vec<Set>>>().map(Set::union),
        _ => None,
    }
}

/// Whether every match stands at the start of the text.
pub fn at_start(node: &Node) -> bool {
    is_tied(node, false)
}

/// Whether every match ends with the text.
pub fn at_end(node: &Node) -> bool {
    is_tied(node, true)
}

fn is_tied(node: &Node, to_end: bool) -> bool {
    match node {
        Node::Start => !to_end,
        Node::End => to_end,
        Node::Sequence(nodes) => {
            (if to_end { nodes.last() } else { nodes.first() }).is_some_and(|n| is_tied(n, to_end))
        }
        Node::Choice(branches) => branches.iter().all(|branch| is_tied(branch, to_end)),
        Node::Group(_, node) => is_tied(node, to_end),
        Node::Repeat { node, least, .. } => *least > 0 && is_tied(node, to_end),
        Node::Literal(_) | Node::Set(_) => false,
    }
}
