//! Stub.
pub fn ordinal(text: &str) -> Option<u32> {
    let mut total = 0;
    let mut digit = None;
    for c in text.chars() {
        match c {
            '0'..='9' => digit = Some(digit.unwrap_or(0) * 10 + c as u32 - '0' as u32),
            '０'..='９' => digit = Some(digit.unwrap_or(0) * 10 + c as u32 - '０' as u32),
            '十' => total += digit.take().unwrap_or(1) * 10,
            '百' => total += digit.take()? * 100,
            '千' => total += digit.take()? * 1000,
            '零' | '〇' | '○' => {}
            _ => digit = Some("一二三四五六七八九".chars().position(|d| d == c)? as u32 + 1),
        }
    }
    Some(total + digit.unwrap_or(0))
}
