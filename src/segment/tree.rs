//! The tree of provisions of one part of a document (a notice, the rules it issues, an attachment).
//!
//! A label begins a provision when its number is the one that the sequence expects; form and context decide the rest.
//! `31、` is an item because 30 stood before it; `第十条的规定` is a reference although it starts a line.

use super::heading::{self, Head};
use crate::elements;
use crate::label::{self, Label};
use crate::lexicon::Marks;
use crate::model::Form;
use crate::normalise::{Paragraph, Text};
use crate::span::Span;

/// A provision while the tree grows.
#[derive(Debug, Clone)]
pub struct Branch {
    pub form: Form,
    pub label: Option<Span>,
    pub number: Option<u32>,
    pub sub_number: Option<u32>,
    pub heading: Option<Span>,
    pub parent: Option<usize>,
    pub content: Vec<Content>,
    /// The last own paragraph ends with a colon: a list is announced.
    announces: bool,
    /// The last own paragraph ends inside a clause.
    breaks_off: bool,
}

impl Branch {
    pub fn unnumbered(form: Form, content: Vec<Content>) -> Self {
        Self {
            form,
            label: None,
            number: None,
            sub_number: None,
            heading: None,
            parent: None,
            content,
            announces: false,
            breaks_off: false,
        }
    }
}

/// What a provision holds, in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A paragraph of its own, without the label.
    Own(Span),
    /// A child, by its index.
    Child(usize),
    /// A table, by the indexes of its rows among the paragraphs of the text.
    Table(std::ops::Range<usize>),
}

/// An oddity in the numbers: code, what it is, where.
#[derive(Debug, Clone)]
pub struct Odd {
    pub code: &'static str,
    pub message: String,
    pub span: Span,
}

/// The tree of one part.
#[derive(Debug, Default)]
pub struct Tree {
    pub branches: Vec<Branch>,
    pub odd: Vec<Odd>,
    /// Open branches from the root to the deepest.
    open: Vec<usize>,
    /// For each form, the last number given and the form of its parent.
    last: Vec<(Form, u32, Option<Form>)>,
    numbered: bool,
    /// The first number is not 1: the text is cut out of a longer one.
    fragment: bool,
    /// Labels inside quoted text (an amendment's new wording) number nothing here.
    quoted: bool,
    /// New wording stands in it, perhaps without quotes: `修改为：`, `增加五条，分别作为第…条`.
    amends: bool,
}

/// How far a sequence may jump before the number is taken for something else.
const WIDEST_GAP: u32 = 20;

/// How many numbers of a series that runs on through the sections may be missing.
const MOST_MISSING: u32 = 2;

/// The first byte of “ and ”.
const QUOTE: u8 = 0xe2;

/// Ends of sentences and clauses behind which a label may stand inside a paragraph.
static ENDS: Marks = Marks::new(&['。', '；', '：', '！']);

/// Ends of the items of a list that stands on one line.
static CLAUSE_ENDS: Marks = Marks::new(&['。', '；']);

/// What announces no provisions: a list of attachments, notes to a table.
const NOTES: [&str; 4] = ["附件：", "附：", "注：", "说明："];

/// The forms of lists that stand on the line that announces them: `有下列情形的：（一）…；（二）…。`.
const LINE_LISTS: [Form; 3] = [Form::CnParen, Form::Num, Form::NumParen];

/// Where a label belongs.
struct Place {
    parent: Option<usize>,
    odd: Option<(&'static str, u32)>,
}

impl Tree {
    /// Adds a paragraph: the provisions that begin in it, the rest as text of the open one.
    pub fn add(&mut self, text: &Text, paragraph: &Paragraph) {
        let mut at = paragraph.span.start;
        let whole = text.str(&paragraph.span);
        let was_quoted = self.quoted;
        self.follow_quotes(whole);
        if was_quoted {
            return self.add_own(text, paragraph.span.clone());
        }
        // Each turn takes what stands before the next label that begins inside the paragraph.
        loop {
            let here = at..paragraph.span.end;
            let waits = self.last_open(Form::Num).map(|last| last + 1);
            let label = label::parse(text.str(&here)).or_else(|| label::counted(text.str(&here), waits?));
            let place = label.as_ref().and_then(|l| self.place(text, paragraph, at, l));
            let body_start = match (&label, place) {
                (Some(label), Some(place)) => {
                    self.begin(text, at, label, place);
                    at + label.len
                }
                _ => at,
            };
            let over = self.list_is_over(text, paragraph, body_start);
            let next = self.next_run_in(text, paragraph, body_start, over);
            let end = next.unwrap_or(paragraph.span.end);
            if body_start > at {
                self.head(text, paragraph, body_start..end);
            }
            if body_start < end {
                self.add_own(text, body_start..end);
            }
            if over.is_some() && over == next {
                self.open.pop();
            }
            match next {
                Some(next) => at = next,
                None => return,
            }
        }
    }

    /// Adds table rows at the open provision.
    pub fn add_table(&mut self, rows: std::ops::Range<usize>) {
        let open = self.ensure_open();
        self.branches[open].content.push(Content::Table(rows));
    }

    /// Whether nothing is numbered yet.
    pub fn is_unnumbered(&self) -> bool {
        !self.numbered
    }

    /// The next label inside a paragraph that begins a provision: after the end of a sentence, and the number that is
    /// expected (`…主要做了八方面工作。 (一)全力以赴`, `…决定。 第十六条市人民政府`); or where the list is over that stands there.
    fn next_run_in(&self, text: &Text, paragraph: &Paragraph, from: usize, over: Option<usize>) -> Option<usize> {
        let body = &text.clean[from..paragraph.span.end];
        if let Some(at) = self.list_in_heading(text, paragraph, from) {
            return Some(at);
        }
        let is_division =
            |b: &Branch| matches!(b.form, Form::Part | Form::Chapter | Form::Section) && b.content.is_empty();
        if self.open.last().is_some_and(|&b| is_division(&self.branches[b]))
            && let Some(at) = self.article_on_line(body)
        {
            return Some(from + at);
        }
        let mut ends = ENDS.places(body).map(|(i, mark)| from + i + mark.len_utf8());
        ends.find(|&at| at < paragraph.span.end && (over == Some(at) || self.runs_in(text, paragraph, at)))
    }

    /// Where the last item of a list on one line ends: with its sentence, where clauses that end with ；stand before it
    /// (`…：（一）取得许可；（二）按期申报。申报的内容由县级…`); else before the sentence that announces another list.
    fn list_is_over(&self, text: &Text, paragraph: &Paragraph, from: usize) -> Option<usize> {
        let item = &self.branches[*self.open.last()?];
        let label = item.label.as_ref().filter(|label| label.end == from && label.start > paragraph.span.start)?;
        if !LINE_LISTS.contains(&item.form) {
            return None;
        }
        let before = &text.clean[paragraph.span.start..label.start];
        let rest = &text.clean[from..paragraph.span.end];
        let behind = |(at, mark): (usize, char)| Some((at, label::parse(&rest[at + mark.len_utf8()..])?));
        let mut labels = ENDS.places(rest).filter_map(behind);
        let stop = match labels.find(|(_, l)| l.form == item.form || rank(l.form) < rank(item.form)) {
            Some((_, l)) if l.form == item.form && l.number == item.number.map(|n| n + 1) => None,
            _ if before.ends_with('；') => rest.find('。'),
            Some((at, l)) if l.form == item.form && l.number == Some(1) => rest[..at].rfind('。'),
            _ => None,
        };
        stop.map(|stop| from + stop + '。'.len_utf8())
    }

    /// A list that begins on the line of its heading: `二、强化票据业务内控管理（一）按业务实质…`.
    fn list_in_heading(&self, text: &Text, paragraph: &Paragraph, from: usize) -> Option<usize> {
        let deepest = *self.open.last()?;
        let headed = self.branches[deepest].form == Form::Cn && self.branches[deepest].content.is_empty();
        if !headed || from == paragraph.span.start {
            return None;
        }
        let body = &text.clean[from..paragraph.span.end];
        let at = body.find("（一）").or_else(|| body.find("(一)"))?;
        let heading = &body[..at];
        let rest = &body[at + label::parse(&body[at..])?.len..];
        let fits = (2..=40).contains(&heading.chars().count()) && !heading.contains(['。', '；', '：', '《', '第']);
        (fits && !refers(rest)).then_some(from + at)
    }

    /// Where the expected article begins on the line of a chapter: `第三章 申请与拨付第三条 …`.
    fn article_on_line(&self, rest: &str) -> Option<usize> {
        let expected = self.number_of(Form::Article).map_or(1, |last| last + 1);
        let mut heads =
            rest.match_indices('第').map(|(at, _)| at).filter(|&at| at > 0 && rest[..at].chars().count() <= 30);
        heads.find(|&at| {
            label::parse(&rest[at..])
                .is_some_and(|l| l.form == Form::Article && l.number == Some(expected) && !refers(&rest[at + l.len..]))
        })
    }

    fn runs_in(&self, text: &Text, paragraph: &Paragraph, at: usize) -> bool {
        let Some(label) = label::parse(&text.clean[at..paragraph.span.end]) else { return false };
        let Some(number) = label.number else { return false };
        let before = &text.clean[paragraph.span.start..at];
        let gap = paragraph.gaps.binary_search(&at).is_ok();
        let rest = &text.clean[at + label.len..paragraph.span.end];
        if refers(rest) {
            return false;
        }
        if LINE_LISTS.contains(&label.form) && self.stands_in_list(before, rest, paragraph.span.start, &label) {
            return true;
        }
        match label.form {
            Form::Article => {
                before.ends_with('。') && self.number_of(Form::Article).is_some_and(|last| number == last + 1)
            }
            Form::Cn | Form::CnParen => {
                let expected = self.last_open(label.form).map_or(1, |last| last + 1);
                let ended = before.ends_with(['。', '！', '；', '：']);
                let follows = number == expected && ended;
                // The first of a list needs the blank that parted it from the sentence before, or its younger sibling
                // behind a sentence of its own; a later one its elder.
                let first = |opens: bool| opens && has_next(rest, label.form);
                let opens = before.ends_with('。') || (label.form == Form::Cn && announces_list(before));
                follows && (gap || if number > 1 { !before.ends_with(['；', '：']) } else { first(opens) })
            }
            // `…。第三章申报第九条…`: a chapter whose line was lost, with the article that is expected.
            Form::Chapter => {
                let expected = self.number_of(Form::Chapter).map_or(1, |last| last + 1);
                before.ends_with('。') && number == expected && self.article_on_line(rest).is_some()
            }
            Form::Num => {
                let expected = self.last_open(label.form).map_or(1, |last| last + 1);
                gap && number == expected && before.ends_with('。') && number > 1
            }
            _ => false,
        }
    }

    /// Whether a label inside a line numbers an item of a list that stands there: the first behind the colon that announces
    /// it, each other behind the mark that ends its elder. `line` is where the line begins, `before` its text up to here.
    fn stands_in_list(&self, before: &str, rest: &str, line: usize, label: &Label) -> bool {
        let Some(number) = label.number else { return false };
        if number == 1 {
            let announced = before.ends_with('：') && !NOTES.iter().any(|note| before.ends_with(note));
            return announced
                && !refers_to_items(rest, label.form)
                && second_on_line(rest, label.form)
                && !is_in_quotes(before);
        }
        let elder = self.open.iter().rev().map(|&b| &self.branches[b]).find(|b| b.form == label.form);
        let on_line = |elder: &Branch| elder.label.as_ref().is_some_and(|label| label.start >= line);
        before.ends_with(['；', '。'])
            && elder.is_some_and(|elder| elder.number == Some(number - 1) && on_line(elder))
            && !is_in_quotes(before)
    }

    /// Where a label at the start of a paragraph belongs; `None` when it numbers nothing.
    fn place(&self, text: &Text, paragraph: &Paragraph, at: usize, label: &Label) -> Option<Place> {
        let rest = &text.clean[at + label.len..paragraph.span.end];
        let gap = paragraph.gaps.binary_search(&(at + label.len)).is_ok();
        match label.form {
            Form::Part | Form::Chapter | Form::Section => self.place_division(paragraph, label, rest),
            Form::Article => self.place_article(label, rest, gap),
            Form::Dash => Some(Place { parent: self.dash_parent(), odd: None }),
            _ => self.place_item(label, rest),
        }
    }

    /// 编, 章, 节: a short line that is no sentence.
    fn place_division(&self, paragraph: &Paragraph, label: &Label, rest: &str) -> Option<Place> {
        let rest = self.article_on_line(rest).map_or(rest, |at| &rest[..at]);
        let is_line = !rest.contains(['。', '；']) && rest.chars().count() <= 50;

        if !is_line || (refers(rest) && paragraph.heading.is_none()) {
            return None;
        }
        let parent = self.open.iter().rev().copied().find(|&b| rank(self.branches[b].form) < rank(label.form));
        let number = label.number?;
        let odd = self.last_open(label.form).and_then(|last| oddity(last, number));
        Some(Place { parent, odd })
    }

    /// 条: numbers run through the whole part, whatever its chapters.
    fn place_article(&self, label: &Label, rest: &str, gap: bool) -> Option<Place> {
        let number = label.number?;
        let last = self.number_of(Form::Article);
        let expected =
            last.map_or(number == 1, |last| number == last + 1 || (number == last && label.sub_number.is_some()));
        if refers(rest) && !(expected && gap) {
            return None;
        }
        let odd = match last {
            _ if expected => None,
            None => None,
            // New wording that an amendment quotes without quotes: `增加五条，内容如下：` ⏎ `第一百二十三条 …`.
            Some(last) if number > last && self.is_announced() => return None,
            // Of a law that is printed in part, a head is one; what stands in a sentence is not.
            Some(last) if number > last + WIDEST_GAP && (!gap || self.amends) => return None,
            // The articles of another instrument.
            Some(_) if number == 1 => None,
            // Without the blank that parts a head from its text only a number in sequence is believed.
            Some(last) if !gap && number <= last => return None,
            Some(last) => oddity(last, number),
        };
        // Beside the open article; else below what is open, a section 一、 above articles too, and a bare head （一） in it.
        let elder = self.open.iter().rev().copied().find(|&b| self.branches[b].form == Form::Article);
        let heads = |branch: &Branch| match branch.form {
            Form::Cn => true,
            Form::CnParen => matches!(&branch.content[..], [Content::Own(own)] if branch.heading.as_ref() == Some(own)),
            form => rank(form) < rank(Form::Article),
        };
        let above = |&b: &usize| heads(&self.branches[b]);
        let parent = match elder {
            Some(elder) => self.branches[elder].parent,
            None => self.open.iter().rev().copied().find(above),
        };
        Some(Place { parent, odd })
    }

    fn is_announced(&self) -> bool {
        self.open.last().is_some_and(|&b| self.branches[b].announces)
    }

    fn place_item(&self, label: &Label, rest: &str) -> Option<Place> {
        let number = label.number?;
        if refers_to_items(rest, label.form) {
            return None;
        }
        // The sequence first: the deepest open list of this form that waits for this number.
        let siblings = || self.open.iter().rev().copied().filter(|&b| self.branches[b].form == label.form);
        if let Some(elder) = siblings().find(|&b| self.branches[b].number == Some(number.wrapping_sub(1))) {
            return Some(Place { parent: self.branches[elder].parent, odd: None });
        }
        let before = self.last.iter().find(|(form, ..)| *form == label.form);
        if let Some(&(_, last, parent_form)) = before
            && (last + 1 == number || (last + 2..=last + MOST_MISSING + 1).contains(&number) && begins_text(rest))
            && siblings().next().is_none()
        {
            // Numbers that run on through the sections: `13.` under 二、 after `12.` under 一、, or after `11.`.
            let parent = self.open.iter().rev().copied().find(|&b| Some(self.branches[b].form) == parent_form);
            return Some(Place { parent: parent.or_else(|| self.host(label.form)), odd: oddity(last, number) });
        }
        if let Some(elder) = siblings().next() {
            let parent = self.branches[elder].parent;
            let last = self.branches[elder].number?;
            return match number {
                // A second list of the form: after new text of the same provision, or deeper.
                1 => Some(Place { parent: self.second_list_parent(elder, label.form), odd: None }),
                _ if number > last + WIDEST_GAP || is_quantity(rest) => None,
                _ => Some(Place { parent, odd: oddity(last, number) }),
            };
        }
        match number {
            1 => Some(Place { parent: self.host(label.form), odd: None }),
            // A list whose beginning is missing: believed where nothing of its form stood before and the number is small,
            // or where the text is a fragment that begins with it.
            _ if is_quantity(rest) || rest.is_empty() => None,
            _ if before.is_none() && (self.is_unnumbered() || self.fragment || number <= 3) => Some(Place {
                parent: self.host(label.form),
                odd: (!self.is_unnumbered() && !self.fragment).then_some(("missing_number", 0)),
            }),
            _ if matches!(label.form, Form::Cn | Form::CnParen) => {
                Some(Place { parent: self.host(label.form), odd: before.and_then(|b| oddity(b.1, number)) })
            }
            _ => None,
        }
    }

    /// The provision below which a list of this form begins.
    fn host(&self, form: Form) -> Option<usize> {
        let labelled = |&&b: &&usize| self.branches[b].label.is_some();
        match form {
            // 一、 stands below no other list.
            Form::Cn => self.open.iter().rev().copied().find(|&b| rank(self.branches[b].form) <= rank(Form::Article)),
            // Below a dash stand only the lowest forms.
            Form::NumParen | Form::Circled | Form::Letter => self.open.iter().rev().find(labelled).copied(),
            _ => self.open.iter().rev().filter(|&&b| self.branches[b].form != Form::Dash).find(labelled).copied(),
        }
    }

    /// A list that starts again at 1 while one of its form is open: below the elder when that is a heading of its own kind
    /// of list, else beside it.
    fn second_list_parent(&self, elder: usize, form: Form) -> Option<usize> {
        let deepest = *self.open.last()?;
        let parent = self.branches[elder].parent;
        if deepest != elder
            && self.branches[deepest].announces
            && form != Form::Cn
            && self.branches[deepest].label.is_some()
        {
            return Some(deepest);
        }
        parent
    }

    fn dash_parent(&self) -> Option<usize> {
        let dash = self.open.iter().rev().copied().find(|&b| self.branches[b].form == Form::Dash);
        match dash {
            Some(dash) => self.branches[dash].parent,
            None => self.open.iter().rev().copied().find(|&b| self.branches[b].label.is_some()),
        }
    }

    fn begin(&mut self, text: &Text, at: usize, label: &Label, place: Place) {
        let rest_at = at + label.len;
        if let Some((code, expected)) = place.odd {
            let said = text.str(&(at..rest_at));
            let message = match code {
                "duplicate_number" => format!("{said} stands twice; both are kept"),
                "missing_number" if expected > 0 => format!("{said} stands where number {expected} was expected"),
                "missing_number" => format!("the list begins with {said}"),
                _ => format!("{said} stands where number {expected} was expected; the order is kept as printed"),
            };
            self.odd.push(Odd { code, message, span: at..rest_at });
        }
        self.fragment |= !self.numbered && label.number.is_some_and(|n| n > 1);
        self.numbered = true;
        let index = self.branches.len();
        self.branches.push(Branch {
            form: label.form,
            label: Some(at..rest_at),
            number: label.number,
            sub_number: label.sub_number,
            heading: None,
            parent: place.parent,
            content: Vec::new(),
            announces: false,
            breaks_off: false,
        });
        if let Some(parent) = place.parent {
            self.branches[parent].content.push(Content::Child(index));
        }
        match place.parent.and_then(|p| self.open.iter().position(|&b| b == p)) {
            Some(depth) => self.open.truncate(depth + 1),
            None => self.open.clear(),
        }
        self.open.push(index);
        if let Some(number) = label.number {
            let parent_form = place.parent.map(|p| self.branches[p].form);
            self.last.retain(|(form, ..)| *form != label.form);
            self.last.push((label.form, number, parent_form));
        }
    }

    /// Finds the heading of the provision just begun in what follows its label.
    fn head(&mut self, text: &Text, paragraph: &Paragraph, rest: Span) {
        let Some(&open) = self.open.last() else { return };
        let gaps: Vec<usize> = paragraph.gaps.iter().filter(|g| rest.contains(g)).map(|g| g - rest.start).collect();
        let branch = &mut self.branches[open];
        let marked = paragraph.heading.is_some();
        let heading = heading::heading(&Head { form: branch.form, rest: text.str(&rest), gaps: &gaps, marked });
        branch.heading = heading.map(|h| rest.start + h.start..rest.start + h.end);
    }

    fn add_own(&mut self, text: &Text, span: Span) {
        let said = text.str(&span);
        self.close_list_before(said);
        let open = self.ensure_open();
        let branch = &mut self.branches[open];
        branch.announces = said.ends_with(['：', ':']);
        branch.breaks_off = branch.heading.is_none() && !ends_clause(said);
        branch.content.push(Content::Own(span));
        self.amends |= said.contains("修改为") || said.contains("作为第");
    }

    /// A paragraph after a list of clauses belongs to what holds the list: the next 款 of a statute's article, text of the
    /// provision in a policy. Text below an item with a heading of its own is that item's.
    fn close_list_before(&mut self, said: &str) {
        let is_bracket = said.starts_with(['（', '(', '〔', '【']) && said.ends_with(['）', ')', '〕', '】']);
        if is_bracket {
            return;
        }
        // What breaks off goes on.
        if self.open.last().is_some_and(|&b| self.branches[b].breaks_off) {
            return;
        }
        if let Some(depth) = self.open.iter().rposition(|&b| self.branches[b].form == Form::Article) {
            // The first paragraph of an item is the item.
            let deepest = self.open[self.open.len() - 1];
            if !self.branches[deepest].content.is_empty() {
                self.open.truncate(depth + 1);
            }
            return;
        }
        if let Some(&dash) = self.open.last()
            && self.branches[dash].form == Form::Dash
            && !self.branches[dash].content.is_empty()
            && !self.branches[dash].announces
        {
            // A dash heads one paragraph.
            self.open.pop();
        }
        while let Some(&deepest) = self.open.last() {
            let branch = &self.branches[deepest];
            let Some(parent) = branch.parent else { return };
            let is_clause = branch.heading.is_none() && !branch.content.is_empty() && !branch.announces;
            if !(is_clause && self.branches[parent].announces) {
                return;
            }
            self.open.pop();
        }
    }

    /// The deepest open provision; before the first number a preamble is opened for text that has none.
    fn ensure_open(&mut self) -> usize {
        if let Some(&open) = self.open.last() {
            return open;
        }
        let form = if self.is_unnumbered() { Form::Preamble } else { Form::Closing };
        self.branches.push(Branch::unnumbered(form, Vec::new()));
        let index = self.branches.len() - 1;
        self.open.push(index);
        index
    }

    /// Ends every open provision; what follows without a number is the closing.
    pub fn close(&mut self) {
        self.open.clear();
    }

    /// Ends every open provision and opens the closing.
    fn close_for_good(&mut self) {
        let is_closing = self.open.last().is_some_and(|&b| self.branches[b].form == Form::Closing);
        if !is_closing {
            self.open.clear();
            self.branches.push(Branch::unnumbered(Form::Closing, Vec::new()));
            self.open.push(self.branches.len() - 1);
        }
    }

    /// Closes for good, and keeps what stands there (signature, list of attachments) as it is.
    pub fn close_with(&mut self, paragraphs: &[Paragraph]) {
        self.close_for_good();
        paragraphs.iter().for_each(|paragraph| self.add_plain(paragraph));
    }

    /// Adds a paragraph as it stands, whatever it begins with.
    pub fn add_plain(&mut self, paragraph: &Paragraph) {
        let open = self.ensure_open();
        self.branches[open].content.push(Content::Own(paragraph.span.clone()));
    }

    /// Keeps watch over quoted wording that spans paragraphs: `修改为：“第十条 …` ⏎ `第十一条 …。”`.
    fn follow_quotes(&mut self, paragraph: &str) {
        let mut marks = memchr::memrchr_iter(QUOTE, paragraph.as_bytes());
        let Some(quote) = marks.find(|&at| paragraph[at..].starts_with(['“', '”'])) else { return };
        let before = &paragraph[..quote];
        let amends = before.is_empty() || before.ends_with(['：', ':']) || before.ends_with("修改为");
        self.quoted = paragraph[quote..].starts_with('“') && (self.quoted || amends);
    }

    /// The number of the deepest open provision of a form.
    fn last_open(&self, form: Form) -> Option<u32> {
        self.open.iter().rev().find(|&&b| self.branches[b].form == form).and_then(|&b| self.branches[b].number)
    }

    /// The last number of a form in this part.
    fn number_of(&self, form: Form) -> Option<u32> {
        self.last.iter().find(|(f, ..)| *f == form).map(|(_, n, _)| *n)
    }
}

/// The order of divisions in a statute; lists stand below all of them.
fn rank(form: Form) -> u8 {
    match form {
        Form::Part => 0,
        Form::Chapter => 1,
        Form::Section => 2,
        Form::Article => 3,
        Form::Paragraph => 4,
        Form::Cn => 5,
        _ => 6,
    }
}

/// What follows a head that is a reference: `第十条的规定`, `第三条第二款`, `第八条、第九条`.
fn refers(rest: &str) -> bool {
    const WORDS: &[&str] = &["规定", "所列", "所称", "中的", "之规定", "修改为"];
    const JOINS: &[&str] = &["、", "和", "或", "至", "与", "及", "或者", "以及"];
    rest.starts_with(['第', '的', '》', '，', '；'])
        || WORDS.iter().any(|w| rest.starts_with(w))
        || JOINS.iter().any(|w| rest.strip_prefix(w).is_some_and(|r| r.starts_with(['第', '本', '《', '前'])))
}

/// What follows a label that refers to items: `（一）至（六）项发布的内容`, `（一）、（三）项规定`.
fn refers_to_items(rest: &str, form: Form) -> bool {
    let joins = ["", "、", "至", "和", "或", "或者", "到"].iter().filter_map(|join| rest.strip_prefix(join));
    let brackets = joins.filter(|others| others.starts_with(['（', '(']));
    brackets.filter_map(label::parse).any(|other| other.form == form)
}

/// Whether an item begins with a word, and not with what it would count.
fn begins_text(rest: &str) -> bool {
    !is_quantity(rest) && rest.starts_with(elements::is_letter)
}

/// `…提出如下意见：`, `…通知如下：`: what a document sets out begins here.
fn announces_list(text: &str) -> bool {
    let clause = text.strip_suffix('：').and_then(|text| text.rsplit(['，', '。']).next());
    clause
        .and_then(|clause| clause.rfind("如下").map(|at| clause[at..].chars().count()))
        .is_some_and(|count| count <= 6)
}

/// Whether the second item of a list stands behind the end of a sentence in the rest of a paragraph.
fn has_next(rest: &str, form: Form) -> bool {
    let marks: &[&str] = if form == Form::Cn { &["。二、"] } else { &["。（二）", "。(二)"] };
    marks.iter().any(|mark| rest.contains(mark))
}

/// Characters back to the mark that opens a quotation.
const LONGEST_QUOTATION: usize = 1000;

/// Whether a quotation is open at the end of a text.
fn is_in_quotes(text: &str) -> bool {
    let mut marks = text.chars().rev().take(LONGEST_QUOTATION).filter(|c| matches!(c, '“' | '”'));
    marks.next() == Some('“')
}

/// Whether behind the first item of a list the second stands on its line, and the last ends with a mark.
fn second_on_line(rest: &str, form: Form) -> bool {
    let behind = |(at, mark): (usize, char)| label::parse(&rest[at + mark.len_utf8()..]);
    let next = CLAUSE_ENDS.places(rest).filter_map(behind).find(|l| l.form == form || rank(l.form) < rank(form));
    next.is_some_and(|l| l.form == form && l.number == Some(2)) && rest.ends_with(['；', '。'])
}

fn ends_clause(text: &str) -> bool {
    let text = text.trim_end_matches(['”', '"', '’', '）', ')', '】', '〕', ']', '》']);
    text.ends_with(['。', '；', '：', '！', '？', ';', ':', '.'])
}

/// A number that counts something: `3.5万元`, `20个`.
fn is_quantity(rest: &str) -> bool {
    rest.starts_with(|c: char| c.is_ascii_digit() || "%％万亿元个家倍版".contains(c))
}

fn oddity(last: u32, number: u32) -> Option<(&'static str, u32)> {
    match number {
        n if n == last + 1 => None,
        n if n == last => Some(("duplicate_number", last + 1)),
        n if n > last => Some(("missing_number", last + 1)),
        1 => None,
        _ => Some(("out_of_order", last + 1)),
    }
}
