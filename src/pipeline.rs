//! The order of the stages for one source: normalise → segment → extract → assemble. All of it is pure and never fails;
//! what is odd becomes a diagnostic.

use crate::extract::explain::{self, Attempt};
use crate::model::{LeadUnit, Record, Source};
use crate::span::Span;
use crate::{assemble, normalise, segment};
use jiff::civil::Date;
use std::collections::{HashMap, HashSet};
use std::ops::RangeInclusive;

/// Everything that one source says.
pub fn record(source: &Source) -> Record {
    let text = normalise::normalise(source);
    let outline = segment::segment(&text);
    assemble::assemble(source, text, outline)
}

/// The facts of one line of text: a record without documents, whose facts name no provision.
///
/// ```
/// let record = gongbao::pipeline::facts("给予最高 2000 万元补助。");
/// assert_eq!(record.clean, "给予最高2000万元补助。");
/// assert_eq!(record.map.source(&(6..24)), 6..26);
/// ```
pub fn facts(line: &str) -> Record {
    assemble::assemble_line(normalise::normalise_line(line))
}

/// A passage as the rules see it: a paragraph of a provision, or a line that is a text of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Lines of the source over which it runs, counted from 1.
    pub lines: RangeInclusive<usize>,
    /// Id of the provision whose own text it is; a line has none.
    pub provision: Option<String>,
    /// Label of that provision, as written: `第八条`.
    pub label: Option<String>,
    /// Cleaned, with its lines joined.
    pub text: String,
    /// Bytes of the cleaned text of the source.
    span: Span,
    /// The date of the document, by which its dates are read.
    reference: Option<Date>,
}

/// The passages of one source in which facts are looked for, in order, with what the rules try in each. Cells of tables
/// are none; only those for which `wanted` holds are read.
///
/// A fact that the rules read and the record of the source has not is [dropped](explain::Outcome::Dropped): so are all
/// those of contents, mastheads, diaries and lists.
pub fn explain(source: &Source, wanted: impl Fn(&Passage) -> bool) -> Vec<(Passage, Vec<Attempt>)> {
    let text = normalise::normalise(source);
    let outline = segment::segment(&text);
    let nodes = outline.nodes.clone();
    let record = assemble::assemble(source, text, outline);
    let kept = places(&record);
    let days: HashMap<&str, Option<Date>> = record.documents.iter().map(|d| (d.id.as_str(), d.day())).collect();
    let starts: Vec<usize> = std::iter::once(0).chain(source.text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let line = |byte: usize| starts.partition_point(|&start| start <= byte);
    let paragraphs = nodes.iter().zip(&record.provisions).flat_map(|(node, provision)| {
        node.own.iter().filter(|own| !own.is_empty()).map(move |own| (own.clone(), provision))
    });
    let passages = paragraphs.map(|(span, provision)| {
        let place = record.map.source(&span);
        Passage {
            lines: line(place.start)..=line(place.end - 1),
            provision: Some(provision.id.clone()),
            label: provision.label.clone(),
            text: record.clean[span.clone()].to_owned(),
            span,
            reference: days.get(provision.document.as_str()).copied().flatten(),
        }
    });
    let explained = passages.filter(wanted).map(|passage| {
        let mut attempts = explain::attempts(&passage.text, passage.reference);
        let at = passage.span.start;
        explain::keep_only(&mut attempts, |span, rule| kept.contains(&(span.start + at..span.end + at, rule)));
        let of_passage = record
            .lead_units
            .iter()
            .map(|row| &row.fact)
            .filter(|unit| passage.span.start <= unit.span.start && unit.span.end <= passage.span.end);
        let in_passage = |unit: &LeadUnit| LeadUnit { span: unit.span.start - at..unit.span.end - at, ..unit.clone() };
        explain::add_read(&mut attempts, &passage.text, of_passage.map(|unit| (in_passage(unit), unit.rule)));
        (passage, attempts)
    });
    explained.collect()
}

/// What the rules try in one line of text; `number` is that of the line.
///
/// ```
/// let (passage, tried) = gongbao::pipeline::explain_line("给予 2000 万元补助", 1);
/// assert_eq!(passage.text, "给予2000万元补助");
/// assert!(tried.iter().any(|attempt| attempt.rule == "amount/plain"));
/// ```
pub fn explain_line(line: &str, number: usize) -> (Passage, Vec<Attempt>) {
    let text = normalise::normalise_line(line).clean;
    let attempts = explain::attempts(&text, None);
    let (span, lines) = (0..text.len(), number..=number);
    (Passage { lines, provision: None, label: None, text, span, reference: None }, attempts)
}

/// Where the facts of a record stand in its cleaned text, and the rule of each.
fn places(record: &Record) -> HashSet<(Span, &'static str)> {
    let amounts = record.amounts.iter().map(|row| (row.fact.span.clone(), row.fact.rule));
    let percentages = record.percentages.iter().map(|row| (row.fact.span.clone(), row.fact.rule));
    let caps = record.caps.iter().map(|row| (row.fact.span.clone(), row.fact.rule));
    let lead_units = record.lead_units.iter().map(|row| (row.fact.span.clone(), row.fact.rule));
    let deadlines = record.deadlines.iter().map(|row| (row.fact.span.clone(), row.fact.rule));
    amounts.chain(percentages).chain(caps).chain(lead_units).chain(deadlines).collect()
}
