//! The tags that matter for the text, and what each does to it.

use std::borrow::Cow;

/// What an element does to the text in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Begins a paragraph: `<p>`, `<dt>`.
    Paragraph,
    /// Begins a paragraph and holds others: `<div>`.
    Block,
    /// Holds what may be the page's own or the document's: `<header>`, `<form>`.
    Frame,
    Heading(u8),
    /// Begins a line: `<br>`.
    Break,
    Ordered,
    Unordered,
    Item,
    Table,
    /// `<tbody>` and its like.
    Rows,
    Row,
    Cell,
    /// Words of the page to its visitors: `<nav>`, `<button>`.
    Chrome,
    Link,
    /// Text that is none: `<script>`.
    Raw,
    /// `<title>`: what the page is called by its own site.
    Title,
    /// `<html>`, `<body>`: the source is a page and no fragment of one.
    Page,
    /// Changes the looks of words: `<span>`.
    Inline,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Tag {
    pub name: &'static str,
    pub kind: Kind,
}

/// Sorted by name. What stands not here is passed over, so that its text stays.
const TAGS: &[Tag] = &{
    use Kind::{
        Block, Break, Cell, Chrome, Frame, Heading, Inline, Item, Link, Ordered, Page, Paragraph, Raw, Row, Rows,
        Table, Title, Unordered,
    };
    const fn tag(name: &'static str, kind: Kind) -> Tag {
        Tag { name, kind }
    }
    [
        tag("a", Link),
        tag("address", Block),
        tag("article", Block),
        tag("aside", Frame),
        tag("b", Inline),
        tag("blockquote", Block),
        tag("body", Page),
        tag("br", Break),
        tag("button", Chrome),
        tag("caption", Paragraph),
        tag("center", Block),
        tag("dd", Paragraph),
        tag("div", Block),
        tag("dl", Block),
        tag("dt", Paragraph),
        tag("em", Inline),
        tag("fieldset", Block),
        tag("figcaption", Paragraph),
        tag("figure", Block),
        tag("font", Inline),
        tag("footer", Chrome),
        tag("form", Frame),
        tag("h1", Heading(1)),
        tag("h2", Heading(2)),
        tag("h3", Heading(3)),
        tag("h4", Heading(4)),
        tag("h5", Heading(5)),
        tag("h6", Heading(6)),
        tag("head", Page),
        tag("header", Frame),
        tag("hr", Paragraph),
        tag("html", Page),
        tag("i", Inline),
        tag("iframe", Raw),
        tag("img", Inline),
        tag("label", Inline),
        tag("li", Item),
        tag("main", Block),
        tag("nav", Chrome),
        tag("noembed", Raw),
        tag("noframes", Raw),
        tag("noscript", Chrome),
        tag("object", Chrome),
        tag("ol", Ordered),
        tag("optgroup", Chrome),
        tag("option", Chrome),
        tag("p", Paragraph),
        tag("pre", Block),
        tag("script", Raw),
        tag("section", Block),
        tag("select", Chrome),
        tag("small", Inline),
        tag("span", Inline),
        tag("strong", Inline),
        tag("style", Raw),
        tag("sub", Inline),
        tag("sup", Inline),
        tag("svg", Chrome),
        tag("table", Table),
        tag("tbody", Rows),
        tag("td", Cell),
        tag("template", Chrome),
        tag("textarea", Raw),
        tag("tfoot", Rows),
        tag("th", Cell),
        tag("thead", Rows),
        tag("title", Title),
        tag("tr", Row),
        tag("u", Inline),
        tag("ul", Unordered),
        tag("xmp", Raw),
    ]
};

/// The tag with this name, in capitals or not.
pub fn find(name: &[u8]) -> Option<&'static Tag> {
    let capital = name.iter().any(u8::is_ascii_uppercase);
    let name = if capital { Cow::Owned(name.to_ascii_lowercase()) } else { Cow::Borrowed(name) };
    TAGS.binary_search_by(|tag| tag.name.as_bytes().cmp(&name)).ok().map(|at| &TAGS[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(TAGS.is_sorted_by_key(|tag| tag.name));
        assert_eq!(find(b"td").map(|tag| tag.kind), Some(Kind::Cell));
        assert_eq!(find(b"TD"), find(b"td"));
        assert_eq!(find(b"blink"), None);
    }
}
