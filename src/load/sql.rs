//! The tables in the words of each database.

use super::target::Kind as Database;
use crate::tables::{Kind, PRECISION, SCALE, Table};
use std::fmt::Write as _;

/// The statements that make a table and its indexes.
pub fn create(table: &Table, database: Database) -> Vec<String> {
    let mut parts: Vec<String> = table
        .flat_columns()
        .map(|(_, column)| {
            let null = if column.null { "" } else { " NOT NULL" };
            format!(
                "{} {}{null}{}",
                column.name,
                type_of(column.kind, database),
                check(column.name, column.kind, database)
            )
        })
        .collect();
    parts.push(format!("PRIMARY KEY ({})", table.key.join(", ")));
    for reference in table.references {
        let (columns, to) = (reference.columns.join(", "), reference.to.join(", "));
        parts.push(format!("FOREIGN KEY ({columns}) REFERENCES {} ({to}) ON DELETE CASCADE", reference.table));
    }
    let mut indexes = Vec::new();
    for columns in table.indexes {
        let name = format!("{}_by_{}", table.name, columns.join("_"));
        if database == Database::MySql {
            // MySQL has no CREATE INDEX IF NOT EXISTS.
            parts.push(format!(
                "INDEX {name} ({})",
                columns.iter().map(|name| prefix(table, name)).collect::<Vec<_>>().join(", ")
            ));
        } else {
            indexes.push(format!("CREATE INDEX {name} ON {} ({})", table.name, columns.join(", ")));
        }
    }
    // Only MySQL cannot undo the making of a table, and so may find it made by a run that stopped half way.
    let (unless, options) = match database {
        Database::MySql => ("IF NOT EXISTS ", " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ENGINE InnoDB"),
        Database::Sqlite | Database::Postgres => ("", ""),
    };
    let mut statements = vec![format!("CREATE TABLE {unless}{} (\n  {}\n){options}", table.name, parts.join(",\n  "))];
    statements.append(&mut indexes);
    statements
}

/// `COLLATE "C"` orders texts by code point, as the other two do.
fn type_of(kind: Kind, database: Database) -> String {
    let name = match (kind, database) {
        (Kind::Name | Kind::Word | Kind::Text, Database::Sqlite) => "TEXT",
        (Kind::Name | Kind::Word | Kind::Text, Database::Postgres) => "text COLLATE \"C\"",
        (Kind::Name, Database::MySql) => "VARCHAR(700)",
        (Kind::Word, Database::MySql) => "VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin",
        (Kind::Text, Database::MySql) => "LONGTEXT",
        (Kind::Integer, Database::Sqlite) => "INTEGER",
        (Kind::Integer, _) => "BIGINT",
        (Kind::Decimal, Database::Sqlite) => "NUMERIC",
        (Kind::Decimal, _) => return format!("NUMERIC({PRECISION}, {SCALE})"),
        (Kind::Date, _) => "DATE",
        (Kind::Boolean, _) => "BOOLEAN",
        (Kind::Words, _) => unreachable!("lists are no columns of a database"),
    };
    let unique = if kind == Kind::Name { " UNIQUE" } else { "" };
    format!("{name}{unique}")
}

/// SQLite takes anything into any column, save where a check keeps it out.
fn check(name: &str, kind: Kind, database: Database) -> String {
    match (kind, database) {
        (Kind::Date, Database::Sqlite) => format!(" CHECK ({name} IS date({name}))"),
        (Kind::Decimal, Database::Sqlite) => format!(" CHECK (typeof({name}) IN ('integer', 'real', 'null'))"),
        (Kind::Boolean, Database::Sqlite) => format!(" CHECK ({name} IN (0, 1))"),
        _ => String::new(),
    }
}

/// MySQL indexes the beginning of a long text only.
fn prefix(table: &Table, name: &str) -> String {
    let is_text = table.flat_columns().any(|(_, column)| column.name == name && column.kind == Kind::Text);
    format!("{name}{}", if is_text { "(100)" } else { "" })
}

/// `INSERT INTO name (a, b) VALUES (?, ?), (?, ?)`
pub fn insert(table: &Table, rows: usize) -> String {
    let columns: Vec<&str> = table.flat_columns().map(|(_, column)| column.name).collect();
    let row = format!("({})", vec!["?"; columns.len()].join(", "));
    let mut sql = format!("INSERT INTO {} ({}) VALUES {row}", table.name, columns.join(", "));
    for _ in 1..rows {
        write!(sql, ", {row}").expect("a String can be written to");
    }
    sql
}
