//! STUB until the core is merged: the order of the stages for one source.

use crate::extract;
use crate::model::{Document, DocumentKind, Form, Provision, Record, Row, Source};
use crate::span::OffsetMap;

/// Everything that one source says. Never fails: what is odd becomes a diagnostic.
pub fn record(source: &Source) -> Record {
    let text = source.text.as_str();
    let mut map = OffsetMap::default();
    map.copy(0, 0, text.len());
    let start = text.len() - text.trim_start().len();
    let span = start..text.trim_end().len().max(start);
    let mut record = Record { clean: text.to_owned(), map, ..Record::default() };
    if span.is_empty() {
        return record;
    }
    record.documents.push(Document {
        id: "doc_1".to_owned(),
        title: None,
        instrument: None,
        edition: None,
        kind: DocumentKind::Other,
        doc_number: None,
        issuer: None,
        signed: None,
        effective: None,
        span: span.clone(),
    });
    record.provisions.push(Provision {
        id: "doc_1__preamble".to_owned(),
        document: "doc_1".to_owned(),
        parent: None,
        form: Form::Preamble,
        article: false,
        label: None,
        number: None,
        heading: None,
        text: text[span.clone()].to_owned(),
        span,
        lead_units_inherited: Vec::new(),
    });
    record
}

/// The facts of one line of text: a record without documents, whose facts name no provision.
pub fn facts(line: &str) -> Record {
    let mut map = OffsetMap::default();
    map.copy(0, 0, line.len());
    let found = extract::extract(line, None);
    Record {
        amounts: rows("a", found.amounts),
        percentages: rows("p", found.percentages),
        caps: rows("c", found.caps),
        lead_units: rows("u", found.lead_units),
        deadlines: rows("d", found.deadlines),
        clean: line.to_owned(),
        map,
        ..Record::default()
    }
}

fn rows<M>(prefix: &str, facts: Vec<M>) -> Vec<Row<M>> {
    let row = |(index, fact)| Row { id: format!("{prefix}{}", index + 1), provision: String::new(), fact };
    facts.into_iter().enumerate().map(row).collect()
}
