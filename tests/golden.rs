//! Every input and every fixture against its accepted output, as `gongbao golden` does.
//!
//! A fixture is a folder in `fixtures/` with `source.txt` (or `source.md`, `source.html`), `expected.json` and `why.md`.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use gongbao::golden::tell::{self, Report};
use gongbao::golden::{self, Comparison};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const ACCEPT: &str = "look at each of the differences above; to accept them all: UPDATE=1 cargo test --test golden";

#[test]
fn outputs_are_as_accepted() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut told = Vec::new();
    for case in common::cases() {
        let Comparison { accepted, fresh } = golden::compare(&case.source, &case.accepted).unwrap();
        if fs::read_to_string(&case.accepted).unwrap_or_default() == fresh {
            continue;
        }
        if update {
            golden::accept(&case.accepted, &fresh).unwrap();
            continue;
        }
        tell::text(&mut told, &Report::new(case.title, case.accepted.display().to_string(), accepted)).unwrap();
    }
    let told = String::from_utf8(told).unwrap();
    assert!(told.is_empty(), "\n{told}\n{ACCEPT}");
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
