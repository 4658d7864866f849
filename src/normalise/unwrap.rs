//! Which lines go on the paragraph before them.
//!
//! A page breaks a sentence where its width ends: the line is full and no sentence ends there. So the width of the page
//! is measured first. Brackets left open are the surest sign that a text goes on, a label or an element of an official
//! document (number, date, title) that a new one begins.

use super::clean::{CleanLine, Cleaned, ends_clause};
use crate::lexicon::Endings;
use crate::model::Form;
use crate::{elements, label, numeral};
use std::borrow::Cow;
use std::sync::LazyLock;

/// How the lines of a source fill their page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Page {
    /// Lines are wrapped at a width, in columns; otherwise each line is a paragraph and only page ends break one.
    wrapped_at: Option<usize>,
    /// A blank line stands between paragraphs, so a line without one before it goes on.
    blank_between: bool,
    /// The first lines of wrapped paragraphs are set in, and no others.
    indents: bool,
}

/// For each line, whether it goes on the paragraph of the line before. A blank line that stands before each printed line says
/// nothing, and is forgotten.
pub fn continues(cleaned: &mut Cleaned) -> Vec<bool> {
    let mut page = Page::of(cleaned);
    if page.wrapped_at.is_some_and(|widest| is_double_spaced(&cleaned.lines, widest)) {
        cleaned.lines.iter_mut().for_each(|line| line.blank_before = line.blank_before.saturating_sub(1));
        page = Page::of(cleaned);
    }
    let cleaned = &*cleaned;
    let all = cleaned.text.as_str();
    let mut paragraph = Paragraph { all, first_line: true, ..Paragraph::default() };
    let mut out = Vec::with_capacity(cleaned.lines.len());
    let mut last: Option<Line> = None;
    let rests = page.wrapped_at.map(|widest| rests_of_printed_lines(cleaned, widest)).unwrap_or_default();
    for (at, line) in cleaned.lines.iter().enumerate() {
        let (text, marks) = (cleaned.str(line), &cleaned.marks[line.marks.clone()]);
        let line = Line { text, marks, of: line, rest: rests.get(at).copied().flatten() };
        let goes_on = last.is_some_and(|last| paragraph.goes_on(last, line, page));
        if !goes_on {
            let before = last.map(|_| paragraph.text);
            let mut numbers = std::mem::take(&mut paragraph.numbers);
            if let Some((label, number)) = line.of.label.as_ref().and_then(|l| Some((l.form, l.number?))) {
                numbers.retain(|(form, _)| *form != label);
                numbers.push((label, number));
            }
            let mut open_brackets = std::mem::take(&mut paragraph.open_brackets);
            open_brackets.clear();
            paragraph = Paragraph { all, before, open_brackets, first_line: true, numbers, ..Paragraph::default() };
        }
        paragraph.push(line, page);
        out.push(goes_on);
        last = Some(line);
    }
    out
}

/// A line with its text.
#[derive(Clone, Copy)]
struct Line<'t> {
    text: &'t str,
    marks: &'t [char],
    of: &'t CleanLine,
    /// Columns from its start to the end of the printed line that it is a piece of, where that is seen.
    rest: Option<usize>,
}

/// For each line the columns to the end of its printed line, which a PDF cuts at its marks: only the edge of the page breaks
/// a word (`…是重要` ⏎ `途径。` ⏎ `企业应`).
fn rests_of_printed_lines(cleaned: &Cleaned, widest: usize) -> Vec<Option<usize>> {
    let mut rests = vec![None; cleaned.lines.len()];
    let mut next: Option<(&CleanLine, Option<usize>)> = None;
    for (line, rest) in cleaned.lines.iter().zip(&mut rests).rev() {
        let text = cleaned.str(line);
        let below = next.filter(|(below, _)| below.blank_before == 0 && below.label.is_none() && !below.is_row);
        let in_word = text.ends_with(elements::is_han);
        let set_apart = below.is_some_and(|(below, _)| cleaned.str(below).starts_with(['《', '“', '（', '(', '〔']));
        *rest = match below {
            _ if line.is_row => None,
            Some(_) if in_word && !set_apart => Some(line.width),
            Some((_, rest)) => rest.map(|rest| line.width + rest).filter(|&width| width <= widest + 4),
            None => None,
        };
        next = Some((line, *rest));
    }
    rests
}

impl Page {
    fn of(cleaned: &Cleaned) -> Self {
        // Only lines of running text tell: rows of tables and short lines (titles, signatures) do not.
        let running: Vec<&CleanLine> = cleaned.lines.iter().filter(|l| !l.is_row && l.width >= 20).collect();
        let open = running.iter().filter(|l| is_open(cleaned.str(l))).count();
        if running.len() < 8 {
            return Self { wrapped_at: few_lines_wrap(cleaned), blank_between: false, indents: false };
        }
        if open * 5 < running.len() * 2 && !is_wrapped_list(cleaned, &running) {
            return Self { wrapped_at: None, blank_between: false, indents: false };
        }
        let mut widths: Vec<usize> = running.iter().map(|l| l.width).collect();
        widths.sort_unstable();
        let widest = widths[widths.len() * 17 / 20];
        // A source of a few very long open lines is not wrapped, it is broken at its pages.
        let wrapped_at = (widest <= 160).then_some(widest);
        let labelled = || cleaned.lines.iter().filter(|l| l.label.is_some());
        let (count, apart) = (labelled().count(), labelled().filter(|l| l.blank_before > 0).count());
        let indented = running.iter().filter(|l| l.indented).count();
        let indents = labelled().filter(|l| l.indented).count() * 10 >= count * 8;
        Self {
            wrapped_at,
            blank_between: wrapped_at.is_some() && count >= 3 && apart * 10 >= count * 7,
            indents: wrapped_at.is_some() && indents && indented >= 3 && indented * 10 <= running.len() * 8,
        }
    }

    /// Whether the source says that a paragraph begins with a line.
    fn begins_with(self, line: Line) -> bool {
        line.of.begins || self.indents && line.of.indented
    }

    /// Whether a printed line reaches the edge of the page; the first of a paragraph is indented by two characters.
    fn is_full(self, width: usize, first: bool, pieces: bool) -> bool {
        // Pieces of a justified line lose the blanks between them.
        let slack = if pieces { 8 } else { 0 } + if first { 12 } else { 8 };
        match self.wrapped_at {
            Some(widest) => width + slack >= widest,
            None => width >= 60,
        }
    }
}

/// Whether a blank line stands before each line of a page that most lines fill and none exceeds.
fn is_double_spaced(lines: &[CleanLine], widest: usize) -> bool {
    let apart = lines.iter().filter(|line| line.blank_before > 0).count();
    let full = lines.iter().filter(|line| line.width + 8 >= widest).count();
    apart >= 20
        && apart * 20 >= lines.len() * 19
        && full * 2 > lines.len()
        && lines.iter().all(|l| l.width <= widest + 8)
}

/// Whether most lines end with a clause, as items do, but those that fill the page do not.
fn is_wrapped_list(cleaned: &Cleaned, running: &[&CleanLine]) -> bool {
    let widest = running.iter().map(|l| l.width).max().unwrap_or_default();
    let (full, short): (Vec<&CleanLine>, Vec<&CleanLine>) = running.iter().partition(|l| l.width + 8 >= widest);
    let open = |lines: &[&CleanLine]| lines.iter().filter(|l| is_open(cleaned.str(l))).count();
    widest <= 120 && full.len() >= 4 && open(&full) * 5 >= full.len() * 3 && open(&short) * 5 <= short.len()
}

/// The width at which a few lines are wrapped: those with another directly below break off at much the same place.
fn few_lines_wrap(cleaned: &Cleaned) -> Option<usize> {
    let pairs = cleaned.lines.windows(2).filter(|pair| pair[1].blank_before == 0 && !pair[0].is_row);
    let followed: Vec<&CleanLine> = pairs.map(|pair| &pair[0]).filter(|l| l.width >= 30).collect();
    let open = followed.iter().filter(|l| is_open(cleaned.str(l))).count();
    let widest = followed.iter().map(|l| l.width).max()?;
    let even = followed.iter().all(|l| l.width + 8 >= widest);
    (followed.len() >= 2 && open * 2 > followed.len() && even && widest <= 120).then_some(widest)
}

/// The paragraph built so far.
#[derive(Default)]
struct Paragraph<'t> {
    /// Brackets and quotes that wait for their closing one.
    open_brackets: Vec<char>,
    /// Characters so far.
    length: usize,
    /// The text of all lines.
    all: &'t str,
    /// Its own, as far as needed to see what it is.
    text: &'t str,
    /// A clause ends in its text.
    has_clauses: bool,
    /// Columns of the printed line so far: a PDF writes one printed line in several pieces.
    printed: usize,
    last_full: bool,
    /// Its first printed line is not over.
    first_line: bool,
    /// Its first line was a label alone.
    bare_label: bool,
    /// The last number of each form before this paragraph.
    numbers: Vec<(Form, u32)>,
    /// The paragraph before it, as far as needed to see what it is; `None` at the top.
    before: Option<&'t str>,
}

/// Ends of titles of instruments with which the title of the document *about* one does not end: `…关于全面推行行政执法公示
/// 制度执法全过程记录制度` ⏎ `重大执法决定法制审核制度的指导意见`.
const WEAK_ENDS: &[&str] = &["制度", "体系", "机制", "工程", "职责", "事项", "要求", "任务", "行动", "目标", "标准"];

/// How the rest of a title begins when its first line looked complete.
const CONTINUES: &[&str] =
    &["方案", "计划", "规划", "办法", "细则", "措施", "意见", "实施方案", "的通知", "的意见", "的决定", "和"];

/// What is longer can be no title and no heading.
const TITLE_BYTES: usize = 600;

/// Brackets that wait for their closing one in no text that means something by them; what opens behind is passed over.
const MOST_OPEN: usize = 1000;

/// Bytes of the longest heading, 80 characters.
const HEADING_BYTES: usize = 80 * 4;

impl<'t> Paragraph<'t> {
    /// Whether it stands where a title may stand: at the top, below a number, a date, a note.
    fn after_element(&self) -> bool {
        self.before.is_none_or(is_element)
    }

    fn push(&mut self, line: Line, page: Page) {
        let seen = self.text.len() < TITLE_BYTES;
        for &c in line.marks {
            match c {
                '（' | '(' | '〔' | '《' | '【' | '［' | '[' if self.open_brackets.len() < MOST_OPEN => {
                    self.open_brackets.push(c);
                }
                '）' | ')' | '〕' | '》' | '】' | '］' | ']' => {
                    if let Some(at) = self.open_brackets.iter().rposition(|&o| closes(o, c)) {
                        self.open_brackets.truncate(at);
                    }
                }
                // No bracket of official prose spans sentences that far: it was never closed.
                '。' => self.open_brackets.retain(|&o| o != '《'),
                _ => {}
            }
            self.has_clauses |= seen && ends_clause(c);
        }
        if self.length == 0 {
            self.bare_label = line.of.label.as_ref().is_some_and(|l| l.len == line.text.len());
        }
        // A piece that still fits is set on the same printed line.
        let width = line.of.width;
        let fits = page.wrapped_at.is_some_and(|widest| self.printed + width <= widest + 4) && !page.blank_between;
        let carried = if fits { self.printed } else { 0 };
        self.printed = carried + width;
        self.first_line &= carried > 0 || self.length == 0;
        self.last_full = page.is_full(self.printed, self.first_line, carried > 0);
        self.length += line.of.characters;
        if seen {
            self.text = &self.all[line.of.span.start - self.text.len()..line.of.span.end];
        }
    }

    fn goes_on(&self, last: Line, next: Line, page: Page) -> bool {
        if last.of.is_row || next.of.is_row || last.of.heading.is_some() || next.of.heading.is_some() {
            return false;
        }
        if next.text.starts_with(['，', '。', '、', '；', '）', '》', '”', '：', '！', '？', ',', ';', '%', '％'])
        {
            return true;
        }
        // A bracket that a paragraph of the source leaves open was forgotten, unless the paragraph is a line of a title.
        let reach = if page.begins_with(next) { 100 } else { 2000 };
        if value_goes_on(last.text, next.text) {
            return true;
        }
        if !self.open_brackets.is_empty()
            && self.length < reach
            && next.of.blank_before <= 1
            && !is_enumeration(next.of)
            && !self.is_awaited_behind_a_duty(last, next)
        {
            return true;
        }
        let labelled = next.of.label.as_ref().is_some_and(|label| label_begins(last.text, next.text, label));
        let set_out = page.indents && !next.of.indented && self.last_full && is_open(last.text) && !self.looks_headed();
        if next.of.bullet || labelled && !self.breaks_sequence(last, next) && !set_out {
            return false;
        }
        // Most lines that begin a paragraph are told by the end of the one before.
        self.is_unfinished(last, next, page)
            && (set_out || self.breaks_sequence(last, next) || !begins_alone(last.text, next.text))
    }

    /// Whether a line goes on the paragraph that does not begin one by its own form.
    fn is_unfinished(&self, last: Line, next: Line, page: Page) -> bool {
        let attached = || last.text.ends_with(['》', '）', ')']) && elements::is_attachment(self.text);
        if (ends_sentence(last.text) || is_contact(last.text) || attached()) && elements::is_body(next.text)
            || elements::is_led_to_a_page(last.text)
        {
            return false;
        }
        if next.of.blank_before <= 1 && needs_a_subject(next.text) && self.looks_headed() {
            return true;
        }
        if announces_units(last.text) && next.of.blank_before <= 1 {
            return true;
        }
        if is_bare_label(self.text) && heads(self.text, next.text) {
            return true;
        }
        let apart = !self.last_full || next.of.blank_before > 0;
        if elements::signature_behind(last.text).is_some()
            || apart && ends_with_duty(self.text)
            || !self.last_full && charges_units(self.text)
        {
            return false;
        }
        let whole = self.text.len() < TITLE_BYTES;
        if whole && self.title_goes_on(next) {
            return true;
        }
        self.breaks_off(last, next, page) && !(whole && self.ends_here(next.text, page))
    }

    /// Whether the last line breaks off inside a sentence, by what it looks like alone.
    fn breaks_off(&self, last: Line, next: Line, page: Page) -> bool {
        if page.begins_with(next) {
            return breaks_inside(last.text);
        }
        if !is_open(last.text) {
            // A full line may end with a sentence by chance, and a piece of one often does; only a wrapped page goes on then.
            return page.wrapped_at.is_some()
                && (self.last_full || self.is_filled_by(next, page))
                && next.of.blank_before == 0
                && !last.text.ends_with(['：', ':']);
        }
        if next.of.page_before && !self.looks_headed() && !elements::is_title(self.text) && self.length >= 12 {
            // The page ended inside a sentence.
            return true;
        }
        if next.of.blank_before > 0 {
            return self.goes_on_over_a_blank(last, next, page);
        }
        match page.wrapped_at {
            Some(_) if page.blank_between => true,
            Some(widest) => {
                // No heading ends before a quote or a bracket that is set on its printed line.
                let fits = self.printed + next.of.width <= widest + 4;
                self.last_full
                    || breaks_inside(last.text)
                    || !self.looks_headed()
                    || is_quoted_word(last.text)
                    || fits && next.text.starts_with(['《', '“', '（', '('])
            }
            None => self.last_full && !self.looks_headed(),
        }
    }

    /// Whether the pieces from the next line on fill the printed line that the last one began, to the column.
    fn is_filled_by(&self, next: Line, page: Page) -> bool {
        let indent = if self.first_line { 4 } else { 0 };
        let filled = next.rest.map(|rest| self.printed + rest + indent);
        filled.zip(page.wrapped_at).is_some_and(|(filled, widest)| filled.abs_diff(widest) <= 2)
    }

    /// A label where a full line broke inside a sentence, and not the number that its list waits for: `线上线下标准统` ⏎
    /// `一、服务同质`.
    fn breaks_sequence(&self, last: Line, next: Line) -> bool {
        let Some(label) = &next.of.label else { return false };
        let listed = matches!(label.form, Form::Cn | Form::CnParen | Form::Num);
        let running = self.last_full && next.of.blank_before == 0 && is_open(last.text);
        let waits = self.numbers.iter().find(|(form, _)| *form == label.form).map_or(1, |(_, n)| n + 1);
        listed
            && running
            && self.text.len() > 90
            && label.number.is_some_and(|n| n != waits && (n != 1 || ends_with_half_a_word(last.text)))
            && !self.looks_headed()
    }

    /// Whether a line bears the number that its list waits for, where a bracket of duties was never closed: `（市人社局负责，2023年
    /// 11月底前完成` ⏎ `12.开展…`.
    fn is_awaited_behind_a_duty(&self, last: Line, next: Line) -> bool {
        let awaited = |label: &label::Label| {
            let before = self.numbers.iter().find(|(form, _)| *form == label.form);
            before.is_some_and(|(_, n)| label.number == Some(n + 1))
        };
        let duty = || ["负责", "牵头", "配合", "完成"].iter().any(|word| last.text.contains(word));
        !self.last_full && next.of.label.as_ref().is_some_and(awaited) && duty()
    }

    /// Over a blank line only a broken sentence goes on.
    fn goes_on_over_a_blank(&self, last: Line, next: Line, page: Page) -> bool {
        if self.looks_headed() && !(page.wrapped_at.is_some() && self.last_full) {
            // A heading of two clauses broken in the second: `着力统筹城乡发展,大都` ⏎⏎ `市格局风貌初步显现`.
            return breaks_inside(last.text) || last_clause_is_cut(self.text);
        }
        if breaks_inside(last.text) {
            return true;
        }
        let running = || self.text.len() >= TITLE_BYTES || self.text.contains(['，', '。', '；', ',']);
        match page.wrapped_at {
            Some(_) => self.last_full && !elements::is_title(self.text),
            None => {
                (self.last_full || next.of.width >= 60 || self.length >= 12)
                    && running()
                    && !elements::is_title(self.text)
            }
        }
    }

    /// Whether the next line goes on a title: `…关于促进个体工商户高质量发展若干` ⏎ `政策措施的通知（2023年3月18日）`.
    fn title_goes_on(&self, next: Line) -> bool {
        static WEAK: LazyLock<Endings> = LazyLock::new(|| Endings::new(WEAK_ENDS.iter().copied()));
        if next.of.blank_before > 1 || next.of.label.is_some() {
            return false;
        }
        let core = elements::title_core(self.text);
        let plain = !self.has_clauses || (core.len() < self.text.len() && !core.contains(ends_clause));
        // `…三年行动` ⏎ `方案（2023-2025年）`, `印发《A》` ⏎ `和` ⏎ `《B》` ⏎ `的通知`.
        let kind_follows = next.of.blank_before == 0 && CONTINUES.iter().any(|word| next.text.starts_with(word));
        let cut = WEAK.end(core) && core.contains("关于");
        ((kind_follows && elements::is_title(core) && self.after_element())
            || (cut && !next.text.contains("关于") && elements::is_title(next.text))
            || (plain && self.plain_title_goes_on(core, next)))
            && !elements::is_addressee(next.text)
            && !(elements::is_body(next.text) && elements::is_whole_title(core))
    }

    /// As [`Self::title_goes_on`], for a title in which no clause ends.
    fn plain_title_goes_on(&self, core: &str, next: Line) -> bool {
        let plain = |text: &str| !text.contains(ends_clause);
        let joined = if self.text.ends_with(core) {
            Cow::Borrowed(&self.all[next.of.span.start - core.len()..next.of.span.end])
        } else {
            Cow::Owned(format!("{core}{}", next.text))
        };
        if elements::is_title(&joined)
            && !elements::is_title(core)
            && elements::date(self.text).is_none()
            && (elements::title_core(&joined).len() < joined.len()
                || (next.of.blank_before == 0
                    && next.of.width <= 60
                    && plain(next.text)
                    && core.chars().count() >= 6
                    && !elements::is_body(core)
                    && !is_element(self.text)
                    && self.after_element()))
        {
            return true;
        }
        // No name of a body goes on behind a clause.
        let clause = next.text.find(ends_clause).map_or(joined.len(), |len| core.len() + len);
        let issuer_first = || {
            elements::issuer_end(&joined[..clause])
                .is_some_and(|end| end >= core.len() && elements::is_body(&joined[..end]))
                && !elements::is_title(core)
        };
        issuer_first()
            || ((clause == joined.len() || plain(elements::title_core(next.text)))
                && elements::is_open_title(self.text))
    }

    /// Whether the paragraph so far is a heading, or ends with one that was set behind a sentence
    /// (`…八方面工作。 (一)全力以赴助企纾困`): a label and no sentence after it.
    fn looks_headed(&self) -> bool {
        let mut near = self.text.len().saturating_sub(HEADING_BYTES + 4)..self.text.len();
        near.start = near.clone().find(|at| self.text.is_char_boundary(*at)).unwrap_or(near.end);
        let tail = self.text[near].rsplit(['。', '；', '：', '！', '？']).next().unwrap_or_default();
        if tail.len() > HEADING_BYTES {
            return false;
        }
        let Some(label) = label::parse(tail) else { return false };
        let count = tail.chars().count();
        let short = count <= 40 || (count <= 80 && tail.ends_with(['）', ')', '〕', '】']));
        let titled_article = self.bare_label && count <= 20;
        short
            && (label.form != Form::Article || titled_article)
            && !["应当", "不得", "可以", "必须"].iter().any(|word| tail.contains(word))
            && !speaks_of_itself(tail)
    }

    /// Whether the paragraph so far is an element of an official document that ends with its line.
    fn ends_here(&self, next: &str, page: Page) -> bool {
        let text = self.text;
        elements::date(text).is_some()
            || elements::doc_number(text).is_some()
            || elements::titled_number(text).is_some()
            || elements::card(text).is_some()
            || elements::is_note(text)
            || elements::is_registration(text)
            || elements::edition(text).is_some()
            || elements::is_addressee(text)
            || elements::is_officer(text)
            || elements::occasion(text).is_some()
            || elements::is_provenance(text)
            || text.starts_with(['第', '〔', '（', '1', '2']) && elements::bare_number(text)
            || regex!(r"^附件[\d一二三四五六七八九十]{0,2}[:：]?$").is_match(text)
            || (elements::is_body(text)
                && (elements::date(next).is_some() || elements::is_body(next) || !self.last_full))
            || self.is_title_that_ends(next, page)
    }

    /// Whether the paragraph so far is a title, and no full line of one that may go on.
    fn is_title_that_ends(&self, next: &str, page: Page) -> bool {
        if elements::is_collected_title(self.text) {
            return true;
        }
        let ends = !self.last_full || page.wrapped_at.is_none() || elements::date(next).is_some();
        (ends || self.text.ends_with(['）', ')']))
            && label::parse(self.text).is_none_or(|l| l.form == Form::Num)
            && elements::is_title(self.text)
            && (ends || elements::is_dated_title(self.text))
            && self.after_element()
    }
}

/// `4.本办法所称` ⏎ `“家政企业”是指…`: no heading speaks of the instrument.
fn speaks_of_itself(text: &str) -> bool {
    regex!("本(?:办法|规定|条例|通知|细则|意见|方案|规则|措施|政策)(?:所|由|自)").is_match(text)
}

/// Whether a paragraph is an element of an official document behind which a title may follow.
fn is_element(text: &str) -> bool {
    text.len() < TITLE_BYTES
        && (elements::date(text).is_some()
            || elements::doc_number(text).is_some()
            || elements::is_note(text)
            || elements::is_registration(text)
            || elements::is_attachment(text)
            || elements::is_body(text)
            || elements::is_officer(text)
            || elements::edition(text).is_some()
            || elements::is_title(text)
            || text.ends_with('日'))
}

fn closes(open: char, close: char) -> bool {
    matches!(
        (open, close),
        ('（' | '(', '）' | ')') | ('〔', '〕') | ('《', '》') | ('【', '】') | ('［' | '[', '］' | ']')
    )
}

/// Whether a line goes on a label that stands alone: the title of a chapter, the text of an item.
fn heads(label: &str, next: &str) -> bool {
    let begun = label::parse(label).map_or(0, |l| label.len() - l.len);
    let (count, closes) = (next.chars().count(), next.contains(['。', '；', '：']));
    // `总` ⏎ `则`: the second character of a letter-spaced title.
    if begun > 0 {
        count <= 2
    } else {
        !closes || label::parse(label).is_some_and(|l| !matches!(l.form, Form::Chapter | Form::Section | Form::Part))
    }
}

/// A number whose unit stands on the next line: `4.8` ⏎ `万元`.
fn value_goes_on(last: &str, next: &str) -> bool {
    last.ends_with(|c: char| c.is_ascii_digit())
        && next.starts_with(['万', '亿', '元', '％', '%', '年', '月', '日'])
        && last.chars().nth(4).is_some()
        || last.ends_with("分之") && next.starts_with(|c| numeral::is_arabic(c) || "一二三四五六七八九".contains(c))
}

/// Whether a line ends with a word whose second character is 一: `标准统` ⏎ `一、服务同质`.
fn ends_with_half_a_word(text: &str) -> bool {
    text.ends_with(['统', '唯', '之', '同', '单', '专', '逐', '归', '划'])
}

/// Whether a line begins with a verb of duty, whose subject stands before it: `3.供水企业（单位）` ⏎ `应建立投诉机制`. 应急
/// and 须知 are none.
fn needs_a_subject(text: &str) -> bool {
    regex!("^(?:应(?:当|建|按|及时|根|依|于|在|将|由|严|加|积|主|充|明|提|确|定)|必须|须[^知]|不得|可以)")
        .is_match(text)
}

/// How to reach an office: `邮箱：…`, `联系电话：…`; its name below signs.
fn is_contact(text: &str) -> bool {
    regex!("^(?:联系)?(?:邮箱|电子邮箱|电话|传真|邮编|地址|联系人)[:：]").is_match(text)
}

/// A label of duty at a line's end: `责任单位：` ⏎ `市资源规划局`.
fn announces_units(text: &str) -> bool {
    let Some(text) = text.strip_suffix(['：', ':']) else { return false };
    let duty = ["牵头", "责任", "配合", "参与", "负责", "协办", "落实"].iter().any(|w| text.contains(w));
    (duty && (text.ends_with("单位") || text.ends_with("部门")))
        || text.ends_with("完成时限")
        || text.ends_with("完成时间")
}

/// Whether a text ends with a bracket that charges units with a duty: the task is told.
fn ends_with_duty(text: &str) -> bool {
    let Some(inner) = text.strip_suffix(['）', '〕', ')', '】']) else { return false };
    let open = inner.rfind("单位：").or_else(|| inner.rfind("部门：")).or_else(|| inner.rfind("牵头"));
    open.is_some_and(|at| inner[..at].contains(['（', '〔', '(', '【']) && !inner[at..].contains('。'))
}

/// Whether a text begins with a label of duty: `责任科室：政策法规科牵头`.
fn begins_with_duty(text: &str) -> bool {
    text.starts_with(['牵', '责', '配', '参', '负', '协', '落'])
        && regex!("^(?:牵头|责任|配合|参与|负责|协办|落实)(?:责任|配合|实施)?(?:单位|部门|科室|处室)[:：]")
            .is_match(text)
}

/// Whether a text is a line of duties that is over: `责任科室：政策法规科牵头，各科室配合`.
fn charges_units(text: &str) -> bool {
    begins_with_duty(text) && !text.contains(['。', '；']) && !breaks_inside(text)
}

/// Whether the next line is an element of an official document that stands on its own.
fn begins_alone(last: &str, next: &str) -> bool {
    // A number in brackets behind a quoted title is a citation.
    let numbered = elements::doc_number(next).is_some() && !(last.ends_with('》') && next.starts_with(['（', '(']));
    numbered
        || elements::date(next).is_some()
        || elements::is_note(next)
        || elements::is_registration(next)
        || elements::edition(next).is_some()
        || elements::card(next).is_some()
        || elements::is_time_stamp(next)
        || matches!(next, "目录" | "目次")
        || begins_with_duty(next)
        || ends_sentence(last) && takes_effect(next)
        || (elements::is_attachment(next) && !breaks_inside(last))
}

/// Whether a line is the sentence by which an instrument takes effect, its last: `本方案自2023年4月3日起施行。`
fn takes_effect(line: &str) -> bool {
    line.starts_with('本') && regex!(r"^本\p{Han}{2,8}自.{2,24}起(?:施行|实施|执行)").is_match(line)
}

/// Whether a label at a line's start begins a paragraph; `第三十四条第` ⏎ `(三)项` and `依照` ⏎ `第十条的规定` do not.
fn label_begins(last: &str, next: &str, label: &label::Label) -> bool {
    let rest = &next[label.len..];
    match label.form {
        Form::Part | Form::Chapter | Form::Section | Form::Article => {
            let refers = rest.starts_with(['第', '的', '、', '和', '或', '至', '所', '之', '规', '，', '中', '及'])
                || last.ends_with([
                    '第', '照', '据', '反', '法', '例', '定', '》', '、', '和', '或', '至', '按', '本', '用', '及',
                    '与', '合',
                ]);
            !refers || ends_sentence(last)
        }
        Form::Cn | Form::CnParen | Form::NumParen | Form::Circled | Form::Letter | Form::Dash => {
            !last.ends_with(['第', '条', '款', '、', '和', '及', '至', '—', '“', '《', '（']) || ends_sentence(last)
        }
        Form::Num => !last.ends_with(['第', '—', '-', '“', '（', '(', '.']),
        Form::Paragraph | Form::Preamble | Form::Closing => false,
    }
}

/// Whether a line is so clearly an item that even an open bracket does not hold it.
fn is_enumeration(next: &CleanLine) -> bool {
    next.label.as_ref().is_some_and(|l| matches!(l.form, Form::Cn | Form::CnParen | Form::Article | Form::Chapter))
}

/// A label alone, or with the first character of a heading set apart (`第一章总` ⏎ `则`).
fn is_bare_label(text: &str) -> bool {
    label::parse(text).is_some_and(|l| text[l.len..].chars().nth(1).is_none())
}

/// Whether no sentence and no item of a list ends with a text.
fn is_open(text: &str) -> bool {
    !ends_sentence(text) && !ends_list_item(text)
}

pub fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['”', '"', '’', '）', ')', '】', '〕', ']', '》', '」', '』']);
    text.ends_with(['。', '！', '？', '!', '?', '：', ':', '…'])
}

fn ends_list_item(text: &str) -> bool {
    text.ends_with(['；', ';'])
}

/// Whether the line breaks off inside a clause: what follows must go on it.
fn breaks_inside(text: &str) -> bool {
    text.ends_with(['，', '、', ',', '（', '(', '《', '“', '〔', '—', '-', '+', '至', '和', '的'])
}

/// A quoted word alone on its line, a piece of the printed line that the next goes on: `“领跑者”` ⏎ `活动。`.
fn is_quoted_word(text: &str) -> bool {
    let inner = text.strip_prefix('“').and_then(|t| t.strip_suffix('”'));
    inner.is_some_and(|word| word.chars().count() <= 12 && !word.contains(['“', '”', '。', '，']))
}

/// `…发展,大都`: the second clause is too short to be one.
fn last_clause_is_cut(text: &str) -> bool {
    text.rsplit_once(['，', ',']).is_some_and(|(head, tail)| {
        let (head, tail) = (head.chars().count(), tail.chars().count());
        head >= 6 && tail <= 3
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::text_lines;

    /// The lines of a text, `+` before those that go on.
    fn joined(text: &str) -> String {
        let mut cleaned = Cleaned::default();
        text_lines(text).into_iter().for_each(|line| cleaned.push(text, line));
        let marked = continues(&mut cleaned).into_iter().zip(&cleaned.lines);
        marked.map(|(goes_on, line)| (if goes_on { "+" } else { "|" }).to_owned() + cleaned.str(line)).collect()
    }

    #[test]
    fn a_title_goes_on_and_prose_does_not() {
        assert_eq!(
            joined(
                "关于促进个体工商户高质量发展若干\n政策措施的通知（2023年3月18日）\n现将有关事项通知如下：\n甲。\n乙。"
            ),
            "|关于促进个体工商户高质量发展若干+政策措施的通知（2023年3月18日）|现将有关事项通知如下：|甲。|乙。"
        );
    }

    #[test]
    fn a_verb_of_duty_goes_on_what_looks_like_a_heading() {
        let page = "为了规范本市公共数据的开放和利用行为促进数字经\n济发展和社会治理能力的不断提升根据有关法律法规\n结合本市实际情况制定本办法并且自公布之日起施行。\n";
        for (text, expected) in [
            ("3.供水企业（单位）\n应建立投诉机制。", "|3.供水企业（单位）+应建立投诉机制。"),
            ("（三）应急保障\n应急物资由市级统筹。", "|（三）应急保障|应急物资由市级统筹。"),
        ] {
            assert!(joined(&format!("{page}{text}")).ends_with(expected), "{text}");
        }
    }

    #[test]
    fn a_heading_ends_before_a_quote_that_is_not_set_on_its_line() {
        let page = "为了规范本市公共数据的开放和利用行为促进数字经\n济发展和社会治理能力的不断提升根据有关法律法规\n结合本市实际情况制定本办法并且自公布之日起施行。\n";
        for (text, expected) in [
            (
                "二、主要目标\n“十五五”时期是夯实基础全面发力的关键时期具有承",
                "|二、主要目标|“十五五”时期是夯实基础全面发力的关键时期具有承",
            ),
            ("二、深化\n“放管服”改革", "|二、深化+“放管服”改革"),
        ] {
            assert!(joined(&format!("{page}{text}")).ends_with(expected), "{text}");
        }
    }

    #[test]
    fn where_paragraphs_are_set_in_a_line_that_is_not_goes_on() {
        let first = "　　（一）规范公共数据的开放和利用行为促进数\n字经济发展和社会治理能力的不断提升根据有关法律\n法规结合本市实际情况制定本办法。\n";
        let text = format!(
            "　　一、医疗工作\n{}　　全市医院预约专家号与去年相比又有增加其中在\n二、三级医院预约的明显增加。",
            first.repeat(4)
        );
        let ends = |text: &str| joined(text).split_once("全市医院").map(|(_, end)| end.to_owned());
        let expected = "预约专家号与去年相比又有增加其中在+二、三级医院预约的明显增加。";
        assert_eq!(ends(&text).as_deref(), Some(expected));
        assert_eq!(ends(&text.replace("　　", "")), Some(expected.replace('+', "|")));
    }

    #[test]
    fn pieces_that_fill_a_printed_line_go_on_though_a_sentence_ends_in_it() {
        let full = "为了规范本市公共数据的开放和利用行为促进数字经\n济发展和社会治理能力的不断提升根据有关法律法规\n";
        let text = |next: &str| format!("{}应当逐项列明审批名称与条件。\n{next}\n定加入。", full.repeat(4));
        assert!(joined(&text("市场主体有权自主决")).ends_with("条件。+市场主体有权自主决+定加入。"));
        assert!(joined(&text("市场主体有权自主地决")).ends_with("条件。+市场主体有权自主地决+定加入。"));
        assert!(joined(&text("市场主体有权自主地和不受限制地决")).contains("条件。|市场主体"));
    }

    #[test]
    fn a_blank_line_before_each_printed_line_parts_nothing() {
        let paragraph = "为了规范本市公共数据的开放和利用行为促进数字经\n\n济发展和社会治理能力的不断提升，新能源汽车增长\n\n12%，根据有关法律法规制定本办法。\n\n";
        assert_eq!(joined(&paragraph.repeat(8)).matches('+').count(), 16);
    }

    #[test]
    fn items_wrapped_at_the_width_of_a_page_go_on() {
        let short = "（一）制定和修改公司的发展规划；\n";
        let long = "（二）建立健全法人治理结构，董事会、监事会、经营班子的成员及\n重要部门的负责人应当具备资格；\n";
        let text = short.repeat(5) + &long.repeat(4);
        assert_eq!(joined(&text).matches('+').count(), 4);
    }

    #[test]
    fn the_head_of_an_attachment_ends_with_its_line() {
        let page = "为了规范本市公共数据的开放和利用行为促进数字经\n济发展和社会治理能力的不断提升根据有关法律法规\n结合本市实际情况制定本办法并且自公布之日起施行。\n";
        for head in ["附件1", "附件："] {
            let text = format!("{page}{head}\n全省深化工程建设项目审批制度改革工作方案");
            assert!(joined(&text).ends_with(&format!("|{head}|全省深化工程建设项目审批制度改革工作方案")));
        }
    }

    #[test]
    fn wrapped_lines_go_on_and_a_signature_does_not() {
        let letter = "为了规范本市公共数据的开放和利用行为促进数字经\n济发展和社会治理能力的不断提升现将草案予以公告请将\n意见反馈至指定邮箱。\n邮箱：abc13352455017@163.com\n某市营商环境建设局";
        assert!(joined(letter).ends_with("|邮箱：abc13352455017@163.com|某市营商环境建设局"));
        let text = "为了规范本市公共数据的开放和利用行为促进数字经\n济发展和社会治理能力的不断提升根据有关法律法规\n结合本市实际情况制定本办法并且自公布之日起施行。\n\n局长：王某某\n甲乙丙丁";
        assert_eq!(
            joined(text),
            "|为了规范本市公共数据的开放和利用行为促进数字经+济发展和社会治理能力的不断提升根据有关法律法规+结合本市实际情况制定本办法并且自公布之日起施行。|局长：王某某|甲乙丙丁"
        );
    }

    #[test]
    fn an_open_bracket_holds_the_next_line() {
        assert_eq!(joined("依照（有关\n规定）办理。\n乙"), "|依照（有关+规定）办理。|乙");
        let never_closed = "11.建立平台。（市人社局负责，2023年11月底前完成\n12.开展行动。（市人社局\n负责）";
        assert_eq!(
            joined(never_closed),
            "|11.建立平台。（市人社局负责，2023年11月底前完成|12.开展行动。（市人社局+负责）"
        );
    }

    #[test]
    fn a_heading_that_fills_its_line_ends_with_its_leads() {
        let page = "为了规范本市公共数据的开放和利用行为促进数字经\n济发展和社会治理能力的不断提升根据有关法律法规\n结合本市实际情况制定本办法并且自公布之日起施行。\n";
        let text = format!("{page}\n五、推动世界一流强港建设（由市交通运输局牵头实施）\n\n深化打造强港，高水平推进");
        assert!(joined(&text).ends_with("牵头实施）|深化打造强港，高水平推进"));
    }

    #[test]
    fn who_signs_below_an_attachment_goes_on_nothing() {
        let attached = "附件：《关于进一步提信心扩需求增动能助推经济高质量发展的若干政策》（征求意见稿）";
        assert_eq!(joined(&format!("{attached}\n某区发展和改革局")), format!("|{attached}|某区发展和改革局"));
    }

    #[test]
    fn a_number_that_ends_a_word_or_a_fraction_begins_no_paragraph() {
        let page = "为了规范本市公共数据的开放和利用行为促进数字经\n济发展和社会治理能力的不断提升根据有关法律法规\n结合本市实际情况制定本办法并且自公布之日起施行。\n";
        for (last, next) in [
            ("济发展和社会治理能力的不断提升促进线上线下标准统", "一、服务同质，推动四端联动。"),
            ("买卖合同价款的万分之", "三、财产保险合同保险费的千分之一计征。"),
        ] {
            let text =
                format!("一、总体要求\n{page}{}{last}\n{next}", "为了规范本市公共数据的开放和利用行为促进数字经\n");
            assert!(joined(&text).ends_with(&format!("{last}+{next}")), "{next}");
        }
    }

    #[test]
    fn the_sentence_of_effect_begins_a_paragraph() {
        let page = "为了规范本市公共数据的开放和利用行为促进数字经\n济发展和社会治理能力的不断提升根据有关法律法规\n结合本市实际情况制定本办法并且自公布之日起施行。\n";
        for (last, sign) in [
            ("济发展和社会治理能力的不断提升营造良好改革氛围。", '|'),
            ("济发展和社会治理能力的不断提升各县（市）应当按照", '+'),
        ] {
            let text = format!("{page}{last}\n本行动方案自2023年4月3日起施行。");
            assert!(joined(&text).ends_with(&format!("{last}{sign}本行动方案自2023年4月3日起施行。")), "{last}");
        }
    }

    #[test]
    fn a_line_of_duties_is_over_where_it_ends() {
        let page = "为了规范本市公共数据的开放和利用行为促进数字经\n济发展和社会治理能力的不断提升根据有关法律法规\n结合本市实际情况制定本办法并且自公布之日起施行。\n";
        let duty = "结合本市实际情况制定本办法并且自公布之日起施行。\n责任科室：法规科牵头，各科室配合\n二是强化窗口建设，落实各项制度。";
        assert!(
            joined(&format!("{page}{duty}"))
                .ends_with("|责任科室：法规科牵头，各科室配合|二是强化窗口建设，落实各项制度。")
        );
    }
}
