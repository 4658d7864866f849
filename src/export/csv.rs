//! CSV: a head with the names of the columns, then the rows. Null is written as nothing, like an empty text.

use super::TableFile;
use crate::tables::{Row, Table, Value};
use anyhow::Result;
use csv::{Terminator, Writer, WriterBuilder};
use std::fs::File;
use std::io::{BufWriter, Write as _};

pub struct Csv {
    out: Writer<BufWriter<File>>,
    table: &'static Table,
}

impl Csv {
    pub fn new(file: File, table: &'static Table, bom: bool) -> Result<Self> {
        let mut file = BufWriter::with_capacity(1 << 16, file);
        if bom {
            file.write_all("\u{feff}".as_bytes())?;
        }
        let mut out = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(file);
        out.write_record(table.flat_columns().map(|(_, column)| column.name))?;
        Ok(Self { out, table })
    }
}

impl TableFile for Csv {
    fn write(&mut self, rows: &[Row<'_>]) -> Result<()> {
        for row in rows {
            for (at, _) in self.table.flat_columns() {
                match &row[at] {
                    Value::Null => self.out.write_field("")?,
                    Value::Text(text) => self.out.write_field(text)?,
                    Value::Integer(number) => self.out.write_field(number.to_string())?,
                    Value::Decimal(number) => self.out.write_field(number.to_string())?,
                    Value::Date(date) => self.out.write_field(date.to_string())?,
                    Value::Boolean(is) => self.out.write_field(is.to_string())?,
                    Value::Words(_) => unreachable!("lists are no columns of CSV"),
                }
            }
            self.out.write_record(None::<&[u8]>)?;
        }
        Ok(())
    }

    fn close(mut self: Box<Self>) -> Result<()> {
        Ok(self.out.flush()?)
    }
}
