//! The JSON Schema and the page made from it, against the types and against every accepted output.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use assert_cmd::Command;
use boon::{Compiler, SchemaIndex, Schemas};
use common::sample;
use serde_json::{Value, json};
use std::fs;

/// What `gongbao schema` says with these arguments is what the file holds; `UPDATE=1 cargo test --test schema` writes it
/// anew.
#[track_caller]
fn is_kept(args: &[&str], file: &str) {
    let done = Command::cargo_bin("gongbao").unwrap().arg("schema").args(args).assert().success().stderr("");
    let now = String::from_utf8(done.get_output().stdout.clone()).unwrap();
    let path = common::root().join(file);
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &now).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == now, "{file} is older than src/emit/wire.rs; to write it anew: UPDATE=1 cargo test --test schema");
}

#[test]
fn the_schema_file_is_made_from_the_types() {
    is_kept(&[], "schema/gongbao-1.json");
}

#[test]
fn the_schema_page_is_made_from_the_types() {
    is_kept(&["--format", "markdown"], "SCHEMA.md");
}

fn kept() -> Value {
    serde_json::from_str(&fs::read_to_string(common::root().join("schema/gongbao-1.json")).unwrap()).unwrap()
}

/// The schema with every object closed: a field that the schema does not describe is a fault here.
fn closed(mut schema: Value) -> Value {
    fn close(schema: &mut Value) {
        match schema {
            Value::Object(keys) => {
                if keys.contains_key("required") {
                    keys.insert("additionalProperties".to_owned(), json!(false));
                }
                keys.values_mut().for_each(close);
            }
            Value::Array(items) => items.iter_mut().for_each(close),
            _ => {}
        }
    }
    close(&mut schema);
    schema
}

fn compiled(schema: Value) -> (Schemas, SchemaIndex) {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.enable_format_assertions();
    compiler.add_resource("gongbao.json", schema).unwrap();
    let index = compiler.compile("gongbao.json", &mut schemas).unwrap();
    (schemas, index)
}

#[test]
fn every_accepted_output_is_valid() {
    let (schemas, index) = compiled(closed(kept()));
    for case in common::cases() {
        let output: Value = serde_json::from_str(&fs::read_to_string(case.accepted).unwrap()).unwrap();
        schemas.validate(&output, index).unwrap_or_else(|error| panic!("{}: {error:#}", case.title));
    }
}

/// The record made by hand has every field and every kind of cap. Each field that is changed to another type, or left
/// out, is found.
#[test]
fn a_field_of_another_type_is_found() {
    let (schemas, index) = compiled(closed(kept()));
    let good: Value = serde_json::from_str(&common::json(&sample::source(), &sample::record())).unwrap();
    schemas.validate(&good, index).unwrap();
    let mut pointers = Vec::new();
    leaves(&good, String::new(), &mut pointers);
    assert!(pointers.len() > 120, "{}", pointers.len());
    for pointer in pointers {
        let mut bad = good.clone();
        *bad.pointer_mut(&pointer).unwrap() = json!({});
        assert!(schemas.validate(&bad, index).is_err(), "{pointer} may be an object");
        let (holder, field) = pointer.rsplit_once('/').unwrap();
        let mut bad = good.clone();
        if let Some(row) = bad.pointer_mut(holder).unwrap().as_object_mut() {
            row.shift_remove(field).unwrap();
            assert!(schemas.validate(&bad, index).is_err(), "{pointer} may be left out");
        }
    }
}

fn leaves(value: &Value, pointer: String, found: &mut Vec<String>) {
    match value {
        Value::Object(keys) => keys.iter().for_each(|(key, value)| leaves(value, format!("{pointer}/{key}"), found)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, value)| leaves(value, format!("{pointer}/{at}"), found));
        }
        _ => found.push(pointer),
    }
}

/// Each field says what it means and gives an example that is valid; each number has a unit.
#[test]
fn every_field_is_described() {
    let schema = kept();
    for (name, row) in schema["$defs"].as_object().unwrap() {
        for (field, property) in row["properties"].as_object().unwrap() {
            let about = format!("{name}.{field}");
            assert!(property["description"].as_str().is_some_and(|text| text.ends_with('.')), "{about}: description");
            let types = format!("{}{}", property["type"], property["anyOf"]);
            let numeric = types.contains("\"integer\"") || types.contains("\"number\"");
            assert!(!numeric || property["x-unit"].is_string(), "{about}: unit");
            let examples = property["examples"].as_array().unwrap_or_else(|| panic!("{about}: example"));
            assert!(!examples.is_empty(), "{about}: example");
            let mut of_field = property.clone();
            of_field["$defs"] = schema["$defs"].clone();
            let (schemas, index) = compiled(of_field);
            for example in examples {
                schemas.validate(example, index).unwrap_or_else(|error| panic!("{about}: {example}: {error}"));
            }
        }
    }
}
