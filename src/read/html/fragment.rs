//! HTML in a plain text or in Markdown: `<p>…</p>`, `<br>`, a `<table>` in a line. Only what is surely a tag counts;
//! `P<0.05` and `<2023年工作要点>` are text.

use super::tags::{self, Kind, Tag};
use super::token::{self, Open, Token};
use crate::read::Line;
use crate::read::text::line_end;
use crate::span::Span;
use regex::Regex;
use std::sync::LazyLock;

/// A character reference at the start of a text, whole: `&nbsp;`, `&#8212;`.
static REFERENCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^&(?:[A-Za-z]{2,8}|#[0-9]{1,6}|#[xX][0-9A-Fa-f]{1,5});").expect("a test runs the pattern")
});

/// Whether a line holds a tag or a character reference.
pub fn is_html(line: &str) -> bool {
    memchr::memchr2_iter(b'<', b'&', line.as_bytes()).any(|at| {
        let rest = &line[at..];
        if rest.starts_with('<') { WrittenTag::of(rest).is_some() } else { REFERENCE.is_match(rest) }
    })
}

/// A tag that we know, whole and on its own.
struct WrittenTag<'t> {
    tag: &'static Tag,
    ends: bool,
    attributes: &'t str,
    len: usize,
}

impl<'t> WrittenTag<'t> {
    /// The one that a text begins with.
    fn of(text: &'t str) -> Option<Self> {
        let rest = text.strip_prefix('<')?;
        let name = rest.strip_prefix('/').unwrap_or(rest);
        let (name, behind) = name.split_at(name.bytes().take_while(u8::is_ascii_alphanumeric).count());
        let tag = tags::find(name.as_bytes())?;
        let end = behind.find(['<', '>']).filter(|&end| behind[end..].starts_with('>'))?;
        let attributes = behind[..end].strip_suffix('/').unwrap_or(&behind[..end]);
        let whole = attributes.is_empty() || attributes.starts_with(char::is_whitespace);
        let len = text.len() - behind.len() + end + 1;
        whole.then(|| Self { tag, ends: rest.starts_with('/'), attributes, len })
    }
}

/// The tags in a text that begin and end a table, in order.
pub struct Tables(Vec<TableTag>);

struct TableTag {
    at: usize,
    /// Tables open behind it; fewer than none where one ends that did not begin.
    depth: i64,
    /// The smallest depth from here to the end of the text.
    lowest: i64,
}

impl Tables {
    pub fn of(text: &str) -> Self {
        let mut depth = 0;
        let mut found = Vec::new();
        for at in memchr::memchr_iter(b'<', text.as_bytes()) {
            let rest = &text[at + 1..];
            let name = rest.strip_prefix('/').unwrap_or(rest);
            if name.as_bytes().get(..5).is_some_and(|name| name.eq_ignore_ascii_case(b"table"))
                && name[5..].starts_with(|c: char| c == '>' || c.is_whitespace())
            {
                depth += if name.len() < rest.len() { -1 } else { 1 };
                found.push(TableTag { at, depth, lowest: depth });
            }
        }
        let mut lowest = i64::MAX;
        for tag in found.iter_mut().rev() {
            lowest = lowest.min(tag.depth);
            tag.lowest = lowest;
        }
        Self(found)
    }

    /// Where the piece of HTML that begins on `line` ends: with the line, or with the tables opened in it. A table that
    /// never ends does not take the rest of the text with it.
    pub fn end(&self, text: &str, line: &Span) -> usize {
        let (above, rest) = self.0.split_at(self.0.partition_point(|tag| tag.at < line.start));
        let (inside, below) = rest.split_at(rest.partition_point(|tag| tag.at < line.end));
        let before = above.last().map_or(0, |tag| tag.depth);
        let open = inside.last().is_some_and(|tag| tag.depth > before);
        if !open || below.first().is_none_or(|tag| tag.lowest > before) {
            return line.end;
        }
        below.iter().find(|tag| tag.depth <= before).map_or(line.end, |tag| line_end(text, tag.at))
    }
}

/// The lines of a piece of HTML, and the comments in it. `hidden` is other markup, sorted: no text either.
pub fn lines(text: &str, span: &Span, hidden: &[Span]) -> (Vec<Line>, Vec<Span>) {
    let mut tokens = Vec::new();
    let mut at = span.start;
    for token in markup(text, span) {
        push_text(at..token.span().start, hidden, &mut tokens);
        at = token.span().end;
        tokens.push(token);
    }
    push_text(at..span.end, hidden, &mut tokens);
    let has_table = tokens.iter().any(|t| matches!(t, Token::Open(open) if open.tag.kind == Kind::Table));
    let tabbed = !has_table && tokens.iter().any(|t| matches!(t, Token::Text(s) if text[s.clone()].contains('\t')));
    super::fragment_lines(text, &tokens, tabbed)
}

/// The tags and the comments of a piece of HTML.
fn markup(text: &str, span: &Span) -> Vec<Token> {
    plain_tags(text, span).unwrap_or_else(|| {
        let mut tokens = token::tokens(text, span.clone());
        tokens.retain(|token| is_markup(text, token));
        tokens
    })
}

fn is_markup(text: &str, token: &Token) -> bool {
    let written = &text[token.span().clone()];
    match token {
        Token::Text(_) => false,
        Token::Markup(_) => written.starts_with("<!--"),
        Token::Open(_) | Token::Close(..) => WrittenTag::of(written).is_some_and(|tag| tag.len == written.len()),
    }
}

/// The tags of a piece of HTML in which each is one that we know and none changes how what follows is read; `None` where
/// there are others, or comments. Most of a text is no tag, and is passed over.
fn plain_tags(text: &str, span: &Span) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    for at in memchr::memchr_iter(b'<', &text.as_bytes()[span.clone()]) {
        let at = span.start + at;
        let rest = &text[at..span.end];
        if !rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)) {
            continue;
        }
        let WrittenTag { tag, ends, attributes, len } = WrittenTag::of(rest)?;
        if matches!(tag.kind, Kind::Raw | Kind::Title | Kind::Chrome) {
            return None;
        }
        let here = at..at + len;
        let token = match (attributes.trim_ascii().is_empty(), ends) {
            (true, true) => Token::Close(tag, here),
            (true, false) => Token::Open(Open::new(tag, here)),
            (false, _) => token::tokens(text, here.clone()).pop().filter(|token| *token.span() == here)?,
        };
        tokens.push(token);
    }
    Some(tokens)
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
    fn plain_tags_are_what_the_tokeniser_finds() {
        let read = |text: &str| {
            let mut tokens = token::tokens(text, 0..text.len());
            tokens.retain(|token| is_markup(text, token));
            (plain_tags(text, &(0..text.len())), tokens)
        };
        for text in ["<p>甲<0.05</p ><BR/>乙<<td colspan=2 rowspan='3'>丙</td>", "<ol start=4 /><li>甲</li></ol>"] {
            let (plain, tokens) = read(text);
            assert_eq!(plain, Some(tokens), "{text}");
        }
        for text in [
            "<p><script><p></script>",
            "<!-- <p> -->",
            "<td title='>'>",
            "<abc def='<p>'>",
            "<title><p></title>",
            "<P\u{3000}>甲</p>",
            "<p",
        ] {
            assert_eq!(read(text).0, None, "{text}");
        }
    }

    #[test]
    fn a_table_ends_where_it_ends() {
        let text = "<table><tr><td>甲\n</td></tr>\n</table>乙\n丙\n";
        let end = |text: &str| Tables::of(text).end(text, &(0..line_end(text, 0)));
        assert_eq!(&text[..end(text)], "<table><tr><td>甲\n</td></tr>\n</table>乙\n");
        let rows_on_one_line = "<table><tr><td>甲</td></tr>\n</table>\n";
        assert_eq!(end(&format!("{rows_on_one_line}丙\n")), rows_on_one_line.len());
        assert_eq!(end("<table><tr>\n丙\n"), "<table><tr>\n".len());
        assert_eq!(end("</table><table>\n</td></table>\n丙"), "</table><table>\n".len());
        assert_eq!(end("<table>\n<table>\n</td></table>\n"), "<table>\n".len());
    }
}
