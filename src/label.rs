//! The labels that number provisions: `第八条`, `一、`, `（一）`, `1.`, `（1）`, `①`, `A.`, `——` (GB/T 9704-2012, 7.3.3;
//! 立法技术规范（试行）).
//!
//! Only the form is decided here. Whether a label at the start of a paragraph numbers a provision or is a reference
//! (`第十条的规定`) depends on sequence and context, which `segment` knows.

use crate::model::Form;
use crate::numeral;
use regex::Regex;
use std::sync::LazyLock;

/// A label at the start of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    pub form: Form,
    /// `None` for a dash.
    pub number: Option<u32>,
    /// The second number of `第十条之一`.
    pub sub_number: Option<u32>,
    /// Bytes of the label at the start of the text.
    pub len: usize,
}

/// Form and pattern; the group `n` is the number, `m` the second one. Tried in order.
const PATTERNS: &[(Form, &str)] = &[
    (Form::Part, r"^[第笫](?<n>CN|[0-9]{1,2})分?编"),
    (Form::Chapter, r"^[第笫](?<n>CN|[0-9]{1,3})章"),
    (Form::Section, r"^[第笫](?<n>CN|[0-9]{1,3})节"),
    (Form::Article, r"^[第笫](?<n>CN|[0-9]{1,4})条(?:之(?<m>[一二三四五六七八九十]{1,3}))?"),
    (Form::Cn, r"^(?<n>CN)[、．.]"),
    (Form::CnParen, r"^[（(〔\[](?<n>CN)[）)〕\]]、?"),
    (Form::NumParen, r"^[（(](?<n>[0-9０-９]{1,3})[）)]、?"),
    (Form::NumParen, r"^(?<n>[0-9]{1,2})[）)]"),
    (Form::Num, r"^(?<n>[0-9０-９]{1,3})(?:[．、]|\.(?:[12][0-9]{3}年)?)"),
    (Form::Letter, r"^(?<n>[A-Z])[.．、]"),
    (Form::Dash, r"^(?:—{2}|－{2}|─{2})"),
];

/// Numerals of labels; a dash stands for 一 where a scanner misread it.
const CN: &str = "[〇○零一二三四五六七八九十百千－—-]{1,9}";

static COMPILED: LazyLock<Vec<(Form, Regex)>> = LazyLock::new(|| {
    let compile = |&(form, pattern): &(Form, &str)| {
        (form, Regex::new(&pattern.replace("CN", CN)).expect("the patterns are ours and a test compiles them"))
    };
    PATTERNS.iter().map(compile).collect()
});

/// The label that a cleaned text starts with.
///
/// ```
/// use gongbao::{label, model::Form};
/// let label = label::parse("第二十一条执收单位应当").expect("a label");
/// assert_eq!((label.form, label.number), (Form::Article, Some(21)));
/// assert_eq!(label::parse("2035年基本实现"), None);
/// ```
pub fn parse(text: &str) -> Option<Label> {
    let first = text.chars().next()?;
    if let Some(number) = circled(first) {
        return Some(Label { form: number.0, number: Some(number.1), sub_number: None, len: first.len_utf8() });
    }
    if !"第笫（(〔[——－─".contains(first)
        && !first.is_ascii_alphanumeric()
        && !is_cn_digit(first)
        && !is_wide_digit(first)
    {
        return None;
    }
    COMPILED.iter().find_map(|(form, pattern)| read(*form, pattern, text))
}

fn read(form: Form, pattern: &Regex, text: &str) -> Option<Label> {
    let captures = pattern.captures(text)?;
    let whole = captures.get_match();
    let mut len = whole.end();
    let number = match (form, captures.name("n")) {
        (Form::Dash, _) | (_, None) => None,
        (Form::Letter, Some(n)) => Some(u32::from(n.as_str().as_bytes()[0] - b'A') + 1),
        (_, Some(n)) => Some(numeral::ordinal(&mended(n.as_str())).filter(|&n| n > 0)?),
    };
    if form == Form::Num {
        // `2.0版` is a version and `1.5倍` a number; but in `1.2023年底前…` the label is `1.`.
        len = captures.name("n").map_or(len, |n| n.end() + next_len(&text[n.end()..]));
        let digit_follows = text[len..].starts_with(|c: char| c.is_ascii_digit() || is_wide_digit(c));
        if digit_follows && whole.end() == len && text[..len].ends_with(['.', '．']) {
            return None;
        }
    }
    let sub_number = captures.name("m").and_then(|m| numeral::ordinal(m.as_str()));
    Some(Label { form, number, sub_number, len })
}

fn next_len(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

fn mended(numeral: &str) -> String {
    numeral.replace(['－', '—', '-'], "一")
}

fn is_cn_digit(c: char) -> bool {
    "〇○零一二三四五六七八九十百".contains(c)
}

fn is_wide_digit(c: char) -> bool {
    ('０'..='９').contains(&c)
}

/// ① to ⑳ and ㉑ to ㉟ are circled; ⑴ to ⒇ and ⒈ to ⒛ are single characters for （1） and 1.
fn circled(c: char) -> Option<(Form, u32)> {
    let from = |first: char, n: u32| c as u32 - first as u32 + n;
    match c {
        '①'..='⑳' => Some((Form::Circled, from('①', 1))),
        '㉑'..='㉟' => Some((Form::Circled, from('㉑', 21))),
        '⑴'..='⒇' => Some((Form::NumParen, from('⑴', 1))),
        '⒈'..='⒛' => Some((Form::Num, from('⒈', 1))),
        '㈠'..='㈩' => Some((Form::CnParen, from('㈠', 1))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read() {
        let cases = [
            ("第二分编物权", Form::Part, Some(2), "第二分编"),
            ("第一章总则", Form::Chapter, Some(1), "第一章"),
            ("第三节处罚", Form::Section, Some(3), "第三节"),
            ("第一百二十三条为了", Form::Article, Some(123), "第一百二十三条"),
            ("第三十－条当事人", Form::Article, Some(31), "第三十－条"),
            ("一、总体要求", Form::Cn, Some(1), "一、"),
            ("（十二）优化", Form::CnParen, Some(12), "（十二）"),
            ("(七)向财政部门", Form::CnParen, Some(7), "(七)"),
            ("13.加大财政投入", Form::Num, Some(13), "13."),
            ("31、推进", Form::Num, Some(31), "31、"),
            ("1.2023年底前完成", Form::Num, Some(1), "1."),
            ("（1）申请", Form::NumParen, Some(1), "（1）"),
            ("3)审核", Form::NumParen, Some(3), "3)"),
            ("⑶公示", Form::NumParen, Some(3), "⑶"),
            ("②公示", Form::Circled, Some(2), "②"),
            ("B.公示", Form::Letter, Some(2), "B."),
            ("——保障基本", Form::Dash, None, "——"),
        ];
        for (text, form, number, label) in cases {
            let found = parse(text).unwrap_or_else(|| panic!("no label in {text}"));
            assert_eq!((found.form, found.number, &text[..found.len]), (form, number, label));
        }
        assert_eq!(parse("第十条之一申请").map(|l| (l.number, l.sub_number)), Some((Some(10), Some(1))));
    }

    #[test]
    fn what_only_begins_with_a_number_has_no_label() {
        for text in
            ["2035年基本实现", "2.0版", "1.5%以内", "一是牢牢把握", "一般公共预算", "第三方评估", "200万元的补助"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
