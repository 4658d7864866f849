//! Outputs into a database: SQLite, PostgreSQL, or MySQL and MariaDB.
//!
//! A load is one transaction. Each source that it brings replaces the rows that the database has of it; should anything
//! fail, the database stays as it was. The tables are those of [`crate::tables`].

#[cfg(feature = "mysql")]
mod mysql;
#[cfg(feature = "postgres")]
mod postgres;
mod sql;
#[cfg(feature = "sqlite")]
mod sqlite;
mod target;

pub use target::{Kind, Target};

use crate::emit::wire::Output;
use crate::tables::{Row, Rows, TABLES, Table};
use anyhow::{Context as _, Result, bail, ensure};
use std::collections::{HashMap, HashSet};

/// Version of the tables. A change of them is a new version, and a step that leads there from the one before.
pub const VERSION: i64 = 1;
/// Tells which versions the tables went through, and by its row of the version which load may write.
const MIGRATIONS: &str = "gongbao_migrations";
/// Rows sent at once; a source is never parted.
const MOST: usize = 20_000;

/// What a load has done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    pub sources: usize,
    pub rows: usize,
    pub removed: usize,
}

/// What a database must be able to do. Dropping it ends an open transaction without effect.
trait Database: Send {
    fn execute(&mut self, sql: &str) -> Result<()>;
    /// Rows of a number and a text.
    fn query(&mut self, sql: &str) -> Result<Vec<(i64, String)>>;
    fn insert(&mut self, table: &Table, rows: &[Row<'_>]) -> Result<()>;
}

/// A load under way: nothing of it is seen by others, or stays, before [`Load::finish`].
pub struct Load {
    database: Box<dyn Database>,
    target: Target,
    /// Keys of the sources that were there before.
    old: HashMap<String, i64>,
    next: i64,
    loaded: HashSet<String>,
    /// Outputs whose rows are not yet sent, each with its key.
    waiting: Vec<(i64, Output)>,
    waiting_rows: usize,
    summary: Summary,
}

impl Load {
    /// Connects, makes the tables if there are none, and begins.
    ///
    /// # Errors
    /// When the server refuses, or the tables are of another program or of a newer version.
    pub fn begin(target: &Target) -> Result<Self> {
        let mut database = connect(target).map_err(|error| target.hide(&error))?;
        let begun = prepare(&mut *database, target.kind).and_then(|()| begin(&mut *database, target.kind));
        let old = begun.map_err(|error| target.hide(&error))?;
        let next = old.values().max().map_or(1, |last| last + 1);
        let (target, loaded, waiting) = (target.clone(), HashSet::new(), Vec::new());
        Ok(Self { database, target, old, next, loaded, waiting, waiting_rows: 0, summary: Summary::default() })
    }

    /// Takes an output, whose rows replace those that its source has.
    ///
    /// # Errors
    /// When the database refuses a row.
    pub fn add(&mut self, output: Output) -> Result<()> {
        let name = output.source.name.clone();
        let key = self.old.get(&name).copied().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        self.loaded.insert(name);
        self.waiting_rows += output.provisions.len() + output.amounts.len();
        self.waiting.push((key, output));
        if self.waiting_rows > MOST { self.send() } else { Ok(()) }
    }

    /// Removes the sources that were not loaded.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn prune(&mut self) -> Result<()> {
        let gone: Vec<i64> =
            self.old.iter().filter(|(name, _)| !self.loaded.contains(*name)).map(|(_, key)| *key).collect();
        self.summary.removed = gone.len();
        self.delete(&gone)
    }

    /// Makes all of it stay.
    ///
    /// # Errors
    /// When the database refuses; then nothing has changed.
    pub fn finish(mut self) -> Result<Summary> {
        self.send()?;
        self.database.execute("COMMIT").map_err(|error| self.target.hide(&error))?;
        Ok(self.summary)
    }

    fn send(&mut self) -> Result<()> {
        self.waiting_rows = 0;
        let waiting = std::mem::take(&mut self.waiting);
        let replaced = waiting.iter().filter(|(_, output)| self.old.contains_key(&output.source.name));
        let replaced: Vec<i64> = replaced.map(|(key, _)| *key).collect();
        self.delete(&replaced)?;
        let mut rows = Rows::default();
        for (key, output) in &waiting {
            rows.add(*key, output);
        }
        for (table, rows) in rows.tables().filter(|(_, rows)| !rows.is_empty()) {
            let sent = self.database.insert(table, rows).with_context(|| format!("table {}", table.name));
            sent.map_err(|error| self.target.hide(&error))?;
        }
        self.summary.sources += waiting.len();
        self.summary.rows += rows.count();
        Ok(())
    }

    /// Their rows in all tables go with them.
    fn delete(&mut self, keys: &[i64]) -> Result<()> {
        for keys in keys.chunks(500) {
            let keys: Vec<String> = keys.iter().map(i64::to_string).collect();
            let sql = format!("DELETE FROM sources WHERE id IN ({})", keys.join(", "));
            self.database.execute(&sql).map_err(|error| self.target.hide(&error))?;
        }
        Ok(())
    }
}

fn connect(target: &Target) -> Result<Box<dyn Database>> {
    match target.kind {
        #[cfg(feature = "sqlite")]
        Kind::Sqlite => Ok(Box::new(sqlite::Sqlite::open(&target.place)?)),
        #[cfg(feature = "postgres")]
        Kind::Postgres => Ok(Box::new(postgres::Postgres::connect(&target.place)?)),
        #[cfg(feature = "mysql")]
        Kind::MySql => Ok(Box::new(mysql::MySql::connect(&target.place)?)),
        #[allow(unreachable_patterns, reason = "all of them are built in")]
        _ => bail!("this gongbao was built without it; build with `--features full`"),
    }
}

/// Makes the tables where there are none.
fn prepare(database: &mut dyn Database, kind: Kind) -> Result<()> {
    let listed = match kind {
        Kind::Sqlite => "SELECT 0, name FROM sqlite_master WHERE type = 'table'",
        Kind::Postgres => "SELECT 0::bigint, tablename::text FROM pg_tables WHERE schemaname = current_schema()",
        Kind::MySql => "SELECT 0, table_name FROM information_schema.tables WHERE table_schema = DATABASE()",
    };
    let there: HashSet<String> = database.query(listed)?.into_iter().map(|(_, name)| name).collect();
    if there.contains(MIGRATIONS) && version(database, "")? > 0 {
        return Ok(());
    }
    if !there.contains(MIGRATIONS) {
        let foreign = TABLES.iter().find(|table| there.contains(table.name));
        if let Some(table) = foreign {
            bail!("it has a table {} that gongbao did not make; load into a database of its own", table.name);
        }
    }
    database.execute("BEGIN")?;
    if !there.contains(MIGRATIONS) {
        // MySQL commits each table by itself; version 0 says that not all of them are made.
        database.execute(&format!("CREATE TABLE {MIGRATIONS} (version BIGINT NOT NULL PRIMARY KEY)"))?;
        database.execute(&format!("INSERT INTO {MIGRATIONS} VALUES (0)"))?;
    }
    for table in TABLES {
        for statement in sql::create(table, kind) {
            database.execute(&statement).with_context(|| format!("cannot make the table {}", table.name))?;
        }
    }
    database.execute(&format!("INSERT INTO {MIGRATIONS} VALUES ({VERSION})"))?;
    database.execute("COMMIT")
}

/// Opens the transaction, so that a second load waits for its end, and tells the sources that are there with their keys.
fn begin(database: &mut dyn Database, kind: Kind) -> Result<HashMap<String, i64>> {
    let lock = if kind == Kind::Sqlite { "" } else { " FOR UPDATE" };
    database.execute(if kind == Kind::Sqlite { "BEGIN IMMEDIATE" } else { "BEGIN" })?;
    let version = version(database, lock)?;
    ensure!(
        version <= VERSION,
        "its tables are of version {version}, made by a newer gongbao; this one knows up to version {VERSION}"
    );
    Ok(database.query("SELECT id, name FROM sources")?.into_iter().map(|(key, name)| (name, key)).collect())
}

fn version(database: &mut dyn Database, lock: &str) -> Result<i64> {
    let rows = database.query(&format!("SELECT version, 'version' FROM {MIGRATIONS}{lock}"))?;
    Ok(rows.into_iter().map(|(version, _)| version).max().unwrap_or(0))
}
