//! Whether a percentage tells a rise or a fall: 增长5%, 下降2个百分点; a level that is reached (提高到70%) is neither.

use crate::extract::bound;
use crate::lexicon::Endings;
use crate::model::Change;
use crate::pattern::{Pattern, Signature};
use crate::span::Span;
use std::sync::LazyLock;

/// Words of rise and fall, and the change they tell; those of `CHANGES` that can govern an object (降低用电成本10%) reach
/// over it.
const CHANGES: &[(&str, Change, bool)] = &[
    ("增长", Change::Increase, true),
    ("增加", Change::Increase, true),
    ("提高", Change::Increase, true),
    ("提升", Change::Increase, true),
    ("上升", Change::Increase, false),
    ("上涨", Change::Increase, false),
    ("上浮", Change::Increase, true),
    ("上调", Change::Increase, true),
    ("增速", Change::Increase, true),
    ("增幅", Change::Increase, true),
    ("涨幅", Change::Increase, true),
    ("增长率", Change::Increase, true),
    ("递增", Change::Increase, false),
    ("递减", Change::Decrease, false),
    ("回升", Change::Increase, false),
    ("加快", Change::Increase, false),
    ("提速", Change::Increase, false),
    ("升高", Change::Increase, false),
    ("增值", Change::Increase, false),
    ("扩大", Change::Increase, false),
    ("增收", Change::Increase, false),
    ("增", Change::Increase, false),
    ("涨", Change::Increase, false),
    ("下降", Change::Decrease, true),
    ("降低", Change::Decrease, true),
    ("减少", Change::Decrease, true),
    ("下调", Change::Decrease, true),
    ("下浮", Change::Decrease, true),
    ("下滑", Change::Decrease, false),
    ("精简", Change::Decrease, true),
    ("压减", Change::Decrease, true),
    ("压缩", Change::Decrease, true),
    ("压降", Change::Decrease, true),
    ("削减", Change::Decrease, true),
    ("缩减", Change::Decrease, true),
    ("缩短", Change::Decrease, true),
    ("降幅", Change::Decrease, true),
    ("跌幅", Change::Decrease, true),
    ("回落", Change::Decrease, false),
    ("收窄", Change::Decrease, false),
    ("缩小", Change::Decrease, false),
    ("放缓", Change::Decrease, false),
    ("下跌", Change::Decrease, false),
    ("降价", Change::Decrease, false),
    ("降", Change::Decrease, false),
    ("减", Change::Decrease, false),
];

/// Words that end in a word of change and are none.
const NOT_CHANGES: &[&str] =
    &["新增", "倍增", "速递增", "减免", "霜降", "扣减", "双降", "上下浮", "增减", "升降", "涨跌幅"];

/// Words right before a value (bound cues aside) that make it a level: 提高到70%, 降至1.5%.
const LEVELS: &[&str] = &["到", "至", "为"];

/// Verbs behind which 为 names a level (由30%下调为25%); the other words of change are what 为 tells the size of: 增速为5%.
const LED_TO: &[&str] = &[
    "提高", "提升", "增加", "上调", "扩大", "下调", "降低", "下降", "减少", "压减", "压缩", "压降", "削减", "缩减",
    "缩短", "缩小", "降", "减",
];

/// What may stand between a word of change and its value.
const CHANGE_FILLERS: &[&str] = &[
    "分别达到",
    "分别为",
    "分别达",
    "分别",
    "均达到",
    "均",
    "达到",
    "达",
    "了",
    "约",
    "近",
    "保持在",
    "稳定在",
    "控制在",
    "目标",
    "力争",
    "至少",
    "在",
    "各",
    "为",
    "也",
    "都",
    "率",
    "速度",
    "仅",
    "再",
    "：",
    "（",
    "(",
    "可",
    "比例",
];

/// Words that tell a change from behind the value: 以年均10%的速度增长.
const CHANGES_BEHIND: &[(&str, Change)] = &[
    ("的增长", Change::Increase),
    ("的年均增长", Change::Increase),
    ("的速度增长", Change::Increase),
    ("的速度递增", Change::Increase),
    ("的增速", Change::Increase),
    ("的增幅", Change::Increase),
    ("的年均增速", Change::Increase),
    ("增速", Change::Increase),
    ("增长，", Change::Increase),
    ("增长。", Change::Increase),
    ("增长；", Change::Increase),
    ("增长、", Change::Increase),
    ("的降幅", Change::Decrease),
    ("的速度下降", Change::Decrease),
];

/// Words between a verb of change and a value that show that the value measures something else (提高工业用地比例不低于30%).
const NO_OBJECT: &[&str] = &[
    "高于",
    "低于",
    "快于",
    "好于",
    "占",
    "比重",
    "率",
    "按",
    "给予",
    "至",
    "到",
    "从",
    "由",
    "超过",
    "不低于",
    "的",
    "比例",
    "达",
    "以",
    "贡献",
];

/// How many characters of object a verb of change reaches over.
const OBJECT_REACH: usize = 10;

static CHANGES_BY_END: LazyLock<Endings> = LazyLock::new(|| Endings::new(CHANGES.iter().map(|(word, ..)| *word)));

static FILLERS_BY_END: LazyLock<Endings> = LazyLock::new(|| Endings::new(CHANGE_FILLERS.iter().copied()));

/// The change of the percentage at `span`.
pub fn change(passage: &str, span: &Span) -> Option<Change> {
    let before = bound::before_list(&passage[..span.start]);
    change_before(before).or_else(|| {
        let rest = &passage[bound::end_of_list(passage, span.end)..];
        let behind = CHANGES_BEHIND.iter().find(|(word, _)| rest.starts_with(word)).map(|&(_, change)| change);
        behind.or_else(|| is_measure(before).then(|| change_by(rest)).flatten())
    })
}

/// Whether the words before a value make it the measure of what is done behind it: 按10%的比例压减.
fn is_measure(before: &str) -> bool {
    let before = bound::longest_cue(before).map_or(before, |cue| &before[..before.len() - cue.form.len()]);
    let before = ["每年", "年均"].iter().find_map(|period| before.strip_suffix(period)).unwrap_or(before);
    before.ends_with(['按', '照', '以'])
}

/// The change that is made by the value before `rest`: 按10%的比例压减, 按10%上浮; 按10%提高到20% leads to a level.
fn change_by(rest: &str) -> Option<Change> {
    let rest = rest.strip_prefix('的').unwrap_or(rest);
    let rest = ["比例", "幅度"].iter().find_map(|measure| rest.strip_prefix(measure)).unwrap_or(rest);
    // 按10%减免 is no change by it.
    let made = |(word, ..): &&(&str, Change, bool)| word.chars().count() > 1 && rest.starts_with(word);
    let &(word, change, _) = CHANGES.iter().find(made)?;
    // 按20%增加值计算
    (!rest[word.len()..].starts_with(['到', '至', '为', '值'])).then_some(change)
}

/// Words of comparison, behind which a rate of change is what is compared with: 快于全国增速2个百分点.
const COMPARED: &[&str] = &["快于", "高于", "低于", "慢于", "好于", "优于"];

fn change_before(before: &str) -> Option<Change> {
    let mut text = before;
    for _ in 0..6 {
        if let Some(change) = ends_with_change(text) {
            let clause = &text[bound::clause_start(text)..];
            return Some(change).filter(|_| !COMPARED.iter().any(|word| clause.contains(word)));
        }
        if let Some(rest) = without_base_year(text).or_else(|| without_lesser_goal(text)) {
            text = bound::before_list(rest);
            continue;
        }
        let filler = FILLERS_BY_END.of(text).next().map(|(_, filler)| filler);
        let filler = filler.or_else(|| bound::longest_cue(text).map(|cue| cue.form));
        let stripped = filler.and_then(|filler| text.strip_suffix(filler));
        if stripped.is_some_and(|rest| filler == Some("为") && LED_TO.iter().any(|verb| rest.ends_with(verb))) {
            return None;
        }
        match stripped {
            // 提高到 and 降至 name a level; 增速达到 does not.
            Some(rest) => text = rest,
            None => break,
        }
        if LEVELS.iter().any(|level| text.ends_with(level)) && !text.ends_with("分别为") {
            break;
        }
    }
    let clause = &text[bound::clause_start(text)..];
    if LEVELS.iter().any(|level| text.ends_with(level)) {
        return None;
    }
    let (word, change, at) = last_governing(clause)?;
    let object = &clause[at + word.len()..];
    let one = object.chars().count() <= OBJECT_REACH && !object.contains(|c: char| c.is_ascii_digit() || c == '、');
    let fits = (one || is_parallel(object)) && !NO_OBJECT.iter().any(|other| object.contains(other))
        || is_limited_by_base(object);
    let fits = fits && !NOT_CHANGES.iter().any(|other| clause[..at + word.len()].ends_with(other));
    fits.then_some(change)
}

/// Whether objects alike in length stand behind a verb of change, each but the last with its value: 压减时间58%、材料 before 52%.
fn is_parallel(objects: &str) -> bool {
    static MEMBER: LazyLock<Pattern> =
        LazyLock::new(|| Pattern::known("^[^0-9]{2,6}[0-9]+(?:[.][0-9]+)?(?:[%％]|个百分点)$"));
    let name = |member: &str| member.find(|c: char| c.is_ascii_digit());
    let Some((before, last)) = objects.rsplit_once('、') else { return false };
    before.split('、').all(|member| MEMBER.is_match(member) && name(member) == Some(last.len()))
}

/// Whether a limit and a base stand between a verb of change and its share: 上浮不得超过政府指导价的15%.
fn is_limited_by_base(object: &str) -> bool {
    static LIMITED: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::known("^(?:幅度|比例)?(?:最高|最多)?不(?:得|能)?(?:超过|高于|低于|少于)[^，。；：、0-9]{1,10}的$")
    });
    LIMITED.is_match(object)
}

/// The last verb in a clause that can govern an object, with its change and its place.
fn last_governing(clause: &str) -> Option<(&'static str, Change, usize)> {
    static FIRST: LazyLock<Signature> =
        LazyLock::new(|| Signature::of_all(CHANGES.iter().filter_map(|(word, ..)| word.chars().next()).map(u32::from)));
    let mut starts = clause.char_indices().rev().filter(|&(_, c)| FIRST.may_hold(c.into()));
    starts.find_map(|(at, _)| {
        let stands = |(word, _, governs): &&(&str, Change, bool)| *governs && clause[at..].starts_with(word);
        CHANGES.iter().rfind(stands).map(|&(word, change, _)| (word, change, at))
    })
}

/// `text` without the year that a change is measured from: 比例较2010年 → 比例.
fn without_base_year(text: &str) -> Option<&str> {
    static BASE: LazyLock<Pattern> =
        LazyLock::new(|| Pattern::known("(?:较|比)(?:[12][0-9]{3}年|上年|去年|上一年|基期)(?:同期|底|末|水平)?$"));
    BASE.find(text).map(|found| &text[..found.start])
}

/// `text` without a goal that is followed by a greater one: 增长5%左右、力争 → 增长.
fn without_lesser_goal(text: &str) -> Option<&str> {
    static GOAL: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::known("[0-9.]+(?:[%％]|个百分点)(?:左右|以上|以内|上下)?[、，](?:并|且)?(?:力争|争取|努力)$")
    });
    GOAL.find(text).map(|found| &text[..found.start])
}

fn ends_with_change(text: &str) -> Option<Change> {
    if NOT_CHANGES.iter().any(|other| text.ends_with(other)) {
        return None;
    }
    CHANGES_BY_END.of(text).max_by_key(|(_, word)| word.len()).map(|(nth, _)| CHANGES[nth].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(passage: &str, value: &str, expected: Option<Change>) {
        let start = passage.find(value).expect("the value stands in the passage");
        assert_eq!(change(passage, &(start..start + value.len())), expected, "{passage}");
    }

    #[test]
    fn words_before_the_value_tell_the_change() {
        check("增长5%", "5%", Some(Change::Increase));
        check("增速保持在8%左右", "8%", Some(Change::Increase));
        check("降低用电成本10%", "10%", Some(Change::Decrease));
        check("削减比例较2010年不低于10%", "10%", Some(Change::Decrease));
        check("平均降价超30%", "30%", Some(Change::Decrease));
        check("分别增长2.5倍、60%", "60%", Some(Change::Increase));
        check("分别增长7%左右和8%左右", "8%", Some(Change::Increase));
        check("增长5%左右、力争达到6%", "6%", Some(Change::Increase));
        check("增长5%，力争8%", "8%", Some(Change::Increase));
        check("占比5%、力争8%", "8%", None);
        check("提高工业用地占比30%", "30%", None);
        check("对工业增长贡献超50%", "50%", None);
        check("新增贷款的2%", "2%", None);
        check("出口快于全国增速2个百分点", "2个百分点", None);
        check("审批提速20％以上", "20％", Some(Change::Increase));
        check("平均压减时间58%、材料52%", "52%", Some(Change::Decrease));
        check("降低电价10%、研发投入5%", "5%", None);
        check("上浮不得超过政府指导价的15%", "15%", Some(Change::Increase));
        check("提高的费用不得超过总额的15%", "15%", None);
        check("上下浮动幅度不超过20%", "20%", None);
        check("人员增减5%以上", "5%", None);
    }

    #[test]
    fn words_behind_the_value_tell_it_too() {
        check("以年均10%的速度增长", "10%", Some(Change::Increase));
        check("保持10%以上增长。", "10%", Some(Change::Increase));
        check("按不低于5%的比例压减", "5%", Some(Change::Decrease));
        check("检测费按20%下浮", "20%", Some(Change::Decrease));
        check("按每年5%的比例递减", "5%", Some(Change::Decrease));
        check("按50%减免租金", "50%", None);
        check("按20%增加值计算", "20%", None);
        check("按20%提高到30%", "20%", None);
        check("占比20%提高5个百分点", "20%", None);
    }

    #[test]
    fn levels_are_no_changes() {
        check("提高到70%", "70%", None);
        check("降至1.5%", "1.5%", None);
        check("首付比例由30%下调为25%", "25%", None);
        check("由8%降低为不高于6%", "6%", None);
        check("增长率为5%", "5%", Some(Change::Increase));
        check("下降幅度为5%", "5%", Some(Change::Decrease));
    }
}
