//! A document says the same in whatever form its text is stored: line ends, indents, wrapped lines, HTML, Markdown.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use gongbao::model::{Format, Limit, Record};
use gongbao::{pipeline, read};
use similar_asserts::assert_eq;
use std::collections::BTreeMap;

/// A notice and what it issues, a paragraph a line.
const NOTICE: &str = "\
临山市人民政府关于印发《临山市促进消费若干措施》的通知
临政发〔2023〕12号
各县（市、区）人民政府，市政府有关部门：
《临山市促进消费若干措施》已经市政府同意，现印发给你们，请认真贯彻执行。
附件：临山市促进消费若干措施
临山市人民政府
2023年5月8日
临山市促进消费若干措施
为贯彻落实党中央、国务院决策部署，进一步促进消费，结合本市实际，制定本措施。
一、主要目标
“十四五”时期，全市社会消费品零售总额年均增长6%左右，2025年底前达到5000亿元，建成省级以上步行街10条。
二、重点任务
（一）支持企业做大。对首次达到限额以上标准的企业，给予一次性奖励10万元；对年零售额增长20%以上的，按增量的1%给予奖励，最高不超过100万元。（牵头单位：市商务局；责任单位：市财政局、市统计局）
（二）促进汽车消费。对购买新能源汽车的个人，每辆补贴2000元。2023年12月31日前申请的，自受理之日起15个工作日内办结。（市经信局牵头，市公安局、各县（市、区）人民政府配合）
（三）完善支付服务。银行收取的手续费不得高于交易额的0.38%。
三、附则
本措施自2023年6月1日起施行，有效期至2025年12月31日。
";

/// What a record says, whatever its places: documents, paths with headings, facts in normalised form.
fn said(record: &Record) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for d in &record.documents {
        said.push(format!(
            "{:?} {:?} {:?} {:?} {:?} {:?}",
            d.kind, d.title, d.doc_number, d.issuer, d.signed, d.effective
        ));
    }
    let mut paths: BTreeMap<&str, String> = BTreeMap::new();
    for p in &record.provisions {
        let above = p.parent.as_deref().map_or("", |parent| paths[parent].as_str());
        let path = format!("{above}/{}", p.label.as_deref().unwrap_or_default());
        if p.label.is_some() {
            said.push(format!("{path} {:?}", p.heading));
        }
        paths.insert(&p.id, path);
    }
    let mut facts: Vec<String> = Vec::new();
    for f in record.amounts.iter().map(|row| &row.fact) {
        facts.push(format!("{} {:?} {} {:?} {:?}", f.value, f.upper, f.currency, f.bound, f.per));
    }
    for f in record.percentages.iter().map(|row| &row.fact) {
        facts.push(format!("{} {:?} {:?} {:?} {:?}", f.value, f.upper, f.unit, f.bound, f.change));
    }
    for f in record.caps.iter().map(|row| &row.fact) {
        facts.push(match &f.limit {
            Limit::Amount(at) => format!("cap {}", record.amounts[*at].fact.value),
            Limit::Percentage(at) => format!("cap {}", record.percentages[*at].fact.value),
            other => format!("cap {other:?}"),
        });
    }
    facts.extend(record.lead_units.iter().map(|row| format!("{:?} {:?}", row.fact.name, row.fact.role)));
    for f in record.deadlines.iter().map(|row| &row.fact) {
        facts.push(format!("{:?} {:?} {:?} {:?} {}", f.kind, f.from, f.to, f.duration, f.working_days));
    }
    said.extend(facts);
    said
}

fn record(bytes: &[u8], format: Format) -> Record {
    pipeline::record(&read::decode(bytes.to_vec(), "test".to_owned(), format).unwrap())
}

/// The lines of a text, each as `form` makes it.
fn each(text: &str, form: impl Fn(&str) -> String) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(form).collect()
}

/// A paragraph wrapped at so many characters; no line begins with a mark that closes, none ends inside a number.
fn wrapped(paragraph: &str, width: usize) -> String {
    let mut rest: Vec<char> = paragraph.chars().collect();
    let mut out = String::new();
    while rest.len() > width {
        let splits = |at: usize| {
            let (last, next) = (rest[at - 1], rest[at]);
            !"，。；：、）》”%".contains(next)
                && !"（《“".contains(last)
                && !(last.is_ascii_alphanumeric() && (next.is_ascii_alphanumeric() || ".%".contains(next)))
                && last != '.'
        };
        let at = (1..=width).rev().find(|&at| splits(at)).unwrap();
        out.extend(rest.drain(..at));
        out.push('\n');
    }
    out.extend(rest);
    out + "\n"
}

#[test]
fn a_notice_says_what_is_known_of_it() {
    let expected = [
        r#"Policy Some("临山市人民政府关于印发《临山市促进消费若干措施》的通知") Some("临政发〔2023〕12号") Some("临山市人民政府") Some(2023-05-08) Some(2023-06-01)"#,
        r#"/一、 Some("主要目标")"#,
        r#"/二、 Some("重点任务")"#,
        r#"/二、/（一） Some("支持企业做大")"#,
        r#"/二、/（二） Some("促进汽车消费")"#,
        r#"/二、/（三） Some("完善支付服务")"#,
        r#"/三、 Some("附则")"#,
        "500000000000 None CNY Exactly None",
        "100000 None CNY Exactly None",
        "1000000 None CNY AtMost None",
        "2000 None CNY Exactly None",
        "0.06 None Percent About Some(Increase)",
        "0.2 None Percent AtLeast Some(Increase)",
        "0.01 None Percent Exactly None",
        "0.0038 None Percent AtMost None",
        "cap 1000000",
        "cap 0.0038",
        r#"Some("临山市商务局") Lead"#,
        r#"Some("临山市财政局") Responsible"#,
        r#"Some("临山市统计局") Responsible"#,
        r#"Some("临山市经济和信息化局") Lead"#,
        r#"Some("临山市公安局") Support"#,
        r#"None Support"#,
        r#"By None Some(2025-12-31) None false"#,
        r#"By None Some(2023-12-31) None false"#,
        r#"Within None None Some("P15D") true"#,
        r#"Effective Some(2023-06-01) None None false"#,
        r#"Valid None Some(2025-12-31) None false"#,
    ];
    assert_eq!(said(&record(NOTICE.as_bytes(), Format::Text)), expected);
}

#[test]
fn the_form_of_a_text_is_no_part_of_what_it_says() {
    let policy = std::fs::read_to_string(common::root().join("input/zhenhai-policy-2024-draft.txt")).unwrap();
    for text in [NOTICE, &policy] {
        let plain = each(text, |line| format!("{line}\n"));
        let html = |open: &str, close: &str| {
            let body = each(text, |line| format!("{open}{}{close}\n", line.replace('&', "&amp;").replace('<', "&lt;")));
            format!("<html><head><meta charset=\"utf-8\"></head><body><div>{body}</div></body></html>")
        };
        let forms: [(&str, Format, Vec<u8>); 14] = [
            ("CR LF", Format::Text, plain.replace('\n', "\r\n").into()),
            ("CR", Format::Text, plain.replace('\n', "\r").into()),
            ("GB 18030", Format::Text, encoding_rs::GB18030.encode(&plain).0.into()),
            ("blank lines", Format::Text, plain.replace('\n', "\n\n").into()),
            ("indents", Format::Text, each(text, |line| format!("　　{line}\n")).into()),
            ("no-break spaces", Format::Text, each(text, |line| format!("\u{a0}\u{a0}\u{a0}\u{a0}{line}\n")).into()),
            ("tabs", Format::Text, each(text, |line| format!("\t{line}\n")).into()),
            ("no width", Format::Text, plain.replace("市", "市\u{200b}").into()),
            ("<p>", Format::Html, html("<p>", "</p>").into()),
            ("<p><span>", Format::Html, html("<p><span>", "</span></p>").into()),
            ("<br>", Format::Html, html("&nbsp;&nbsp;", "<br>").into()),
            ("<div>", Format::Html, html("<div>", "</div>").into()),
            ("Markdown", Format::Markdown, plain.replace('\n', "\n\n").replace("\n一、", "\n## 一、").into()),
            ("Markdown in text", Format::Text, plain.replace('\n', "\n\n").replace("\n一、", "\n## 一、").into()),
        ];
        let expected = said(&record(plain.as_bytes(), Format::Text));
        for (name, format, bytes) in forms {
            assert_eq!(said(&record(&bytes, format)), expected, "{name}");
        }
    }
}

#[test]
fn a_text_may_be_wrapped() {
    let expected = said(&record(NOTICE.as_bytes(), Format::Text));
    for width in [26, 30, 34, 38, 42] {
        for indent in ["", "　　", "    "] {
            let text = each(NOTICE, |line| wrapped(&format!("{indent}{line}"), width));
            assert_eq!(said(&record(text.as_bytes(), Format::Text)), expected, "{width} {indent:?}\n{text}");
        }
    }
}
