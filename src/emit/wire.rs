//! The rows as they are written to disk: one struct for each table, its fields in the order of the output.
//!
//! `start` and `end` are always a half-open range of Unicode code points in the decoded source, byte-order mark removed.
//! A field that does not apply is written as `null`, never left out; only `provision` is left out of the facts of a
//! single line, which stand in none.
//!
//! `S` is how a row holds its texts: `&str` when it is made from a record to be written, `String` when it is read back by
//! [`crate::outputs`].

use crate::names;
use jiff::civil::Date;
use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// Names the meaning of an output file; a change that breaks readers changes it.
pub const SCHEMA: &str = "gongbao/1";

/// ISO 8601 as far as it is written here: one number of years, months, weeks, days, hours or minutes.
const DURATION: &str = "^P(T?[0-9.]+[YMWDH])+$";

/// An output file: what it was made from, then the tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Output", title = "gongbao/1")]
pub struct Output<S = String> {
    /// Names the meaning of the file; a change that breaks readers changes it.
    #[schemars(extend("const" = SCHEMA), example = SCHEMA)]
    pub schema: S,
    /// The input that the file was made from.
    pub source: Source<S>,
    /// The number of a gazette that the source holds, or null.
    pub issue: Option<Issue<S>>,
    /// The documents of the source, in reading order.
    pub documents: Vec<Document<S>>,
    /// The provisions of all documents, in reading order; a provision stands after its parent.
    pub provisions: Vec<Provision<S>>,
    /// The tables of all documents.
    pub tables: Vec<Table<S>>,
    /// Money.
    pub amounts: Vec<Amount<S>>,
    /// Rates, shares and their changes.
    pub percentages: Vec<Percentage<S>>,
    /// Upper limits.
    pub caps: Vec<Cap<S>>,
    /// Who leads, supports or answers.
    pub lead_units: Vec<LeadUnit<S>>,
    /// Limits in time that bind.
    pub deadlines: Vec<Deadline<S>>,
    /// Pieces of the source that say nothing.
    pub noise: Vec<Noise<S>>,
    /// Oddities of the source, and what was done about them.
    pub diagnostics: Vec<Diagnostic<S>>,
}

/// The input that the file was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Source")]
pub struct Source<S = String> {
    /// Path below the folder given, `/` between parts.
    #[schemars(example = "2022/issue-01.txt")]
    pub name: S,
    /// SHA-256 of the bytes as read, lower-case hex.
    #[schemars(extend("pattern" = "^[0-9a-f]{64}$"), example = &"deacf60c4d8ceedd5ae4f6d78cc274a75c6a3f07fb31ca6a1d0cfa7082f7157c")]
    pub sha256: S,
    /// Label of the Encoding Standard.
    #[schemars(example = &"UTF-8", example = &"gb18030", example = &"Big5")]
    pub encoding: S,
    /// What the ending of the file says.
    #[schemars(extend("enum" = names::FORMATS), example = &"text")]
    pub format: S,
    /// Length of the decoded source.
    #[schemars(extend("x-unit" = "code points"), example = 13962)]
    pub chars: usize,
}

/// The number of a gazette (期) that the source holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Issue")]
pub struct Issue<S = String> {
    /// Name of the gazette.
    #[schemars(example = &"宁波市人民政府公报")]
    pub title: S,
    /// Year printed.
    #[schemars(extend("x-unit" = "year"), example = 2022)]
    pub year: Option<i16>,
    /// Its number in the year: 第1期 is 1.
    #[schemars(extend("x-unit" = "ordinal"), example = 1)]
    pub number: Option<u32>,
    /// Its number since the first: 总第455期 is 455.
    #[schemars(extend("x-unit" = "ordinal"), example = 455)]
    pub serial: Option<u32>,
    /// Day of publication.
    #[schemars(example = &"2022-01-20")]
    pub published: Option<IsoDate>,
}

/// One document; a notice and what it issues are one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Document")]
pub struct Document<S = String> {
    /// Unique in the file.
    #[schemars(example = &"doc_1")]
    pub id: S,
    /// Title joined over lines; null for a fragment.
    #[schemars(example = &"宁波市政府非税收入管理实施规定")]
    pub title: Option<S>,
    /// Title of what a notice or order issues.
    #[schemars(example = &"宁波市残疾人事业发展“十四五”规划")]
    pub instrument: Option<S>,
    /// Version in brackets after the title.
    #[schemars(example = &"征求意见稿")]
    pub edition: Option<S>,
    /// What it is, by the instrument where there is one; `contents`, `masthead`, `diary` and `list` are parts of a gazette.
    #[schemars(extend("enum" = names::DOCUMENT_KINDS), example = &"notice")]
    pub kind: S,
    /// Its number (发文字号), as printed.
    #[schemars(example = &"甬政发〔2021〕56号")]
    pub doc_number: Option<S>,
    /// Full name of the body that signs.
    #[schemars(example = &"宁波市人民政府")]
    pub issuer: Option<S>,
    /// Day of signature.
    #[schemars(example = &"2021-12-30")]
    pub signed: Option<IsoDate>,
    /// First day in force.
    #[schemars(example = &"2022-03-01")]
    pub effective: Option<IsoDate>,
    /// Place: first code point, counted from 0.
    #[schemars(extend("x-unit" = "code points"), example = 27)]
    pub start: usize,
    /// Place: behind the last code point.
    #[schemars(extend("x-unit" = "code points"), example = 34)]
    pub end: usize,
}

/// One numbered passage, or the text before the first or after the last number. In reading order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Provision")]
pub struct Provision<S = String> {
    /// Unique in the file; a path of the numbers printed.
    #[schemars(example = &"doc_1__art_21__para_2__cnp_1")]
    pub id: S,
    /// Id of its document.
    #[schemars(example = &"doc_1")]
    pub document: S,
    /// Id of the provision that it hangs below; null at the top.
    #[schemars(example = &"doc_1__art_21__para_2")]
    pub parent: Option<S>,
    /// How it is numbered: `part` 编, `chapter` 章, `section` 节, `article` 条, `paragraph` 款, `cn` 一、, `cn_paren` （一）, `num` 1., `num_paren` （1）, `circled` ①, `letter` A., `dash` ——;
    /// without number: `preamble`, `closing`.
    #[schemars(extend("enum" = names::FORMS), example = &"cn_paren")]
    pub form: S,
    /// Whether it is one of the numbered articles that most readers ask for.
    #[schemars(example = true)]
    pub article: bool,
    /// As written, trimmed.
    #[schemars(example = &"第八条")]
    pub label: Option<S>,
    /// Value of the label; faults of the source are kept.
    #[schemars(extend("x-unit" = "ordinal"), example = 8)]
    pub number: Option<u32>,
    /// Title that follows the label.
    #[schemars(example = &"加大金融资金投放")]
    pub heading: Option<S>,
    /// Own cleaned text without that of its children, paragraphs joined by a line feed.
    #[schemars(example = &"加大金融资金投放。新增贷款1000亿元。")]
    pub text: S,
    /// Place of the whole subtree: first code point, counted from 0.
    #[schemars(extend("x-unit" = "code points"), example = 155)]
    pub start: usize,
    /// Place of the whole subtree: behind the last code point.
    #[schemars(extend("x-unit" = "code points"), example = 2532)]
    pub end: usize,
    /// Ids of the lead units that provisions above it state.
    #[schemars(example = ["doc_1__cn_1__lead_1"])]
    pub lead_units_inherited: Vec<S>,
}

/// A table of the source as a grid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Table")]
pub struct Table<S = String> {
    /// Unique in the file.
    #[schemars(example = &"table_1")]
    pub id: S,
    /// Id of its document.
    #[schemars(example = &"doc_1")]
    pub document: S,
    /// Id of the provision that it stands in.
    #[schemars(example = &"doc_1__cn_1")]
    pub provision: Option<S>,
    /// Its title, as cleaned text.
    #[schemars(example = &"主要指标")]
    pub caption: Option<S>,
    /// Place: first code point, counted from 0.
    #[schemars(extend("x-unit" = "code points"), example = 27)]
    pub start: usize,
    /// Place: behind the last code point.
    #[schemars(extend("x-unit" = "code points"), example = 34)]
    pub end: usize,
    /// Its columns, as the head names them; of a head of several rows the cells above each other, with a blank between.
    #[schemars(example = [Column { name: "规上工业亩均税收", unit: Some("万元/亩") }])]
    pub columns: Vec<Column<S>>,
    /// Its rows, each an array of cells in the order of the columns; a row may have more or fewer cells than the head.
    #[schemars(example = [[Cell { text: "25", start: 42, end: 44 }]])]
    pub rows: Vec<Vec<Cell<S>>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Column")]
pub struct Column<S = String> {
    /// Its head without the unit.
    #[schemars(example = &"规上工业亩均税收")]
    pub name: S,
    /// Unit that the head gives.
    #[schemars(example = &"万元/亩")]
    pub unit: Option<S>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Cell")]
pub struct Cell<S = String> {
    /// Cleaned text; empty for an empty cell.
    #[schemars(example = &"25")]
    pub text: S,
    /// Place: first code point, counted from 0.
    #[schemars(extend("x-unit" = "code points"), example = 42)]
    pub start: usize,
    /// Place: behind the last code point; equal to `start` for an empty cell.
    #[schemars(extend("x-unit" = "code points"), example = 44)]
    pub end: usize,
}

/// What every fact begins with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Place")]
pub struct Place<S = String> {
    /// Unique in the file.
    #[schemars(example = &"doc_1__art_8__amount_1")]
    pub id: S,
    /// Id of the provision that states it; `None` for a fact of a single line.
    #[serde(skip_serializing_if = "Option::is_none")]
    /// Id of the provision that states it.
    #[schemars(!skip_serializing_if, with = "S", example = &"doc_1__art_8")]
    pub provision: Option<S>,
    /// Place: first code point, counted from 0.
    #[schemars(extend("x-unit" = "code points"), example = 27)]
    pub start: usize,
    /// Place: behind the last code point.
    #[schemars(extend("x-unit" = "code points"), example = 34)]
    pub end: usize,
    /// Exactly the source from `start` to `end`, line ends included.
    #[schemars(example = &"2000 万元")]
    pub raw: S,
}

/// Money (金额).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Amount")]
pub struct Amount<S = String> {
    #[serde(flatten)]
    pub place: Place<S>,
    /// The amount; of a range, its lower end.
    #[schemars(extend("x-unit" = "base unit of the currency (yuan, not 万元)"), example = 20_000_000)]
    pub value: Number,
    /// Upper end of a range; null unless `bound` is `between`.
    #[schemars(extend("x-unit" = "base unit of the currency"), example = 50_000_000)]
    pub upper: Option<Number>,
    /// ISO 4217.
    #[schemars(extend("pattern" = "^[A-Z]{3}$"), example = &"CNY")]
    pub currency: S,
    /// How the value binds: `at_least` 以上, `more_than` 超过, `at_most` 以下, `less_than` 不到, `about` 约, `between` for a range.
    #[schemars(extend("enum" = names::BOUNDS), example = &"at_most")]
    pub bound: S,
    /// What it is counted by: 800元/亩; null for a plain amount.
    #[schemars(example = Per { value: Number(Decimal::ONE), unit: "亩" })]
    pub per: Option<Per<S>>,
    /// Words that set the bound.
    #[schemars(example = &"最高")]
    pub cue: Option<S>,
    /// Id of the rule that read it; `gongbao rules` explains it.
    #[schemars(example = "amount/plain")]
    pub rule: S,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Per")]
pub struct Per<S = String> {
    /// How many of the unit: 50 in 2元/50公斤.
    #[schemars(extend("x-unit" = "the field `unit`"), example = 50)]
    pub value: Number,
    /// As printed.
    #[schemars(example = &"公斤")]
    pub unit: S,
}

/// A rate, a share or a change of one (百分比).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Percentage")]
pub struct Percentage<S = String> {
    #[serde(flatten)]
    pub place: Place<S>,
    /// 5% is 0.05, 2个百分点 is 0.02, 3‰ is 0.003; of a range, its lower end.
    #[schemars(extend("x-unit" = "fraction"), example = 0.05)]
    pub value: Number,
    /// Upper end of a range; null unless `bound` is `between`.
    #[schemars(extend("x-unit" = "fraction"), example = 0.2)]
    pub upper: Option<Number>,
    /// As printed.
    #[schemars(extend("enum" = names::PERCENT_UNITS), example = &"percentage_point")]
    pub unit: S,
    /// As for amounts.
    #[schemars(extend("enum" = names::BOUNDS), example = &"exactly")]
    pub bound: S,
    /// Whether it is a change; null for a level.
    #[schemars(extend("enum" = or_null(names::CHANGES)), example = &"increase")]
    pub change: Option<S>,
    /// Words that set bound or change.
    #[schemars(example = &"增长")]
    pub cue: Option<S>,
    /// Id of the rule that read it.
    #[schemars(example = "percentage/sign")]
    pub rule: S,
}

/// An upper limit on what is given, charged or permitted (上限).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Cap")]
pub struct Cap<S = String> {
    #[serde(flatten)]
    pub place: Place<S>,
    /// What it limits.
    #[schemars(extend("enum" = ["amount", "percentage", "quantity", "duration"]), example = &"amount")]
    pub of: S,
    /// The limit; a duration is ISO 8601 text.
    #[schemars(extend("x-unit" = "the field `unit`; of money its base unit, of percentages a fraction"), example = 20_000_000, example = 0.15, example = &"P12M")]
    pub value: CapValue<S>,
    /// Currency code; `percent`, `permille`, `percentage_point`; the counter as printed; or `duration`.
    #[schemars(example = &"CNY", example = &"个")]
    pub unit: S,
    /// Words that set the limit.
    #[schemars(example = &"最高")]
    pub cue: Option<S>,
    /// Per what or of what it holds.
    #[schemars(example = &"单个项目累计")]
    pub scope: Option<S>,
    /// Id of the amount or percentage that it limits; null for counts and lengths.
    #[schemars(example = &"doc_1__art_8__amount_1")]
    pub fact: Option<S>,
    /// Id of the rule that read it.
    #[schemars(example = "cap/cue_before")]
    pub rule: S,
}

/// `15000000`, `0.15` or `"P12M"`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(inline)]
#[serde(untagged)]
pub enum CapValue<S = String> {
    Number(Number),
    #[schemars(extend("pattern" = DURATION))]
    Duration(S),
}

impl<'de, S: Deserialize<'de>> Deserialize<'de> for CapValue<S> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?;
        let text = raw.get();
        let value = if text.starts_with('"') {
            serde_json::from_str(text).map(Self::Duration)
        } else {
            serde_json::from_str(text).map(Self::Number)
        };
        value.map_err(D::Error::custom)
    }
}

/// Who leads, supports or answers (牵头单位, 配合单位, 责任单位).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "LeadUnit")]
pub struct LeadUnit<S = String> {
    #[serde(flatten)]
    pub place: Place<S>,
    /// Full official name, where the place of the document tells it.
    #[schemars(example = &"宁波市发展和改革委员会")]
    pub name: Option<S>,
    /// `lead` 牵头, `support` 配合, `responsible` 责任.
    #[schemars(extend("enum" = names::ROLES), example = &"lead")]
    pub role: S,
    /// Id of the rule that read it.
    #[schemars(example = "lead_unit/labelled")]
    pub rule: S,
}

/// A limit in time that binds (时限).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Deadline")]
pub struct Deadline<S = String> {
    #[serde(flatten)]
    pub place: Place<S>,
    /// `by` a day, `within` a length, `period` from … to, `effective` from, `valid` until.
    #[schemars(extend("enum" = names::DEADLINE_KINDS), example = &"by")]
    pub kind: S,
    /// First day, included.
    #[schemars(example = &"2024-01-01")]
    pub from: Option<IsoDate>,
    /// Last day, included. A date that the text does not settle stays null; it is never guessed.
    #[schemars(example = &"2022-12-31")]
    pub to: Option<IsoDate>,
    /// Length, ISO 8601.
    #[schemars(extend("pattern" = DURATION), example = &"P5D", example = &"P6M")]
    pub duration: Option<S>,
    /// Whether the days of `duration` are working days (工作日).
    #[schemars(example = true)]
    pub working_days: bool,
    /// Words of the event from which it runs.
    #[schemars(example = &"收到书面退付申请之日")]
    pub trigger: Option<S>,
    /// Id of the rule that read it.
    #[schemars(example = "deadline/by_end")]
    pub rule: S,
}

/// A piece of the source that says nothing: page furniture, web chrome, markup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Noise")]
pub struct Noise<S = String> {
    /// What it is.
    #[schemars(extend("enum" = ["page_mark", "running_head", "continuation", "rule", "web_chrome", "markup"]), example = &"page_mark")]
    pub kind: S,
    /// Place: first code point, counted from 0.
    #[schemars(extend("x-unit" = "code points"), example = 27)]
    pub start: usize,
    /// Place: behind the last code point.
    #[schemars(extend("x-unit" = "code points"), example = 34)]
    pub end: usize,
    /// Exactly the source from `start` to `end`.
    #[schemars(example = "# Page 855:")]
    pub raw: S,
}

/// Something odd in the source, and what was done about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Diagnostic")]
pub struct Diagnostic<S = String> {
    /// Stable name; the README lists them.
    #[schemars(example = &"duplicate_number")]
    pub code: S,
    /// A sentence for people.
    #[schemars(example = "the number 31 stands twice; both are kept")]
    pub message: S,
    /// Place: first code point, counted from 0.
    #[schemars(extend("x-unit" = "code points"), example = 27)]
    pub start: usize,
    /// Place: behind the last code point.
    #[schemars(extend("x-unit" = "code points"), example = 34)]
    pub end: usize,
}

/// An exact decimal, written as the shortest plain JSON number: `0.15`, `20000000`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Number(pub Decimal);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let short = self.0.normalize();
        match i64::try_from(short) {
            Ok(whole) if short.scale() == 0 => serializer.serialize_i64(whole),
            _ => RawValue::from_string(short.to_string()).map_err(S::Error::custom)?.serialize(serializer),
        }
    }
}

impl JsonSchema for Number {
    fn schema_name() -> Cow<'static, str> {
        "Number".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number" })
    }
}

/// Reads the literal as it is written, which must be in memory; no binary fraction stands between.
impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let literal = <&RawValue>::deserialize(deserializer)?.get();
        let value = Decimal::from_str_exact(literal).or_else(|_| Decimal::from_scientific(literal));
        value.map(Self).map_err(|_| D::Error::custom(format_args!("{literal} is no number that can be held exactly")))
    }
}

/// `2024-12-31`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IsoDate(pub Date);

impl Serialize for IsoDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl JsonSchema for IsoDate {
    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }
}

impl<'de> Deserialize<'de> for IsoDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Self).map_err(|_| D::Error::custom(format_args!("{text:?} is no date such as 2024-12-31")))
    }
}

/// The words of a field that may be null.
fn or_null(words: &[&'static str]) -> Vec<Option<&'static str>> {
    words.iter().copied().map(Some).chain([None]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_exact_and_plain() {
        let written = |number: &str| serde_json::to_string(&Number(number.parse().unwrap())).unwrap();
        assert_eq!(written("0.150"), "0.15");
        assert_eq!(written("0.1493"), "0.1493");
        assert_eq!(written("20000000.00"), "20000000");
        assert_eq!(written("10000000000000000000000"), "10000000000000000000000");
        assert_eq!(written("-0.0"), "0");
        assert_eq!(serde_json::from_str::<Number>("0.14930000000000000000000001").unwrap().0.scale(), 26);
        assert!(serde_json::from_str::<Number>("0.00000000000000000000000000001").is_err());
        assert!(serde_json::from_str::<Number>("\"5\"").is_err());
        assert_eq!(written("0.0000000000000000000000000001"), "0.0000000000000000000000000001");
    }
}
