//! Caps (上限): an upper limit on what is given, charged or permitted.
//!
//! Limits on money and shares are read off the amounts and percentages already found: the bound says that a cue of a
//! limit stands beside the value, and the words around decide whether the value is limited (给予不超过50万元的补助) or a
//! condition (投资额不超过200万元的项目). Limits on counts and lengths of time have patterns of their own, which begin
//! with the cue.

use super::cap_context::{self, Context};
use crate::extract::bound::{self, Hit, Reading};
use crate::extract::passage::{Anchors, Passage};
use crate::extract::rule::{Card, Found, Grammar, Mention, Rule, describe_all};
use crate::extract::rules::{amount, percentage};
use crate::model::{Amount, Bound, Cap, Limit, Percentage};
use crate::numeral;
use crate::span::Span;
use std::sync::LazyLock;

static GRAMMAR: LazyLock<Grammar<Cap>> = LazyLock::new(|| Grammar::new(COUNTED));

/// The caps in a passage, in order. `Limit` indexes lead into the amounts and percentages given.
pub fn scan(passage: &Passage<'_>, amounts: &[Amount], percentages: &[Percentage]) -> Vec<Cap> {
    static COUNTS: LazyLock<Anchors> = LazyLock::new(|| Anchors::new(COUNTED_ANCHORS));
    let mut caps = scan_valued(VALUED, passage.text, amounts, percentages);
    if COUNTS.stand_in(passage) {
        let valued: Vec<Span> = caps.iter().map(|cap| cap.span.clone()).collect();
        let free = |cap: &Cap| !valued.iter().any(|span| span.start < cap.span.end && cap.span.start < span.end);
        caps.extend(GRAMMAR.scan(passage).into_iter().filter(free));
    }
    caps.sort_by_key(|cap| (cap.span.start, cap.span.end));
    caps
}

pub fn cards() -> Vec<Card> {
    let valued = VALUED.iter().map(|rule| Card {
        id: rule.id,
        about: rule.about,
        pattern: rule.pattern,
        accepts: rule.accepts,
        rejects: rule.rejects,
        run: Box::new(|text| {
            let passage = Passage::new(text);
            let (amounts, percentages) = (amount::scan(&passage), percentage::scan(&passage));
            describe_all(&scan_valued(std::slice::from_ref(rule), text, &amounts, &percentages), text)
        }),
    });
    valued.chain(GRAMMAR.cards()).collect()
}

/// A rule over values already found, with the words around them.
struct ValuedRule {
    id: &'static str,
    about: &'static str,
    /// For readers; the match is made by `read`.
    pattern: &'static str,
    read: fn(&Value<'_>) -> Option<Place>,
    accepts: &'static [(&'static str, &'static str)],
    rejects: &'static [&'static str],
}

/// An amount or a percentage, and its reading.
struct Value<'p> {
    passage: &'p str,
    span: Span,
    is_share: bool,
    is_range: bool,
    reading: Reading,
}

/// Where a cap stands.
struct Place {
    span: Span,
    cue: Span,
}

/// Each value has one reading, so at most one rule takes it; the order is that of the manual.
const VALUED: &[ValuedRule] = &[CUE_BEFORE, OVER_LIST, PENALTY, CUE_BEHIND];

const CUE_BEFORE: ValuedRule = ValuedRule {
    id: "cap/cue_before",
    about: "A limit word before an amount or a share, and the words between (最高补助500万元).",
    pattern: "(最高|不超过|…) words (amount|percentage)",
    read: |value| {
        let hit = limit_before(value)?;
        let place = || Place { span: hit.span.start..end_with_cue(value), cue: hit.span.clone() };
        (!hit.over_list && Context::of(value.passage, hit.span.start, value.span.end).limits(hit.cue.form)).then(place)
    },
    accepts: &[
        ("给予最高2000万元补助", "最高2000万元 amount"),
        (
            "按不超过实际投入总额的15%、最高500万元给予补助",
            "不超过实际投入总额的15% percentage of 实际投入总额; 最高500万元 amount",
        ),
        ("同一园区每年最高80万元", "最高80万元 amount of 同一园区每年"),
        ("同一项目最高20万元", "最高20万元 amount of 同一项目"),
        ("单次活动资助额最高20万元", "最高20万元 amount of 单次活动"),
        ("单个项目最高补助500万元", "最高补助500万元 amount of 单个项目"),
        ("单机补贴限额不超过12万元", "不超过12万元 amount of 单机"),
        ("每生每年不超过5000元", "不超过5000元 amount of 每生每年"),
        ("住宿费不超过每人每天500元", "不超过每人每天500元 amount of 每人每天"),
        ("同一个项目最高资助不超过500万元", "不超过500万元 amount of 同一个项目"),
        ("每年安排资金不超过500万元", "不超过500万元 amount of 每年"),
        ("对个人最高奖励5万元", "最高奖励5万元 amount"),
        ("清单个数不限，订单最高补助5万元", "最高补助5万元 amount"),
        ("其中500万元及以下的不超过0.8%", "不超过0.8% percentage"),
        ("最高可上浮至60%", "最高可上浮至60% percentage"),
        ("按每平方米100元给予最高50万元补贴", "最高50万元 amount"),
        ("给予个人项目最高100万元", "最高100万元 amount of 个人项目"),
        ("按实际支付利息的50%、贴息率最高不超过2个百分点贴息", "最高不超过2个百分点 percentage"),
        ("年度最高支付限额400元", "最高支付限额400元 amount of 年度"),
        ("不超过最高奖励标准的50%", "不超过最高奖励标准的50% percentage of 最高奖励标准"),
        ("平均担保费率不高于1%。", "不高于1% percentage"),
        ("补助比例上限提高到15%", "上限提高到15% percentage"),
        ("贷款最高额度由50万元提高到60万元", "最高额度由50万元提高到60万元 amount"),
        ("不得超过中间价的幅度由2%扩大至3%", "不得超过中间价的幅度由2%扩大至3% percentage of 中间价的幅度"),
        ("最稿不超过100万元", "最稿不超过100万元 amount"),
        ("最高300.万元", "最高300.万元 amount"),
        ("给予不超过50万元的奖励", "不超过50万元 amount"),
        ("补助总额不得突破1000万元", "不得突破1000万元 amount"),
        ("费用不突破核定额度的5%", "不突破核定额度的5% percentage of 核定额度"),
        ("不超过实际投入的10%-20%", "不超过实际投入的10%-20% percentage of 实际投入"),
        ("在上下浮动不超过5%的范围内确定", "不超过5% percentage"),
    ],
    rejects: &[
        "投资额不超过200万元的项目",
        "不低于5万元",
        "超过200万元",
        "总投资突破5亿元",
        "对年销售额不超过2000万元、从业人员不超过300人的企业给予支持",
        "罚款数额不超过五千元的，可以当场收缴",
        "概算调整不超过15%并符合下列情形之一的，由市政府审批",
        "为小微企业提供的、单户担保金额1000万元以下、费率不超过1%的业务，按0.5%补助",
        "单笔投资不超过基金规模10%、持股不超过20%的项目由投委会审议",
    ],
};

const OVER_LIST: ValuedRule = ValuedRule {
    id: "cap/over_list",
    about: "A later member of a list whose first member has a limit word before it; the span is the value alone.",
    pattern: "(最高|不超过|…) (amount|percentage) list_sign (amount|percentage)",
    read: |value| {
        let hit = limit_before(value)?;
        let place = || Place { span: value.span.start..end_with_cue(value), cue: hit.span.clone() };
        (hit.over_list && Context::of(value.passage, hit.span.start, value.span.end).limits(hit.cue.form)).then(place)
    },
    accepts: &[
        ("分别给予最高100万元、50万元的奖励", "50万元 amount"),
        ("最高1000万元、600万元和300万元", "600万元 amount; 300万元 amount"),
        ("补贴上限为养老机构80万元/家、托育机构40万元/家", "40万元/家 amount"),
        ("最高给予国家级项目100万元、省级项目50万元、市级项目20万元", "50万元 amount; 20万元 amount"),
        ("单个项目补助金额分别不超过300万元、800万元", "800万元 amount of 单个项目"),
        ("最高每亩2000元、每户2万元、每村50万元", "2万元 amount of 每户; 50万元 amount of 每村"),
    ],
    rejects: &[
        "最高100万元，一次性奖励50万元",
        "分别奖励100万元、50万元",
        "最高奖励100万元、餐饮企业50万元",
        "最高给予零售企业100万元、一次性补助50万元",
    ],
};

const PENALTY: ValuedRule = ValuedRule {
    id: "cap/penalty",
    about: "The most that a fine may be (处五千元以下罚款); a fine from one amount to another is no cap.",
    pattern: "处 amount (以下|以内) 的? 罚款",
    read: |value| {
        let hit = limit_behind(value)?;
        let context = Context::of(value.passage, value.span.start, value.span.end);
        context.is_penalty().then(|| Place { span: value.span.start..hit.span.end, cue: hit.span.clone() })
    },
    accepts: &[
        ("处五千元以下罚款", "五千元以下 amount"),
        ("对个人处警告或者500元以下罚款", "500元以下 amount"),
        ("罚款金额为十万元以下。", "十万元以下 amount"),
        ("处1000元/亩以下罚款", "1000元/亩以下 amount"),
        ("可以并处违法所得百分之十以下的罚款", "百分之十以下 percentage of 违法所得"),
        ("对个人可以并处三千元以下的罚款", "三千元以下 amount"),
        ("对个人处每平方米20元以下的罚款", "20元以下 amount of 每平方米"),
        ("并处2万元以下罚金", "2万元以下 amount"),
        ("对个人罚款二百元以下，对单位罚款二千元以下", "二百元以下 amount; 二千元以下 amount"),
    ],
    rejects: &[
        "处10万元以上100万元以下的罚款",
        "对罚款200元以下的案件",
        "处违法所得5倍以下的罚款",
        "处二百元以下罚款的，可以适用简易程序",
    ],
};

const CUE_BEHIND: ValuedRule = ValuedRule {
    id: "cap/cue_behind",
    about: "A limit word behind an amount or a share that is given, charged or held down (50%以下的资金支持).",
    pattern: "(amount|percentage) (以下|以内|封顶|为限|…)",
    read: |value| {
        let hit = limit_behind(value)?;
        let context = Context::of(value.passage, value.span.start, value.span.end);
        let fits = !context.is_penalty() && context.limits_behind(hit.cue.form, value.is_share);
        let end = if hit.over_list { value.span.end } else { hit.span.end };
        fits.then(|| Place { span: value.span.start..end, cue: hit.span.clone() })
    },
    accepts: &[
        ("给予设备购置费用30%以下的补助", "30%以下 percentage of 设备购置费用"),
        ("履约保证金为合同价款的10%以内", "10%以内 percentage of 合同价款"),
        ("给予企业所在地财政贡献50%以下的奖励", "50%以下 percentage of 企业所在地财政贡献"),
        ("补助资金占总投资比例为30%以内", "30%以内 percentage of 总投资"),
        ("按最高罚款数额的30%以下确定", "30%以下 percentage of 最高罚款数额"),
        ("重度及以上污染天数比率控制在2.5%以内", "2.5%以内 percentage"),
        ("个人支出占卫生总费用比例控制在26%以内", "26%以内 percentage"),
        ("不良贷款率保持在1.5%以内", "1.5%以内 percentage"),
        ("引导担保机构将平均费率降至1%以下", "1%以下 percentage"),
        ("每班每年5万元以内", "5万元以内 amount of 每班每年"),
        ("城镇调查失业率5.5%以内", "5.5%以内 percentage"),
        ("分别给予30万元以下和80万元以下奖励", "30万元以下 amount; 80万元以下 amount"),
        ("年度奖励500万元封顶", "500万元封顶 amount of 年度"),
        ("以20万元为限", "20万元为限 amount"),
        ("单个项目补助资金以50万元为上限", "50万元为上限 amount of 单个项目"),
    ],
    rejects: &[
        "年出口额在800万美元(含)以下的企业",
        "家庭年可支配收入在10万元以下的低收入家庭",
        "对单笔贷款金额300万元以下（含300万元）的小微企业免收评估费",
        "不良率降至1.5%以内",
        "对1000万元及以下授信的小微企业给予补贴",
        "单户授信1000万元及以下的小微企业",
        "增长5%以上",
        "对公民处200元以下、对单位处3000元以下罚款的，可以当场作出处罚决定",
        "补助金额在10万元以下的一次性拨付",
        "资助额20万元以下的项目不再审计",
        "为企业提供的、单户担保金额1000万元（含）以下、费率不超过1%的业务，按0.5%补助",
        "超定额10%以内加价0.5倍",
        "家庭每年收入5万元以内",
    ],
};

/// A cue of a limit before the value. A range has one only if it stands before the range.
fn limit_before(value: &Value<'_>) -> Option<Hit> {
    let hit = value.reading.before.clone()?;
    let winner = value.is_range || value.reading.winner().is_some_and(|winner| winner.cue.bound == Bound::AtMost);
    (winner && hit.cue.bound == Bound::AtMost && !cap_context::REPORTS.contains(&hit.cue.form)).then_some(hit)
}

/// A cue of a limit behind the value, where none stands before it.
fn limit_behind(value: &Value<'_>) -> Option<Hit> {
    if value.is_range || limit_before(value).is_some() {
        return None;
    }
    value.reading.winner().filter(|hit| hit.cue.bound == Bound::AtMost && hit.span.start >= value.span.end).cloned()
}

/// The end of the value, or of the cue right behind it (最高50万元以内).
fn end_with_cue(value: &Value<'_>) -> usize {
    match &value.reading.after {
        Some(hit) if !hit.over_list && hit.cue.bound == Bound::AtMost && !value.is_range => hit.span.end,
        _ => value.span.end,
    }
}

fn scan_valued(rules: &[ValuedRule], passage: &str, amounts: &[Amount], percentages: &[Percentage]) -> Vec<Cap> {
    let amounts = amounts.iter().enumerate().map(|(n, a)| (Limit::Amount(n), &a.span, a.bound, a.per.is_some()));
    let shares = percentages.iter().enumerate().map(|(n, p)| (Limit::Percentage(n), &p.span, p.bound, false));
    let mut caps = Vec::new();
    for (limit, span, bound, _) in amounts.chain(shares) {
        if !matches!(bound, Bound::AtMost | Bound::LessThan | Bound::Between) {
            continue;
        }
        let is_share = matches!(limit, Limit::Percentage(_));
        let reading = bound::read(passage, span);
        let value = Value { passage, span: span.clone(), is_share, is_range: bound == Bound::Between, reading };
        let read = |rule: &ValuedRule| (rule.read)(&value).map(|place| (place, rule.id));
        if let Some((Place { span, cue }, rule)) = rules.iter().find_map(read) {
            let scope = cap_context::scope(passage, &cue, &value.span, is_share);
            caps.push(Cap { span, limit, cue: Some(cue), scope, rule });
        }
    }
    caps.sort_by_key(|cap| cap.span.start);
    caps
}

/// Every counted limit holds one of these.
const COUNTED_ANCHORS: &[&str] =
    &["超过", "高于", "多于", "大于", "超出", "突破", "最高", "最多", "最长", "至多", "上限", "控制在"];

const COUNTED: &[Rule<Cap>] = &[DURATION, QUANTITY];

const DURATION: Rule<Cap> = Rule {
    id: "cap/duration",
    about: "A longest length of time after a limit word (最长不超过12个月).",
    anchors: &[],
    pattern: r"(?<cue>${limit})(?<gap>(?:${gap}{0,8}?|(?:自|从)${gap}{2,24}?之日起(?:满)?))(?<number>半|${number})(?<unit>个工作日|个?交易日|个?小时|分钟|个月|个季度|周岁|学年|个?年度|年|个?工作日|日|天|个?星期|周)",
    read: |found| {
        let (number, unit) = (found.text("number")?, found.text("unit")?);
        let (prefix, letter) = DURATIONS.iter().find(|(form, _, _)| *form == unit).map(|&(_, p, l)| (p, l))?;
        let value = match (number, unit) {
            ("半", "年") => return counted(found, Limit::Duration("P6M".to_owned())),
            ("半", _) => return None,
            _ => numeral::read(number)?,
        };
        // 最长可延至2023年 names a year.
        if unit == "年" && value >= rust_decimal::Decimal::ONE_THOUSAND
            || unit == "日" && found.text("gap")?.contains('月')
        {
            return None;
        }
        counted(found, Limit::Duration(format!("{prefix}{value}{letter}")))
    },
    accepts: &[
        ("延长期限最长不超过12个月", "最长不超过12个月 duration P12M"),
        ("期限原则上不超过5年", "不超过5年 duration P5Y"),
        ("总期限不得超过从合同首次签订之日起六年", "不得超过从合同首次签订之日起六年 duration P6Y"),
        ("办理时限不超过5天", "不超过5天 duration P5D"),
        ("核查时间最长不得超过四十日", "最长不得超过四十日 duration P40D"),
        ("每届任期不超过五年", "不超过五年 duration P5Y of 每届"),
        ("租金补贴最多支持两个年度", "最多支持两个年度 duration P2Y"),
        ("单次借用不得超过2小时", "不得超过2小时 duration PT2H of 单次借用"),
    ],
    rejects: &[
        "成立时间不超过3年的企业",
        "最长可延至2023年6月30日",
        "不少于5年",
        "不超过18周岁",
        "不超过上一年度城镇居民人均收入",
    ],
};

const QUANTITY: Rule<Cap> = Rule {
    id: "cap/quantity",
    about: "A greatest count after a limit word (不得超过3个).",
    anchors: &[],
    pattern: r"(?<cue>${limit})(?<gap>${gap}{0,8}?)(?<number>${number})(?<unit>${counter})",
    read: |found| {
        // 最多跑一次 is a slogan for one-stop service.
        let slogan = found.text("cue")? == "最多"
            && found.text("gap")?.starts_with(['跑', '报', '填', '采', '交', '来', '见', '进']);
        // 不超过5块 and 5年 are no counts; 日, 年 and 月 belong to dates.
        let unit = found.text("unit")?;
        if slogan || DURATIONS.iter().any(|(form, _, _)| *form == unit) || matches!(unit, "年" | "月" | "日" | "块")
        {
            return None;
        }
        let rest = found.after();
        if rest.starts_with(['元', '%', '％', '月', '/', '工', '百']) || rest.starts_with("基点") {
            return None;
        }
        // 最高年限未被选取为高一级 counts no levels.
        if unit == "级" && !found.text("gap")?.is_empty() {
            return None;
        }
        // 不超过35周岁 tells who is meant, save where it is forbidden to be older.
        if unit == "周岁"
            && !["不得", "不能"].iter().any(|word| found.text("cue").is_some_and(|cue| cue.contains(word)))
        {
            return None;
        }
        let value = numeral::read(found.text("number")?)?;
        counted(found, Limit::Quantity { value, unit: unit.to_owned() })
    },
    accepts: &[
        ("同类别地名不得超过3个", "不得超过3个 quantity 3 个"),
        ("管理层级不得超过三级", "不得超过三级 quantity 3 级"),
        ("退休年龄不得超过70周岁", "不得超过70周岁 quantity 70 周岁"),
        ("每家机构最多支持3人", "最多支持3人 quantity 3 人 of 每家机构"),
        ("申报项目不超过两项", "不超过两项 quantity 2 项"),
        ("编制不得突破300名", "不得突破300名 quantity 300 名"),
        ("每组控制在5人以内", "5人以内 quantity 5 人 of 每组"),
        ("每张处方不得超过五种药品", "不得超过五种 quantity 5 种 of 每张处方"),
    ],
    rejects: &[
        "水稻最高亩产900公斤",
        "最多跑一次",
        "数据最多采一次",
        "从业人员不超过300人的企业",
        "加点不超过50个基点",
        "年龄不超过35周岁",
        "最高年限未被选取为高一级的",
        "不少于3个",
        "最高检查3个",
    ],
};

/// Units of time, with the start and the letter of their ISO 8601 duration.
const DURATIONS: &[(&str, &str, &str)] = &[
    ("年", "P", "Y"),
    ("年度", "P", "Y"),
    ("个年度", "P", "Y"),
    ("学年", "P", "Y"),
    ("个月", "P", "M"),
    ("日", "P", "D"),
    ("天", "P", "D"),
    ("个工作日", "P", "D"),
    ("工作日", "P", "D"),
    ("个交易日", "P", "D"),
    ("交易日", "P", "D"),
    ("周", "P", "W"),
    ("星期", "P", "W"),
    ("个星期", "P", "W"),
    ("小时", "PT", "H"),
    ("个小时", "PT", "H"),
    ("分钟", "PT", "M"),
];

fn counted(found: &Found<'_>, limit: Limit) -> Option<Vec<Cap>> {
    let (mut span, mut cue) = (found.span(), found.group("cue")?);
    // 不超过上一年度, 不得超过第一次: no numbers.
    if found.text("gap")?.ends_with(['上', '第', '前', '下', '后', '本', '近', '几', '数']) {
        return None;
    }
    let value = found.group("number")?.start..span.end;
    let form = found.text("cue")?;
    if form.starts_with('最') && cap_context::is_name_of_highest(&found.passage[cue.end..]) {
        return None;
    }
    if !Context::of(found.passage, span.start, span.end).limits(form) {
        return None;
    }
    // Of two cues the nearer wins: 控制在5人以内.
    let within = ["以内", "之内", "以下"].iter().find(|word| form == "控制在" && found.after().starts_with(**word));
    if let Some(word) = within {
        cue = span.end..span.end + word.len();
        span = value.start..cue.end;
    }
    let scope = cap_context::scope(found.passage, &cue, &value, false);
    Some(vec![Cap { span, limit, cue: Some(cue), scope, rule: found.rule }])
}

impl Mention for Cap {
    fn span(&self) -> &Span {
        &self.span
    }

    fn describe(&self, passage: &str) -> String {
        let limit = match &self.limit {
            Limit::Amount(_) => "amount".to_owned(),
            Limit::Percentage(_) => "percentage".to_owned(),
            Limit::Quantity { value, unit } => format!("quantity {value} {unit}"),
            Limit::Duration(duration) => format!("duration {duration}"),
        };
        let scope = self.scope.clone().map(|scope| format!(" of {}", &passage[scope])).unwrap_or_default();
        format!("{} {limit}{scope}", &passage[self.span.clone()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(passage: &str, expected: &str) {
        let (amounts, percentages) = (amount::scan(&Passage::new(passage)), percentage::scan(&Passage::new(passage)));
        assert_eq!(describe_all(&scan(&Passage::new(passage), &amounts, &percentages), passage), expected, "{passage}");
    }

    #[test]
    fn one_sentence_may_hold_several_caps() {
        check(
            "按不超过实际投入总额的15%、最高2000万元标准给予补助，期限不超过3年。",
            "不超过实际投入总额的15% percentage of 实际投入总额; 最高2000万元 amount; 不超过3年 duration P3Y",
        );
    }

    #[test]
    fn a_limit_leads_to_its_fact() {
        let passage = "投资10亿元以上，给予最高500万元奖励";
        let amounts = amount::scan(&Passage::new(passage));
        let caps = scan(&Passage::new(passage), &amounts, &[]);
        assert_eq!(caps.iter().map(|cap| &cap.limit).collect::<Vec<_>>(), [&Limit::Amount(1)]);
    }

    #[test]
    fn the_cue_of_each_limit_is_recorded() {
        let passage = "给予最高500万元奖励";
        let caps = scan(&Passage::new(passage), &amount::scan(&Passage::new(passage)), &[]);
        assert_eq!(caps[0].cue.clone().map(|cue| &passage[cue]), Some("最高"));
    }

    /// Pieces that rules look for, in any order: nothing may panic, and no span may cut a character.
    const PIECES: &[&str] = &[
        "最高",
        "不超过",
        "5",
        "十",
        "万",
        "元",
        "%",
        "、",
        "和",
        "以上",
        "以下",
        "（含）",
        "的",
        "百分之",
        "给予",
        "控制在",
        "成",
        "-",
        "至",
        "个",
        "月",
        "/",
        "亩",
        "每",
        "￥",
        "，",
        "1,000",
        "数",
        "增长",
        "达到",
        "企业",
        "年",
        ".",
        "a",
        " ",
        "🙂",
        "（",
        "）",
        "人民币",
        "个百分点",
        "处",
        "罚款",
    ];

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(pieces in proptest::collection::vec(0..PIECES.len(), 0..24)) {
            let passage: String = pieces.iter().map(|&n| PIECES[n]).collect();
            let (amounts, percentages) = (amount::scan(&Passage::new(&passage)), percentage::scan(&Passage::new(&passage)));
            let caps = scan(&Passage::new(&passage), &amounts, &percentages);
            for span in amounts.iter().map(|a| &a.span).chain(percentages.iter().map(|p| &p.span)).chain(caps.iter().map(|c| &c.span)) {
                proptest::prop_assert!(passage.get(span.clone()).is_some_and(|raw| !raw.is_empty()), "{} {:?}", passage, span);
            }
            for span in caps.iter().filter_map(|c| c.scope.clone()) {
                proptest::prop_assert!(passage.get(span).is_some());
            }
        }
    }
}
