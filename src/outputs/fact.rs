//! Facts of any kind: their place, and the rest of their row as fields by name.

use super::value::Value;
use crate::emit::wire::{Amount, Cap, CapValue, Deadline, LeadUnit, Output, Percentage, Place};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Amount,
    Percentage,
    Cap,
    LeadUnit,
    Deadline,
}

impl Kind {
    pub const ALL: [Self; 5] = [Self::Amount, Self::Percentage, Self::Cap, Self::LeadUnit, Self::Deadline];

    /// The name of one: `lead_unit`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Amount => "amount",
            Self::Percentage => "percentage",
            Self::Cap => "cap",
            Self::LeadUnit => "lead_unit",
            Self::Deadline => "deadline",
        }
    }

    /// The name of their table: `lead_units`.
    pub fn table(self) -> &'static str {
        match self {
            Self::Amount => "amounts",
            Self::Percentage => "percentages",
            Self::Cap => "caps",
            Self::LeadUnit => "lead_units",
            Self::Deadline => "deadlines",
        }
    }
}

/// A row of one of the five tables.
#[derive(Debug)]
pub struct Fact<'a> {
    pub kind: Kind,
    pub place: &'a Place,
    /// What is said at that place, in the order of the row; `fact` of a cap, an id, is not among it.
    pub fields: Vec<(&'static str, Value)>,
    /// Id of the amount or percentage that a cap limits.
    pub limits: Option<&'a str>,
}

impl Fact<'_> {
    /// The value of a field; null for one that such rows do not have.
    pub fn get(&self, field: &str) -> &Value {
        self.fields.iter().find(|(name, _)| *name == field).map_or(&Value::Null, |(_, value)| value)
    }
}

/// The facts of one kind, in the order of their table.
pub fn facts(output: &Output, kind: Kind) -> Vec<Fact<'_>> {
    match kind {
        Kind::Amount => output.amounts.iter().map(amount).collect(),
        Kind::Percentage => output.percentages.iter().map(percentage).collect(),
        Kind::Cap => output.caps.iter().map(cap).collect(),
        Kind::LeadUnit => output.lead_units.iter().map(lead_unit).collect(),
        Kind::Deadline => output.deadlines.iter().map(deadline).collect(),
    }
}

fn amount(row: &Amount) -> Fact<'_> {
    let fields = vec![
        ("value", Value::Number(row.value)),
        ("upper", Value::number(row.upper)),
        ("currency", Value::text(Some(&row.currency))),
        ("bound", Value::text(Some(&row.bound))),
        ("per", Value::text(row.per.as_ref().map(|per| format!("{} {}", per.value.0.normalize(), per.unit)))),
        ("cue", Value::text(row.cue.as_ref())),
        ("rule", Value::text(Some(&row.rule))),
    ];
    Fact { kind: Kind::Amount, place: &row.place, fields, limits: None }
}

fn percentage(row: &Percentage) -> Fact<'_> {
    let fields = vec![
        ("value", Value::Number(row.value)),
        ("upper", Value::number(row.upper)),
        ("unit", Value::text(Some(&row.unit))),
        ("bound", Value::text(Some(&row.bound))),
        ("change", Value::text(row.change.as_ref())),
        ("cue", Value::text(row.cue.as_ref())),
        ("rule", Value::text(Some(&row.rule))),
    ];
    Fact { kind: Kind::Percentage, place: &row.place, fields, limits: None }
}

fn cap(row: &Cap) -> Fact<'_> {
    let value = match &row.value {
        CapValue::Number(number) => Value::Number(*number),
        CapValue::Duration(length) => Value::text(Some(length)),
    };
    let fields = vec![
        ("of", Value::text(Some(&row.of))),
        ("value", value),
        ("unit", Value::text(Some(&row.unit))),
        ("cue", Value::text(row.cue.as_ref())),
        ("scope", Value::text(row.scope.as_ref())),
        ("rule", Value::text(Some(&row.rule))),
    ];
    Fact { kind: Kind::Cap, place: &row.place, fields, limits: row.fact.as_deref() }
}

fn lead_unit(row: &LeadUnit) -> Fact<'_> {
    let fields = vec![
        ("name", Value::text(row.name.as_ref())),
        ("role", Value::text(Some(&row.role))),
        ("rule", Value::text(Some(&row.rule))),
    ];
    Fact { kind: Kind::LeadUnit, place: &row.place, fields, limits: None }
}

fn deadline(row: &Deadline) -> Fact<'_> {
    let fields = vec![
        ("kind", Value::text(Some(&row.kind))),
        ("from", Value::text(row.from.map(|day| day.0.to_string()))),
        ("to", Value::text(row.to.map(|day| day.0.to_string()))),
        ("duration", Value::text(row.duration.as_ref())),
        ("working_days", Value::Flag(row.working_days)),
        ("trigger", Value::text(row.trigger.as_ref())),
        ("rule", Value::text(Some(&row.rule))),
    ];
    Fact { kind: Kind::Deadline, place: &row.place, fields, limits: None }
}
