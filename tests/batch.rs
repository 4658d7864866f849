//! Batches as their users meet them: what is done again, what is left alone, what goes wrong, and in which forms it is
//! written.
#![allow(clippy::unwrap_used, reason = "a test may fail")]
#![cfg(unix)]

use assert_cmd::Command;
use serde_json::Value;
use std::fs::{self, File};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

const TEXT: &str = "一、给予最高2000万元补助。\n";

/// A folder `in` with sources, written long enough ago that their times prove something.
struct Batch {
    folder: TempDir,
}

impl Batch {
    fn new(files: &[(&str, &[u8])]) -> Self {
        let batch = Self { folder: tempfile::tempdir().unwrap() };
        for (name, bytes) in files {
            batch.put(name, bytes);
        }
        batch
    }

    fn of(names: &[&str]) -> Self {
        Self::new(&names.iter().map(|name| (*name, TEXT.as_bytes())).collect::<Vec<_>>())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        self.date(name, 1_700_000_000);
    }

    fn date(&self, name: &str, seconds: u64) {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        File::options().write(true).open(self.path(name)).unwrap().set_modified(time).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn report(&self) -> Value {
        serde_json::from_str(&self.read("out/.gongbao/report.json")).unwrap()
    }

    /// Runs `gongbao extract` with these arguments: exit code, stdout, stderr.
    fn run(&self, args: &[&str]) -> (i32, String, String) {
        let mut command = Command::cargo_bin("gongbao").unwrap();
        let output = command.current_dir(self.folder.path()).arg("extract").args(args).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }

    /// Runs `in` to `out` with more arguments; what is told of each source: `written a.txt (new)`.
    #[track_caller]
    fn told(&self, code: i32, args: &[&str]) -> Vec<String> {
        let all = [&["in", "-o", "out", "--log-format", "json"], args].concat();
        let (was, _, stderr) = self.run(&all);
        assert_eq!(was, code, "{stderr}");
        let events = stderr.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        events.filter_map(|event| told(&event)).collect()
    }

    /// The outputs, without what a run keeps for itself.
    fn outputs(&self) -> Vec<String> {
        files(&self.path("out")).into_iter().filter(|name| !name.starts_with(".gongbao")).collect()
    }
}

fn told(event: &Value) -> Option<String> {
    let word = |key: &str| event[key].as_str().unwrap_or_default();
    let (what, path) = (word("event"), word("path"));
    let path = path.rsplit_once("in/").map_or(path, |(_, name)| name);
    match what {
        "planned" | "finished" => None,
        "written" | "due" => Some(format!("{what} {path} ({})", word("why"))),
        "failed" => Some(format!("failed {path} ({})", word("code"))),
        _ => Some(format!("{what} {path}")),
    }
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_second_run_leaves_all_as_it_is() {
    let batch = Batch::of(&["in/a.txt", "in/sub/b.md"]);
    assert_eq!(batch.told(0, &[]), ["written a.txt (new)", "written sub/b.md (new)"]);
    let before = fs::metadata(batch.path("out/a.json")).unwrap().modified().unwrap();
    let journal = batch.read("out/.gongbao/manifest.jsonl");
    assert_eq!(batch.told(0, &[]), ["unchanged a.txt", "unchanged sub/b.md"]);
    assert_eq!(fs::metadata(batch.path("out/a.json")).unwrap().modified().unwrap(), before);
    assert_eq!(batch.read("out/.gongbao/manifest.jsonl"), journal);
    // The figures are those of all outputs, whoever made them.
    assert_eq!(batch.report()["summary"]["rows"]["amounts"], 2);
}

#[test]
fn what_is_new_or_changed_is_done() {
    let batch = Batch::of(&["in/a.txt", "in/b.txt", "in/c.txt"]);
    batch.told(0, &[]);
    batch.put("in/a.txt", "二、给予最高30万元补助。".as_bytes());
    // As many bytes, and an older time.
    batch.put("in/b.txt", TEXT.replace('2', "3").as_bytes());
    batch.date("in/b.txt", 1_600_000_000);
    // Another time alone.
    batch.date("in/c.txt", 1_800_000_000);
    batch.put("in/d.txt", TEXT.as_bytes());
    let told = batch.told(0, &[]);
    assert_eq!(told, ["written a.txt (changed)", "written b.txt (changed)", "unchanged c.txt", "written d.txt (new)"]);
    assert!(batch.read("out/a.json").contains("300000") && batch.read("out/b.json").contains("30000000"));
    assert_eq!(batch.told(0, &[]).iter().filter(|line| line.starts_with("unchanged")).count(), 4);
}

#[test]
fn an_output_that_is_missing_or_was_changed_is_made_again() {
    let batch = Batch::of(&["in/a.txt", "in/b.txt", "in/c.txt"]);
    batch.told(0, &[]);
    let whole = batch.read("out/a.json");
    fs::remove_file(batch.path("out/a.json")).unwrap();
    fs::write(batch.path("out/b.json"), "half").unwrap();
    assert_eq!(batch.told(0, &[]), ["written a.txt (lost)", "written b.txt (lost)", "unchanged c.txt"]);
    assert_eq!(batch.read("out/a.json"), whole);
    assert_eq!(batch.read("out/b.json"), whole.replace("a.txt", "b.txt"));
}

#[test]
fn other_rules_and_other_options_make_all_anew() {
    let batch = Batch::of(&["in/a.txt"]);
    batch.told(0, &[]);
    assert_eq!(batch.told(0, &["--pretty"]), ["written a.txt (remade)"]);
    assert_eq!(batch.told(0, &["--pretty", "--jobs", "3", "--max-bytes", "1M"]), ["unchanged a.txt"]);
    assert_eq!(batch.told(0, &["--encoding", "utf-8"]), ["written a.txt (remade)"]);
    assert_eq!(batch.told(0, &["--encoding", "utf-8"]), ["unchanged a.txt"]);
    // As if an older program had written it.
    let manifest = batch.read("out/.gongbao/manifest.jsonl");
    let program = env!("CARGO_PKG_VERSION");
    assert!(manifest.contains(&format!("\"program\":\"{program}+")), "{manifest}");
    fs::write(batch.path("out/.gongbao/manifest.jsonl"), manifest.replace(&format!("{program}+"), "0.0.9+")).unwrap();
    assert_eq!(batch.told(0, &["--encoding", "utf-8"]), ["written a.txt (remade)"]);
}

#[test]
fn force_does_all_again() {
    let batch = Batch::of(&["in/a.txt", "in/b.txt"]);
    batch.told(0, &[]);
    assert_eq!(batch.told(0, &["--force"]), ["written a.txt (forced)", "written b.txt (forced)"]);
}

#[test]
fn without_its_manifest_all_is_done_again() {
    let batch = Batch::of(&["in/a.txt"]);
    batch.told(0, &[]);
    fs::write(batch.path("out/.gongbao/manifest.jsonl"), "no JSON\n{\"source\":\"a.txt\"}\n").unwrap();
    assert_eq!(batch.told(0, &[]), ["written a.txt (new)"]);
    fs::remove_dir_all(batch.path("out/.gongbao")).unwrap();
    assert_eq!(batch.told(0, &[]), ["written a.txt (new)"]);
    assert_eq!(batch.told(0, &[]), ["unchanged a.txt"]);
}

#[test]
fn the_same_name_in_another_folder_is_another_source() {
    let batch = Batch::new(&[("in/a.txt", TEXT.as_bytes()), ("other/a.txt", TEXT.replace('2', "3").as_bytes())]);
    batch.told(0, &[]);
    let (code, _, stderr) = batch.run(&["other", "-o", "out", "--log-format", "json"]);
    assert!(code == 0 && stderr.contains(r#""why":"changed""#), "{stderr}");
    assert!(batch.read("out/a.json").contains("30000000"));
}

#[test]
fn what_is_gone_is_told_and_pruned_when_asked() {
    let batch = Batch::of(&["in/a.txt", "in/sub/b.txt", "in/c.txt", "in/d.txt"]);
    batch.put("out/mine.json", b"mine");
    batch.told(0, &[]);
    for name in ["in/a.txt", "in/sub/b.txt"] {
        fs::remove_file(batch.path(name)).unwrap();
    }
    let kept = ["unchanged c.txt", "unchanged d.txt"];
    assert_eq!(batch.told(0, &[]), [kept[0], kept[1], "gone a.txt", "gone sub/b.txt"]);
    assert_eq!(batch.report()["gone"].as_array().unwrap().len(), 2);
    assert_eq!(batch.outputs(), ["a.json", "c.json", "d.json", "mine.json", "sub/b.json"]);

    // Someone works on in it: it is not ours to remove.
    fs::write(batch.path("out/a.json"), "changed by hand").unwrap();
    assert_eq!(batch.told(0, &["--prune"]), [kept[0], kept[1], "gone a.txt", "removed sub/b.txt"]);
    assert_eq!(batch.outputs(), ["a.json", "c.json", "d.json", "mine.json"]);
    assert_eq!(batch.told(0, &["--prune"]), [kept[0], kept[1], "gone a.txt"]);
    fs::remove_file(batch.path("out/a.json")).unwrap();
    assert_eq!(batch.told(0, &["--prune"]), [kept[0], kept[1], "removed a.txt"]);
    assert_eq!(batch.told(0, &["--prune"]), kept);
}

#[test]
fn nothing_is_pruned_when_a_folder_cannot_be_looked_through() {
    let batch = Batch::of(&["in/a.txt", "more/b.txt"]);
    let both = ["in", "more", "-o", "out", "--quiet"];
    assert_eq!(batch.run(&both).0, 0);
    fs::rename(batch.path("more"), batch.path("unmounted")).unwrap();
    let pruned = [&both[..], &["--prune"]].concat();
    assert_eq!(batch.run(&pruned).0, 1);
    fs::create_dir(batch.path("more")).unwrap();
    assert_eq!(batch.run(&pruned).0, 1);
    assert_eq!(batch.outputs(), ["a.json", "b.json"]);
    // Sources that this run does not ask for are not gone.
    fs::remove_dir(batch.path("more")).unwrap();
    fs::rename(batch.path("unmounted"), batch.path("more")).unwrap();
    assert_eq!(batch.run(&["in", "-o", "out", "--prune"]).0, 0);
    assert_eq!(batch.outputs(), ["a.json", "b.json"]);
}

#[test]
fn an_output_that_has_a_new_source_is_not_pruned() {
    let batch = Batch::of(&["in/a.txt", "in/b.txt"]);
    batch.told(0, &[]);
    fs::rename(batch.path("in/a.txt"), batch.path("in/a.md")).unwrap();
    fs::rename(batch.path("in/b.txt"), batch.path("in/c.txt")).unwrap();
    let told = batch.told(0, &["--prune"]);
    assert_eq!(told, ["written a.md (new)", "written c.txt (new)", "removed b.txt"]);
    assert_eq!(batch.outputs(), ["a.json", "c.json"]);
}

#[test]
fn a_dry_run_says_what_it_would_do_and_does_nothing() {
    let batch = Batch::of(&["in/a.txt", "in/b.txt"]);
    let (code, stdout, stderr) = batch.run(&["in", "-o", "out", "--dry-run", "--quiet"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    assert_eq!(stdout, "new\tin/a.txt\tout/a.json\nnew\tin/b.txt\tout/b.json\n");
    assert!(!batch.path("out").exists());

    batch.put("in/c.txt", TEXT.as_bytes());
    batch.told(0, &[]);
    batch.put("in/a.txt", "二、".as_bytes());
    batch.date("in/c.txt", 1_800_000_000);
    fs::remove_file(batch.path("in/b.txt")).unwrap();
    let before: Vec<_> = files(&batch.path("out")).iter().map(|name| batch.read(&format!("out/{name}"))).collect();
    let (code, stdout, _) = batch.run(&["in", "-o", "out", "--dry-run"]);
    assert_eq!(
        (code, stdout.as_str()),
        (0, "changed\tin/a.txt\tout/a.json\ngone\tBASE/in/b.txt\tout/b.json\n".replace("BASE", &batch.base()).as_str())
    );
    let (_, stdout, stderr) = batch.run(&["in", "-o", "out", "--dry-run", "--prune"]);
    assert!(stdout.ends_with(&format!("remove\t{}/in/b.txt\tout/b.json\n", batch.base())), "{stdout}");
    assert!(stderr.starts_with("2 sources: 1 to be done, 1 unchanged, 1 removed; "), "{stderr}");
    let after: Vec<_> = files(&batch.path("out")).iter().map(|name| batch.read(&format!("out/{name}"))).collect();
    assert_eq!(before, after);
}

impl Batch {
    fn base(&self) -> String {
        self.folder.path().to_str().unwrap().to_owned()
    }
}

#[test]
fn each_fault_has_its_code_and_the_rest_goes_on() {
    let batch = Batch::new(&[
        ("in/bad.txt", b"\xe7\x94\xb2\xe7\x94\xb2\xe7\x94\xb2\xe7\x94\xb2\xe7\x94\xb2\xff"),
        ("in/blank.txt", b" \n"),
        ("in/good.txt", TEXT.as_bytes()),
        ("in/large.txt", TEXT.repeat(40).as_bytes()),
        ("in/pdf.txt", b"%PDF-1.7"),
        ("in/same.md", TEXT.as_bytes()),
        ("in/same.txt", TEXT.as_bytes()),
        ("in/way.txt", TEXT.as_bytes()),
        ("out/way.json/x", b""),
        ("a.pdf", b"%PDF"),
        ("empty/readme", b""),
    ]);
    symlink("nowhere", batch.path("in/broken.txt")).unwrap();
    symlink("loop.txt", batch.path("in/loop.txt")).unwrap();
    symlink("../in", batch.path("in/round")).unwrap();
    let told = batch.told(1, &["a.pdf", "empty", "gone.txt", "--max-bytes", "1k"]);
    assert_eq!(
        told,
        [
            "failed bad.txt (undecodable)",
            "failed blank.txt (empty)",
            "failed broken.txt (not_found)",
            "written good.txt (new)",
            "failed large.txt (too_large)",
            "failed loop.txt (unreadable)",
            "failed pdf.txt (not_text)",
            "written same.md (new)",
            "failed same.txt (output_taken)",
            "failed way.txt (unwritable)",
            "failed a.pdf (not_a_source)",
            "failed empty (no_sources)",
            "failed gone.txt (not_found)",
        ]
    );
    assert_eq!(batch.outputs(), ["good.json", "same.json", "way.json/x"]);
    let report = batch.report();
    assert_eq!(report["schema"], "gongbao/report/1");
    let faults = report["faults"].as_array().unwrap();
    let rows: Vec<_> =
        faults.iter().map(|fault| format!("failed {} ({})", fault["path"], fault["code"]).replace('"', "")).collect();
    assert_eq!(
        rows.iter().map(|row| row.replace("in/", "")).collect::<Vec<_>>(),
        told.iter().filter(|line| line.starts_with("failed")).cloned().collect::<Vec<_>>()
    );
    assert_eq!(faults[3]["reason"], "more than 1024 bytes; --max-bytes allows more");
    assert_eq!(report["summary"]["failed"], 11);
    // What failed is tried again, and what was mended is done.
    batch.put("in/blank.txt", TEXT.as_bytes());
    let again = batch.told(1, &[]);
    assert!(again.contains(&"written blank.txt (retried)".to_owned()), "{again:?}");
    assert!(again.contains(&"written large.txt (retried)".to_owned()), "{again:?}");
    assert!(again.contains(&"failed bad.txt (undecodable)".to_owned()), "{again:?}");
}

#[test]
fn a_source_that_fails_keeps_its_older_output() {
    let batch = Batch::of(&["in/a.txt"]);
    batch.told(0, &[]);
    let older = batch.read("out/a.json");
    batch.put("in/a.txt", b"\0");
    assert_eq!(batch.told(1, &[]), ["failed a.txt (not_text)"]);
    assert_eq!(batch.read("out/a.json"), older);
    batch.put("in/a.txt", TEXT.as_bytes());
    assert_eq!(batch.told(0, &[]), ["written a.txt (retried)"]);
    fs::remove_file(batch.path("in/a.txt")).unwrap();
    batch.put("in/b.txt", TEXT.as_bytes());
    assert_eq!(batch.told(0, &["--prune"]), ["written b.txt (new)", "removed a.txt"]);
}

#[test]
fn folders_may_lie_only_so_deep() {
    let deep = |levels: usize| format!("in/{}a.txt", "d/".repeat(levels));
    let batch = Batch::of(&["in/z.txt", &deep(64), &deep(65)]);
    let told = batch.told(1, &[]);
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told.iter().any(|line| line.ends_with("d/d (too_deep)")), "{told:?}");
    assert_eq!(batch.outputs().len(), 2);
}

#[test]
fn an_unreadable_file_and_folder_are_faults() {
    let batch = Batch::of(&["in/a.txt", "in/b.txt", "in/sub/c.txt"]);
    fs::set_permissions(batch.path("in/a.txt"), fs::Permissions::from_mode(0o000)).unwrap();
    fs::set_permissions(batch.path("in/sub"), fs::Permissions::from_mode(0o000)).unwrap();
    // The superuser reads them all the same.
    let is_root = File::open(batch.path("in/a.txt")).is_ok();
    let told = batch.told(i32::from(!is_root), &[]);
    fs::set_permissions(batch.path("in/sub"), fs::Permissions::from_mode(0o755)).unwrap();
    let expected = if is_root {
        ["written a.txt (new)", "written b.txt (new)", "written sub/c.txt (new)"]
    } else {
        ["failed a.txt (unreadable)", "written b.txt (new)", "failed sub (unreadable)"]
    };
    assert_eq!(told, expected);
}

/// A limit on the size of a file stands for a full disk: the system refuses to write on.
#[test]
fn a_write_that_fails_names_the_file_and_harms_no_other() {
    let batch = Batch::of(&["in/a.txt", "in/big.txt"]);
    batch.told(0, &[]);
    let older = batch.read("out/big.json");
    batch.put("in/big.txt", TEXT.repeat(2000).as_bytes());
    batch.put("in/c.txt", TEXT.as_bytes());
    let program = assert_cmd::cargo::cargo_bin("gongbao");
    let script = "trap '' XFSZ; ulimit -f 32; exec \"$0\" extract in -o out --quiet";
    let output = std::process::Command::new("sh")
        .args(["-c", script])
        .arg(program)
        .current_dir(batch.folder.path())
        .output()
        .unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(stderr.starts_with("gongbao: in/big.txt: cannot write out/big.json: File too large"), "{stderr}");
    assert_eq!((stderr.lines().count(), batch.read("out/big.json")), (1, older));
    assert_eq!(batch.outputs(), ["a.json", "big.json", "c.json"]);
    assert_eq!(files(&batch.path("out/.gongbao/unfinished")), [""; 0]);
    assert_eq!(batch.told(0, &[]), ["unchanged a.txt", "written big.txt (retried)", "unchanged c.txt"]);
}

#[test]
fn a_full_disk_under_the_lines_is_an_error() {
    let batch = Batch::of(&["in/a.txt", "in/b.txt"]);
    let full = File::options().write(true).open("/dev/full").unwrap();
    let program = assert_cmd::cargo::cargo_bin("gongbao");
    let output = std::process::Command::new(program)
        .args(["extract", "in", "--format", "jsonl", "--quiet"])
        .current_dir(batch.folder.path())
        .stdout(full)
        .output()
        .unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(stderr.starts_with("gongbao: stdout: No space left on device"), "{stderr}");
}

#[test]
fn what_a_run_keeps_stays_out_of_the_history() {
    let batch = Batch::of(&["in/a.txt"]);
    batch.told(0, &[]);
    let kept = [".gongbao/.gitignore", ".gongbao/lock", ".gongbao/manifest.jsonl", ".gongbao/report.json", "a.json"];
    assert_eq!(files(&batch.path("out")), kept);
    assert_eq!(batch.read("out/.gongbao/.gitignore"), "*\n");
}

#[test]
fn lines_stand_in_the_order_of_the_input() {
    let names: Vec<String> = (0..80).map(|at| format!("in/{at:02}.txt")).collect();
    // The earlier a source, the longer it takes.
    let texts: Vec<String> = (0..80).map(|at| TEXT.repeat(1 + (79 - at) * 4)).collect();
    let files: Vec<(&str, &[u8])> =
        names.iter().zip(&texts).map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let batch = Batch::new(&files);
    batch.put("in/13.txt", b"");
    let runs = ["1", "4"].map(|jobs| batch.run(&["in", "--format", "jsonl", "--quiet", "--jobs", jobs]));
    assert!(runs[0] == runs[1]);
    let (code, stdout, stderr) = &runs[0];
    assert_eq!((*code, stderr.as_str()), (1, "gongbao: in/13.txt: the file is empty\n"));
    let lines: Vec<Value> = stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let found: Vec<_> = lines.iter().map(|line| line["source"]["name"].as_str().unwrap()).collect();
    let wanted: Vec<_> = (0..80).filter(|at| *at != 13).map(|at| format!("{at:02}.txt")).collect();
    assert_eq!(found, wanted);

    // The same values as in a file of its own, and the same bytes in a file of lines.
    batch.run(&["in", "-o", "out", "--quiet"]);
    let own: Value = serde_json::from_str(&batch.read("out/40.json")).unwrap();
    assert_eq!(own, lines[39]);
    let (code, nothing, _) = batch.run(&["in", "--format", "jsonl", "-o", "new/all.jsonl", "--quiet"]);
    assert_eq!((code, nothing.as_str(), &batch.read("new/all.jsonl")), (1, "", stdout));
    assert_eq!(self::files(&batch.path("new")), ["all.jsonl"]);
}

#[test]
fn pretty_has_the_same_values() {
    let batch = Batch::of(&["in/a.txt"]);
    let [rows, pretty] = [&["in/a.txt"][..], &["in/a.txt", "--pretty"]].map(|args| batch.run(args).1);
    assert!(pretty.contains("\n  \"documents\": [\n    {\n      \"id\": \"doc_1\",\n"), "{pretty}");
    let [one, other]: [Value; 2] = [rows, pretty.clone()].map(|json| serde_json::from_str(&json).unwrap());
    assert_eq!(one, other);
    batch.told(0, &["--pretty"]);
    assert_eq!(batch.read("out/a.json"), pretty);
}

#[test]
fn flags_that_contradict_each_other_are_told() {
    let batch = Batch::of(&["in/a.txt"]);
    for (args, named) in [
        (&["in", "--format", "jsonl", "--pretty"][..], "--pretty"),
        (&["in", "--format", "jsonl", "--force"], "--force"),
        (&["in", "--format", "jsonl", "-o", "all.jsonl", "--prune"], "--prune"),
        (&["in", "--dry-run"], "--dry-run"),
        (&["in", "--report", "r.json"], "--report"),
        (&["in", "--format", "jsonl", "-o", "in"], "in: a folder"),
        (&["in", "-o", "out", "--max-bytes", "many"], "--max-bytes"),
    ] {
        let (code, stdout, stderr) = batch.run(args);
        assert_eq!((code, stdout.as_str()), (2, ""), "{args:?}");
        assert!(stderr.contains(named), "{args:?}: {stderr}");
    }
    assert_eq!(files(batch.folder.path()), ["in/a.txt"]);
}

#[test]
fn a_report_goes_where_it_is_asked_for() {
    let batch = Batch::new(&[("in/a.txt", TEXT.as_bytes()), ("in/b.txt", b"")]);
    let (code, _, _) = batch.run(&["in", "--format", "jsonl", "-o", "all.jsonl", "--report", "r.json", "--quiet"]);
    assert_eq!(code, 1);
    let report: Value = serde_json::from_str(&batch.read("r.json")).unwrap();
    assert_eq!(report["faults"][0], serde_json::json!({"path":"in/b.txt","code":"empty","reason":"the file is empty"}));
    batch.told(1, &["--report", "r.json"]);
    assert_eq!(batch.read("r.json"), batch.read("out/.gongbao/report.json"));
}

#[test]
fn a_run_ends_with_a_summary() {
    let batch = Batch::new(&[("in/a.txt", TEXT.as_bytes()), ("in/b.txt", b"")]);
    let (_, stdout, stderr) = batch.run(&["in", "-o", "out"]);
    let lines: Vec<&str> = stderr.lines().collect();
    assert_eq!((stdout.as_str(), lines.len()), ("", 3), "{stderr}");
    assert_eq!(lines[0], "gongbao: in/b.txt: the file is empty");
    assert!(lines[1].starts_with("2 sources: 1 done, 1 failed; 0.0 MB in ") && lines[1].ends_with(" MB/s"), "{stderr}");
    let rows = "1 documents, 1 provisions, 0 tables; 1 amounts, 0 percentages, 1 caps, 0 lead units, 0 deadlines; 0 diagnostics";
    assert_eq!(lines[2], rows);
}

#[test]
fn the_log_is_json_when_asked() {
    let batch = Batch::new(&[("in/a.txt", TEXT.as_bytes()), ("in/b.txt", b"")]);
    let (_, _, stderr) = batch.run(&["in", "-o", "out", "--log-format", "json"]);
    let events: Vec<Value> = stderr.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(events.len(), 4, "{stderr}");
    assert_eq!(events[0], serde_json::json!({"event":"planned","sources":2,"bytes":TEXT.len()}));
    let written =
        serde_json::json!({"event":"written","path":"in/a.txt","output":"out/a.json","why":"new","bytes":TEXT.len()});
    assert_eq!(events[1], written);
    let failed =
        serde_json::json!({"event":"failed","path":"in/b.txt","code":"empty","reason":"the file is empty","bytes":0});
    assert_eq!(events[2], failed);
    assert_eq!((&events[3]["event"], &events[3]["done"]), (&"finished".into(), &1.into()));
    let (_, _, stderr) = batch.run(&["in", "-o", "out", "--log-format", "json", "--quiet"]);
    assert_eq!(serde_json::from_str::<Value>(&stderr).unwrap(), failed);
    let (code, _, stderr) = batch.run(&["in", "-o", "in/a.txt", "--log-format", "json"]);
    let stopped: Value = serde_json::from_str(&stderr).unwrap();
    assert_eq!((code, &stopped["event"]), (2, &"stopped".into()));
    assert_eq!(stopped["reason"], "in/a.txt: the output folder is a file");
}

/// A mistake of ours in one source is a fault of that source.
#[test]
fn a_panic_is_the_fault_of_its_source() {
    let batch = Batch::of(&["in/a.txt", "in/b.txt", "in/c.txt"]);
    let options = gongbao::batch::Options {
        paths: vec![batch.path("in")],
        jobs: 2,
        extract: |source| {
            assert!(source.name != "b.txt", "no rule for b");
            gongbao::pipeline::record(source)
        },
        ..gongbao::batch::Options::default()
    };
    let to = gongbao::batch::ToFolder { folder: batch.path("out"), ..gongbao::batch::ToFolder::default() };
    let mut events = Vec::new();
    let summary = gongbao::batch::to_folder(&options, &to, &mut |event| {
        events.extend(told(&serde_json::to_value(event).unwrap()))
    })
    .unwrap();
    assert_eq!(events, ["written a.txt (new)", "failed b.txt (internal_error)", "written c.txt (new)"]);
    assert_eq!((summary.done, summary.failed), (2, 1));
    let reason = &summary.faults[0].reason;
    assert!(reason.contains("tests/batch.rs") && reason.contains("no rule for b"), "{reason}");
    assert_eq!(batch.outputs(), ["a.json", "c.json"]);
}
