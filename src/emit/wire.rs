//! The rows as they are written to disk: one struct for each table, its fields in the order of the output.
//!
//! `start` and `end` are always a half-open range of Unicode code points in the decoded source, byte-order mark removed.
//! A field that does not apply is written as `null`, never left out; only `provision` is left out of the facts of a
//! single line, which stand in none.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::ser::{Error as _, SerializeStruct as _};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

/// Names the meaning of an output file; a change that breaks readers changes it.
pub const SCHEMA: &str = "gongbao/1";

/// The input that the file was made from.
#[derive(Debug, Serialize)]
pub struct Source<'a> {
    /// Path below the folder given on the command line, `/` between parts: `2022/issue-01.txt`.
    pub name: &'a str,
    /// SHA-256 of the bytes as read, lower-case hex.
    pub sha256: &'a str,
    /// Label of the Encoding Standard: `UTF-8`.
    pub encoding: &'a str,
    /// `text` or `markdown`.
    pub format: &'static str,
    /// Code points of the decoded source.
    pub chars: usize,
}

/// The number of a gazette (期) that the source holds.
#[derive(Debug, Serialize)]
pub struct Issue<'a> {
    /// `宁波市人民政府公报`
    pub title: &'a str,
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
#[derive(Debug, Serialize)]
pub struct Document<'a> {
    /// Unique in the file.
    pub id: &'a str,
    /// Joined over lines; null for a fragment without a title.
    pub title: Option<&'a str>,
    /// Title of what a notice or an order issues.
    pub instrument: Option<&'a str>,
    /// Version in brackets after the title: `征求意见稿`.
    pub edition: Option<&'a str>,
    /// `regulation`, `notice`, … `contents`, `masthead`.
    pub kind: &'static str,
    /// 发文字号, as printed: `甬政发〔2021〕56号`.
    pub doc_number: Option<&'a str>,
    /// Full name of the body that signs: `宁波市人民政府`.
    pub issuer: Option<&'a str>,
    /// Day of signature, `2021-12-30`.
    pub signed: Option<IsoDate>,
    /// Day on which it comes into force, `2022-03-01`.
    pub effective: Option<IsoDate>,
    pub start: usize,
    pub end: usize,
}

/// One numbered passage, or the text before the first or after the last number. In reading order.
#[derive(Debug, Serialize)]
pub struct Provision<'a> {
    /// Unique in the file.
    pub id: &'a str,
    /// Id of its document.
    pub document: &'a str,
    /// Id of the provision that it hangs below; null at the top.
    pub parent: Option<&'a str>,
    /// How it is numbered: `article` (第八条), `cn` (一、), `num` (1.), …
    pub form: &'static str,
    /// Whether it is one of the numbered articles that most users query.
    pub article: bool,
    /// As written: `第八条`, `（一）`.
    pub label: Option<&'a str>,
    /// Integer value of the label: `8`.
    pub number: Option<u32>,
    /// The title that follows the label.
    pub heading: Option<&'a str>,
    /// Own cleaned text, without that of its children; paragraphs joined by a line feed.
    pub text: &'a str,
    /// Start of the whole subtree.
    pub start: usize,
    /// End of the whole subtree.
    pub end: usize,
    /// Ids of the lead units that provisions above state for this one too.
    pub lead_units_inherited: &'a [String],
}

/// A table of the source as a grid.
#[derive(Debug, Serialize)]
pub struct Table<'a> {
    /// Unique in the file.
    pub id: &'a str,
    /// Id of its document.
    pub document: &'a str,
    /// Id of the provision that it stands in.
    pub provision: Option<&'a str>,
    /// Its title, as cleaned text.
    pub caption: Option<&'a str>,
    pub start: usize,
    pub end: usize,
    pub columns: Vec<Column<'a>>,
    /// Cells of each row, in the order of the columns.
    pub rows: Vec<Vec<Cell<'a>>>,
}

#[derive(Debug, Serialize)]
pub struct Column<'a> {
    /// Its head without the unit.
    pub name: &'a str,
    /// Unit that the head gives: `万元/亩`.
    pub unit: Option<&'a str>,
}

#[derive(Debug, Serialize)]
pub struct Cell<'a> {
    /// Cleaned text, empty for an empty cell.
    pub text: &'a str,
    pub start: usize,
    /// Equal to `start` for an empty cell.
    pub end: usize,
}

/// What every fact begins with.
#[derive(Debug)]
pub struct Place<'a> {
    /// Unique in the file.
    pub id: &'a str,
    /// Id of the provision that states it; `None` for a fact of a single line.
    pub provision: Option<&'a str>,
    pub start: usize,
    pub end: usize,
    /// Exactly the source from `start` to `end`, line ends included.
    pub raw: &'a str,
}

/// Money (金额).
#[derive(Debug)]
pub struct Amount<'a> {
    pub place: Place<'a>,
    /// In the base unit of the currency (yuan, not 万元): `20000000`; the lower end of a range.
    pub value: Number,
    /// Upper end of a range, in the base unit; null unless `bound` is `between`.
    pub upper: Option<Number>,
    /// ISO 4217: `CNY`.
    pub currency: &'static str,
    /// `exactly`, `at_least`, `more_than`, `at_most`, `less_than`, `about`, `between`.
    pub bound: &'static str,
    /// What it is counted by: 800元/亩 → `{"value":1,"unit":"亩"}`.
    pub per: Option<Per<'a>>,
    /// The words that set the bound: `以上`.
    pub cue: Option<&'a str>,
    /// Id of the rule that read it: `gongbao rules` explains it.
    pub rule: &'static str,
}

#[derive(Debug, Serialize)]
pub struct Per<'a> {
    /// How many of the unit: 50 in `2元/50公斤`.
    pub value: Number,
    /// As written: `公斤`.
    pub unit: &'a str,
}

/// A rate, a share or a change of one (百分比).
#[derive(Debug)]
pub struct Percentage<'a> {
    pub place: Place<'a>,
    /// As a fraction: 5% → `0.05`, 2个百分点 → `0.02`, 3‰ → `0.003`.
    pub value: Number,
    /// Upper end of a range, as a fraction; null unless `bound` is `between`.
    pub upper: Option<Number>,
    /// As written: `percent`, `permille`, `percentage_point`.
    pub unit: &'static str,
    /// As for amounts.
    pub bound: &'static str,
    /// `increase` or `decrease`; null for a level.
    pub change: Option<&'static str>,
    /// The words that set bound or change: `不低于`.
    pub cue: Option<&'a str>,
    /// Id of the rule that read it.
    pub rule: &'static str,
}

/// An upper limit on what is given, charged or permitted (上限).
#[derive(Debug)]
pub struct Cap<'a> {
    pub place: Place<'a>,
    /// `amount`, `percentage`, `quantity`, `duration`.
    pub of: &'static str,
    /// The limit, in the unit of the next field.
    pub value: CapValue<'a>,
    /// Currency code, `percent` (value is a fraction), counter as written (`个`), or `duration` (value is ISO 8601).
    pub unit: &'a str,
    /// The words that set the limit: `最高`.
    pub cue: Option<&'a str>,
    /// Per what or of what the limit holds: `单个项目累计`.
    pub scope: Option<&'a str>,
    /// Id of the amount or percentage that it limits.
    pub fact: Option<&'a str>,
    /// Id of the rule that read it.
    pub rule: &'static str,
}

/// `15000000`, `0.15` or `"P12M"`.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum CapValue<'a> {
    Number(Number),
    Duration(&'a str),
}

/// Who leads, supports or answers (牵头单位, 配合单位, 责任单位).
#[derive(Debug)]
pub struct LeadUnit<'a> {
    pub place: Place<'a>,
    /// Full official name where the place of the document tells it: `宁波市发展和改革委员会`.
    pub name: Option<&'a str>,
    /// `lead`, `support`, `responsible`.
    pub role: &'static str,
    /// Id of the rule that read it.
    pub rule: &'static str,
}

/// A limit in time that binds (时限).
#[derive(Debug)]
pub struct Deadline<'a> {
    pub place: Place<'a>,
    /// `by`, `within`, `period`, `effective`, `valid`.
    pub kind: &'static str,
    /// First day, included: `2024-01-01`.
    pub from: Option<IsoDate>,
    /// Last day, included: `2026-12-31`.
    pub to: Option<IsoDate>,
    /// ISO 8601: `P5D`, `P6M`, `P3Y`.
    pub duration: Option<&'a str>,
    /// Whether the days of `duration` are working days (工作日).
    pub working_days: bool,
    /// Words of the event from which it runs: `收到书面退付申请之日`.
    pub trigger: Option<&'a str>,
    /// Id of the rule that read it.
    pub rule: &'static str,
}

/// A piece of the source that says nothing: page furniture, web chrome, markup.
#[derive(Debug, Serialize)]
pub struct Noise<'a> {
    /// `page_mark`, `running_head`, `continuation`, `rule`, `web_chrome`, `markup`.
    pub kind: &'a str,
    pub start: usize,
    pub end: usize,
    /// Exactly the source from `start` to `end`.
    pub raw: &'a str,
}

/// Something odd in the source, and what was done about it.
#[derive(Debug, Serialize)]
pub struct Diagnostic<'a> {
    /// Stable: `duplicate_number`.
    pub code: &'a str,
    /// A sentence for people.
    pub message: &'a str,
    pub start: usize,
    pub end: usize,
}

/// An exact decimal, written as the shortest plain JSON number: `0.15`, `20000000`.
#[derive(Debug, Clone, Copy)]
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

/// `2024-12-31`
#[derive(Debug, Clone, Copy)]
pub struct IsoDate(pub Date);

impl Serialize for IsoDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// Writes the fields of a fact behind those of its place. `#[serde(flatten)]` would do the same through a map of
/// buffered values, without the exact numbers.
macro_rules! fact_row {
    ($row:ident: $($field:ident),+) => {
        impl Serialize for $row<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut row = serializer.serialize_struct(stringify!($row), 5 + [$(stringify!($field)),+].len())?;
                row.serialize_field("id", self.place.id)?;
                match self.place.provision {
                    Some(provision) => row.serialize_field("provision", provision)?,
                    None => row.skip_field("provision")?,
                }
                row.serialize_field("start", &self.place.start)?;
                row.serialize_field("end", &self.place.end)?;
                row.serialize_field("raw", self.place.raw)?;
                $(row.serialize_field(stringify!($field), &self.$field)?;)+
                row.end()
            }
        }
    };
}

fact_row!(Amount: value, upper, currency, bound, per, cue, rule);
fact_row!(Percentage: value, upper, unit, bound, change, cue, rule);
fact_row!(Cap: of, value, unit, cue, scope, fact, rule);
fact_row!(LeadUnit: name, role, rule);
fact_row!(Deadline: kind, from, to, duration, working_days, trigger, rule);

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
        assert_eq!(written("0.0000000000000000000000000001"), "0.0000000000000000000000000001");
    }
}
