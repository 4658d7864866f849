//! `gongbao load` into SQLite and, with the features `postgres` and `mysql`, into real servers.
#![allow(clippy::unwrap_used, reason = "a test may fail")]
#![cfg(all(unix, feature = "sqlite"))]

mod common;
mod databases;

use assert_cmd::cargo::cargo_bin;
use databases::{Cell, Database};
use gongbao::outputs;
use gongbao::tables::{Rows, TABLES, Table, Value};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

on_every_database! {
    rows_are_those_of_the_outputs,
    a_source_loaded_again_replaces_its_rows,
    what_is_gone_is_removed_when_asked,
    a_failed_load_changes_nothing,
    a_load_killed_half_way_changes_nothing,
    foreign_keys_hold,
    a_newer_database_is_refused,
    tables_of_others_are_refused,
    unreadable_inputs_are_told_and_the_rest_is_loaded,
    sources_are_loaded_like_their_outputs,
}

/// Exit code, stdout, stderr.
fn load(database: &Database, args: &[&str]) -> (i32, String, String) {
    load_url(&database.url, args)
}

fn load_url(url: &str, args: &[&str]) -> (i32, String, String) {
    let output = command(url, args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let told = (output.status.code().unwrap(), text(output.stdout), text(output.stderr));
    assert!(!told.1.contains("p%40ss") && !told.1.contains("p@ss"), "{told:?}");
    assert!(!told.2.contains("p%40ss") && !told.2.contains("p@ss"), "{told:?}");
    told
}

fn command(url: &str, args: &[&str]) -> Command {
    let mut command = Command::new(cargo_bin("gongbao"));
    command.current_dir(common::root()).arg("load").args(args).args(["--to", url]);
    command
}

#[track_caller]
fn loads(database: &Database, args: &[&str]) -> String {
    let (code, stdout, stderr) = load(database, args);
    assert_eq!((code, stderr.as_str()), (0, ""), "{stdout}");
    stdout
}

#[track_caller]
fn refused(database: &Database, args: &[&str], reason: &str) {
    let (code, stdout, stderr) = load(database, args);
    assert_eq!((code, stdout.as_str()), (2, ""), "{stderr}");
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    assert!(stderr.contains(reason), "{stderr}");
}

/// Number of rows of each table.
fn counts(database: &Database) -> Vec<usize> {
    TABLES.iter().map(|table| database.number(&format!("SELECT count(*) FROM {}", table.name))).collect()
}

fn write(folder: &TempDir, name: &str, text: &str) -> String {
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    path.display().to_string()
}

fn shown(value: &Value<'_>) -> Cell {
    match value {
        Value::Null => None,
        Value::Text(text) => Some((*text).to_owned()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Decimal(number) => Some(number.to_string()),
        Value::Date(date) => Some(date.to_string()),
        Value::Boolean(is) => Some(u8::from(*is).to_string()),
        Value::Words(_) => panic!("lists are no columns of a database"),
    }
}

/// All rows of a table in the order of its key; booleans as 0 and 1.
fn held(database: &Database, table: &Table) -> Vec<Vec<Cell>> {
    let columns = table.flat_columns().map(|(_, column)| match column.kind {
        gongbao::tables::Kind::Boolean => format!("CASE WHEN {0} THEN 1 ELSE 0 END", column.name),
        _ => column.name.to_owned(),
    });
    let columns = columns.collect::<Vec<_>>().join(", ");
    database.select(&format!("SELECT {columns} FROM {} ORDER BY {}", table.name, table.key.join(", ")))
}

fn golden() -> Vec<PathBuf> {
    let mut paths: Vec<_> =
        fs::read_dir(common::root().join("output")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// Every cell of every table, of all inputs and of a text with what is hard to store.
fn rows_are_those_of_the_outputs(database: &Database) {
    let folder = tempfile::tempdir().unwrap();
    let hard = "一、\\N电价'0.0335元'/千瓦时；\t“𠮷”\\最高0.5元/千瓦时，由省发改委牵头，2024年底前完成。\r\n\t\\.\r\n";
    let source = write(&folder, "hard.txt", hard);
    let sample = write(&folder, "sample.json", &common::json(&common::sample::source(), &common::sample::record()));
    let hard_output = folder.path().join("hard.json");
    let extracted = Command::new(cargo_bin("gongbao")).args(["extract", &source]).output().unwrap();
    fs::write(&hard_output, extracted.stdout).unwrap();

    let mut paths = golden();
    paths.extend([hard_output, sample.into()]);
    let outputs: Vec<_> = paths.iter().map(|path| outputs::read(path).unwrap()).collect();
    let mut rows = Rows::default();
    for (output, key) in outputs.iter().zip(1..) {
        rows.add(key, output);
    }
    let paths: Vec<&str> = paths.iter().map(|path| path.to_str().unwrap()).collect();
    let told = loads(database, &paths);
    assert!(told.contains(&format!(": 7 sources loaded, {} rows\n", rows.count())), "{told}");
    for (table, rows) in rows.tables() {
        let flat = |row: &Vec<Value<'_>>| table.flat_columns().map(|(at, _)| shown(&row[at])).collect::<Vec<Cell>>();
        let mut expected: Vec<_> = rows.iter().map(flat).collect();
        let mut held = held(database, table);
        expected.sort();
        held.sort();
        similar_asserts::assert_eq!(held, expected, "{}", table.name);
        assert!(table.name == "issues" || held.len() > 5, "{} holds {} rows", table.name, held.len());
    }
}

fn a_source_loaded_again_replaces_its_rows(database: &Database) {
    loads(database, &["output"]);
    let once = counts(database);
    loads(database, &["output"]);
    assert_eq!(counts(database), once);

    // One of them changes: its rows are the new ones, under the old key; the others stay.
    let key = "SELECT id FROM sources WHERE name = 'ningbo-policy-2024.txt'";
    let before = database.number(key);
    let folder = tempfile::tempdir().unwrap();
    let shorter = write(&folder, "ningbo-policy-2024.txt", "一、给予最高2000万元补助。\n");
    loads(database, &[&shorter]);
    assert_eq!(database.number(key), before);
    assert_eq!(database.number("SELECT count(*) FROM sources"), 5);
    let of_it = format!("SELECT text FROM provisions WHERE source = {before}");
    assert_eq!(database.select(&of_it), [[Some("给予最高2000万元补助。".to_owned())]]);
}

fn what_is_gone_is_removed_when_asked(database: &Database) {
    loads(database, &["output"]);
    loads(database, &["output/ningbo-policy-2024.json"]);
    assert_eq!(database.number("SELECT count(*) FROM sources"), 5);
    let told = loads(database, &["output/ningbo-policy-2024.json", "--prune"]);
    assert!(told.contains(": 1 sources loaded, 4 removed, "), "{told}");
    let left = counts(database);
    assert_eq!(database.number("SELECT count(*) FROM sources"), 1);

    // What is there but cannot be read is not gone.
    let folder = tempfile::tempdir().unwrap();
    let bad = write(&folder, "ningbo-policy-2024.json", "{}");
    let (code, stdout, _) = load(database, &[&bad, "--prune"]);
    assert_eq!(code, 1, "{stdout}");
    assert_eq!(counts(database), left);
}

/// An output whose second provision has the id of the first: the database refuses it.
fn doubled(folder: &TempDir, name: &str) -> String {
    let mut output = outputs::read(&common::root().join("output/ningbo-policy-2024.json")).unwrap();
    output.source.name = format!("{name}.txt");
    output.provisions[1].id = output.provisions[0].id.clone();
    let mut json = Vec::new();
    gongbao::emit::json::write_output(&mut json, &output).unwrap();
    write(folder, &format!("{name}.json"), &String::from_utf8(json).unwrap())
}

fn a_failed_load_changes_nothing(database: &Database) {
    loads(database, &["output/ningbo-work-report-2023.json"]);
    let before = counts(database);
    let folder = tempfile::tempdir().unwrap();
    let bad = doubled(&folder, "doubled");
    refused(database, &["output", &bad, "--prune"], "provisions");
    assert_eq!(counts(database), before);
}

/// Outputs enough that some of them are sent before the last is read, which is a pipe.
fn many_and_a_pipe(folder: &TempDir) -> (Vec<String>, PathBuf) {
    let mut output = outputs::read(&common::root().join("output/ningbo-gazette-2022-01.json")).unwrap();
    let mut paths = Vec::new();
    for number in 0..64 {
        output.source.name = format!("{number:02}.txt");
        let mut json = Vec::new();
        gongbao::emit::json::write_output(&mut json, &output).unwrap();
        paths.push(write(folder, &format!("{number:02}.json"), &String::from_utf8(json).unwrap()));
    }
    let pipe = folder.path().join("last.json");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    paths.push(pipe.display().to_string());
    (paths, pipe)
}

fn a_load_killed_half_way_changes_nothing(database: &Database) {
    loads(database, &["output"]);
    let before = counts(database);
    let folder = tempfile::tempdir().unwrap();
    let (paths, pipe) = many_and_a_pipe(&folder);
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let mut loading = command(&database.url, &paths).stdout(Stdio::null()).spawn().unwrap();
    // Opening the pipe waits for the program to read it, which it does when the others are sent.
    let opened = fs::OpenOptions::new().write(true).open(&pipe).unwrap();
    loading.kill().unwrap();
    loading.wait().unwrap();
    drop(opened);
    assert_eq!(counts(database), before);
    loads(database, &["output"]);
    assert_eq!(counts(database), before);
}

fn foreign_keys_hold(database: &Database) {
    loads(database, &["output"]);
    let orphan = "INSERT INTO noise (source, seq, kind, start_char, end_char, raw) VALUES (99, 1, 'rule', 0, 1, '-')";
    assert!(database.execute(orphan).is_err());
    let astray = "UPDATE caps SET provision = 'doc_9__art_99' WHERE source = 1";
    assert!(database.execute(astray).is_err());
    database.execute("DELETE FROM sources").unwrap();
    assert_eq!(counts(database), vec![0; TABLES.len()]);
}

fn a_newer_database_is_refused(database: &Database) {
    loads(database, &["output"]);
    let before = counts(database);
    database.execute("INSERT INTO gongbao_migrations VALUES (2)").unwrap();
    refused(
        database,
        &["output"],
        "its tables are of version 2, made by a newer gongbao; this one knows up to version 1",
    );
    assert_eq!(counts(database), before);
}

fn tables_of_others_are_refused(database: &Database) {
    database.execute("CREATE TABLE documents (name TEXT)").unwrap();
    refused(database, &["output"], "it has a table documents that gongbao did not make");
    assert_eq!(database.number("SELECT count(*) FROM documents"), 0);
}

fn unreadable_inputs_are_told_and_the_rest_is_loaded(database: &Database) {
    let folder = tempfile::tempdir().unwrap();
    let golden = fs::read_to_string(common::root().join("output/zhenhai-policy-2024-draft.json")).unwrap();
    let fine = golden.replacen("\"value\":100000000,", "\"value\":0.00000000001,", 1);
    let fine = fine.replacen("zhenhai-policy-2024-draft.txt", "fine.txt", 1);
    let faults = [
        (write(&folder, "other.json", "{\"schema\":\"gongbao/9\"}"), "gongbao/9"),
        (write(&folder, "none.json", "[]"), "no output of gongbao"),
        (
            write(&folder, "fine.json", &fine),
            "0.00000000001: the tables hold 28 digits before the point and 10 behind it",
        ),
        (folder.path().join("missing.json").display().to_string(), "No such file"),
        (write(&folder, "again.json", &golden), "is taken from output/zhenhai-policy-2024-draft.json"),
    ];
    let mut args = vec!["output/zhenhai-policy-2024-draft.json"];
    args.extend(faults.iter().map(|(path, _)| path.as_str()));
    let (code, stdout, stderr) = load(database, &args);
    assert_eq!(code, 1, "{stderr}");
    assert!(stdout.contains(": 1 sources loaded, "), "{stdout}");
    assert_eq!(stderr.lines().count(), faults.len(), "{stderr}");
    for ((_, reason), line) in faults.iter().zip(stderr.lines()) {
        assert!(line.contains(reason), "{line}\nshould tell: {reason}");
    }
    assert_eq!(database.number("SELECT count(*) FROM sources"), 1);
}

fn sources_are_loaded_like_their_outputs(database: &Database) {
    loads(database, &["input"]);
    let from_sources: Vec<_> = TABLES.iter().map(|table| held(database, table)).collect();
    database.execute("DELETE FROM sources").unwrap();
    loads(database, &["output"]);
    for (table, rows) in TABLES.iter().zip(from_sources) {
        assert_eq!(held(database, table), rows, "{}", table.name);
    }
}

#[test]
fn what_is_no_database_is_refused_before_anything_is_read() {
    for (url, reason) in [
        ("gongbao.db", "--to wants a URL: sqlite:FILE"),
        ("oracle://u:p@ss@h/db", "--to knows no database of this kind"),
        ("sqlite:/no/such/folder/gongbao.db", "sqlite:/no/such/folder/gongbao.db: unable to open database file"),
    ] {
        let (code, stdout, stderr) = load_url(url, &["output"]);
        assert_eq!((code, stdout.as_str()), (2, ""), "{stderr}");
        assert!(stderr.starts_with(&format!("gongbao: {reason}")), "{stderr}");
    }
}

#[test]
fn a_file_that_is_no_database_is_refused_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let text = "一、给予最高2000万元补助。\n".repeat(100);
    let path = write(&folder, "notes.txt", &text);
    let (code, _, stderr) = load_url(&format!("sqlite:{path}"), &["output"]);
    assert_eq!(code, 2);
    assert!(stderr.contains("file is not a database"), "{stderr}");
    assert_eq!(fs::read_to_string(Path::new(&path)).unwrap(), text);
}

#[cfg(any(feature = "postgres", feature = "mysql"))]
mod servers {
    use super::*;

    /// Exit code 2, one line that names the database and the reason, and no password.
    #[track_caller]
    fn refuses(url: &str, reason: &str) {
        let (code, stdout, stderr) = load_url(url, &["output"]);
        assert_eq!((code, stdout.as_str()), (2, ""), "{stderr}");
        assert_eq!(stderr.lines().count(), 1, "{stderr}");
        assert!(stderr.contains(reason), "{stderr}");
        assert!(stderr.starts_with(&format!("gongbao: {}://", url.split(':').next().unwrap())), "{stderr}");
        assert!(!stderr.contains("wr0ng"), "{stderr}");
    }

    /// The connection is cut while the program waits for its last input: it says so, and the old state stays.
    fn is_told_when_lost(database: &Database, cut: &str) {
        loads(database, &["output"]);
        let before = counts(database);
        let folder = tempfile::tempdir().unwrap();
        let (paths, pipe) = many_and_a_pipe(&folder);
        let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        let mut loading = command(&database.url, &paths);
        let loading = loading.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let opened = fs::OpenOptions::new().write(true).open(&pipe).unwrap();
        for statement in database.select(cut) {
            database.execute(statement[0].as_ref().unwrap()).unwrap();
        }
        drop(opened);
        let output = loading.wait_with_output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{stderr}");
        let told = stderr.lines().last().unwrap();
        assert!(
            told.starts_with(&format!("gongbao: {}://gongbao@127.0.0.1:", database.url.split(':').next().unwrap())),
            "{told}"
        );
        assert!(!stderr.contains("p@ss"), "{stderr}");
        assert_eq!(counts(database), before);
    }

    #[cfg(feature = "postgres")]
    #[test]
    fn postgres_refuses() {
        let url = Database::new(databases::Kind::Postgres, "refuses").url;
        let wrong = url.replace("p%40ss%2Fword", "wr0ng%2Fword");
        refuses(&wrong, "password authentication failed for user \"gongbao\"");
        refuses("postgres://gongbao:wr0ng@127.0.0.1:1/gongbao", "Connection refused");
        refuses(&format!("{url}_none"), "database \"test_refuses_none\" does not exist");
        refuses(&format!("{url}?options=-csearch_path%3Dnowhere"), "no schema has been selected to create in");
    }

    #[cfg(feature = "mysql")]
    #[test]
    fn mysql_refuses() {
        let url = Database::new(databases::Kind::MySql, "refuses").url;
        refuses(&url.replace("p%40ss%2Fword", "wr0ng%2Fword"), "Access denied for user 'gongbao'");
        refuses("mysql://gongbao:wr0ng@127.0.0.1:1/gongbao", "Connection refused");
        refuses(&format!("{url}_none"), "Unknown database 'test_refuses_none'");
        refuses(url.rsplit_once('/').unwrap().0, "No database selected");
    }

    #[cfg(feature = "postgres")]
    #[test]
    fn a_lost_postgres_is_told() {
        let database = Database::new(databases::Kind::Postgres, "lost");
        is_told_when_lost(
            &database,
            "SELECT format('SELECT pg_terminate_backend(%s)', pid) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid()",
        );
    }

    #[cfg(feature = "mysql")]
    #[test]
    fn a_lost_mysql_is_told() {
        let database = Database::new(databases::Kind::MySql, "lost");
        is_told_when_lost(
            &database,
            "SELECT concat('KILL ', id) FROM information_schema.processlist
             WHERE db = DATABASE() AND id <> connection_id()",
        );
    }
}
