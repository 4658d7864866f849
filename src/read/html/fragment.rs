//! HTML in a plain text or in Markdown: `<p>…</p>`, `<br>`, a `<table>` in a line. Only what is surely a tag counts;
//! `P<0.05` and `<2023年工作要点>` are text.

use super::tags;
use super::token::{self, Token};
use crate::read::Line;
use crate::span::Span;
use regex::Regex;
use std::sync::LazyLock;

/// A tag that we know, whole and on its own.
static TAG: LazyLock<Regex> = LazyLock::new(|| {
    let mut names: Vec<&str> = tags::names().collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let pattern = format!(r#"(?i)</?(?:{})(?:\s[^<>]*)?/?>"#, names.join("|"));
    Regex::new(&pattern).expect("a test runs the pattern")
});

/// A character reference, whole: `&nbsp;`, `&#8212;`.
static REFERENCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"&(?:[A-Za-z]{2,8}|#[0-9]{1,6}|#[xX][0-9A-Fa-f]{1,5});").expect("a test runs the pattern")
});

static TABLE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?i)<(/?)table[\s>]").expect("a test runs the pattern"));

/// Whether a line holds a tag or a character reference.
pub fn is_html(line: &str) -> bool {
    has_tag(line) || memchr::memchr(b'&', line.as_bytes()).is_some() && REFERENCE.is_match(line)
}

fn has_tag(line: &str) -> bool {
    memchr::memchr(b'<', line.as_bytes()).is_some() && TAG.is_match(line)
}

/// Where the piece of HTML that begins on `line` ends: with the line, or with the tables opened in it.
pub fn end(text: &str, line: &Span) -> usize {
    let mut depth = 0i32;
    let mut end = line.end;
    for tag in TABLE.captures_iter(&text[line.start..]) {
        let at = line.start + tag.get_match().start();
        if at >= line.end && depth <= 0 {
            break;
        }
        depth += if tag[1].is_empty() { 1 } else { -1 };
        end = at;
    }
    // A table that never ends does not take the rest of the text with it.
    if depth > 0 || end <= line.end {
        return line.end;
    }
    text[end..].find('\n').map_or(text.len(), |len| end + len + 1)
}

/// The lines of a piece of HTML, and the comments in it. `hidden` is other markup, sorted: no text either.
pub fn lines(text: &str, span: &Span, hidden: &[Span]) -> (Vec<Line>, Vec<Span>) {
    let mut tokens = Vec::new();
    let mut at = span.start;
    for token in token::tokens(text, span.clone()) {
        if is_markup(text, &token) {
            push_text(at..token.span().start, hidden, &mut tokens);
            at = token.span().end;
            tokens.push(token);
        }
    }
    push_text(at..span.end, hidden, &mut tokens);
    let has_table = tokens.iter().any(|t| matches!(t, Token::Open(open) if open.tag.kind == tags::Kind::Table));
    let tabbed = !has_table && tokens.iter().any(|t| matches!(t, Token::Text(s) if text[s.clone()].contains('\t')));
    super::fragment_lines(text, &tokens, tabbed)
}

fn is_markup(text: &str, token: &Token) -> bool {
    let written = &text[token.span().clone()];
    match token {
        Token::Text(_) => false,
        Token::Markup(_) => written.starts_with("<!--"),
        Token::Open(_) | Token::Close(..) => TAG.find(written).is_some_and(|m| m.len() == written.len()),
    }
}

/// Text without the hidden pieces.
fn push_text(span: Span, hidden: &[Span], tokens: &mut Vec<Token>) {
    let mut at = span.start;
    let first = hidden.partition_point(|h| h.end <= span.start);
    for gone in hidden[first..].iter().take_while(|h| h.start < span.end) {
        if at < gone.start {
            tokens.push(Token::Text(at..gone.start));
        }
        at = at.max(gone.end);
    }
    if at < span.end {
        tokens.push(Token::Text(at..span.end));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_tag_is_text() {
        for text in ["P<0.05", "A&B；R&D;", "<3.5", "<2023年工作要点>", "a<b且c>d", "<abc>", "《<p》", "< p >"]
        {
            assert!(!is_html(text), "{text}");
        }
        for text in ["<p>", "甲<br/>乙", "<TD data-bbox=\"1 2\">", "</ol>", "甲&nbsp;", "R&amp;D", "乙&#8212;"] {
            assert!(is_html(text), "{text}");
        }
    }

    #[test]
    fn a_table_ends_where_it_ends() {
        let text = "<table><tr><td>甲\n</td></tr>\n</table>乙\n丙\n";
        assert_eq!(
            &text[..end(text, &(0.."<table><tr><td>甲\n".len()))],
            "<table><tr><td>甲\n</td></tr>\n</table>乙\n"
        );
        let unclosed = "<table><tr>\n丙\n";
        assert_eq!(end(unclosed, &(0..12)), 12);
    }
}
