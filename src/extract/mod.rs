//! Mentions of facts in one passage: a paragraph or a table cell of cleaned text, in which no blanks stand between
//! Chinese characters and no line is broken.

pub mod bound;
pub mod calendar;
pub mod explain;
pub mod fragments;
pub mod passage;
pub mod rule;
pub mod rules;
pub mod units;

use crate::model::Mentions;
use jiff::civil::Date;
use passage::Passage;
use rule::Card;
use rules::{amount, cap, deadline, lead_unit, percentage};

/// The cards of all rules, in the order in which they are tried.
pub fn cards() -> Vec<Card> {
    let topics = [amount::cards(), percentage::cards(), cap::cards(), lead_unit::cards(), deadline::cards()];
    topics.into_iter().flatten().collect()
}

/// All facts that a passage states. Dates that hang on the document's own are resolved by `reference`.
///
/// ```
/// let found = gongbao::extract::extract("给予最高50万元补助。（牵头单位：市科技局）", None);
/// assert_eq!((found.amounts.len(), found.caps.len(), found.lead_units.len()), (1, 1, 1));
/// ```
pub fn extract(text: &str, reference: Option<Date>) -> Mentions {
    let mut mentions = Mentions::default();
    let mut start = 0;
    while start < text.len() {
        let end = start + piece_len(&text[start..]);
        explain::note_from(start);
        mentions.append(of_piece(&text[start..end], reference), start);
        start = end;
    }
    mentions
}

/// Bytes of the longest piece that is read at once. Readings look about them, so a passage without end (a document on one
/// line, a file of nothing but numbers) would take a time that grows with its square.
const LONGEST_PIECE: usize = 6 << 10;

/// The bytes of a text that are read at once: all of it, or up to where a sentence or a clause ends.
fn piece_len(text: &str) -> usize {
    if text.len() <= LONGEST_PIECE {
        return text.len();
    }
    let boundary = (0..=LONGEST_PIECE).rev().find(|&at| text.is_char_boundary(at));
    let window = &text[..boundary.unwrap_or(LONGEST_PIECE)];
    let end = |mark: char| window.rfind(mark).map(|at| at + mark.len_utf8());
    ['。', '；', '，'].into_iter().find_map(end).unwrap_or(window.len())
}

fn of_piece(text: &str, reference: Option<Date>) -> Mentions {
    let passage = &Passage::new(text);
    let amounts = amount::scan(passage);
    let percentages = percentage::scan(passage);
    let caps = cap::scan(passage, &amounts, &percentages);
    Mentions {
        amounts,
        percentages,
        caps,
        lead_units: lead_unit::scan(passage),
        deadlines: deadline::scan(passage, reference),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::rule::Mention as _;
    use crate::model::Limit;

    #[test]
    fn a_passage_without_end_is_read_in_pieces() {
        let sentence = "给予最高50万元补助，不超过投资的3%，由市财政局牵头。";
        let passage = sentence.repeat(400);
        let found = extract(&passage, None);
        let counts = [found.amounts.len(), found.percentages.len(), found.caps.len() / 2, found.lead_units.len()];
        assert_eq!(counts, [400; 4]);
        for (nth, amount) in found.amounts.iter().enumerate() {
            let start = nth * sentence.len() + "给予最高".len();
            assert_eq!(amount.span, start..start + "50万元".len());
            assert_eq!(&passage[amount.cue.clone().expect("a cue")], "最高");
        }
        for cap in &found.caps {
            let value = match cap.limit {
                Limit::Amount(at) => found.amounts[at].span(),
                Limit::Percentage(at) => found.percentages[at].span(),
                _ => panic!("{}", cap.describe(&passage)),
            };
            assert!(cap.span.start < value.start && value.end == cap.span.end, "{}", cap.describe(&passage));
        }
        let words = explain::attempts(&passage, None);
        let read = words.iter().filter(|tried| tried.rule == "amount/plain" && tried.span.end > 3 * LONGEST_PIECE);
        assert!(read.clone().count() > 0 && read.clone().all(|tried| &passage[tried.span.clone()] == "50万元"));
    }

    #[test]
    fn pieces_end_with_a_sentence() {
        assert_eq!(piece_len("一句。"), "一句。".len());
        let clauses = "，某某".repeat(LONGEST_PIECE / 9);
        let long = format!("第一句。{clauses}。{clauses}");
        assert_eq!(piece_len(&long), "第一句。".len());
        assert!(long[..piece_len(&long["第一句。".len()..])].len() <= LONGEST_PIECE);
        assert_eq!(piece_len(&"某".repeat(LONGEST_PIECE)), LONGEST_PIECE);
    }
}
