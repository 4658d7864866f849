//! MySQL and MariaDB; rows go in by INSERT of many at once.
//!
//! LOAD DATA LOCAL is not used: MySQL 8 has it switched off, and it turns what is wrong with a row into a warning.

use super::{Database, sql};
use crate::tables::{Row, Table, Value};
use anyhow::Result;
use mysql::prelude::Queryable as _;
use mysql::{Conn, Opts};

pub struct MySql(Conn);

/// Rows sent at once; each has its placeholders, of which a statement may have 65,535.
const MOST_ROWS: usize = 500;
/// Bytes of text sent at once; the least `max_allowed_packet` in use is 4 MiB.
const MOST_BYTES: usize = 1 << 20;

impl MySql {
    pub fn connect(url: &str) -> Result<Self> {
        let mut connection = Conn::new(Opts::from_url(url)?)?;
        // A value that does not fit is an error, and is not cut off.
        connection.query_drop("SET SESSION sql_mode = 'STRICT_ALL_TABLES'")?;
        Ok(Self(connection))
    }
}

impl Database for MySql {
    fn execute(&mut self, sql: &str) -> Result<()> {
        Ok(self.0.query_drop(sql)?)
    }

    fn query(&mut self, sql: &str) -> Result<Vec<(i64, String)>> {
        Ok(self.0.query(sql)?)
    }

    fn insert(&mut self, table: &Table, rows: &[Row<'_>]) -> Result<()> {
        let mut rest = rows;
        while !rest.is_empty() {
            let (sent, behind) = rest.split_at(at_once(rest));
            let cells = sent.iter().flat_map(|row| table.flat_columns().map(|(at, _)| stored(&row[at])));
            self.0.exec_drop(sql::insert(table, sent.len()), cells.collect::<Vec<_>>())?;
            rest = behind;
        }
        Ok(())
    }
}

/// How many of the rows go into one statement; at least one does.
fn at_once(rows: &[Row<'_>]) -> usize {
    let mut bytes = 0;
    let fits = rows.iter().take(MOST_ROWS).take_while(|row| {
        bytes += row.iter().map(|value| if let Value::Text(text) = value { text.len() } else { 8 }).sum::<usize>();
        bytes <= MOST_BYTES
    });
    fits.count().max(1)
}

fn stored(value: &Value<'_>) -> mysql::Value {
    match value {
        Value::Null => mysql::Value::NULL,
        Value::Text(text) => mysql::Value::Bytes(text.as_bytes().to_vec()),
        Value::Integer(number) => mysql::Value::Int(*number),
        Value::Decimal(number) => mysql::Value::Bytes(number.to_string().into_bytes()),
        Value::Date(date) => mysql::Value::Bytes(date.to_string().into_bytes()),
        Value::Boolean(is) => mysql::Value::Int(i64::from(*is)),
        Value::Words(_) => unreachable!("lists are no columns of a database"),
    }
}
