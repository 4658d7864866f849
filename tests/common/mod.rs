//! What the tests share: the real texts, and one way to run the pipeline and hold its output against the invariants.
#![allow(dead_code, unused_imports, reason = "each test binary uses its part")]

mod invariants;
pub mod sample;

use gongbao::model::{Format, Source};
use gongbao::{emit, read};
pub use invariants::{FACTS, faults_in, faults_of, faults_of_line, json};
use std::path::{Path, PathBuf};

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A source of the repository and the output accepted for it.
pub struct Case {
    /// `input/ningbo-policy-2024.txt`
    pub title: String,
    pub source: Source,
    pub accepted: PathBuf,
}

/// Every input and every fixture.
pub fn cases() -> Vec<Case> {
    let inputs = found("input").into_iter().map(|(path, name)| {
        let accepted = root().join("output").join(emit::files::output_name(&name).unwrap());
        (path, name, accepted)
    });
    let fixtures = found("fixtures").into_iter().filter(|(_, name)| !name.ends_with("why.md")).map(|(path, name)| {
        let accepted = path.with_file_name("expected.json");
        let file = Path::new(&name).file_name().unwrap().to_str().unwrap().to_owned();
        (path, file, accepted)
    });
    let case = |(path, name, accepted): (PathBuf, String, PathBuf)| Case {
        title: path.strip_prefix(root()).unwrap().display().to_string(),
        source: read::load(&path, name).unwrap(),
        accepted,
    };
    inputs.chain(fixtures).map(case).collect()
}

fn found(folder: &str) -> Vec<(PathBuf, String)> {
    let folder = root().join(folder);
    if !folder.exists() {
        return Vec::new();
    }
    read::walk::walk(&folder).map(|input| input.unwrap()).map(|input| (input.path, input.name)).collect()
}

/// A text as a source; `None` for what is refused as no text (only blanks, say).
pub fn source(text: &str) -> Option<Source> {
    read::decode(text.as_bytes().to_vec(), "test.txt".to_owned(), Format::Text).ok()
}

/// Runs the pipeline on a text and holds all that it says against the invariants.
#[track_caller]
pub fn check(text: &str) {
    check_bytes(text.as_bytes(), Format::Text);
}

/// As [`check`], for a file in any encoding and format; what is refused holds.
#[track_caller]
pub fn check_bytes(bytes: &[u8], format: Format) {
    let Ok(source) = read::decode(bytes.to_vec(), "test".to_owned(), format) else { return };
    let faults = faults_of(&source);
    let shown: String = source.text.chars().take(2000).collect();
    assert!(faults.is_empty(), "{}\nin the {format:?}\n{shown}", faults.join("\n"));
}
