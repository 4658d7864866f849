//! Runs that are killed, and runs that meet.
#![allow(clippy::unwrap_used, reason = "a test may fail")]
#![cfg(unix)]

use assert_cmd::cargo::cargo_bin;
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};
use tempfile::TempDir;

/// So many that what a run tells of them does not fit into a pipe: a run whose log nobody reads stands still.
const SOURCES: usize = 700;

/// A folder `in` with sources of different lengths.
fn sources() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("in/sub")).unwrap();
    for at in 0..SOURCES {
        let text = "一、给予最高2000万元补助，增长5%，由市发改委牵头。\n".repeat(1 + at % 40);
        let sub = if at % 2 == 0 { "" } else { "sub/" };
        fs::write(folder.path().join(format!("in/{sub}a-source-with-a-long-name-{at:04}.txt")), text).unwrap();
    }
    folder
}

fn gongbao(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(cargo_bin("gongbao"));
    command.current_dir(folder).arg("extract").args(args);
    command
}

fn outputs(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_entry(|entry| entry.file_name() != ".gongbao");
    let files = entries.map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| (entry.path().strip_prefix(folder).unwrap().to_owned(), fs::read(entry.path()).unwrap()))
        .collect()
}

/// A run that has told of `count` events and waits for someone to read on.
fn begun(folder: &Path, args: &[&str], count: usize) -> (Child, BufReader<ChildStderr>) {
    let mut child = gongbao(folder, args).args(["--log-format", "json"]).stderr(Stdio::piped()).spawn().unwrap();
    let mut log = BufReader::with_capacity(1, child.stderr.take().unwrap());
    let mut line = String::new();
    for _ in 0..count {
        assert!(log.read_line(&mut line).unwrap() > 0, "the run ended early: {line}");
    }
    (child, log)
}

#[track_caller]
fn kill(folder: &Path, args: &[&str], count: usize) {
    let (mut child, log) = begun(folder, args, count);
    child.kill().unwrap();
    assert_eq!(child.wait().unwrap().signal(), Some(9), "the run had ended before it was killed");
    drop(log);
}

#[test]
fn a_killed_run_leaves_whole_files_and_the_next_one_does_the_rest() {
    let folder = sources();
    let run = |out: &str| gongbao(folder.path(), &["in", "--quiet", "-o", out]).output().unwrap();
    assert_eq!(run("whole").status.code(), Some(0));
    let whole = outputs(&folder.path().join("whole"));
    assert_eq!(whole.len(), SOURCES);
    let out = folder.path().join("out");
    for count in [1, 2, 30, 90, 150] {
        kill(folder.path(), &["in", "-o", "out", "--jobs", "2"], count);
        for (name, bytes) in outputs(&out) {
            assert!(whole[&name] == bytes, "{} is not whole after {count} events", name.display());
        }
    }
    let last = run("out");
    assert_eq!((last.status.code(), String::from_utf8(last.stderr).unwrap().as_str()), (Some(0), ""));
    assert!(outputs(&out) == whole);
    assert_eq!(fs::read_dir(out.join(".gongbao/unfinished")).unwrap().count(), 0);
    let told = gongbao(folder.path(), &["in", "-o", "out"]).output().unwrap().stderr;
    assert!(String::from_utf8_lossy(&told).contains(&format!("{SOURCES} unchanged")));
}

#[test]
fn what_a_killed_run_had_done_is_not_done_again() {
    let folder = sources();
    kill(folder.path(), &["in", "-o", "out", "--jobs", "1"], 300);
    let again = gongbao(folder.path(), &["in", "-o", "out", "--log-format", "json"]).output().unwrap();
    let log = String::from_utf8(again.stderr).unwrap();
    // The journal is written when its buffer of some 170 entries is full, or sooner on a clock: at any speed 130 of 300 are there.
    let journal = log.lines().filter(|line| line.contains(r#""event":"unchanged""#)).count();
    assert!(journal >= 90, "{journal} sources were remembered");
}

#[test]
fn killed_lines_leave_the_older_file() {
    let folder = sources();
    let whole = gongbao(folder.path(), &["in", "--format", "jsonl", "-q"]).output().unwrap().stdout;
    assert_eq!(whole.iter().filter(|&&byte| byte == b'\n').count(), SOURCES);
    let lines = folder.path().join("all.jsonl");
    fs::write(&lines, "older").unwrap();
    kill(folder.path(), &["in", "--format", "jsonl", "-o", "all.jsonl"], 60);
    assert_eq!(fs::read(&lines).unwrap(), b"older");
    assert!(gongbao(folder.path(), &["in", "--format", "jsonl", "-q", "-o", "all.jsonl"]).status().unwrap().success());
    assert!(fs::read(&lines).unwrap() == whole);
    let mut names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["all.jsonl", "in"]);
}

#[test]
fn a_second_run_is_told_who_is_at_work() {
    let folder = sources();
    for args in [&["in", "-o", "out"][..], &["in", "--format", "jsonl", "-o", "all.jsonl"]] {
        let (mut first, log) = begun(folder.path(), args, 1);
        let second = gongbao(folder.path(), args).output().unwrap();
        let told = String::from_utf8(second.stderr).unwrap();
        assert_eq!(second.status.code(), Some(2), "{told}");
        let what =
            format!("gongbao: {}: another run is working on it (process {} on ", args.last().unwrap(), first.id());
        assert!(told.starts_with(&what) && told.contains(", since 20"), "{told}");
        // It ends well, and then there is room for another.
        let rest = std::thread::spawn(|| log.lines().count());
        assert_eq!(first.wait().unwrap().code(), Some(0));
        assert!(rest.join().unwrap() >= SOURCES);
        assert_eq!(gongbao(folder.path(), args).arg("--quiet").status().unwrap().code(), Some(0));
    }
}

/// Fifty kills anywhere; slow, so it is run by hand: `cargo test --release --test batch_killed -- --ignored`.
#[test]
#[ignore = "slow"]
fn fifty_kills_anywhere() {
    let folder = sources();
    let run = |out: &str| gongbao(folder.path(), &["in", "--quiet", "-o", out]).output().unwrap().status.code();
    assert_eq!(run("whole"), Some(0));
    let whole = outputs(&folder.path().join("whole"));
    let mut at = 0x9E37_79B9_7F4A_7C15_u64;
    for round in 0..50 {
        at = at.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let _ = fs::remove_dir_all(folder.path().join("out"));
        let count = 1 + usize::try_from(at >> 33).unwrap() % (SOURCES / 2);
        kill(folder.path(), &["in", "-o", "out", "--jobs", "2"], count);
        for (name, bytes) in outputs(&folder.path().join("out")) {
            assert!(whole[&name] == bytes, "round {round}, {count} events: {}", name.display());
        }
        assert_eq!(run("out"), Some(0));
        assert!(outputs(&folder.path().join("out")) == whole, "round {round}, {count} events");
    }
}
