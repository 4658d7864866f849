//! The rows as they are written to disk: one struct for each table, its fields in the order of the output.
//!
//! `start` and `end` are always a half-open range of Unicode code points in the decoded source, byte-order mark removed.
//! A field that does not apply is written as `null`, never left out; only `provision` is left out of the facts of a
//! single line, which stand in none.
//!
//! `S` is how a row holds its texts: `&str` when it is made from a record to be written, `String` when it is read back by
//! [`crate::outputs`].

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

/// Names the meaning of an output file; a change that breaks readers changes it.
pub const SCHEMA: &str = "gongbao/1";

/// An output file: what it was made from, then the tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output<S = String> {
    /// [`SCHEMA`].
    pub schema: S,
    pub source: Source<S>,
    pub issue: Option<Issue<S>>,
    pub documents: Vec<Document<S>>,
    pub provisions: Vec<Provision<S>>,
    pub tables: Vec<Table<S>>,
    pub amounts: Vec<Amount<S>>,
    pub percentages: Vec<Percentage<S>>,
    pub caps: Vec<Cap<S>>,
    pub lead_units: Vec<LeadUnit<S>>,
    pub deadlines: Vec<Deadline<S>>,
    pub noise: Vec<Noise<S>>,
    pub diagnostics: Vec<Diagnostic<S>>,
}

/// The input that the file was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source<S = String> {
    /// Path below the folder given on the command line, `/` between parts: `2022/issue-01.txt`.
    pub name: S,
    /// SHA-256 of the bytes as read, lower-case hex.
    pub sha256: S,
    /// Label of the Encoding Standard: `UTF-8`.
    pub encoding: S,
    /// `text` or `markdown`.
    pub format: S,
    /// Code points of the decoded source.
    pub chars: usize,
}

/// The number of a gazette (期) that the source holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue<S = String> {
    /// `宁波市人民政府公报`
    pub title: S,
    /// `2022`
    pub year: Option<i16>,
    /// 第1期 → `1`
    pub number: Option<u32>,
    /// 总第455期 → `455`
    pub serial: Option<u32>,
    /// Day of publication, `2022-01-15`.
    pub published: Option<IsoDate>,
}

/// One document; a notice and what it issues are one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document<S = String> {
    /// Unique in the file.
    pub id: S,
    /// Joined over lines; null for a fragment without a title.
    pub title: Option<S>,
    /// Title of what a notice or an order issues.
    pub instrument: Option<S>,
    /// Version in brackets after the title: `征求意见稿`.
    pub edition: Option<S>,
    /// `regulation`, `notice`, … `contents`, `masthead`.
    pub kind: S,
    /// 发文字号, as printed: `甬政发〔2021〕56号`.
    pub doc_number: Option<S>,
    /// Full name of the body that signs: `宁波市人民政府`.
    pub issuer: Option<S>,
    /// Day of signature, `2021-12-30`.
    pub signed: Option<IsoDate>,
    /// Day on which it comes into force, `2022-03-01`.
    pub effective: Option<IsoDate>,
    pub start: usize,
    pub end: usize,
}

/// One numbered passage, or the text before the first or after the last number. In reading order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provision<S = String> {
    /// Unique in the file.
    pub id: S,
    /// Id of its document.
    pub document: S,
    /// Id of the provision that it hangs below; null at the top.
    pub parent: Option<S>,
    /// How it is numbered: `article` (第八条), `cn` (一、), `num` (1.), …
    pub form: S,
    /// Whether it is one of the numbered articles that most users query.
    pub article: bool,
    /// As written: `第八条`, `（一）`.
    pub label: Option<S>,
    /// Integer value of the label: `8`.
    pub number: Option<u32>,
    /// The title that follows the label.
    pub heading: Option<S>,
    /// Own cleaned text, without that of its children; paragraphs joined by a line feed.
    pub text: S,
    /// Start of the whole subtree.
    pub start: usize,
    /// End of the whole subtree.
    pub end: usize,
    /// Ids of the lead units that provisions above state for this one too.
    pub lead_units_inherited: Vec<S>,
}

/// A table of the source as a grid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table<S = String> {
    /// Unique in the file.
    pub id: S,
    /// Id of its document.
    pub document: S,
    /// Id of the provision that it stands in.
    pub provision: Option<S>,
    /// Its title, as cleaned text.
    pub caption: Option<S>,
    pub start: usize,
    pub end: usize,
    pub columns: Vec<Column<S>>,
    /// Cells of each row, in the order of the columns.
    pub rows: Vec<Vec<Cell<S>>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Column<S = String> {
    /// Its head without the unit.
    pub name: S,
    /// Unit that the head gives: `万元/亩`.
    pub unit: Option<S>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell<S = String> {
    /// Cleaned text, empty for an empty cell.
    pub text: S,
    pub start: usize,
    /// Equal to `start` for an empty cell.
    pub end: usize,
}

/// What every fact begins with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place<S = String> {
    /// Unique in the file.
    pub id: S,
    /// Id of the provision that states it; `None` for a fact of a single line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provision: Option<S>,
    pub start: usize,
    pub end: usize,
    /// Exactly the source from `start` to `end`, line ends included.
    pub raw: S,
}

/// Money (金额).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount<S = String> {
    #[serde(flatten)]
    pub place: Place<S>,
    /// In the base unit of the currency (yuan, not 万元): `20000000`; the lower end of a range.
    pub value: Number,
    /// Upper end of a range, in the base unit; null unless `bound` is `between`.
    pub upper: Option<Number>,
    /// ISO 4217: `CNY`.
    pub currency: S,
    /// `exactly`, `at_least`, `more_than`, `at_most`, `less_than`, `about`, `between`.
    pub bound: S,
    /// What it is counted by: 800元/亩 → `{"value":1,"unit":"亩"}`.
    pub per: Option<Per<S>>,
    /// The words that set the bound: `以上`.
    pub cue: Option<S>,
    /// Id of the rule that read it: `gongbao rules` explains it.
    pub rule: S,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Per<S = String> {
    /// How many of the unit: 50 in `2元/50公斤`.
    pub value: Number,
    /// As written: `公斤`.
    pub unit: S,
}

/// A rate, a share or a change of one (百分比).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Percentage<S = String> {
    #[serde(flatten)]
    pub place: Place<S>,
    /// As a fraction: 5% → `0.05`, 2个百分点 → `0.02`, 3‰ → `0.003`.
    pub value: Number,
    /// Upper end of a range, as a fraction; null unless `bound` is `between`.
    pub upper: Option<Number>,
    /// As written: `percent`, `permille`, `percentage_point`.
    pub unit: S,
    /// As for amounts.
    pub bound: S,
    /// `increase` or `decrease`; null for a level.
    pub change: Option<S>,
    /// The words that set bound or change: `不低于`.
    pub cue: Option<S>,
    /// Id of the rule that read it.
    pub rule: S,
}

/// An upper limit on what is given, charged or permitted (上限).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cap<S = String> {
    #[serde(flatten)]
    pub place: Place<S>,
    /// `amount`, `percentage`, `quantity`, `duration`.
    pub of: S,
    /// The limit, in the unit of the next field.
    pub value: CapValue<S>,
    /// Currency code, `percent` (value is a fraction), counter as written (`个`), or `duration` (value is ISO 8601).
    pub unit: S,
    /// The words that set the limit: `最高`.
    pub cue: Option<S>,
    /// Per what or of what the limit holds: `单个项目累计`.
    pub scope: Option<S>,
    /// Id of the amount or percentage that it limits.
    pub fact: Option<S>,
    /// Id of the rule that read it.
    pub rule: S,
}

/// `15000000`, `0.15` or `"P12M"`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum CapValue<S = String> {
    Number(Number),
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadUnit<S = String> {
    #[serde(flatten)]
    pub place: Place<S>,
    /// Full official name where the place of the document tells it: `宁波市发展和改革委员会`.
    pub name: Option<S>,
    /// `lead`, `support`, `responsible`.
    pub role: S,
    /// Id of the rule that read it.
    pub rule: S,
}

/// A limit in time that binds (时限).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline<S = String> {
    #[serde(flatten)]
    pub place: Place<S>,
    /// `by`, `within`, `period`, `effective`, `valid`.
    pub kind: S,
    /// First day, included: `2024-01-01`.
    pub from: Option<IsoDate>,
    /// Last day, included: `2026-12-31`.
    pub to: Option<IsoDate>,
    /// ISO 8601: `P5D`, `P6M`, `P3Y`.
    pub duration: Option<S>,
    /// Whether the days of `duration` are working days (工作日).
    pub working_days: bool,
    /// Words of the event from which it runs: `收到书面退付申请之日`.
    pub trigger: Option<S>,
    /// Id of the rule that read it.
    pub rule: S,
}

/// A piece of the source that says nothing: page furniture, web chrome, markup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noise<S = String> {
    /// `page_mark`, `running_head`, `continuation`, `rule`, `web_chrome`, `markup`.
    pub kind: S,
    pub start: usize,
    pub end: usize,
    /// Exactly the source from `start` to `end`.
    pub raw: S,
}

/// Something odd in the source, and what was done about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic<S = String> {
    /// Stable: `duplicate_number`.
    pub code: S,
    /// A sentence for people.
    pub message: S,
    pub start: usize,
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

impl<'de> Deserialize<'de> for IsoDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Self).map_err(|_| D::Error::custom(format_args!("{text:?} is no date such as 2024-12-31")))
    }
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
