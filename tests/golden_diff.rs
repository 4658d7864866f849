//! What `gongbao golden` says of changes made by hand: what happened, and nothing else.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const POLICY: &str = "\
关于扩大投资的若干政策

第一章 总则

第一条 【宗旨】为扩大投资，制定本政策。

第二条 【补助】给予最高100万元补助，贷款贴息5%。由市发改委牵头。

第三条 【期限】项目应当在2024年底前完成。

第四条 【奖励】给予企业30万元奖励。

第二章 附则

第五条 本政策自2024年1月1日起施行。
";

const NOTICES: &str = "\
宁海市人民政府关于扩大投资的通知

海政发〔2024〕1号

一、给予最高100万元补助。

宁海市人民政府

2024年1月5日

宁海市人民政府关于稳定就业的通知

海政发〔2024〕2号

一、失业率控制在3.5%以内。

二、2024年底前完成。

宁海市人民政府

2024年1月8日
";

fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("gongbao").unwrap().current_dir(folder).args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// A folder with `a.txt` and its golden.
fn accepted(text: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), text).unwrap();
    let (code, _, stderr) = run(folder.path(), &["golden", "accept", "a.txt", "--yes"]);
    assert_eq!(code, 0, "{stderr}");
    folder
}

/// Accepts `old` and tells what differs in `new`: the lines below the first.
fn told(old: &str, new: &str) -> Vec<String> {
    let folder = accepted(old);
    fs::write(folder.path().join("a.txt"), new).unwrap();
    let (code, stdout, stderr) = run(folder.path(), &["golden", "diff", "a.txt"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    let mut lines = stdout.lines();
    assert!(lines.next().unwrap().contains("the source has changed"), "{stdout}");
    lines.map(|line| line.trim_start().to_owned()).collect()
}

/// As `told`, of the policy with some words in place of others.
fn told_of(changes: &[(&str, &str)]) -> Vec<String> {
    let mut new = POLICY.to_owned();
    for (old, words) in changes {
        assert_eq!(new.matches(old).count(), 1, "{old}");
        new = new.replace(old, words);
    }
    told(POLICY, &new)
}

/// Changes the golden by hand and leaves the source as it is: the lines below the first.
fn told_of_golden(old: &str, new: &str) -> Vec<String> {
    let folder = accepted(POLICY);
    let golden = folder.path().join("a.json");
    let json = fs::read_to_string(&golden).unwrap();
    assert!(json.contains(old), "{old} is not in {json}");
    fs::write(&golden, json.replace(old, new)).unwrap();
    let (code, stdout, stderr) = run(folder.path(), &["golden", "diff", "a.txt"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    assert!(!stdout.contains("the source has changed"), "{stdout}");
    stdout.lines().skip(1).map(|line| line.trim_start().to_owned()).collect()
}

#[test]
fn a_value_changed() {
    assert_eq!(told_of(&[("5%", "50%")]), ["~ percentage line 7 第一章 第二条 5% → 50%: value 5% → 50%"]);
}

#[test]
fn a_cap_is_a_row_of_its_own_beside_its_amount() {
    assert_eq!(
        told_of(&[("100万元", "1.2亿元")]),
        [
            "~ cap line 7 第一章 第二条 最高100万元 → 最高1.2亿元: value 100万元 → 1.2亿元",
            "~ amount line 7 第一章 第二条 100万元 → 1.2亿元: value 100万元 → 1.2亿元",
        ]
    );
}

#[test]
fn a_deadline_put_off_and_an_office_replaced() {
    assert_eq!(
        told_of(&[("2024年底前", "2025年底前"), ("市发改委", "市经信局")]),
        [
            "~ lead_unit line 7 第一章 第二条 市发改委 → 市经信局",
            "~ deadline line 9 第一章 第三条 在2024年底前 → 在2025年底前: to 2024-12-31 → 2025-12-31",
        ]
    );
}

#[test]
fn a_fact_gained_and_a_fact_lost() {
    assert_eq!(
        told_of(&[("，贷款贴息5%", ""), ("30万元奖励。", "30万元奖励，下浮10%。")]),
        [
            "~ provision line 7 第一章 第二条 补助: text …高100万元补助，贷款贴息5%。由市发改委牵头… → …高100万元补助。由市发改委牵头…",
            "- percentage line 7 第一章 第二条 5%: exactly 5%",
            "~ provision line 11 第一章 第四条 奖励: text …企业30万元奖励。 → …企业30万元奖励，下浮10%。",
            "+ percentage line 11 第一章 第四条 10%: decrease exactly 10%",
        ]
    );
}

#[test]
fn a_fact_moved() {
    assert_eq!(
        told_of(&[("，贷款贴息5%", ""), ("30万元奖励。", "30万元奖励，贷款贴息5%。")]),
        [
            "~ provision line 7 第一章 第二条 补助: text …高100万元补助，贷款贴息5%。由市发改委牵头… → …高100万元补助。由市发改委牵头…",
            "~ provision line 11 第一章 第四条 奖励: text …企业30万元奖励。 → …企业30万元奖励，贷款贴息5%。",
            "~ percentage line 11 第一章 第四条 5%: moved from 第一章 第二条 to 第一章 第四条",
        ]
    );
}

#[test]
fn a_provision_gained_and_those_after_it_renumbered() {
    assert_eq!(
        told_of(&[
            ("第五条 ", "第六条 "),
            ("第四条 【奖励】", "第五条 【奖励】"),
            ("第三条 【期限】", "第三条 【新增】给予最高5万元奖励。\n\n第四条 【期限】"),
        ]),
        [
            "+ provision line 9 第一章 第三条 新增",
            "+ cap line 9 第一章 第三条 最高5万元: at_most 5万元",
            "+ amount line 9 第一章 第三条 5万元: at_most 5万元",
            "~ provision line 11 第一章 第四条 期限: renumbered from 第三条 to 第四条",
            "~ provision line 13 第一章 第五条 奖励: renumbered from 第四条 to 第五条",
            "~ provision line 17 第二章 第六条 本政策自2024年1月1日起施行。: renumbered from 第五条 to 第六条",
        ]
    );
}

#[test]
fn a_provision_lost_with_what_is_below_it() {
    let old = "一、扩大投资\n\n（一）补助。给予最高100万元补助。\n\n（二）奖励。给予企业30万元奖励。\n\n二、加强保障\n\n保障土地供应。\n";
    let new = "一、加强保障\n\n保障土地供应。\n";
    assert_eq!(
        told(old, new),
        [
            "- provision line 1 一、 扩大投资: with 2 provisions below it",
            "~ provision line 1 一、 加强保障: renumbered from 二、 to 一、",
            "- cap line 1 一、 （一） 最高100万元: at_most 100万元",
            "- amount line 1 一、 （一） 100万元: at_most 100万元",
            "- amount line 1 一、 （二） 30万元: exactly 30万元",
        ]
    );
}

#[test]
fn a_provision_moved() {
    assert_eq!(
        told_of(&[
            ("第四条 【奖励】给予企业30万元奖励。\n\n", ""),
            ("第五条 ", "第四条 【奖励】给予企业30万元奖励。\n\n第五条 "),
        ]),
        ["~ provision line 13 第二章 第四条 奖励: moved from 第一章 to 第二章"]
    );
}

#[test]
fn a_heading_and_a_title_changed() {
    assert_eq!(
        told_of(&[("【期限】", "【完成期限】"), ("若干政策", "一揽子政策")]),
        [
            "~ document line 1 关于扩大投资的一揽子政策: title 关于扩大投资的若干政策 → 关于扩大投资的一揽子政策",
            "~ provision line 9 第一章 第三条 完成期限: heading 期限 → 完成期限",
        ]
    );
}

#[test]
fn documents_added_removed_and_moved() {
    let second = NOTICES.find("宁海市人民政府关于稳定").unwrap();
    let (first, second) = NOTICES.split_at(second);
    assert_eq!(
        told(first, NOTICES),
        ["+ document line 11 宁海市人民政府关于稳定就业的通知: with 3 provisions, 1 percentage, 1 cap, 1 deadline"]
    );
    assert_eq!(
        told(NOTICES, second),
        ["- document 宁海市人民政府关于扩大投资的通知: with 2 provisions, 1 amount, 1 cap"]
    );
    let turned = format!("{second}\n{first}");
    assert_eq!(
        told(NOTICES, &turned),
        ["~ document line 1 宁海市人民政府关于稳定就业的通知: moved in order from 2 to 1"]
    );
}

/// Blank lines above shift every place and change nothing.
#[test]
fn only_places_shifted() {
    let folder = accepted(POLICY);
    fs::write(folder.path().join("a.txt"), format!("\n\n{POLICY}")).unwrap();
    let said = "a.txt: as accepted; the source has changed since it was accepted, places or ids have shifted\n";
    assert_eq!(run(folder.path(), &["golden", "diff", "a.txt"]), (0, said.to_owned(), String::new()));
    let check = format!("{said}1 as accepted, 0 not\n");
    assert_eq!(run(folder.path(), &["golden", "check", "a.txt"]), (0, check, String::new()));
}

/// Three times the same value, and one of them goes: it is the second, though the rows alone would not tell.
#[test]
fn of_equal_facts_the_right_one_is_lost() {
    let folder = accepted("一、城市补助5%；乡村补助5%；海岛补助5%。\n");
    fs::write(folder.path().join("a.txt"), "一、城市补助5%；海岛补助5%。\n").unwrap();
    let (_, stdout, _) = run(folder.path(), &["golden", "diff", "a.txt", "--format", "json"]);
    let told: Value = serde_json::from_str(&stdout).unwrap();
    let differences = told["sources"][0]["differences"].as_array().unwrap();
    let facts: Vec<_> = differences.iter().filter(|row| row["what"] == "percentage").collect();
    assert_eq!(facts.len(), 1, "{stdout}");
    assert_eq!((&facts[0]["how"], &facts[0]["old_id"]), (&"lost".into(), &"doc_1__cn_1__percentage_2".into()));
}

/// With the source as it was, the program alone can have changed: then a place is a difference too, and so is an id.
#[test]
fn in_an_unchanged_source_every_row_counts() {
    for (accepted, now, said) in [
        ("\"value\":0.5,", "\"value\":0.05,", "~ percentage line 7 第一章 第二条 5%: value 50% → 5%"),
        (
            "\"bound\":\"about\"",
            "\"bound\":\"at_most\"",
            "~ amount line 7 第一章 第二条 100万元: bound about → at_most",
        ),
        ("\"heading\":null", "\"heading\":\"补助\"", "~ provision line 7 第一章 第二条 补助: heading null → 补助"),
        ("\"start\":104,", "\"start\":105,", "~ provision line 11 第一章 第四条 奖励: lines 10–11 → 11–11"),
        (
            "\"title\":\"旧题\"",
            "\"title\":\"关于扩大投资的若干政策\"",
            "~ document line 1 关于扩大投资的若干政策: title 旧题 → 关于扩大投资的若干政策",
        ),
        (
            "\"noise\":[\n{\"kind\":\"rule\",\"start\":3,\"end\":4,\"raw\":\"——\"}\n]",
            "\"noise\":[]",
            "- noise line 1 ——: rule",
        ),
        ("__money_", "__amount_", "~ ids: ids, references or the order of rows are others"),
    ] {
        assert_eq!(told_of_golden(now, accepted), [said], "{accepted}");
    }
}

#[test]
fn two_files_are_compared_without_their_source() {
    let folder = accepted(POLICY);
    let json = fs::read_to_string(folder.path().join("a.json")).unwrap();
    fs::write(folder.path().join("old.json"), json.replace("\"value\":0.05", "\"value\":0.5")).unwrap();
    let (code, stdout, stderr) = run(folder.path(), &["golden", "diff", "old.json", "a.json"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    assert_eq!(
        stdout,
        "a.json: 1 difference (1 percentage changed)\n  ~ percentage 第一章 第二条 5%: value 50% → 5%\n"
    );
}

#[test]
fn machines_are_told_the_same() {
    let folder = accepted(POLICY);
    fs::write(folder.path().join("a.txt"), POLICY.replace("5%", "50%")).unwrap();
    let (_, stdout, _) = run(folder.path(), &["golden", "diff", "a.txt", "--format", "json"]);
    let told: Value = serde_json::from_str(&stdout).unwrap();
    let expected = serde_json::json!({
        "sources": [{
            "source": "a.txt",
            "golden": "a.json",
            "state": "different",
            "reason": null,
            "source_changed": true,
            "shifted": false,
            "differences": [{
                "how": "changed",
                "what": "percentage",
                "line": 7,
                "path": ["第一章", "第二条"],
                "text": "50%",
                "says": null,
                "old_id": "doc_1__chp_1__art_2__percentage_1",
                "new_id": "doc_1__chp_1__art_2__percentage_1",
                "changes": [
                    {"field": "raw", "old": "5%", "new": "50%"},
                    {"field": "value", "old": 0.05, "new": 0.5},
                ],
            }],
        }],
    });
    assert_eq!(told, expected);
}

#[test]
fn a_pull_request_is_told_the_same_and_no_markup_of_the_source_is_obeyed() {
    let folder = accepted(POLICY);
    fs::write(folder.path().join("a.txt"), POLICY.replace("【奖励】", "【奖|励<b>】")).unwrap();
    let (_, stdout, _) = run(folder.path(), &["golden", "diff", "a.txt", "--format", "markdown"]);
    let rows: Vec<&str> = stdout.lines().filter(|line| line.starts_with('|')).collect();
    assert_eq!(rows[..2], ["| | row | line | where | text | difference |", "| --- | --- | --- | --- | --- | --- |"]);
    assert!(rows.len() > 2 && rows.iter().all(|row| row.matches('|').count() == 7), "{stdout}");
    assert!(stdout.starts_with("### <code>a&#46;txt</code>\n\n"), "{stdout}");
    assert!(stdout.contains("<code>奖&#124;励"), "{stdout}");
    assert!(!stdout.contains("<b>"), "{stdout}");
}

#[test]
fn colours_are_for_terminals() {
    let folder = accepted(POLICY);
    fs::write(folder.path().join("a.txt"), POLICY.replace("5%", "50%")).unwrap();
    let stdout = |name: &str| {
        let mut command = Command::cargo_bin("gongbao").unwrap();
        command.current_dir(folder.path()).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
        let output = command.args(["golden", "diff", "a.txt"]).env(name, "1").output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(stdout("CLICOLOR_FORCE").contains("\u{1b}[33m~ percentage\u{1b}[0m"));
    assert!(!stdout("NO_COLOR").contains('\u{1b}'));
}
