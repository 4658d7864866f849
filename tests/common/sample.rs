//! A record made by hand in which every table has a row and every field a value. Its cleaned text leaves out the blanks
//! and the line end of its source.

use gongbao::model::*;
use gongbao::span::{OffsetMap, Span};
use jiff::civil::date;

pub const TEXT: &str = "𠮷市公报 2022\n一、补助每亩800\n元/亩，最高 15.0%\n由市发改委牵头\n";

pub fn source() -> Source {
    Source {
        name: "2022/sample.md".to_owned(),
        sha256: "00".repeat(32),
        encoding: "UTF-8",
        format: Format::Markdown,
        text: TEXT.to_owned(),
    }
}

pub fn record() -> Record {
    let mut clean = String::new();
    let mut map = OffsetMap::default();
    for (at, ch) in TEXT.char_indices().filter(|(_, ch)| !ch.is_whitespace()) {
        map.copy(clean.len(), at, ch.len_utf8());
        clean.push(ch);
    }
    let at = |words: &str| -> Span {
        let start = clean.find(words).unwrap();
        start..start + words.len()
    };
    let some = |words: &str| Some(words.to_owned());
    let document = Document {
        id: "d1".to_owned(),
        title: some("𠮷市公报"),
        instrument: some("规定"),
        edition: some("征求意见稿"),
        kind: DocumentKind::Notice,
        doc_number: some("𠮷政发〔2022〕1号"),
        issuer: some("𠮷市人民政府"),
        signed: Some(date(2022, 1, 5)),
        given: None,
        effective: Some(date(2022, 3, 1)),
        span: 0..clean.len(),
    };
    let provision = Provision {
        id: "d1_1".to_owned(),
        document: "d1".to_owned(),
        parent: None,
        form: Form::Cn,
        article: true,
        label: some("一、"),
        number: Some(1),
        heading: some("补助"),
        text: "补助每亩800元/亩，最高15.0%由市发改委牵头".to_owned(),
        span: at("一、").start..clean.len(),
        lead_units_inherited: vec!["u1".to_owned()],
    };
    let table = Table {
        id: "t1".to_owned(),
        document: "d1".to_owned(),
        provision: some("d1_1"),
        caption: some("指标"),
        span: at("补助每亩"),
        columns: vec![
            Column { name: "税收".to_owned(), unit: some("万元/亩") },
            Column { name: "年".to_owned(), unit: None },
        ],
        rows: vec![vec![
            Cell { text: "补助".to_owned(), span: at("补助") },
            Cell { text: String::new(), span: at("每亩").start..at("每亩").start },
        ]],
    };
    let amount = Amount {
        span: at("800元/亩"),
        value: "800.00".parse().unwrap(),
        upper: Some("900".parse().unwrap()),
        currency: "CNY",
        bound: Bound::Between,
        per: Some(Per { value: 1.into(), unit: "亩".to_owned() }),
        cue: Some(at("每亩")),
        rule: "amount/test",
    };
    let percentage = Percentage {
        span: at("15.0%"),
        value: "0.150".parse().unwrap(),
        upper: None,
        unit: PercentUnit::Percent,
        bound: Bound::AtMost,
        change: Some(Change::Increase),
        cue: Some(at("最高")),
        rule: "percentage/test",
    };
    let cap =
        |limit| Cap {
            span: at("最高15.0%"), limit, cue: Some(at("最高")), scope: Some(at("每亩")), rule: "cap/test"
        };
    let limits = [
        Limit::Percentage(0),
        Limit::Amount(0),
        Limit::Quantity { value: 3.into(), unit: "个".to_owned() },
        Limit::Duration("P12M".to_owned()),
    ];
    let lead =
        LeadUnit {
            span: at("市发改委"), name: some("𠮷市发展和改革委员会"), role: Role::Lead, rule: "lead_unit/test"
        };
    let deadline = Deadline {
        span: at("每亩"),
        kind: DeadlineKind::Within,
        from: Some(date(2022, 1, 1)),
        to: Some(date(2022, 12, 31)),
        duration: some("P1Y"),
        working_days: true,
        trigger: Some(at("公报")),
        rule: "deadline/test",
    };
    Record {
        issue: Some(Issue {
            title: "𠮷市公报".to_owned(),
            year: Some(2022),
            number: Some(1),
            serial: Some(455),
            published: Some(date(2022, 1, 15)),
        }),
        documents: vec![document],
        provisions: vec![provision],
        tables: vec![table],
        amounts: vec![row("a1", amount)],
        percentages: vec![row("p1", percentage)],
        caps: limits.into_iter().enumerate().map(|(at, limit)| row(&format!("c{}", at + 1), cap(limit))).collect(),
        lead_units: vec![row("u1", lead)],
        deadlines: vec![row("l1", deadline)],
        noise: vec![Noise { kind: "page_mark", span: TEXT.find("2022").unwrap()..TEXT.find("2022").unwrap() + 4 }],
        diagnostics: vec![Diagnostic {
            code: "duplicate_number",
            message: "一、 stands twice".to_owned(),
            span: TEXT.find('一').unwrap()..TEXT.find('、').unwrap(),
        }],
        clean,
        map,
    }
}

fn row<M>(id: &str, fact: M) -> Row<M> {
    Row { id: id.to_owned(), provision: "d1_1".to_owned(), fact }
}
