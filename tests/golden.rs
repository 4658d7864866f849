//! Every input and every fixture against its accepted output, row by row.
//!
//! A fixture is a folder in `fixtures/` with `source.txt` (or `source.md`, `source.html`), `expected.json` and `why.md`.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use common::Case;
use gongbao::pipeline;
use similar::{ChangeTag, TextDiff};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const ACCEPT: &str = "look at the rows above; to accept them all: UPDATE=1 cargo test --test golden";
/// Rows told for one source; the rest is counted.
const MOST: usize = 40;

#[test]
fn outputs_are_as_accepted() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut told = String::new();
    for case in common::cases() {
        let now = common::json(&case.source, &pipeline::record(&case.source));
        let accepted = fs::read_to_string(&case.accepted).unwrap_or_default();
        if now == accepted {
            continue;
        }
        if update {
            fs::create_dir_all(case.accepted.parent().unwrap()).unwrap();
            fs::write(&case.accepted, now).unwrap();
        } else if accepted.is_empty() {
            writeln!(told, "\n{}: nothing is accepted yet", case.title).unwrap();
        } else {
            told += &difference(&case, &accepted, &now);
        }
    }
    assert!(told.is_empty(), "{told}\n{ACCEPT}");
}

#[test]
fn every_accepted_output_has_its_source() {
    let known: BTreeSet<_> = common::cases().into_iter().map(|case| case.accepted).collect();
    let output = walkdir::WalkDir::new(common::root().join("output"));
    let fixtures = walkdir::WalkDir::new(common::root().join("fixtures"));
    let orphans: Vec<_> = output
        .into_iter()
        .chain(fixtures)
        .filter_map(Result::ok)
        .filter(|entry| !entry.path().components().any(|part| part.as_os_str() == ".gongbao"))
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|ending| ending == "json") && !known.contains(path))
        .collect();
    assert!(orphans.is_empty(), "no source leads to {orphans:?}; delete them");
}

#[test]
fn every_fixture_says_what_it_shows() {
    for case in common::cases().iter().filter(|case| case.title.starts_with("fixtures/")) {
        let why = fs::read_to_string(case.accepted.with_file_name("why.md")).unwrap_or_default();
        assert!(!why.trim().is_empty(), "{}: a why.md beside it says what it shows", case.title);
        let name = Path::new(&case.title).file_stem().unwrap();
        assert_eq!(name, "source", "{}: a fixture is a folder with source.txt, source.md or source.html", case.title);
    }
}

/// The rows that went and came, each below the name of its table.
fn difference(case: &Case, accepted: &str, now: &str) -> String {
    let mut told = format!("\n{} (- accepted, + now)\n", case.title);
    let (accepted, now) = (rows(accepted), rows(now));
    let diff = TextDiff::from_slices(&accepted, &now);
    let (mut table, mut named, mut count) = (String::new(), String::new(), 0);
    for change in diff.iter_all_changes() {
        let line = change.value();
        if let Some((key, _)) = line.strip_prefix('"').and_then(|line| line.split_once('"')) {
            key.clone_into(&mut table);
        }
        let sign = match change.tag() {
            ChangeTag::Equal => continue,
            ChangeTag::Delete => '-',
            ChangeTag::Insert => '+',
        };
        count += 1;
        if count > MOST {
            continue;
        }
        if named != table {
            writeln!(told, "  {table}").unwrap();
            table.clone_into(&mut named);
        }
        writeln!(told, "  {sign} {}", shortened(line)).unwrap();
    }
    if count == 0 {
        writeln!(told, "  only line ends and commas differ").unwrap();
    }
    if count > MOST {
        writeln!(told, "  … and {} more", count - MOST).unwrap();
    }
    told
}

/// The lines without their commas: a row does not change by being the last.
fn rows(json: &str) -> Vec<&str> {
    json.lines().map(|line| line.trim_end_matches(',')).collect()
}

fn shortened(line: &str) -> String {
    match line.char_indices().nth(600) {
        Some((at, _)) => format!("{}… ({} characters)", &line[..at], line.chars().count()),
        None => line.to_owned(),
    }
}
