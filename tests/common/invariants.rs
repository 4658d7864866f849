//! What must hold for every output. The fuzz targets use this file too, so it needs the library and `serde_json` alone.

use gongbao::model::{Record, Source};
use gongbao::{emit, pipeline};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

pub const FACTS: [&str; 5] = ["amounts", "percentages", "caps", "lead_units", "deadlines"];
const TABLES: [&str; 8] =
    ["documents", "provisions", "tables", "amounts", "percentages", "caps", "lead_units", "deadlines"];
const KEYS: [&str; 13] = [
    "schema",
    "source",
    "issue",
    "documents",
    "provisions",
    "tables",
    "amounts",
    "percentages",
    "caps",
    "lead_units",
    "deadlines",
    "noise",
    "diagnostics",
];
const FORMS: [&str; 14] = [
    "part",
    "chapter",
    "section",
    "article",
    "paragraph",
    "cn",
    "cn_paren",
    "num",
    "num_paren",
    "circled",
    "letter",
    "dash",
    "preamble",
    "closing",
];

/// The output file of a source.
pub fn json(source: &Source, record: &Record) -> String {
    let mut out = Vec::new();
    emit::json::write(&mut out, source, record).unwrap();
    String::from_utf8(out).unwrap()
}

/// Runs the pipeline on a source and holds all that it says against the invariants; sentences on what breaks them.
pub fn faults_of(source: &Source) -> Vec<String> {
    let record = pipeline::record(source);
    let mut faults = inner_faults(&record);
    faults.extend(faults_in(&source.text, &json(source, &record)));
    faults
}

/// Reads a text as one line and holds its facts against the invariants of a line.
pub fn faults_of_line(line: &str) -> Vec<String> {
    let mut out = Vec::new();
    emit::json::write_facts(&mut out, line, &pipeline::facts(line)).unwrap();
    let out: Value = serde_json::from_slice(&out).unwrap();
    let chars: Vec<char> = line.chars().collect();
    FACTS.iter().flat_map(|table| rows(&out, table).iter().filter_map(|row| span_fault(table, row, &chars))).collect()
}

/// What can be seen only before the rows are written.
fn inner_faults(record: &Record) -> Vec<String> {
    let mut spans: Vec<(&str, &std::ops::Range<usize>)> = Vec::new();
    spans.extend(record.documents.iter().map(|row| ("document", &row.span)));
    spans.extend(record.provisions.iter().map(|row| ("provision", &row.span)));
    spans.extend(record.amounts.iter().map(|row| ("amount", &row.fact.span)));
    spans.extend(record.percentages.iter().map(|row| ("percentage", &row.fact.span)));
    spans.extend(record.caps.iter().map(|row| ("cap", &row.fact.span)));
    spans.extend(record.lead_units.iter().map(|row| ("lead unit", &row.fact.span)));
    spans.extend(record.deadlines.iter().map(|row| ("deadline", &row.fact.span)));
    let off = |span: &std::ops::Range<usize>| record.clean.get(span.clone()).is_none();
    spans
        .into_iter()
        .filter(|(_, span)| off(span))
        .map(|(what, span)| format!("{what} {span:?} is no range of characters of the cleaned text"))
        .collect()
}

/// The invariants of an output file, as sentences on what breaks them.
pub fn faults_in(text: &str, json: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let out: Value = match serde_json::from_str(json) {
        Ok(out) => out,
        Err(error) => return vec![format!("no JSON: {error}")],
    };
    let mut faults = Vec::new();
    for key in KEYS {
        if out.get(key).is_none() {
            faults.push(format!("no key {key}"));
        }
    }
    if out["schema"] != "gongbao/1" {
        faults.push(format!("schema is {}", out["schema"]));
    }
    if out["source"]["chars"] != chars.len() {
        faults.push(format!("source.chars is {}, the source has {}", out["source"]["chars"], chars.len()));
    }
    for name in TABLES.iter().chain(&["noise", "diagnostics"]) {
        match out[*name].as_array() {
            Some(rows) => faults.extend(rows.iter().filter_map(|row| span_fault(name, row, &chars))),
            None => faults.push(format!("{name} is no array")),
        }
    }
    // What follows reads spans, and would only repeat the complaints.
    if faults.is_empty() {
        faults.extend(id_faults(&out));
        faults.extend(tree_faults(&out));
        faults.extend(fact_faults(&out));
        faults.extend(lost(&out, &chars));
    }
    faults
}

fn span_fault(table: &str, row: &Value, chars: &[char]) -> Option<String> {
    let (Some(start), Some(end)) = (row["start"].as_u64(), row["end"].as_u64()) else {
        return Some(format!("{table}: a row without a place: {row}"));
    };
    let (start, end) = (start as usize, end as usize);
    // A diagnostic may speak of a place between two characters.
    let empty = start == end && table != "diagnostics";
    if start > end || end > chars.len() || empty {
        return Some(format!("{table} {}: span {start}..{end} of {}", row["id"], chars.len()));
    }
    let raw = row.get("raw")?.as_str()?;
    let slice: String = chars[start..end].iter().collect();
    (raw != slice).then(|| format!("{table} {}: raw {raw:?} is not the slice {slice:?}", row["id"]))
}

fn id_faults(out: &Value) -> Vec<String> {
    let mut seen = HashSet::new();
    let mut faults = Vec::new();
    for name in TABLES {
        for row in rows(out, name) {
            match row["id"].as_str() {
                Some(id) if !id.is_empty() && seen.insert(id) => {}
                _ => faults.push(format!("{name}: id {} is missing or there twice", row["id"])),
            }
        }
    }
    faults
}

fn tree_faults(out: &Value) -> Vec<String> {
    let documents = by_id(out, "documents");
    let provisions = by_id(out, "provisions");
    let units = by_id(out, "lead_units");
    let mut faults = Vec::new();
    let mut last_end = 0;
    for document in rows(out, "documents") {
        if start(document) < last_end {
            faults.push(format!("document {} overlaps the one before it", document["id"]));
        }
        last_end = end(document);
    }
    let mut elder: HashMap<(&Value, &Value), &Value> = HashMap::new();
    let mut told = HashSet::new();
    for row in rows(out, "provisions") {
        let id = &row["id"];
        told.insert(id);
        if !find(&documents, &row["document"]).is_some_and(|document| inside(row, document)) {
            faults.push(format!("provision {id} is not inside its document {}", row["document"]));
        }
        if !row["parent"].is_null() {
            match find(&provisions, &row["parent"]) {
                Some(parent) if inside(row, parent) && parent["document"] == row["document"] => {}
                _ => faults.push(format!("provision {id} is not inside its parent {}", row["parent"])),
            }
            if !told.contains(&row["parent"]) {
                faults.push(format!("provision {id} stands before its parent"));
            }
        }
        if !row["form"].as_str().is_some_and(|form| FORMS.contains(&form)) || !row["article"].is_boolean() {
            faults.push(format!("provision {id}: form {}, article {}", row["form"], row["article"]));
        }
        if let Some(elder) = elder.insert((&row["document"], &row["parent"]), row)
            && end(elder) > start(row)
        {
            faults.push(format!("provision {id} overlaps or precedes its elder sibling {}", elder["id"]));
        }
        for unit in row["lead_units_inherited"].as_array().into_iter().flatten() {
            if find(&units, unit).is_none() {
                faults.push(format!("provision {id} inherits {unit}, which is no lead unit"));
            }
        }
    }
    for table in rows(out, "tables") {
        let id = &table["id"];
        if !find(&documents, &table["document"]).is_some_and(|document| inside(table, document)) {
            faults.push(format!("table {id} is not inside its document"));
        }
    }
    faults
}

fn fact_faults(out: &Value) -> Vec<String> {
    let provisions = by_id(out, "provisions");
    let rules: HashSet<&str> = gongbao::extract::cards().iter().map(|card| card.id).collect();
    let mut faults = Vec::new();
    for name in FACTS {
        for row in rows(out, name) {
            if !find(&provisions, &row["provision"]).is_some_and(|provision| inside(row, provision)) {
                faults.push(format!("{name} {} is not inside its provision {}", row["id"], row["provision"]));
            }
            if !row["rule"].as_str().is_some_and(|rule| rules.contains(rule)) {
                faults.push(format!("{name} {}: {} is no rule that `gongbao rules` lists", row["id"], row["rule"]));
            }
            let between = row["bound"] == "between";
            if row.get("upper").is_some_and(|upper| upper.is_null() == between) {
                faults.push(format!("{name} {}: bound {} with upper {}", row["id"], row["bound"], row["upper"]));
            }
        }
    }
    let facts: HashSet<&str> = ["amounts", "percentages"]
        .iter()
        .flat_map(|name| rows(out, name))
        .filter_map(|row| row["id"].as_str())
        .collect();
    for cap in rows(out, "caps") {
        if cap["fact"].as_str().is_some_and(|fact| !facts.contains(fact)) {
            faults.push(format!("cap {} limits {}, which is no amount or percentage", cap["id"], cap["fact"]));
        }
    }
    faults
}

/// Characters that are in no document and no noise.
fn lost(out: &Value, chars: &[char]) -> Option<String> {
    let mut covered = vec![false; chars.len()];
    for row in rows(out, "documents").iter().chain(rows(out, "noise")) {
        covered[start(row)..end(row)].fill(true);
    }
    let lost = |&at: &usize| !covered[at] && !chars[at].is_whitespace() && chars[at] != '\u{feff}';
    let first = (0..chars.len()).find(lost)?;
    let some: String = chars[first..].iter().take(20).collect();
    let count = (0..chars.len()).filter(lost).count();
    Some(format!("{count} code points lie in no document and no noise, the first at {first}: {some:?}"))
}

fn rows<'v>(out: &'v Value, table: &str) -> &'v [Value] {
    out[table].as_array().map_or(&[], Vec::as_slice)
}

fn by_id<'v>(out: &'v Value, table: &str) -> HashMap<&'v str, &'v Value> {
    rows(out, table).iter().filter_map(|row| Some((row["id"].as_str()?, row))).collect()
}

fn find<'v>(rows: &HashMap<&str, &'v Value>, id: &Value) -> Option<&'v Value> {
    rows.get(id.as_str()?).copied()
}

fn inside(row: &Value, outer: &Value) -> bool {
    start(outer) <= start(row) && end(row) <= end(outer)
}

fn start(row: &Value) -> usize {
    row["start"].as_u64().unwrap_or_default() as usize
}

fn end(row: &Value) -> usize {
    row["end"].as_u64().unwrap_or_default() as usize
}
