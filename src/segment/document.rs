//! One document: its front matter, its parts (the notice, what it issues, attachments), its metadata.

use super::contents;
use super::metadata;
use super::outline::Outline;
use super::parts;
use super::tree::Tree;
use crate::elements;
use crate::label;
use crate::lexicon::Marks;
use crate::model::{Document, DocumentKind, Form};
use crate::normalise::{Paragraph, Text};
use crate::numeral;
use crate::span::Span;
use jiff::civil::Date;

/// What the front matter and the signatures of a document say.
#[derive(Debug, Default)]
struct Said {
    title: Option<String>,
    /// The second title: what a notice or an order issues.
    second_title: Option<String>,
    /// What the text of a document without a title calls it: 本办法.
    calls_itself: Option<String>,
    /// The text of the notice calls the instrument as its title does.
    calls_instrument: bool,
    edition: Option<String>,
    doc_number: Option<String>,
    letterhead: Option<String>,
    /// Those with whose names, one a line, the title begins.
    joint_issuers: Vec<String>,
    /// Those whose names stand above 令 on a line of its own.
    heads: Vec<String>,
    issuers: Vec<String>,
    officer: bool,
    signed: Option<Date>,
    noted: Option<Date>,
    effective: Option<Date>,
    /// Who issues by what the text says: a line of promulgation, the opening of a report.
    named_issuer: Option<String>,
    /// The place whose congress hears the report, and the day.
    heard_in: Option<String>,
    given: Option<Date>,
}

/// Reads the paragraphs of one document and adds it to the outline.
pub fn add(outline: &mut Outline, text: &Text, paragraphs: &[Paragraph], kind: Option<DocumentKind>) {
    let Some((first, last)) = paragraphs.first().zip(paragraphs.last()) else { return };
    let mut said = Said::default();
    let mut trees = Vec::new();
    if matches!(kind, Some(DocumentKind::Masthead | DocumentKind::Contents | DocumentKind::Diary | DocumentKind::List))
    {
        said.title = Some(text.str(&first.span).to_owned());
        let mut tree = Tree::default();
        paragraphs[1..].iter().for_each(|p| tree.add_plain(p));
        trees.push(tree);
    } else {
        let body = said.front_matter(text, paragraphs);
        trees = said.body(text, paragraphs, body);
    }
    let index = outline.documents.len();
    outline.documents.push(said.into_document(kind, first.span.start..last.span.end));
    for tree in trees {
        parts::add(outline, text, paragraphs, index, tree);
    }
}

/// Paragraphs that may stand above a title: letterhead, number, registration.
const ABOVE_TITLE: usize = 8;

/// Bodies that sign a document together, one a line.
const MOST_SIGNERS: usize = 30;

/// Lines over which the occasion of a report may be broken.
const OCCASION_LINES: usize = 3;

impl Said {
    /// Reads number, title, edition and history; returns the first paragraph of the body.
    fn front_matter(&mut self, text: &Text, paragraphs: &[Paragraph]) -> usize {
        let said = |at: usize| paragraphs.get(at).map_or("", |p| text.str(&p.span));
        let mut next = 0;
        let mut cards = 0;
        while next < paragraphs.len().min(ABOVE_TITLE + cards) && self.title.is_none() {
            let line = said(next);
            let count = self.read_card(line, said(next + 1));
            if count > 0 {
                cards += count;
                next += count;
                continue;
            }
            let count = title_at(text, paragraphs, next);
            if let Some((number, title)) = elements::titled_number(line) {
                self.doc_number = Some(number.to_owned());
                self.title = Some(title.to_owned());
                next += 1;
            } else if count > 0 {
                let first = joint_title(text, paragraphs, next);
                let title: String = (first..next + count).map(said).collect();
                self.read_title(&title);
                if let Some(end) = elements::issuer_end(said(next)).filter(|_| first < next) {
                    let issuer = &paragraphs[next].cut(&[paragraphs[next].span.start + end])[..1];
                    self.joint_issuers =
                        paragraphs[first..next].iter().chain(issuer).flat_map(|body| names(text, body)).collect();
                }
                next += count;
            } else if let Some(title) = before_button(text, paragraphs, next) {
                self.read_title(title);
                next += 1;
            } else if self.read_above(line) {
                next += 1;
            } else {
                break;
            }
        }
        // The head of a page stands above the title that names who issues.
        if let Some(head) = self.title.as_deref().filter(|head| !head.contains("关于"))
            && let Some(count) =
                (next < paragraphs.len()).then(|| title_at(text, paragraphs, next)).filter(|&count| count > 0)
        {
            let title: String = (next..next + count).map(said).collect();
            if title != head && metadata::issuer_in_title(&title).is_some() {
                self.read_title(&title);
                next += count;
            }
        }
        if self.title.is_none() {
            self.title = self.title_of_order(said(next));
        }
        if self.title.is_none() {
            // Its number, its promulgation, its day.
            let heads = |line: &str, said: &mut Self| {
                said.read_below(line) || elements::letterhead(line).is_some() || elements::bare_number(line)
            };
            return (0..paragraphs.len()).take_while(|&at| heads(said(at), self)).count();
        }
        while next < paragraphs.len() && paragraphs[next].cells.is_empty() {
            let count = match self.read_card(said(next), said(next + 1)) {
                0 => self.read_occasion(text, &paragraphs[next..]),
                count => count,
            };
            match count {
                0 if self.read_below(said(next)) || heads_number(said(next), said(next + 1)) => next += 1,
                0 => break,
                count => next += count,
            }
        }
        next
    }

    /// An order is called by what it issues, an announcement without a title by its number.
    fn title_of_order(&self, text: &str) -> Option<String> {
        // Rules published without the head of their order: `…制定了《某某办法》，现予公布。`
        let Some(number) = self.doc_number.as_ref() else {
            return metadata::issued_in(text).filter(|_| text.contains("现予")).map(str::to_owned);
        };
        if number.contains("公告") || number.contains("通告") {
            return Some(number.clone());
        }
        let quoted = text.strip_prefix('《').or(text.strip_prefix("现公布《")).and_then(|t| Some(&t[..t.find('》')?]));
        metadata::issued_in(text).or(quoted).filter(|_| number.contains('令')).map(str::to_owned)
    }

    /// A line that stands above a title.
    fn read_above(&mut self, line: &str) -> bool {
        if let Some(number) = elements::doc_number(line) {
            self.doc_number = Some(number.to_owned());
        } else if elements::bare_number(line) {
            let head = self.letterhead.clone().unwrap_or_default();
            self.doc_number =
                Some(format!("{head}{line}")).filter(|n| n.contains(['令', '告'])).or(self.doc_number.take());
        } else if let Some(body) = elements::letterhead(line) {
            let kind = &line[body.len()..];
            self.letterhead = Some(if kind == "文件" { body.to_owned() } else { line.to_owned() });
        } else if elements::is_body(line) {
            self.heads.push(line.to_owned());
            self.letterhead = Some(line.to_owned());
        } else if matches!(line, "令" | "公告" | "通告") && !self.heads.is_empty() {
            self.letterhead = Some(self.heads.concat() + line);
            let bodies = std::mem::take(&mut self.heads).into_iter();
            let bodies = bodies.map(|body| body.trim_start_matches("中华人民共和国").to_owned());
            self.named_issuer = Some(bodies.collect::<Vec<_>>().join("、"));
        } else if !elements::is_registration(line) {
            let short = line.chars().count() <= 40 && !line.contains(['。', '：', ':', '；']);
            return short && label::parse(line).is_none();
        }
        true
    }

    fn read_title(&mut self, title: &str) {
        let core = elements::title_core(title);
        let whole = title.find(core).map_or(title, |at| &title[at..]);
        // The last of its notes may be a day: （草案）（2023年1月5日）.
        if let Some((_, note)) = whole[core.len()..].rsplit_once(['（', '(']) {
            self.noted = elements::date(note.trim_end_matches(['）', ')']));
        }
        if let Some(number) = elements::number_behind(title) {
            self.doc_number = Some(number.to_owned());
        }
        self.edition = elements::edition(&whole[core.len()..]).or_else(|| metadata::edition(title)).map(str::to_owned);
        self.title = Some(core.to_owned());
    }

    /// A line below the title that is still front matter.
    fn read_below(&mut self, line: &str) -> bool {
        if elements::is_time_stamp(line) {
            return true;
        }
        if self.is_report() && (elements::is_officer(line) || elements::is_body(line)) {
            self.named_issuer = metadata::speaks_for(line).or(self.named_issuer.take());
            return true;
        }
        if let Some(number) = elements::doc_number(line) {
            self.doc_number.get_or_insert_with(|| number.to_owned());
            return true;
        }
        let announces = self.title.as_ref().is_some_and(|title| title.ends_with(['告', '令']));
        if announces && self.doc_number.is_none() && elements::bare_number(line) {
            self.doc_number = Some(elements::strip_brackets(line).to_owned());
            return true;
        }
        if let Some(edition) = elements::edition(line) {
            self.edition.get_or_insert_with(|| edition.to_owned());
            return true;
        }
        if self.repeats_title(line) || elements::is_registration(line) {
            return true;
        }
        if let Some(date) = elements::date(line) {
            self.noted = self.noted.or(Some(date));
            return true;
        }
        if line.chars().count() <= 300
            && let Some(history) = metadata::history(line)
        {
            // The one who publishes issues; an approval before it does not.
            let approves = line.ends_with("批准") && self.named_issuer.is_some();
            self.named_issuer = history.issuer.filter(|_| !approves).or(self.named_issuer.take());
            self.doc_number = self.doc_number.take().or(history.doc_number);
            self.effective = history.effective.or(self.effective);
            return true;
        }
        elements::is_title_note(line)
    }

    /// When and where a report was given: how many lines say so, none when they do not.
    fn read_occasion(&mut self, text: &Text, paragraphs: &[Paragraph]) -> usize {
        let mut said = String::new();
        for (nth, paragraph) in paragraphs.iter().take(OCCASION_LINES).enumerate().filter(|_| self.is_report()) {
            said += text.str(&paragraph.span);
            if let Some(day) = elements::occasion(&said) {
                self.heard_in = metadata::heard_in(&said).map(str::to_owned);
                self.given = Some(day);
                return nth + 1;
            }
        }
        0
    }

    /// A line of the card of a government page (`索引号：…`, `文号：…`), or a key and the value on the line after it: how
    /// many lines it takes, none when it is no such thing.
    fn read_card(&mut self, line: &str, after: &str) -> usize {
        let keyed = |line| elements::card(line).or_else(|| elements::provenance(line));
        let Some((key, value)) = keyed(line) else { return 0 };
        let titled = elements::is_title(after) || elements::is_open_title(after) || elements::occasion(after).is_some();
        let fits = keyed(after).is_none() && after.chars().count() <= 120;
        let stands_below = value.is_empty() && fits && (!titled || ["名称", "标题"].contains(&key));
        let value = if stands_below { after } else { value };
        match key {
            "文号" | "发文字号" => {
                self.doc_number = elements::doc_number(value).map(str::to_owned).or(self.doc_number.take())
            }
            "成文日期" => self.noted = elements::date(value).or(value.parse().ok()).or(self.noted),
            _ => {}
        }
        if stands_below { 2 } else { 1 }
    }

    /// What stands here is not the notice but what it forwards, which others signed.
    fn is_forwarded(&self) -> bool {
        self.second_title.is_some() && self.title.as_ref().is_some_and(|title| title.contains("转发"))
    }

    fn is_report(&self) -> bool {
        self.title.as_ref().is_some_and(|title| title.ends_with("报告"))
    }

    /// The title printed again, whole or in pieces over several lines, but not what a notice's title names.
    fn repeats_title(&self, line: &str) -> bool {
        let Some(title) = self.title.as_deref() else { return false };
        let (whole, piece) = (squeezed(title), squeezed(elements::title_core(line)));
        let names_instrument = metadata::instrument(title).is_some_and(|i| squeezed(i).contains(&piece));
        let is_piece = piece.chars().count() >= 2 && whole.contains(&piece) && !line.contains(['。', '：']);
        whole == piece || (is_piece && !names_instrument && label::parse(line).is_none())
    }

    /// Reads the body into parts: the first up to a signature or an attachment, each instrument or attachment one more.
    fn body(&mut self, text: &Text, paragraphs: &[Paragraph], from: usize) -> Vec<Tree> {
        let said = |at: usize| paragraphs.get(at).map_or("", |p| text.str(&p.span));
        let mut issued = Issued::of(self.title.as_deref());
        let amends = self.title.as_deref().is_some_and(metadata::amends);
        let mut trees = vec![Tree::default()];
        // The paragraph before ended a part: a signature, a note below it, the head of an attachment.
        let mut closed = false;
        let mut i = from;
        while i < paragraphs.len() {
            let paragraph = &paragraphs[i];
            let line = said(i);
            if !paragraph.cells.is_empty() {
                let rows = table_rows(paragraphs, i);
                let tree = last(&mut trees);
                tree.add_table(i..i + rows);
                i += rows;
                continue;
            }
            if let Some(end) = contents_end(text, paragraphs, i) {
                paragraphs[i..end].iter().for_each(|p| last(&mut trees).add_plain(p));
                last(&mut trees).close();
                i = end;
                continue;
            }
            if self.effective.is_none() && !(amends && speaks_of_the_amended(line)) {
                self.effective = metadata::effective(line);
            }
            if self.named_issuer.is_none() && self.is_report() {
                self.named_issuer = metadata::reporting_government(line, self.heard_in.as_deref());
            }
            if self.title.is_none() && self.calls_itself.is_none() {
                self.calls_itself = metadata::calls_itself(line).map(str::to_owned);
            }
            if trees.len() == 1 && trees[0].is_unnumbered() {
                issued.follow(line);
            }
            if let Some(end) = self.signature(text, paragraphs, i, &issued) {
                last(&mut trees).close_with(&paragraphs[i..end]);
                closed = true;
                i = end;
                continue;
            }
            let head = issued.head(text, &paragraphs[i..], closed, i > from).or_else(|| {
                let count = title_count(text, paragraphs, i);
                let begins_rules = || i > from && begins_numbering(said(i + count));
                let titled = count > 0 && label::parse(line).is_none() && (closed || begins_rules());
                titled.then(|| paragraph.span.start..paragraphs[i + count - 1].span.end)
            });
            if let Some(head) = head {
                let title = text.str(&head).replace('\n', "");
                let core = elements::title_core(&title);
                if self.second_title.is_none() {
                    self.second_title = Some(core.to_owned());
                    self.calls_instrument = issued.quoted.iter().any(|quoted| issued.in_title.as_ref() == Some(quoted));
                }
                trees.push(Tree::default());
                closed = false;
                i += paragraphs[i..].partition_point(|paragraph| paragraph.span.end <= head.end);
                if let Some(behind) = paragraphs.get(i).filter(|behind| behind.span.start < head.end) {
                    behind.cut(&[head.end])[1..].iter().for_each(|text_behind| last(&mut trees).add(text, text_behind));
                    i += 1;
                    continue;
                }
                while let Some(note) =
                    paragraphs.get(i).map(|note| text.str(&note.span)).filter(|note| names_edition(note))
                {
                    self.edition = self.edition.take().or(elements::edition(note).map(str::to_owned));
                    i += 1;
                }
                continue;
            }
            if let Some(end) = attachment_list_end(text, paragraphs, i) {
                last(&mut trees).close_with(&paragraphs[i..end]);
                closed = true;
                i = end;
                continue;
            }
            if starts_attachment(line, paragraph) || (line == "附则" && begins_anew(said(i + 1))) {
                trees.push(Tree::default());
                closed = true;
                last(&mut trees).add_plain(paragraph);
                last(&mut trees).close();
                i += 1;
                continue;
            }
            closed = elements::is_note(line) || elements::is_attachment(line);
            last(&mut trees).add(text, paragraph);
            i += 1;
        }
        trees
    }

    /// The end of a signature with its date that begins here; `None` when there is none.
    fn signature(&mut self, text: &Text, paragraphs: &[Paragraph], at: usize, issued: &Issued) -> Option<usize> {
        let said = |at: usize| paragraphs.get(at).map_or("", |p| text.str(&p.span));
        let mut end = at;
        let mut bodies = Vec::new();
        let mut officer = false;
        while end < at + MOST_SIGNERS && end < paragraphs.len() {
            let line = said(end).trim_start_matches("（此页无正文）");
            if let Some((body, date)) = elements::signature(line) {
                let signs = body.is_empty() || elements::is_body(body) || elements::is_officer(body);
                let alone = end == at && body.is_empty();
                if !signs || (alone && !stands_for_signature(text, paragraphs, at, issued)) {
                    return None;
                }
                if !body.is_empty() {
                    bodies.push(body.to_owned());
                }
                if self.signed.is_none() && self.issuers.is_empty() && !self.is_forwarded() {
                    self.signed = Some(date);
                    self.officer = officer;
                    self.issuers = bodies.into_iter().filter(|b| elements::is_body(b)).collect();
                }
                return Some(end + 1);
            }
            let seals = line.starts_with(['（', '(']) && line.ends_with(['）', ')']) && line.contains("代章");
            if elements::is_officer(line) {
                officer = true;
            } else if bodies.last().is_some_and(|above| is_branch(above, line)) {
                bodies.last_mut().into_iter().for_each(|above| above.push_str(line));
            } else if seals && !bodies.is_empty() {
                // Whose seal stands for it does not sign.
            } else if elements::is_month(line) && !bodies.is_empty() && !officer {
                if self.issuers.is_empty() {
                    self.issuers = bodies;
                }
                return Some(end + 1);
            } else if elements::is_body(line) && label::parse(line).is_none() {
                match line.len() < said(end).len() {
                    true => bodies.push(line.to_owned()),
                    false => bodies.extend(names(text, &paragraphs[end])),
                }
            } else {
                return None;
            }
            end += 1;
        }
        None
    }

    fn into_document(mut self, kind: Option<DocumentKind>, span: Span) -> Document {
        // A notice printed without its title is known by what it issues.
        if self.title.is_none() {
            self.title = self.second_title.take();
        }
        let title = self.title.as_deref();
        let issues = title.and_then(metadata::instrument).map(str::to_owned);
        let is_order = self.doc_number.as_ref().is_some_and(|n| n.contains('令') || n.contains("公告"));
        let instrument = match (&issues, self.second_title) {
            // What is issued in several parts bears the name that the notice quotes, and no part of it.
            (Some(issued), Some(second)) if self.calls_instrument && !elements::same_letters(issued, &second) => {
                Some(issued.clone())
            }
            (Some(_), Some(second)) => Some(second),
            (Some(issued), None) => Some(issued.clone()),
            (None, Some(second)) if is_order => Some(second),
            _ => None,
        };
        // 代章 tells of the seal alone.
        let issuers: Vec<&str> = self.issuers.iter().map(|body| body.trim_end_matches("（代章）")).collect();
        let signed_by = (!issuers.is_empty()).then(|| issuers.join("、"));
        let by_number = || {
            let number = self.doc_number.as_ref()?;
            let head = number.split_once('令').or(number.split_once("公告"))?.0;
            let head = head.trim_start_matches("中华人民共和国").to_owned();
            elements::is_body(&head).then_some(head)
        };
        let by_officer = || (self.officer || is_order).then(|| title.and_then(metadata::government_of)).flatten();
        let joint = (!self.joint_issuers.is_empty()).then(|| self.joint_issuers.join("、"));
        let in_title = || joint.clone().or_else(|| title.and_then(metadata::issuer_in_title).map(str::to_owned));
        // Signed by its short name: 自治区某某厅 below 某某自治区某某厅关于….
        let signed_by = signed_by.filter(|signed| !in_title().is_some_and(|whole| whole.ends_with(signed.as_str())));
        let issuer = signed_by.or_else(in_title).or(self.named_issuer).or_else(by_number).or_else(by_officer).or(self
            .letterhead
            .as_deref()
            .and_then(|l| elements::letterhead(l).or(elements::is_body(l).then_some(l)))
            .map(str::to_owned));
        Document {
            id: String::new(),
            kind: kind.unwrap_or_else(|| metadata::kind(title.or(self.calls_itself.as_deref()), instrument.as_deref())),
            instrument,
            edition: self.edition,
            doc_number: self.doc_number,
            issuer,
            signed: self.signed.or(self.noted),
            given: self.given,
            effective: self.effective,
            title: self.title,
            span,
        }
    }
}

/// The titles of what a notice or an order issues, by which what follows its signature is known.
#[derive(Debug, Default)]
struct Issued {
    title: Option<String>,
    /// In its title: 关于印发X的通知.
    in_title: Option<String>,
    /// In its text.
    quoted: Vec<String>,
}

impl Issued {
    fn of(title: Option<&str>) -> Self {
        let in_title = title.and_then(metadata::instrument).map(squeezed);
        Self { title: title.map(squeezed), in_title, quoted: Vec::new() }
    }

    /// Remembers the titles that a line of the notice quotes.
    fn follow(&mut self, line: &str) {
        if !line.contains('》') || self.quoted.len() >= MOST_QUOTED {
            return;
        }
        let quoted = regex!(r"《(?<what>[^《》]{4,80})》").captures_iter(line);
        self.quoted.extend(quoted.map(|found| squeezed(elements::title_core(&found["what"]))));
    }

    /// The title of what is issued, where paragraphs begin with it: on lines of its own, or behind a signature (`closed`)
    /// with the text run on. The notice may have its title `printed` above, and what it issues bear the same.
    fn head(&self, text: &Text, paragraphs: &[Paragraph], closed: bool, printed: bool) -> Option<Span> {
        let first = |text: &str| text.chars().find(|c| elements::is_letter(*c));
        let line = text.str(&paragraphs.first()?.span);
        if !closed && line.len() > LONGEST_TITLE {
            return None;
        }
        let core = elements::title_core(line);
        // `core` is a piece of `line`; looking for it would read the line again.
        let start = paragraphs[0].span.start + (core.as_ptr() as usize - line.as_ptr() as usize);
        let letter = Some(first(core)?);
        let own = self.title.iter().filter(|_| printed);
        let titles = own.chain(&self.in_title).chain(&self.quoted).filter(|title| first(title) == letter);
        titles.filter_map(|title| title_span(text, paragraphs, start, title, closed)).max_by_key(|span| span.end)
    }
}

/// A note below the title of an instrument: `（试行稿）`, `（2004年…通过）`, `（某部一九九七年一月二十八日）`.
fn names_edition(line: &str) -> bool {
    elements::edition(line).is_some()
        || elements::is_title_note(line)
        || line.starts_with(['（', '(']) && elements::signature(elements::strip_brackets(line)).is_some()
}

/// No notice issues more.
const MOST_QUOTED: usize = 100;

/// Bytes; what is longer is text.
const LONGEST_TITLE: usize = 600;

/// Paragraphs over which a title may be broken.
const TITLE_LINES: usize = 3;

fn title_span(text: &Text, paragraphs: &[Paragraph], start: usize, title: &str, closed: bool) -> Option<Span> {
    let end = start + contents::title_len(&text.clean[start..], title)?;
    let last = paragraphs.iter().take(TITLE_LINES).find(|paragraph| end <= paragraph.span.end)?;
    if !last.cells.is_empty() {
        return None;
    }
    let behind = text.str(&(end..last.span.end));
    if elements::title_core(text.str(&last.span)).len() <= end - last.span.start {
        return Some(start..last.span.end);
    }
    // Who sets it out may be named first: `…工作的意见某部　某委　为…`.
    let named = last.gaps.iter().find(|gap| **gap > end).is_some_and(|gap| elements::is_body(&text.clean[end..*gap]));
    let runs_on = named || ["为", "根据", "按照", "第一章", "一、"].iter().any(|word| behind.starts_with(word));
    (closed && runs_on).then_some(start..end)
}

fn last(trees: &mut [Tree]) -> &mut Tree {
    let at = trees.len() - 1;
    &mut trees[at]
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| elements::is_letter(*c)).collect()
}

/// Whether a line names who announces, and the next bears the number: `某市人民代表大会常务委员会` ⏎ `公告（第18号）`.
fn heads_number(line: &str, after: &str) -> bool {
    elements::is_body(line) && after.starts_with(['公', '第', '令']) && elements::doc_number(after).is_some()
}

/// How many paragraphs from here on form the title of a document: 0 for none.
fn title_at(text: &Text, paragraphs: &[Paragraph], at: usize) -> usize {
    let line = text.str(&paragraphs[at].span);
    if paragraphs[at].heading == Some(1) {
        return 1;
    }
    let count = title_count(text, paragraphs, at).max(usize::from(elements::is_whole_title(line)));
    let fits = !line.starts_with("附件")
        && elements::letterhead(line).is_none()
        && elements::doc_number(line).is_none()
        && label::parse(line).is_none_or(|l| l.form == Form::Num);
    if fits { count } else { 0 }
}

/// Where the lines of a title begin that others issue too, one a line: `财政部` ⏎ `税务总局` ⏎ `关于…的通知`. A line above a title
/// whose own issuer stands on one line with its matter is the head of the page, and no government issues with an office.
fn joint_title(text: &Text, paragraphs: &[Paragraph], title: usize) -> usize {
    let span = &paragraphs[title].span;
    let Some(issuer) = metadata::issuer_in_title(text.str(span)) else { return title };
    let end = span.start + issuer.len();
    let parted = || super::in_source(text, &(span.start..end)).end < super::in_source(text, &(end..span.end)).start;
    if paragraphs[title].gaps.contains(&end) || !parted() {
        return title;
    }
    let government = |body: &str| body.ends_with("人民政府");
    let issues_too = |above: &&Paragraph| {
        let body = text.str(&above.span);
        elements::is_body(body) && !issuer.starts_with(body) && (!government(body) || government(issuer))
    };
    title - paragraphs[..title].iter().rev().take_while(issues_too).count()
}

/// The title on a line of a web page that ends with the words of a button, parted by a blank: `某市行动计划 在线咨询`, and
/// below it `2025-04-11 10:20:30`.
fn before_button<'t>(text: &'t Text, paragraphs: &[Paragraph], at: usize) -> Option<&'t str> {
    let (span, gap) = (&paragraphs[at].span, *paragraphs[at].gaps.last()?);
    let (title, button) = (&text.clean[span.start..gap], &text.clean[gap..span.end]);
    let stamped = paragraphs.get(at + 1).is_some_and(|below| elements::is_provenance(text.str(&below.span)));
    (stamped && button.chars().count() <= 6 && elements::is_title(title)).then_some(title)
}

/// Stops that stand in no title.
static STOPS: Marks = Marks::new(&['。', '；', '：', ':']);

/// How many paragraphs from here on form a title: 0 for none.
fn title_count(text: &Text, paragraphs: &[Paragraph], at: usize) -> usize {
    let line = text.str(&paragraphs[at].span);
    if elements::is_title(line) {
        return 1;
    }
    let core = elements::title_core(line);
    if core.ends_with(['。', '；', '：', ':']) {
        return 0;
    }
    // `…的意见(某政发〔2022〕2号) (5)` is an entry of a table of contents.
    let entry = core.ends_with([')', '）']) && core.trim_end_matches([')', '）']).ends_with(numeral::is_arabic);
    let open = (core.contains("关于") || paragraphs[at].heading.is_some()) && !entry;
    let Some(next) = paragraphs.get(at + 1).filter(|_| open && !STOPS.stand_in(core)) else {
        return 0;
    };
    let joined = format!("{core}{}", text.str(&next.span));
    if elements::is_title(&joined) && !elements::is_body(line) && elements::doc_number(line).is_none() { 2 } else { 0 }
}

/// The bodies that a line of signatures names: set side by side, blanks part them.
fn names(text: &Text, paragraph: &Paragraph) -> Vec<String> {
    let cuts = paragraph.gaps.iter().copied().chain([paragraph.span.end]);
    let mut start = paragraph.span.start;
    let mut parts = Vec::new();
    for cut in cuts {
        parts.push(&text.clean[start..cut]);
        start = cut;
    }
    let whole = vec![text.str(&paragraph.span)];
    let parts = if parts.iter().all(|part| elements::is_body(part)) { parts } else { whole };
    parts.into_iter().flat_map(side_by_side).map(str::to_owned).collect()
}

/// Bodies of one place that were set side by side and lost the blank: `某省财政厅某省水利厅`.
fn side_by_side(line: &str) -> Vec<&str> {
    let place = line.char_indices().nth(2).map_or(line, |(end, _)| &line[..end]);
    let again = |&at: &usize| at > 0 && elements::is_body(&line[..at]) && elements::is_body(&line[at..]);
    match line.match_indices(place).map(|(at, _)| at).find(again) {
        Some(at) => [vec![&line[..at]], side_by_side(&line[at..])].concat(),
        None => vec![line],
    }
}

/// Whether a line of signatures goes on the body above it: `中国银行保险监督管理委员会` ⏎ `某省监管局`.
fn is_branch(above: &str, line: &str) -> bool {
    let central = above.starts_with("中国") || above.starts_with("国家");
    central && above.ends_with(['会', '局']) && line.ends_with("监管局") && elements::is_within(line, 8)
}

/// A date alone where the signature should stand: below the notice's text, above the title of what it issues.
fn stands_for_signature(text: &Text, paragraphs: &[Paragraph], at: usize, issued: &Issued) -> bool {
    let said = |at: usize| paragraphs.get(at).map(|p| text.str(&p.span));
    let ended = at > 0 && said(at - 1).is_some_and(|before| before.ends_with('。') || before.contains("附件"));
    // The imprint (版记) below it.
    let imprint =
        |line: &str| ["主题词", "抄送", "内部发送", "联系人", "联系电话"].iter().any(|word| line.starts_with(word));
    let below = said(at + 1).is_none_or(|next| {
        elements::is_title(next) || elements::is_note(next) || elements::is_attachment(next) || imprint(next)
    });
    ended && (below || issued.head(text, &paragraphs[at + 1..], true, true).is_some())
}

/// Whether a line below a decision to amend is one of the amended text: `第三条 本办法自…起施行`.
fn speaks_of_the_amended(line: &str) -> bool {
    regex!("本(?:办法|规定|条例|细则|规则|规程|规范|章程|准则|法)").is_match(line)
}

/// A line that heads an attachment or an appendix, whose numbers start anew.
fn starts_attachment(line: &str, paragraph: &Paragraph) -> bool {
    const APPENDICES: &[&str] =
        &["名词解释", "附录", "附表", "名词注释", "有关名词解释", "相关名词解释", "附则说明", "术语解释"];
    APPENDICES.contains(&line)
        || (elements::is_attachment(line) && line.chars().count() <= 8 && !line.contains(['：', ':']))
        || (paragraph.heading.is_some() && line.starts_with("附件") && elements::is_attachment(line))
}

/// Whether a line is the first article or chapter of rules: what stands above it is their title.
fn begins_numbering(line: &str) -> bool {
    label::parse(line).is_some_and(|l| matches!(l.form, Form::Article | Form::Chapter) && l.number == Some(1))
}

/// Whether a line is the first item of a list: supplementary provisions (附则) without a number of their own count anew.
fn begins_anew(line: &str) -> bool {
    label::parse(line).is_some_and(|l| l.form != Form::Article && l.number == Some(1))
}

/// The end of a list of attachments (附件说明) that begins here: `附件：1.某某办法` ⏎ `2.某某细则`.
fn attachment_list_end(text: &Text, paragraphs: &[Paragraph], at: usize) -> Option<usize> {
    let said = |at: usize| paragraphs.get(at).map(|p| text.str(&p.span));
    let first = said(at).filter(|line| elements::is_attachment(line))?;
    let numbered =
        first.trim_start_matches("附件").trim_start_matches(numeral::is_arabic).starts_with(['.', '．', '、']);
    if !(numbered || first.contains(['：', ':'])) {
        return None;
    }
    // Behind `附件：1.` the numbers tell; an entry may also be the name of a file.
    let counted = label::parse(first.trim_start_matches(['附', '件', '：', ':'])).and_then(|l| l.number);
    let is_file =
        |name: &str| [".pdf", ".doc", ".docx", ".xls", ".xlsx", ".wps", ".zip"].iter().any(|end| name.ends_with(end));
    let entry = |i: &usize| {
        let is_entry = |line: &str| {
            let awaited = counted.map(|n| n + (i - at) as u32);
            label::parse(line).filter(|l| matches!(l.form, Form::Num | Form::NumParen)).is_some_and(|l| {
                let name = &line[l.len..];
                let in_order = awaited.is_some()
                    && l.number == awaited
                    && elements::is_within(name, 60)
                    && !name.contains(['。', '；', '：']);
                in_order || l.form == Form::Num && elements::is_title(name) || is_file(name)
            })
        };
        said(*i).is_some_and(is_entry)
    };
    Some((at + 1..paragraphs.len()).take_while(entry).last().map_or(at + 1, |last| last + 1))
}

/// The end of a table of contents that begins here: 目录, then chapters up to the one that begins the text, the first again.
fn contents_end(text: &Text, paragraphs: &[Paragraph], at: usize) -> Option<usize> {
    let said = |at: usize| paragraphs.get(at).map(|p| text.str(&p.span));
    if !matches!(said(at)?, "目录" | "目次") {
        return None;
    }
    let first = label::parse(said(at + 1)?)?;
    let again =
        |i: &usize| said(*i).and_then(label::parse).is_some_and(|l| (l.form, l.number) == (first.form, first.number));
    let end = (at + 2..paragraphs.len().min(at + 200)).find(again)?;
    let entries = (at + 1..end).all(|i| said(i).is_some_and(|line| line.chars().count() <= 60 && !line.contains('。')));
    entries.then_some(end)
}

/// How many paragraphs from here on are rows of one table.
fn table_rows(paragraphs: &[Paragraph], at: usize) -> usize {
    let goes_on = |&(i, p): &(usize, &Paragraph)| !p.cells.is_empty() && (i == 0 || !p.first_row);
    paragraphs[at..].iter().enumerate().take_while(goes_on).count()
}

#[cfg(test)]
mod tests {
    use crate::model::{Document, Format};
    use crate::segment::outline::Outline;
    use crate::{names, normalise, read, segment};

    fn outline(source: &str) -> (normalise::Text, Outline) {
        let source = read::decode(source.as_bytes().to_vec(), "a.txt".into(), Format::Text).expect("a text");
        let text = normalise::normalise(&source);
        let outline = segment::segment(&text);
        (text, outline)
    }

    fn document(source: &str) -> Document {
        let (_, outline) = outline(source);
        assert_eq!(outline.documents.len(), 1, "{source}");
        outline.documents.into_iter().next().expect("one")
    }

    /// The provisions without parent: form or label, and how their text begins.
    fn roots(source: &str) -> Vec<String> {
        let (text, outline) = outline(source);
        let roots = outline.nodes.iter().filter(|node| node.parent.is_none());
        let name = |node: &segment::outline::Node| {
            node.label.as_ref().map_or(names::form(node.form), |label| text.str(label)).to_owned()
        };
        let begins = |node: &segment::outline::Node| {
            node.own.first().map_or("", |own| text.str(own)).chars().take(4).collect::<String>()
        };
        roots.map(|node| format!("{} {}", name(node), begins(node))).collect()
    }

    #[test]
    fn a_report_is_given_on_an_occasion() {
        let body = "各位代表：\n现在，我代表省人民政府，向大会报告工作。\n一、工作回顾\n过去一年，我们稳中求进。\n";
        for head in [
            "政府工作报告\n――2026年1月27日在海州省第七届人民代表大会第五次会议上\n省长 张某某\n",
            "政府工作报告\n——2026年1月27日在海州省第七届\n人民代表大会第五次会议上\n海州省省长 张某某\n",
            "您的位置：\n首页\n>\n要闻\n2026年政府工作报告\n来源：\n某某日报\n2026-02-03 09:02:33\n【字体：\n大\n中\n小\n】\n\
             ——2026年1月27日在海州省第七届人民代表大会第五次会议上\n省长　张某某\n",
        ] {
            let source = format!("{head}{body}");
            let document = document(&source);
            assert!(document.title.is_some_and(|title| title.ends_with("政府工作报告")), "{source}");
            assert_eq!(document.issuer.as_deref(), Some("海州省人民政府"), "{source}");
            assert_eq!((document.signed, document.given), (None, Some(jiff::civil::date(2026, 1, 27))), "{source}");
            assert_eq!(roots(&source), ["preamble 各位代表", "一、 工作回顾"], "{source}");
        }
        let budget = "海州市预算草案的报告\n——2026年1月27日在海州市第七届人民代表大会第五次会议上\n海州市财政局\n";
        assert_eq!(document(&format!("{budget}{body}")).issuer.as_deref(), Some("海州市财政局"));
    }

    const NOTICE: &str = "海州市人民政府关于印发《海州市仓储设施布局和消防安全管理工作方案》的通知\n海政发〔2023〕5号\n各街道：\n\
                          《海州市仓储设施布局和消防安全管理工作方案》已经同意，现印发给你们。\n";

    #[test]
    fn what_is_issued_begins_anew_wherever_its_title_breaks() {
        let said = "为加强管理，制定本方案。\n一、总体要求\n各街道应当按照要求落实责任。\n";
        for head in [
            "海州市人民政府\n2023年5月6日\n海州市仓储设施布局和\n消防安全管理工作方案\n",
            "2023年5月6日\n海州市仓储设施布局和\n消防安全管理工作方案\n",
            "海州市人民政府\n2023年5月6日\n（联系人及电话：张某某，88888888）\n海州市仓储设施布局和\n# Page 7:\n消防安全管理工作方案\n",
            "海州市人民政府\n2023年5月6日\n（本文有删减）\n海州市仓储设施布局和消防安全管理工作方案",
        ] {
            let source = format!("{NOTICE}{head}{said}");
            let closing = if head.starts_with('海') { "closing 海州市人" } else { "closing 2023" };
            assert_eq!(
                roots(&source),
                ["preamble 各街道：", closing, "preamble 为加强管", "一、 总体要求"],
                "{source}"
            );
        }
    }

    #[test]
    fn the_parts_of_what_is_issued_are_called_as_the_notice_quotes_them() {
        let source = "海州市人民政府关于印发海州市仓储管理两项制度的通知\n各街道：\n\
                      现将《海州市仓储登记的规定》和《海州市仓储消防的规定》印发给你们。\n海州市人民政府\n2023年5月6日\n\
                      海州市仓储\n登记的规定\n为加强登记，制定本规定。\n一、仓储企业应当登记。\n\
                      海州市仓储消防的规定\n为加强消防，制定本规定。\n一、仓储企业应当配备设施。\n";
        let expected = [
            "preamble 各街道：",
            "closing 海州市人",
            "preamble 为加强登",
            "一、 仓储企业",
            "preamble 为加强消",
            "一、 仓储企业",
        ];
        assert_eq!(roots(source), expected);
        assert_eq!(document(source).instrument.as_deref(), Some("海州市仓储登记的规定"));
        let named = source.replace("现将", "现将《海州市仓储管理两项制度》（").replace("》印发", "》）印发");
        assert_eq!(document(&named).instrument.as_deref(), Some("海州市仓储管理两项制度"));
    }

    #[test]
    fn a_signature_run_on_behind_its_sentence_signs() {
        let source = "海州市人民政府令第12号\n《海州市仓储管理办法》已经同意，现予公布，自2023年7月1日起施行。市长　　张某某　　　2023年5月6日\n\n\
                      海州市仓储管理办法\n\n第一章　总　　则\n\n第一条　为加强管理，制定本办法。\n";
        assert_eq!(document(source).signed, Some(jiff::civil::date(2023, 5, 6)));
        assert_eq!(roots(source), ["preamble 《海州市", "closing 市长张某", "第一章 总则"]);
    }

    #[test]
    fn who_signs_is_told_line_by_line() {
        let signed = |lines: &str| {
            let source = format!("关于仓储管理的通知\n各街道：\n请认真执行。\n{lines}");
            document(&source).issuer.unwrap_or_default()
        };
        for (lines, issuer) in [
            ("海州省财政厅海州省水利厅\n海州省公安厅\n2023年5月6日\n", "海州省财政厅、海州省水利厅、海州省公安厅"),
            ("中国银行保险监督管理委员会\n海州监管局\n2023年5月6日\n", "中国银行保险监督管理委员会海州监管局"),
            ("海州省信用建设领导小组办公室\n（海州省发展改革委代章）\n2023年5月6日\n", "海州省信用建设领导小组办公室"),
            ("（此页无正文）\n海州省财政厅\n2023年5月6日\n", "海州省财政厅"),
            ("海州市中医管理局\n二OO一年四月\n", "海州市中医管理局"),
        ] {
            assert_eq!(signed(lines), issuer, "{lines}");
        }
    }

    #[test]
    fn a_document_without_a_title_has_a_head_and_says_what_it_is() {
        let article = "第一条　为加强管理，制定本办法。\n第二条　本办法适用于本市。\n";
        for (head, number, issuer) in [
            ("1997年7月31日中华人民共和国国务院令第226号\n", "中华人民共和国国务院令第226号", "国务院"),
            ("(1993年3月26日卫生部令第31号发布)\n", "卫生部令第31号", "卫生部"),
        ] {
            let source = format!("{head}{article}");
            let document = document(&source);
            assert_eq!((document.doc_number.as_deref(), document.issuer.as_deref()), (Some(number), Some(issuer)));
            assert_eq!((document.title, document.kind), (None, crate::model::DocumentKind::Regulation));
            assert_eq!(roots(&source), ["第一条 为加强管", "第二条 本办法适"]);
        }
    }

    #[test]
    fn an_order_of_several_bodies_names_them_above() {
        let source = "中华人民共和国国家工商行政管理总局\n中华人民共和国卫生部\n令\n第26号\n\
                      《海州广告管理办法》已经两部门决定修改，现予公布。\n局长：张某某\n部长：李某某\n2006年11月10日\n\
                      海州广告管理办法\n第一条　为加强管理，制定本办法。\n";
        let document = document(source);
        assert_eq!(document.issuer.as_deref(), Some("国家工商行政管理总局、卫生部"));
        let number = "中华人民共和国国家工商行政管理总局中华人民共和国卫生部令第26号";
        assert_eq!(document.doc_number.as_deref(), Some(number));
        assert_eq!(roots(source)[0], "preamble 《海州广");
    }

    #[test]
    fn a_number_on_a_line_of_its_own_numbers_an_announcement() {
        let text = "现将有关事项公告如下：\n一、仓储企业应当登记。\n";
        let number = |head: &str| document(&format!("{head}{text}")).doc_number;
        for line in ["2023年第19号", "（2023年第19号）"] {
            let head = format!("海州市财政局关于仓储登记的公告\n{line}\n");
            assert_eq!(number(&head).as_deref(), Some("2023年第19号"));
        }
        assert_eq!(number("关于仓储登记的通知\n2023年第19号\n"), None);
    }

    #[test]
    fn bodies_one_a_line_begin_the_title() {
        let text = "各县（区）：\n现就有关事项通知如下，请遵照执行。\n2023年5月6日\n";
        let head = |head: &str| {
            let document = document(&format!("{head}{text}"));
            (document.title.unwrap_or_default(), document.issuer.unwrap_or_default())
        };
        for lines in ["海州市水利局\n海州市财政局\n海州市气象局\n", "海州市水利局　海州市财政局\n海州市气象局\n"]
        {
            let (title, issuer) = head(&format!("{lines}关于加强防汛的通知\n海水〔2023〕5号\n"));
            assert_eq!(title, "海州市水利局海州市财政局海州市气象局关于加强防汛的通知");
            assert_eq!(issuer, "海州市水利局、海州市财政局、海州市气象局");
        }
        // The head of a page.
        let headed = head("海州市人民政府\n海州市财政局\n关于加强防汛的通知\n");
        assert_eq!(headed.0, "海州市财政局关于加强防汛的通知");
    }

    #[test]
    fn a_decision_to_amend_takes_no_effect_with_the_amended_text() {
        let source = |effect: &str| {
            format!(
                "海州省人民政府关于修改《海州省渔港办法》的决定\n一、删去第五条。\n本决定自{effect}起施行。\n《海州省渔港办法》重新公布。\n\
                 海州省渔港办法\n第一条 为加强管理，制定本办法。\n第二条 本办法自2016年5月1日起施行。\n"
            )
        };
        assert_eq!(document(&source("公布之日")).effective, None);
        assert_eq!(document(&source("2024年1月1日")).effective, Some(jiff::civil::date(2024, 1, 1)));
    }

    #[test]
    fn the_title_of_a_draft_stands_below_the_day_of_signature() {
        let source = "海州市公安局关于公开征求《海州市停车办法（征求意见稿）》意见的公告\n现公开征求意见，请反馈。\n\n海州市公安局\n2023年8月1日\n\n\
                      海州市停车办法（征求意见稿）\n\n第一条 为加强管理，制定本办法。\n";
        let document = document(source);
        assert_eq!(document.signed, Some(jiff::civil::date(2023, 8, 1)));
        assert_eq!(document.instrument.as_deref(), Some("海州市停车办法"));
    }

    #[test]
    fn a_notice_and_what_it_forwards_are_one_document() {
        let source = "海政发〔2023〕5号\n各街道：\n现将省财政厅“关于加强仓储管理的通知”转发给你们，请认真执行。\n海州市财政局\n2023年5月6日\n\
                      关于加强仓储管理的通知\n海财发〔2023〕7号\n各市财政局：\n请按照要求落实责任。\n海州省财政厅\n2023年4月6日\n";
        assert_eq!(document(source).doc_number.as_deref(), Some("海政发〔2023〕5号"));
        let unsigned = "海州市人民政府办公室转发市财政局关于加强仓储管理意见的通知\n各街道：\n市财政局《关于加强仓储管理的意见》已经同意，现转发给你们。\n\
                        关于加强仓储管理的意见\n为加强管理，提出以下意见：\n一、明确责任。\n海州市财政局\n2023年4月6日\n";
        let document = document(unsigned);
        assert_eq!((document.issuer.as_deref(), document.signed), (Some("海州市人民政府办公室"), None));
    }
}
