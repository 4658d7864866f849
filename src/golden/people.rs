//! Values as people write them: 2000万元, 50%, by 2025-12-31.

use crate::outputs::fact::{Fact, Kind};
use crate::outputs::value::Value;
use rust_decimal::Decimal;

/// What a field of a fact says, in the unit of that fact.
pub fn field(fact: &Fact, name: &str) -> String {
    let value = fact.get(name);
    match (value.as_number(), name) {
        (Some(number), "value" | "upper") => number_of(fact, number),
        _ => value.to_string(),
    }
}

/// The whole fact in a few words, without its text.
pub fn summary(fact: &Fact) -> String {
    let word = |name: &str| fact.get(name).as_text().unwrap_or_default().to_owned();
    let mut words = match fact.kind {
        Kind::Amount | Kind::Percentage => vec![word("change"), word("bound"), range(fact)],
        Kind::Cap => vec!["at_most".to_owned(), field(fact, "value")],
        Kind::LeadUnit => vec![word("role"), word("name")],
        Kind::Deadline => deadline(fact),
    };
    if let Some(per) = fact.get("per").as_text() {
        words.push(format!("per {per}"));
    }
    if let Some(scope) = fact.get("scope").as_text() {
        words.push(format!("scope {scope}"));
    }
    words.retain(|word| !word.is_empty());
    words.join(" ")
}

fn range(fact: &Fact) -> String {
    match fact.get("upper") {
        Value::Null => field(fact, "value"),
        _ => format!("{} to {}", field(fact, "value"), field(fact, "upper")),
    }
}

fn deadline(fact: &Fact) -> Vec<String> {
    let mut words = vec![field(fact, "kind")];
    let dates = ["from", "to"].map(|name| fact.get(name).as_text().unwrap_or_default());
    words.push(match dates {
        ["", to] => to.to_owned(),
        [from, ""] => format!("from {from}"),
        [from, to] => format!("{from} to {to}"),
    });
    if let Some(duration) = fact.get("duration").as_text() {
        words.push(duration.to_owned());
    }
    if fact.get("working_days") == &Value::Flag(true) {
        words.push("in working days".to_owned());
    }
    if let Some(trigger) = fact.get("trigger").as_text() {
        words.push(format!("after {trigger}"));
    }
    words
}

fn number_of(fact: &Fact, number: Decimal) -> String {
    let text = |name: &str| fact.get(name).as_text().unwrap_or_default();
    let (of, unit) = match fact.kind {
        Kind::Amount => ("amount", text("currency")),
        Kind::Cap => (text("of"), text("unit")),
        _ => ("percentage", text("unit")),
    };
    match (of, unit) {
        ("amount", currency) => money(number, currency),
        ("percentage", "permille") => format!("{}‰", (number * Decimal::ONE_THOUSAND).normalize()),
        ("percentage", "percentage_point") => format!("{}个百分点", (number * Decimal::ONE_HUNDRED).normalize()),
        ("percentage", _) => format!("{}%", (number * Decimal::ONE_HUNDRED).normalize()),
        (_, unit) => format!("{}{unit}", number.normalize()),
    }
}

/// Names of the currencies that such documents speak of; others keep their code.
const CURRENCIES: &[(&str, &str)] =
    &[("CNY", "元"), ("USD", "美元"), ("EUR", "欧元"), ("HKD", "港元"), ("JPY", "日元"), ("GBP", "英镑")];

fn money(value: Decimal, currency: &str) -> String {
    let magnitudes = [(Decimal::from(100_000_000), "亿"), (Decimal::from(10_000), "万")];
    let (value, magnitude) = magnitudes
        .into_iter()
        .find(|(size, _)| value.abs() >= *size)
        .map_or((value, ""), |(size, name)| (value / size, name));
    let value = value.normalize();
    match CURRENCIES.iter().find(|(code, _)| *code == currency) {
        Some((_, name)) => format!("{value}{magnitude}{name}"),
        None => format!("{value}{magnitude} {currency}"),
    }
}

/// What differs between two texts, with some of what is the same around it.
pub fn excerpts(old: &str, new: &str) -> (String, String) {
    let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let most = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    let excerpt = |text: &[char]| {
        let (from, to) = (start.saturating_sub(AROUND), (text.len() - end + AROUND).min(text.len()));
        let (before, after) = (if from > 0 { "…" } else { "" }, if to < text.len() { "…" } else { "" });
        format!("{before}{}{after}", shortened(&text[from..to].iter().collect::<String>(), EXCERPT))
    };
    (excerpt(&old), excerpt(&new))
}

/// Characters shown before and after what differs.
const AROUND: usize = 8;
/// Characters shown of it.
const EXCERPT: usize = 80;

/// The first characters of a text.
pub fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_written_with_its_magnitude() {
        let written = |value: &str, currency| money(value.parse().unwrap(), currency);
        assert_eq!(written("20000000", "CNY"), "2000万元");
        assert_eq!(written("180000000", "USD"), "1.8亿美元");
        assert_eq!(written("800.50", "CNY"), "800.5元");
        assert_eq!(written("12345678", "SGD"), "1234.5678万 SGD");
    }

    #[test]
    fn an_excerpt_shows_what_differs_with_some_words_around_it() {
        let (old, new) = excerpts("给予最高100万元的一次性奖励和补助资金。", "给予最高300万元的一次性奖励和补助资金。");
        assert_eq!((old.as_str(), new.as_str()), ("给予最高100万元的一次性…", "给予最高300万元的一次性…"));
        assert_eq!(excerpts("一二", "一二二"), ("一二".to_owned(), "一二二".to_owned()));
        assert_eq!(excerpts("", "全新"), (String::new(), "全新".to_owned()));
    }
}
