//! Outputs → rows of the tables.

use super::{PRECISION, SCALE, TABLES, Table};
use crate::emit::wire::{self, CapValue, IsoDate, Number, Output, Place};
use anyhow::{Context as _, Result, ensure};
use jiff::civil::Date;
use rust_decimal::Decimal;

/// What a cell holds: a value of the kind of its column, or null.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    Null,
    Text(&'a str),
    Integer(i64),
    Decimal(Decimal),
    Date(Date),
    Boolean(bool),
    Words(&'a [String]),
}

/// Cells in the order of the columns.
pub type Row<'a> = Vec<Value<'a>>;

/// The rows of some outputs, by table.
#[derive(Debug)]
pub struct Rows<'a> {
    /// As many as there are [`TABLES`], in their order.
    tables: Vec<Vec<Row<'a>>>,
}

impl Default for Rows<'_> {
    fn default() -> Self {
        Self { tables: TABLES.iter().map(|_| Vec::new()).collect() }
    }
}

impl<'a> Rows<'a> {
    /// Each table with its rows.
    pub fn tables(&self) -> impl Iterator<Item = (&'static Table, &[Row<'a>])> {
        TABLES.iter().zip(self.tables.iter().map(Vec::as_slice))
    }

    pub fn count(&self) -> usize {
        self.tables.iter().map(Vec::len).sum()
    }

    /// Adds all rows of an output; `key` tells its source among those held together.
    pub fn add(&mut self, key: i64, output: &'a Output) {
        let key = Value::Integer(key);
        self.source(key, output);
        self.documents(key, output);
        self.tables_of(key, output);
        self.facts(key, output);
        for (at, row) in output.noise.iter().enumerate() {
            self.push("noise", vec![key, int(at + 1), text(&row.kind), int(row.start), int(row.end), text(&row.raw)]);
        }
        for (at, row) in output.diagnostics.iter().enumerate() {
            let said = [text(&row.code), text(&row.message), int(row.start), int(row.end)];
            self.push("diagnostics", [&[key, int(at + 1)][..], &said].concat());
        }
    }

    fn push(&mut self, table: &str, row: Row<'a>) {
        let at = TABLES.iter().position(|known| known.name == table).expect("the names here are those of TABLES");
        debug_assert_eq!(row.len(), TABLES[at].columns.len(), "{table}");
        self.tables[at].push(row);
    }

    fn source(&mut self, key: Value<'a>, output: &'a Output) {
        let wire::Source { name, sha256, encoding, format, chars } = &output.source;
        self.push("sources", vec![key, text(name), text(sha256), text(encoding), text(format), int(*chars)]);
        if let Some(wire::Issue { title, year, number, serial, published }) = &output.issue {
            let row = vec![key, text(title), small(*year), small(*number), small(*serial), date(*published)];
            self.push("issues", row);
        }
    }

    fn documents(&mut self, key: Value<'a>, output: &'a Output) {
        for row in &output.documents {
            let cells = vec![
                key,
                text(&row.id),
                maybe(&row.title),
                maybe(&row.instrument),
                maybe(&row.edition),
                text(&row.kind),
                maybe(&row.doc_number),
                maybe(&row.issuer),
                date(row.signed),
                date(row.effective),
                int(row.start),
                int(row.end),
            ];
            self.push("documents", cells);
        }
        for (at, row) in output.provisions.iter().enumerate() {
            let cells = vec![
                key,
                text(&row.id),
                int(at + 1),
                text(&row.document),
                maybe(&row.parent),
                text(&row.form),
                Value::Boolean(row.article),
                maybe(&row.label),
                small(row.number),
                maybe(&row.heading),
                text(&row.text),
                int(row.start),
                int(row.end),
                Value::Words(&row.lead_units_inherited),
            ];
            self.push("provisions", cells);
            for unit in &row.lead_units_inherited {
                self.push("inherited_lead_units", vec![key, text(&row.id), text(unit)]);
            }
        }
    }

    fn tables_of(&mut self, key: Value<'a>, output: &'a Output) {
        for table in &output.tables {
            let id = text(&table.id);
            let place = [maybe(&table.provision), maybe(&table.caption), int(table.start), int(table.end)];
            self.push("tables", [&[key, id, text(&table.document)][..], &place].concat());
            for (at, column) in table.columns.iter().enumerate() {
                self.push("table_columns", vec![key, id, int(at + 1), text(&column.name), maybe(&column.unit)]);
            }
            for (row_at, row) in table.rows.iter().enumerate() {
                for (at, cell) in row.iter().enumerate() {
                    let place = [int(row_at + 1), int(at + 1), text(&cell.text), int(cell.start), int(cell.end)];
                    self.push("table_cells", [&[key, id][..], &place].concat());
                }
            }
        }
    }

    fn facts(&mut self, key: Value<'a>, output: &'a Output) {
        for row in &output.amounts {
            let per = row.per.as_ref();
            let read = [
                decimal(row.value),
                row.upper.map_or(Value::Null, decimal),
                text(&row.currency),
                text(&row.bound),
                per.map_or(Value::Null, |per| decimal(per.value)),
                per.map_or(Value::Null, |per| text(&per.unit)),
                maybe(&row.cue),
                text(&row.rule),
            ];
            self.push("amounts", fact(key, &row.place, &read));
        }
        for row in &output.percentages {
            let read = [
                decimal(row.value),
                row.upper.map_or(Value::Null, decimal),
                text(&row.unit),
                text(&row.bound),
                maybe(&row.change),
                maybe(&row.cue),
                text(&row.rule),
            ];
            self.push("percentages", fact(key, &row.place, &read));
        }
        for row in &output.caps {
            let (value, duration) = match &row.value {
                CapValue::Number(number) => (decimal(*number), Value::Null),
                CapValue::Duration(length) => (Value::Null, text(length)),
            };
            let fact_of = |of| if row.of == of { maybe(&row.fact) } else { Value::Null };
            let read = [
                text(&row.of),
                value,
                duration,
                text(&row.unit),
                maybe(&row.cue),
                maybe(&row.scope),
                fact_of("amount"),
                fact_of("percentage"),
                text(&row.rule),
            ];
            self.push("caps", fact(key, &row.place, &read));
        }
        for row in &output.lead_units {
            let read = [maybe(&row.name), text(&row.role), text(&row.rule)];
            self.push("lead_units", fact(key, &row.place, &read));
        }
        for row in &output.deadlines {
            let read = [
                text(&row.kind),
                date(row.from),
                date(row.to),
                maybe(&row.duration),
                Value::Boolean(row.working_days),
                maybe(&row.trigger),
                text(&row.rule),
            ];
            self.push("deadlines", fact(key, &row.place, &read));
        }
    }
}

/// The output as it came, when all its numbers fit into the decimals of the tables.
///
/// # Errors
/// When one has more digits than [`PRECISION`] and [`SCALE`] leave, so that it would have to be rounded.
pub fn fitting(output: Output) -> Result<Output> {
    let amounts = output.amounts.iter().flat_map(|row| {
        let per = row.per.as_ref().map(|per| per.value);
        [Some(row.value), row.upper, per].map(|number| (&row.place, number))
    });
    let percentages = output.percentages.iter().flat_map(|row| [Some(row.value), row.upper].map(|n| (&row.place, n)));
    let caps = output.caps.iter().map(|row| match row.value {
        CapValue::Number(number) => (&row.place, Some(number)),
        CapValue::Duration(_) => (&row.place, None),
    });
    for (place, number) in amounts.chain(percentages).chain(caps) {
        let Some(Number(number)) = number else { continue };
        fits(number).with_context(|| format!("{}: {}: {number}", output.source.name, place.id))?;
    }
    Ok(output)
}

fn fits(number: Decimal) -> Result<()> {
    let most = Decimal::from_i128_with_scale(10_i128.pow(u32::from(PRECISION - SCALE)), 0);
    let exact = number.normalize().scale() <= u32::from(SCALE) && number.abs() < most;
    ensure!(exact, "the tables hold {} digits before the point and {SCALE} behind it", PRECISION - SCALE);
    Ok(())
}

fn fact<'a>(key: Value<'a>, place: &'a Place, read: &[Value<'a>]) -> Row<'a> {
    let place = [key, text(&place.id), maybe(&place.provision), int(place.start), int(place.end), text(&place.raw)];
    [&place[..], read].concat()
}

fn text(text: &str) -> Value<'_> {
    Value::Text(text)
}

fn maybe(text: &Option<String>) -> Value<'_> {
    text.as_deref().map_or(Value::Null, Value::Text)
}

/// Places and counts are below the length of a file.
fn int<'a>(number: usize) -> Value<'a> {
    i64::try_from(number).map_or(Value::Null, Value::Integer)
}

fn small<'a>(number: Option<impl Into<i64>>) -> Value<'a> {
    number.map_or(Value::Null, |number| Value::Integer(number.into()))
}

fn date<'a>(date: Option<IsoDate>) -> Value<'a> {
    date.map_or(Value::Null, |IsoDate(date)| Value::Date(date))
}

fn decimal<'a>(Number(number): Number) -> Value<'a> {
    Value::Decimal(number.normalize())
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_number_that_would_be_rounded_is_refused() {
        for number in ["0.0335", "-9999999999999999999999999999", "0.0000000001", "0.12345678900000000000"] {
            assert!(fits(number.parse().unwrap()).is_ok(), "{number}");
        }
        for number in ["0.00000000001", "10000000000000000000000000000"] {
            assert!(fits(number.parse().unwrap()).is_err(), "{number}");
        }
    }
}
