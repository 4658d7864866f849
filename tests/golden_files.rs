//! Checking and accepting: exit codes, what is asked, and which files are touched.
#![allow(clippy::unwrap_used, reason = "a test may fail")]
#![cfg(unix)]

use assert_cmd::Command;
use rexpect::session::spawn_command;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const TEXT: &str = "一、给予最高100万元补助。\n\n二、贷款贴息5%，由市发改委牵头。\n";

fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("gongbao").unwrap().current_dir(folder).args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// `in/a.txt` and `in/sub/b.txt`, accepted in `out`.
fn accepted() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("in/sub")).unwrap();
    fs::write(folder.path().join("in/a.txt"), TEXT).unwrap();
    fs::write(folder.path().join("in/sub/b.txt"), TEXT).unwrap();
    let (code, stdout, _) = run(folder.path(), &["golden", "accept", "in", "--golden", "out", "--yes"]);
    assert_eq!((code, stdout.as_str()), (0, ""));
    folder
}

fn read(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap()
}

fn write(folder: &TempDir, name: &str, text: &str) {
    fs::write(folder.path().join(name), text).unwrap();
}

#[test]
fn a_golden_is_the_file_that_extract_writes() {
    let folder = accepted();
    run(folder.path(), &["extract", "in", "-o", "extracted"]);
    for name in ["a.json", "sub/b.json"] {
        assert_eq!(read(&folder, &format!("out/{name}")), read(&folder, &format!("extracted/{name}")));
    }
    let check = run(folder.path(), &["golden", "check", "in", "--golden", "out"]);
    assert_eq!(check, (0, "2 as accepted, 0 not\n".to_owned(), String::new()));
    assert_eq!(fs::read_dir(folder.path().join("out")).unwrap().count(), 2, "nothing half written is left");
}

#[test]
fn any_difference_fails_the_check() {
    let check = |folder: &TempDir, line: &str| {
        let (code, stdout, stderr) = run(folder.path(), &["golden", "check", "in", "--golden", "out"]);
        assert_eq!((code, stderr.as_str()), (1, ""));
        assert!(stdout.lines().any(|told| told == line), "{stdout}");
        assert!(stdout.ends_with(" not\n") && !stdout.ends_with(" 0 not\n"), "{stdout}");
    };
    let folder = accepted();
    write(&folder, "in/a.txt", &TEXT.replace("5%", "6%"));
    check(&folder, "in/a.txt: 1 difference (1 percentage changed); the source has changed since it was accepted");
    fs::remove_file(folder.path().join("in/a.txt")).unwrap();
    check(&folder, "out/a.json: no source leads to this golden");
    fs::remove_file(folder.path().join("out/sub/b.json")).unwrap();
    check(&folder, "in/sub/b.txt: nothing is accepted yet");
    write(&folder, "out/sub/b.json", "{\n\"schema\":\"gongbao/0\"\n}\n");
    check(
        &folder,
        "in/sub/b.txt: the golden cannot be read: the file has the schema gongbao/0; this program reads gongbao/1",
    );
}

#[test]
fn goldens_without_a_source_are_sought_in_whole_folders_and_other_json_is_none() {
    let folder = accepted();
    write(&folder, "in/package.json", "{\"schema\":\"other\"}");
    fs::rename(folder.path().join("out/a.json"), folder.path().join("in/a.json")).unwrap();
    fs::rename(folder.path().join("out/sub/b.json"), folder.path().join("in/gone.json")).unwrap();
    let (code, stdout, _) = run(folder.path(), &["golden", "check", "in"]);
    assert_eq!(code, 1);
    assert_eq!(
        stdout,
        "in/sub/b.txt: nothing is accepted yet\nin/gone.json: no source leads to this golden\n1 as accepted, 2 not\n"
    );
    assert_eq!(run(folder.path(), &["golden", "check", "in/a.txt"]).0, 0);
}

#[test]
fn what_cannot_be_read_is_told_and_fails() {
    let folder = accepted();
    write(&folder, "in/a.txt", "");
    let (code, stdout, stderr) = run(folder.path(), &["golden", "check", "in", "--golden", "out"]);
    assert_eq!((code, stdout.as_str()), (1, "1 as accepted, 0 not\n"));
    assert_eq!(stderr, "gongbao: in/a.txt: the file is empty\n");
    let (code, _, stderr) = run(folder.path(), &["golden", "check", "in", "--golden", "in/a.txt"]);
    assert_eq!((code, stderr.as_str()), (2, "gongbao: in/a.txt: the folder of goldens is a file\n"));
    assert_eq!(run(folder.path(), &["golden", "check"]).0, 2);
}

#[test]
fn two_sources_do_not_share_a_golden() {
    let folder = accepted();
    write(&folder, "in/a.md", TEXT);
    let (code, _, stderr) = run(folder.path(), &["golden", "check", "in", "--golden", "out"]);
    assert_eq!(code, 1);
    assert_eq!(stderr, "gongbao: in/a.txt: its golden out/a.json is that of in/a.md; give one of them another name\n");
}

#[test]
fn one_source_is_accepted_and_the_others_are_left() {
    let folder = accepted();
    let before = read(&folder, "out/sub/b.json");
    write(&folder, "in/a.txt", &TEXT.replace("5%", "6%"));
    write(&folder, "in/sub/b.txt", &TEXT.replace("5%", "6%"));
    let (code, _, stderr) = run(folder.path(), &["golden", "accept", "in/a.txt", "--golden", "out", "--yes"]);
    assert_eq!(code, 0);
    assert!(stderr.contains("~ percentage line 3 二、 5% → 6%: value 5% → 6%\n  accepted: out/a.json\n"), "{stderr}");
    assert!(read(&folder, "out/a.json").contains("\"value\":0.06"));
    assert_eq!(read(&folder, "out/sub/b.json"), before);
    let (_, stdout, _) = run(folder.path(), &["golden", "check", "in", "--golden", "out"]);
    assert!(stdout.ends_with("1 as accepted, 1 not\n"), "{stdout}");
}

#[test]
fn nothing_is_accepted_where_nobody_can_be_asked() {
    let folder = accepted();
    write(&folder, "in/a.txt", &TEXT.replace("5%", "6%"));
    let before = read(&folder, "out/a.json");
    let (code, _, stderr) = run(folder.path(), &["golden", "accept", "in", "--golden", "out"]);
    assert_eq!((code, stderr.lines().count()), (2, 1));
    assert!(stderr.contains("not on a terminal") && stderr.contains("--yes"), "{stderr}");
    assert_eq!(read(&folder, "out/a.json"), before);
}

#[test]
fn on_a_terminal_each_source_is_asked_for() {
    let folder = accepted();
    for name in ["in/a.txt", "in/sub/b.txt"] {
        write(&folder, name, &TEXT.replace("5%", "6%"));
    }
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("gongbao"));
    command.args(["golden", "accept", "in", "--golden", "out"]).current_dir(folder.path());
    let mut terminal = spawn_command(command, Some(30_000)).unwrap();
    terminal.exp_string("accept this as out/a.json? [y/N] ").unwrap();
    terminal.send_line("n").unwrap();
    terminal.exp_string("accept this as out/sub/b.json? [y/N] ").unwrap();
    terminal.send_line("y").unwrap();
    terminal.exp_string("accepted: out/sub/b.json").unwrap();
    terminal.exp_eof().unwrap();
    assert!(read(&folder, "out/a.json").contains("\"value\":0.05"));
    assert!(read(&folder, "out/sub/b.json").contains("\"value\":0.06"));
}

/// The golden of the policy, as if an older program had read it: no cap, another percentage, no lead unit.
fn outdated(folder: &TempDir) -> String {
    let fresh = read(folder, "out/a.json");
    let without = |json: &str, table: &str| {
        let (head, tail) = json.split_once(&format!("\"{table}\":[\n")).unwrap();
        format!("{head}\"{table}\":[]{}", tail.split_once("\n]").unwrap().1)
    };
    let outdated = without(&without(&fresh, "caps"), "lead_units").replace("\"value\":0.05", "\"value\":0.5");
    write(folder, "out/a.json", &outdated);
    outdated
}

#[test]
fn one_kind_is_accepted_and_the_others_are_left() {
    let folder = accepted();
    let fresh = read(&folder, "out/a.json");
    let before = outdated(&folder);
    let accept = |kinds: &[&str]| {
        let mut args = vec!["golden", "accept", "in/a.txt", "--golden", "out", "--yes"];
        args.extend(kinds.iter().flat_map(|kind| ["--kind", kind]));
        run(folder.path(), &args)
    };
    let (code, _, stderr) = accept(&["caps"]);
    assert_eq!(code, 0, "{stderr}");
    assert!(stderr.contains("+ cap line 1 一、 最高100万元") && !stderr.contains("percentage line"), "{stderr}");
    let after = read(&folder, "out/a.json");
    let cap = fresh.lines().find(|line| line.contains("__cap_1\"")).unwrap();
    assert_eq!(after, before.replace("\"caps\":[]", &format!("\"caps\":[\n{cap}\n]")));
    let (_, stdout, _) = run(folder.path(), &["golden", "check", "in/a.txt", "--golden", "out"]);
    assert!(stdout.contains("2 differences (1 percentage changed, 1 lead unit gained)"), "{stdout}");
    assert_eq!(accept(&["percentages", "lead_units"]).0, 0);
    assert_eq!(read(&folder, "out/a.json"), fresh);
}

#[test]
fn a_kind_is_refused_where_the_golden_would_not_hold_together() {
    let folder = accepted();
    let refused = |folder: &TempDir, kind: &str, reason: &str| {
        let before = read(folder, "out/a.json");
        let args = ["golden", "accept", "in/a.txt", "--golden", "out", "--yes", "--kind", kind];
        let (code, _, stderr) = run(folder.path(), &args);
        assert_eq!(code, 1, "{stderr}");
        assert!(stderr.starts_with("gongbao: in/a.txt: ") && stderr.contains(reason), "{stderr}");
        assert_eq!(read(folder, "out/a.json"), before);
    };
    let fresh = read(&folder, "out/a.json");
    let amount = fresh.lines().find(|line| line.contains("__amount_1\",\"provision\"")).unwrap();
    let cap = fresh.lines().find(|line| line.contains("__cap_1\"")).unwrap();
    write(&folder, "out/a.json", &fresh.replace(&format!("\n{amount}\n"), "").replace(&format!("\n{cap}\n"), ""));
    refused(&folder, "caps", "add --kind amounts");
    let renamed =
        fresh.replace("doc_1__cn_1", "doc_1__num_1").replace(&format!("\n{}\n", cap.replace("cn_1", "num_1")), "");
    write(&folder, "out/a.json", &renamed);
    refused(&folder, "caps", "which is not as accepted; accept the source whole");
    fs::remove_file(folder.path().join("out/a.json")).unwrap();
    let (code, _, stderr) =
        run(folder.path(), &["golden", "accept", "in/a.txt", "--golden", "out", "--yes", "--kind", "caps"]);
    assert_eq!(code, 1);
    assert!(stderr.contains("nothing is accepted yet; accept it whole first"), "{stderr}");
    write(&folder, "out/a.json", &fresh);
    write(&folder, "in/a.txt", &format!("\n{}", TEXT.replace("100万元", "200万元")));
    refused(&folder, "caps", "the source has changed since it was accepted");
}

#[test]
fn only_outputs_of_ours_are_written_over() {
    let folder = accepted();
    write(&folder, "out/a.json", "{\"name\":\"a package\"}\n");
    let (code, _, stderr) = run(folder.path(), &["golden", "accept", "in", "--golden", "out", "--yes"]);
    assert_eq!(code, 1);
    assert!(stderr.starts_with("gongbao: out/a.json: no output of gongbao: "), "{stderr}");
    assert_eq!(read(&folder, "out/a.json"), "{\"name\":\"a package\"}\n");
    write(&folder, "out/a.json", "{\n\"schema\":\"gongbao/0\"\n}\n");
    assert_eq!(run(folder.path(), &["golden", "accept", "in", "--golden", "out", "--yes"]).0, 0);
    assert_eq!(run(folder.path(), &["golden", "check", "in", "--golden", "out"]).0, 0);
}
