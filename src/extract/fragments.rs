//! Named pieces of patterns, so that a rule reads as what it means: `${year}年`.

/// Name and pattern. A fragment may use fragments that stand above it.
const FRAGMENTS: &[(&str, &str)] = &[
    // Digits in either width.
    ("digit", "[0-9０-９]"),
    ("arabic", r"[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)?"),
    // Chinese and financial numerals, magnitudes included.
    ("cn_digit", "[〇○零一二两三四五六七八九十百千万亿廿卅壹贰叁肆伍陆柒捌玖拾佰仟萬億]"),
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
    ("year_word", "(?:${year}年度?|今年|本年度?|明年|次年|翌年|当年|下一?年度?|每年)"),
    (
        "point",
        "(?:${year_word}的?(?:第?[一二三四1-4]季度|[上下]半年|年?[底末]|${month_part})?[底末]?|每月${any_day}[日号]|${month_part}|年[底末])",
    ),
    // The count of a length, and what it is counted in.
    ("count", "(?:[0-9０-９]+|[一二两三四五六七八九十百零〇]+|半)"),
    ("time_unit", "(?:个?工作日|个?自然日|个工作天|日历日|日|天|个月|年|周年|周|个?星期|个?小时|分钟)"),
];

/// Puts the fragments in place of their `${name}`.
///
/// # Panics
/// When a name is unknown: patterns are ours, and a test expands them all.
pub fn expand(pattern: &str) -> String {
    let mut out = pattern.to_owned();
    for (name, fragment) in FRAGMENTS.iter().rev() {
        out = out.replace(&format!("${{{name}}}"), fragment);
    }
    assert!(!out.contains("${"), "unknown fragment in {pattern}");
    out
}
