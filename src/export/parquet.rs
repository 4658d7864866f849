//! Parquet, compressed with Snappy, which all its readers know.

use super::TableFile;
use crate::tables::{Column, Kind, PRECISION, Row, SCALE, Table, Value};
use anyhow::Result;
use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, BooleanArray, Date32Array, Decimal128Array, Int64Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};
use jiff::civil::Date;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use rust_decimal::Decimal;
use std::fs::File;
use std::sync::Arc;

pub struct Parquet {
    out: ArrowWriter<File>,
    schema: Arc<Schema>,
    table: &'static Table,
}

impl Parquet {
    pub fn new(file: File, table: &'static Table) -> Result<Self> {
        let fields: Vec<Field> = table.columns.iter().map(field).collect();
        let schema = Arc::new(Schema::new(fields));
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let out = ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties))?;
        Ok(Self { out, schema, table })
    }
}

impl TableFile for Parquet {
    fn write(&mut self, rows: &[Row<'_>]) -> Result<()> {
        let columns = self.table.columns.iter().enumerate();
        let arrays = columns.map(|(at, column)| array(column.kind, rows.iter().map(|row| &row[at])));
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), arrays.collect::<Result<_>>()?)?;
        Ok(self.out.write(&batch)?)
    }

    fn close(self: Box<Self>) -> Result<()> {
        self.out.close()?;
        Ok(())
    }
}

fn field(column: &Column) -> Field {
    let kind = match column.kind {
        Kind::Name | Kind::Word | Kind::Text => DataType::Utf8,
        Kind::Integer => DataType::Int64,
        Kind::Decimal => DataType::Decimal128(PRECISION, scale()),
        Kind::Date => DataType::Date32,
        Kind::Boolean => DataType::Boolean,
        Kind::Words => DataType::new_list(DataType::Utf8, true),
    };
    Field::new(column.name, kind, column.null)
}

fn scale() -> i8 {
    i8::try_from(SCALE).expect("the scale is small")
}

/// The values of a column, each of its kind or null.
fn array<'a>(kind: Kind, values: impl Iterator<Item = &'a Value<'a>>) -> Result<ArrayRef> {
    Ok(match kind {
        Kind::Name | Kind::Word | Kind::Text => Arc::new(StringArray::from_iter(values.map(|value| match value {
            Value::Text(text) => Some(*text),
            _ => None,
        }))),
        Kind::Integer => Arc::new(Int64Array::from_iter(values.map(|value| match value {
            Value::Integer(number) => Some(*number),
            _ => None,
        }))),
        Kind::Decimal => {
            let numbers = Decimal128Array::from_iter(values.map(|value| match value {
                Value::Decimal(number) => Some(scaled(*number)),
                _ => None,
            }));
            Arc::new(numbers.with_precision_and_scale(PRECISION, scale())?)
        }
        Kind::Date => Arc::new(Date32Array::from_iter(values.map(|value| match value {
            Value::Date(date) => Some(days(*date)),
            _ => None,
        }))),
        Kind::Boolean => Arc::new(BooleanArray::from_iter(values.map(|value| match value {
            Value::Boolean(is) => Some(*is),
            _ => None,
        }))),
        Kind::Words => {
            let mut lists = ListBuilder::new(StringBuilder::new());
            for value in values {
                lists.append_option(if let Value::Words(words) = value { Some(words.iter().map(Some)) } else { None });
            }
            Arc::new(lists.finish())
        }
    })
}

/// As a whole number of its last digit; [`crate::tables::fitting`] has seen that it fits.
fn scaled(number: Decimal) -> i128 {
    let short = number.normalize();
    short.mantissa() * 10_i128.pow(u32::from(SCALE).saturating_sub(short.scale()))
}

/// Days since 1 January 1970.
fn days(date: Date) -> i32 {
    (date - Date::constant(1970, 1, 1)).get_days()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_days_are_exact() {
        assert_eq!(scaled("0.0335".parse().unwrap()), 335_000_000);
        assert_eq!(scaled("-20000000.00".parse().unwrap()), -200_000_000_000_000_000);
        assert_eq!(days(Date::constant(2024, 2, 29)), 19_782);
        assert_eq!(days(Date::constant(1949, 10, 1)), -7_397);
    }
}
