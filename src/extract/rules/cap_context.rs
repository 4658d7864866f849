//! What the words around a limited value say: is it given, charged or permitted, or is it a condition?
//!
//! 给予不超过50万元的补助 limits what is given; 投资额不超过200万元的项目 tells which projects are meant. A clause that runs
//! on into 的 and a receiver is a condition, unless a verb of giving governs it or what follows 的 is itself given.

use crate::extract::bound;
use crate::numeral;
use crate::span::Span;

/// Cues that report a fact and limit nothing.
pub const REPORTS: &[&str] = &["未超过", "没有超过", "≤"];

/// Cues that limit whatever follows them; other cues (不超过) may state a condition.
const ALWAYS: &[&str] = &["最高", "最稿", "最多", "至多", "上限", "封顶", "顶格", "限额"];

/// Verbs that govern what is given or charged.
const GIVING: &[&str] = &[
    "征收",
    "发行",
    "给予",
    "予以",
    "奖励",
    "补助",
    "补贴",
    "资助",
    "奖补",
    "收取",
    "按照",
    "按",
    "发放",
    "可申请",
    "享受",
    "提供",
    "安排",
    "拨付",
    "贴息",
    "报销",
    "核定",
    "计提",
    "提取",
    "列支",
    "返还",
    "减免",
    "优惠",
    "加收",
    "缴纳",
    "配套",
    "支付",
    "兑现",
    "补足",
    "控制在",
    "授予",
    "核发",
    "申领",
    "申请",
    "处",
    "并处",
    "不再超过",
    "再给",
    "发给",
    "补偿",
];

/// What makes a noun of a verb of giving before it (补助金额, 奖励标准) or puts it into the past (提供的): it governs nothing.
const NO_LONGER_VERB: &[&str] = &["的", "额", "金额", "数额", "总额", "资金", "经费", "标准", "比例"];

/// What is given or charged, as a noun behind 的.
const GIVEN: &[&str] = &[
    "闲置费",
    "补助",
    "奖励",
    "补贴",
    "奖补",
    "资助",
    "支持",
    "贴息",
    "罚款",
    "罚金",
    "扶持",
    "奖金",
    "配套",
    "经费",
    "额度",
    "资金",
    "比例",
    "标准",
    "保费",
    "担保费",
    "利率",
    "费率",
    "优惠",
    "期限",
    "过渡期",
    "宽限期",
    "工作经费",
    "信用贷款",
    "贷款额度",
    "创业担保贷款",
    "补偿",
    "一次性",
    "年费",
    "授信",
    "费用",
    "滞纳金",
    "价格",
    "年薪",
    "生活费",
    "号牌",
    "幅度",
    "范围内",
    "限额",
];

/// Verbs that open the predicate behind a receiver: what stands after them says nothing about the value.
const PREDICATES: &[&str] = &[
    "给予",
    "予以",
    "按",
    "免收",
    "免征",
    "实行",
    "可",
    "应",
    "由",
    "不",
    "享受",
    "暂",
    "减",
    "优先",
    "一次性给",
    "一次性拨付",
    "一次性支付",
    "一次性兑现",
    "采取",
    "采用",
    "需",
    "须",
    "在",
    "进行",
    "适用",
];

/// Measures of a firm, person or thing that conditions speak of.
const MEASURES: &[&str] = &[
    "投资额",
    "总投资",
    "营业收入",
    "销售收入",
    "销售额",
    "产值",
    "注册资本",
    "注册资金",
    "资产总额",
    "总资产",
    "从业人员",
    "从业人数",
    "人数",
    "出口额",
    "进出口额",
    "纳税额",
    "应纳税所得额",
    "收入",
    "年龄",
    "面积",
    "职工",
    "员工",
    "人口",
    "贷款余额",
    "合同额",
    "成立时间",
    "成立",
    "造价",
    "负债率",
    "金额在",
    "用工",
];

/// Measures by which firms are classed; nothing is given in them, so that a limit on them is always a condition.
const SIZES: &[&str] = &[
    "应纳税所得额",
    "从业人数",
    "从业人员",
    "资产总额",
    "营业收入",
    "销售收入",
    "年销售额",
    "职工人数",
    "成立时间",
    "成立年限",
    "月销售额",
];

/// Receivers that may follow a value with no 的 between.
const RECEIVERS: &[&str] =
    &["企业", "项目", "单位", "家庭", "小微企业", "小型", "微型", "中小", "纳税人", "机构", "人员", "用户", "工程"];

/// Words right before a value that report how far it fell.
const FELL_TO: &[&str] = &[
    "降至",
    "降到",
    "下降到",
    "下降至",
    "降低到",
    "降低至",
    "压减至",
    "压缩至",
    "压减到",
    "压缩到",
    "缩小到",
    "收窄至",
    "缩小至",
    "回落至",
];

/// Words of a clause that make a goal of what it says a rate falls to.
const GOALS: &[&str] = &["引导", "力争", "争取", "确保", "督促", "要求"];

/// Words before a value that is held down.
const HELD: &[&str] = &["控制在", "保持在", "稳定在", "限制在", "控制", "严控在", "维持在", "限定在", "压降至"];

/// Words before a value that belongs to a fine.
const FINED: &[&str] = &["处", "处以", "罚款"];

/// A fine by its name, right before the amount.
const FINE_NAMED: &[&str] = &["罚款金额为", "罚款数额为", "罚款额为", "罚款额度为", "罚款为", "罚金为", "罚款", "罚金"];

/// What joins a value to a further limit in the same clause.
const JOINS: &[&str] = &["、", "且", "并", "而", "同时", "和", "或", "及"];

/// Stops that end a clause.
const STOPS: [char; 6] = ['，', '。', '；', '：', ',', '\n'];

/// The words of the clause around a value and its cue.
pub struct Context<'p> {
    /// The clause up to the cue or value, whichever comes first.
    before: &'p str,
    /// The sentence up to there.
    sentence: &'p str,
    /// What follows the value, the list it stands in, its cue and brackets.
    rest: &'p str,
}

impl<'p> Context<'p> {
    pub fn of(passage: &'p str, start: usize, end: usize) -> Self {
        let before = bound::before_list(&passage[..start]);
        let sentence = &before[before.rfind(['。', '；', '\n']).unwrap_or(0)..];
        let before = &before[bound::clause_start(before)..];
        let mut rest = &passage[bound::end_of_list(passage, end)..];
        if rest.starts_with(['（', '('])
            && let Some(close) = rest.find(['）', ')'])
        {
            rest = &rest[close..];
            rest = rest.strip_prefix(['）', ')']).unwrap_or(rest);
        }
        Self { before, sentence, rest }
    }

    /// Whether a value with the cue `form` before it is limited.
    pub fn limits(&self, form: &str) -> bool {
        if ALWAYS.iter().any(|always| form.starts_with(always)) {
            return true;
        }
        !self.is_condition()
    }

    /// Whether a value with the cue `form` behind it is limited.
    pub fn limits_behind(&self, form: &str, is_share: bool) -> bool {
        if form.contains('限') || form == "封顶" {
            return true;
        }
        let fell = ends_with_any(self.before, FELL_TO);
        let reported = fell && !GOALS.iter().any(|goal| self.before.contains(goal));
        if reported || self.is_condition() || self.describes_receiver() {
            return false;
        }
        let given = self.is_giving() || self.is_given();
        let held = fell || HELD.iter().any(|held| self.before.contains(held));
        // 超定额10%以内加价0.5倍 is a step of a tariff.
        let rate = is_share && !self.before.contains('超');
        given || held || form.ends_with('内') && (rate || self.is_each() && !self.measures())
    }

    /// Whether the value is a fine: 处 before it, 罚款 or 罚金 behind.
    pub fn is_penalty(&self) -> bool {
        let behind = self.rest.trim_start_matches('的');
        let fine = behind.starts_with("罚款") || behind.starts_with("罚金");
        let named = FINE_NAMED.iter().any(|name| self.before.ends_with(name));
        let ends = self.rest.is_empty() || self.rest.starts_with(['，', '。', '；']);
        let fined = named && ends || fine && FINED.iter().any(|word| self.before.contains(word));
        fined && !self.is_condition()
    }

    fn is_giving(&self) -> bool {
        GIVING.iter().any(|verb| self.before.contains(verb))
    }

    /// Whether a verb of giving governs the value, and is no part of a noun before it (补助金额10万元以下的项目).
    fn is_governed(&self) -> bool {
        let governs = |end: usize| !NO_LONGER_VERB.iter().any(|word| self.before[end..].starts_with(word));
        GIVING.iter().any(|verb| self.before.match_indices(verb).any(|(at, _)| governs(at + verb.len())))
    }

    /// Whether the value is told per thing or time: 每班每年5万元以内.
    fn is_each(&self) -> bool {
        self.before.rsplit_once('每').is_some_and(|(_, unit)| (1..=3).contains(&unit.chars().count()))
    }

    /// What the 的 behind the value, or behind further limits joined to it, leads to: up to the next verb or stop.
    fn noun(&self) -> Option<&'p str> {
        let behind = self.rest.strip_prefix('的').or_else(|| behind_further_limits(self.rest))?;
        Some(noun_at_start(behind))
    }

    /// Whether what is given follows, with 的 or without.
    fn is_given(&self) -> bool {
        match self.noun() {
            Some(noun) => GIVEN.iter().any(|given| noun.contains(given)),
            None => GIVEN.iter().any(|given| self.rest.starts_with(given)),
        }
    }

    /// Whether the value belongs to a noun that tells a receiver: 1000万元及以下授信的小微企业.
    fn describes_receiver(&self) -> bool {
        let Some((noun, receiver)) = self.rest.split_once('的') else { return false };
        let near = (1..=6).contains(&noun.chars().count()) && !noun.contains(['，', '。', '；', '、', '：', '）']);
        near && RECEIVERS.iter().any(|word| noun_at_start(receiver).ends_with(word))
    }

    fn is_condition(&self) -> bool {
        // A definition says which things are meant: 小型航空器，是指空机重量不超过15千克的….
        if self.sentence.contains("是指") {
            return true;
        }
        // 不超过15%并符合下列情形之一的，由市政府审批; 处二百元以下罚款的，可以当场收缴
        let clause = clause_at_start(self.rest);
        let goes_on = clause.trim_start_matches('的');
        let fine = goes_on.starts_with("罚款") || goes_on.starts_with("罚金");
        if clause.ends_with('的') && (fine || JOINS.iter().any(|join| clause.starts_with(join))) {
            return true;
        }
        if let Some(noun) = self.noun() {
            return noun.is_empty() || noun.starts_with("部分") || !(self.is_governed() || self.is_given());
        }
        if self.is_giving() {
            return false;
        }
        if ends_with_any(self.before, SIZES) {
            return true;
        }
        let receiver = RECEIVERS.iter().any(|receiver| self.rest.starts_with(receiver));
        receiver || self.measures() && self.runs_on_to_receiver()
    }

    fn measures(&self) -> bool {
        MEASURES.iter().any(|measure| self.before.contains(measure))
    }

    /// Whether the list of conditions goes on to a 的 before anything is given: 收入不超过5000万元、人数不超过300人的企业.
    /// In 不超过基金规模的20%，投资本地企业的资金不低于60% it does not.
    fn runs_on_to_receiver(&self) -> bool {
        let sentence = &self.rest[..self.rest.find(['。', '；', '\n']).unwrap_or(self.rest.len())];
        let joined = ["，"].iter().chain(JOINS).any(|sign| sentence.starts_with(sign));
        let verb = ["给予", "予以", "补助", "奖励", "享受"].iter().filter_map(|verb| sentence.find(verb)).min();
        let mut nouns = sentence.match_indices('的').map(|(at, of)| (at, &sentence[at + of.len()..]));
        let first = nouns.find(|(_, noun)| !starts_with_number(noun));
        joined
            && first.is_some_and(|(at, noun)| {
                let noun = noun_at_start(noun);
                verb.is_none_or(|verb| at < verb) && !GIVEN.iter().any(|given| noun.contains(given))
            })
    }
}

/// What a 的 leads to behind further limits that are joined to a value: 企业 of 、人数不超过300人的企业.
fn behind_further_limits(rest: &str) -> Option<&str> {
    if !JOINS.iter().any(|join| rest.starts_with(join)) {
        return None;
    }
    let clause = clause_at_start(rest);
    let mut ends = clause.match_indices('的').map(|(at, of)| (&clause[..at], &rest[at + of.len()..]));
    ends.find(|(limit, noun)| is_limit(limit) && !starts_with_number(noun)).map(|(_, noun)| noun)
}

/// Whether the last of the things in a list states a limit: 人数不超过300人, 注册资本100万元以上.
fn is_limit(list: &str) -> bool {
    const LIMITS: &[&str] = &["不超过", "不高于", "不低于", "不少于", "不满", "以上", "以下", "以内"];
    let last = list.rsplit('、').next().unwrap_or_default();
    LIMITS.iter().any(|limit| last.contains(limit))
}

fn starts_with_number(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with(numeral::is_arabic) || ["百分", "千分", "万分"].iter().any(|share| text.starts_with(share))
}

/// The text up to its first stop.
fn clause_at_start(text: &str) -> &str {
    &text[..text.find(STOPS).unwrap_or(text.len())]
}

/// The words up to the next verb or stop.
fn noun_at_start(text: &str) -> &str {
    let stop = text.find(['，', '。', '；', '、', '：', '！', '）', ')', ',', '\n']).unwrap_or(text.len());
    &text[..PREDICATES.iter().filter_map(|verb| text.find(verb)).chain([stop]).min().unwrap_or(stop)]
}

fn ends_with_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.ends_with(word))
}

/// Whether what follows 最高 makes it a name (最高人民法院).
pub fn is_name_of_highest(rest: &str) -> bool {
    bound::NAMES_OF_HIGHEST.iter().any(|name| rest.starts_with(name))
}

/// Words that begin a scope: per what a limit holds. 每 begins one before any word, 单 before what is counted.
const PER: &[&str] = &["单一", "同一", "个人项目", "团队项目", "全市", "年度", "累计", "合计", "总额", "户均", "人均"];

/// What 单 counts in 单户, 单机 and 单品种; 单位 and 单价 are no scopes.
const SINGLE: &[&str] = &[
    "个", "家", "户", "笔", "体", "项", "台", "次", "人", "件", "本", "部", "套", "条", "张", "辆", "站", "桩", "船",
    "艘", "架", "宗", "场", "店", "机", "剧", "品", "课题", "村", "镇", "县", "案", "座", "集", "届", "期", "批", "只",
    "支", "栋", "幢", "间", "亩", "名", "头", "株", "棵", "日", "月", "年",
];

/// Words whose last character is 单: 订单, 名单.
const ENDS_WITH_SINGLE: [char; 10] = ['名', '清', '订', '保', '简', '账', '存', '提', '货', '表'];

/// Verbs behind a scope, and cues of a limit before the nearest.
const BEHIND_SCOPE: &[&str] = &[
    "享受",
    "获得",
    "可以",
    "由",
    "按",
    "给予",
    "予以",
    "安排",
    "发放",
    "提供",
    "收取",
    "一次性",
    "不超过",
    "不得",
    "最高",
    "最多",
];

/// Words at the end of the text before a cue that are no part of the scope.
const NO_SCOPE: &[&str] = &[
    "分别",
    "限额",
    "以",
    "控制在",
    "可达",
    "处",
    "租金",
    "获得租金",
    "可获得",
    "任期",
    "一般",
    "每",
    "时间",
    "时间间隔",
    "的时间",
    "期限",
    "补贴额度",
    "享受",
    "不得",
    "给予",
    "补助",
    "奖励",
    "补贴",
    "资助",
    "支持",
    "贴息额",
    "贴息",
    "奖励金额",
    "资助金额",
    "补助金额",
    "金额",
    "奖补",
    "可",
    "的",
    "原则上",
    "享受",
    "予以",
    "额度",
    "按",
    "可获",
    "获得",
    "最多",
    "贷款",
    "奖励总额",
    "奖励额",
    "资助额",
    "补助额",
    "补贴额",
    "奖补额",
    "支持额",
    "总额",
    "资助总额",
    "补助总额",
    "扶持资金",
    "奖金",
    "资金",
    "为",
    "标准",
    "贴息补助",
    "扶持",
];

/// A word before the base of a share: 按实际到位外资额不高于2%.
struct BaseWord {
    form: &'static str,
    /// Characters that make another word of it: 可以, 以下.
    not_behind: &'static str,
    not_before: &'static str,
    /// Whether 的 must stand between the base and the share (为合同价款的10%以内).
    of: bool,
}

const fn base(form: &'static str, not_behind: &'static str, not_before: &'static str) -> BaseWord {
    BaseWord { form, not_behind, not_before, of: false }
}

const fn base_of(form: &'static str, not_behind: &'static str) -> BaseWord {
    BaseWord { form, not_behind, not_before: "", of: true }
}

const BASES: &[BaseWord] = &[
    base("按照", "", ""),
    base("按", "", ""),
    base("给予", "", ""),
    base("予以", "", ""),
    base("补助", "", ""),
    base("处", "", ""),
    base("给", "", ""),
    base("以", "可予所得", "上下内外及前后来"),
    base("以下或者", "", ""),
    base("相当于", "", ""),
    base("占", "", "比"),
    base_of("为", "行作成认因分视"),
    base_of("在", "所存现"),
    base_of("对", "绝相针面"),
];

/// Words at the ends of the text between a cue and a share that are no part of its base.
const BASE_STARTS: &[&str] = &[
    "按照",
    "按",
    "为",
    "达到",
    "可达",
    "可",
    "其",
    "补助",
    "给予",
    "奖励",
    "补贴",
    "资助",
    "（含）",
    "(含)",
    "提高到",
    "放宽到",
    "到",
    "至",
    "不超过",
    "获得",
    "减免",
];
const BASE_ENDS: &[&str] = &[
    "的",
    "给予",
    "补助",
    "（含）",
    "(含)",
    "为",
    "到",
    "至",
    "提高",
    "提升",
    "放宽",
    "上浮",
    "下浮",
    "上调",
    "下调",
    "调高",
    "分别",
    "再",
    "部分",
];

/// The words that say of what or per what the limit holds.
pub fn scope(passage: &str, cue: &Span, value: &Span, is_share: bool) -> Option<Span> {
    let before_cue = cue.end <= value.start;
    if is_share && before_cue {
        let end = bound::before_former(&passage[..value.start]).len().max(cue.end);
        let base = trim(passage, cue.end..end, BASE_STARTS, BASE_ENDS);
        if !base.is_empty() {
            return Some(base);
        }
    }
    let end = if before_cue { cue.start } else { value.start };
    let end = if before_cue { end } else { bound::before_list(&passage[..end]).len() };
    let start = bound::clause_start(&passage[..end]);
    let clause = &passage[start..end];
    if is_share {
        let base = trim(
            passage,
            start + base_of_share(clause)?..end,
            &["其", "以下", "并"],
            &["的", "比例", "标准", "比例为"],
        );
        let text = &passage[base.clone()];
        let plain = !text.is_empty() && !text.starts_with('不') && text.chars().count() <= 20;
        // 按实际支付利息的50%、年贴息率 holds a share of its own; 占总费用比例控制在 is what is held down.
        let other = text.contains(['%', '％', '、']) || ends_with_any(text, HELD);
        return (plain && !other).then_some(base);
    }
    let start = clause.rfind('、').map_or(start, |at| start + at + '、'.len_utf8());
    let between = before_cue.then(|| each_before(passage, cue.end..value.start)).flatten();
    let found = per(&passage[start..end]).map(|at| start + at..end).or(between)?;
    let text = &passage[found.clone()];
    let stop = BEHIND_SCOPE.iter().filter_map(|word| text.find(word)).min().unwrap_or(text.len());
    let found = trim(passage, found.start..found.start + stop, &[], NO_SCOPE);
    let text = &passage[found.clone()];
    // 对个人处警告或者500元以下罚款 tells what else there is to pay, 按每亩100元给予最高50万元 a rate; 每一 is left of
    // 每一任期.
    let other = ["或者", "元", "%", "％"].iter().any(|word| text.contains(word)) || text.ends_with('一');
    ((2..=20).contains(&text.chars().count()) && !other).then_some(found)
}

/// Where the base begins of the share that follows a clause: behind the last word that leads to one.
fn base_of_share(clause: &str) -> Option<usize> {
    let ends = |base: &'static BaseWord| {
        let stands = move |&end: &usize| {
            let (before, behind) = (&clause[..end - base.form.len()], &clause[end..]);
            !before.ends_with(|c: char| base.not_behind.contains(c))
                && !behind.starts_with(|c: char| base.not_before.contains(c))
        };
        let of = !base.of || clause.ends_with('的');
        clause.match_indices(base.form).map(|(at, form)| at + form.len()).filter(stands).filter(move |_| of)
    };
    BASES.iter().flat_map(ends).max()
}

/// Where the words begin that say per what, in a clause before a limit. Such words in a row are one scope:
/// 单个项目累计, 每家企业每年.
fn per(clause: &str) -> Option<usize> {
    let mut starts = clause.char_indices().map(|(at, _)| at).filter(|at| begins_scope(clause, *at)).rev();
    let last = starts.next()?;
    let row = |at: usize, earlier: usize| (clause[earlier..at].chars().count() <= 8).then_some(earlier);
    Some(starts.try_fold(last, |at, earlier| row(at, earlier).ok_or(at)).unwrap_or_else(|at| at))
}

fn begins_scope(clause: &str, at: usize) -> bool {
    let (before, text) = clause.split_at(at);
    let begins = |words: &[&str], text: &str| words.iter().any(|word| text.starts_with(word));
    // A person is no scope as a receiver (对个人处…), save where more follows: 个人每年, 个人年度.
    let person = text.strip_prefix("个人").is_some_and(|more| begins(&["每", "年度", "累计"], more));
    let single = text.strip_prefix('单').is_some_and(|thing| begins(SINGLE, thing));
    text.starts_with('每')
        || begins(PER, text)
        || person && !before.ends_with(['对', '予', '给'])
        || single && !before.ends_with(ENDS_WITH_SINGLE)
}

/// The unit between a cue and its value: 每人每天 in 不超过每人每天500元.
fn each_before(passage: &str, gap: Span) -> Option<Span> {
    let text = &passage[gap.clone()];
    // 最高每亩2000元、每户2万元: each value has its own.
    let from = text.rfind('、').unwrap_or(0);
    let at = from + text[from..].find('每')?;
    (text[at..].chars().count() <= 8).then_some(gap.start + at..gap.end)
}

/// The span without the given words at its ends.
fn trim(passage: &str, mut span: Span, starts: &[&str], ends: &[&str]) -> Span {
    loop {
        let text = &passage[span.clone()];
        if let Some(word) = starts.iter().find(|word| text.starts_with(**word)) {
            span.start += word.len();
        } else if let Some(word) = ends.iter().find(|word| text.ends_with(**word)) {
            span.end -= word.len();
        } else {
            return span;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limited(passage: &str, cue: &str, value: &str) -> bool {
        let start = passage.find(cue).expect("the cue stands in the passage");
        let end = passage.find(value).expect("the value stands in the passage") + value.len();
        Context::of(passage, start, end).limits("不超过")
    }

    #[test]
    fn what_is_given_is_limited_and_a_receiver_is_described() {
        assert!(limited("给予不超过50万元的补助", "不超过", "50万元"));
        assert!(limited("单笔不超过50万元的贴息", "不超过", "50万元"));
        assert!(!limited("投资额不超过50万元的项目", "不超过", "50万元"));
        assert!(!limited("对担保费率不超过1%的担保机构给予奖励", "不超过", "1%"));
        assert!(!limited("不超过300万元的部分，按5%计入", "不超过", "300万元"));
    }

    #[test]
    fn a_list_of_conditions_runs_on_to_its_receiver() {
        assert!(!limited("营业收入不超过5000万元、人数不超过300人的企业", "不超过5000", "5000万元"));
        assert!(!limited("单笔贷款不超过100万元、期限不超过3年的个人贷款", "不超过100", "100万元"));
        assert!(limited("给予不超过100万元、期限不超过3年的贴息", "不超过100", "100万元"));
        assert!(limited("投资额不超过规模的20%，持股比例不超过总股本的30%。", "不超过规模", "20%"));
        assert!(limited("投资额不超过规模的20%，投资本地企业的资金不低于60%。", "不超过规模", "20%"));
    }
}
