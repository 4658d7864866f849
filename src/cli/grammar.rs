//! The page GRAMMAR.md: every rule with its examples, by topic.

use gongbao::extract::rule::Card;
use std::io::{self, Write};

const INTRODUCTION: &str = "\
# Grammar

What gongbao reads from a passage, rule by rule.
This page is made from the rules by `gongbao rules --format markdown`, and its examples are their tests; change the rules in `src/extract/rules/`, not this page.

A passage is a paragraph of a provision, or a cell of a table, without blanks and line ends between Chinese characters.
The rules of a topic are tried in the order given here: what an earlier one has read, a later one leaves alone.
Each example shows what its rule reads by itself: the text that states the fact, then its values; `;` parts several facts.
`gongbao explain` shows the same for any text.
";

/// What each topic is about.
const TOPICS: &[(&str, &str)] = &[
    ("amount", "Amounts of money (金额), in the base unit of their currency: 2000万元 is 20000000 CNY."),
    ("percentage", "Rates and shares (百分比), as fractions: 5% is 0.05."),
    ("cap", "Caps (上限): upper limits on what is given, charged or permitted."),
    ("lead_unit", "Units that lead, support or answer for a task (牵头单位, 配合单位, 责任单位)."),
    ("deadline", "Limits in time that bind (时限): by when, within what length, from when in force, how long valid."),
];

/// Writes the page.
pub fn write(out: &mut impl Write, cards: &[Card]) -> io::Result<()> {
    write!(out, "{INTRODUCTION}")?;
    for of_topic in cards.chunk_by(|a, b| topic(a) == topic(b)) {
        let Some(first) = of_topic.first() else { continue };
        writeln!(out, "\n## {}", topic(first))?;
        if let Some((_, about)) = TOPICS.iter().find(|(name, _)| *name == topic(first)) {
            writeln!(out, "\n{about}")?;
        }
        for card in of_topic {
            write_rule(out, card)?;
        }
    }
    Ok(())
}

fn topic(card: &Card) -> &'static str {
    card.id.split('/').next().unwrap_or(card.id)
}

fn write_rule(out: &mut impl Write, card: &Card) -> io::Result<()> {
    writeln!(out, "\n### `{}`\n\n{}\n\n| text | reading |\n| --- | --- |", card.id, escaped(card.about))?;
    for (text, found) in card.accepts {
        writeln!(out, "| {} | {} |", escaped(text), escaped(found))?;
    }
    writeln!(out, "\nLeft alone:\n")?;
    for text in card.rejects {
        writeln!(out, "- {}", escaped(text))?;
    }
    Ok(())
}

/// The text with the signs of Markdown written as themselves. `_` stands inside words only, where it is no sign.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        // At the start of an item, these would begin a list of their own.
        let begins = at == 0 && matches!(c, '-' | '+' | '#' | '>');
        if begins || matches!(c, '|' | '<' | '*' | '`' | '[' | ']' | '\\' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn signs_of_markdown_are_escaped() {
        assert_eq!(escaped("5%|10%"), "5%\\|10%");
        assert_eq!(escaped("C<30% [注] *"), "C\\<30% \\[注\\] \\*");
        assert_eq!(escaped("-"), "\\-");
    }
}
