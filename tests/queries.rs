//! The queries of `docs/queries/` give, in every database, the rows that the JSON gives.
#![allow(clippy::unwrap_used, reason = "a test may fail")]
#![cfg(feature = "sqlite")]

mod common;
mod databases;

use assert_cmd::Command;
use databases::{Cell, Database, Kind};
use gongbao::emit::wire::{CapValue, Document, Output, Place, Provision};
use gongbao::outputs;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

on_every_database! {
    caps_above_10_million,
    led_by_each_office,
    deadlines_next_90_days,
    deadlines_from_today,
    policies_by_city_and_year,
    changed_provisions,
}

fn query(name: &str) -> String {
    fs::read_to_string(common::root().join("docs/queries").join(name)).unwrap()
}

#[test]
fn every_query_has_its_test() {
    let tests = fs::read_to_string(Path::new(file!())).unwrap();
    for entry in fs::read_dir(common::root().join("docs/queries")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(tests.contains(&format!("query(\"{name}\")")), "{name}");
    }
}

fn load(database: &Database, path: &Path) {
    let mut command = Command::cargo_bin("gongbao").unwrap();
    command.args(["load", "--to", &database.url]).arg(path).assert().success();
}

/// Loads the accepted outputs and gives them, sorted by name.
fn golden(database: &Database) -> Vec<Output> {
    let folder = common::root().join("output");
    load(database, &folder);
    let mut outputs: Vec<Output> =
        fs::read_dir(folder).unwrap().map(|entry| outputs::read(&entry.unwrap().path()).unwrap()).collect();
    outputs.sort_by(|a, b| a.source.name.cmp(&b.source.name));
    outputs
}

fn provision<'a>(output: &'a Output, place: &Place) -> &'a Provision {
    output.provisions.iter().find(|row| Some(&row.id) == place.provision.as_ref()).unwrap()
}

fn document<'a>(output: &'a Output, provision: &Provision) -> &'a Document {
    output.documents.iter().find(|row| row.id == provision.document).unwrap()
}

fn some(text: impl ToString) -> Cell {
    Some(text.to_string())
}

fn caps_above_10_million(database: &Database) {
    let outputs = golden(database);
    let mut expected = Vec::new();
    for output in &outputs {
        for cap in output.caps.iter().filter(|cap| cap.unit == "CNY") {
            let CapValue::Number(value) = &cap.value else { panic!("money is a number") };
            if value.0 > Decimal::from(10_000_000) {
                let at = provision(output, &cap.place);
                let row = [
                    some(&output.source.name),
                    document(output, at).title.clone(),
                    at.label.clone(),
                    at.heading.clone(),
                    some(&cap.place.raw),
                    some(value.0.normalize()),
                    cap.scope.clone(),
                ];
                expected.push((std::cmp::Reverse(value.0), &output.source.name, cap.place.start, row));
            }
        }
    }
    expected.sort();
    let expected: Vec<_> = expected.into_iter().map(|(_, _, _, row)| row.to_vec()).collect();
    assert!(expected.len() > 5);
    similar_asserts::assert_eq!(database.select(&query("caps-above-10-million.sql")), expected);
}

fn led_by_each_office(database: &Database) {
    let outputs = golden(database);
    let mut expected = Vec::new();
    for output in &outputs {
        for unit in output.lead_units.iter().filter(|unit| unit.role == "lead") {
            let stated = unit.place.provision.as_ref();
            let holds = |row: &Provision| Some(&row.id) == stated || row.lead_units_inherited.contains(&unit.place.id);
            let office = unit.name.as_ref().unwrap_or(&unit.place.raw);
            for (at, row) in output.provisions.iter().enumerate().filter(|(_, row)| holds(row)) {
                let cells = [some(office), some(&output.source.name), row.label.clone(), row.heading.clone()];
                expected.push((office, &output.source.name, at, unit.place.start, cells));
            }
        }
    }
    expected.sort();
    let expected: Vec<_> = expected.into_iter().map(|(_, _, _, _, cells)| cells.to_vec()).collect();
    assert!(expected.len() > 100);
    similar_asserts::assert_eq!(database.select(&query("led-by-each-office.sql")), expected);
}

fn deadlines_next_90_days(database: &Database) {
    let outputs = golden(database);
    let mut expected = Vec::new();
    for output in &outputs {
        for deadline in &output.deadlines {
            let Some(to) = deadline.to.map(|to| to.0.to_string()) else { continue };
            if ("2024-10-03".."2025-01-02").contains(&to.as_str()) {
                let at = provision(output, &deadline.place);
                let row = [
                    some(&to),
                    some(&deadline.kind),
                    some(&deadline.place.raw),
                    at.label.clone(),
                    at.heading.clone(),
                    document(output, at).title.clone(),
                    some(&output.source.name),
                ];
                expected.push((to, &output.source.name, deadline.place.start, row));
            }
        }
    }
    expected.sort();
    let expected: Vec<_> = expected.into_iter().map(|(_, _, _, row)| row.to_vec()).collect();
    assert_eq!(expected.len(), 2);
    similar_asserts::assert_eq!(database.select(&query("deadlines-next-90-days.sql")), expected);
}

/// What the query says to put in for the days that begin today is understood; of a deadline 30 days from now it tells.
fn deadlines_from_today(database: &Database) {
    let outputs = golden(database);
    let (name, soon) = match database.kind {
        Kind::Sqlite => ("SQLite", "date('now', '+30 days')"),
        #[cfg(feature = "postgres")]
        Kind::Postgres => ("PostgreSQL", "CURRENT_DATE + 30"),
        #[cfg(feature = "mysql")]
        Kind::MySql => ("MySQL", "CURRENT_DATE + INTERVAL 30 DAY"),
    };
    let query = query("deadlines-next-90-days.sql");
    let prefix = format!("--   {name}:");
    let days = query.lines().find_map(|line| line.strip_prefix(&prefix)).unwrap().trim();
    let from_today = query.replace("'2024-10-03' AND '2025-01-01'", days);
    assert_ne!(from_today, query);
    database.execute("UPDATE deadlines SET to_date = NULL").unwrap();
    assert!(database.select(&from_today).is_empty());
    database.execute(&format!("UPDATE deadlines SET to_date = {soon}")).unwrap();
    let all: usize = outputs.iter().map(|output| output.deadlines.len()).sum();
    assert_eq!(database.select(&from_today).len(), all);
}

fn policies_by_city_and_year(database: &Database) {
    let mut expected = BTreeMap::new();
    for document in golden(database).iter().flat_map(|output| &output.documents) {
        if let (Some(issuer), Some(signed)) = (&document.issuer, document.signed) {
            let place = issuer.split_inclusive(['省', '市', '区', '县']).next().unwrap().to_owned();
            *expected.entry((place, signed.0.year())).or_insert(0) += 1;
        }
    }
    let expected: Vec<_> =
        expected.into_iter().map(|((place, year), count)| vec![some(place), some(year), some(count)]).collect();
    assert_eq!(expected.len(), 2, "{expected:?}");
    let query = query("policies-by-city-and-year.sql");
    assert_eq!(database.select(&query), expected);
    // A longer name of a place, and a body without one.
    database.execute("UPDATE documents SET issuer = '黑龙江省人民政府' WHERE issuer LIKE '镇海区%'").unwrap();
    database.execute("UPDATE documents SET issuer = '国务院' WHERE issuer LIKE '宁波市%'").unwrap();
    let places: Vec<_> = database.select(&query).into_iter().map(|row| row[0].clone()).collect();
    assert_eq!(places, [some("国务院"), some("黑龙江省")]);
}

fn changed_provisions(database: &Database) {
    let folder = tempfile::tempdir().unwrap();
    let texts = [
        ("policy-2023.txt", "一、支持研发。最高100万元。\n二、支持人才。\n三、支持出口。\n"),
        ("policy-2024.txt", "一、支持研发。最高200万元。\n二、支持人才。\n四、支持数据。\n"),
        ("other.txt", "一、支持旅游。\n"),
    ];
    for (name, text) in texts {
        fs::write(folder.path().join(name), text).unwrap();
    }
    load(database, folder.path());
    let rows = database.select(&query("changed-provisions.sql"));
    let words = |row: &Vec<Cell>| row[..4].iter().map(|cell| cell.clone().unwrap_or_default()).collect::<Vec<_>>();
    let rows: BTreeSet<Vec<String>> = rows.iter().map(words).collect();
    let expected = [
        ["added", "四、", "", "支持数据。"],
        ["changed", "一、", "支持研发。最高100万元。", "支持研发。最高200万元。"],
        ["removed", "三、", "支持出口。", ""],
    ];
    assert_eq!(rows, expected.map(|row| row.map(str::to_owned).to_vec()).into());
}
