//! `gongbao export`: CSV and, with the feature `parquet`, Parquet as DuckDB and pandas read it.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use assert_cmd::Command;
use gongbao::emit::wire::Output;
use gongbao::outputs;
use gongbao::tables::{Rows, Value};
use std::fs;
use std::path::Path;

fn gongbao(args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("gongbao").unwrap();
    command.current_dir(common::root()).args(args);
    command
}

/// The accepted outputs, sorted by name, as an export of their folder takes them.
fn golden() -> Vec<Output> {
    let mut paths: Vec<_> =
        fs::read_dir(common::root().join("output")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| outputs::read(path).unwrap()).collect()
}

fn rows(outputs: &[Output]) -> Rows<'_> {
    let mut rows = Rows::default();
    for (output, key) in outputs.iter().zip(1..) {
        rows.add(key, output);
    }
    rows
}

fn shown(value: &Value<'_>) -> String {
    match value {
        Value::Null => String::new(),
        Value::Text(text) => (*text).to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Decimal(number) => number.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Boolean(is) => is.to_string(),
        Value::Words(_) => panic!("lists are no columns of CSV"),
    }
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn csv_holds_every_cell() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().to_str().unwrap();
    gongbao(&["export", "output", "-o", to]).assert().success().stdout("").stderr("");
    let outputs = golden();
    for (table, rows) in rows(&outputs).tables() {
        let path = folder.path().join(format!("{}.csv", table.name));
        let mut csv = csv::Reader::from_path(&path).unwrap();
        let head: Vec<&str> = table.flat_columns().map(|(_, column)| column.name).collect();
        assert_eq!(csv.headers().unwrap(), &head, "{}", table.name);
        let held: Vec<Vec<String>> =
            csv.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
        let row = |row: &Vec<Value<'_>>| table.flat_columns().map(|(at, _)| shown(&row[at])).collect::<Vec<_>>();
        let expected: Vec<Vec<String>> = rows.iter().map(row).collect();
        similar_asserts::assert_eq!(held, expected, "{}", table.name);
    }
    assert_eq!(names(folder.path()).len(), gongbao::tables::TABLES.len());
}

#[test]
fn csv_is_as_excel_wants_it() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().to_str().unwrap();
    let source = folder.path().join("policy.txt");
    fs::write(&source, "一、\"支持\"，研发,给予最高2000\n万元补助。\n").unwrap();
    gongbao(&["export", source.to_str().unwrap(), "--bom", "-o", to]).assert().success();
    let caps = fs::read_to_string(folder.path().join("caps.csv")).unwrap();
    let head =
        "source,id,provision,start_char,end_char,raw,limits,value,duration,unit,cue,scope,amount,percentage,rule";
    let row = "1,doc_1__cn_1__cap_1,doc_1__cn_1,12,21,\"最高2000\n万元\",amount,20000000,,CNY,最高,,doc_1__cn_1__amount_1,,cap/cue_before";
    similar_asserts::assert_eq!(caps, format!("\u{feff}{head}\r\n{row}\r\n"));
    let provisions = fs::read_to_string(folder.path().join("provisions.csv")).unwrap();
    assert!(provisions.contains(",\"\"\"支持\"\"，研发,给予最高2000万元补助。\","), "{provisions}");
}

#[test]
fn a_failed_export_leaves_the_older_files() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("tables");
    let to_text = to.to_str().unwrap();
    gongbao(&["export", "output", "-o", to_text]).assert().success();
    let before = names(&to);
    let caps = fs::read(to.join("caps.csv")).unwrap();
    // A folder stands where the last file is to go.
    fs::remove_file(to.join("sources.csv")).unwrap();
    fs::create_dir(to.join("sources.csv")).unwrap();
    let failed = gongbao(&["export", "input/ningbo-policy-2024.txt", "-o", to_text]).assert().code(2);
    let told = String::from_utf8(failed.get_output().stderr.clone()).unwrap();
    assert!(told.contains("cannot write") && told.contains("sources.csv"), "{told}");
    assert_eq!(names(&to), before);
    assert_eq!(fs::read(to.join("caps.csv")).unwrap(), caps);
}

#[test]
fn an_input_that_cannot_be_read_is_told_and_the_rest_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("tables");
    let bad = folder.path().join("bad.json");
    fs::write(&bad, "{}").unwrap();
    let args = ["export", bad.to_str().unwrap(), "output/ningbo-policy-2024.json", "-o", to.to_str().unwrap()];
    let done = gongbao(&args).assert().code(1);
    let told = String::from_utf8(done.get_output().stderr.clone()).unwrap();
    assert!(told.contains("bad.json: no output of gongbao"), "{told}");
    let sources = fs::read_to_string(to.join("sources.csv")).unwrap();
    assert_eq!(sources.lines().count(), 2);
}

#[test]
fn a_mark_for_excel_is_for_csv() {
    let failed = gongbao(&["export", "output", "--format", "parquet", "--bom", "-o", "nowhere"]).assert().code(2);
    let told = String::from_utf8(failed.get_output().stderr.clone()).unwrap();
    assert!(told.contains("--bom is for CSV"), "{told}");
    assert!(!common::root().join("nowhere").exists());
}

#[cfg(feature = "parquet")]
mod parquet {
    use super::*;
    use rust_decimal::Decimal;
    use serde_json::{Value as Json, json};

    /// What a script of `tests/` says, in the Python that has duckdb and pandas.
    fn python(script: &str, folder: &Path) -> Json {
        let make = "make it: python3 -m venv DIR && DIR/bin/pip install duckdb pandas pyarrow; \
                    export GONGBAO_TEST_PYTHON=DIR/bin/python";
        let python = std::env::var("GONGBAO_TEST_PYTHON").unwrap_or_else(|_| panic!("no GONGBAO_TEST_PYTHON; {make}"));
        let done = Command::new(python).arg(common::root().join("tests").join(script)).arg(folder).assert().success();
        serde_json::from_slice(&done.get_output().stdout).unwrap()
    }

    /// Both readers give the number of rows of each table, the sum of all amounts and of all percentages to the last
    /// digit, the types of the columns, and a list.
    #[test]
    fn duckdb_and_pandas_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().to_str().unwrap();
        // The inputs state no amount below a yuan.
        let price = folder.path().join("price.txt");
        fs::write(&price, "一、电价降低0.0335元/千瓦时。\n").unwrap();
        let price = price.to_str().unwrap();
        gongbao(&["export", "output", price, "--format", "parquet", "-o", to]).assert().success().stdout("").stderr("");
        let mut outputs = golden();
        let extracted = gongbao(&["extract", price]).assert().success();
        outputs.push(outputs::parse(str::from_utf8(&extracted.get_output().stdout).unwrap()).unwrap());
        let sum = |numbers: &mut dyn Iterator<Item = Decimal>| numbers.sum::<Decimal>().normalize().to_string();
        let amounts = sum(&mut outputs.iter().flat_map(|output| &output.amounts).map(|row| row.value.0));
        let percentages = sum(&mut outputs.iter().flat_map(|output| &output.percentages).map(|row| row.value.0));
        assert!(amounts.ends_with(".0335") && percentages.contains('.'), "{amounts} {percentages}");
        let all = rows(&outputs);
        let told = all.tables().filter(|(table, _)| table.name != "inherited_lead_units");
        let counts: serde_json::Map<String, Json> =
            told.map(|(table, rows)| (table.name.to_owned(), json!(rows.len()))).collect();
        let signed = outputs.iter().flat_map(|output| &output.documents).filter_map(|row| row.signed).map(|day| day.0);
        let inherited: usize =
            outputs.iter().flat_map(|output| &output.provisions).map(|row| row.lead_units_inherited.len()).sum();
        let values = json!({
            "rows": counts,
            "amounts": amounts,
            "percentages": percentages,
            "last signed": signed.max().unwrap().to_string(),
            "inherited": inherited,
        });
        for reader in ["duckdb", "pandas"] {
            let mut read = python(&format!("read_parquet_{reader}.py"), folder.path());
            let types = read.as_object_mut().unwrap().remove("types").unwrap();
            similar_asserts::assert_eq!(read, values, "{reader}");
            let expected = match reader {
                "duckdb" => json!(["DECIMAL(38,10)", "DATE", "BOOLEAN", "VARCHAR[]", "BIGINT"]),
                _ => json!(["decimal128(38, 10)", "date32[day]", "bool", "list<item: string>", "int64"]),
            };
            assert_eq!(types, expected, "{reader}");
        }
    }
}
