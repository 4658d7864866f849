//! Paragraphs that the source has run together: a title and its addressee, a whole document on one line ([`one_line`]).

use super::one_line;
use crate::lexicon::{Marks, Words};
use crate::normalise::{Paragraph, Text};
use crate::pattern::Pattern;
use crate::span::Span;
use crate::{elements, label};
use std::borrow::Cow;
use std::sync::LazyLock;

/// `关于印发《…》的通知中国人民银行上海总部，各分行：`: title and addressee.
static TITLE_AND_ADDRESSEE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::known(
        r"^(?<title>[^。；：:\t]{4}[^。；：:\t]*?的?(?:通知|意见|决定|批复|公告|函|通告))(?<number>[^。；：《》，]{1,12}[〔\[]\d{4}[〕\]]第?\d{1,4}号)?(?<to>[^。：:《》的][^。：:《》]+[：:])",
    )
});

/// `…的通知国办函〔2020〕18号`: title and number, and perhaps the date in brackets behind it.
static TITLE_AND_NUMBER: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::known(
        r"^(?<title>[^。；：\t]{4}[^。；：\t]*?的(?:通知|意见|决定|批复|公告|函|通告|指导意见))(?<number>[^。；：《》，]{1,12}[〔\[]\d{4}[〕\]]第?\d{1,4}号)(?:[（(][^（）()]{6,16}日[）)])?$",
    )
});

/// `关于…有关事项的通知为规范…`: title and text.
static TITLE_AND_TEXT: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::known(
        r"^(?<title>[^。；：，\t]{2,60}关于[^。；：，\t]{4,90}?的(?:通知|意见|决定|公告|通告))(?:为|根据|按照|近年来|近日|依据|经)",
    )
});

/// `…管理办法第一章总则`: title and first chapter.
static TITLE_AND_CHAPTER: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::known(
        r"^(?<title>[^。；：\t]{4,80}?(?:办法|规定|条例|细则|规则|章程)(?:（[^（）]{2,8}）)?)第一(?:章|条为)",
    )
});

/// `2016年12月28日附件管理办法`: the day of signature and the head of what is attached.
static DATE_AND_ATTACHMENT: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::known(&format!(r"^(?<date>{})(?<head>附件\d{{0,2}}[：:]?)(?<title>.{{0,160}})$", elements::DAY))
});

/// `附件：管理办法2015年7月14日`: the list of attachments and the day of signature.
static ATTACHMENT_AND_DATE: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::known(&format!("^附件[:：].{{4,160}}?(?<date>{})$", elements::DAY)));

/// The paragraphs of a text with those parted that hold several. `listed` are titles that stand by themselves.
pub fn part<'t>(text: &'t Text, listed: &[Span]) -> Cow<'t, [Paragraph]> {
    let mut out = Vec::new();
    let mut kept = 0;
    let mut titles = listed.iter().flat_map(|title| [title.start, title.end]).peekable();
    for (nth, paragraph) in text.paragraphs.iter().enumerate() {
        let mut at = breaks(text, paragraph);
        let cuts: Vec<usize> = std::iter::from_fn(|| titles.next_if(|at| *at < paragraph.span.end)).collect();
        if !cuts.is_empty() && paragraph.cells.is_empty() {
            at.extend(cuts.into_iter().filter(|&at| paragraph.span.start < at));
            at.sort_unstable();
            at.dedup();
        }
        if at.is_empty() {
            continue;
        }
        out.extend_from_slice(&text.paragraphs[kept..nth]);
        kept = nth + 1;
        out.extend(paragraph.cut(&at));
    }
    if out.is_empty() {
        return Cow::Borrowed(&text.paragraphs);
    }
    out.extend_from_slice(&text.paragraphs[kept..]);
    Cow::Owned(out)
}

/// Where a paragraph breaks, in order, its two ends not among them.
fn breaks(text: &Text, paragraph: &Paragraph) -> Vec<usize> {
    if !paragraph.cells.is_empty() {
        return Vec::new();
    }
    let whole = text.str(&paragraph.span);
    let mut at = Vec::new();
    at.extend(behind_title(whole).into_iter().map(|end| paragraph.span.start + end));
    if let Some(found) = DATE_AND_ATTACHMENT.captures(whole) {
        let head = paragraph.span.start + found["date"].len();
        at.push(head);
        at.extend((!found["title"].is_empty()).then_some(head + found["head"].len()));
    }
    if whole.starts_with("附件") && whole.ends_with('日') {
        let date = ATTACHMENT_AND_DATE.captures(whole).and_then(|found| found.place("date"));
        at.extend(date.map(|date| paragraph.span.start + date.start));
    }
    let signed = elements::signature_behind(whole).map(|(start, end)| [start, end]);
    at.extend(signed.into_iter().flatten().map(|at| paragraph.span.start + at));
    at.extend(paragraph.gaps.first().filter(|gap| dates_title(whole, **gap - paragraph.span.start)));
    at.extend(one_line::breaks(text, paragraph));
    at.retain(|&at| paragraph.span.start < at && at < paragraph.span.end);
    at.sort_unstable();
    at.dedup();
    at
}

/// Where a title ends at the start of a paragraph, and a number behind it. Each form is looked for only where its words
/// stand before the first stop: hardly any paragraph has them.
fn behind_title(whole: &str) -> Vec<usize> {
    static STOPS: Marks = Marks::new(&['，', '。', '；', '：']);
    static KINDS: LazyLock<Words> =
        LazyLock::new(|| Words::new(&["通知", "意见", "决定", "批复", "公告", "函", "通告"]));
    static FIRST: LazyLock<Words> = LazyLock::new(|| Words::new(&["第一"]));
    static MATTER: LazyLock<Words> = LazyLock::new(|| Words::new(&["关于"]));
    static OPENINGS: LazyLock<Words> =
        LazyLock::new(|| Words::new(&["为", "根据", "按照", "近年来", "近日", "依据", "经"]));
    let mut stops = STOPS.places(whole);
    let pause = stops.next();
    let clause = pause.map_or(whole, |(end, _)| &whole[..end]);
    let stop = pause.into_iter().chain(stops).find(|(_, mark)| *mark != '，');
    let head = stop.map_or(whole, |(end, _)| &whole[..end]);
    let addressed = stop.is_some_and(|(_, mark)| mark != '。') || head.contains(':');
    if addressed
        && label::parse(whole).is_none()
        && KINDS.stand_in(head)
        && let Some(found) = TITLE_AND_ADDRESSEE.captures(whole)
    {
        let title = found.place("title").map_or(0, |title| title.end);
        if elements::is_title(&whole[..title]) && elements::is_addressee(&found["to"]) {
            return [Some(title), found.place("number").map(|number| number.end)].into_iter().flatten().collect();
        }
    }
    let numbered = match whole.strip_suffix(['）', ')']) {
        Some(inner) => inner.ends_with('日'),
        None => whole.ends_with('号'),
    };
    let titles_text =
        || MATTER.stand_in(clause) && KINDS.find(clause).is_some_and(|kind| OPENINGS.stand_in(&clause[kind..]));
    let found = (FIRST.stand_in(head).then(|| TITLE_AND_CHAPTER.captures(whole)).flatten())
        .or_else(|| (numbered && KINDS.stand_in(head)).then(|| TITLE_AND_NUMBER.captures(whole)).flatten())
        .or_else(|| titles_text().then(|| TITLE_AND_TEXT.captures(whole)).flatten());
    let Some(found) = found.filter(|found| elements::is_title(&found["title"])) else { return Vec::new() };
    let number = found.place("number").map(|number| number.end).filter(|&end| end < whole.len());
    std::iter::once(found["title"].len()).chain(number).collect()
}

/// Whether a date and a title are parted by the blank at `gap`: `二〇一六年五月三日 某市环境保护规划`.
fn dates_title(whole: &str, gap: usize) -> bool {
    elements::date(&whole[..gap]).is_some() && elements::is_title(&whole[gap..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_in_any_numerals_parts_from_what_is_attached() {
        for day in ["2015年7月14日", "２０１５年７月１４日", "二〇一五年七月十四日"] {
            let listed = format!("附件：管理办法{day}");
            assert_eq!(
                ATTACHMENT_AND_DATE.captures(&listed).map(|found| found["date"].to_owned()).as_deref(),
                Some(day)
            );
            let headed = format!("{day}附件1管理办法");
            assert_eq!(
                DATE_AND_ATTACHMENT.captures(&headed).map(|found| found["title"].to_owned()).as_deref(),
                Some("管理办法")
            );
        }
        assert!(ATTACHMENT_AND_DATE.captures("附件：管理办法2015年7月").is_none());
    }
}
