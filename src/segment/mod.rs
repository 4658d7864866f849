//! Paragraphs become documents, and each document a tree of numbered provisions with its tables.

mod contents;
mod document;
mod glued;
pub mod heading;
mod listed;
pub mod metadata;
mod one_line;
pub mod outline;
mod parts;
mod starts;
pub mod table;
pub mod tree;
mod unread;

use crate::normalise::Text;
use crate::span::Span;
use outline::Outline;

/// Segments a cleaned text. Diagnostics carry spans of the source.
pub fn segment(text: &Text) -> Outline {
    let issue = starts::issue(text, &text.paragraphs);
    let listed = if issue.is_some() { contents::heads(text) } else { Vec::new() };
    let paragraphs = glued::part(text, &listed);
    let starts = starts::find(text, &paragraphs, issue.is_some(), &listed);
    let mut outline = Outline { issue, ..Outline::default() };
    for (i, start) in starts.iter().enumerate() {
        let end = starts.get(i + 1).map_or(paragraphs.len(), |next| next.at);
        document::add(&mut outline, text, &paragraphs[start.at..end], start.kind);
    }
    listed::check(&mut outline, text);
    unread::check(&mut outline, text);
    outline
}

/// The source span behind a span of the cleaned text.
fn in_source(text: &Text, span: &Span) -> Span {
    text.map.source(span)
}
