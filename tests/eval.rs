//! `gongbao eval` against annotations: figures computed by hand, and those of the real documents.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// Three amounts (100万元, 30万元, 5万元), a cap (最高100万元), two percentages (5%, 10%), a lead unit (市发改委).
const SOURCE: &str = "\
一、扩大投资

（一）补助。给予最高100万元补助，贷款贴息5%。由市发改委牵头。

（二）奖励。给予企业30万元奖励，另给5万元，下浮10%。
";

fn eval(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("gongbao").unwrap();
    let output = command.current_dir(folder).arg("eval").args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn folder(gold: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), SOURCE).unwrap();
    fs::write(folder.path().join("a.gold.jsonl"), gold).unwrap();
    folder
}

/// Gold, found, right, precision, recall, F1 and span of a row of the table.
#[track_caller]
fn figures(table: &str, kind: &str, expected: &str) {
    let line = table.lines().find(|line| line.starts_with(&format!("{kind} "))).unwrap();
    let said: Vec<&str> = line[kind.len()..].split_whitespace().collect();
    assert_eq!(said.join(" "), expected, "{kind}");
}

#[test]
fn figures_are_as_computed_by_hand() {
    // Of the amounts, one is right, one has another value, one is optional, and one is nowhere in the output. Of the
    // percentages, 5% is not annotated. The cap is annotated without its cue, the lead unit on the wrong text.
    let folder = folder(
        r#"
{"t":"document","line":1,"q":"一、","title":null,"doc_number":"甬政发〔2024〕1号","issuer":null}
{"t":"provision","line":1,"q":"一、","path":"一、","number":1,"heading":"扩大投资"}
{"t":"provision","line":3,"q":"（一）","path":"一、/（一）","number":1,"heading":"补助金"}
{"t":"provision","line":5,"q":"企业","path":"一、/（三）","number":3,"heading":null}
{"t":"amount","line":3,"q":"100万元","value":1000000,"upper":null,"currency":"CNY","bound":"at_most"}
{"t":"amount","line":5,"q":"30万元","value":3000000,"upper":null,"currency":"CNY","bound":"exactly"}
{"t":"amount","line":5,"q":"5万元","value":7,"opt":true}
{"t":"amount","line":5,"q":"企业","value":1}
{"t":"percentage","line":5,"q":"10%","value":0.10,"unit":"percent","bound":"exactly","change":"decrease"}
{"t":"cap","line":3,"q":"100万元","of":"amount","value":1e6,"unit":"CNY"}
{"t":"lead_unit","line":3,"q":"贷款贴息","role":"lead"}
"#,
    );
    let (code, table, stderr) = eval(folder.path(), &["."]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    assert!(table.starts_with("== a.txt\n"), "{table}");
    let of_source = table.split("== total").next().unwrap();
    figures(of_source, "document", "1 1 1 1.000 1.000 1.000");
    figures(of_source, "doc fields", "3 3 2 0.667 0.667 0.667");
    // （二） is found and not annotated, the third annotation starts nowhere: 2 of 3 either way.
    figures(of_source, "provision", "3 3 2 0.667 0.667 0.667");
    figures(of_source, "path", "3 3 2 0.667 0.667 0.667");
    figures(of_source, "heading", "3 3 1 0.333 0.333 0.333");
    // Annotated 3 without the optional one, found 2 without it, right 1: P 1/2, R 1/3, F1 2/5; both places are exact.
    figures(of_source, "amount", "3 2 1 0.500 0.333 0.400 0.800");
    figures(of_source, "percentage", "1 2 1 0.500 1.000 0.667 0.667");
    figures(of_source, "cap", "1 1 1 1.000 1.000 1.000 0.000");
    figures(of_source, "lead_unit", "1 1 0 0.000 0.000 0.000 0.000");
    figures(of_source, "deadline", "0 0 0 1.000 1.000 1.000 1.000");
    figures(of_source, "all facts", "6 6 3 0.500 0.500 0.500 0.500");
    for miss in [
        r#"wrong line 1 "一、": doc_number "null", gold "甬政发〔2024〕1号""#,
        r#"missed line 5 "一、/（三）""#,
        r#"extra line 5 "一、/（二）""#,
        r#"wrong line 3 "一、/（一）": heading "补助", gold "补助金""#,
        r#"wrong line 5 "30万元": value "300000", gold "3000000""#,
        r#"missed line 5 "企业""#,
        r#"extra line 3 "5%""#,
        r#"missed line 3 "贷款贴息""#,
        r#"extra line 3 "市发改委""#,
    ] {
        assert_eq!(of_source.lines().filter(|line| line.trim() == miss).count(), 1, "{miss}\n{of_source}");
    }
    assert_eq!(of_source.matches(" line ").count(), 9, "{of_source}");
}

#[test]
fn what_is_out_of_scope_is_not_counted() {
    let folder = folder(
        r#"{"t":"scope","from_line":3,"to_line":3}
{"t":"scope","from_line":5,"to_line":5,"only":"percentage"}
{"t":"percentage","line":3,"q":"5%","value":0.05}
"#,
    );
    let (_, table, _) = eval(folder.path(), &["."]);
    figures(&table, "amount", "0 1 0 0.000 1.000 0.000 0.000");
    figures(&table, "percentage", "1 2 1 0.500 1.000 0.667 0.667");
    figures(&table, "document", "0 0 0 1.000 1.000 1.000");
}

#[test]
fn rows_that_cannot_be_read_or_placed_are_told_and_the_rest_is_measured() {
    let folder = folder(
        r#"{"t":"percentage","line":3,"q":"5%","value":0.05}
{"t":"percentage","line":3,"q":"7%","value":0.07}
{"t":"percentage","line":3,"q":"5%","nth":2,"value":0.05}
{"t":"percentage","line":9,"q":"5%"}
{"t":"percentage","line":3}
{"t":"percent"}
not JSON
"#,
    );
    let (code, table, stderr) = eval(folder.path(), &[".", "--misses", "0"]);
    assert_eq!(code, 1);
    figures(&table, "percentage", "1 2 1 0.500 1.000 0.667 0.667");
    assert!(!table.contains(" line "), "{table}");
    let told: Vec<&str> = stderr.lines().collect();
    assert_eq!(told.len(), 6, "{stderr}");
    for (line, reason) in told.iter().zip([
        "a.gold.jsonl:2: \"7%\" does not start on line 3",
        "a.gold.jsonl:3: \"5%\" does not start 2 times on line 3",
        "a.gold.jsonl:4: the source has no line 9",
        "a.gold.jsonl:5: q: a text is missing",
        "a.gold.jsonl:6: unknown row \"t\":\"percent\"",
        "a.gold.jsonl:7: no JSON object",
    ]) {
        assert!(line.starts_with("gongbao: ") && line.contains(reason), "{line}\n{reason}");
    }
}

#[test]
fn what_has_no_source_or_no_annotations_is_told() {
    let folder = folder("");
    fs::rename(folder.path().join("a.gold.jsonl"), folder.path().join("b.gold.jsonl")).unwrap();
    let (code, _, stderr) = eval(folder.path(), &["."]);
    assert_eq!((code, stderr.as_str()), (1, "gongbao: ./b.gold.jsonl: its source is not in .\n"));
    fs::remove_file(folder.path().join("b.gold.jsonl")).unwrap();
    let (code, _, stderr) = eval(folder.path(), &["."]);
    assert_eq!((code, stderr.as_str()), (2, "gongbao: .: no .gold.jsonl file in this folder\n"));
    assert_eq!(eval(folder.path(), &["nowhere"]).0, 2);
}

/// The five kinds of facts and the structure of the real documents, as a person annotated them.
#[test]
fn the_annotated_inputs_are_read_as_annotated() {
    let (code, json, stderr) = eval(common::root(), &["tests/gold", "--sources", "input", "--format", "json"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    let told: Value = serde_json::from_str(&json).unwrap();
    let sources: Vec<&Value> = told["sources"].as_array().unwrap().iter().map(|source| &source["source"]).collect();
    assert_eq!(sources, ["ningbo-gazette-2022-01.txt", "ningbo-policy-2024.txt", "ningbo-work-report-2024.txt"]);
    let total: Vec<(&str, u64, u64, u64)> = (told["total"].as_array().unwrap().iter())
        .map(|row| {
            let count = |name: &str| row[name].as_u64().unwrap();
            (row["kind"].as_str().unwrap(), count("gold"), count("found"), count("right"))
        })
        .collect();
    assert_eq!(
        total,
        [
            ("document", 26, 26, 26),
            ("doc fields", 130, 130, 130),
            ("provision", 196, 196, 196),
            ("path", 196, 196, 196),
            ("heading", 196, 196, 196),
            ("amount", 69, 69, 69),
            ("percentage", 63, 63, 63),
            ("cap", 34, 34, 34),
            ("lead_unit", 52, 52, 52),
            ("deadline", 15, 15, 15),
            ("all facts", 233, 233, 233),
        ]
    );
    for row in told["total"].as_array().unwrap() {
        assert_eq!(row["f1"], 1.0);
        assert_eq!(row["span_f1"], if row["span_f1"].is_null() { Value::Null } else { 1.0.into() }, "{row}");
    }
}
