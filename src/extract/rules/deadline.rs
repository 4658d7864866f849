//! Limits in time that bind (时限): by when, within what length, from when in force, how long valid.
//!
//! Rules state points as they are written ([`Point`]); [`scan`] puts them on the calendar by the document's date.

mod context;
mod force;
mod limits;

use crate::extract::calendar::{Length, Point};
use crate::extract::passage::{Anchors, Passage};
use crate::extract::rule::{Card, Found, Grammar, Mention, Rule};
use crate::model::{Deadline, DeadlineKind};
use crate::pattern::Pattern;
use crate::span::Span;
use force::{EFFECTIVE, EFFECTIVE_EVENT, VALID_FOR_YEAR, VALID_LENGTH, VALID_PERIOD, VALID_TO, VALID_UNTIL};
use jiff::civil::Date;
use limits::{
    AFTER_ACT, AHEAD, BEFORE, BY_END, BY_YEAR, DONE_IN, DUE, EXTENDED, FIRST_DAYS, FROM_EVENT, IN_ADVANCE, LABELLED,
    LATEST, NOT_AFTER, PERIOD, UNTIL, WITHIN, WITHIN_EVENT, YEARS_FROM,
};
use std::sync::LazyLock;

/// The deadlines of a passage, in order of place. `reference` is the date of the document: it gives 6月底前 and 今年 their
/// year, and what was over by then is no deadline.
pub fn scan(passage: &Passage<'_>, reference: Option<Date>) -> Vec<Deadline> {
    static TIMES: LazyLock<Anchors> = LazyLock::new(|| Anchors::new(ANCHORS));
    if !TIMES.stand_in(passage) {
        return Vec::new();
    }
    GRAMMAR.scan(passage).into_iter().filter_map(|stated| stated.resolve(reference)).collect()
}

/// Whether a bare date below a header with this name is a day by which to act: 完成时限.
pub fn is_limit(header: &str) -> bool {
    static HEADER: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::known(
            "^(?:计划)?(?:完成|办结|整改|落实)(?:时限|时间|期限|时间节点)$|^时限(?:要求)?$|^时间(?:节点|要求)$",
        )
    });
    let header: String = header.chars().filter(|c| !c.is_whitespace()).collect();
    HEADER.is_match(&header)
}

/// The deadline of a table cell that is a bare date, below a header that [`is_limit`] knows.
pub fn bare_date(cell: &str, reference: Option<Date>) -> Option<Deadline> {
    let point = Point::read(cell.trim())?;
    let start = cell.len() - cell.trim_start().len();
    let to = point.days(reference).map(|(_, last)| last);
    let span = start..start + cell.trim().len();
    let (from, duration, trigger) = (None, None, None);
    let kind = DeadlineKind::By;
    Some(Deadline { span, kind, from, to, duration, working_days: false, trigger, rule: "deadline/column" })
}

/// The cards of the rules. Their examples show points as written, since a card has no document.
pub fn cards() -> Vec<Card> {
    GRAMMAR.cards().into_iter().chain([column_card()]).collect()
}

/// Cells are read by their column, so their rule has no pattern of its own.
fn column_card() -> Card {
    Card {
        id: "deadline/column",
        about: "A date alone in the cells of a table column headed 完成时限: a day by which to act.",
        pattern: "",
        accepts: &[("2023年6月底", "2023年6月底 by ..2023-06-30")],
        rejects: &["长期坚持"],
        run: Box::new(|cell| {
            let said = |d: &Deadline| {
                format!("{} by ..{}", &cell[d.span.clone()], d.to.map_or(String::new(), |to| to.to_string()))
            };
            bare_date(cell, None).iter().map(said).collect::<Vec<_>>().join("; ")
        }),
    }
}

/// No deadline is stated without one of these.
const ANCHORS: &[&str] = &["年", "月", "季", "日", "天", "周", "星期", "时", "分钟", "秒"];

static GRAMMAR: LazyLock<Grammar<Stated>> = LazyLock::new(|| Grammar::new(ALL));

/// What is in force comes first, since its dates look like any others; then lengths from an event, periods, single points.
const ALL: &[Rule<Stated>] = &[
    EFFECTIVE,
    EFFECTIVE_EVENT,
    VALID_PERIOD,
    VALID_UNTIL,
    VALID_TO,
    VALID_LENGTH,
    VALID_FOR_YEAR,
    YEARS_FROM,
    WITHIN_EVENT,
    FROM_EVENT,
    AFTER_ACT,
    FIRST_DAYS,
    AHEAD,
    IN_ADVANCE,
    PERIOD,
    UNTIL,
    EXTENDED,
    LABELLED,
    LATEST,
    NOT_AFTER,
    BEFORE,
    WITHIN,
    DONE_IN,
    BY_YEAR,
    DUE,
    BY_END,
];

/// A deadline as the text states it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stated {
    span: Span,
    kind: DeadlineKind,
    from: Option<Point>,
    to: Option<Point>,
    length: Option<Length>,
    trigger: Option<Span>,
    /// Whether `to` is the end of `length` counted from `from`.
    counted: bool,
    /// Whether only the document's date tells it from a report: 2023年底，….
    to_come: bool,
    rule: &'static str,
}

impl Stated {
    fn new(found: &Found<'_>, kind: DeadlineKind) -> Self {
        Self {
            span: found.span(),
            kind,
            from: None,
            to: None,
            length: None,
            trigger: None,
            counted: false,
            to_come: false,
            rule: found.rule,
        }
    }

    fn one(self) -> Option<Vec<Self>> {
        Some(vec![self])
    }

    fn resolve(self, reference: Option<Date>) -> Option<Deadline> {
        let from = self.from.and_then(|point| point.days(reference)).map(|(first, _)| first);
        let mut to = self.to.and_then(|point| point.days(reference)).map(|(_, last)| last);
        if self.counted {
            to = from.zip(self.length).and_then(|(first, length)| length.last_day(first));
        }
        // What lies in an earlier year than the document is told, not set. In its own year the two can't be told apart: a
        // plan of May may still list what was due in March.
        let told = matches!(self.kind, DeadlineKind::By | DeadlineKind::Period);
        if told && reference.zip(to).is_some_and(|(signed, last)| last.year() < signed.year()) {
            return None;
        }
        if self.to_come && reference.zip(to).is_none_or(|(signed, last)| last < signed) {
            return None;
        }
        if from.zip(to).is_some_and(|(first, last)| last < first) {
            return None;
        }
        Some(Deadline {
            span: self.span,
            kind: self.kind,
            from,
            to,
            duration: self.length.map(Length::iso),
            working_days: self.length.is_some_and(Length::in_working_days),
            trigger: self.trigger,
            rule: self.rule,
        })
    }
}

impl Mention for Stated {
    fn span(&self) -> &Span {
        &self.span
    }

    fn describe(&self, passage: &str) -> String {
        let kind = crate::names::deadline_kind(self.kind);
        let written = |point: Option<Point>, last: bool| point.map_or(String::new(), |p| p.written(last));
        let from = written(self.from, false);
        let mut to = written(self.to, true);
        if self.counted {
            let days = self.from.and_then(|point| point.days(None)).zip(self.length);
            to = days
                .and_then(|((first, _), length)| length.last_day(first))
                .map_or("?".to_owned(), |day| day.to_string());
        }
        let mut out = format!("{} {kind}", &passage[self.span.clone()]);
        if !(from.is_empty() && to.is_empty()) {
            out += &format!(" {from}..{to}");
        }
        if let Some(length) = self.length {
            out += &format!(" {}{}", length.iso(), if length.in_working_days() { " working" } else { "" });
        }
        if self.to_come {
            out += " if to come";
        }
        if let Some(trigger) = &self.trigger {
            out += &format!(" trigger {}", &passage[trigger.clone()]);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn check(passage: &str, reference: Option<Date>, expected: &str) {
        let day = |day: Option<Date>| day.map_or("null".to_owned(), |day| day.to_string());
        let said = |d: Deadline| format!("{} {}..{}", &passage[d.span.clone()], day(d.from), day(d.to));
        let all: Vec<String> = scan(&Passage::new(passage), reference).into_iter().map(said).collect();
        assert_eq!(all.join("; "), expected, "{passage}");
    }

    #[test]
    fn the_document_gives_the_year_and_says_what_is_over() {
        let signed = Some(date(2023, 3, 18));
        check("6月底前发布", signed, "6月底前 null..2023-06-30");
        check("6月底前发布", None, "6月底前 null..null");
        check("到2022年，建成一批", signed, "");
        check("到2022年，建成一批", None, "到2022年 null..2022-12-31");
        check("2023年底，可办率达到70%", signed, "2023年底 null..2023-12-31");
        check("2023年底，可办率达到70%", None, "");
        check("2026年底前迁入的按每月30元补助", Some(date(2026, 5, 4)), "2026年底前 null..2026-12-31");
        check("2026年6月底前迁入的按每月30元补助", Some(date(2026, 9, 1)), "");
        check("2020年底前建成的房屋", None, "");
    }

    #[test]
    fn an_earlier_rule_keeps_what_it_took() {
        check("最迟在2025年12月31日前完成", None, "最迟在2025年12月31日前 null..2025-12-31");
        check(
            "自2023年2月1日起施行，有效期至2024年1月31日。",
            None,
            "自2023年2月1日起施行 2023-02-01..null; 有效期至2024年1月31日 null..2024-01-31",
        );
    }

    #[test]
    fn a_bare_date_in_a_column_of_limits_is_one() {
        assert!(is_limit("完成 时限") && !is_limit("年份"));
        assert_eq!(bare_date("2023年12月", None).map(|d| d.to), Some(Some(date(2023, 12, 31))));
        assert_eq!(bare_date("长期坚持", None), None);
    }

    #[test]
    fn nonsense_is_answered() {
        for passage in
            ["自9999年12月31日起100年内", "前", "２０２３年２月３０日前", "自之日起内", "年底前年底前", "《自2020年"]
        {
            scan(&Passage::new(passage), Some(date(9999, 12, 31)));
        }
    }
}
