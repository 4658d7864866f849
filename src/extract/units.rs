//! Currencies (ISO 4217) and counters (量词), read from the tables in `lexicon/`.

use std::sync::LazyLock;

const CURRENCIES: &str = include_str!("../lexicon/currencies.tsv");
const COUNTERS: &str = include_str!("../lexicon/counters.tsv");

static CURRENCY_FORMS: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    let row = |line: &'static str| {
        let mut cells = line.split('\t');
        Some((cells.next()?, cells.next()?))
    };
    rows(CURRENCIES).filter_map(row).collect()
});

/// The ISO 4217 code of a currency word: 元 → CNY, 美元 → USD.
pub fn currency(form: &str) -> Option<&'static str> {
    CURRENCY_FORMS.iter().find(|(f, _)| *f == form).map(|&(_, code)| code)
}

/// A pattern of all currency words, longer ones first.
pub fn currency_pattern() -> String {
    alternation(CURRENCY_FORMS.iter().map(|&(form, _)| form))
}

/// A pattern of all counters, longer ones first.
pub fn counter_pattern() -> String {
    alternation(rows(COUNTERS).filter_map(|line| line.split('\t').next()))
}

fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn alternation(forms: impl Iterator<Item = &'static str>) -> String {
    let mut forms: Vec<&str> = forms.collect();
    forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
    format!("(?:{})", forms.join("|"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_and_unique() {
        for table in [CURRENCIES, COUNTERS] {
            let forms: Vec<&str> = rows(table).filter_map(|line| line.split('\t').next()).collect();
            assert!(forms.windows(2).all(|pair| pair[0] < pair[1]), "{forms:?}");
        }
    }

    #[test]
    fn every_currency_has_a_code_of_three_letters() {
        for (form, code) in CURRENCY_FORMS.iter() {
            assert!(code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()), "{form} {code}");
        }
        assert_eq!(currency("元人民币"), Some("CNY"));
        assert_eq!(currency("两"), None);
    }
}
