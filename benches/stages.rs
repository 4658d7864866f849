//! Each stage by itself over the documents of `input/`, and all of them: `cargo bench --bench stages -- --sort location`. Rates are
//! bytes of the files in a second.
#![allow(clippy::unwrap_used, reason = "a benchmark may fail")]

use divan::{Bencher, Divan};
use gongbao::model::{Format, Record, Source};
use gongbao::normalise::{Text, normalise};
use gongbao::segment::outline::Outline;
use gongbao::segment::segment;
use gongbao::{assemble, emit, pipeline, read};
use std::fs;
use std::path::Path;
use std::time::Duration;

fn main() {
    let bytes: usize = files().iter().map(Vec::len).sum();
    Divan::default().bytes_count(bytes).max_time(Duration::from_secs(3)).config_with_args().main();
}

#[divan::bench]
fn decode(bencher: Bencher) {
    bencher.with_inputs(files).bench_values(|files| files.into_iter().map(source).collect::<Vec<_>>());
}

#[divan::bench]
fn normalised(bencher: Bencher) {
    let sources = sources();
    bencher.bench(|| sources.iter().map(normalise).collect::<Vec<_>>());
}

#[divan::bench]
fn segmented(bencher: Bencher) {
    let texts: Vec<Text> = sources().iter().map(normalise).collect();
    bencher.bench(|| texts.iter().map(segment).collect::<Vec<_>>());
}

/// The rules run here, over each passage.
#[divan::bench]
fn extracted_and_assembled(bencher: Bencher) {
    let sources = sources();
    let outlines = || sources.iter().map(outline).collect::<Vec<_>>();
    let record = |(source, (text, outline))| assemble::assemble(source, text, outline);
    bencher.with_inputs(outlines).bench_values(|outlines| sources.iter().zip(outlines).map(record).collect::<Vec<_>>());
}

#[divan::bench]
fn emitted(bencher: Bencher) {
    let sources = sources();
    let records: Vec<Record> = sources.iter().map(pipeline::record).collect();
    bencher.bench(|| sources.iter().zip(&records).map(|(source, record)| json(source, record)).collect::<Vec<_>>());
}

#[divan::bench]
fn whole(bencher: Bencher) {
    let written = |bytes| {
        let source = source(bytes);
        json(&source, &pipeline::record(&source))
    };
    bencher.with_inputs(files).bench_values(|files| files.into_iter().map(written).collect::<Vec<_>>());
}

/// The bytes of each document of `input/`.
fn files() -> Vec<Vec<u8>> {
    let input = Path::new(env!("CARGO_MANIFEST_DIR")).join("input");
    fs::read_dir(input).unwrap().map(|file| fs::read(file.unwrap().path()).unwrap()).collect()
}

fn sources() -> Vec<Source> {
    files().into_iter().map(source).collect()
}

fn source(bytes: Vec<u8>) -> Source {
    read::decode(bytes, "input.txt".to_owned(), Format::Text).unwrap()
}

fn outline(source: &Source) -> (Text, Outline) {
    let text = normalise(source);
    let outline = segment(&text);
    (text, outline)
}

fn json(source: &Source, record: &Record) -> Vec<u8> {
    let mut out = Vec::new();
    emit::json::write(&mut out, source, record).unwrap();
    out
}
