//! Named pieces of patterns, so that a rule reads as what it means: `${year}年`.

use super::units;
use crate::pattern::Pattern;

/// Name and pattern. A fragment may use fragments that stand above it.
const FRAGMENTS: &[(&str, &str)] = &[
    // Digits in either width.
    ("digit", "[0-9０-９]"),
    ("arabic", r"[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)?"),
    // Chinese and financial numerals, magnitudes included.
    ("cn_digit", "[〇○零一二两三四五六七八九十百千万亿廿卅壹贰叁肆伍陆柒捌玖拾佰仟萬億]"),
    ("magnitude", "[十百千万亿拾佰仟萬億]"),
    // A whole number with its magnitudes; 多 and 余 (30多亿, 100余万) mark an estimate from below. A stray point in a large
    // number (300.万) is a misprint; behind a small one (3.亿元以上项目) it ends a label.
    (
        "number",
        "(?:[0-9]{3,}[.．][万亿]|${arabic}(?:[多余]?${magnitude}+[多余]?(?:${arabic}${magnitude}+)*|[多余])?|${cn_digit}+(?:[点點]${cn_digit}+)?(?:[多余]${magnitude}*)?)",
    ),
    // Dashes and words between the ends of a range.
    ("range_sign", "(?:[-－—–―~～〜]{1,2}|至|到)"),
    // Between the members of a list.
    ("list_sign", "(?:、|和|或者|或|以及|及|与)"),
    // 含 and its like behind a value: （含）, (不含1000万元), （人民币，下同）.
    ("inclusive", "(?:[（(](?:不?含|人民币|下同)[^（）()]{0,12}[）)])"),
    // A value as a list holds it; the unit may stand at the last member alone.
    ("value", "${number}(?:${currency}(?:/[0-9]*${counter})?|[%％‰倍]|[个個]?百分[点點])?"),
    // Words of a limit before a count, and what may stand between them.
    (
        "limit",
        "(?:(?:最高|最多|最长|最大)?不(?:得|能|应|可|宜)?(?:超过|高于|多于|大于|超出|突破)|最高|最多|最长|至多|上限为?|控制在)",
    ),
    ("gap", "[^，。；：、！？（）()《》“”0-9０-９%％]"),
    ("year", "(?:[12][0-9]{3}|[１２][０-９]{3}|[一二][〇○零一二三四五六七八九]{3})"),
    ("month", "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"),
    ("day", "(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"),
    // Points in time, read by `calendar::Point`.
    ("any_month", "(?:1[0-2]|0?[1-9]|１[０-２]|０?[１-９]|十[一二]?|[一二三四五六七八九])"),
    (
        "any_day",
        "(?:3[01]|[12][0-9]|0?[1-9]|３[０１]|[１２][０-９]|０?[１-９]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])",
    ),
    ("month_part", "${any_month}月份?(?:${any_day}[日号]|[上中下]旬|[底末])?"),
    // A day that comes again, or hangs on an event: 每月底, 每季度第一个月10日, 次月10日.
    (
        "recurring",
        "(?:(?:每个?月|次月|当月|下个?月)(?:${any_day}[日号]|[上中下]旬|月?[底末初])|每个?季度?(?:(?:的?第[一二三]|首)个月|首月|次月|末月?)?(?:${any_day}[日号]|[上中下]旬|[底末初]))",
    ),
    ("year_word", "(?:${year}年度?|今年|本年度?|明年|次年|翌年|当年|下一?年度?|每年)"),
    (
        "point",
        "(?:${year_word}的?(?:第?[一二三四1-4]季度|[上下]半年|年?[底末]|${month_part})?[底末]?|${recurring}|${month_part}|第?[一二三四1-4]季度[底末]?|年[底末])",
    ),
    // The count of a length.
    ("count", "(?:[0-9０-９]+|[一二两三四五六七八九十百零〇]+|半)"),
    // What may stand behind a day: （星期五）, （含）; the hour: 下午5点, 17:30.
    ("aside", "(?:[（(](?:含[^）)]{0,4}|(?:星期|周)[一二三四五六日天])[）)])"),
    ("clock", "(?:(?:上午|中午|下午|晚上?)?(?:[0-9]{1,2}[:：][0-9]{2}|${count}(?:时|点)(?:[0-9]{1,2}分|半|整)?))"),
    // From one value to another: 由50万元提高到60万元.
    ("changed_to", "(?:提高|提升|增加|上调|调整|扩大|降低|下调|调减|降|减)(?:到|至|为)"),
    // What a length is counted in.
    ("time_unit", "(?:个?工作日|个?自然日|个工作天|日历日|日|天|个月|年|周年|个年度|周|个?星期|个?小时|分钟|秒钟?)"),
    // How a rank ends that is given a sum, and the words of giving behind it: 省级, 一等奖给予最高.
    ("rank", "(?:级|等奖|类|档|士|本科)(?:每[人名家个])?(?:给予|奖励|补助|补贴|资助)?(?:最高)?"),
];

/// A fragment made from a word list: its name, and what makes it.
type Made = (&'static str, fn() -> String);

const FROM_LEXICON: &[Made] = &[("currency", units::currency_pattern), ("counter", units::counter_pattern)];

/// The pattern with its fragments in place.
///
/// # Panics
/// When it is none: patterns are ours, and a test compiles them all.
pub fn compile(pattern: &str) -> Pattern {
    Pattern::known(&expand(pattern))
}

/// Puts the fragments in place of their `${name}`.
///
/// # Panics
/// When a name is unknown: patterns are ours, and a test expands them all.
pub fn expand(pattern: &str) -> String {
    let mut out = pattern.to_owned();
    for (name, fragment) in FRAGMENTS.iter().rev() {
        out = out.replace(&format!("${{{name}}}"), fragment);
    }
    for (name, fragment) in FROM_LEXICON {
        let name = format!("${{{name}}}");
        if out.contains(&name) {
            out = out.replace(&name, &fragment());
        }
    }
    assert!(!out.contains("${"), "unknown fragment in {pattern}");
    out
}
