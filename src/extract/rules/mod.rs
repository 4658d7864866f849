//! The rules, a file for each topic.

pub mod amount;
mod amount_value;
pub mod cap;
pub mod cap_context;
mod change;
pub mod deadline;
pub mod lead_unit;
pub mod percentage;

#[cfg(test)]
mod tests {
    /// Every rule of every topic keeps to its own examples.
    #[test]
    fn every_rule_keeps_to_its_examples() {
        let mut wrong = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        for card in super::super::cards() {
            assert!(seen.insert(card.id), "{}: the id is used twice", card.id);
            assert!(!card.accepts.is_empty(), "{}: no text that it accepts", card.id);
            assert!(!card.rejects.is_empty(), "{}: no text that it rejects", card.id);
            for (text, expected) in card.accepts {
                let said = (card.run)(text);
                if said != *expected {
                    wrong.push(format!("{} in {text}\n     got {said}\nexpected {expected}", card.id));
                }
            }
            for text in card.rejects {
                let said = (card.run)(text);
                if !said.is_empty() {
                    wrong.push(format!("{} rejects {text}\n     got {said}", card.id));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
