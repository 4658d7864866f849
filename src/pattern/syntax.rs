//! The syntax of patterns: that of the `regex` crate, as far as patterns of Chinese prose need it.
//!
//! Literals, `.`, `[…]`, `[^…]`, `\s`, `\S`, `\d` (a digit in either width), `\p{Han}`, `\u{4e00}`, `^`, `$`, `|`, `(…)`,
//! `(?:…)`, `(?<name>…)`, `*`, `+`, `?`, `{2}`, `{2,}`, `{2,5}`, each also lazy, and `(?x)` at the start, which lets blanks lay a
//! pattern out.

use super::set::Set;
use std::iter::Peekable;
use std::str::Chars;

/// What a pattern says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    Literal(String),
    Set(Set),
    /// The start of the text.
    Start,
    /// The end of the text.
    End,
    /// One after the other; of none, nothing.
    Sequence(Vec<Node>),
    /// The first that leads to a match.
    Choice(Vec<Node>),
    Repeat {
        node: Box<Node>,
        least: u32,
        most: Option<u32>,
        lazy: bool,
    },
    /// A group that is remembered, by its number from 1 on.
    Group(usize, Box<Node>),
}

impl Node {
    /// The set that a node is; a literal of one character is one.
    pub fn as_set(&self) -> Option<Set> {
        match self {
            Self::Set(set) => Some(set.clone()),
            Self::Literal(text) => {
                let mut chars = text.chars();
                chars.next().filter(|_| chars.next().is_none()).map(Set::one)
            }
            _ => None,
        }
    }
}

/// A pattern with the names of its groups; group 0 is the whole match.
#[derive(Debug)]
pub struct Parsed {
    pub node: Node,
    pub names: Vec<Option<String>>,
}

/// Reads a pattern.
///
/// # Errors
/// What is not understood, and the rest of the pattern there.
pub fn parse(pattern: &str) -> Result<Parsed, String> {
    let (laid_out, pattern) = pattern.strip_prefix("(?x)").map_or((false, pattern), |rest| (true, rest));
    let mut parser = Parser { rest: pattern.chars().peekable(), laid_out, names: vec![None] };
    let node = parser.choice()?;
    match parser.rest.peek() {
        None => Ok(Parsed { node, names: parser.names }),
        Some(_) => Err(parser.fault("a closing bracket without its opening one")),
    }
}

struct Parser<'p> {
    rest: Peekable<Chars<'p>>,
    laid_out: bool,
    names: Vec<Option<String>>,
}

/// The widest count of a repeat: copies of what is repeated are laid side by side.
const MOST_COPIES: u32 = 1000;

impl Parser<'_> {
    fn fault(&self, what: &str) -> String {
        format!("{what}, before {:?}", self.rest.clone().collect::<String>())
    }

    fn take(&mut self, c: char) -> bool {
        self.rest.next_if_eq(&c).is_some()
    }

    fn expect(&mut self, c: char) -> Result<(), String> {
        if self.take(c) { Ok(()) } else { Err(self.fault(&format!("{c} is missing"))) }
    }

    fn choice(&mut self) -> Result<Node, String> {
        let mut branches = vec![self.sequence()?];
        while self.take('|') {
            branches.push(self.sequence()?);
        }
        Ok(choice_of(branches))
    }

    fn sequence(&mut self) -> Result<Node, String> {
        let mut nodes: Vec<Node> = Vec::new();
        loop {
            while self.laid_out && self.rest.next_if(|c| c.is_whitespace()).is_some() {}
            let Some(&c) = self.rest.peek() else { break };
            if matches!(c, '|' | ')') {
                break;
            }
            self.rest.next();
            let node = match c {
                '(' => self.group()?,
                '[' => Node::Set(self.class()?),
                '.' => Node::Set(Set::one('\n').negated()),
                '^' => Node::Start,
                '$' => Node::End,
                '\\' => self.escape()?,
                '*' | '+' | '?' | '{' => return Err(self.fault(&format!("nothing to repeat for {c}"))),
                c => Node::Literal(c.into()),
            };
            let node = self.repeat(node)?;
            // Characters that adjoin are one literal.
            match (nodes.last_mut(), node) {
                (Some(Node::Literal(before)), Node::Literal(more)) => before.push_str(&more),
                (_, node) => nodes.push(node),
            }
        }
        Ok(if nodes.len() == 1 { nodes.remove(0) } else { Node::Sequence(nodes) })
    }

    fn group(&mut self) -> Result<Node, String> {
        let number = if self.take('?') {
            if self.take(':') {
                None
            } else {
                self.expect('<')?;
                let mut name = String::new();
                while let Some(c) = self.rest.next_if(|&c| c != '>') {
                    name.push(c);
                }
                self.expect('>')?;
                self.names.push(Some(name));
                Some(self.names.len() - 1)
            }
        } else {
            self.names.push(None);
            Some(self.names.len() - 1)
        };
        let inner = self.choice()?;
        self.expect(')')?;
        Ok(match number {
            Some(number) => Node::Group(number, Box::new(inner)),
            None => inner,
        })
    }

    /// What stands behind `[`.
    fn class(&mut self) -> Result<Set, String> {
        let negated = self.take('^');
        let mut sets = Vec::new();
        loop {
            let c = self.rest.next().ok_or_else(|| self.fault("] is missing"))?;
            let first = match c {
                ']' => break,
                '[' => return Err(self.fault("[ in a class wants a \\ before it")),
                '\\' => match self.escape()? {
                    Node::Set(inner) => {
                        sets.push(inner);
                        continue;
                    }
                    Node::Literal(c) => c.chars().next().unwrap_or('\\'),
                    _ => return Err(self.fault("no character")),
                },
                c => c,
            };
            // A hyphen at the end of a class is itself.
            let mut ahead = self.rest.clone();
            let ranges = ahead.next() == Some('-') && ahead.next().is_some_and(|c| c != ']');
            let last = if ranges {
                self.rest.next();
                match self.rest.next() {
                    Some('\\') => match self.escape()? {
                        Node::Literal(c) => c.chars().next().unwrap_or('\\'),
                        _ => return Err(self.fault("no character")),
                    },
                    Some(c) => c,
                    None => return Err(self.fault("] is missing")),
                }
            } else {
                first
            };
            sets.push(Set::of(&[(first, last)]));
        }
        let set = Set::union(sets);
        Ok(if negated { set.negated() } else { set })
    }

    /// What stands behind `\`.
    fn escape(&mut self) -> Result<Node, String> {
        let c = self.rest.next().ok_or_else(|| self.fault("nothing behind \\"))?;
        Ok(match c {
            's' => Node::Set(Set::blanks()),
            'd' => Node::Set(Set::of(&[('0', '9'), ('０', '９')])),
            'S' => Node::Set(Set::blanks().negated()),
            't' => Node::Literal('\t'.into()),
            'n' => Node::Literal('\n'.into()),
            'p' => {
                "{Han}".chars().try_for_each(|c| self.expect(c))?;
                Node::Set(han())
            }
            'u' => {
                self.expect('{')?;
                let mut digits = String::new();
                while let Some(c) = self.rest.next_if(char::is_ascii_hexdigit) {
                    digits.push(c);
                }
                self.expect('}')?;
                let c = u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32);
                Node::Literal(c.ok_or_else(|| self.fault("no code point"))?.into())
            }
            c if c.is_ascii_punctuation() => Node::Literal(c.into()),
            _ => return Err(self.fault(&format!("\\{c} is not known"))),
        })
    }

    /// The node with the count behind it, if there is one.
    fn repeat(&mut self, node: Node) -> Result<Node, String> {
        let Some(c) = self.rest.next_if(|c| matches!(c, '*' | '+' | '?' | '{')) else { return Ok(node) };
        let (least, most) = match c {
            '*' => (0, None),
            '+' => (1, None),
            '?' => (0, Some(1)),
            _ => {
                let least = self.number()?;
                let most = match self.take(',') {
                    false => Some(least),
                    true if self.rest.peek() == Some(&'}') => None,
                    true => Some(self.number()?),
                };
                self.expect('}')?;
                (least, most)
            }
        };
        if most.is_some_and(|most| most < least) {
            return Err(self.fault("no such count"));
        }
        let lazy = self.take('?');
        Ok(Node::Repeat { node: Box::new(node), least, most, lazy })
    }

    fn number(&mut self) -> Result<u32, String> {
        let mut number = 0;
        let mut any = false;
        while let Some(digit) = self.rest.peek().and_then(|c| c.to_digit(10)) {
            self.rest.next();
            any = true;
            number = (number * 10 + digit).min(MOST_COPIES + 1);
        }
        if any && number <= MOST_COPIES { Ok(number) } else { Err(self.fault("no such count")) }
    }
}

/// Han of the first plane: the rest of them stands in no official document, and makes sets large.
fn han() -> Set {
    Set::of(&[('〇', '〇'), ('㐀', '鿿')])
}

/// Characters to choose from are a set.
fn choice_of(mut branches: Vec<Node>) -> Node {
    if branches.len() == 1 {
        return branches.remove(0);
    }
    match branches.iter().map(Node::as_set).collect::<Option<Vec<Set>>>() {
        Some(sets) => Node::Set(Set::union(sets)),
        None => Node::Choice(branches),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_told_with_its_place() {
        for (pattern, said) in [
            ("(元", ") is missing, before \"\""),
            ("元)万", "a closing bracket without its opening one, before \")万\""),
            ("[元", "] is missing"),
            ("*元", "nothing to repeat for *, before \"元\""),
            ("元{3,2}", "no such count"),
            ("元{2001}", "no such count, before \"}\""),
            (r"\w元", r"\w is not known, before "),
            ("(?i)元", "< is missing, before \"i)元\""),
            (r"\u{110000}", "no code point"),
        ] {
            let told = parse(pattern).map(|_| ()).expect_err(pattern);
            assert!(told.contains(said), "{pattern}: {told}");
        }
    }

    #[test]
    fn a_choice_of_characters_is_a_set() {
        let parsed = parse("百|千|[万亿]").expect("a pattern");
        assert_eq!(parsed.node, parse("[百千万亿]").expect("a pattern").node);
        assert_eq!(parse(r"[\d一]").expect("a pattern").node, parse("[0-9０-９一]").expect("a pattern").node);
    }
}
