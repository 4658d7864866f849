//! Annotations: what a person reads in a source, a row a line. `docs/gold-format.md` describes the file.

use crate::model::Source;
use crate::outputs::lines::Lines;
use crate::outputs::value::Value;
use anyhow::{Context as _, Result, bail, ensure};
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// The annotations of one source, each at its place.
#[derive(Debug, Default)]
pub struct Gold {
    pub scopes: Vec<Scope>,
    pub rows: Vec<Row>,
}

/// A part of the source that was annotated, in code points. What the program finds outside of all scopes is not counted.
#[derive(Debug)]
pub struct Scope {
    pub start: usize,
    pub end: usize,
    /// The only kind of row that was annotated there.
    pub only: Option<String>,
}

#[derive(Debug)]
pub struct Row {
    /// `document`, `provision`, or a kind of fact.
    pub kind: String,
    /// Where `quote` starts, counted from 1.
    pub line: usize,
    /// Exactly the text of the source at its place.
    pub quote: String,
    pub start: usize,
    pub end: usize,
    /// Debatable: neither asked for nor wrong.
    pub optional: bool,
    /// What the row says, as far as it is measured.
    pub fields: BTreeMap<String, Value>,
}

impl Row {
    /// The value of a field; null for one that is left out.
    pub fn get(&self, field: &str) -> &Value {
        self.fields.get(field).unwrap_or(&Value::Null)
    }
}

impl Gold {
    pub fn is_in_scope(&self, kind: &str, start: usize) -> bool {
        let holds = |scope: &Scope| {
            (scope.start..scope.end).contains(&start) && scope.only.as_deref().is_none_or(|only| only == kind)
        };
        self.scopes.iter().any(holds)
    }

    pub fn of<'g>(&'g self, kind: &'g str) -> impl Iterator<Item = &'g Row> {
        self.rows.iter().filter(move |row| row.kind == kind)
    }
}

/// Reads annotations and finds their places. A line that cannot be read or placed is given to `fault` with its number,
/// and the rest goes on. Without a scope, the whole source is in scope.
pub fn read(text: &str, source: &Source, mut fault: impl FnMut(usize, anyhow::Error)) -> Gold {
    let places = Places { text: &source.text, lines: Lines::of(&source.text) };
    let mut gold = Gold::default();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match read_line(line, &places) {
            Ok(Line::Scope(scope)) => gold.scopes.push(scope),
            Ok(Line::Row(row)) => gold.rows.push(row),
            Err(error) => fault(index + 1, error),
        }
    }
    if gold.scopes.is_empty() {
        gold.scopes.push(Scope { start: 0, end: places.lines.point(source.text.len()), only: None });
    }
    gold
}

enum Line {
    Scope(Scope),
    Row(Row),
}

fn read_line(line: &str, places: &Places) -> Result<Line> {
    let fields: Fields = Fields(serde_json::from_str(line).context("no JSON object")?);
    let kind = fields.text("t")?;
    if kind == "scope" {
        let (from, to) = (fields.count("from_line")?, fields.count("to_line")?);
        let only = fields.0.contains_key("only").then(|| fields.text("only")).transpose()?;
        let [start, end] = [places.line(from)?, places.lines.start(to + 1)].map(|byte| places.lines.point(byte));
        return Ok(Line::Scope(Scope { start, end, only }));
    }
    let measured: &[&str] = match kind.as_str() {
        "document" => super::DOCUMENT_FIELDS,
        "provision" => &["path", "number", "heading"],
        _ => match super::fact_kind(&kind) {
            Some(kind) => super::fact_fields(kind),
            None => bail!("unknown row \"t\":{kind:?}"),
        },
    };
    let (line, quote) = (fields.count("line")?, fields.text("q")?);
    let nth = if fields.0.contains_key("nth") { fields.count("nth")? } else { 1 };
    let (start, end) = places.find(&quote, line, nth)?;
    let optional = fields.value("opt")? == Value::Flag(true);
    let present = measured.iter().filter(|field| fields.0.contains_key(**field));
    let fields = present.map(|field| Ok(((*field).to_owned(), fields.value(field)?))).collect::<Result<_>>()?;
    Ok(Line::Row(Row { kind, line, quote, start, end, optional, fields }))
}

struct Fields<'l>(BTreeMap<String, &'l RawValue>);

impl Fields<'_> {
    fn value(&self, field: &str) -> Result<Value> {
        let raw = self.0.get(field).map_or("null", |raw| raw.get());
        serde_json::from_str(raw).with_context(|| format!("{field}: neither a text nor a number"))
    }

    fn text(&self, field: &str) -> Result<String> {
        self.value(field)?.as_text().map(str::to_owned).with_context(|| format!("{field}: a text is missing"))
    }

    /// A whole number from 1.
    fn count(&self, field: &str) -> Result<usize> {
        let number = self.value(field)?.as_number().and_then(|number| usize::try_from(number).ok());
        number.filter(|&number| number > 0).with_context(|| format!("{field}: a number from 1 is missing"))
    }
}

struct Places<'t> {
    text: &'t str,
    lines: Lines<'t>,
}

impl Places<'_> {
    fn line(&self, line: usize) -> Result<usize> {
        ensure!(line <= self.lines.count(), "the source has no line {line}");
        Ok(self.lines.start(line))
    }

    /// Code points of the `nth` occurrence of `quote` that starts on `line`; occurrences may overlap.
    fn find(&self, quote: &str, line: usize, nth: usize) -> Result<(usize, usize)> {
        let (mut from, next_line) = (self.line(line)?, self.lines.start(line + 1));
        let step = quote.chars().next().context("q: the text is empty")?.len_utf8();
        for _ in 1..nth {
            match self.text[from..].find(quote) {
                Some(at) => from += at + step,
                None => break,
            }
        }
        let at = self.text[from..].find(quote).map(|at| from + at).filter(|&at| at < next_line);
        let at = at.with_context(|| match nth {
            1 => format!("{quote:?} does not start on line {line}"),
            _ => format!("{quote:?} does not start {nth} times on line {line}"),
        })?;
        Ok((self.lines.point(at), self.lines.point(at + quote.len())))
    }
}
