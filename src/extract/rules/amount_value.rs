//! How a match of an amount rule is read: numbers, shared units, and words that only look like money.

use crate::extract::bound::{self, Reading};
use crate::extract::fragments;
use crate::extract::rule::Found;
use crate::extract::units;
use crate::model::{Amount, Bound, Per};
use crate::numeral;
use crate::pattern::Pattern;
use crate::span::Span;
use rust_decimal::Decimal;
use std::sync::LazyLock;

pub const SIGNS: &[(&str, &str)] = &[
    ("US$", "USD"),
    ("HK$", "HKD"),
    ("RMB", "CNY"),
    ("CNY", "CNY"),
    ("USD", "USD"),
    ("EUR", "EUR"),
    ("HKD", "HKD"),
    ("人民币", "CNY"),
    ("￥", "CNY"),
    ("¥", "CNY"),
    ("$", "USD"),
    ("＄", "USD"),
    ("€", "EUR"),
    ("£", "GBP"),
];

/// Words that begin with 元 and speak of no money, whatever number stands before them.
const NOT_CURRENCY: &[&str] = &["元器件", "元宇宙", "元数据", "元旦", "元宵", "元素", "元件", "元化"];

/// Words that 元 begins after a lone Chinese digit (三元材料, 二元结构, 一元复始): nothing official costs so little that its
/// price stands so.
const AFTER_LONE_DIGIT: &[&str] = &[
    "元结构",
    "元论",
    "元复始",
    "元材料",
    "元锂",
    "元催化",
    "元一次",
    "元二次",
    "元体系",
    "元制",
    "元共治",
    "元区",
    "元体",
    "元融合",
    "元模式",
    "元正极",
    "元电池",
    "元朱",
    "元桥",
    "元次",
    "元首",
    "元月",
    "元年",
];

/// Words behind a bare 万元 that make it a measure: 万元GDP能耗.
const CLASSES: &[&str] = &["GDP", "gdp", "增加值", "产值", "工业", "地区生产总值", "能耗"];

static PER_SUFFIX: LazyLock<Pattern> =
    LazyLock::new(|| fragments::compile(r"^[/／](?<count>[0-9]*)(?<counter>${counter}(?:[/／·]${counter})?)"));

/// `/亩` or `/50公斤` at the start of `rest`, and its length.
pub fn per_suffix(rest: &str) -> Option<(Per, usize)> {
    if !rest.starts_with(['/', '／']) {
        return None;
    }
    let captures = PER_SUFFIX.captures(rest)?;
    let value = match &captures["count"] {
        "" => Decimal::ONE,
        count => numeral::read(count)?,
    };
    Some((Per { value, unit: captures["counter"].to_owned() }, captures.range().len()))
}

static PER_EACH: LazyLock<Pattern> =
    LazyLock::new(|| fragments::compile(r"每(?<count>${number})??(?<counter>${counter})$"));

/// `每亩` or `每50公斤` at the end of `before`; 每条示范带 names a thing and is none.
fn per_each(before: &str) -> Option<Per> {
    let each = &before[before.rfind('每')?..];
    if each.chars().count() > LONGEST_PER {
        return None;
    }
    let captures = PER_EACH.captures(each)?;
    let value = captures.text("count").map_or(Some(Decimal::ONE), numeral::read)?;
    Some(Per { value, unit: captures["counter"].to_owned() })
}

/// Characters that 每 and what is counted have at most: 每100万千瓦时.
const LONGEST_PER: usize = 9;

pub fn is_word_of_money(c: char) -> bool {
    matches!(c, '元' | '圆' | '美' | '个' | '家' | '人' | '户' | '%' | '％' | '年' | '月')
}

/// The amount of one number, its bound read from the words around it.
pub fn single(found: &Found<'_>, number: &str, span: Span) -> Option<Amount> {
    let number = found.group(number)?;
    let text = &found.passage[number.clone()];
    let unit = found.group("unit").unwrap_or(number.end..number.end);
    if !begins_a_number(&found.passage[..number.start], text) || !is_money(found.passage, &unit, text) {
        return None;
    }
    let value = numeral::read(&exact_part(text))?;
    let reading = bound::read(found.passage, &span);
    let currency = found.text("unit").and_then(units::currency).unwrap_or("CNY");
    Some(amount(found, span, value, currency, reading, rough(text, number.start)))
}

/// What 角 and 分 behind the currency add.
pub fn small_change(found: &Found<'_>) -> Option<Decimal> {
    let mut sum = Decimal::ZERO;
    for (group, places) in [("jiao", 1), ("fen", 2)] {
        if let Some(text) = found.text(group) {
            sum = sum.checked_add(numeral::read(text)?.checked_mul(Decimal::new(1, places))?)?;
        }
    }
    Some(sum)
}

/// Whether a foreign sign before a number with a wide comma and the currency behind it mark two amounts: $50，200欧元. Of
/// ￥ this is not said, since forms write ￥82，225元.
pub fn is_marked_twice(found: &Found<'_>) -> bool {
    let before = found.before();
    let before = before.strip_suffix(' ').unwrap_or(before);
    before.ends_with(['$', '＄', '€', '£']) && found.text("number").is_some_and(|number| number.contains('，'))
}

/// One amount in thousands, or one from `low` to it; the k of the high end holds for both.
pub fn thousands(found: &Found<'_>) -> Option<Vec<Amount>> {
    let whole = found.span();
    let unit = found.group("unit")?;
    // A8k names a model.
    let named = found.before().ends_with(|c: char| c.is_ascii_alphanumeric());
    if named
        || !begins_a_number(found.before(), &found.passage[whole.clone()])
        || !is_money(found.passage, &unit, found.text("number")?)
    {
        return None;
    }
    let read = |text: &str| numeral::read(text)?.checked_mul(Decimal::ONE_THOUSAND);
    let value = read(found.text("number")?)?;
    let currency = units::currency(found.text("unit")?)?;
    let reading = bound::read(found.passage, &whole);
    let mut amount = amount(found, whole, value, currency, reading, None);
    if let Some(low) = found.text("low") {
        let low = read(low)?;
        if low >= value {
            return None;
        }
        (amount.value, amount.upper, amount.bound, amount.cue) = (low, Some(value), Bound::Between, None);
    }
    Some(vec![amount])
}

fn amount(
    found: &Found<'_>,
    span: Span,
    value: Decimal,
    currency: &'static str,
    reading: Reading,
    rough: Option<Span>,
) -> Amount {
    let cue = reading.cue().or(rough.clone());
    let bound = match reading.bound {
        Bound::Exactly if rough.is_some() => Bound::MoreThan,
        bound => bound,
    };
    let per = per_each(&found.passage[..span.start]);
    Amount { span, value, upper: None, currency, bound, per, cue, rule: found.rule }
}

/// 多 or 余 in a number: 300多亿.
fn rough(number: &str, start: usize) -> Option<Span> {
    number.find(['多', '余']).map(|at| start + at..start + at + "多".len())
}

fn exact_part(number: &str) -> String {
    number.replace(['多', '余'], "")
}

/// Whether the number `number` can begin behind `before`: not inside another one, nor after 几 or 第. 数 makes a bare
/// magnitude uncertain (数百万元) and ends a noun otherwise (总数5万元).
pub fn begins_a_number(before: &str, number: &str) -> bool {
    let inside = |c: char| numeral::is_numeral_char(c) || matches!(c, '几' | '幾' | '第' | '.' | '．' | '点');
    let several = before.ends_with(['数', '數']) && number.starts_with(MAGNITUDES);
    !before.ends_with(inside) && !several
}

const MAGNITUDES: [char; 5] = ['十', '百', '千', '万', '亿'];

/// What is given, right behind a number without 元.
const GIFTS: &[&str] = &["资助", "奖励", "补贴", "补助", "奖补", "配套", "扶持", "资金支持", "奖金", "资金补"];

/// Words of giving right before such a number.
const GIVEN_BY: &[&str] = &["给予", "奖励", "补助", "补贴", "资助", "奖补", "一次性", "予以"];

/// Whom a sum is given, between such a word and the number: 奖励企业50万.
const GIVEN_TO: &[&str] = &["企业", "个人", "单位", "团队", "项目", "引荐人", "每家", "每户", "每人", "每个"];

/// A number of 万 or 亿 that names no currency but is money: it is given, or a sum invested.
pub fn bare(found: &Found<'_>) -> Option<Vec<Amount>> {
    let span = found.span();
    let rest = &found.passage[bound::end_of_list(found.passage, span.end)..];
    let rest = rest.strip_prefix("的").unwrap_or(rest);
    let rest = rest.strip_prefix("一次性").unwrap_or(rest);
    let gift = GIFTS.iter().any(|gift| rest.starts_with(gift));
    let ends = rest.is_empty() || rest.starts_with(['，', '。', '；', '、', '）', ')', ',', ';']);
    let before = bound::before_list(found.before());
    let limits = ["最高不超过", "最多不超过", "最高", "不超过", "最多", "累计不超过"];
    let bare = limits.iter().find_map(|limit| before.strip_suffix(limit));
    let sentence = || &before[before.rfind(['。', '；']).unwrap_or(0)..];
    let given = match bare {
        // 人口不超过50万 speaks of no gift.
        Some(_) => GIFTS.iter().any(|gift| sentence().contains(gift)) && !sentence().contains("人"),
        None => {
            let receiver = GIVEN_TO.iter().find_map(|who| before.strip_suffix(who));
            GIVEN_BY.iter().any(|verb| receiver.unwrap_or(before).ends_with(verb))
        }
    };
    let invested = ["投资", "投资额", "总投资"]
        .iter()
        .any(|word| before.trim_end_matches(['超', '过', '达', '到', '满', '在']).ends_with(word));
    let invested = invested && (ends || found.after().starts_with(['的', '以']));
    if gift || ends && (given || is_ranked(found)) || invested {
        Some(vec![single(found, "number", span)?])
    } else {
        None
    }
}

/// Whether the number is that of a rank, and another rank of its sentence has its currency: 省级20万，市级10万，县级5万元.
fn is_ranked(found: &Found<'_>) -> bool {
    static RANK: LazyLock<Pattern> = LazyLock::new(|| fragments::compile("${rank}$"));
    static RANK_IN_MONEY: LazyLock<Pattern> = LazyLock::new(|| fragments::compile("${rank}${number}${currency}"));
    const STOPS: [char; 3] = ['。', '；', '：'];
    let (before, after) = (bound::window_before(found.before()), bound::window_after(found.after(), 0));
    let sentence_before = &before[before.rfind(STOPS).unwrap_or(0)..];
    let sentence_after = &after[..after.find(STOPS).unwrap_or(after.len())];
    RANK.is_match(sentence_before)
        && (RANK_IN_MONEY.is_match(sentence_before) || RANK_IN_MONEY.is_match(sentence_after))
}

/// Whether the currency word is one (不 元宇宙), and a lone Chinese digit before it counts money (不 三元材料).
fn is_money(passage: &str, unit: &Span, number: &str) -> bool {
    let from_unit = &passage[unit.start..];
    let behind = &passage[unit.end..];
    let lone = number.chars().count() == 1 && !number.is_ascii();
    let begins = |words: &[&str], text: &str| words.iter().any(|word| text.starts_with(word));
    let class = matches!(number, "万" | "萬") && begins(CLASSES, behind);
    let other = begins(NOT_CURRENCY, from_unit) || lone && begins(AFTER_LONE_DIGIT, from_unit);
    !(class || other)
}

/// One amount from `low` to `high`; without currency or magnitude of its own, the low end takes those of the high end.
pub fn range(found: &Found<'_>, end: usize) -> Option<Vec<Amount>> {
    let unit = found.group("unit")?;
    let (low_text, high_text) = (found.text("low")?, found.text("high")?);
    if !begins_a_number(found.before(), &found.passage[found.span()]) || !is_money(found.passage, &unit, high_text) {
        return None;
    }
    let (mut low, high) = (numeral::read(&exact_part(low_text))?, numeral::read(&exact_part(high_text))?);
    if found.group("low_unit").is_none() && numeral::magnitude(low_text).is_empty() {
        let shared = low.checked_mul(magnitude_value(high_text)?)?;
        // 500-1万元 begins at 500, not at 5 million; 10至5万元 is no range.
        low = if shared >= high && low >= Decimal::ONE_HUNDRED { low } else { shared };
    }
    if low >= high {
        return None;
    }
    let currency = units::currency(found.text("unit")?)?;
    let start = found.span().start;
    let (per, end) = match per_suffix(&found.passage[end..]) {
        Some((per, length)) => (Some(per), end + length),
        None => (per_each(&found.passage[..start]), end),
    };
    Some(vec![Amount {
        span: start..end,
        value: low,
        upper: Some(high),
        currency,
        bound: Bound::Between,
        per,
        cue: None,
        rule: found.rule,
    }])
}

/// What the magnitude at the end of a number multiplies by: 10000 for 5万.
fn magnitude_value(number: &str) -> Option<Decimal> {
    match numeral::magnitude(number) {
        "" => Some(Decimal::ONE),
        magnitude => numeral::read(magnitude),
    }
}

/// The members of a list whose unit stands at the end.
pub fn list(found: &Found<'_>) -> Option<Vec<Amount>> {
    let (unit, last) = (found.group("unit")?, found.text("last")?);
    let whole = found.span();
    if !begins_a_number(found.before(), &found.passage[found.span()]) || !is_money(found.passage, &unit, last) {
        return None;
    }
    let currency = units::currency(found.text("unit")?)?;
    let members = split_list(found.passage, whole.start..unit.start);
    // 1、2000万元 at the start of a passage is a label and one amount.
    let label = |member: &Span| members.len() == 2 && found.passage[member.clone()].bytes().all(|b| b.is_ascii_digit());
    if whole.start == 0 && members.first().is_some_and(label) {
        return None;
    }
    let shared = magnitude_value(last)?;
    let amounts = members.iter().enumerate().map(|(n, member)| {
        let text = &found.passage[member.clone()];
        let is_last = n + 1 == members.len();
        let mut value = numeral::read(&exact_part(text))?;
        if !is_last && numeral::magnitude(text).is_empty() {
            value = value.checked_mul(shared)?;
        }
        let span = member.start..if is_last { unit.end } else { member.end };
        let reading = bound::read(found.passage, &span);
        Some(amount(found, span, value, currency, reading, rough(text, member.start)))
    });
    amounts.collect()
}

/// The spans of the numbers in `whole`, which are parted by list signs.
pub fn split_list(passage: &str, whole: Span) -> Vec<Span> {
    let mut members = Vec::new();
    let mut start = None;
    for (at, c) in passage[whole.clone()].char_indices() {
        let at = whole.start + at;
        let sign = matches!(c, '、' | '和' | '或' | '者' | '以' | '及' | '与');
        match (sign, start) {
            (false, None) => start = Some(at),
            (true, Some(from)) => {
                members.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    members.extend(start.map(|from| from..whole.end));
    members
}
