//! The page SCHEMA.md: the smallest file, the promise, and every table with its fields.

use gongbao::model::Format;
use gongbao::{emit, pipeline, read};
use serde_json::{Map, Value};
use std::io::{self, Write};

const INTRODUCTION: &str = "\
# Schema

What an output file of gongbao holds, field by field.
This page is made from the types of the rows by `gongbao schema --format markdown`, and [`schema/gongbao-1.json`](schema/gongbao-1.json), the JSON Schema for programs, by `gongbao schema`; change `src/emit/wire.rs`, then both.

## The smallest file

A source is one JSON object, each row of its tables a line.
";

const SMALLEST: &str = "一、给予最高2000万元补助。\n";

const PROMISE: &str = "\
## What may change

Each file names its version: `\"schema\":\"gongbao/1\"`.
Within `gongbao/1`,

- fields and tables may be added: pass over those that you do not know;
- words may be added where a field lists them (`kind`, `form`, `code`), and rules and diagnostics may come and go: keep a default branch;
- values get better: a later release may read a fact that was missed, or drop one that was wrong, and ids of facts may move with them.

What stays:

- no field is removed or renamed, none changes its type, unit or meaning, and none that is never null becomes null;
- keys that are here today are in every file, in this order;
- places are code points, numbers are exact and in base units, dates are ISO 8601;
- an id is unique in its file, and each id named is there.

Whatever breaks this is `gongbao/2`, and the changelog says how to move over.

## Tables

Each array is a flat table.
`id` is unique in the file; with the name of the source it is unique among files.

```mermaid
erDiagram
    source ||--o| issue : is
    source ||--o{ documents : holds
    source ||--o{ noise : holds
    source ||--o{ diagnostics : holds
    documents ||--o{ provisions : document
    documents ||--o{ tables : document
    provisions |o--o{ provisions : parent
    provisions |o--o{ tables : provision
    provisions ||--o{ amounts : provision
    provisions ||--o{ percentages : provision
    provisions ||--o{ caps : provision
    provisions ||--o{ lead_units : provision
    provisions ||--o{ deadlines : provision
    amounts |o--o{ caps : fact
    percentages |o--o{ caps : fact
    lead_units }o--o{ provisions : lead_units_inherited
```

Numbers are exact decimals; read them as such (in Python `json.loads(text, parse_float=Decimal)`), not as binary fractions.
";

/// Writes the page for a schema of [`emit::schema`].
pub fn write(out: &mut impl Write, schema: &Value) -> io::Result<()> {
    write!(out, "{INTRODUCTION}\n```json\n{}```\n\n{PROMISE}", smallest()?)?;
    for (table, property) in object(&schema["properties"]) {
        let Some(row) = row_of(property) else { continue };
        write_row(out, schema, &format!("### `{table}`"), row)?;
    }
    Ok(())
}

fn smallest() -> io::Result<String> {
    let source = read::decode(SMALLEST.into(), "policy.txt".to_owned(), Format::Text).map_err(io::Error::other)?;
    let mut json = Vec::new();
    emit::json::write(&mut json, &source, &pipeline::record(&source))?;
    String::from_utf8(json).map_err(io::Error::other)
}

/// The definition that a field holds: itself, in an array, in an array of arrays, or where it is not null.
fn row_of(property: &Value) -> Option<&str> {
    let here = || property["$ref"].as_str()?.strip_prefix("#/$defs/");
    let or_null = || property.get("anyOf")?.get(0).and_then(row_of);
    let of_items = || property.get("items").and_then(row_of);
    here().or_else(of_items).or_else(or_null)
}

fn write_row(out: &mut impl Write, schema: &Value, title: &str, name: &str) -> io::Result<()> {
    let row = &schema["$defs"][name];
    writeln!(out, "\n{title}\n\n{}\n", sentence(row))?;
    writeln!(out, "| field | type | unit | meaning | example |\n| --- | --- | --- | --- | --- |")?;
    for (field, property) in object(&row["properties"]) {
        let unit = property["x-unit"].as_str().unwrap_or_default();
        let examples: Vec<String> = array(&property["examples"]).iter().map(example).collect();
        let (kind, meaning, examples) = (kind(property), sentence(property), examples.join(", "));
        writeln!(out, "| `{field}` | {kind} | {unit} | {meaning} | {examples} |")?;
    }
    for (field, property) in object(&row["properties"]) {
        let Some(inner) = row_of(property) else { continue };
        write_row(out, schema, &format!("#### `{field}`"), inner)?;
    }
    Ok(())
}

/// The type in words: `text or null`, `array of arrays`, one of some words.
fn kind(property: &Value) -> String {
    let words: Vec<String> = array(&property["enum"]).iter().map(example).collect();
    if !words.is_empty() {
        return words.join(", ");
    }
    if let Some(choices) = property.get("anyOf") {
        return array(choices).iter().map(kind).collect::<Vec<_>>().join(" or ");
    }
    let names: Vec<&str> = match &property["type"] {
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        Value::String(name) => vec![name],
        _ => vec!["object"],
    };
    let word = |name| match name {
        "string" if property["format"] == "date" => "date".to_owned(),
        "string" => "text".to_owned(),
        "array" => format!("array of {}", kind(&property["items"])),
        name => name.to_owned(),
    };
    names.into_iter().map(word).collect::<Vec<_>>().join(" or ")
}

fn example(value: &Value) -> String {
    match value {
        Value::String(text) => format!("`{text}`"),
        Value::Null => "null".to_owned(),
        other => format!("`{other}`"),
    }
}

fn sentence(of: &Value) -> String {
    of["description"].as_str().unwrap_or_default().replace('\n', " ")
}

fn object(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter)
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
