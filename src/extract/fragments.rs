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
