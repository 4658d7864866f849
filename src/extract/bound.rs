//! Cue words and the bounds they set on a value: 不低于5亿元, 5亿元以上, 最高补助500万元.
//!
//! 以上, 以下 and 以内 include the number, 不满, 超过 and 以外 do not (Civil Code, art. 1259). Where two cues meet, the
//! nearer one sets the bound. A cue reaches over a list: in 10亿元或1亿美元以上 both are at least.

use super::fragments;
use crate::lexicon::Endings;
use crate::model::Bound;
use crate::pattern::{Pattern, Signature};
use crate::span::Span;
use std::sync::LazyLock;

/// How far a cue before a value reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Only over fillers: 超过500万元, 增长达到5%.
    Adjoining,
    /// Over other words of its clause: 不超过实际投入总额的15%, 最高补助500万元.
    Clause,
    /// Over the base of a share, where 的 shows that the share is compared: 超过注册资本百分之五的.
    Base,
}

/// A word that sets a bound.
#[derive(Debug)]
pub struct Cue {
    pub form: &'static str,
    pub bound: Bound,
    pub reach: Reach,
}

/// A cue at its place in the passage.
#[derive(Debug, Clone)]
pub struct Hit {
    pub cue: &'static Cue,
    pub span: Span,
    /// Whether it stands at an earlier or later member of the list that holds the value.
    pub over_list: bool,
}

/// The bound of a value, and the cue that sets it.
#[derive(Debug, Clone)]
pub struct Reading {
    pub bound: Bound,
    pub before: Option<Hit>,
    pub after: Option<Hit>,
}

impl Reading {
    /// Where the words stand that set the bound.
    pub fn cue(&self) -> Option<Span> {
        self.winner().map(|hit| hit.span.clone())
    }

    /// The cue that sets the bound.
    pub fn winner(&self) -> Option<&Hit> {
        match (&self.before, &self.after) {
            (Some(before), Some(after)) if after.over_list && !before.over_list => Some(before),
            (before, after) => after.as_ref().or(before.as_ref()),
        }
    }
}

const fn near(form: &'static str, bound: Bound) -> Cue {
    Cue { form, bound, reach: Reach::Adjoining }
}

const fn far(form: &'static str, bound: Bound) -> Cue {
    Cue { form, bound, reach: Reach::Clause }
}

const fn base(form: &'static str, bound: Bound) -> Cue {
    Cue { form, bound, reach: Reach::Base }
}

/// 达到 and its like: a least value in a condition, a plain value in a target or a report.
const REACHED: &[&str] = &["达到", "达", "实现", "完成"];

/// Cues before a value; a longer form stands before its own end (不超过 before 超过).
pub const BEFORE: &[Cue] = &[
    far("最高不得超过", Bound::AtMost),
    far("最高不能超过", Bound::AtMost),
    far("最多不得超过", Bound::AtMost),
    far("最长不得超过", Bound::AtMost),
    far("最高不超过", Bound::AtMost),
    far("最稿不超过", Bound::AtMost), // misprint of 最高
    far("最多不超过", Bound::AtMost),
    far("最长不超过", Bound::AtMost),
    far("最大不超过", Bound::AtMost),
    far("不得超过", Bound::AtMost),
    far("不能超过", Bound::AtMost),
    far("不应超过", Bound::AtMost),
    far("不可超过", Bound::AtMost),
    far("不宜超过", Bound::AtMost),
    far("不得超出", Bound::AtMost),
    far("不得高于", Bound::AtMost),
    far("不应高于", Bound::AtMost),
    far("不能高于", Bound::AtMost),
    far("不得大于", Bound::AtMost),
    far("不得多于", Bound::AtMost),
    far("不得突破", Bound::AtMost),
    far("不能突破", Bound::AtMost),
    far("最高不高于", Bound::AtMost),
    far("不超过", Bound::AtMost),
    far("不突破", Bound::AtMost),
    far("不超出", Bound::AtMost),
    far("不高于", Bound::AtMost),
    far("不大于", Bound::AtMost),
    far("不多于", Bound::AtMost),
    near("未超过", Bound::AtMost),
    near("没有超过", Bound::AtMost),
    near("不超", Bound::AtMost),
    far("最高限额", Bound::AtMost),
    far("最高额度", Bound::AtMost),
    far("最高限", Bound::AtMost),
    far("最高", Bound::AtMost),
    far("最稿", Bound::AtMost), // misprint of 最高
    far("最多", Bound::AtMost),
    far("最长", Bound::AtMost),
    far("至多", Bound::AtMost),
    near("最大", Bound::AtMost),
    far("上限", Bound::AtMost),
    near("封顶", Bound::AtMost),
    near("封顶线", Bound::AtMost),
    near("限额", Bound::AtMost),
    near("顶格", Bound::AtMost),
    near("≤", Bound::AtMost),
    far("不得低于", Bound::AtLeast),
    far("不应低于", Bound::AtLeast),
    far("不能低于", Bound::AtLeast),
    far("不得少于", Bound::AtLeast),
    far("不应少于", Bound::AtLeast),
    far("不能少于", Bound::AtLeast),
    far("不得小于", Bound::AtLeast),
    far("最低不低于", Bound::AtLeast),
    far("最低不少于", Bound::AtLeast),
    far("不低于", Bound::AtLeast),
    far("不少于", Bound::AtLeast),
    far("不小于", Bound::AtLeast),
    far("不下于", Bound::AtLeast),
    near("最低限额", Bound::AtLeast),
    near("至少", Bound::AtLeast),
    near("最低", Bound::AtLeast),
    near("最少", Bound::AtLeast),
    near("达到或超过", Bound::AtLeast),
    near("达到或者超过", Bound::AtLeast),
    near("大于等于", Bound::AtLeast),
    near("大于或等于", Bound::AtLeast),
    near("大于或者等于", Bound::AtLeast),
    near("大于和等于", Bound::AtLeast),
    near("等于和大于", Bound::AtLeast),
    near("等于或大于", Bound::AtLeast),
    near("等于或者大于", Bound::AtLeast),
    near("小于等于", Bound::AtMost),
    near("小于或等于", Bound::AtMost),
    near("小于或者等于", Bound::AtMost),
    near("小于和等于", Bound::AtMost),
    near("等于和小于", Bound::AtMost),
    near("等于或小于", Bound::AtMost),
    near("≥", Bound::AtLeast),
    base("超过", Bound::MoreThan),
    base("超出", Bound::MoreThan),
    near("突破", Bound::MoreThan),
    near("高于", Bound::MoreThan),
    near("大于", Bound::MoreThan),
    near("多于", Bound::MoreThan),
    near("超", Bound::MoreThan),
    near("过", Bound::MoreThan),
    near("逾", Bound::MoreThan),
    near("＞", Bound::MoreThan),
    near(">", Bound::MoreThan),
    near("上", Bound::AtLeast),
    near("不满", Bound::LessThan),
    near("未满", Bound::LessThan),
    base("不足", Bound::LessThan),
    base("不到", Bound::LessThan),
    far("未达到", Bound::LessThan),
    near("未达", Bound::LessThan),
    base("低于", Bound::LessThan),
    base("少于", Bound::LessThan),
    near("小于", Bound::LessThan),
    near("接近", Bound::LessThan),
    near("将近", Bound::LessThan),
    near("近", Bound::LessThan),
    near("＜", Bound::LessThan),
    near("<", Bound::LessThan),
    near("大约", Bound::About),
    near("约", Bound::About),
    base("约为", Bound::About),
    base("约占", Bound::About),
    base("约需", Bound::About),
    base("约需占", Bound::About),
    near("满", Bound::AtLeast),
];

/// Cues behind a value.
pub const AFTER: &[Cue] = &[
    near("及以上", Bound::AtLeast),
    near("或以上", Bound::AtLeast),
    near("以上", Bound::AtLeast),
    near("之上", Bound::AtLeast),
    near("及以下", Bound::AtMost),
    near("或以下", Bound::AtMost),
    near("以下", Bound::AtMost),
    near("之下", Bound::AtMost),
    near("及以内", Bound::AtMost),
    near("以内", Bound::AtMost),
    near("之内", Bound::AtMost),
    near("为限额", Bound::AtMost),
    near("为限", Bound::AtMost),
    near("为上限", Bound::AtMost),
    near("为最高限额", Bound::AtMost),
    near("为最高限", Bound::AtMost),
    near("的上限", Bound::AtMost),
    near("的限额", Bound::AtMost),
    near("的最高限额", Bound::AtMost),
    near("限额内", Bound::AtMost),
    near("封顶", Bound::AtMost),
    near("左右", Bound::About),
    near("上下", Bound::About),
];

/// Words that end in the letters of a cue and are none: 最近, 以上 before a number, 马上, 附近.
const NOT_CUES: &[&str] = &[
    "最近",
    "附近",
    "邻近",
    "临近",
    "靠近",
    "就近",
    "以上",
    "马上",
    "线上",
    "网上",
    "基础上",
    "之上",
    "加上",
    "海上",
    "迈上",
    "跃上",
    "站上",
    "登上",
    "跨上",
    "踏上",
    "冲上",
    "地上",
    "晚上",
    "路上",
    "基本上",
    "原则上",
    "总体上",
    "期满",
    "届满",
    "圆满",
    "充满",
    "合约",
    "节约",
    "签约",
    "履约",
    "违约",
    "契约",
    "预约",
    "公约",
    "条约",
    "集约",
    "制约",
    "赶超",
    "反超",
    "通过",
    "经过",
    "不过",
    "度过",
    "渡过",
];

/// What may stand between an adjoining cue and its value.
const FILLERS: &[&str] = &[
    "人民币",
    "分别达到",
    "分别为",
    "分别达",
    "达到",
    "分别",
    "均为",
    "均达",
    "可达",
    "各",
    "均",
    "为",
    "至",
    "到",
    "达",
    "了",
    "：",
    ":",
    "在",
    "（含）",
    "(含)",
    "（不含）",
    "(不含)",
    "（",
    "(",
    "即",
    "年化",
    "可",
    "是",
    "“",
    "其中",
];

/// What may follow 最高, 最多 and 最长 that is a name and no limit: 最高人民法院, 最高标准, 最高点.
pub const NAMES_OF_HIGHEST: &[&str] = &[
    "人民", "应价", "限价", "法院", "检察", "法", "检", "标准", "水平", "等级", "级", "效", "层", "点", "峰", "值",
    "学历", "荣誉", "气温", "气", "国家", "权力", "优", "端", "的", "、", "最", "年产", "日产", "亩产", "单产", "产量",
    "时速",
];

/// Verbs before the amount by which something is raised or lowered.
const RAISED: &[&str] = &["上浮", "提高", "增加", "上调", "下浮", "下调", "降低"];

/// The longest stretch of words, in characters, between a cue and the value it governs.
const CLAUSE_REACH: usize = 40;

/// Members of a list that are looked over: no list of prose has as many, and a file may hold nothing but numbers.
const LONGEST_LIST: usize = 64;

/// Characters that the longest cue has at most.
const LONGEST_CUE: usize = 8;

/// Bytes of context looked at for lists: enough for a value and its separator.
const WINDOW: usize = 96;

static LIST_BEFORE: LazyLock<Pattern> = LazyLock::new(|| {
    fragments::compile("${value}(?:左右|上下|[及或]?以[上下内]|${counter})?${inclusive}?${list_sign}$")
});
static LIST_AFTER: LazyLock<Pattern> = LazyLock::new(|| fragments::compile("^${inclusive}?${list_sign}${value}"));
/// The value before a change, up to the value that it leads to.
static FORMER: LazyLock<Pattern> = LazyLock::new(|| fragments::compile("(?:由|从)${value}${changed_to}$"));
static CHANGED_TO: LazyLock<Pattern> = LazyLock::new(|| fragments::compile("^${changed_to}"));
static INCLUSIVE: LazyLock<Pattern> = LazyLock::new(|| fragments::compile("^${inclusive}"));
static HIGHEST_LIMIT: LazyLock<Pattern> = LazyLock::new(|| fragments::compile("最高${gap}{1,6}限额$"));
/// The name of a highest amount, of which a share follows: 罚款数额的 behind 最高.
static HIGHEST_AMOUNT: LazyLock<Pattern> = LazyLock::new(|| {
    let of = "罚款|处罚|补贴|补助|奖励|资助|奖补|补偿|赔偿|贷款|担保|支付|报销";
    let kind = "数额|金额|限额|额度|额|标准";
    fragments::compile(&format!("^(?:{of})?(?:{kind})(?:[（(][^（）()]*[）)])?的$"))
});

/// The bound of the value at `span`.
pub fn read(passage: &str, span: &Span) -> Reading {
    let before = before(passage, span);
    let after = after(passage, span.end);
    let mut reading = Reading { bound: Bound::Exactly, before, after };
    reading.bound = match reading.winner() {
        Some(hit) if excludes(passage, span, hit) => strict(hit.cue.bound),
        Some(hit) => hit.cue.bound,
        None if reached(&passage[..span.start]) && is_condition(passage, span.end) => Bound::AtLeast,
        None => Bound::Exactly,
    };
    reading
}

fn strict(bound: Bound) -> Bound {
    match bound {
        Bound::AtLeast => Bound::MoreThan,
        Bound::AtMost => Bound::LessThan,
        other => other,
    }
}

/// Whether a bracket says that the number itself is outside: 二百元（不含）以上, 5万元以上（不含5万元）. What else it leaves out
/// (500万元（不含税）以上) says nothing of the bound.
fn excludes(passage: &str, value: &Span, hit: &Hit) -> bool {
    let brackets =
        [value.end, hit.span.end].map(|at| INCLUSIVE.find(window_after(passage, at)).map(|found| at..at + found.end));
    brackets.into_iter().flatten().any(|bracket| {
        let inner = passage[bracket].trim_matches(['（', '(', '）', ')']);
        inner.strip_prefix("不含").is_some_and(|what| ["", "本数", &passage[value.clone()]].contains(&what))
    })
}

/// Whether the words before a value say that it is reached.
fn reached(before: &str) -> bool {
    let before = before_list(before);
    let before = before.strip_suffix("人民币").unwrap_or(before);
    REACHED.iter().take(2).any(|form| before.ends_with(form)) || reaches_share(&before[clause_start(before)..])
}

/// Whether a clause ends with the base of which a share is reached: 达到现有职工人数 before 25%.
fn reaches_share(clause: &str) -> bool {
    let base = clause.rsplit_once("达到").map_or("", |(_, base)| base);
    base.ends_with(['数', '额', '量']) && base.chars().count() <= 14 && !holds_a_value(base)
}

/// The nearest cue before the value at `value`.
pub fn before(passage: &str, value: &Span) -> Option<Hit> {
    if is_former(passage, value) {
        return None;
    }
    let base = is_share_of_base(passage, value);
    let mut text = before_former(&passage[..value.start]);
    let mut over_list = false;
    for _ in 0..16 {
        if let Some((cue, span)) = adjoining(text).or_else(|| in_clause(text, base)) {
            return Some(Hit { cue, span, over_list });
        }
        text = match one_list_member_less(text) {
            Some(less) => less,
            None => return over_named_members(text),
        };
        over_list = true;
    }
    None
}

/// The text before the value from which the one behind it is changed, if it names it.
pub fn before_former(text: &str) -> &str {
    FORMER.find(text).map_or(text, |former| &text[..former.start])
}

/// Whether a value is the one before a change: 最高额度由50万元提高到60万元 limits to 60万元.
fn is_former(passage: &str, value: &Span) -> bool {
    passage[..value.start].ends_with(['由', '从']) && CHANGED_TO.is_match(&passage[value.end..])
}

/// A cue of a highest value over a list whose members are named alike: 上限为零售企业100万元/家、餐饮企业50万元/家. The first
/// member must bear a name too; in 最高奖励100万元、餐饮企业50万元 the second stands by itself.
fn over_named_members(mut text: &str) -> Option<Hit> {
    for _ in 0..8 {
        text = without_name(text)?;
        if let Some((cue, span)) = in_clause(text, false) {
            let highest = cue.form.starts_with('最') || cue.form.contains("上限");
            return (highest && cue.bound == Bound::AtMost).then_some(Hit { cue, span, over_list: true });
        }
        text = one_list_member_less(text)?;
    }
    None
}

/// The text without the name of a receiver (餐饮企业) or of a unit (每亩) at its end, which begins behind a list sign or a
/// cue.
fn without_name(text: &str) -> Option<&str> {
    if let Some((before, unit)) = text.rsplit_once('每')
        && (1..=4).contains(&unit.chars().count())
        && !unit.contains(|c: char| c.is_ascii_digit() || "，。；：（）元、".contains(c))
    {
        return Some(before);
    }
    let named = NAMED.iter().find(|name| text.ends_with(**name))?;
    let short = &text[..text.len() - named.len()];
    let begins = |&(_, c): &(usize, char)| matches!(c, '、' | '为' | '予' | '高' | '限' | '到' | '助' | '励');
    let (at, c) = short.char_indices().rev().take(8).find(begins)?;
    let name = &short[at + c.len_utf8()..];
    (!name.contains(|c: char| c.is_ascii_digit() || "，。；：（）元".contains(c)))
        .then_some(&short[..at + c.len_utf8()])
}

/// How the names of receivers end in a list of what each is given.
const NAMED: &[&str] =
    &["企业", "项目", "机构", "单位", "平台", "基地", "园区", "个人", "团队", "院校", "高校", "家庭"];

/// What a share measures, between it and its cue.
const MEASURES: &[&str] = &["股份", "股权", "份额", "比例", "负载率"];

/// The nearest cue behind `end`.
pub fn after(passage: &str, end: usize) -> Option<Hit> {
    let mut at = end;
    let mut over_list = false;
    for _ in 0..16 {
        let mut cue_at = at;
        if let Some(bracket) = INCLUSIVE.find(window_after(passage, at)) {
            cue_at += bracket.end;
        }
        // 30%负载率以上
        let name = MEASURES.iter().find(|name| passage[cue_at..].starts_with(**name));
        cue_at += name.filter(|name| passage[cue_at + name.len()..].starts_with('以')).map_or(0, |name| name.len());
        let rest = &passage[cue_at..];
        if let Some(cue) = cue_at_start(rest) {
            return Some(Hit { cue, span: cue_at..cue_at + cue.form.len(), over_list });
        }
        if let Some(hit) = behind_other_case(passage, at) {
            return Some(hit);
        }
        at += LIST_AFTER.find(window_after(passage, at))?.end;
        over_list = true;
    }
    None
}

/// The cue behind a bracket that gives the value of another case, for the value before the bracket and the one that ends it:
/// 达到15%（超过100人的企业达到8%）以上.
fn behind_other_case(passage: &str, end: usize) -> Option<Hit> {
    let inside = passage[end..].starts_with(['）', ')']);
    let closes = if inside { end } else { end + window_after(passage, end).find(['）', ')'])? };
    let opens = if inside { passage[..end].rfind(['（', '('])? } else { end };
    let unit = |text: &str| text.chars().next_back().filter(|unit| "%％‰元".contains(*unit));
    let alike = unit(&passage[..opens]).is_some() && unit(&passage[..opens]) == unit(&passage[..closes]);
    // 占比10%（较上年提高2%）以上: what is compared or part of it has no cue.
    let other = !inside || !["同比", "比上", "较", "其中"].iter().any(|word| passage[opens..closes].contains(word));
    let bracketed = passage[opens..].starts_with(['（', '(']) && alike && other;
    let at = closes + passage[closes..].chars().next()?.len_utf8();
    let cue = cue_at_start(&passage[at..]).filter(|_| bracketed)?;
    Some(Hit { cue, span: at..at + cue.form.len(), over_list: inside })
}

/// The first of the cues behind a value that a text starts with.
fn cue_at_start(text: &str) -> Option<&'static Cue> {
    static FIRST: LazyLock<Signature> =
        LazyLock::new(|| Signature::of_all(AFTER.iter().filter_map(|cue| cue.form.chars().next()).map(u32::from)));
    let first = text.chars().next()?;
    FIRST.may_hold(first.into()).then(|| AFTER.iter().find(|cue| text.starts_with(cue.form))).flatten()
}

/// The text before the whole list whose member follows `before`.
pub fn before_list(mut before: &str) -> &str {
    for _ in 0..LONGEST_LIST {
        match one_list_member_less(before) {
            Some(less) => before = less,
            None => break,
        }
    }
    before
}

/// The place behind the whole list whose member ends at `end`, cues and brackets behind its members included.
pub fn end_of_list(passage: &str, mut end: usize) -> usize {
    for _ in 0..LONGEST_LIST {
        let rest = window_after(passage, end);
        if let Some(cue) = cue_at_start(rest) {
            end += cue.form.len();
        } else if let Some(found) = INCLUSIVE.find(rest).or_else(|| LIST_AFTER.find(rest)) {
            end += found.end;
        } else {
            break;
        }
    }
    end
}

fn one_list_member_less(text: &str) -> Option<&str> {
    const SIGNS: [char; 6] = ['、', '和', '或', '者', '及', '与'];
    if !text.ends_with(SIGNS) {
        return None;
    }
    let window = window_before(text);
    // The member stands behind the sign before this one, unless a bracket of its own holds one.
    let nearest = window.rmatch_indices(SIGNS).nth(1).map_or(0, |(at, _)| at);
    let found = LIST_BEFORE.find_at(window, nearest).or_else(|| LIST_BEFORE.find(window))?;
    Some(&text[..text.len() - window.len() + found.start])
}

/// A cue right before the end of `text`, fillers aside.
fn adjoining(text: &str) -> Option<(&'static Cue, Span)> {
    static BY_END: LazyLock<Endings> = LazyLock::new(|| Endings::new(FILLERS.iter().copied()));
    let mut text = text;
    for _ in 0..4 {
        if let Some(cue) = ends_with_cue(text) {
            return Some((cue, text.len() - cue.form.len()..text.len()));
        }
        let (_, filler) = BY_END.of(text).next()?;
        text = &text[..text.len() - filler.len()];
    }
    None
}

/// The cues that a text ends with.
fn cues_at_end(text: &str) -> impl Iterator<Item = &'static Cue> {
    static BY_END: LazyLock<Endings> = LazyLock::new(|| Endings::new(BEFORE.iter().map(|cue| cue.form)));
    BY_END.of(text).map(|(nth, _)| &BEFORE[nth])
}

/// The longest cue that a text ends with.
pub fn longest_cue(text: &str) -> Option<&'static Cue> {
    cues_at_end(text).max_by_key(|cue| cue.form.len())
}

fn ends_with_cue(text: &str) -> Option<&'static Cue> {
    let cue = longest_cue(text)?;
    let name = NOT_CUES.iter().any(|name| text.ends_with(name) && name.len() > cue.form.len());
    // 最高支付限额: the limit is 最高, and what it limits has a name.
    let highest = cue.form == "限额" && HIGHEST_LIMIT.is_match(window_before(text));
    (!name && !highest).then_some(cue)
}

/// A cue earlier in the clause that ends with `text`. `base` tells that the value is a share compared with its base.
fn in_clause(text: &str, base: bool) -> Option<(&'static Cue, Span)> {
    // Farther back no cue reaches.
    let near = text.char_indices().rev().nth(CLAUSE_REACH + LONGEST_CUE).map_or(0, |(at, _)| at);
    let clause = &text[near + clause_start(&text[near..])..];
    let offset = text.len() - clause.len();
    let reaches = |cue: &&Cue| cue.reach == Reach::Clause || base && cue.reach == Reach::Base;
    // 按最高罚款数额的30%以下: a share of the highest is not the highest.
    let limits = |cue: &&Cue, end: usize| cue.form != "最高" || !HIGHEST_AMOUNT.is_match(&clause[end..]);
    let reaching = |end: usize| {
        cues_at_end(&clause[..end]).filter(|cue| reaches(cue) && limits(cue, end)).max_by_key(|cue| cue.form.len())
    };
    let mut ends = clause.char_indices().rev().map(|(at, c)| at + c.len_utf8());
    let (cue, at) = ends.find_map(|end| reaching(end).map(|cue| (cue, end - cue.form.len())))?;
    let gap = &clause[at + cue.form.len()..];
    let refused = match cue.reach {
        // 超出额的5% is a share of what exceeds.
        Reach::Base => {
            gap.starts_with('额')
                || gap.contains("部分")
                || (gap.contains("平均") && cue.bound != Bound::About)
                || gap.contains('、')
                || gap.contains("按")
        }
        // 最高可贷额度上浮20% raises the highest.
        _ => {
            let named = NAMES_OF_HIGHEST.iter().any(|name| gap.starts_with(name));
            let raised = || clause[at..].contains('额') && RAISED.iter().any(|verb| gap.ends_with(verb));
            cue.form.starts_with('最') && (named || raised())
        }
    };
    let span = offset + at..offset + at + cue.form.len();
    (!refused && gap.chars().count() <= CLAUSE_REACH && !holds_a_value(gap)).then_some((cue, span))
}

/// Whether the value is a share in a comparison with its base: 的 stands before or behind it.
fn is_share_of_base(passage: &str, span: &Span) -> bool {
    let value = &passage[span.clone()];
    let share = value.ends_with(['%', '％', '‰', '成']) || value.contains("分之");
    let behind = passage[span.end..].trim_start_matches("以上");
    share && (passage[..span.start].ends_with('的') || behind.starts_with('的'))
}

/// Where the clause begins that ends with `text`: behind the last comma, stop or colon outside brackets.
pub fn clause_start(text: &str) -> usize {
    let mut depth = 0;
    for (at, c) in text.char_indices().rev() {
        match c {
            '）' | ')' | '》' => depth += 1,
            '（' | '(' | '《' if depth == 0 => return at + c.len_utf8(),
            '（' | '(' | '《' => depth -= 1,
            '，' | '。' | '；' | '：' | ',' | ';' | '！' | '？' | '|' | '\n' if depth == 0 => {
                return at + c.len_utf8();
            }
            _ => {}
        }
    }
    0
}

/// Whether digits stand in the text that are no date or number of a thing: they carry their own value.
fn holds_a_value(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit() || c == '％' || c == '%' || c == '元') {
        rest = &rest[at..];
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        if end == 0 || !rest[end..].starts_with(['年', '月', '日', '号', '条', '项', '款', '类', '档', '级'])
        {
            return true;
        }
        rest = &rest[end..];
    }
    false
}

/// Words behind a value that make it a goal and no condition: 达到70%的目标.
const GOALS: &[&str] = &["目标", "水平", "任务", "要求", "比例", "规模", "标准", "增长", "增速", "速度"];

/// How the name of a height ends that is reached: 达到880亿元的历史新高, 达到95%的较高水平.
const HEIGHTS: &[&str] = &["水平", "新高", "高位", "目标"];

/// Verbs by which a benefit or a duty follows from a condition.
const CONSEQUENCES: &[&str] =
    &["给予", "予以", "奖励", "补助", "补贴", "资助", "奖补", "享受", "应当", "按照", "可申请", "可以", "处以"];

/// What is done or allowed once a value is reached, right behind it: 达到80%后方可新增, 达到5%时，暂停合作.
const FOLLOWS: &[&str] = &["暂停", "停止", "终止", "启动", "方可", "即可", "不再", "可认定"];

/// Words of time between a value that is reached and what follows.
const ONCE: &[&str] = &["时", "后", "之后", "以后"];

/// What follows a bracket around the end of a value, or behind it: 达到25%（超过100人的达到15%）并签订合同.
fn behind_bracket(text: &str) -> &str {
    let inner = text.strip_prefix(['（', '(']).and_then(|inner| inner.find(['）', ')', '。']).map(|at| &inner[at..]));
    inner.unwrap_or(text).trim_start_matches(['）', ')'])
}

/// Whether the value that ends at `end` belongs to a condition: the clause runs on into 的 and a receiver
/// (营业收入达到1000万元的企业), or a consequence follows (达到1000万元的，给予…).
pub fn is_condition(passage: &str, end: usize) -> bool {
    let rest = behind_bracket(&passage[end_of_list(passage, end)..]);
    if let Some(what) = rest.strip_prefix('的') {
        let named = &what[..what.find(['，', '。', '；', '、']).unwrap_or(what.len())];
        let high = named.chars().count() <= 8 && HEIGHTS.iter().any(|height| named.ends_with(height));
        let goal = GOALS.iter().any(|goal| what.starts_with(goal)) && !what.starts_with("规模以上");
        return !high && !goal;
    }
    // 自累计纳税达到500万元之日起
    if rest.starts_with("之日") {
        return true;
    }
    let sentence = &rest[..rest.find(['。', '；', '\n']).unwrap_or(rest.len())];
    let next = ONCE.iter().find_map(|word| sentence.strip_prefix(word)).unwrap_or(sentence);
    if FOLLOWS.iter().any(|word| next.trim_start_matches('，').starts_with(word)) {
        return true;
    }
    if let Some(joined) =
        ["且", "并", "，且", "、", "或", "时", "后", "不足", "不满"].iter().find_map(|sign| sentence.strip_prefix(sign))
    {
        // 达到25%并与其签订合同的，…
        let clause = joined.split('，').next().unwrap_or_default();
        return clause.ends_with('的') || CONSEQUENCES.iter().any(|verb| joined.contains(verb));
    }
    match sentence.strip_prefix('，') {
        Some(next) => {
            let verb = CONSEQUENCES.iter().filter_map(|verb| next.find(verb)).min();
            verb.is_some_and(|at| at == 0 || next[..at].contains('的') || next[..at].chars().count() <= 8)
        }
        None => false,
    }
}

/// The end of a text, as far as a list may reach.
pub fn window_before(text: &str) -> &str {
    let mut at = text.len().saturating_sub(WINDOW);
    while !text.is_char_boundary(at) {
        at += 1;
    }
    &text[at..]
}

/// A text from a place on, as far as a list may reach.
pub fn window_after(text: &str, from: usize) -> &str {
    let mut to = text.len().min(from + WINDOW);
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    &text[from..to]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(passage: &str, value: &str, bound: Bound, cue: &str) {
        let start = passage.find(value).expect("the value stands in the passage");
        let reading = read(passage, &(start..start + value.len()));
        assert_eq!(reading.bound, bound, "{passage}");
        assert_eq!(reading.cue().map_or("", |span| &passage[span]), cue, "{passage}");
    }

    #[test]
    fn no_cue_is_longer_than_the_longest() {
        let longest = BEFORE.iter().map(|cue| cue.form.chars().count()).max();
        assert!(longest.is_some_and(|longest| longest <= LONGEST_CUE), "{longest:?}");
    }

    #[test]
    fn a_cue_before_or_behind_sets_the_bound() {
        check("投资不少于5亿元", "5亿元", Bound::AtLeast, "不少于");
        check("投资5亿元以上", "5亿元", Bound::AtLeast, "以上");
        check("出口额在800万美元(含)以下的企业", "800万美元", Bound::AtMost, "以下");
        check("收入突破人民币5亿元", "5亿元", Bound::MoreThan, "突破");
        check("总投资不得突破5亿元", "5亿元", Bound::AtMost, "不得突破");
        check("不得突破概算总投资的10%", "10%", Bound::AtMost, "不得突破");
        check("产值过百亿元", "百亿元", Bound::MoreThan, "过");
        check("通过5亿元贷款支持", "5亿元", Bound::Exactly, "");
        check("近300亿元", "300亿元", Bound::LessThan, "近");
        check("注册资本等于和大于100万元", "100万元", Bound::AtLeast, "等于和大于");
        check("占比大于或等于5%", "5%", Bound::AtLeast, "大于或等于");
        check("达到或超过400万元的采购项目", "400万元", Bound::AtLeast, "达到或超过");
        check("小于等于5%", "5%", Bound::AtMost, "小于等于");
        check("处二百元（不含）以上罚款", "二百元", Bound::MoreThan, "以上");
        check("产值5亿元以下（不含5亿元）的", "5亿元", Bound::LessThan, "以下");
        check("投资500万元（不含税）以上", "500万元", Bound::AtLeast, "以上");
        check("约需占生产总值的1.35%", "1.35%", Bound::About, "约需占");
        check("迈上4万亿元新台阶", "4万亿元", Bound::Exactly, "");
        check("产值上亿元的企业", "亿元", Bound::AtLeast, "上");
        check("持有5%股份以上的股东", "5%", Bound::AtLeast, "以上");
        check("未达到拟发行数量70%的，", "70%", Bound::LessThan, "未达到");
        check("最近300亿元到账", "300亿元", Bound::Exactly, "");
    }

    #[test]
    fn a_cue_reaches_over_its_clause_but_not_over_another_value() {
        check("按不超过实际投入总额的15%补助", "15%", Bound::AtMost, "不超过");
        check("最高可申请50万元", "50万元", Bound::AtMost, "最高");
        check("不超过20万元部分的5%", "5%", Bound::Exactly, "");
        check("持股超过注册资本百分之五的，", "百分之五", Bound::MoreThan, "超过");
        check("超过部分按百分之五收取", "百分之五", Bound::Exactly, "");
        check("人均收入约为全国平均的70%", "70%", Bound::About, "约为");
        check("按超出额2%给予奖励", "2%", Bound::Exactly, "");
        check("由最高人民法院处罚5万元", "5万元", Bound::Exactly, "");
        check("最高100万元，一次性补助5万元", "5万元", Bound::Exactly, "");
        check("最高额度由50万元提高至60万元", "50万元", Bound::Exactly, "");
        check("最高额度由50万元提高至60万元", "60万元", Bound::AtMost, "最高额度");
        check("上限从30%下调为20%", "20%", Bound::AtMost, "上限");
        check("最高可贷额度上浮20%", "20%", Bound::Exactly, "");
        check("利率最高上浮20%", "20%", Bound::AtMost, "最高");
        check("年度最高支付限额为400元", "400元", Bound::AtMost, "最高");
        check("贷款限额为400元", "400元", Bound::AtMost, "限额");
        check("按最高罚款数额的30%以下确定", "30%", Bound::AtMost, "以下");
        check("不超过最高奖励标准的50%", "50%", Bound::AtMost, "不超过");
        check("按最高罚款数额的30%确定", "30%", Bound::Exactly, "");
    }

    #[test]
    fn a_cue_reaches_over_a_list() {
        check("投资10亿元或1亿美元以上项目", "10亿元", Bound::AtLeast, "以上");
        check("分别超8万元、4.8万元", "4.8万元", Bound::MoreThan, "超");
        check("货运量、货值分别突破600万吨、500亿元", "500亿元", Bound::MoreThan, "突破");
        check("最高1000万元、600万元和300万元", "300万元", Bound::AtMost, "最高");
        check("最高每亩2000元、每户2万元、每村50万元", "50万元", Bound::AtMost, "最高");
        check("最高2000元、每户2万元", "2万元", Bound::Exactly, "");
    }

    #[test]
    fn what_is_reached_is_a_least_value_in_a_condition_only() {
        check("营业收入达到1000万元的企业", "1000万元", Bound::AtLeast, "");
        check("首次达到1亿元、5亿元的，给予奖励", "1亿元", Bound::AtLeast, "");
        let both = "招用人数达到职工人数25%（超过100人的企业达到15%）并与其签订合同的，给予贷款";
        check(both, "25%", Bound::AtLeast, "");
        check(both, "15%", Bound::AtLeast, "");
        let other = "招用人数达到职工人数15%（超过100人的企业达到8%）以上的，给予贷款";
        check(other, "15%", Bound::AtLeast, "以上");
        check(other, "8%", Bound::AtLeast, "以上");
        check("占比为10%（较上年提高2%）以上", "2%", Bound::Exactly, "");
        check("代偿率达到5%时，暂停业务合作", "5%", Bound::AtLeast, "");
        check("利用率达到80%后方可新增产能", "80%", Bound::AtLeast, "");
        check("达到80%不足90%的，按90%拨付", "80%", Bound::AtLeast, "");
        check("自累计纳税达到500万元之日起兑现", "500万元", Bound::AtLeast, "");
        check("入园率达到90%后，继续提升", "90%", Bound::Exactly, "");
        check("收入达到880亿元的历史新高", "880亿元", Bound::Exactly, "");
        check("收入达到880亿元的规模以上企业", "880亿元", Bound::AtLeast, "");
        check("交易额达到450亿元；", "450亿元", Bound::Exactly, "");
        check("占比达到70%的目标", "70%", Bound::Exactly, "");
        check("普及率达99.9%、94.5%，污水处理设施基本覆盖", "99.9%", Bound::Exactly, "");
    }
}
