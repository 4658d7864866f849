//! SQLite, which is compiled in.
//!
//! It has no decimals: a whole number is held exactly, in 64 bits; any other as the nearest binary number of 8 bytes, which
//! reads back as the same decimal up to 15 digits. What would read back as another number is refused. Dates are texts such
//! as `2024-12-31`, which the functions of SQLite take.

use super::{Database, sql};
use crate::tables::{Row, Table, Value};
use anyhow::{Context as _, Result};
use rusqlite::Connection;
use rusqlite::types::{ToSqlOutput, Value as Owned, ValueRef};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use std::time::Duration;

pub struct Sqlite(Connection);

impl Sqlite {
    pub fn open(path: &str) -> Result<Self> {
        let connection = Connection::open(path)?;
        // Another load may be under way.
        connection.busy_timeout(Duration::from_secs(60))?;
        connection.execute_batch("PRAGMA foreign_keys = ON")?;
        Ok(Self(connection))
    }
}

impl Database for Sqlite {
    fn execute(&mut self, sql: &str) -> Result<()> {
        Ok(self.0.execute_batch(sql)?)
    }

    fn query(&mut self, sql: &str) -> Result<Vec<(i64, String)>> {
        let mut statement = self.0.prepare(sql)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn insert(&mut self, table: &Table, rows: &[Row<'_>]) -> Result<()> {
        let mut statement = self.0.prepare_cached(&sql::insert(table, 1))?;
        for row in rows {
            for (parameter, (at, _)) in table.flat_columns().enumerate() {
                statement.raw_bind_parameter(parameter + 1, stored(&row[at])?)?;
            }
            statement.raw_execute()?;
        }
        Ok(())
    }
}

fn stored<'a>(value: &'a Value<'_>) -> Result<ToSqlOutput<'a>> {
    Ok(match value {
        Value::Null => ToSqlOutput::Owned(Owned::Null),
        Value::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
        Value::Integer(number) => ToSqlOutput::Owned(Owned::Integer(*number)),
        Value::Decimal(number) => ToSqlOutput::Owned(stored_number(*number)?),
        Value::Date(date) => ToSqlOutput::Owned(Owned::Text(date.to_string())),
        Value::Boolean(is) => ToSqlOutput::Owned(Owned::Integer(i64::from(*is))),
        Value::Words(_) => unreachable!("lists are no columns of a database"),
    })
}

fn stored_number(number: Decimal) -> Result<Owned> {
    if let (true, Some(whole)) = (number.fract().is_zero(), number.to_i64()) {
        return Ok(Owned::Integer(whole));
    }
    let nearest = number.to_string().parse::<f64>().ok();
    // Rust writes the shortest decimal that leads back to the same binary number.
    let exact = nearest.filter(|nearest| nearest.to_string().parse() == Ok(number));
    exact.map(Owned::Real).with_context(|| format!("SQLite cannot hold {number} exactly; PostgreSQL and MySQL can"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_held_exactly_or_refused() {
        let held = |number: &str| stored_number(number.parse().unwrap());
        assert_eq!(held("58570000000").unwrap(), Owned::Integer(58_570_000_000));
        assert_eq!(held("0.0335").unwrap(), Owned::Real(0.0335));
        assert_eq!(held("20000000000000000000").unwrap(), Owned::Real(2e19));
        assert!(held("12345678901234567.89").is_err());
        assert!(held("20000000000000000001").is_err());
    }
}
