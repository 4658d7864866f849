//! Where the heading of a provision ends and its text begins.

use crate::elements;
use crate::lexicon::Marks;
use crate::model::Form;
use crate::numeral;
use crate::pattern::Pattern;
use crate::span::Span;
use std::sync::LazyLock;

/// What follows a label, and where blanks were dropped in it.
pub struct Head<'t> {
    pub form: Form,
    /// The paragraph after its label.
    pub rest: &'t str,
    /// Bytes of `rest` at which a blank was dropped.
    pub gaps: &'t [usize],
    /// The paragraph is a Markdown heading.
    pub marked: bool,
}

/// Words of a normative sentence: what holds one of them is a rule, not the title of one.
static NORMATIVE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::known(
        r"应当|应按|不得|必须|可以|是指|系指|适用于|依照|参照|本(?:办法|规定|条例|通知|细则|意见|方案|法|规则|解释|决定|措施|政策)(?:所|自|由|的|中|适用|规定)|自.{1,16}起|由.{2,20}(?:负责|承担|解释|组织|制定|批准)|的，|现将|如下",
    )
});

/// How the second clause of a rule goes on: rarely that of a title (`坚持民生为大，不断改善民生`).
static CONJUNCTION: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::known(r"，(?:并|且|但|或者|不|可|应|按|由|对|以[^“]|须|经[^济营]|给予|予以)"));

/// What is done for whom: mostly a rule, sometimes the title of one (`对企业上云给予补助。对年投入…`).
static MEASURE: LazyLock<Pattern> = LazyLock::new(|| Pattern::known(r"^对.{2,40}(?:给予|予以|按|实行|进行)"));

/// Words that make a line a rule though no sentence ends in it: it was cut.
const RULING: &[&str] = &["应当", "不得", "必须", "可以", "是指", "的，", "，并", "，且"];

/// A lead-unit bracket at the end of a heading: no part of it.
static LEAD_BRACKET: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::known(
        r"[（(〔\[【][^（(〔\[【]*(?:[（(][^（()）]*[)）][^（(〔\[【]*)*(?:牵头|责任|负责|配合|实施|落实|主办|承办)[^（(〔\[【]*(?:[（(][^（()）]*[)）][^（(〔\[【]*)*[）)〕\]】]$",
    )
});

/// The heading in the text after a label, as a byte range of it; `None` for a mere sentence or clause.
pub fn heading(head: &Head<'_>) -> Option<Span> {
    let rest = head.rest;
    if rest.is_empty() {
        return None;
    }
    let whole = |end: usize| trimmed(rest, end);
    match head.form {
        Form::Part | Form::Chapter | Form::Section => return whole(rest.len()),
        Form::Article => return article_heading(rest),
        Form::Paragraph | Form::Preamble | Form::Closing => return None,
        _ => {}
    }
    let bare = LEAD_BRACKET.find(rest).map_or(rest.len(), |bracket| bracket.start);
    if head.marked {
        return whole(rest[..bare].trim_end_matches(['。', '；', ';']).len());
    }
    match sentence_end(&rest[..bare]) {
        // The whole paragraph without an end mark is a heading, unless it introduces a list or breaks off.
        None => {
            let text = &rest[..bare];
            let gap = heading_gap(head, bare);
            if let Some(gap) = gap {
                return whole(gap);
            }
            let broken = text.ends_with(['；', ';', '，', ',', '、'])
                || RULING.iter().any(|word| text.contains(word))
                || (text.starts_with('对') && text.chars().count() > 12)
                || text.matches('《').count() > text.matches('》').count();
            (!broken && elements::is_within(text, 80)).then(|| whole(bare)).flatten()
        }
        Some(end) => {
            let title = &rest[..end];
            let mark = rest[end..].chars().next().map_or(0, char::len_utf8);
            let runs_on = runs_on(&rest[end + mark..bare]);
            let fits = is_title_like(title, runs_on) && !rest[end..].starts_with(['；', ';']);
            let leads_in = || ["以下", "下列", "如下", "之一", "应", "须"].iter().any(|word| title.contains(word));
            let introduces = rest[end..].starts_with(['：', ':']) && (runs_on || leads_in());
            if fits && !introduces {
                return whole(end);
            }
            heading_gap(head, end).and_then(whole)
        }
    }
}

/// `第一条 【宗旨】…` is headed by the bracket; other articles by a sentence that is a title, which the caller decides over
/// all articles of the document.
fn article_heading(rest: &str) -> Option<Span> {
    let close = match rest.chars().next()? {
        '【' => '】',
        '［' | '[' => return None,
        '（' | '(' => {
            let end = rest.find(['）', ')'])?;
            let inner = &rest[rest.chars().next()?.len_utf8()..end];
            let count = inner.chars().count();
            let title = (2..=16).contains(&count) && !inner.contains(['，', '。', '、', '年']);
            return title.then(|| rest.chars().next().map_or(0, char::len_utf8)..end);
        }
        _ => return None,
    };
    let end = rest.find(close)?;
    Some('【'.len_utf8()..end)
}

/// Characters of a first sentence that is surely the title of an article (`第十一条 统一受理。热线…`): no rule is so short.
pub const SURE_TITLE: usize = 4;

/// Characters of the title of an article.
pub const TITLE: usize = 16;

/// Characters of the title of an article among articles that have one.
pub const LONG_TITLE: usize = 24;

/// The title of an article: its first sentence (`第三条 落地投资奖。对…`) of so many characters, or its line where text follows
/// below.
pub fn article_title(rest: &str, more_below: bool, most: usize) -> Option<Span> {
    let plain = |c: char| elements::is_letter(c) || "、（）“”《》".contains(c);
    if more_below
        && elements::is_within(rest, most)
        && rest.chars().count() >= 2
        && rest.chars().all(plain)
        && !NORMATIVE.is_match(rest)
        && !MEASURE.is_match(rest)
    {
        return Some(0..rest.len());
    }
    let short = rest.char_indices().nth(most + 1).map_or(rest, |(at, _)| &rest[..at]);
    let end = sentence_end(short)?;
    let title = &rest[..end];
    let fits = title.chars().count() <= most
        && rest[end..].starts_with('。')
        && (more_below || rest.len() > end + '。'.len_utf8())
        && !title.contains(['，', '：'])
        && !NORMATIVE.is_match(title)
        && !MEASURE.is_match(title);
    fits.then(|| trimmed(rest, end)).flatten()
}

/// Ends of sentences, and what surrounds others.
static SIGNS: Marks = Marks::new(&[
    '（', '(', '《', '“', '〔', '【', '）', ')', '》', '”', '〕', '】', '。', '！', '？', '；', '：', ':', ';', '.',
]);

/// Byte at which the first sentence ends: its end mark stands there. Marks inside quotes and brackets do not count.
pub fn sentence_end(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (i, c) in SIGNS.places(text) {
        match c {
            '（' | '(' | '《' | '“' | '〔' | '【' => depth += 1,
            '）' | ')' | '》' | '”' | '〕' | '】' => depth = depth.saturating_sub(1),
            '。' | '！' | '？' | '；' | '：' | ':' | ';' if depth == 0 => return Some(i),
            // `1.更名.涉及…`
            '.' if depth == 0 && i > 0 && is_full_stop(text, i) => return Some(i),
            _ => {}
        }
    }
    None
}

/// A Latin full stop between Chinese characters.
fn is_full_stop(text: &str, at: usize) -> bool {
    let han = |c: Option<char>| c.is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    han(text[..at].chars().next_back()) && han(text[at + 1..].chars().next())
}

/// Nouns that end like a particle.
const NOUNS: &[&str] = &["目的", "标的", "行为", "作为", "有为"];

/// Whether a sentence on a line of its own may head what stands below it.
pub fn may_head(sentence: &str) -> bool {
    elements::is_within(sentence, 30) && !sentence.contains(['应', '须']) && is_title_like(sentence, true)
}

fn is_title_like(title: &str, runs_on: bool) -> bool {
    static COMMAS: Marks = Marks::new(&['，', ',']);
    // A title before its text may be long; a sentence that stands alone is a title only when it is short.
    let limit = if runs_on { 42 } else { 24 };
    if !elements::is_within(title, limit) {
        return false;
    }
    let count = title.chars().count();
    let clauses = COMMAS.places(title).count();
    count >= 2
        && (clauses <= 1 || (clauses == 2 && count <= 30))
        && (!title.ends_with(['的', '为', '是']) || NOUNS.iter().any(|noun| title.ends_with(noun)))
        && !NORMATIVE.is_match(title)
        && !CONJUNCTION.is_match(title)
        && !MEASURE.is_match(title)
        && (runs_on || clauses == 0)
}

/// Whether text goes on behind a sentence; a bracket of units or of a reference at the end of a paragraph is none: `。（见附表2）`.
pub fn runs_on(behind: &str) -> bool {
    let inner = || behind.strip_prefix(['（', '(', '〔', '【'])?.strip_suffix(['）', ')', '〕', '】']);
    !behind.is_empty() && inner().is_none_or(|inner| inner.contains(['。', '（', '(', '〔', '【']))
}

/// Whether a heading is so short that it is hardly a rule; a number would be what is ruled: `委员会设秘书长1人`.
pub fn is_in_few_words(heading: &str) -> bool {
    elements::is_within(heading, 12) && heading.chars().all(|c| elements::is_letter(c) && !numeral::is_arabic(c))
}

/// The first sentence of an item whose siblings are headed by theirs, if it may be a title, of several clauses too, and text
/// goes on behind it or `more_below`: `始终坚持民生为大，不断加大保障和改善民生力度。实施…`.
pub fn alike(rest: &str, more_below: bool) -> Option<Span> {
    let end = sentence_end(rest)?;
    let title = &rest[..end];
    let behind = rest[end..].strip_prefix('。')?;
    let most = if behind.is_empty() { 60 } else { 45 };
    let fits = (runs_on(behind) || behind.is_empty() && more_below)
        && (4..=most).contains(&title.chars().count())
        && title.matches(['，', ',']).count() <= 3
        && !title.starts_with('对')
        && !title.ends_with(['的', '为', '是'])
        && !NORMATIVE.is_match(title);
    fits.then_some(0..end)
}

/// The first sentence of an item whose siblings are headed, if it is a measure in a few words and text follows.
pub fn measure(rest: &str, more_below: bool) -> Option<Span> {
    let end = sentence_end(rest)?;
    let title = &rest[..end];
    let fits = MEASURE.is_match(title)
        && title.chars().count() <= 20
        && rest[end..].starts_with('。')
        && (more_below || rest.len() > end + '。'.len_utf8())
        && !title.contains(['，', '、', '“'])
        && !NORMATIVE.is_match(title);
    fits.then_some(0..end)
}

/// A heading glued to its text by a blank: `大都市格局风貌初步显现 坚持全域统筹、…。`.
fn heading_gap(head: &Head<'_>, end: usize) -> Option<usize> {
    let text = &head.rest[..end];
    if elements::is_within(text, 46) || head.rest[end..].starts_with(['；', ';']) {
        return None;
    }
    let fits = |&gap: &usize| {
        gap < end
            && (4..=40).contains(&head.rest[..gap].chars().count())
            && !head.rest[..gap].ends_with(['，', ',', '、', '：'])
            && is_title_like(&head.rest[..gap], true)
    };
    head.gaps.iter().copied().find(fits)
}

fn trimmed(text: &str, end: usize) -> Option<Span> {
    let cut = text[..end].trim_end_matches(['。', '：', ':', '，', ' ']);
    let start = cut.len() - cut.trim_start_matches([' ', '、', '.', '．', '：', ':']).len();
    (start < cut.len()).then_some(start..cut.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(form: Form, rest: &str) -> Option<&str> {
        heading(&Head { form, rest, gaps: &[], marked: false }).map(|span| &rest[span])
    }

    #[test]
    fn a_heading_is_the_line_or_the_first_sentence() {
        for (rest, expected) in [
            ("围绕打造发展引擎，扩大有效益的投资（由市发改委牵头实施）", Some("围绕打造发展引擎，扩大有效益的投资")),
            ("加大金融资金投放。新增本外币贷款4500亿元。", Some("加大金融资金投放")),
            ("更名。涉及道路名称更名的，应公告。", Some("更名")),
            ("推进数据共享，以“快”为要。建立机制。", Some("推进数据共享，以“快”为要")),
            ("推进数据共享，以提升效率。建立机制。", None),
            (
                "鼓励发行不动产投资信托基金（REITs）。对注册并成功发行的给予奖励。",
                Some("鼓励发行不动产投资信托基金（REITs）"),
            ),
            ("建立健全政府非税收入内部管理制度；", None),
            ("区县（市）民政部门可在新建住宅区项目施工平面图交付后进行门牌预编制。", None),
            ("住宅区的名称标志应当使用标准地名，在建设项目竣工验收前设置。区县应纳入验收。", None),
            ("到2025年底，基本形成与新型离岸国际贸易相适应的制度体系。", None),
        ] {
            assert_eq!(read(Form::Num, rest), expected, "{rest}");
        }
    }

    #[test]
    fn what_the_source_marks_is_a_heading_without_its_leads() {
        for (rest, expected) in
            [("投资（由市发改委牵头实施）", "投资"), ("应当变更营业场所；", "应当变更营业场所"), ("目标", "目标")]
        {
            let head = Head { form: Form::Cn, rest, gaps: &[], marked: true };
            assert_eq!(heading(&head).map(|span| &rest[span]), Some(expected));
        }
    }

    #[test]
    fn a_measure_in_a_few_words_may_head_an_item() {
        let said = |rest: &'static str| measure(rest, false).map(|span| &rest[span]);
        assert_eq!(said("对企业上云给予补助。对年投入20万元以上的，补助5万元。"), Some("对企业上云给予补助"));
        assert_eq!(said("对企业上云给予补助。"), None);
        assert_eq!(said("对年投入20万元以上、用户满百家的企业给予补助。最高5万元。"), None);
    }

    #[test]
    fn an_article_is_headed_by_its_bracket() {
        assert_eq!(read(Form::Article, "【宗旨】为了规范"), Some("宗旨"));
        assert_eq!(read(Form::Article, "为了规范管理，制定本规定。"), None);
        let titled = |rest, most| article_title(rest, false, most).map(|span| &rest[span]);
        assert_eq!(titled("落地投资奖。对新落户的企业给予奖励。", TITLE), Some("落地投资奖"));
        assert_eq!(titled("统一受理。热线中心受理诉求。", SURE_TITLE), Some("统一受理"));
        assert_eq!(titled("自然人享有健康权。任何组织不得侵害。", SURE_TITLE), None);
        let long = "推行能源类项目第三方评估机构“公开采购行动”。项目单位自主选择。";
        assert_eq!(titled(long, TITLE), None);
        assert_eq!(titled(long, LONG_TITLE), Some("推行能源类项目第三方评估机构“公开采购行动”"));
        assert_eq!(article_title("本规定自公布之日起施行。", true, TITLE), None);
    }
}
