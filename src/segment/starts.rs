//! Where documents begin: in a gazette many stand in one source, else one.

use super::metadata;
use crate::elements;
use crate::label;
use crate::lexicon::{Endings, Marks};
use crate::model::{DocumentKind, Issue};
use crate::normalise::{Paragraph, Text};
use crate::numeral;
use crate::pattern::{Captures, Pattern};
use crate::span::Span;
use std::sync::LazyLock;

/// The first paragraph of a document, and its kind where its place in a gazette decides it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Start {
    pub at: usize,
    pub kind: Option<DocumentKind>,
}

/// How many paragraphs a masthead may fill.
const MASTHEAD: usize = 80;

/// The gazette issue (期) that a source prints; `None` when it is no gazette.
pub fn issue(text: &Text, paragraphs: &[Paragraph]) -> Option<Issue> {
    let head: Vec<&str> = paragraphs.iter().take(MASTHEAD).map(|p| text.str(&p.span)).collect();
    let title = head.iter().find(|t| t.ends_with("公报") && (4..=30).contains(&t.chars().count()))?;
    let numbered = head.iter().find_map(|t| regex!(r"第(?<n>\d{1,3})期").captures(t))?;
    let serial = head.iter().find_map(|t| regex!(r"总第?(?<n>\d{1,5})[期号]").captures(t));
    let year = head.iter().find_map(|t| regex!(r"^(?<y>(?:19|20|１９|２０)\d{2})(?:年|[·.]|$)").captures(t));
    static PUBLISHED: LazyLock<Pattern> = LazyLock::new(|| {
        let word = "(?:出刊|出版|发行|刊出)";
        Pattern::known(&format!("(?<lead>{word}(?:日期|时间)?[:：]?)?(?<date>{})(?<behind>{word})?", elements::DAY))
    });
    let published = head.iter().find_map(|t| {
        let found = PUBLISHED.captures(t)?;
        let said = found.text("lead").is_some() || found.text("behind").is_some();
        said.then(|| elements::date(&found["date"])).flatten()
    });
    let number = |found: Captures<'_, '_>| numeral::ordinal(&found["n"]);
    Some(Issue {
        title: (*title).to_owned(),
        year: year
            .and_then(|c| i16::try_from(numeral::ordinal(&c["y"])?).ok())
            .or(published.map(jiff::civil::Date::year)),
        number: number(numbered),
        serial: serial.and_then(number),
        published,
    })
}

/// The starts of all documents; the first is always 0. `listed` are the titles that a gazette's contents name, in order.
pub fn find(text: &Text, paragraphs: &[Paragraph], gazette: bool, listed: &[Span]) -> Vec<Start> {
    if paragraphs.is_empty() {
        return Vec::new();
    }
    let mut starts = vec![Start { at: 0, kind: gazette.then_some(DocumentKind::Masthead) }];
    // A document has begun in earnest once running text was seen; before that all is front matter.
    let mut body_seen = false;
    let mut i = 1;
    while i < paragraphs.len() {
        let kind = starts[starts.len() - 1].kind;
        let said = text.str(&paragraphs[i].span);
        let section = gazette.then(|| gazette_section(said, kind)).flatten();
        // What the document so far quotes is what it issues: an order and its rules are one, and a notice and what it forwards.
        let so_far = || &text.clean[paragraphs[starts[starts.len() - 1].at].span.start..paragraphs[i].span.start];
        let quotes = |open, close| {
            memchr::memmem::find(so_far().as_bytes(), format!("{open}{said}{close}").as_bytes()).is_some()
        };
        let issued = || quotes('《', '》');
        let forwarded = || so_far().contains("转发") && (issued() || quotes('“', '”'));
        if let Some(section) = section {
            starts.push(Start { at: i, kind: Some(section) });
            body_seen = false;
        } else if listed.binary_search_by_key(&paragraphs[i].span.start, |head| head.start).is_ok() && !issued()
            || is_head(text, paragraphs, i)
                && (body_seen || kind.is_some() || is_text(text, &paragraphs[i - 1]))
                && !forwarded()
        {
            starts.push(Start { at: i - above_title(text, paragraphs, i), kind: None });
            body_seen = false;
            i += 1;
        }
        body_seen = body_seen || is_text(text, &paragraphs[i.min(paragraphs.len() - 1)]);
        i += 1;
    }
    starts
}

static SENTENCE_ENDS: Marks = Marks::new(&['。', '；']);

fn is_text(text: &Text, paragraph: &Paragraph) -> bool {
    let said = text.str(&paragraph.span);
    !paragraph.cells.is_empty()
        || SENTENCE_ENDS.stand_in(said)
        || label::parse(said).is_some() && !elements::is_title(said)
}

/// The parts of a gazette that are no documents of government: contents, diary, list of issued documents.
fn gazette_section(said: &str, current: Option<DocumentKind>) -> Option<DocumentKind> {
    static DIARY: LazyLock<Endings> = LazyLock::new(|| Endings::new(["记事", "大事记"]));
    static LIST: LazyLock<Endings> =
        LazyLock::new(|| Endings::new(["发文目录", "文件目录", "公报》简介", "赠阅点", "阅览点"]));
    if said == "目录" {
        return (current != Some(DocumentKind::Contents)).then_some(DocumentKind::Contents);
    }
    // Inside the contents these are entries.
    if matches!(current, Some(DocumentKind::Contents | DocumentKind::Masthead)) {
        return None;
    }
    let kind = if DIARY.end(said) {
        DocumentKind::Diary
    } else if LIST.end(said) {
        DocumentKind::List
    } else {
        return None;
    };
    (elements::is_within(said, 40) && !said.contains(['。', '，'])).then_some(kind)
}

/// How many paragraphs above a title head it: its registration, or its number below a letterhead (GB/T 9704-2012, 7.2).
fn above_title(text: &Text, paragraphs: &[Paragraph], title: usize) -> usize {
    let above = |back: usize| title.checked_sub(back).map_or("", |at| text.str(&paragraphs[at].span));
    if elements::is_registration(above(1)) {
        return 1;
    }
    match is_number_line(above(1)) {
        true if elements::letterhead(above(2)).is_some() => 2,
        true => 1,
        false => 0,
    }
}

/// Whether a line is a document number and no citation in brackets.
fn is_number_line(line: &str) -> bool {
    elements::doc_number(line).is_some() && !line.starts_with(['（', '('])
}

/// Whether a document begins here: with a title that has its number beside it or its addressee below it, with one that a printed
/// collection numbers and dates, or with the number of an order.
fn is_head(text: &Text, paragraphs: &[Paragraph], i: usize) -> bool {
    let said = |at: usize| paragraphs.get(at).map_or("", |p| text.str(&p.span));
    if !paragraphs[i].cells.is_empty() {
        return false;
    }
    let above = said(i - 1);
    if opens_order(said(i), said(i + 1)) {
        // Below its title it is no head; an entry of the contents ends with its page.
        let listed = elements::is_led_to_a_page(above) || regex!(r"[（(]\d{1,3}[）)]$").is_match(above);
        let titled = elements::is_title(above) && !listed;
        return !titled && elements::letterhead(above).is_none();
    }
    if elements::is_collected_title(said(i)) {
        // Entries of a list of such titles follow each other.
        return !elements::is_collected_title(above) && !elements::is_collected_title(said(i + 1));
    }
    if !elements::is_whole_title(said(i)) {
        return false;
    }
    let mut below = i + 1;
    while below <= i + 2 && (elements::edition(said(below)).is_some() || elements::is_title_note(said(below))) {
        below += 1;
    }
    // A number beside it; or an addressee, where the document before was signed or the title names its issuer.
    let collected =
        || elements::is_title_note(said(i + 1)) && elements::is_collected_title(&[said(i), said(i + 1)].concat());
    let closed = elements::date(above).is_some()
        || elements::is_note(above)
        || elements::is_registration(above)
        || collected()
        || metadata::issuer_in_title(said(i)).is_some();
    let numbered = is_number_line(said(below)) || is_number_line(above);
    numbered || (elements::is_addressee(said(below)) && closed)
}

/// `中华人民共和国国务院令第693号`, or `某省人民政府令` ⏎ `第260号`: the lines with which an order begins.
fn opens_order(line: &str, below: &str) -> bool {
    let in_two = || {
        line.ends_with('令')
            && elements::is_within(line, 40)
            && elements::letterhead(line).is_some()
            && elements::bare_number(below)
    };
    let in_one = || {
        line.ends_with('号')
            && line.contains('令')
            && elements::doc_number(line).is_some_and(|number| number == line)
            && elements::is_body(line.split('令').next().unwrap_or_default())
    };
    in_two() || in_one()
}
