//! PostgreSQL; rows go in by COPY.

use super::Database;
use crate::tables::{Row, Table, Value};
use anyhow::Result;
use postgres::{Client, NoTls};
use std::io::{self, BufWriter, Write};

pub struct Postgres(Client);

impl Postgres {
    pub fn connect(url: &str) -> Result<Self> {
        Ok(Self(Client::connect(url, NoTls)?))
    }
}

impl Database for Postgres {
    fn execute(&mut self, sql: &str) -> Result<()> {
        Ok(self.0.batch_execute(sql)?)
    }

    fn query(&mut self, sql: &str) -> Result<Vec<(i64, String)>> {
        let rows = self.0.query(sql, &[])?;
        rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
    }

    fn insert(&mut self, table: &Table, rows: &[Row<'_>]) -> Result<()> {
        let columns: Vec<&str> = table.flat_columns().map(|(_, column)| column.name).collect();
        let mut copy = self.0.copy_in(&format!("COPY {} ({}) FROM STDIN", table.name, columns.join(", ")))?;
        let mut out = BufWriter::with_capacity(1 << 16, &mut copy);
        for row in rows {
            for (parameter, (at, _)) in table.flat_columns().enumerate() {
                if parameter > 0 {
                    out.write_all(b"\t")?;
                }
                write_cell(&mut out, &row[at])?;
            }
            out.write_all(b"\n")?;
        }
        out.flush()?;
        drop(out);
        copy.finish()?;
        Ok(())
    }
}

/// The text format of COPY: `\N` is null, a backslash goes before what parts cells and rows.
fn write_cell(out: &mut impl Write, value: &Value<'_>) -> io::Result<()> {
    match value {
        Value::Null => out.write_all(b"\\N"),
        Value::Text(text) => write_text(out, text),
        Value::Integer(number) => write!(out, "{number}"),
        Value::Decimal(number) => write!(out, "{number}"),
        Value::Date(date) => write!(out, "{date}"),
        Value::Boolean(is) => out.write_all(if *is { b"t" } else { b"f" }),
        Value::Words(_) => unreachable!("lists are no columns of a database"),
    }
}

fn write_text(out: &mut impl Write, text: &str) -> io::Result<()> {
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '\t', '\n', '\r']) {
        out.write_all(&rest.as_bytes()[..at])?;
        out.write_all(match rest.as_bytes()[at] {
            b'\t' => b"\\t",
            b'\n' => b"\\n",
            b'\r' => b"\\r",
            _ => b"\\\\",
        })?;
        rest = &rest[at + 1..];
    }
    out.write_all(rest.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stays_in_its_cell() {
        let mut out = Vec::new();
        write_text(&mut out, "一、\t给予\r\n\\N 补助").unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "一、\\t给予\\r\\n\\\\N 补助");
    }
}
