//! Stub until the numeral reader of the other branch arrives.

/// A whole number in Arabic (either width) or Chinese digits, below 1000.
pub fn ordinal(text: &str) -> Option<u32> {
    let digit = |c: char| match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => "〇一二三四五六七八九".chars().position(|d| d == c).map(|i| i as u32).or(match c {
            '两' => Some(2),
            '零' => Some(0),
            _ => None,
        }),
    };
    if text.is_empty() || text.chars().count() > 7 {
        return None;
    }
    if text.chars().all(|c| c.is_ascii_digit() || ('０'..='９').contains(&c)) {
        return text.chars().try_fold(0, |n, c| Some(n * 10 + digit(c)?));
    }
    let (mut total, mut last) = (0, None);
    for c in text.chars() {
        match c {
            '百' => total += last.take()? * 100,
            '十' => total += last.take().unwrap_or(1) * 10,
            _ => last = Some(digit(c)?),
        }
    }
    Some(total + last.unwrap_or(0))
}
