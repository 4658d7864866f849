//! The program as its users meet it: exit codes, streams, and what it says when something is wrong.
#![allow(clippy::unwrap_used, reason = "a test may fail")]
#![cfg(unix)]

use assert_cmd::Command;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::symlink;
use std::path::Path;
use tempfile::TempDir;

const TEXT: &str = "一、给予最高2000万元补助。\n";

fn gongbao() -> Command {
    Command::cargo_bin("gongbao").unwrap()
}

/// Runs with these arguments in `folder`: exit code, stdout, stderr.
fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = gongbao().current_dir(folder).args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// Runs a batch that holds one good source and one fault: the good one is written, the fault is told once, with its path
/// and its reason, and the exit code says so.
#[track_caller]
fn one_fault(folder: &TempDir, paths: &[&str], path: &str, reason: &str) {
    fs::write(folder.path().join("good.txt"), TEXT).unwrap();
    let mut args = vec!["extract", "--quiet", "-o", "out", "good.txt"];
    args.extend(paths);
    let (code, stdout, stderr) = run(folder.path(), &args);
    assert_eq!((code, stdout.as_str()), (1, ""), "{stderr}");
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    assert!(stderr.starts_with(&format!("gongbao: {path}: ")), "{stderr}");
    assert_eq!(stderr.matches(path).count(), 1, "{stderr}");
    assert!(stderr.contains(reason), "{stderr}");
    assert_eq!(names(&folder.path().join("out")), ["good.json"]);
}

/// The files in a folder, without what a run keeps there for itself.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_entry(|entry| entry.file_name() != ".gongbao")
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_missing_path() {
    one_fault(&folder(&[]), &["gone.txt"], "gone.txt", "No such file");
}

#[test]
fn a_folder_without_documents() {
    one_fault(
        &folder(&[("docs/readme.rst", b"x"), ("docs/.hidden.txt", b"x")]),
        &["docs"],
        "docs",
        "no .txt, .md or .html file",
    );
}

#[test]
fn a_folder_named_like_a_file() {
    let folder = folder(&[]);
    fs::create_dir(folder.path().join("a.txt")).unwrap();
    one_fault(&folder, &["a.txt"], "a.txt", "no .txt, .md or .html file in this folder");
}

#[test]
fn an_unreadable_file() {
    let folder = folder(&[]);
    fs::create_dir(folder.path().join("in")).unwrap();
    symlink("nowhere", folder.path().join("in/a.txt")).unwrap();
    one_fault(&folder, &["in"], "in/a.txt", "No such file");
}

#[test]
fn a_file_of_another_kind() {
    one_fault(&folder(&[("a.pdf", b"%PDF")]), &["a.pdf"], "a.pdf", "not a .txt, .md or .html file");
}

#[test]
fn something_that_is_neither_file_nor_folder() {
    let folder = folder(&[]);
    let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("a.txt")).unwrap();
    one_fault(&folder, &["a.txt"], "a.txt", "neither a file nor a folder");
}

#[test]
fn a_name_that_is_no_text() {
    let folder = folder(&[("in/good.txt", TEXT.as_bytes())]);
    fs::write(folder.path().join("in").join(OsStr::from_bytes(b"b\xff.txt")), TEXT).unwrap();
    let (code, _, stderr) = run(folder.path(), &["extract", "--quiet", "in", "-o", "out"]);
    assert_eq!((code, stderr.as_str()), (1, "gongbao: in/b\u{fffd}.txt: the name is not UTF-8\n"));
    assert_eq!(names(&folder.path().join("out")), ["good.json"]);
}

#[test]
fn bytes_that_are_no_text() {
    let bytes = [TEXT.as_bytes(), b"\xff\xfe\x00\xd8\x00", TEXT.as_bytes()].concat();
    one_fault(&folder(&[("a.txt", &bytes)]), &["a.txt"], "a.txt", "byte");
}

#[test]
fn an_empty_file() {
    one_fault(&folder(&[("a.txt", b"")]), &["a.txt"], "a.txt", "the file is empty");
    one_fault(&folder(&[("a.txt", b"\xef\xbb\xbf\n \n")]), &["a.txt"], "a.txt", "the file is empty");
}

#[test]
fn two_sources_that_share_an_output() {
    let folder = folder(&[("in/a.txt", TEXT.as_bytes()), ("in/a.md", "二、".as_bytes())]);
    let (code, _, stderr) = run(folder.path(), &["extract", "--quiet", "in", "-o", "out"]);
    assert_eq!(code, 1);
    assert_eq!(stderr, "gongbao: in/a.txt: its output a.json is taken by in/a.md; give one of them another name\n");
    let written = fs::read_to_string(folder.path().join("out/a.json")).unwrap();
    assert!(written.contains("\"name\":\"a.md\""), "{written}");
}

#[test]
fn an_output_folder_that_cannot_be_made_is_told_before_work_begins() {
    let folder = folder(&[("a.txt", TEXT.as_bytes()), ("taken", b"kept")]);
    for (output, reason) in [("taken", "taken: the output folder is a file"), ("taken/out", "taken/out: cannot make")] {
        let (code, stdout, stderr) = run(folder.path(), &["extract", "--quiet", "a.txt", "gone.txt", "-o", output]);
        assert_eq!((code, stdout.as_str()), (2, ""), "{stderr}");
        assert!(stderr.starts_with(&format!("gongbao: {reason}")), "{stderr}");
        assert_eq!(stderr.lines().count(), 1, "{stderr}");
    }
    assert_eq!(fs::read(folder.path().join("taken")).unwrap(), b"kept");
}

#[test]
fn an_output_that_cannot_be_written_is_the_fault_of_its_source_alone() {
    let folder = folder(&[("a.txt", TEXT.as_bytes()), ("b.txt", TEXT.as_bytes()), ("out/a.json/x", b"")]);
    let (code, _, stderr) = run(folder.path(), &["extract", "--quiet", "a.txt", "b.txt", "-o", "out"]);
    assert_eq!(code, 1);
    assert!(stderr.starts_with("gongbao: a.txt: cannot write out/a.json: "), "{stderr}");
    assert_eq!(names(&folder.path().join("out")), ["a.json/x", "b.json"]);
}

#[test]
fn sub_folders_are_kept_and_other_files_passed_over() {
    let files = ["in/a.txt", "in/sub/b.md", "in/sub/deep/c.TXT", "in/notes.csv", "in/.git/d.txt"];
    let folder = folder(&files.map(|name| (name, TEXT.as_bytes())));
    symlink("sub", folder.path().join("in/linked")).unwrap();
    symlink("a.txt", folder.path().join("in/link.txt")).unwrap();
    let (code, stdout, stderr) = run(folder.path(), &["extract", "--quiet", "in", "-o", "out/new"]);
    assert_eq!((code, stdout.as_str(), stderr.as_str()), (0, "", ""));
    assert_eq!(names(&folder.path().join("out/new")), ["a.json", "link.json", "sub/b.json", "sub/deep/c.json"]);
    let written = fs::read_to_string(folder.path().join("out/new/sub/b.json")).unwrap();
    assert!(written.contains(r#""name":"sub/b.md""#) && written.contains(r#""format":"markdown""#), "{written}");
}

#[test]
fn the_number_of_threads_changes_neither_outputs_nor_remarks() {
    let good: Vec<String> = (0..60).map(|at| TEXT.repeat(at + 1)).collect();
    let name = |at: usize| format!("in/{at:03}.txt");
    let names_in: Vec<String> = (0..60).map(name).collect();
    let bytes = |at: usize| if at % 7 == 3 { b"\xff".as_slice() } else { good[at].as_bytes() };
    let files: Vec<(&str, &[u8])> = names_in.iter().enumerate().map(|(at, name)| (name.as_str(), bytes(at))).collect();
    let folder = folder(&files);
    let runs = ["1", "4", "0"].map(|jobs| {
        let out = format!("out{jobs}");
        let (code, _, stderr) = run(folder.path(), &["extract", "--quiet", "in", "-o", &out, "--jobs", jobs]);
        assert_eq!(code, 1);
        let out = folder.path().join(out);
        let written: Vec<_> = names(&out).into_iter().map(|name| (fs::read(out.join(&name)).unwrap(), name)).collect();
        (stderr, written)
    });
    assert_eq!(runs[0].1.len(), 51);
    assert_eq!(runs[0].0.lines().count(), 9);
    assert!(runs[0].0.lines().is_sorted(), "{}", runs[0].0);
    assert!(runs[0] == runs[1] && runs[0] == runs[2]);
}

#[test]
fn the_inputs_give_the_same_bytes_on_one_thread_and_on_four() {
    let out = tempfile::tempdir().unwrap();
    let outputs = ["1", "4"].map(|jobs| {
        let folder = out.path().join(jobs);
        gongbao()
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args(["extract", "input", "--quiet", "--jobs", jobs, "-o"])
            .arg(&folder)
            .assert()
            .success()
            .stdout("")
            .stderr("");
        names(&folder).into_iter().map(|name| (fs::read(folder.join(&name)).unwrap(), name)).collect::<Vec<_>>()
    });
    assert_eq!(outputs[0].len(), 5);
    assert!(outputs[0] == outputs[1]);
}

#[test]
fn an_older_output_is_replaced() {
    let folder = folder(&[("a.txt", TEXT.as_bytes()), ("out/a.json", b"old"), ("out/b.json", b"stays")]);
    assert_eq!(run(folder.path(), &["extract", "--quiet", "a.txt", "-o", "out"]).0, 0);
    assert!(fs::read_to_string(folder.path().join("out/a.json")).unwrap().starts_with("{\n\"schema\":\"gongbao/1\""));
    assert_eq!(fs::read(folder.path().join("out/b.json")).unwrap(), b"stays");
}

#[test]
fn a_single_source_goes_to_stdout_as_it_would_to_a_file() {
    let folder = folder(&[("in/a.txt", TEXT.as_bytes())]);
    run(folder.path(), &["extract", "--quiet", "in", "-o", "out"]);
    let file = fs::read_to_string(folder.path().join("out/a.json")).unwrap();
    for path in ["in", "in/a.txt"] {
        assert_eq!(run(folder.path(), &["extract", path]), (0, file.clone(), String::new()));
    }
}

#[test]
fn a_single_source_that_fails() {
    let folder = folder(&[("a.txt", b"")]);
    assert_eq!(
        run(folder.path(), &["extract", "a.txt"]),
        (1, String::new(), "gongbao: a.txt: the file is empty\n".into())
    );
}

#[test]
fn several_sources_need_a_folder() {
    let folder = folder(&[("a.txt", TEXT.as_bytes()), ("b.txt", TEXT.as_bytes())]);
    let (code, stdout, stderr) = run(folder.path(), &["extract", "a.txt", "b.txt"]);
    assert_eq!((code, stdout.as_str()), (2, ""));
    assert!(stderr.contains("2 sources") && stderr.contains("--output DIR"), "{stderr}");
}

#[test]
fn a_dash_reads_stdin_and_writes_stdout() {
    let done = gongbao().args(["extract", "-"]).write_stdin(TEXT).assert().success().stderr("");
    let out = String::from_utf8(done.get_output().stdout.clone()).unwrap();
    assert!(out.contains(r#""source":{"name":"stdin","#) && out.contains(r#""format":"text""#), "{out}");
    let markdown = gongbao().args(["extract", "-", "--stdin-format", "markdown"]).write_stdin(TEXT).assert().success();
    assert!(String::from_utf8_lossy(&markdown.get_output().stdout).contains(r#""format":"markdown""#));
    gongbao()
        .args(["extract", "-"])
        .write_stdin("")
        .assert()
        .code(1)
        .stdout("")
        .stderr("gongbao: stdin: the file is empty\n");
}

#[test]
fn a_dash_stands_alone() {
    let folder = folder(&[("a.txt", TEXT.as_bytes())]);
    for args in [["extract", "-", "a.txt"].as_slice(), &["extract", "-", "-o", "out"]] {
        let (code, stdout, stderr) = run(folder.path(), args);
        assert_eq!((code, stdout.as_str()), (2, ""));
        assert!(stderr.starts_with("gongbao: `-`"), "{stderr}");
    }
}

#[test]
fn bad_flags_are_told_before_work_begins() {
    let folder = folder(&[("a.txt", TEXT.as_bytes())]);
    for args in [
        ["extract"].as_slice(),
        &["extract", "a.txt", "--jobs", "many", "-o", "out"],
        &["extract", "a.txt", "--no-such-flag"],
        &["unknown"],
        &[],
    ] {
        let (code, stdout, stderr) = run(folder.path(), args);
        assert_eq!((code, stdout.as_str()), (2, ""), "{args:?}");
        assert!(stderr.contains("--help"), "{stderr}");
    }
    assert_eq!(names(folder.path()), ["a.txt"]);
}

#[test]
fn help_shows_default_and_example_of_each_flag() {
    let (code, help, _) = run(Path::new("/"), &["extract", "--help"]);
    assert_eq!(code, 0);
    let flags = help.split("Options:").nth(1).unwrap();
    for flag in flags.split("\n\n  -").filter(|flag| !flag.contains("--help")) {
        let flag = flag.split("\n\nExit status").next().unwrap();
        assert!(flag.contains("Example: ") || flag.contains("--stdin-format"), "{flag}");
        assert!(flag.contains("default"), "{flag}");
    }
    assert!(help.contains("Exit status: 0 all good; 1 some sources failed"), "{help}");
}

#[test]
fn facts_answers_each_line_with_a_line() {
    let lines = "给予最高2000万元补助\r\n\n本条没有事实";
    let done = gongbao().arg("facts").write_stdin(lines).assert().success().stderr("");
    let out = String::from_utf8(done.get_output().stdout.clone()).unwrap();
    assert_eq!(out.lines().count(), 3);
    for line in out.lines() {
        assert!(line.starts_with(r#"{"amounts":["#), "{line}");
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let keys: Vec<_> = row.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, ["amounts", "percentages", "caps", "lead_units", "deadlines"]);
    }
    gongbao().arg("facts").write_stdin("").assert().success().stdout("");
}

#[test]
fn facts_keeps_its_lines_when_one_is_no_text() {
    let done = gongbao().arg("facts").write_stdin(b"a\n\xff\nb\n".to_vec()).assert().code(1);
    assert_eq!(done.get_output().stdout.iter().filter(|&&byte| byte == b'\n').count(), 3);
    done.stderr("gongbao: stdin: line 2: byte 0 is not UTF-8\n");
}

#[test]
fn rules_tells_every_rule() {
    let text = run(Path::new("/"), &["rules"]).1;
    let json = run(Path::new("/"), &["rules", "--format", "json"]).1;
    let ids: Vec<_> = gongbao::extract::cards().iter().map(|card| card.id).collect();
    assert_eq!(json.lines().count(), ids.len());
    for (id, line) in ids.iter().zip(json.lines()) {
        let card: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(card["id"], *id);
        assert!(text.lines().any(|line| line == *id), "{id}");
    }
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let big = TEXT.repeat(5_000);
    let folder = folder(&[("a.txt", big.as_bytes())]);
    let program = assert_cmd::cargo::cargo_bin("gongbao");
    let mut child = std::process::Command::new(program)
        .args(["extract", "a.txt"])
        .current_dir(folder.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()), (Some(0), ""));
}

/// 甲市通知 in GBK.
const GBK: &[u8] = b"\xbc\xd7\xca\xd0\xcd\xa8\xd6\xaa";

#[test]
fn an_encoding_is_detected_or_forced_and_told() {
    let utf16: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let folder = folder(&[("gbk.txt", GBK), ("wide.txt", &utf16)]);
    let (code, stdout, _) = run(folder.path(), &["extract", "gbk.txt"]);
    assert!(code == 0 && stdout.contains(r#""encoding":"gb18030""#), "{stdout}");
    let (code, stdout, _) = run(folder.path(), &["extract", "wide.txt", "--encoding", "UTF-16LE"]);
    assert!(code == 0 && stdout.contains(r#""encoding":"UTF-16LE""#) && stdout.contains("20000000"), "{stdout}");
    let (code, stdout, _) = run(folder.path(), &["outline", "wide.txt", "--encoding", "utf-16le"]);
    assert!(code == 0 && stdout.contains("一、"), "{stdout}");
    let (code, _, stderr) = run(folder.path(), &["extract", "gbk.txt", "--encoding", "utf-8"]);
    assert_eq!((code, stderr.as_str()), (1, "gongbao: gbk.txt: not UTF-8: byte 0 is no part of a character\n"));
    let (code, _, stderr) = run(folder.path(), &["extract", "gbk.txt", "--encoding", "klingon"]);
    assert!(code == 2 && stderr.contains("not an encoding we know"), "{stderr}");
}

#[test]
fn stdin_takes_an_encoding_and_html() {
    let done = gongbao()
        .args(["extract", "-", "--encoding", "gbk", "--stdin-format", "html"])
        .write_stdin([b"<p>".as_slice(), GBK, b"</p>"].concat())
        .assert()
        .success();
    let stdout = String::from_utf8(done.get_output().stdout.clone()).unwrap();
    assert!(stdout.contains(r#""encoding":"gb18030","format":"html""#) && stdout.contains("甲市通知"), "{stdout}");
}

#[test]
fn a_page_is_read_without_its_menu() {
    let page =
        "<body><ul><li><a>首页</a><li><a>公开</a><li><a>互动</a></ul><div><p>一、给予最高2000&nbsp;万元补助。</div>";
    let folder = folder(&[("in/a.html", page.as_bytes()), ("in/b.HTM", page.as_bytes())]);
    let (code, _, stderr) = run(folder.path(), &["extract", "--quiet", "in", "-o", "out"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    assert_eq!(names(&folder.path().join("out")), ["a.json", "b.json"]);
    let written = fs::read_to_string(folder.path().join("out/a.json")).unwrap();
    assert!(written.contains(r#""raw":"2000&nbsp;万元""#) && written.contains("web_chrome"), "{written}");
}

#[test]
fn binary_files_are_named_as_what_they_are() {
    one_fault(&folder(&[("a.txt", b"%PDF-1.7 \x00")]), &["a.txt"], "a.txt", "a PDF file");
    one_fault(&folder(&[("a.html", b"PK\x03\x04")]), &["a.html"], "a.html", "a zip archive");
}

fn explained(line: &str) -> String {
    let done = gongbao().args(["explain", "-"]).write_stdin(line).assert().success().stderr("");
    String::from_utf8(done.get_output().stdout.clone()).unwrap()
}

#[test]
fn explain_tells_what_was_read_refused_and_taken() {
    let read = explained("给予 2000 万元补助\n");
    assert!(read.starts_with("stdin:1\n  给予2000万元补助\n"), "{read}");
    assert!(read.contains("  ✓ amount/plain  2000万元 = 20000000 CNY exactly\n"), "{read}");
    let refused = explained("最多跑一次");
    assert!(refused.contains("  ✗ cap/quantity  最多跑一次 — its reading refuses it\n"), "{refused}");
    let taken = explained("分别补助30万和15万元");
    assert!(taken.contains("  ✗ amount/plain  15万元 — taken by amount/list before it\n"), "{taken}");
    let condition = explained("投资额不超过200万元的项目");
    assert!(condition.contains("  ✗ cap  不超过200万元 — a limit that no rule takes\n"), "{condition}");
    assert!(explained("本条没有事实").contains("  no rule matches\n"));
}

#[test]
fn explain_reads_a_source_or_one_of_its_lines() {
    let text = "某市若干措施\n\n一、加大投入。给予最高2000\n万元补助。\n二、减免税费。按5%给予补贴。\n";
    let folder = folder(&[("a.txt", text.as_bytes())]);
    let (code, all, stderr) = run(folder.path(), &["explain", "a.txt"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    assert!(all.contains("2000万元 =") && all.contains("5% ="), "{all}");
    for (line, shown, other) in [("a.txt:4", "2000万元 =", "5% ="), ("a.txt:5", "5% =", "2000万元 =")] {
        let (code, one, _) = run(folder.path(), &["explain", line]);
        assert!(code == 0 && one.contains(shown) && !one.contains(other), "{line}: {one}");
    }
    let (_, json, _) = run(folder.path(), &["explain", "a.txt:4", "--format", "json"]);
    let row: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&row["line"], &row["last_line"], &row["label"]), (&3.into(), &4.into(), &"一、".into()));
    let attempt = row["attempts"].as_array().unwrap().iter().find(|a| a["outcome"] == "read").unwrap();
    assert_eq!(attempt["raw"], "2000万元");
}

#[test]
fn explain_tells_what_it_cannot_find() {
    let folder = folder(&[("a.txt", "一、给予补助。\n\n二、减免税费。\n".as_bytes())]);
    for (target, code, reason) in [
        ("a.txt:0", 2, "a.txt:0: no such line; the file has lines 1 to 3"),
        ("a.txt:9", 2, "a.txt:9: no such line; the file has lines 1 to 3"),
        ("a.txt:2", 2, "a.txt:2: no provision has text of its own in this line"),
        ("gone.txt", 1, "gone.txt: No such file"),
        ("gone.txt:3", 1, "gone.txt: No such file"),
        ("a.pdf", 1, "a.pdf: not a .txt, .md or .html file"),
    ] {
        let (was, stdout, stderr) = run(folder.path(), &["explain", target]);
        assert_eq!((was, stdout.as_str(), stderr.lines().count()), (code, "", 1), "{target}: {stderr}");
        assert!(stderr.starts_with(&format!("gongbao: {reason}")), "{stderr}");
    }
    gongbao().args(["explain", "-", "--encoding", "gbk"]).write_stdin("").assert().code(2).stdout("");
}

#[test]
fn a_review_page_is_written_although_a_source_fails() {
    let folder = folder(&[("good.txt", TEXT.as_bytes()), ("bad.txt", b"%PDF-1.4\0")]);
    let (code, stdout, stderr) = run(folder.path(), &["review", ".", "gone.txt", "-o", "pages/review.html"]);
    assert_eq!((code, stdout.as_str()), (1, ""), "{stderr}");
    let told: Vec<&str> = stderr.lines().collect();
    assert_eq!(told.len(), 2, "{stderr}");
    assert!(told[0].starts_with("gongbao: ./bad.txt: "), "{stderr}");
    assert!(told[1].starts_with("gongbao: gone.txt: "), "{stderr}");
    assert_eq!(names(&folder.path().join("pages")), ["review.html"]);
    let page = fs::read_to_string(folder.path().join("pages/review.html")).unwrap();
    assert_eq!(page.matches("<article").count(), 1);
}

#[test]
fn a_review_page_never_takes_the_place_of_a_source() {
    let folder = folder(&[("page.html", b"<p>1\xe4\xb8\x87\xe5\x85\x83</p>"), ("good.txt", TEXT.as_bytes())]);
    let (code, _, stderr) = run(folder.path(), &["review", "page.html", "-o", "./page.html"]);
    assert_eq!(code, 1, "{stderr}");
    assert!(stderr.starts_with("gongbao: page.html: the page would overwrite it\n"), "{stderr}");
    assert!(fs::read_to_string(folder.path().join("page.html")).unwrap().starts_with("<p>"), "the source is as it was");
    let (code, _, stderr) = run(folder.path(), &["review", "good.txt", "-o", "."]);
    assert_eq!((code, stderr.as_str()), (2, "gongbao: .: the page is one file, this is a folder\n"));
}
