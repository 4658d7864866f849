//! Amounts of money (金额).
//!
//! ```text
//! amount = number currency [ / [number] counter ]      800元/亩, 2元/50公斤; per what it is counted also in 每亩800元
//!        | sign number                                 ￥300, US$5
//!        | arabic k currency                           10k元, 10-15k元
//!        | number 块 [number 角] [number 分] 钱          三块五角钱
//!        | number range_sign number currency           5-10万元, 3到5万元
//!        | number currency 以上 number currency 以下     五百元以上五千元以下
//!        | number (list_sign number)+ currency         30万和15万元
//!        | magnitude currency                          亿元以上
//! ```
//!
//! The unit at the end of a range or list holds for its members: 3到5万元 is from 30000, 30万和15万元 names 300000 first.
//! Uncertain numbers (几十万元, 数亿元) state no amount.

use super::amount_value::{
    SIGNS, bare, is_marked_twice, is_word_of_money, list, per_suffix, range, single, small_change, thousands,
};
use crate::extract::passage::{Anchors, Passage};
use crate::extract::rule::{Card, Grammar, Mention, Rule};
use crate::model::Amount;
use crate::names;
use crate::numeral;
use crate::span::Span;
use std::sync::LazyLock;

static GRAMMAR: LazyLock<Grammar<Amount>> = LazyLock::new(|| Grammar::new(ALL));

/// The amounts in a passage, in order. Values are in the base unit of the currency: 2000万元 is 20000000.
pub fn scan(passage: &Passage<'_>) -> Vec<Amount> {
    static MONEY: LazyLock<Anchors> = LazyLock::new(|| Anchors::new(ANCHORS));
    static BARE_ALONE: LazyLock<Grammar<Amount>> = LazyLock::new(|| Grammar::new(&[FINANCIAL, BARE]));
    // Most passages speak of no money, and this test is far cheaper than the grammar.
    if MONEY.stand_in(passage) { GRAMMAR.scan(passage) } else { BARE_ALONE.scan(passage) }
}

pub fn cards() -> Vec<Card> {
    GRAMMAR.cards()
}

/// Every amount holds one of these; a test keeps the list in step with the currencies.
const ANCHORS: &[&str] = &[
    "元",
    "圆",
    "币",
    "块钱",
    "角钱",
    "分钱",
    "美金",
    "英镑",
    "法郎",
    "克朗",
    "卢布",
    "卢比",
    "泰铢",
    "林吉特",
    "比索",
    "兰特",
    "里拉",
    "坚戈",
    "雷亚尔",
    "印尼盾",
    "迪拉姆",
    "里亚尔",
    "越南盾",
    "￥",
    "¥",
    "＄",
    "$",
    "€",
    "£",
    "USD",
    "RMB",
    "CNY",
    "EUR",
    "HKD",
];

/// Range before list before symbol before plain: 3到5万元 would else leave 5万元. Each before implied, which reads what has
/// no digits; financial and bare last, since they read what names no currency.
pub const ALL: &[Rule<Amount>] = &[
    ABOVE_BELOW,
    BELOW_ABOVE,
    INEQUALITY,
    RANGE,
    LIST,
    PLAIN,
    THOUSANDS,
    KUAI,
    SYMBOL_BEFORE_WORD,
    SYMBOL,
    IMPLIED,
    FINANCIAL,
    BARE,
];

const ABOVE_BELOW: Rule<Amount> = Rule {
    id: "amount/above_below",
    about: "An amount between two limits in words (五百元以上五千元以下); the span runs from number to number.",
    anchors: &["以上"],
    pattern: r"(?<low>${number})(?<low_unit>${currency})?${inclusive}?(?:及|或)?以上(?:[（(]含[）)])?[，、]?(?:至|到|但|且)?(?:不足|不满|不超过|低于)?(?<high>${number})(?<unit>${currency})(?<closed>${inclusive}?(?:及|或)?(?:以下|以内|之间)|的)?",
    read: |found| {
        // 5万元以上10万元的 is a range only when a word says that it ends there.
        let end = found.text("closed");
        let holds = |words: &[&str]| words.iter().any(|word| found.passage[found.span()].contains(word));
        let limited = holds(&["不足", "不满"]) || end.is_some() && holds(&["不超过", "低于"]);
        let closed = end.is_some_and(|end| end != "的");
        if limited || closed {
            range(found, if closed { found.span().end } else { found.group("unit")?.end })
        } else {
            None
        }
    },
    accepts: &[
        ("处五百元以上五千元以下罚款", "五百元以上五千元以下 500..5000 CNY between"),
        ("处每只十元以上五十元以下罚款", "十元以上五十元以下 10..50 CNY between per 1 只"),
        ("处2万元以上10万元以下的罚款", "2万元以上10万元以下 20000..100000 CNY between"),
        (
            "营业收入500万元（含）以上、2000万元以下的企业",
            "500万元（含）以上、2000万元以下 5000000..20000000 CNY between",
        ),
        ("投资五千万元以上不满一亿元的项目", "五千万元以上不满一亿元 50000000..100000000 CNY between"),
        ("货值金额5000元以上不足1万元。", "5000元以上不足1万元 5000..10000 CNY between"),
    ],
    rejects: &[
        "投资5亿元以上，不超过10亿元",
        "投资5亿元以上项目",
        "产值1亿元以上、税收500万元以上的企业",
        "对10亿元以上5家企业",
    ],
};

const BELOW_ABOVE: Rule<Amount> = Rule {
    id: "amount/below_above",
    about: "An amount between two limits in words, the upper one first (10亿元以下、5亿元以上).",
    anchors: &["以下"],
    pattern: r"(?<high>${number})(?<unit>${currency})${inclusive}?(?:及|或)?以下${inclusive}?[，、](?<low>${number})(?<low_unit>${currency})${inclusive}?(?:及|或)?以上",
    read: |found| range(found, found.span().end),
    accepts: &[("年产值8亿元以下、3亿元以上的", "8亿元以下、3亿元以上 300000000..800000000 CNY between")],
    rejects: &["10亿元以下、20亿元以上", "处五百元以上五千元以下罚款"],
};

const INEQUALITY: Rule<Amount> = Rule {
    id: "amount/inequality",
    about: "An amount between two limits in signs (500万元≤投资额<1000万元).",
    anchors: &["≤", "<", "＜", "≦", "⩽"],
    pattern: r"(?<low>${number})(?<low_unit>${currency})?[≤<＜≦⩽][A-Za-zＡ-Ｚα-ω\u{4e00}-\u{9fff}]{1,12}[≤<＜≦⩽](?<high>${number})(?<unit>${currency})",
    read: |found| range(found, found.span().end),
    accepts: &[
        ("500万元≤投资额＜1000万元", "500万元≤投资额＜1000万元 5000000..10000000 CNY between"),
        ("3≤A<5亿元的项目", "3≤A<5亿元 300000000..500000000 CNY between"),
    ],
    rejects: &["投资额＜1000万元", "1000万元≤投资额＜500万元"],
};

const RANGE: Rule<Amount> = Rule {
    id: "amount/range",
    about: "An amount from one number to another (3到5万元, 20万元至100万元).",
    anchors: &["-", "－", "—", "–", "―", "~", "～", "〜", "至", "到"],
    pattern: r"(?<low>${number})(?<low_unit>${currency}(?:[/／]${counter})?)?${inclusive}?(?:(?:及|或)?以上)?${range_sign}(?<high>${number})(?<unit>${currency})",
    read: |found| range(found, found.span().end),
    accepts: &[
        ("给予3到5万元补助", "3到5万元 30000..50000 CNY between"),
        ("给予5-10万元奖励", "5-10万元 50000..100000 CNY between"),
        ("每户补贴500元—1万元", "500元—1万元 500..10000 CNY between"),
        ("奖励20万元至100万元不等", "20万元至100万元 200000..1000000 CNY between"),
        ("贡献1000万元及以上至2000万元的企业", "1000万元及以上至2000万元 10000000..20000000 CNY between"),
        ("罚款二千元至三千元", "二千元至三千元 2000..3000 CNY between"),
        ("按每亩300—500元补助", "300—500元 300..500 CNY between per 1 亩"),
        ("按150-300元/人·天支付", "150-300元/人·天 150..300 CNY between per 1 人·天"),
        ("按800元/亩至1000元/亩补助", "800元/亩至1000元/亩 800..1000 CNY between per 1 亩"),
    ],
    rejects: &["由5万元提高到10万元", "2021-2025年", "10至5万元"],
};

const LIST: Rule<Amount> = Rule {
    id: "amount/list",
    about: "Amounts in a list that name their unit at the end only (50万、30万和15万元).",
    anchors: &["、", "和", "或", "及", "与"],
    pattern: r"(?:${number}${list_sign})+(?<last>${number})(?<unit>${currency})",
    read: list,
    accepts: &[
        ("给予30万和15万元奖励", "30万 300000 CNY exactly; 15万元 150000 CNY exactly"),
        ("分别奖励10、5、3万元", "10 100000 CNY exactly; 5 50000 CNY exactly; 3万元 30000 CNY exactly"),
        ("分别给予最高20万、10万元补助", "20万 200000 CNY at_most; 10万元 100000 CNY at_most"),
    ],
    rejects: &["给予30万元和15万元奖励", "1、2000万元以上项目", "第一、二百元"],
};

const PLAIN: Rule<Amount> = Rule {
    id: "amount/plain",
    about: "A number with its currency; the unit it is counted by follows a slash or stands before it (800元/亩, 每亩800元).",
    anchors: &[],
    pattern: r"(?<number>${number})(?<unit>${currency})(?:(?<jiao>${number})角)?(?:零?(?<fen>${number})分)?(?:(?<even>[整正])(?:[，。；、）)（(]|$))?",
    read: |found| {
        // 百亿元 and 万元 have no digit: amount/implied reads them. 十元 has one.
        if found.text("number").is_some_and(|n| numeral::magnitude(n) == n && !n.starts_with(['十', '拾'])) {
            return None;
        }
        if is_marked_twice(found) {
            return None;
        }
        let unit = found.group("unit")?;
        let end =
            ["jiao", "fen"].iter().filter_map(|group| found.group(group)).map(|group| group.end + "角".len()).max();
        let end = found.group("even").map(|even| even.end).or(end).unwrap_or(unit.end);
        // A cue may stand behind the unit counted by: 42万元/人以上.
        let per = per_suffix(&found.passage[end..]);
        let end = end + per.as_ref().map_or(0, |(_, length)| *length);
        let mut amount = single(found, "number", found.span().start..end)?;
        amount.per = per.map(|(per, _)| per).or(amount.per);
        amount.value = amount.value.checked_add(small_change(found)?)?;
        Some(vec![amount])
    },
    accepts: &[
        ("给予2000万元补助", "2000万元 20000000 CNY exactly"),
        ("实际利用外资50亿美元以上", "50亿美元 5000000000 USD at_least"),
        ("最高奖励1000万元人民币", "1000万元人民币 10000000 CNY at_most"),
        ("人民币叁万元整。", "叁万元整 30000 CNY exactly"),
        ("补助800元/亩", "800元/亩 800 CNY exactly per 1 亩"),
        ("年薪42万元/人以上", "42万元/人 420000 CNY at_least per 1 人"),
        ("处1000元/亩以下罚款", "1000元/亩 1000 CNY at_most per 1 亩"),
        ("投资额1000万元（人民币，下同）及以上的项目", "1000万元 10000000 CNY at_least"),
        ("按100元/TEU补贴", "100元/TEU 100 CNY exactly per 1 TEU"),
        ("补助40元/m2、50元/平米", "40元/m2 40 CNY exactly per 1 m2; 50元/平米 50 CNY exactly per 1 平米"),
        ("按2元/50公斤收取", "2元/50公斤 2 CNY exactly per 50 公斤"),
        (
            "包机10万元/架次、0.5元/吨公里",
            "10万元/架次 100000 CNY exactly per 1 架次; 0.5元/吨公里 0.5 CNY exactly per 1 吨公里",
        ),
        ("按26元/平方米·采暖期收取", "26元/平方米·采暖期 26 CNY exactly per 1 平方米·采暖期"),
        ("按每亩800元补助", "800元 800 CNY exactly per 1 亩"),
        ("每月补助0.5万元/人", "0.5万元/人 5000 CNY exactly per 1 人"),
        ("每50公斤2元", "2元 2 CNY exactly per 50 公斤"),
        ("每千瓦时0.2元", "0.2元 0.2 CNY exactly per 1 千瓦时"),
        ("每百户300元", "300元 300 CNY exactly per 100 户"),
        ("每人每月500元", "500元 500 CNY exactly per 1 月"),
        ("每条示范带补助1000万元", "1000万元 10000000 CNY exactly"),
        ("给予10万元一次性奖励", "10万元 100000 CNY exactly"),
        ("资金300多亿元", "300多亿元 30000000000 CNY more_than"),
        ("收费50元6角三分", "50元6角三分 50.63 CNY exactly"),
        ("标准为$50，200欧元", "200欧元 200 EUR exactly"),
    ],
    rejects: &[
        "万元/亩",
        "多元投入",
        "1单元",
        "二元结构",
        "十几万元",
        "元旦",
        "2万家",
        "百亿级",
        "三元材料",
        "几十万元",
        "统一元数据",
        "每万元产值",
    ],
};

const THOUSANDS: Rule<Amount> = Rule {
    id: "amount/thousands",
    about: "Thousands written k before a currency (15k元, 10-15k元).",
    anchors: &["k", "K", "ｋ", "Ｋ"],
    pattern: r"(?:(?<low>${arabic})[kKｋＫ]?${range_sign})?(?<number>${arabic})[kKｋＫ](?<unit>${currency})",
    read: thousands,
    accepts: &[
        ("月薪8k元以上", "8k元 8000 CNY at_least"),
        ("月薪6-9K元", "6-9K元 6000..9000 CNY between"),
        ("年费2k美元", "2k美元 2000 USD exactly"),
    ],
    rejects: &["采用128K的专线", "月薪8k左右", "4K元宇宙展厅", "型号A8k元件", "编号A8k元"],
};

const KUAI: Rule<Amount> = Rule {
    id: "amount/kuai",
    about: "块 with 角 or 分, closed by 钱 (三块五角钱); 块 alone counts boards and plots.",
    anchors: &["角钱", "分钱"],
    pattern: r"(?<number>${number})(?<unit>块)(?:零?(?<jiao>${number})角)?(?:零?(?<fen>${number})分)?钱",
    read: |found| {
        // 五块钱 is a currency word of its own.
        let change = found.group("jiao").is_some() || found.group("fen").is_some();
        if !change || found.after().starts_with(['币', '庄', '包']) {
            return None;
        }
        let mut amount = single(found, "number", found.span())?;
        amount.value = amount.value.checked_add(small_change(found)?)?;
        Some(vec![amount])
    },
    accepts: &[
        ("每斤三块五角钱", "三块五角钱 3.5 CNY exactly per 1 斤"),
        ("工本费12块四角八分钱", "12块四角八分钱 12.48 CNY exactly"),
    ],
    rejects: &["三块六角砖", "修复17块污染地块", "前后两块", "几块五角钱", "五块钱", "3块五分钱币"],
};

const SYMBOL_BEFORE_WORD: Rule<Amount> = Rule {
    id: "amount/symbol_before_word",
    about: "A number after a foreign sign, parted by a wide comma from the next, which has a word ($50，200欧元).",
    anchors: &["$", "＄", "€", "£"],
    pattern: r"(?<sign>US\$|HK\$|[$＄€£]) ?(?<number>${digit}+(?:[.．]${digit}+)?)，${digit}{3}(?:[.．]${digit}+)?${magnitude}*${currency}",
    read: |found| {
        let currency = SIGNS.iter().find(|(sign, _)| Some(*sign) == found.text("sign"))?.1;
        let mut amount = single(found, "number", found.span().start..found.group("number")?.end)?;
        amount.currency = currency;
        Some(vec![amount])
    },
    accepts: &[("标准为$50，200欧元", "$50 50 USD exactly")],
    rejects: &["标准为$50,200美元", "￥50，200元", "收入$50，200家企业"],
};

const SYMBOL: Rule<Amount> = Rule {
    id: "amount/symbol",
    about: "A number after a currency sign or code, or after 人民币 with no 元 (￥300, US$5, 人民币5万).",
    anchors: &["US$", "HK$", "RMB", "CNY", "USD", "EUR", "HKD", "人民币", "￥", "¥", "$", "＄", "€", "£"],
    pattern: r"(?<sign>US\$|HK\$|RMB|CNY|USD|EUR|HKD|人民币|[￥¥$＄€£])(?<blank> ?)(?<number>${number})",
    read: |found| {
        let currency = SIGNS.iter().find(|(sign, _)| Some(*sign) == found.text("sign"))?.1;
        if found.after().starts_with(is_word_of_money) {
            return None;
        }
        let mut amounts = vec![single(found, "number", found.span())?];
        amounts[0].currency = currency;
        Some(amounts)
    },
    accepts: &[
        ("收费￥300，", "￥300 300 CNY exactly"),
        ("每件US$5", "US$5 5 USD exactly per 1 件"),
        ("注册资本人民币5万，", "人民币5万 50000 CNY exactly"),
    ],
    rejects: &["人民币5万元", "数字人民币2万个", "￥"],
};

const IMPLIED: Rule<Amount> = Rule {
    id: "amount/implied",
    about: "A magnitude with its currency and no digits, which means one of it (亿元以上); needs a cue beside it.",
    anchors: &[],
    pattern: r"(?<number>${magnitude}+)(?<unit>${currency})",
    read: |found| {
        let amounts = single(found, "number", found.span())?;
        let units =
            amounts.cue.is_some() && !found.after().starts_with(['/', '／']) && !found.before().ends_with(['/', '／']);
        units.then(|| vec![amounts])
    },
    accepts: &[
        ("新增亿元以上项目200个", "亿元 100000000 CNY at_least"),
        ("招引千万元以上项目", "千万元 10000000 CNY at_least"),
        ("产值超百亿元", "百亿元 10000000000 CNY more_than"),
        ("收入过千万元的门店", "千万元 10000000 CNY more_than"),
    ],
    rejects: &[
        "单位：万元",
        "万元GDP能耗",
        "亿元楼宇",
        "千亿级",
        "万元增加值",
        "5亿元以上",
        "数亿元以上",
        "亿元/亩以上",
    ],
};

const FINANCIAL: Rule<Amount> = Rule {
    id: "amount/financial",
    about: "Financial numerals up to 万 or 亿 with nothing counted behind them (合计贰佰伍拾万); they write out money.",
    anchors: &["拾", "佰", "仟"],
    pattern: r"(?<number>[壹贰貳叁參肆伍陆陸柒捌玖][拾佰仟][零壹贰貳叁參肆伍陆陸柒捌玖拾佰仟]*[万萬亿億])(?:整|[，。；、）)]|$)",
    read: |found| Some(vec![single(found, "number", found.group("number")?)?]),
    accepts: &[
        ("合计贰佰伍拾万。", "贰佰伍拾万 2500000 CNY exactly"),
        ("大写：叁仟陆佰萬", "叁仟陆佰萬 36000000 CNY exactly"),
    ],
    rejects: &["种植贰佰伍拾万株", "二百五十万", "第贰佰伍拾万", "贰佰伍拾", "贰佰伍拾万元"],
};

const BARE: Rule<Amount> = Rule {
    id: "amount/bare",
    about: "A number of 万 or 亿 without 元 that is given (给予30万奖励, 一次性300万资助); not a count (2万家).",
    anchors: &["万", "亿"],
    pattern: r"(?<number>${arabic}[多余]?(?:万亿|百万|千万|万|亿))",
    read: bare,
    accepts: &[
        ("一次性300万资助", "300万 3000000 CNY exactly"),
        ("给予30万奖励", "30万 300000 CNY exactly"),
        ("给予每家企业20万补贴，最高不超过50万。", "20万 200000 CNY exactly; 50万 500000 CNY at_most"),
        ("投资超5000万的项目，奖励100万", "5000万 50000000 CNY more_than; 100万 1000000 CNY exactly"),
        ("分别给予30万、20万的奖励", "30万 300000 CNY exactly; 20万 200000 CNY exactly"),
        ("在主板上市的奖励企业50万。", "50万 500000 CNY exactly"),
        ("省级20万，市级10万，县级5万元", "20万 200000 CNY exactly; 10万 100000 CNY exactly"),
        ("博士3万元，硕士2万。", "2万 20000 CNY exactly"),
    ],
    rejects: &[
        "扶持2万家企业",
        "补助20万人次",
        "资助5万个岗位",
        "装机30万千瓦，给予奖励",
        "补贴7万亩",
        "奖励2万标箱",
        "人口不超过50万。",
        "给予30万元奖励",
        "投资50万元，新增劳动力10万。",
        "省级20万人，县级5万元",
    ],
};

impl Mention for Amount {
    fn span(&self) -> &Span {
        &self.span
    }

    fn describe(&self, passage: &str) -> String {
        let upper = self.upper.map(|upper| format!("..{upper}")).unwrap_or_default();
        let per = self.per.as_ref().map(|per| format!(" per {} {}", per.value, per.unit)).unwrap_or_default();
        let bound = names::bound(self.bound);
        format!("{} {}{upper} {} {bound}{per}", &passage[self.span.clone()], self.value, self.currency)
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
    fn rules_work_together() {
        check(
            "给予50万元、30万和15万元奖励",
            "50万元 500000 CNY exactly; 30万 300000 CNY exactly; 15万元 150000 CNY exactly",
        );
        check("年收入达到1000万元的企业奖励5万元", "1000万元 10000000 CNY at_least; 5万元 50000 CNY exactly");
        check("按800元/亩、1000元/亩补助", "800元/亩 800 CNY exactly per 1 亩; 1000元/亩 1000 CNY exactly per 1 亩");
        check("标准为$50，200欧元", "$50 50 USD exactly; 200欧元 200 EUR exactly");
        check("合计$50,200美元", "50,200美元 50200 USD exactly");
        check("折合100万俄罗斯卢布", "100万俄罗斯卢布 1000000 RUB exactly");
        check("元宇宙、单元、多元、元旦、一元化", "");
    }

    #[test]
    fn every_currency_is_among_the_anchors() {
        for line in include_str!("../../lexicon/currencies.tsv").lines().filter(|line| !line.starts_with('#')) {
            let form = line.split('\t').next().expect("a line has a first cell");
            assert!(ANCHORS.iter().any(|anchor| form.contains(anchor)), "{form}");
        }
    }
}
