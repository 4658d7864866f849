//! Rates and shares (百分比).
//!
//! ```text
//! percentage = number (% | ‰)                          5%, 2‰
//!            | number range_sign number (% | ‰)        10%-20%, 10-20%
//!            | number 个 百分点                         2个百分点
//!            | (百|千|万) 分之 number                    百分之五, 千分之三
//!            | digit 成                                 三成
//! ```
//!
//! Values are fractions: 5% and 0.5成 are 0.05, 2个百分点 is 0.02. 倍 and 翻番 are no percentages.

use super::amount_value::{begins_a_number, split_list};
use super::change::change;
use crate::extract::bound::{self, Reading};
use crate::extract::passage::{Anchors, Passage};
use crate::extract::rule::{Card, Found, Grammar, Mention, Rule};
use crate::model::{Bound, PercentUnit, Percentage};
use crate::names;
use crate::numeral;
use crate::span::Span;
use memchr::memmem::Finder;
use rust_decimal::Decimal;
use std::sync::LazyLock;

static GRAMMAR: LazyLock<Grammar<Percentage>> = LazyLock::new(|| Grammar::new(ALL));

/// Every percentage but tenths holds one of these.
const ANCHORS: &[&str] = &["%", "％", "﹪", "‰", "分之", "百分"];

/// The percentages in a passage, in order, as fractions.
pub fn scan(passage: &Passage<'_>) -> Vec<Percentage> {
    static SHARES: LazyLock<Anchors> = LazyLock::new(|| Anchors::new(ANCHORS));
    if SHARES.stand_in(passage) {
        GRAMMAR.scan(passage)
    } else if may_hold_tenths(passage.text) {
        TENTHS_ALONE.scan(passage)
    } else {
        Vec::new()
    }
}

/// 成 stands in most passages and hardly ever counts tenths, so that the whole grammar would run for nothing.
static TENTHS_ALONE: LazyLock<Grammar<Percentage>> = LazyLock::new(|| Grammar::new(&[TENTHS]));

fn may_hold_tenths(passage: &str) -> bool {
    static TENTH: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("成"));
    let numeral_before = |at| passage[..at].ends_with(|c: char| c == '半' || numeral::is_numeral_char(c));
    TENTH.find_iter(passage.as_bytes()).any(numeral_before)
}

pub fn cards() -> Vec<Card> {
    GRAMMAR.cards()
}

/// Ranges and lists before single values, which would else take their last member.
pub const ALL: &[Rule<Percentage>] =
    &[ABOVE_BELOW, INEQUALITY, RANGE, MISPRINTED_DASH, WORDS_RANGE, LIST, SIGN, POINT, WORDS, TENTHS];

const ABOVE_BELOW: Rule<Percentage> = Rule {
    id: "percentage/above_below",
    about: "A share between two limits in words (20%以上50%以下).",
    anchors: &["以上"],
    pattern: r"(?<low>(?:(?<base>[百千万])分之)?${number})(?<low_unit>[%％﹪‰])?${inclusive}?(?:及|或)?以上[，、]?(?:至|到|但|且)?(?:不足|不满|不超过|低于)?(?<high>(?:(?<base2>[百千万])分之)?${number})(?<unit>[%％﹪‰])?${inclusive}?(?:以下|以内|之间)?",
    read: |found| {
        let text = &found.passage[found.span()];
        let limited = ["不足", "不满", "不超过", "低于", "以下", "以内", "之间"].iter().any(|word| text.contains(word));
        let words = found.text("base").is_some() && found.text("base") == found.text("base2");
        if found.text("base") != found.text("base2") {
            return None;
        }
        if limited && (words || found.group("unit").is_some()) { range(found) } else { None }
    },
    accepts: &[
        ("占比20%以上50%以下的企业", "20%以上50%以下 0.2..0.5 percent between"),
        ("处工程价款千分之五以上千分之十以下的罚款", "千分之五以上千分之十以下 0.005..0.01 permille between"),
        ("处合同金额百分之二以上百分之四以下的罚款", "百分之二以上百分之四以下 0.02..0.04 percent between"),
    ],
    rejects: &["增长5%以上，降低3%以下", "五百元以上五千元以下"],
};

const INEQUALITY: Rule<Percentage> = Rule {
    id: "percentage/inequality",
    about: "A share between two limits in signs (10%≤C<30%).",
    anchors: &["≤", "<", "＜", "≦", "⩽"],
    pattern: r"(?<low>${arabic})(?<low_unit>[%％﹪‰])[≤<＜≦⩽][A-Za-zＡ-Ｚα-ω\u{4e00}-\u{9fff}]{1,8}[≤<＜≦⩽](?<high>${arabic})(?<unit>[%％﹪‰])",
    read: range,
    accepts: &[("排放比例10%≤C<30%的企业", "10%≤C<30% 0.1..0.3 percent between")],
    rejects: &["C<30%", "30%≤C<10%"],
};

const RANGE: Rule<Percentage> = Rule {
    id: "percentage/range",
    about: "A share from one number to another (10%-20%, 1至2个百分点).",
    anchors: &["-", "－", "—", "–", "―", "~", "～", "〜", "至", "到"],
    pattern: r"(?<low>${number})(?<low_unit>[%％﹪‰])?${inclusive}?${range_sign}(?<high>${number})(?<unit>[%％﹪‰]|[个個]?百分[点點])",
    read: range,
    accepts: &[
        ("给予10%-20%补助", "10%-20% 0.1..0.2 percent between"),
        ("10%（含）-20%的部分", "10%（含）-20% 0.1..0.2 percent between"),
        ("占比10%（含）至20%（不含）之间", "10%（含）至20% 0.1..0.2 percent between"),
        ("按10-20%补助", "10-20% 0.1..0.2 percent between"),
        ("增长5%至6%", "5%至6% 0.05..0.06 percent between increase"),
        ("下降1到2个百分点", "1到2个百分点 0.01..0.02 percentage_point between decrease"),
    ],
    rejects: &["由20%提高到40%", "20%-10%", "2021-2025年"],
};

const MISPRINTED_DASH: Rule<Percentage> = Rule {
    id: "percentage/misprinted_dash",
    about: "A share from one number to another, the dash misread as 一 (30%一70%).",
    anchors: &["%一", "％一"],
    pattern: r"(?<low>${arabic})(?<low_unit>[%％])一(?<high>${arabic})(?<unit>[%％])",
    read: range,
    accepts: &[("成活率30%一70%", "30%一70% 0.3..0.7 percent between")],
    rejects: &["30%一年内", "70%一30%"],
};

const WORDS_RANGE: Rule<Percentage> = Rule {
    id: "percentage/words_range",
    about: "A share in words from one number to another (百分之五至百分之十, 百分之五至十).",
    anchors: &["分之"],
    pattern: r"(?<base>百|千|万)分之(?<low>${number})${range_sign}(?:(?<base2>百|千|万)分之)?(?<high>${number})",
    read: |found| {
        if found.text("base2").is_some_and(|base| Some(base) != found.text("base")) {
            return None;
        }
        range(found)
    },
    accepts: &[
        ("按百分之五至百分之十收取", "百分之五至百分之十 0.05..0.1 percent between"),
        ("按千分之一至三收取", "千分之一至三 0.001..0.003 permille between"),
    ],
    rejects: &["百分之五以上", "百分之十到百分之五"],
};

const LIST: Rule<Percentage> = Rule {
    id: "percentage/list",
    about: "Shares in a list that name their unit at the end only (1.2、0.8和0.5个百分点).",
    anchors: &["、", "和", "或", "及", "与"],
    pattern: r"(?:${number}[个個]?${list_sign})+(?<last>${number})(?<unit>[%％﹪‰]|[个個]?百分[点點])",
    read: list,
    accepts: &[
        (
            "分别提高1.2和0.5个百分点",
            "1.2 0.012 percentage_point exactly increase; 0.5个百分点 0.005 percentage_point exactly increase",
        ),
        (
            "分别快于全国3.4个、1个百分点",
            "3.4个 0.034 percentage_point exactly; 1个百分点 0.01 percentage_point exactly",
        ),
        ("增速分别为6.5、5.2%", "6.5 0.065 percent exactly increase; 5.2% 0.052 percent exactly increase"),
    ],
    rejects: &["分别增长2.5%和4%", "3、10%的企业", "新增3个、5%的企业"],
};

const SIGN: Rule<Percentage> = Rule {
    id: "percentage/sign",
    about: "A number with its sign (5%, 2‰).",
    anchors: &["%", "％", "﹪", "‰"],
    pattern: r"(?<number>[-－]?${arabic})(?<unit>[%％﹪‰])",
    read: single,
    accepts: &[
        ("增长6%左右", "6% 0.06 percent about increase"),
        ("按2‰奖励", "2‰ 0.002 permille exactly"),
        ("增速C1<10%的企业", "10% 0.1 percent less_than"),
        ("比重不低于50%", "50% 0.5 percent at_least"),
        ("占比提高到70%以上", "70% 0.7 percent at_least"),
        ("降低用电成本10％", "10％ 0.1 percent exactly decrease"),
        ("增速均达到25%以上", "25% 0.25 percent at_least increase"),
        ("给予50%以下的资金支持", "50% 0.5 percent at_most"),
    ],
    rejects: &[
        "(%)",
        "1:1",
        "倍差1.68",
        "增速（%）",
        "search?q=30%25%20",
        "合格人数/总人数×100%",
        "119951800254927.8%",
    ],
};

const POINT: Rule<Percentage> = Rule {
    id: "percentage/point",
    about: "Percentage points (2个百分点).",
    anchors: &["百分"],
    pattern: r"(?<number>${number})(?<unit>[个個]?百分[点點])",
    read: single,
    accepts: &[
        ("提高2个百分点", "2个百分点 0.02 percentage_point exactly increase"),
        ("回落0.5个百分点", "0.5个百分点 0.005 percentage_point exactly decrease"),
        ("增速高于全国平均1个百分点", "1个百分点 0.01 percentage_point exactly"),
        ("高于全国六个百分点", "六个百分点 0.06 percentage_point exactly"),
    ],
    rejects: &["几个百分点", "百分点", "二三十个百分点", "41＞432个百分点"],
};

const WORDS: Rule<Percentage> = Rule {
    id: "percentage/words",
    about: "A share in words, of a hundred, a thousand or ten thousand (百分之五, 千分之三, 万分之五).",
    anchors: &["分之"],
    pattern: r"(?<base>百万|百|千|万|萬)分之(?<number>[-－]?${number})",
    read: single,
    accepts: &[
        ("增长百分之五点五", "百分之五点五 0.055 percent exactly increase"),
        ("按日加收千分之三", "千分之三 0.003 permille exactly"),
        ("按日加收万分之五的滞纳金", "万分之五 0.0005 percent exactly"),
        ("占总人口数百分之十五以上", "百分之十五 0.15 percent at_least"),
        ("占总人口数百分之五", "百分之五 0.05 percent exactly"),
        ("不低于百分之百", "百分之百 1 percent at_least"),
    ],
    rejects: &["三分之一", "百分之几", "十分之一"],
};

const TENTHS: Rule<Percentage> = Rule {
    id: "percentage/tenths",
    about: "Tenths (三成); only where no word can go on from 成.",
    anchors: &["成"],
    pattern: r"(?<number>[半两]|十|[0-9０-９.．]+|[一二三四五六七八九](?:[点點][一二三四五六七八九])?)(?<unit>成)(?<over>多)?",
    read: |found| {
        let limited = bound::before(found.passage, &found.span()).is_some();
        let alone = !found.before().ends_with(|c: char| BEFORE_NO_TENTHS.contains(c))
            && (limited || !found.before().ends_with('过'));
        if !alone || goes_on(found.after(), limited) {
            return None;
        }
        let mut tenths = single(found)?;
        if let (Some(over), Some(share)) = (found.group("over"), tenths.first_mut())
            && share.bound == Bound::Exactly
        {
            (share.bound, share.cue) = (Bound::MoreThan, Some(over));
        }
        Some(tenths)
    },
    accepts: &[
        ("占比近三成。", "三成 0.3 percent less_than"),
        ("占比超过六成。", "六成 0.6 percent more_than"),
        ("近六成投向农村", "六成 0.6 percent less_than"),
        ("九成以上的企业", "九成 0.9 percent at_least"),
        ("贡献了8.5成", "8.5成 0.85 percent exactly"),
        ("贡献约7成出口增量", "7成 0.7 percent about"),
        ("科技贡献率过六成", "六成 0.6 percent more_than"),
        ("八成企业订单饱满", "八成 0.8 percent exactly"),
        ("超七成财力、近八成就业", "七成 0.7 percent more_than; 八成 0.8 percent less_than"),
        ("七成多企业盈利", "七成多 0.7 percent more_than"),
    ],
    rejects: &[
        "三成果",
        "一成不变",
        "第六成立",
        "八成套",
        "做到事半成",
        "几成",
        "近三成果",
        "通过三成",
        "九成新",
        "约三成本地化",
        "约三成多元化",
    ],
};

/// Whether the text behind 成 goes on a word with it (成果, 成立, 成员): behind a limit, where it begins like one; elsewhere,
/// where it begins with nothing that shares are told of.
fn goes_on(behind: &str, limited: bool) -> bool {
    let Some(first) = behind.chars().next() else { return false };
    let shared = BEHIND_TENTHS.contains(first) || SHARED.iter().any(|what| behind.starts_with(what));
    let word = if limited { WORDS_OF_CHENG.contains(first) } else { true };
    word && !shared
}

/// What may follow tenths; anything else may go on a word.
const BEHIND_TENTHS: &str = "，。；、以左的）,来是在由和至到投 ：！";

/// What shares are told of, and what they do.
const SHARED: &[&str] = &[
    "企业",
    "税收",
    "就业",
    "资金",
    "收入",
    "支出",
    "比例",
    "新增",
    "群众",
    "居民",
    "农户",
    "项目",
    "出口",
    "投资",
    "贷款",
    "产品",
    "产能",
    "财力",
    "财政",
    "土地",
    "人口",
    "市场",
    "订单",
    "家庭",
    "用户",
    "游客",
    "经营主体",
    "行政村",
    "专利",
    "用于",
    "来自",
];

/// What goes on words that begin with 成 (成果, 成本, 成都), or with 多 behind it (多元).
const WORDS_OF_CHENG: &str = "果立员套功本交品年人长效绩分熟为新就婚片活型像因文都渝飞组批对建例规名家体色材书教考虫案线网群行堆单矿景农份见全数倍才语了多元样种";

/// What may not stand before tenths: 事半功倍 and its like, ordinals.
const BEFORE_NO_TENTHS: &str = "第事几数制";

/// The unit of a match, and what its numbers are divided by.
fn unit(found: &Found<'_>) -> Option<(PercentUnit, Decimal)> {
    let (unit, base) = match (found.text("base"), found.text("unit")) {
        (Some("千"), _) => (PercentUnit::Permille, 1000),
        (Some("万" | "萬"), _) => (PercentUnit::Percent, 10_000),
        (Some("百万"), _) => (PercentUnit::Percent, 1_000_000),
        (Some(_), _) => (PercentUnit::Percent, 100),
        (None, Some("‰")) => (PercentUnit::Permille, 1000),
        (None, Some("成")) => (PercentUnit::Percent, 10),
        (None, Some(unit)) if unit.contains("百分") => (PercentUnit::PercentagePoint, 100),
        (None, _) => (PercentUnit::Percent, 100),
    };
    Some((unit, Decimal::from(base)))
}

/// Digits before the point that a share has at most.
const MOST_DIGITS: usize = 5;

fn single(found: &Found<'_>) -> Option<Vec<Percentage>> {
    let number = found.group("number")?;
    let text = &found.passage[number.clone()];
    // The minus of 2020-5% is a dash.
    let minus = text.starts_with(['-', '－']);
    // 总人口数百分之十五: 数 ends a noun, since 数百 would not go on with 分之.
    let begins = if found.text("base").is_some() { "" } else { text };
    if !begins_a_number(found.before(), begins)
        || minus && found.before().ends_with(|c: char| c.is_ascii_alphanumeric() || "%％‰）)".contains(c))
    {
        return None;
    }
    // Signs of an address (?q=30%25%20) are no shares.
    let address = found.before().ends_with('=') && found.after().starts_with(|c: char| c.is_ascii_digit());
    if address || found.before().ends_with(['&', '%']) {
        return None;
    }
    // Cells that lost what parted them (41 | ＞43 | 2个百分点); of C1<10% the digit is part of a name.
    let compared = found.before().strip_suffix(['>', '＞', '<', '＜', '≥', '≤']);
    let points = found.text("unit").is_some_and(|unit| unit.contains("百分"));
    if points && compared.is_some_and(|cell| cell.ends_with(|c: char| c.is_ascii_digit())) {
        return None;
    }
    // The last factor of a formula (合格人数/总人数×100%), and the digits of several such cells.
    let factor = text == "100" && found.before().trim_end().ends_with(['*', '＊', '×', '✕']);
    let whole = text.split(['.', '．']).next().unwrap_or_default();
    if factor || whole.chars().filter(char::is_ascii_digit).count() > MOST_DIGITS {
        return None;
    }
    let (unit, base) = unit(found)?;
    let exact = text.replace(['多', '余'], "");
    let value = match exact.as_str() {
        "半" => Decimal::new(5, 1),
        _ => numeral::read(&exact)?,
    };
    let value = value.checked_div(base)?.normalize();
    let reading = bound::read(found.passage, &found.span());
    Some(vec![percentage(found, found.span(), value, unit, reading)])
}

fn percentage(found: &Found<'_>, span: Span, value: Decimal, unit: PercentUnit, reading: Reading) -> Percentage {
    let change = change(found.passage, &span);
    Percentage { value, upper: None, unit, bound: reading.bound, change, cue: reading.cue(), rule: found.rule, span }
}

fn range(found: &Found<'_>) -> Option<Vec<Percentage>> {
    if !begins_a_number(found.before(), &found.passage[found.span()]) {
        return None;
    }
    let (unit, base) = unit(found)?;
    let read = |group: &str| numeral::read(found.text(group)?.rsplit("分之").next()?)?.checked_div(base);
    let (low, high) = (read("low")?.normalize(), read("high")?.normalize());
    let span = found.span();
    let change = change(found.passage, &span);
    let between = Percentage {
        span,
        value: low,
        upper: Some(high),
        unit,
        bound: Bound::Between,
        change,
        cue: None,
        rule: found.rule,
    };
    (low < high).then(|| vec![between])
}

fn list(found: &Found<'_>) -> Option<Vec<Percentage>> {
    let sign = found.group("unit")?;
    let whole = found.span();
    let members = split_list(found.passage, whole.start..sign.start);
    let (unit, base) = unit(found)?;
    let label = |member: &Span| found.passage[member.clone()].bytes().all(|b| b.is_ascii_digit());
    // 3、10% at the start of a passage or a sentence is a label and one share.
    let starts = found.before().is_empty() || found.before().ends_with(['。', '；', '：']);
    if !begins_a_number(found.before(), &found.passage[found.span()]) || starts && members.first().is_some_and(label) {
        return None;
    }
    // 3.4个、1个百分点, and no 3个、5%.
    let counted = |member: &Span| found.passage[member.clone()].ends_with(['个', '個']);
    if members.iter().any(counted) && unit != PercentUnit::PercentagePoint {
        return None;
    }
    let percentages = members.iter().enumerate().map(|(n, member)| {
        let number = found.passage[member.clone()].trim_end_matches(['个', '個']);
        let value = numeral::read(number)?.checked_div(base)?.normalize();
        let span = member.start..if n + 1 == members.len() { sign.end } else { member.end };
        let reading = bound::read(found.passage, &span);
        Some(percentage(found, span, value, unit, reading))
    });
    percentages.collect()
}

impl Mention for Percentage {
    fn span(&self) -> &Span {
        &self.span
    }

    fn describe(&self, passage: &str) -> String {
        let upper = self.upper.map(|upper| format!("..{upper}")).unwrap_or_default();
        let (unit, bound) = (names::percent_unit(self.unit), names::bound(self.bound));
        let change = self.change.map(|change| format!(" {}", names::change(change))).unwrap_or_default();
        format!("{} {}{upper} {unit} {bound}{change}", &passage[self.span.clone()], self.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::rule::describe_all;

    fn check(passage: &str, expected: &str) {
        assert_eq!(describe_all(&scan(&Passage::new(passage)), passage), expected, "{passage}");
    }

    #[test]
    fn a_change_reaches_over_a_list() {
        check("分别增长2.5%和4%", "2.5% 0.025 percent exactly increase; 4% 0.04 percent exactly increase");
    }

    #[test]
    fn a_level_is_no_change() {
        check("提高到70%", "70% 0.7 percent exactly");
        check("由20%提高至40%", "20% 0.2 percent exactly; 40% 0.4 percent exactly");
        check("降至1.5%", "1.5% 0.015 percent exactly");
        check("增速达到12%", "12% 0.12 percent exactly increase");
    }

    #[test]
    fn tenths_need_no_other_anchor() {
        check("三成以上的企业完成改造", "三成 0.3 percent at_least");
        check("各地完成任务", "");
    }

    #[test]
    fn values_are_exact() {
        check("增长14.93%", "14.93% 0.1493 percent exactly increase");
    }
}
