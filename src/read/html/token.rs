//! HTML → tokens with their place in the source.
//!
//! `html5gum` tokenises by the standard, so broken markup is read as a browser reads it. It gives places of tags and of
//! runs of text; where a run holds character references, they are found here, because each must keep its own place.

use super::tags::{self, Tag};
use crate::read::Piece;
use crate::span::Span;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Token as GumToken, Tokenizer};
use std::collections::HashMap;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    Text(Span),
    Open(Open),
    Close(&'static Tag, Span),
    /// A comment, a script's body, a doctype: no text.
    Markup(Span),
}

/// A start tag, with what of its attributes matters here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    pub tag: &'static Tag,
    pub span: Span,
    /// `hidden`, `display:none`
    pub hidden: bool,
    pub colspan: usize,
    pub rowspan: usize,
    /// The number that an `<ol>` begins with, or an `<li>` has.
    pub start: Option<u32>,
    /// `<ol type="A">`; `None` where the list shows no numbers (`list-style: none`).
    pub numbering: Option<u8>,
}

/// The tokens of a part of a source, in order, not overlapping. Tags without meaning for the text are left out.
pub fn tokens(text: &str, part: Span) -> Vec<Token> {
    let from = part.start;
    let mut found = Found { text, tokens: Vec::new(), open: None, attribute: Vec::new(), raw: None };
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: html5gum::Span<usize>| -> Option<()> {
        found.event(&event, from + span.start..from + span.end);
        None
    });
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(&text[part], emitter).for_each(drop);
    found.tokens
}

struct Found<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    /// The start tag that is being read, when it matters.
    open: Option<Open>,
    /// Name of the attribute that is being read.
    attribute: Vec<u8>,
    /// Inside `<script>` and the like, whose text is none.
    raw: Option<&'static Tag>,
}

impl Found<'_> {
    fn event(&mut self, event: &CallbackEvent<'_>, span: Span) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.attribute.clear();
                self.open = tags::find(name).map(|tag| Open::new(tag, span));
            }
            CallbackEvent::AttributeName { name } => {
                if let Some(open) = &mut self.open {
                    open.hidden |= *name == b"hidden";
                    self.attribute.clear();
                    self.attribute.extend_from_slice(name);
                }
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some(open) = &mut self.open {
                    open.attribute(&self.attribute, value);
                }
            }
            CallbackEvent::CloseStartTag { .. } => {
                if let Some(mut open) = self.open.take() {
                    open.span.end = span.end.max(open.span.end);
                    self.raw = (open.tag.kind == tags::Kind::Raw).then_some(open.tag);
                    self.push(Token::Open(open));
                }
            }
            CallbackEvent::EndTag { name } => {
                // Attributes of an end tag are nobody's.
                self.open = None;
                if let Some(tag) = tags::find(name) {
                    self.raw = None;
                    self.push(Token::Close(tag, span));
                }
            }
            CallbackEvent::String { .. } if self.raw.is_some() => self.push(Token::Markup(span)),
            CallbackEvent::String { .. } => self.push(Token::Text(span)),
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } => self.push(Token::Markup(span)),
            CallbackEvent::Error(_) => {}
        }
    }

    /// Keeps a token whose place is one: in order and on character boundaries. The tokeniser's places always were; what
    /// would not be is left to be recorded as markup, rather than to break an invariant.
    fn push(&mut self, token: Token) {
        let span = token.span();
        let end = self.tokens.last().map_or(0, |last| last.span().end);
        if span.start >= end && span.start < span.end && self.text.get(span.clone()).is_some() {
            self.tokens.push(token);
        }
    }
}

impl Token {
    pub fn span(&self) -> &Span {
        match self {
            Self::Text(span) | Self::Close(_, span) | Self::Markup(span) => span,
            Self::Open(open) => &open.span,
        }
    }
}

impl Open {
    /// A tag without attributes.
    pub fn new(tag: &'static Tag, span: Span) -> Self {
        Self { tag, span, hidden: false, colspan: 1, rowspan: 1, start: None, numbering: Some(b'1') }
    }

    fn attribute(&mut self, name: &[u8], value: &[u8]) {
        let number = || std::str::from_utf8(value).ok()?.trim().parse::<u32>().ok();
        match name {
            b"colspan" => self.colspan = number().map_or(1, |n| n.clamp(1, MOST_COLUMNS) as usize),
            // Browsers read 0 as "to the end of the table".
            b"rowspan" => self.rowspan = number().map_or(1, |n| if n == 0 { usize::MAX } else { n as usize }),
            b"start" | b"value" => self.start = number(),
            b"type" => self.numbering = value.first().copied().filter(|_| value.len() == 1).or(self.numbering),
            b"style" => {
                let style: Vec<u8> =
                    value.iter().filter(|b| !b.is_ascii_whitespace()).map(u8::to_ascii_lowercase).collect();
                let has = |what: &[u8]| memchr::memmem::find(&style, what).is_some();
                self.hidden |= has(b"display:none") || has(b"visibility:hidden");
                if has(b"list-style:none") || has(b"list-style-type:none") {
                    self.numbering = None;
                }
            }
            _ => {}
        }
    }
}

/// A cell wider than any real table; the standard says 1000.
const MOST_COLUMNS: u32 = 200;

/// Reads character references, each once.
#[derive(Default)]
pub struct References<'t> {
    known: HashMap<&'t str, Option<(Box<str>, usize)>>,
}

impl<'t> References<'t> {
    /// Cuts a run of text into pieces, so that each character reference is one.
    pub fn pieces(&mut self, text: &'t str, span: Span, mut push: impl FnMut(Piece)) {
        let mut from = span.start;
        for at in memchr::memchr_iter(b'&', &text.as_bytes()[span.clone()]) {
            let at = span.start + at;
            if at < from {
                continue;
            }
            let rest = &text[at..span.end];
            let body =
                rest[1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '#').map_or(rest.len(), |len| len + 1);
            let len = body + usize::from(rest[body..].starts_with(';'));
            let Some((reads, len)) = self.known.entry(&rest[..len]).or_insert_with_key(|key| reference(key)) else {
                continue;
            };
            if from < at {
                push(Piece::plain(from..at));
            }
            push(Piece::rewritten(at..at + *len, reads.clone()));
            from = at + *len;
        }
        if from < span.end {
            push(Piece::plain(from..span.end));
        }
    }
}

/// What `&…` at the start of a text reads, and its length there: `&nbspx` is a blank of five bytes. `None` for a mere
/// ampersand.
fn reference(text: &str) -> Option<(Box<str>, usize)> {
    let mut reads = String::new();
    for token in Tokenizer::new(text) {
        if let Ok(GumToken::String(string)) = token {
            reads.push_str(&String::from_utf8_lossy(&string));
        }
    }
    // What follows a reference stays as it is.
    let same = reads.bytes().rev().zip(text.bytes().rev()).take_while(|(a, b)| a == b).count();
    let same = if text.ends_with(';') { 0 } else { same };
    let reads = &reads[..reads.len() - same];
    // NUL and the surrogates are read as the replacement character, which says nothing.
    (reads != &text[..text.len() - same] && !reads.is_empty()).then(|| (reads.into(), text.len() - same))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Vec<String> {
        let mut references = References::default();
        let mut out = Vec::new();
        for token in tokens(text, 0..text.len()) {
            match token {
                Token::Text(span) => references.pieces(text, span, |p| out.push(p.seen(text).to_owned())),
                Token::Open(open) => out.push(format!("<{}>", open.tag.name)),
                Token::Close(tag, _) => out.push(format!("</{}>", tag.name)),
                Token::Markup(span) => out.push(format!("[{}]", &text[span])),
            }
        }
        out
    }

    #[test]
    fn tags_text_and_comments_are_told_apart() {
        assert_eq!(seen("<P class=a>甲<br/>乙</p><!-- x -->"), ["<p>", "甲", "<br>", "乙", "</p>", "[<!-- x -->]"]);
        assert_eq!(seen("<script>if (a<b) '<p>'</script>丙"), ["<script>", "[if (a<b) '<p>']", "</script>", "丙"]);
        assert_eq!(seen("P<0.05，<2023年工作要点>"), ["P<0.05，<2023年工作要点>"]);
    }

    #[test]
    fn character_references_keep_their_place() {
        assert_eq!(seen("甲&nbsp;&ldquo;乙&#8212;&amp;"), ["甲", "\u{a0}", "“", "乙", "—", "&"]);
        assert_eq!(seen("A&B，R&D经费&nosuch;"), ["A&B，R&D经费&nosuch;"]);
        assert_eq!(seen("&nbspx"), ["\u{a0}", "x"]);
        assert_eq!(seen("&#x4e00;&#0;"), ["一", "\u{fffd}"]);
    }

    #[test]
    fn attributes_that_matter_are_read() {
        let read = |text: &str| match &tokens(text, 0..text.len())[0] {
            Token::Open(open) => open.clone(),
            other => panic!("{other:?}"),
        };
        assert!(read("<div style='color:red; DISPLAY : none'>").hidden);
        assert_eq!((read("<td colspan=2 rowspan=\"3\">").colspan, read("<td rowspan=\"3\">").rowspan), (2, 3));
        assert_eq!(read("<ol style=\"list-style-type: none\">").numbering, None);
        assert_eq!(read("<ol start=4>").start, Some(4));
    }
}
