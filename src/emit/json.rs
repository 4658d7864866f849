//! `Record` → JSON: one object for a source, or one for a single line.

use super::lines::RowPerLine;
use super::place::CodePoints;
use super::wire;
use crate::model::{self, Limit, Record, Row, Source};
use crate::names;
use crate::span::Span;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use std::io::{self, Write};

/// Writes the output file of a source: each top-level key and each row of a table on a line of its own, a line feed at
/// the end.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(out: impl Write, source: &Source, record: &Record) -> io::Result<()> {
    let rows = Rows { points: CodePoints::new(&source.text), record };
    let mut serializer = serde_json::Serializer::with_formatter(out, RowPerLine::default());
    File { source, rows }.serialize(&mut serializer)?;
    Ok(())
}

/// Writes rows that were read back, in the same layout: what [`write`] wrote comes out as it was.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_output(out: impl Write, output: &wire::Output) -> io::Result<()> {
    Ok(output.serialize(&mut serde_json::Serializer::with_formatter(out, RowPerLine::default()))?)
}

/// Writes the facts of a single line of text as one JSON object and a line feed. Places are code points of `line`, and
/// facts name no provision.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_facts(mut out: impl Write, line: &str, record: &Record) -> io::Result<()> {
    let rows = Rows { points: CodePoints::new(line), record };
    serde_json::to_writer(&mut out, &Facts { rows })?;
    out.write_all(b"\n")
}

/// The output file: `schema`, `source`, `issue`, then the tables. Rows are made one at a time while they are written.
struct File<'a> {
    source: &'a Source,
    rows: Rows<'a>,
}

impl Serialize for File<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { source, rows } = self;
        let record = rows.record;
        let mut file = serializer.serialize_struct("File", 13)?;
        file.serialize_field("schema", wire::SCHEMA)?;
        let described = wire::Source {
            name: source.name.as_str(),
            sha256: &source.sha256,
            encoding: source.encoding,
            format: names::format(source.format),
            chars: rows.points.total(),
        };
        file.serialize_field("source", &described)?;
        file.serialize_field("issue", &record.issue.as_ref().map(issue))?;
        file.serialize_field("documents", &table(&record.documents, |row| rows.document(row)))?;
        file.serialize_field("provisions", &table(&record.provisions, |row| rows.provision(row)))?;
        file.serialize_field("tables", &table(&record.tables, |row| rows.table(row)))?;
        rows.facts(&mut file)?;
        file.serialize_field("noise", &table(&record.noise, |row| rows.noise(row)))?;
        file.serialize_field("diagnostics", &table(&record.diagnostics, |row| rows.diagnostic(row)))?;
        file.end()
    }
}

struct Facts<'a> {
    rows: Rows<'a>,
}

impl Serialize for Facts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut line = serializer.serialize_struct("Facts", 5)?;
        self.rows.facts(&mut line)?;
        line.end()
    }
}

/// Makes rows of the output from those of a record.
struct Rows<'a> {
    points: CodePoints<'a>,
    record: &'a Record,
}

impl<'a> Rows<'a> {
    /// The five tables of facts.
    fn facts<S: SerializeStruct>(&self, object: &mut S) -> Result<(), S::Error> {
        object.serialize_field("amounts", &table(&self.record.amounts, |row| self.amount(row)))?;
        object.serialize_field("percentages", &table(&self.record.percentages, |row| self.percentage(row)))?;
        object.serialize_field("caps", &table(&self.record.caps, |row| self.cap(row)))?;
        object.serialize_field("lead_units", &table(&self.record.lead_units, |row| self.lead_unit(row)))?;
        object.serialize_field("deadlines", &table(&self.record.deadlines, |row| self.deadline(row)))
    }

    /// Code points and source text behind a range of the cleaned text.
    fn place(&self, clean: &Span) -> (usize, usize, &'a str) {
        self.points.slice(&self.record.map.source(clean))
    }

    /// Code point behind one byte of the cleaned text, for what has no length. The end of the cleaned text is the end of
    /// its last character.
    fn point(&self, clean: usize) -> usize {
        let byte = match clean {
            _ if self.record.clean.is_empty() => 0,
            at if at < self.record.clean.len() => self.record.map.source(&(at..at + 1)).start,
            end => self.record.map.source(&(end - 1..end)).end,
        };
        self.points.at(byte)
    }

    fn words(&self, clean: &Option<Span>) -> Option<&'a str> {
        clean.as_ref().map(|span| &self.record.clean[span.clone()])
    }

    fn document(&self, document: &'a model::Document) -> wire::Document<&'a str> {
        let (start, end, _) = self.place(&document.span);
        wire::Document {
            id: &document.id,
            title: document.title.as_deref(),
            instrument: document.instrument.as_deref(),
            edition: document.edition.as_deref(),
            kind: names::document_kind(document.kind),
            doc_number: document.doc_number.as_deref(),
            issuer: document.issuer.as_deref(),
            signed: document.signed.map(wire::IsoDate),
            effective: document.effective.map(wire::IsoDate),
            start,
            end,
        }
    }

    fn provision(&self, provision: &'a model::Provision) -> wire::Provision<&'a str> {
        let (start, end, _) = self.place(&provision.span);
        wire::Provision {
            id: &provision.id,
            document: &provision.document,
            parent: provision.parent.as_deref(),
            form: names::form(provision.form),
            article: provision.article,
            label: provision.label.as_deref(),
            number: provision.number,
            heading: provision.heading.as_deref(),
            text: &provision.text,
            start,
            end,
            lead_units_inherited: provision.lead_units_inherited.iter().map(String::as_str).collect(),
        }
    }

    fn table(&self, table: &'a model::Table) -> wire::Table<&'a str> {
        let (start, end, _) = self.place(&table.span);
        let column =
            |column: &'a model::Column| wire::Column { name: column.name.as_str(), unit: column.unit.as_deref() };
        wire::Table {
            id: &table.id,
            document: &table.document,
            provision: table.provision.as_deref(),
            caption: table.caption.as_deref(),
            start,
            end,
            columns: table.columns.iter().map(column).collect(),
            rows: table.rows.iter().map(|row| row.iter().map(|cell| self.cell(cell)).collect()).collect(),
        }
    }

    fn cell(&self, cell: &'a model::Cell) -> wire::Cell<&'a str> {
        let (start, end) = if cell.span.is_empty() {
            let point = self.point(cell.span.start);
            (point, point)
        } else {
            let (start, end, _) = self.place(&cell.span);
            (start, end)
        };
        wire::Cell { text: &cell.text, start, end }
    }

    fn fact<M>(&self, row: &'a Row<M>, clean: &Span) -> wire::Place<&'a str> {
        let (start, end, raw) = self.place(clean);
        let provision = Some(row.provision.as_str()).filter(|id| !id.is_empty());
        wire::Place { id: &row.id, provision, start, end, raw }
    }

    fn amount(&self, row: &'a Row<model::Amount>) -> wire::Amount<&'a str> {
        let amount = &row.fact;
        wire::Amount {
            place: self.fact(row, &amount.span),
            value: wire::Number(amount.value),
            upper: amount.upper.map(wire::Number),
            currency: amount.currency,
            bound: names::bound(amount.bound),
            per: amount.per.as_ref().map(|per| wire::Per { value: wire::Number(per.value), unit: per.unit.as_str() }),
            cue: self.words(&amount.cue),
            rule: amount.rule,
        }
    }

    fn percentage(&self, row: &'a Row<model::Percentage>) -> wire::Percentage<&'a str> {
        let percentage = &row.fact;
        wire::Percentage {
            place: self.fact(row, &percentage.span),
            value: wire::Number(percentage.value),
            upper: percentage.upper.map(wire::Number),
            unit: names::percent_unit(percentage.unit),
            bound: names::bound(percentage.bound),
            change: percentage.change.map(names::change),
            cue: self.words(&percentage.cue),
            rule: percentage.rule,
        }
    }

    /// A range limits by its upper end: 不超过实际投入的10%-20% is a cap of 0.2.
    fn cap(&self, row: &'a Row<model::Cap>) -> wire::Cap<&'a str> {
        let cap = &row.fact;
        let (of, value, unit, fact) = match &cap.limit {
            Limit::Amount(index) => {
                let Row { id, fact: amount, .. } = &self.record.amounts[*index];
                let limit = wire::Number(amount.upper.unwrap_or(amount.value));
                ("amount", wire::CapValue::Number(limit), amount.currency, Some(id.as_str()))
            }
            Limit::Percentage(index) => {
                let Row { id, fact: percentage, .. } = &self.record.percentages[*index];
                let limit = wire::Number(percentage.upper.unwrap_or(percentage.value));
                ("percentage", wire::CapValue::Number(limit), names::percent_unit(percentage.unit), Some(id.as_str()))
            }
            Limit::Quantity { value, unit } => {
                ("quantity", wire::CapValue::Number(wire::Number(*value)), unit.as_str(), None)
            }
            Limit::Duration(length) => ("duration", wire::CapValue::Duration(length.as_str()), "duration", None),
        };
        wire::Cap {
            place: self.fact(row, &cap.span),
            of,
            value,
            unit,
            cue: self.words(&cap.cue),
            scope: self.words(&cap.scope),
            fact,
            rule: cap.rule,
        }
    }

    fn lead_unit(&self, row: &'a Row<model::LeadUnit>) -> wire::LeadUnit<&'a str> {
        let unit = &row.fact;
        wire::LeadUnit {
            place: self.fact(row, &unit.span),
            name: unit.name.as_deref(),
            role: names::role(unit.role),
            rule: unit.rule,
        }
    }

    fn deadline(&self, row: &'a Row<model::Deadline>) -> wire::Deadline<&'a str> {
        let deadline = &row.fact;
        wire::Deadline {
            place: self.fact(row, &deadline.span),
            kind: names::deadline_kind(deadline.kind),
            from: deadline.from.map(wire::IsoDate),
            to: deadline.to.map(wire::IsoDate),
            duration: deadline.duration.as_deref(),
            working_days: deadline.working_days,
            trigger: self.words(&deadline.trigger),
            rule: deadline.rule,
        }
    }

    fn noise(&self, noise: &'a model::Noise) -> wire::Noise<&'a str> {
        let (start, end, raw) = self.points.slice(&noise.span);
        wire::Noise { kind: noise.kind, start, end, raw }
    }

    fn diagnostic(&self, diagnostic: &'a model::Diagnostic) -> wire::Diagnostic<&'a str> {
        let (start, end, _) = self.points.slice(&diagnostic.span);
        wire::Diagnostic { code: diagnostic.code, message: &diagnostic.message, start, end }
    }
}

fn issue(issue: &model::Issue) -> wire::Issue<&str> {
    wire::Issue {
        title: &issue.title,
        year: issue.year,
        number: issue.number,
        serial: issue.serial,
        published: issue.published.map(wire::IsoDate),
    }
}

/// A table whose rows are made while it is written, so that no second copy of a long record is held.
struct Table<'a, T, F> {
    rows: &'a [T],
    make: F,
}

fn table<'a, T, W: Serialize, F: Fn(&'a T) -> W>(rows: &'a [T], make: F) -> Table<'a, T, F> {
    Table { rows, make }
}

impl<'a, T, W: Serialize, F: Fn(&'a T) -> W> Serialize for Table<'a, T, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.rows.iter().map(&self.make))
    }
}
