//! A database of its own for each test, in SQLite and on the servers that `.ci/servers` starts.

#![allow(dead_code, reason = "each test binary uses its part")]

use rust_decimal::Decimal;
use std::path::Path;
use tempfile::TempDir;

/// A cell as text: numbers without zeros behind them, days as 2024-12-31, null as nothing.
pub type Cell = Option<String>;

pub struct Database {
    /// For `gongbao load --to`.
    pub url: String,
    pub kind: Kind,
    /// Holds the file of SQLite.
    _folder: Option<TempDir>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    #[cfg(feature = "postgres")]
    Postgres,
    #[cfg(feature = "mysql")]
    MySql,
}

#[cfg(any(feature = "postgres", feature = "mysql"))]
fn server(variable: &str) -> String {
    let start = "start the servers: eval \"$(.ci/servers start /tmp/gongbao-servers)\"";
    std::env::var(variable).unwrap_or_else(|_| panic!("{variable} is not set; {start}"))
}

/// The URL of another database of the same server.
#[cfg(any(feature = "postgres", feature = "mysql"))]
fn another(url: &str, database: &str) -> String {
    format!("{}/{database}", url.rsplit_once('/').unwrap().0)
}

impl Database {
    /// An empty database.
    pub fn new(kind: Kind, name: &str) -> Self {
        match kind {
            Kind::Sqlite => {
                let folder = tempfile::tempdir().unwrap();
                let url = format!("sqlite:{}", folder.path().join(name).display());
                Self { url, kind, _folder: Some(folder) }
            }
            #[cfg(feature = "postgres")]
            Kind::Postgres => Self::on_server(kind, &server("GONGBAO_TEST_POSTGRES"), name),
            #[cfg(feature = "mysql")]
            Kind::MySql => Self::on_server(kind, &server("GONGBAO_TEST_MYSQL"), name),
        }
    }

    #[cfg(any(feature = "postgres", feature = "mysql"))]
    fn on_server(kind: Kind, url: &str, name: &str) -> Self {
        let name = format!("test_{}", name.rsplit("::").next().unwrap());
        let server = Self { url: url.to_owned(), kind, _folder: None };
        server.execute(&format!("DROP DATABASE IF EXISTS {name}")).unwrap();
        server.execute(&format!("CREATE DATABASE {name}")).unwrap();
        Self { url: another(url, &name), ..server }
    }

    pub fn execute(&self, sql: &str) -> Result<(), String> {
        match self.kind {
            Kind::Sqlite => self.sqlite().execute_batch(sql).map_err(|error| error.to_string()),
            #[cfg(feature = "postgres")]
            Kind::Postgres => self.postgres().batch_execute(sql).map_err(|error| format!("{error:?}")),
            #[cfg(feature = "mysql")]
            Kind::MySql => mysql::prelude::Queryable::query_drop(&mut self.mysql(), sql).map_err(|e| e.to_string()),
        }
    }

    pub fn select(&self, sql: &str) -> Vec<Vec<Cell>> {
        let mut rows = match self.kind {
            Kind::Sqlite => self.select_sqlite(sql),
            #[cfg(feature = "postgres")]
            Kind::Postgres => self.select_postgres(sql),
            #[cfg(feature = "mysql")]
            Kind::MySql => self.select_mysql(sql),
        };
        rows.iter_mut().flatten().flatten().for_each(shorten);
        rows
    }

    pub fn number(&self, sql: &str) -> usize {
        self.select(sql)[0][0].as_ref().unwrap().parse().unwrap()
    }

    pub fn path(&self) -> &Path {
        Path::new(self.url.strip_prefix("sqlite:").unwrap())
    }

    fn sqlite(&self) -> rusqlite::Connection {
        let connection = rusqlite::Connection::open(self.path()).unwrap();
        connection.execute_batch("PRAGMA foreign_keys = ON").unwrap();
        connection
    }

    fn select_sqlite(&self, sql: &str) -> Vec<Vec<Cell>> {
        use rusqlite::types::Value;
        let connection = self.sqlite();
        let mut statement = connection.prepare(sql).unwrap();
        let columns = statement.column_count();
        let cell = |value| match value {
            Value::Null => None,
            Value::Integer(number) => Some(number.to_string()),
            Value::Real(number) => Some(number.to_string()),
            Value::Text(text) => Some(text),
            Value::Blob(_) => panic!("no column holds bytes"),
        };
        let rows = statement.query_map([], |row| (0..columns).map(|at| row.get(at).map(cell)).collect());
        rows.unwrap().map(Result::unwrap).collect()
    }

    #[cfg(feature = "postgres")]
    fn postgres(&self) -> postgres::Client {
        postgres::Client::connect(&self.url, postgres::NoTls).unwrap()
    }

    #[cfg(feature = "postgres")]
    fn select_postgres(&self, sql: &str) -> Vec<Vec<Cell>> {
        let messages = self.postgres().simple_query(sql).unwrap();
        let row = |message| match message {
            postgres::SimpleQueryMessage::Row(row) => {
                Some((0..row.len()).map(|at| row.get(at).map(str::to_owned)).collect())
            }
            _ => None,
        };
        messages.into_iter().filter_map(row).collect()
    }

    #[cfg(feature = "mysql")]
    fn mysql(&self) -> mysql::Conn {
        mysql::Conn::new(mysql::Opts::from_url(&self.url).unwrap()).unwrap()
    }

    #[cfg(feature = "mysql")]
    fn select_mysql(&self, sql: &str) -> Vec<Vec<Cell>> {
        let rows: Vec<mysql::Row> = mysql::prelude::Queryable::query(&mut self.mysql(), sql).unwrap();
        let cell = |value| match value {
            mysql::Value::NULL => None,
            mysql::Value::Bytes(bytes) => Some(String::from_utf8(bytes).unwrap()),
            other => panic!("a query answers in text, not {other:?}"),
        };
        rows.into_iter().map(|row| row.unwrap().into_iter().map(cell).collect()).collect()
    }
}

/// `20000000.0000000000`, as a decimal of ten digits behind the point is told → `20000000`
fn shorten(cell: &mut String) {
    let is_decimal = cell.rsplit_once('.').is_some_and(|(_, behind)| behind.len() == 10);
    if is_decimal && let Ok(number) = cell.parse::<Decimal>() {
        *cell = number.normalize().to_string();
    }
}

/// Makes each of the functions a test on every database that is built in.
#[macro_export]
macro_rules! on_every_database {
    ($($test:ident),+ $(,)?) => {
        mod sqlite {
            use super::databases::{Database, Kind};
            $(#[test] fn $test() { super::$test(&Database::new(Kind::Sqlite, stringify!($test))); })+
        }
        #[cfg(feature = "postgres")]
        mod postgres {
            use super::databases::{Database, Kind};
            $(#[test] fn $test() { super::$test(&Database::new(Kind::Postgres, stringify!($test))); })+
        }
        #[cfg(feature = "mysql")]
        mod mysql {
            use super::databases::{Database, Kind};
            $(#[test] fn $test() { super::$test(&Database::new(Kind::MySql, stringify!($test))); })+
        }
    };
}
