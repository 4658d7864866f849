//! What the documents say is so.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use assert_cmd::Command;
use common::sample;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;

fn page(name: &str) -> String {
    fs::read_to_string(common::root().join(name)).unwrap()
}

/// The README says what each key of an output file holds.
#[test]
fn the_readme_names_every_table() {
    let readme = page("README.md");
    let section = readme.split_once("\n## Output\n").unwrap().1.split("\n##").next().unwrap();
    let first_cells = section.lines().filter_map(|line| line.strip_prefix("| `")?.split(" |").next());
    let named: BTreeSet<String> =
        first_cells.flat_map(|cell| cell.split(", ").map(|name| name.replace('`', ""))).collect();
    let output: Value = serde_json::from_str(&common::json(&sample::source(), &sample::record())).unwrap();
    let written = output.as_object().unwrap().keys().filter(|key| *key != "schema").cloned().collect();
    assert_eq!(named, written);
}

/// The sentence on the first screen of the README gives the rows shown below it, and no others.
#[test]
fn the_readme_example_is_real() {
    let readme = page("README.md");
    let sentence = readme.lines().find_map(|line| line.strip_prefix("> ")).unwrap();
    let done = Command::cargo_bin("gongbao").unwrap().arg("facts").write_stdin(sentence).assert().success();
    let out: Value = serde_json::from_slice(&done.get_output().stdout).unwrap();
    let mut shown = 0;
    for line in
        readme.lines().skip_while(|line| !line.starts_with("| ---")).skip(1).take_while(|line| line.starts_with('|'))
    {
        let [table, raw, fields] = [1, 2, 3].map(|at| line.split('|').nth(at).unwrap().trim().trim_matches('`'));
        let fields: Value = serde_json::from_str(&format!("{{{fields}}}")).unwrap();
        let is_shown = |row: &&Value| {
            row["raw"] == raw && fields.as_object().unwrap().iter().all(|(key, value)| row[key] == *value)
        };
        assert!(out[table].as_array().unwrap().iter().any(|row| is_shown(&row)), "{line}\nis not in\n{out}");
        shown += 1;
    }
    let found: usize = common::FACTS.iter().map(|table| out[*table].as_array().unwrap().len()).sum();
    assert_eq!(shown, found, "{out}");
}

#[test]
fn the_readme_has_two_set_up_commands_and_ci_runs_the_tests_among_them() {
    let readme = page("README.md");
    let blocks: Vec<&str> = readme.split("```sh\n").skip(1).map(|block| block.split("\n```").next().unwrap()).collect();
    assert_eq!(blocks, ["cargo run --release -- extract input -o output", "cargo test"]);
    assert!(page(".ci/run").contains(blocks[1]));
}

/// Every command and flag that the README names is in the help, and every flag of the help in the README.
#[test]
fn the_readme_knows_the_command_line() {
    let help = |args: &[&str]| {
        let done = Command::cargo_bin("gongbao").unwrap().args(args).assert().success();
        String::from_utf8(done.get_output().stdout.clone()).unwrap()
    };
    let commands =
        ["eval", "explain", "export", "extract", "facts", "golden", "load", "outline", "review", "rules", "schema"];
    let golden = ["accept", "check", "diff"].map(|command| help(&["golden", command, "--help"]));
    let all = commands.map(|command| help(&[command, "--help"])).into_iter().chain(golden).collect::<String>();
    let readme = page("README.md");
    for command in commands {
        assert!(help(&["--help"]).contains(&format!("\n  {command} ")), "{command}");
        assert!(readme.contains(&format!("`gongbao {command}")), "{command}");
    }
    let flags = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !(c.is_ascii_lowercase() || c == '-'));
        words
            .filter(|word| word.starts_with("--") && word.len() > 3 && !word.ends_with('-'))
            .map(str::to_owned)
            .collect()
    };
    let known = flags(&all);
    let of_cargo = ["--release", "--test"];
    for flag in flags(&readme).iter().filter(|flag| !of_cargo.contains(&flag.as_str())) {
        assert!(known.contains(flag), "README names {flag}, help does not");
    }
    for flag in known.iter().filter(|flag| !["--help", "--output", "--version"].contains(&flag.as_str())) {
        assert!(flags(&readme).contains(flag), "help names {flag}, README does not");
    }
}

/// Each diagnostic that the README explains is told in a fixture, and no fixture tells another.
#[test]
fn the_readme_explains_every_diagnostic() {
    let readme = page("README.md");
    let section = readme.split_once("\n### Codes of diagnostics\n").unwrap().1.split("\n#").next().unwrap();
    let explained: BTreeSet<String> =
        section.lines().filter_map(|line| Some(line.strip_prefix("| `")?.split_once('`')?.0.to_owned())).collect();
    let told: BTreeSet<String> = fs::read_dir(common::root().join("fixtures"))
        .unwrap()
        .map(|folder| fs::read_to_string(folder.unwrap().path().join("expected.json")).unwrap())
        .flat_map(|json| {
            let json: Value = serde_json::from_str(&json).unwrap();
            let rows = json["diagnostics"].as_array().unwrap();
            rows.iter().map(|row| row["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(explained, told);
}

/// The README explains each code of a fault, and no other.
#[test]
fn the_readme_explains_every_fault() {
    let readme = page("README.md");
    let table = readme.split_once("\n| fault | what is wrong |\n").unwrap().1.split("\n\n").next().unwrap();
    let explained: Vec<&str> =
        table.lines().filter_map(|line| Some(line.strip_prefix("| `")?.split_once('`')?.0)).collect();
    assert_eq!(explained, gongbao::fault::Code::ALL.map(gongbao::fault::Code::name));
}

#[test]
fn links_lead_somewhere() {
    for name in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "SCHEMA.md", "docs/loading.md"] {
        for link in page(name).split("](").skip(1).map(|rest| rest.split(')').next().unwrap()) {
            let path = link.split('#').next().unwrap();
            assert!(
                path.starts_with("http") || common::root().join(name).with_file_name(path).exists(),
                "{name}: {link}"
            );
        }
    }
}

/// Files and folders that ARCHITECTURE names exist.
#[test]
fn the_architecture_page_names_real_places() {
    let page = page("ARCHITECTURE.md");
    let names =
        page.split('`').skip(1).step_by(2).filter(|name| name.starts_with("src/") || name.starts_with("tests/"));
    let gone: Vec<&str> = names.filter(|name| !common::root().join(name).exists()).collect();
    assert!(gone.is_empty(), "{gone:?}");
}

/// GRAMMAR.md is what the program says of its rules; `UPDATE=1 cargo test --test docs` writes it anew.
#[test]
fn the_grammar_page_is_made_from_the_rules() {
    let done =
        Command::cargo_bin("gongbao").unwrap().args(["rules", "--format", "markdown"]).assert().success().stderr("");
    let now = String::from_utf8(done.get_output().stdout.clone()).unwrap();
    let path = common::root().join("GRAMMAR.md");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &now).unwrap();
    }
    let stale = "GRAMMAR.md is older than the rules; to write it anew: UPDATE=1 cargo test --test docs";
    assert!(fs::read_to_string(&path).unwrap_or_default() == now, "{stale}");
}

/// docs/loading.md names the columns of every table.
#[test]
fn the_page_on_loading_names_every_table() {
    let row = |table: &gongbao::tables::Table| {
        let names: Vec<_> = table.flat_columns().map(|(_, column)| format!("`{}`", column.name)).collect();
        let key: Vec<_> = table.key.iter().map(|name| format!("`{name}`")).collect();
        format!("| `{}` | {} | {} |\n", table.name, key.join(", "), names.join(", "))
    };
    let tables: String = gongbao::tables::TABLES.iter().map(row).collect();
    let section = format!("| table | key | columns |\n| --- | --- | --- |\n{tables}");
    assert!(page("docs/loading.md").contains(&section), "docs/loading.md should hold\n{section}");
}
