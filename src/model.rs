//! The values that pass between the stages: plain data with public fields.
//!
//! Facts are read as *mentions*: what one passage (a paragraph or a table cell, cleaned) says, with spans in that passage.
//! `assemble` moves them to their provision. The rows written to disk are in `emit::wire`.

use crate::span::{OffsetMap, Span};
use jiff::civil::Date;
use rust_decimal::Decimal;

/// How a value limits what it speaks of. 以上, 以下 and 以内 include the number (Civil Code art. 1259).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bound {
    Exactly,
    /// 以上, 不低于, 不少于, 至少
    AtLeast,
    /// 超过, 突破, 高于
    MoreThan,
    /// 以下, 以内, 不超过, 最高
    AtMost,
    /// 不满, 低于, 不到, 近
    LessThan,
    /// 约, 左右, 上下
    About,
    /// 五百元以上五千元以下, 3—5万元
    Between,
}

/// What an amount is counted by: `800元/亩` is per 1 亩, `2元/50公斤` per 50 公斤.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Per {
    pub value: Decimal,
    pub unit: String,
}

/// Money (金额), in the base unit of its currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    pub span: Span,
    pub value: Decimal,
    /// The upper end, for `Bound::Between` only.
    pub upper: Option<Decimal>,
    /// ISO 4217.
    pub currency: &'static str,
    pub bound: Bound,
    pub per: Option<Per>,
    /// Where the words stand that set the bound.
    pub cue: Option<Span>,
    pub rule: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PercentUnit {
    Percent,
    Permille,
    PercentagePoint,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    Increase,
    Decrease,
}

/// A rate or share (百分比), as a fraction: 5% is 0.05.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Percentage {
    pub span: Span,
    pub value: Decimal,
    pub upper: Option<Decimal>,
    pub unit: PercentUnit,
    pub bound: Bound,
    pub change: Option<Change>,
    pub cue: Option<Span>,
    pub rule: &'static str,
}

/// What a cap limits, with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Limit {
    /// Index into the amounts of the same passage.
    Amount(usize),
    /// Index into the percentages of the same passage.
    Percentage(usize),
    /// A count with its counter: 3 个.
    Quantity { value: Decimal, unit: String },
    /// An ISO 8601 duration: `P12M`.
    Duration(String),
}

/// An upper limit on what is given, charged or permitted (上限).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cap {
    pub span: Span,
    pub limit: Limit,
    pub cue: Option<Span>,
    /// Per what or of what the limit holds: 单个项目累计, 实际投入总额.
    pub scope: Option<Span>,
    pub rule: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// 牵头
    Lead,
    /// 配合, 参与, 协办
    Support,
    /// 责任单位, 按职责分工负责
    Responsible,
}

/// A unit that answers for a task (责任单位), as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeadUnit {
    pub span: Span,
    /// Full official name; filled in by `assemble`, which knows the document's place.
    pub name: Option<String>,
    pub role: Role,
    pub rule: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeadlineKind {
    By,
    Within,
    Period,
    Effective,
    Valid,
}

/// A limit in time that binds (时限). Dates that hang on the document's own date (年底前, 6月底前) are resolved by the
/// reference date given to the reader and stay `None` without one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    pub span: Span,
    pub kind: DeadlineKind,
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// ISO 8601: `P5D`, `P6M`.
    pub duration: Option<String>,
    pub working_days: bool,
    /// The event from which a length runs: 收到书面退付申请之日.
    pub trigger: Option<Span>,
    pub rule: &'static str,
}

/// All facts that one passage states; spans are bytes of the passage.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mentions {
    pub amounts: Vec<Amount>,
    pub percentages: Vec<Percentage>,
    pub caps: Vec<Cap>,
    pub lead_units: Vec<LeadUnit>,
    pub deadlines: Vec<Deadline>,
}

impl Mentions {
    /// Moves all spans by so many bytes, and the places of values that caps limit by so many amounts and percentages.
    pub fn shift(&mut self, offset: usize, amounts_before: usize, percentages_before: usize) {
        let by_offset = |span: &mut Span| *span = span.start + offset..span.end + offset;
        for amount in &mut self.amounts {
            [Some(&mut amount.span), amount.cue.as_mut()].into_iter().flatten().for_each(by_offset);
        }
        for percentage in &mut self.percentages {
            [Some(&mut percentage.span), percentage.cue.as_mut()].into_iter().flatten().for_each(by_offset);
        }
        for cap in &mut self.caps {
            [Some(&mut cap.span), cap.cue.as_mut(), cap.scope.as_mut()].into_iter().flatten().for_each(by_offset);
            match &mut cap.limit {
                Limit::Amount(at) => *at += amounts_before,
                Limit::Percentage(at) => *at += percentages_before,
                Limit::Quantity { .. } | Limit::Duration(_) => {}
            }
        }
        for unit in &mut self.lead_units {
            by_offset(&mut unit.span);
        }
        for deadline in &mut self.deadlines {
            [Some(&mut deadline.span), deadline.trigger.as_mut()].into_iter().flatten().for_each(by_offset);
        }
    }

    /// Adds the mentions of the piece of the passage that begins at `start`.
    pub fn append(&mut self, mut piece: Self, start: usize) {
        piece.shift(start, self.amounts.len(), self.percentages.len());
        self.amounts.append(&mut piece.amounts);
        self.percentages.append(&mut piece.percentages);
        self.caps.append(&mut piece.caps);
        self.lead_units.append(&mut piece.lead_units);
        self.deadlines.append(&mut piece.deadlines);
    }
}

/// The place that a document speaks for, each level by its full name (浙江省, 宁波市, 镇海区); null where not known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    pub province: Option<String>,
    pub city: Option<String>,
    pub county: Option<String>,
}

/// One input, decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Path below the folder given on the command line, `/` between parts: `2022/issue-01.txt`.
    pub name: String,
    /// Of the bytes as read, lower-case hex.
    pub sha256: String,
    /// Label of the Encoding Standard: `UTF-8`, `gb18030`, `Big5`.
    pub encoding: &'static str,
    pub format: Format,
    /// Without byte-order mark, otherwise unchanged.
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Text,
    Markdown,
    Html,
}

/// Everything read from one source. Spans are bytes of `clean`, save where a field says otherwise.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// The text of the source without blanks between Chinese characters, line ends inside paragraphs, markup and noise.
    pub clean: String,
    /// From `clean` to the source.
    pub map: OffsetMap,
    pub issue: Option<Issue>,
    pub documents: Vec<Document>,
    pub provisions: Vec<Provision>,
    pub tables: Vec<Table>,
    pub amounts: Vec<Row<Amount>>,
    pub percentages: Vec<Row<Percentage>>,
    /// `Limit` indexes lead into `amounts` and `percentages` of this record.
    pub caps: Vec<Row<Cap>>,
    pub lead_units: Vec<Row<LeadUnit>>,
    pub deadlines: Vec<Row<Deadline>>,
    pub noise: Vec<Noise>,
    pub diagnostics: Vec<Diagnostic>,
}

/// A fact at its provision.
#[derive(Debug, Clone)]
pub struct Row<M> {
    pub id: String,
    /// Id of the provision that states it.
    pub provision: String,
    pub fact: M,
}

/// The number of a gazette (期).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    pub title: String,
    pub year: Option<i16>,
    /// 第1期 → 1.
    pub number: Option<u32>,
    /// 总第455期 → 455.
    pub serial: Option<u32>,
    pub published: Option<Date>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentKind {
    Contents,
    Masthead,
    Diary,
    List,
    Regulation,
    Order,
    Notice,
    Opinion,
    Plan,
    Policy,
    Report,
    Appointment,
    Announcement,
    Other,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub id: String,
    pub title: Option<String>,
    /// Title of what a notice or an order issues.
    pub instrument: Option<String>,
    /// 征求意见稿, 对外发布版
    pub edition: Option<String>,
    pub kind: DocumentKind,
    /// 发文字号: 甬政发〔2021〕56号
    pub doc_number: Option<String>,
    pub issuer: Option<String>,
    pub signed: Option<Date>,
    /// The day on which a report was given.
    pub given: Option<Date>,
    pub effective: Option<Date>,
    pub span: Span,
}

impl Document {
    /// The day from which a date without its year is told.
    pub fn day(&self) -> Option<Date> {
        self.signed.or(self.given)
    }
}

/// How a provision is numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// 编
    Part,
    /// 章
    Chapter,
    /// 节
    Section,
    /// 条
    Article,
    /// 款
    Paragraph,
    /// 一、
    Cn,
    /// （一）
    CnParen,
    /// 1. or 1、
    Num,
    /// （1） or 1)
    NumParen,
    /// ①
    Circled,
    /// A.
    Letter,
    /// ——
    Dash,
    /// What stands before the first number.
    Preamble,
    /// What stands after the last one: 本文件自…, signature.
    Closing,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provision {
    pub id: String,
    /// Id of its document.
    pub document: String,
    /// Id of the provision it hangs below.
    pub parent: Option<String>,
    pub form: Form,
    /// Whether it is one of the numbered articles that most users query.
    pub article: bool,
    /// As written: `第八条`, `一、`, `（一）`.
    pub label: Option<String>,
    pub number: Option<u32>,
    pub heading: Option<String>,
    /// Own text, without that of its children; paragraphs joined by a line feed.
    pub text: String,
    /// The whole subtree.
    pub span: Span,
    /// Ids of the lead units stated by the provisions above.
    pub lead_units_inherited: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub id: String,
    pub document: String,
    pub provision: Option<String>,
    pub caption: Option<String>,
    pub span: Span,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    /// 万元/亩 in `规上工业亩均税收 (万元/亩)`.
    pub unit: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    pub text: String,
    /// Empty when the cell is.
    pub span: Span,
}

/// A piece of the source that belongs to no document: page furniture, web chrome, markup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noise {
    /// `page_mark`, `running_head`, `web_chrome`, `continuation`, `markup`
    pub kind: &'static str,
    /// Bytes of the **source**.
    pub span: Span,
}

/// An oddity of the document (the run goes on).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable: `duplicate_number`.
    pub code: &'static str,
    /// What was found, what was expected, what was done instead.
    pub message: String,
    /// Bytes of the **source**.
    pub span: Span,
}
