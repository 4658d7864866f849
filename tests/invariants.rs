//! What holds for every output, over real texts and over what they become when cut, shuffled, repeated or made up.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use common::{check, check_bytes};
use gongbao::model::Format;
use gongbao::pipeline;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// Characters of a passage that is cut out of a source for mangling: long enough for lists, short enough for many.
const PASSAGE: usize = 1500;

#[test]
fn inputs_and_fixtures_hold() {
    for case in common::cases() {
        let faults = common::faults_of(&case.source);
        assert!(faults.is_empty(), "{}:\n{}", case.title, faults.join("\n"));
    }
}

#[test]
fn the_checks_object_to_what_is_wrong() {
    let text = "一、补助2000万元。";
    let source = common::source(text).unwrap();
    let good = common::json(&source, &pipeline::record(&source));
    assert_eq!(common::faults_in(text, &good), Vec::<String>::new());
    let beyond = format!("\"end\":{}", text.chars().count());
    for (from, to) in [
        (beyond.as_str(), "\"end\":99"),
        (beyond.as_str(), "\"end\":3"),
        ("\"gongbao/1\"", "\"gongbao/0\""),
        ("\"form\":\"", "\"form\":\"un"),
        ("\"amounts\":", "\"amount\":"),
    ] {
        assert!(good.contains(from), "{good}");
        assert!(!common::faults_in(text, &good.replace(from, to)).is_empty(), "{from} → {to} passed");
    }
    let lost = format!("{text}丢");
    let chars = |n| format!("\"chars\":{n}");
    let longer = good.replace(&chars(text.chars().count()), &chars(lost.chars().count()));
    assert!(common::faults_in(&lost, &longer)[0].contains("no document and no noise"));
}

#[test]
fn the_checks_object_to_wrong_facts() {
    let good = common::json(&common::sample::source(), &common::sample::record());
    let faults = |json: &str| common::faults_in(common::sample::TEXT, json);
    // The sample's rules exist nowhere, and nothing else is wrong with it.
    assert!(faults(&good).iter().all(|fault| fault.contains("is no rule")), "{:?}", faults(&good));
    let count = faults(&good).len();
    for (from, to) in [
        (r#""id":"p1""#, r#""id":"a1""#),
        (r#""raw":"15.0%""#, r#""raw":"15%""#),
        (r#""provision":"d1_1","start":34"#, r#""provision":"d1_2","start":34"#),
        (r#""fact":"p1""#, r#""fact":"p2""#),
        (r#""upper":900"#, r#""upper":null"#),
        (r#"["u1"]"#, r#"["u2"]"#),
        (r#""parent":null"#, r#""parent":"d1_1_1""#),
    ] {
        assert!(good.contains(from), "{from}");
        assert!(faults(&good.replace(from, to)).len() != count, "{from} → {to} passed");
    }
}

#[test]
fn a_text_may_end_anywhere() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for text in passages(&mut random, 12) {
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        for _ in 0..12 {
            check(&text[..ends[random.below(ends.len())]]);
            check(&text[ends[random.below(ends.len())]..]);
        }
    }
}

#[test]
fn lines_may_stand_in_any_order_and_twice() {
    let mut random = Random(0xD1B5_4A32_D192_ED03);
    for text in passages(&mut random, 30) {
        let mut lines: Vec<&str> = text.lines().collect();
        for at in (1..lines.len()).rev() {
            lines.swap(at, random.below(at + 1));
        }
        check(&lines.join("\n"));
        lines.extend_from_within(..lines.len() / 2);
        check(&lines.join("\n"));
        check(&lines.join(""));
        check(&lines.join("\r\n"));
    }
}

#[test]
fn passages_of_different_sources_may_stand_together() {
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    let passages = passages(&mut random, 30);
    for _ in 0..30 {
        let [one, other] = [(); 2].map(|()| &passages[random.below(passages.len())]);
        check(&format!("{one}\n{other}\n\n{one}"));
    }
}

/// What provisions call their text is clean: cleaning it once more changes nothing.
#[test]
fn cleaning_twice_changes_nothing() {
    for case in common::cases() {
        for provision in pipeline::record(&case.source).provisions {
            for line in provision.text.lines() {
                assert_eq!(pipeline::facts(line).clean, line, "{} in {}", provision.id, case.title);
            }
        }
    }
}

/// Line ends, indents, the width of brackets and more blank lines are matters of layout: the tree is the same.
#[test]
fn layout_does_not_change_the_tree() {
    type Layout = fn(&str) -> String;
    let layouts: [(&str, Layout); 4] = [
        ("CRLF", |text| text.replace("\r\n", "\n").replace('\n', "\r\n")),
        ("indents", |text| {
            let indented = |line: &str| {
                let plain =
                    line.chars().next().is_some_and(|c| c.is_alphanumeric() || c == '（') && !line.contains('\t');
                if plain { format!("　　{line}") } else { line.to_owned() }
            };
            text.split('\n').map(indented).collect::<Vec<_>>().join("\n")
        }),
        ("half-width brackets", |text| text.replace('（', "(").replace('）', ")")),
        ("blank lines", |text| text.replace("\n\n", "\n\n\n")),
    ];
    for case in common::cases() {
        let before = tree(&case.source.text, case.source.format);
        for (name, layout) in layouts {
            let after = tree(&layout(&case.source.text), case.source.format);
            assert!(before == after, "{name} changes the tree of {}:\n{before:#?}\n{after:#?}", case.title);
        }
    }
}

/// Label, heading, form and parent of each provision, brackets in one width.
fn tree(text: &str, format: Format) -> Vec<String> {
    let source = gongbao::read::decode(text.as_bytes().to_vec(), "text".to_owned(), format).unwrap();
    let provisions = pipeline::record(&source).provisions;
    let row = |p: gongbao::model::Provision| {
        format!("{:?} {:?} {:?} {:?} {:?}", p.parent, p.form, p.label, p.heading, p.article)
    };
    provisions.into_iter().map(|p| row(p).replace('（', "(").replace('）', ")")).collect()
}

#[test]
fn a_source_gives_the_same_bytes_each_time() {
    for case in common::cases() {
        let [one, other] = [(); 2].map(|()| common::json(&case.source, &pipeline::record(&case.source)));
        assert!(one == other, "{}", case.title);
    }
}

/// Pieces from which structure, facts and faults of layout are made.
const PIECES: &[&str] = &[
    "一、",
    "二、",
    "（一）",
    "（二）",
    "(三)",
    "1.",
    "2、",
    "31、",
    "（1）",
    "①",
    "A.",
    "——",
    "第一条",
    "第二条",
    "第一章",
    "总 则",
    "目 录",
    "附件",
    "关于印发",
    "的通知",
    "政府令第260号",
    "甬政发〔2021〕56号",
    "2022年1月5日",
    "市人民政府",
    "最高",
    "不超过",
    "以上",
    "以下",
    "2000",
    "万元",
    "亿元",
    "，",
    "、",
    "。",
    "；",
    "：",
    "5%",
    "-",
    "个百分点",
    "百分之五",
    "三成",
    "（由市发改委牵头）",
    "责任单位：",
    "市经信局",
    "到2025年",
    "年底前",
    "自发布之日起",
    "5个工作日内",
    "有效期至",
    "\n",
    "\n\n",
    "\r\n",
    "\u{3000}",
    " ",
    "\t",
    "|",
    "# Page 2:",
    "— 12 —",
    "【上接第1版】",
    "<p>",
    "**",
    "\u{feff}",
    "\u{0}",
    "𠮷",
    "é",
    "e\u{301}",
    "\u{200b}",
    "０",
    "万",
    "千",
    "零",
    "元",
    "每",
    "至",
    "—",
];

/// Marks of Markdown and HTML, whole and half.
const MARKUP: &[&str] = &[
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "<td rowspan=\"2\">",
    "<th colspan=\"9\">",
    "</td>",
    "<p>",
    "</p>",
    "<div>",
    "<h1>",
    "<ol start=\"3\">",
    "<ul>",
    "<li>",
    "<br>",
    "<a href=\"/\">",
    "</a>",
    "<script>",
    "</script>",
    "<title>",
    "<!--",
    "-->",
    "<",
    "&nbsp;",
    "&#19975;",
    "&",
    "\n# ",
    "\n## ",
    "\n> ",
    "\n- ",
    "\n3. ",
    "\n```\n",
    "\n| ",
    " | ",
    " |\n",
    "\n| --- | --- |\n",
    "**",
    "[",
    "](",
    "\\",
    "\n---\n",
];

fn made_up() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat())
}

fn marked_up() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![prop::sample::select(PIECES), prop::sample::select(MARKUP)];
    prop::collection::vec(pieces, 0..80).prop_map(|pieces| pieces.concat())
}

fn format() -> impl Strategy<Value = Format> {
    prop::sample::select(vec![Format::Text, Format::Markdown, Format::Html])
}

fn fixed(cases: u32, seed: u64) -> ProptestConfig {
    ProptestConfig { cases, rng_seed: RngSeed::Fixed(seed), failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(fixed(400, 260))]
    #[test]
    fn made_up_documents_hold(text in made_up()) {
        check(&text);
    }
}

proptest! {
    #![proptest_config(fixed(200, 56))]
    #[test]
    fn any_characters_hold(text in any::<String>()) {
        check(&text);
    }
}

proptest! {
    #![proptest_config(fixed(500, 8))]
    #[test]
    fn made_up_pages_hold(text in marked_up(), format in format()) {
        check_bytes(text.as_bytes(), format);
    }
}

proptest! {
    #![proptest_config(fixed(300, 12))]
    #[test]
    fn any_bytes_hold(bytes in prop::collection::vec(any::<u8>(), 0..400), format in format()) {
        check_bytes(&bytes, format);
    }
}

proptest! {
    #![proptest_config(fixed(300, 31))]
    #[test]
    fn damaged_files_hold(
        text in marked_up(),
        format in format(),
        encoding in prop::sample::select(vec![encoding_rs::UTF_8, encoding_rs::GB18030, encoding_rs::BIG5]),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut bytes = encoding.encode(&text).0.into_owned();
        for (at, byte) in damage {
            if !bytes.is_empty() {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
        }
        check_bytes(&bytes, format);
    }
}

proptest! {
    #![proptest_config(fixed(300, 455))]
    #[test]
    fn facts_of_a_line_lie_in_the_line(text in made_up()) {
        for line in text.lines() {
            prop_assert_eq!(common::faults_of_line(line), Vec::<String>::new());
        }
    }
}

/// Passages from all sources, `each` from every one.
fn passages(random: &mut Random, each: usize) -> Vec<String> {
    let mut passages = Vec::new();
    for case in common::cases() {
        let chars: Vec<char> = case.source.text.chars().collect();
        for _ in 0..each {
            let start = random.below(chars.len());
            passages.push(chars[start..].iter().take(PASSAGE).collect());
        }
    }
    passages
}

/// xorshift64: the same sequence on every machine.
struct Random(u64);

impl Random {
    /// A number below `limit`, which is not 0.
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}
