//! The labels that number provisions: `第八条`, `一、`, `（一）`, `1.`, `（1）`, `①`, `A.`, `——` (GB/T 9704-2012, 7.3.3;
//! 立法技术规范（试行）).
//!
//! Only the form is decided here. Whether a label at the start of a paragraph numbers a provision or is a reference
//! (`第十条的规定`) depends on sequence and context, which `segment` knows.

use crate::model::Form;
use crate::numeral;

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
    match first {
        '第' | '笫' => division(text, &text[first.len_utf8()..]),
        '（' | '(' | '〔' | '[' => bracketed(text, &text[first.len_utf8()..]),
        '0'..='9' | '０'..='９' => numbered(text),
        'A'..='Z' => {
            let len = after(text, &text[1..], &['.', '．', '、'])?;
            Some(Label { form: Form::Letter, number: Some(first as u32 - 'A' as u32 + 1), sub_number: None, len })
        }
        _ if is_cn(first) => section(text).or_else(|| dash(text)),
        '一'..='鿿' => None,
        '─' => dash(text),
        _ => single(first),
    }
}

/// `第二分编`, `第一章`, `第三节`, `第十条之一`; `rest` is what follows 第.
fn division(text: &str, rest: &str) -> Option<Label> {
    let cn = run(rest, is_cn, 9);
    let numeral = cn.or_else(|| spaced_digits(rest))?;
    let behind = &rest[numeral.len()..];
    let (form, most, end) = match behind.chars().next()? {
        '编' => (Form::Part, 2, "编"),
        '分' => (Form::Part, 2, "分编"),
        '章' => (Form::Chapter, 3, "章"),
        '节' => (Form::Section, 3, "节"),
        '条' => (Form::Article, 4, "条"),
        _ => return None,
    };
    let behind = behind.strip_prefix(end).filter(|_| cn.is_some() || numeral.len() <= most)?;
    let sub = (form == Form::Article).then(|| behind.strip_prefix('之')).flatten();
    let sub = sub.and_then(|sub| leading(sub, |c| "一二三四五六七八九十".contains(c), 3));
    let len = text.len() - behind.len() + sub.map_or(0, |sub| '之'.len_utf8() + sub.len());
    let number = if numeral.contains(' ') { ordinal(&numeral.replace(' ', "")) } else { ordinal(numeral) }?;
    Some(Label { form, number: Some(number), sub_number: sub.and_then(numeral::ordinal), len })
}

/// The digits at the start of a text, at most four, which a letter-spaced page parts by blanks: `第 1 0 条`.
fn spaced_digits(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == ' ')).unwrap_or(text.len());
    let digits = text[..end].trim_end();
    (digits.starts_with(|c: char| c.is_ascii_digit()) && digits.len() <= 7).then_some(digits)
}

/// `（十二）`, `（1）`; `rest` is what follows the bracket.
fn bracketed(text: &str, rest: &str) -> Option<Label> {
    let (form, numeral, closing): (_, _, &[char]) = match run(rest, is_cn, 9) {
        Some(cn) => (Form::CnParen, cn, &['）', ')', '〕', ']']),
        None if text.starts_with(['（', '(']) => (Form::NumParen, run(rest, numeral::is_arabic, 3)?, &['）', ')']),
        None => return None,
    };
    let len = after(text, &rest[numeral.len()..], closing)?;
    let len = if text[len..].starts_with('、') { len + '、'.len_utf8() } else { len };
    Some(Label { form, number: Some(ordinal(numeral)?), sub_number: None, len })
}

/// `1.`, `31、`, `3)`.
fn numbered(text: &str) -> Option<Label> {
    let numeral = run(text, numeral::is_arabic, 3)?;
    let mark = text[numeral.len()..].chars().next()?;
    let len = numeral.len() + mark.len_utf8();
    let rest = &text[len..];
    let form = match mark {
        '）' | ')' if numeral.len() <= 2 => Form::NumParen,
        '、' => Form::Num,
        // `2.0版` is a version and `1.5倍` a number; but in `1.2023年底前…` and `1.80周岁以上…` the label is `1.`.
        '.' | '．' if !rest.starts_with(numeral::is_arabic) || (mark == '.' && begins_with_whole(rest)) => Form::Num,
        _ => return None,
    };
    Some(Label { form, number: Some(ordinal(numeral)?), sub_number: None, len })
}

/// `35.` before what is counted, in a list that waits for this number: `35.5个地级市组团…`.
pub fn counted(text: &str, waits: u32) -> Option<Label> {
    let numeral = run(text, numeral::is_arabic, 3)?;
    let rest = text[numeral.len()..].strip_prefix('.')?;
    let behind = &rest[run(rest, |c| c.is_ascii_digit(), 4)?.len()..];
    let counts =
        ["个", "家", "名", "项", "类", "种", "所", "条", "位"].iter().any(|counter| behind.starts_with(counter));
    let fits = ordinal(numeral) == Some(waits) && counts && !behind.starts_with("个百分点");
    fits.then_some(Label { form: Form::Num, number: Some(waits), sub_number: None, len: numeral.len() + 1 })
}

/// `一、`
fn section(text: &str) -> Option<Label> {
    let numeral = run(text, is_cn, 9)?;
    let len = after(text, &text[numeral.len()..], &['、', '．', '.'])?;
    Some(Label { form: Form::Cn, number: Some(ordinal(numeral)?), sub_number: None, len })
}

/// `——`
fn dash(text: &str) -> Option<Label> {
    let mark = ["——", "－－", "──"].into_iter().find(|mark| text.starts_with(mark))?;
    // Three are printed for two.
    let len = text.len() - text.trim_start_matches(|c| mark.starts_with(c)).len();
    Some(Label { form: Form::Dash, number: None, sub_number: None, len })
}

/// The characters at the start of a text that are of a class, at most so many; `None` without any.
fn leading(text: &str, class: impl Fn(char) -> bool, most: usize) -> Option<&str> {
    let end = text.char_indices().take(most).take_while(|&(_, c)| class(c)).last().map(|(at, c)| at + c.len_utf8())?;
    Some(&text[..end])
}

/// As [`leading`]; `None` also where more of them follow.
fn run(text: &str, class: impl Fn(char) -> bool, most: usize) -> Option<&str> {
    let mut end = 0;
    for (nth, c) in text.chars().enumerate() {
        if !class(c) {
            break;
        }
        if nth == most {
            return None;
        }
        end += c.len_utf8();
    }
    (end > 0).then(|| &text[..end])
}

/// Bytes of `text` up to behind the mark that `rest`, its end, begins with.
fn after(text: &str, rest: &str, marks: &[char]) -> Option<usize> {
    let mark = rest.chars().next().filter(|c| marks.contains(c))?;
    Some(text.len() - rest.len() + mark.len_utf8())
}

/// Whether a text begins with a number that no digits behind a point can be: a year, or what is counted by whole ones.
fn begins_with_whole(text: &str) -> bool {
    let Some(number) = run(text, |c| c.is_ascii_digit(), 4) else { return false };
    let behind = &text[number.len()..];
    let year = number.len() == 4 && number.starts_with(['1', '2']) && behind.starts_with('年');
    year || ["周岁", "名", "户", "家"].iter().any(|counter| behind.starts_with(counter))
}

/// The value of a numeral; 0 numbers nothing. A dash stands for 一 where a scanner misread it.
fn ordinal(numeral: &str) -> Option<u32> {
    let value = if numeral.contains(DASHES) {
        numeral::ordinal(&numeral.replace(DASHES, "一"))
    } else {
        numeral::ordinal(numeral)
    };
    value.filter(|&n| n > 0)
}

const DASHES: [char; 3] = ['－', '—', '-'];

fn is_cn(c: char) -> bool {
    matches!(c, '〇' | '○' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千')
        || DASHES.contains(&c)
}

/// ① to ⑳ and ㉑ to ㉟ are circled; ⑴ to ⒇ and ⒈ to ⒛ are single characters for （1） and 1.
fn single(c: char) -> Option<Label> {
    let of = |form, first: char, n: u32| {
        Some(Label { form, number: Some(c as u32 - first as u32 + n), sub_number: None, len: c.len_utf8() })
    };
    match c {
        '①'..='⑳' => of(Form::Circled, '①', 1),
        '㉑'..='㉟' => of(Form::Circled, '㉑', 21),
        '⑴'..='⒇' => of(Form::NumParen, '⑴', 1),
        '⒈'..='⒛' => of(Form::Num, '⒈', 1),
        '㈠'..='㈩' => of(Form::CnParen, '㈠', 1),
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
            ("第1 0条申请", Form::Article, Some(10), "第1 0条"),
            ("（十二）优化", Form::CnParen, Some(12), "（十二）"),
            ("(七)向财政部门", Form::CnParen, Some(7), "(七)"),
            ("13.加大财政投入", Form::Num, Some(13), "13."),
            ("31、推进", Form::Num, Some(31), "31、"),
            ("1.2023年底前完成", Form::Num, Some(1), "1."),
            ("1.80周岁以上的老年人", Form::Num, Some(1), "1."),
            ("（1）申请", Form::NumParen, Some(1), "（1）"),
            ("3)审核", Form::NumParen, Some(3), "3)"),
            ("⑶公示", Form::NumParen, Some(3), "⑶"),
            ("②公示", Form::Circled, Some(2), "②"),
            ("B.公示", Form::Letter, Some(2), "B."),
            ("——保障基本", Form::Dash, None, "——"),
            ("———保障基本", Form::Dash, None, "———"),
        ];
        for (text, form, number, label) in cases {
            let found = parse(text).unwrap_or_else(|| panic!("no label in {text}"));
            assert_eq!((found.form, found.number, &text[..found.len]), (form, number, label));
        }
        assert_eq!(parse("第十条之一申请").map(|l| (l.number, l.sub_number)), Some((Some(10), Some(1))));
    }

    #[test]
    fn a_list_waits_for_a_number_before_what_is_counted() {
        assert_eq!(counted("35.5个地级市组团调研", 35).map(|l| l.len), Some("35.".len()));
        for (text, waits) in [("35.5个地级市", 3), ("3.5个百分点", 3), ("3.5万元以下", 3), ("3.50%", 3)] {
            assert_eq!(counted(text, waits), None, "{text}");
        }
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
