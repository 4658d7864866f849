//! What a document says once about all its lists of units (下同): that the first of each leads, or that brackets without a
//! label are lists of the kind just labelled.

use super::{all_units, list, units};
use crate::extract::passage::Passage;
use crate::extract::rule::{Card, describe_all};
use crate::model::{LeadUnit, Role};

const FIRST_LEADS: &str = "lead_unit/first_leads";
const SAME_BELOW: &str = "lead_unit/same_below";

/// What a document has said so far.
#[derive(Debug, Clone, Default)]
pub struct Customs {
    first_leads: bool,
    /// The role of the units in brackets that say nothing of it.
    unlabelled: Option<Role>,
}

impl Customs {
    /// Reads the units of the next passage by what was said before, and takes in what it says itself.
    pub fn follow(&mut self, passage: &str, found: &mut Vec<LeadUnit>) {
        if let Some(role) = self.unlabelled {
            let more = last_bracket(passage, role, found);
            found.extend(more);
        }
        if found.is_empty() {
            return;
        }
        let said = regex!(
            "(?:排|列)名?(?:在|于)?(?:第一位?|首位)的?(?:部门|单位|者)?(?:为|是)牵头(?:部门|单位)(?<below>[，,]下同)?"
        )
        .captures(passage);
        if self.first_leads || said.is_some() {
            let bracket = |unit: &LeadUnit| list::enclosing(passage, unit.span.start);
            found.chunk_by_mut(|a, b| bracket(a) == bracket(b)).for_each(|listed| name_leader(passage, listed));
        }
        self.first_leads |= said.is_some_and(|said| said.text("below").is_some());
        self.unlabelled = label_for_below(passage, found).or(self.unlabelled);
    }
}

/// The first of several units in a bracket leads, if none is said to; 等有关部门 are others too.
fn name_leader(passage: &str, listed: &mut [LeadUnit]) {
    if let [first, others @ ..] = listed
        && (!others.is_empty() || passage[first.span.end..].starts_with('等'))
        && list::enclosing(passage, first.span.start).is_some()
        && listed.iter().all(|unit| unit.role == Role::Responsible)
    {
        listed[0].role = Role::Lead;
        listed[0].rule = FIRST_LEADS;
    }
}

/// The role of a labelled list with 下同 right behind it: （责任单位：市商务局）（下同）.
fn label_for_below(passage: &str, found: &[LeadUnit]) -> Option<Role> {
    let at = passage.find("下同")?;
    let last = found.iter().rev().find(|unit| unit.span.end <= at && unit.rule == super::LABELLED.id)?;
    let between = &passage[last.span.end..at];
    between.chars().all(|c| list::opens(c) || list::closes(c) || matches!(c, '，' | ',' | '；')).then_some(last.role)
}

/// The units of the bracket with which a passage ends, if nothing else stands in it.
fn last_bracket(passage: &str, role: Role, found: &[LeadUnit]) -> Vec<LeadUnit> {
    let text = passage.strip_suffix('。').unwrap_or(passage);
    let Some(end) = text.char_indices().next_back().filter(|&(_, c)| list::closes(c)).map(|(at, _)| at) else {
        return Vec::new();
    };
    let Some(start) = list::enclosing(passage, end) else { return Vec::new() };
    let is_read = found.iter().any(|unit| unit.span.start >= start);
    match &list::read(passage, start..end)[..] {
        [group] if !is_read && group.role.is_none() && all_units(passage, group) => {
            units(group, role, SAME_BELOW).collect()
        }
        _ => Vec::new(),
    }
}

/// The cards of what is said for a whole document; a line feed parts the passages of their examples.
pub fn cards() -> [Card; 2] {
    let card = |id: &'static str, about, accepts, rejects| Card {
        id,
        about,
        pattern: "",
        accepts,
        rejects,
        run: Box::new(move |document| {
            let mut customs = Customs::default();
            let of_passage = |passage: &str| {
                let mut found = super::scan(&Passage::new(passage));
                customs.follow(passage, &mut found);
                found.retain(|unit| unit.rule == id);
                describe_all(&found, passage)
            };
            document.lines().map(of_passage).filter(|said| !said.is_empty()).collect::<Vec<_>>().join("; ")
        }),
    };
    [
        card(
            FIRST_LEADS,
            "The first unit of a list, where the document says that it leads: 列第一位的为牵头单位, and with 下同 in each list behind.",
            &[
                (
                    "（市财政局、市税务局负责，列第一位的为牵头单位，下同）\n（市商务局、市财政局负责）\n（市商务局负责）",
                    "市财政局 lead; 市商务局 lead",
                ),
                (
                    "（责任单位：市水务局、市财政局。排在第一位的部门为牵头部门）\n（市商务局、市财政局负责）",
                    "市水务局 lead",
                ),
                (
                    "（市财政局、市税务局负责，列第一位的为牵头单位，下同）\n（市商务局等有关部门负责）",
                    "市财政局 lead; 市商务局 lead",
                ),
            ],
            &["（市财政局、市税务局负责，下同）", "本市营商环境位列第一，为牵头单位。"],
        ),
        card(
            SAME_BELOW,
            "Units in a bracket without a label at the end of a passage, where an earlier label was to hold below: （责任单位：…）（下同）.",
            &[(
                "（责任单位：市商务局、市财政局）（下同）\n统一规则。（市公安局，各区政府）",
                "市公安局 responsible; 各区政府 responsible",
            )],
            &[
                "（责任单位：市商务局、市财政局）\n统一规则。（市公安局、各区政府）",
                "（责任单位：市商务局）（下同）\n依法办理（含本数）。\n发布办法（市公安局令）。",
            ],
        ),
    ]
}
