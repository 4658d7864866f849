//! What stands around a date or a length, and tells a limit from a report, a condition or a title.

use crate::extract::calendar::{Length, Point};
use crate::extract::rule::Found;
use crate::pattern::Pattern;
use crate::span::Span;
use std::sync::LazyLock;

/// The length in the groups `count` and `unit`.
pub(super) fn length(found: &Found<'_>) -> Option<Length> {
    // The count must not be the tail of a longer number or word: 2023年内, 第三日内.
    let count = found.group("count")?;
    let cut = found.passage[..count.start]
        .chars()
        .next_back()
        .is_some_and(|c| c.is_numeric() || "一二两三四五六七八九十百零〇.．第".contains(c));
    // 5月3日内蒙古: a day of a month is no length.
    let dated = found.text("unit") == Some("日") && is_month(&found.passage[..count.start]);
    if cut || dated { None } else { Length::read(found.text("count")?, found.text("unit")?) }
}

/// Whether the text ends with a month: 5月, but not 个月 and 每月.
fn is_month(text: &str) -> bool {
    let number = text.strip_suffix('月').unwrap_or_default();
    number.ends_with(|c: char| c.is_numeric() || "一二三四五六七八九十".contains(c))
}

/// Both ends of a period.
pub(super) fn ends(found: &Found<'_>) -> Option<(Point, Point)> {
    if tail_of_number(found, "from") {
        return None;
    }
    let from = Point::read(found.text("from")?)?;
    Some((from, Point::read_after(found.text("to")?, from)?))
}

/// Whether a digit stands before the group, so that it is the end of another number.
pub(super) fn tail_of_number(found: &Found<'_>, group: &str) -> bool {
    let before = found.group(group).and_then(|span| found.passage[..span.start].chars().next_back());
    before.is_some_and(|c| c.is_numeric() || matches!(c, '.' | '．' | '-' | '十' | '百' | '个'))
}

pub(super) fn continues(found: &Found<'_>, words: &[&str]) -> bool {
    words.iter().any(|word| found.after().starts_with(word))
}

/// Whether the text speaks of what has been, or cites a title.
pub(super) fn past_or_quoted(found: &Found<'_>) -> bool {
    let before = found.before();
    let in_title =
        before.rfind('《').is_some_and(|open| !before[open..].contains('》')) && found.after().contains('》');
    // An optional 自 that the match went without.
    let clause = before.trim_end_matches(['自', '从', '于', '在', '到', '至']);
    in_title || ["已", "已经", "曾", "曾于", "已自", "截至", "截止", "原"].iter().any(|word| clause.ends_with(word))
}

/// Whether what is spoken of came about by the point: 2020年底前建成的房屋. Only a point to come limits it: 2027年底前入驻的.
pub(super) fn came_about(found: &Found<'_>) -> bool {
    static CAME: LazyLock<Pattern> = LazyLock::new(|| {
        let pattern = r"^(?:依法)?(?:投运|入驻|落户|迁入|引进|开业|投产|建成|登记|注册|成立|设立|参加|取得|购置|签订|入库|竣工|批准|审批|发生|印发|出台|受理)[^，。；]{0,12}?的[^，。；]";
        Pattern::known(pattern)
    });
    CAME.is_match(found.after())
}

/// Whether a point only tells of what was: 1990年前出生, 2020年底前已建成.
pub(super) fn is_told(found: &Found<'_>) -> bool {
    static TOLD: LazyLock<Pattern> = LazyLock::new(|| Pattern::known("^已|^出生|^的"));
    let tail = found
        .before()
        .chars()
        .next_back()
        .is_some_and(|c| c.is_numeric() || matches!(c, '.' | '-' | '十' | '个' | '每' | '第'));
    tail || TOLD.is_match(found.after())
}

/// Whether a length measures what someone did or was (近5年内, 一年内两次以上…的) instead of setting a limit.
pub(super) fn is_condition(found: &Found<'_>) -> bool {
    static BEFORE: &[&str] = &[
        "近",
        "最近",
        "过去",
        "未",
        "未在",
        "未于",
        "没有在",
        "离校",
        "毕业",
        "压缩至",
        "压减至",
        "缩短至",
        "缩减至",
        "压缩到",
        "缩短到",
        "控制在",
        "控制",
        "压缩",
        "压缩在",
        "此前",
        "前",
        "之前",
        "连续",
        "任意",
        "任一",
        "同一",
        "每",
        "凡",
        "上",
    ];
    static AFTER: LazyLock<Pattern> = LazyLock::new(|| {
        let pattern = r"(?x)^(?:[（(]不?含[）)])?[，,]?(?:
            (?:均|都)?(?:无[^息偿条]|未曾|没有|曾|累计[^，。；]{0,24}(?:次|分|起|的|个月)|发生|受到|受过|被|因|连续|又|再犯|再次(?:违反|发生|实施)|出现|存在|有过|检验合格|有效|新引进|毕业)
            |(?:首次)?(?:获得?|取得)[^，。；]{0,24}的
            |[二两三四五六七八九十0-9]+(?:次|起|个以上|人次)|一(?:次以上|次及|次或|起|人次)
            |就(?:实现|完成|建成|达到|突破)
            |[^，。；]{0,30}(?:不少于|不低于|超过|达到)[^，。；]{0,20}的(?:[，；。]|企业|项目|单位|个人)
            |的|者|到期|且(?:未|尚|仍)|尚未|仍|未就业
            |(?:仍|均|都)?(?:未|没有|不能|不履行|不缴纳|不改正|拒不|拒绝)[^，。；]{0,24}的[，；。：]
            )";
        Pattern::known(pattern)
    });
    // 原则上5个工作日内: no 上 of 上5年.
    let before = found.before();
    let adverb = ["则上", "本上", "体上", "般上"].iter().any(|word| before.ends_with(word));
    !adverb && BEFORE.iter().any(|word| before.ends_with(word)) || AFTER.is_match(found.after())
}

/// The event that stands before a length: where the deadline starts, and the event's own words.
pub(super) fn event_before(found: &Found<'_>) -> Option<(usize, Span)> {
    let link = found.span().start;
    let window = found.before().char_indices().rev().nth(39).map_or(0, |(at, _)| at);
    let before = &found.passage[window..link];
    // The event lies in the same clause; a list inside it (文件、资料) belongs to it.
    let ends_clause = |c: char| match c {
        '（' => !before.contains('）'),
        _ => matches!(c, '。' | '；' | '：' | '，' | '？' | '！' | ',' | ';' | ':'),
    };
    let clause = before
        .rfind(ends_clause)
        .map_or(window, |at| window + at + before[at..].chars().next().map_or(0, char::len_utf8));
    let text = &found.passage[clause..link];
    // A number that a lost line end has glued on: （二）企业转制后.
    let numbered = text.starts_with('（').then(|| text.find('）')).flatten().map_or(0, |at| at + "）".len());
    let (clause, text) = (clause + numbered, &text[numbered..]);
    // 自治区 and 从事 begin no length.
    let begins =
        |&(at, _): &(usize, &str)| !text[at..].chars().nth(1).is_some_and(|c| "治然行主动愿己身贸事业".contains(c));
    let from = text.rmatch_indices(['自', '从']).find(begins).map(|(at, word)| (at, at + word.len()));
    let (start, event) = match from {
        Some((at, event)) => (clause + at, clause + event),
        None => {
            let cues = ["应当在", "应在", "应于", "须在", "须于", "应当于", "应当", "必须在", "要在", "在", "于"];
            let cue = cues.iter().filter_map(|word| text.rfind(word).map(|at| at + word.len())).max();
            let event = clause + cue.unwrap_or(0);
            let own = ["在", "于"].iter().any(|word| found.passage[..event].ends_with(word));
            let start = if own { event - "在".len() } else { event };
            // Without a cue the clause begins with who acts: 登记机关受理申请后，….
            let verbs = ["收到", "接到", "受理", "取得", "签订", "发现", "完成", "作出", "做出", "提交", "获得"];
            let acts = || verbs.iter().filter_map(|verb| text.find(verb)).min().map(|at| clause + at);
            match cue {
                Some(_) => (start, event),
                None => acts().map_or((start, event), |at| (at, at)),
            }
        }
    };
    (event < link).then_some((start, event..link))
}
