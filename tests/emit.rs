//! A record made by hand, as it is written.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use common::sample;
use gongbao::{emit, outputs};

#[test]
fn every_field_is_written_in_its_order() {
    let expected = r#"{
"schema":"gongbao/1",
"source":{"name":"2022/sample.md","sha256":"0000000000000000000000000000000000000000000000000000000000000000","encoding":"UTF-8","format":"markdown","chars":41},
"issue":{"title":"𠮷市公报","year":2022,"number":1,"serial":455,"published":"2022-01-15"},
"documents":[
{"id":"d1","title":"𠮷市公报","instrument":"规定","edition":"征求意见稿","kind":"notice","doc_number":"𠮷政发〔2022〕1号","issuer":"𠮷市人民政府","signed":"2022-01-05","effective":"2022-03-01","start":0,"end":40}
],
"provisions":[
{"id":"d1_1","document":"d1","parent":null,"form":"cn","article":true,"label":"一、","number":1,"heading":"补助","text":"补助每亩800元/亩，最高15.0%由市发改委牵头","start":10,"end":40,"lead_units_inherited":["u1"]}
],
"tables":[
{"id":"t1","document":"d1","provision":"d1_1","caption":"指标","start":12,"end":16,"columns":[{"name":"税收","unit":"万元/亩"},{"name":"年","unit":null}],"rows":[[{"text":"补助","start":12,"end":14},{"text":"","start":14,"end":14}]]}
],
"amounts":[
{"id":"a1","provision":"d1_1","start":16,"end":23,"raw":"800\n元/亩","value":800,"upper":900,"currency":"CNY","bound":"between","per":{"value":1,"unit":"亩"},"cue":"每亩","rule":"amount/test"}
],
"percentages":[
{"id":"p1","provision":"d1_1","start":27,"end":32,"raw":"15.0%","value":0.15,"upper":null,"unit":"percent","bound":"at_most","change":"increase","cue":"最高","rule":"percentage/test"}
],
"caps":[
{"id":"c1","provision":"d1_1","start":24,"end":32,"raw":"最高 15.0%","of":"percentage","value":0.15,"unit":"percent","cue":"最高","scope":"每亩","fact":"p1","rule":"cap/test"},
{"id":"c2","provision":"d1_1","start":24,"end":32,"raw":"最高 15.0%","of":"amount","value":900,"unit":"CNY","cue":"最高","scope":"每亩","fact":"a1","rule":"cap/test"},
{"id":"c3","provision":"d1_1","start":24,"end":32,"raw":"最高 15.0%","of":"quantity","value":3,"unit":"个","cue":"最高","scope":"每亩","fact":null,"rule":"cap/test"},
{"id":"c4","provision":"d1_1","start":24,"end":32,"raw":"最高 15.0%","of":"duration","value":"P12M","unit":"duration","cue":"最高","scope":"每亩","fact":null,"rule":"cap/test"}
],
"lead_units":[
{"id":"u1","provision":"d1_1","start":34,"end":38,"raw":"市发改委","name":"𠮷市发展和改革委员会","role":"lead","rule":"lead_unit/test"}
],
"deadlines":[
{"id":"l1","provision":"d1_1","start":14,"end":16,"raw":"每亩","kind":"within","from":"2022-01-01","to":"2022-12-31","duration":"P1Y","working_days":true,"trigger":"公报","rule":"deadline/test"}
],
"noise":[
{"kind":"page_mark","start":5,"end":9,"raw":"2022"}
],
"diagnostics":[
{"code":"duplicate_number","message":"一、 stands twice","start":10,"end":11}
]
}
"#;
    similar_asserts::assert_eq!(common::json(&sample::source(), &sample::record()), expected);
}

#[test]
fn a_record_without_rows_has_every_key() {
    let expected = r#""issue":null,
"documents":[],
"provisions":[],
"tables":[],
"amounts":[],
"percentages":[],
"caps":[],
"lead_units":[],
"deadlines":[],
"noise":[],
"diagnostics":[]
}
"#;
    let json = common::json(&sample::source(), &gongbao::model::Record::default());
    assert!(json.ends_with(expected), "{json}");
}

#[test]
fn the_facts_of_a_line_stand_on_a_line_and_in_no_provision() {
    let mut record = sample::record();
    for row in &mut record.amounts {
        row.provision.clear();
    }
    record.percentages.clear();
    record.caps.clear();
    record.lead_units.clear();
    record.deadlines.clear();
    let mut out = Vec::new();
    emit::json::write_facts(&mut out, sample::TEXT, &record).unwrap();
    let expected = concat!(
        r#"{"amounts":[{"id":"a1","start":16,"end":23,"raw":"800\n元/亩","value":800,"upper":900,"currency":"CNY","#,
        r#""bound":"between","per":{"value":1,"unit":"亩"},"cue":"每亩","rule":"amount/test"}],"#,
        r#""percentages":[],"caps":[],"lead_units":[],"deadlines":[]}"#,
        "\n"
    );
    similar_asserts::assert_eq!(String::from_utf8(out).unwrap(), expected);
}

/// What is read back and written again is what was written, to the byte: every field of every table, and every number.
#[test]
fn what_is_read_back_is_what_was_written() {
    let sample = common::json(&sample::source(), &sample::record());
    let accepted = common::cases().into_iter().map(|case| std::fs::read_to_string(case.accepted).unwrap());
    for json in accepted.chain([sample]) {
        let mut again = Vec::new();
        emit::json::write_output(&mut again, &outputs::parse(&json).unwrap()).unwrap();
        similar_asserts::assert_eq!(String::from_utf8(again).unwrap(), json);
    }
}

#[test]
fn what_is_no_output_is_refused_with_the_reason() {
    let refused = |json: &str| format!("{:#}", outputs::parse(json).unwrap_err());
    assert!(refused("[]").starts_with("no output of gongbao: "));
    assert_eq!(refused(r#"{"schema":"gongbao/0"}"#), "the file has the schema gongbao/0; this program reads gongbao/1");
    let json = common::json(&sample::source(), &sample::record());
    let lacking = json.replace(r#""role":"lead","#, "");
    assert!(refused(&lacking).contains("missing field `role`"), "{}", refused(&lacking));
}
