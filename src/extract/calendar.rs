//! Points and lengths of time as official prose writes them, put on the calendar.
//!
//! ```text
//! point  = year [part] | part | 年底
//! year   = 2025年 | 二〇二五年 | 2025年度 | 今年 | 本年度 | 明年 | 次年 | 每年
//! part   = 6月 [30日 | 上旬 | 底] | 上半年 | 第一季度 | 底
//! length = number 年 | 个月 | 周 | 日 | 天 | 工作日 | 小时 | 分钟 | 秒
//! ```
//!
//! | text | days |
//! | --- | --- |
//! | 2025年 | 2025-01-01 to 2025-12-31 |
//! | 2023年6月底 | 2023-06-01 to 2023-06-30 |
//! | 6月底, document of 2023-03-18 | 2023-06-01 to 2023-06-30 |
//! | 次年年底 | not known |
//!
//! A year or month is as long as the calendar says; what does not exist (2月30日) is not read. Durations are written as
//! ISO 8601 asks: `P5D`, `P6M`, `PT24H`.

use super::fragments;
use crate::numeral;
use crate::pattern::Pattern;
use jiff::ToSpan as _;
use jiff::civil::Date;
use std::sync::LazyLock;

/// Which year a point lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Year {
    Known(i16),
    /// 今年, 本年度: the year of the document.
    Document,
    /// 明年: the year after that of the document.
    Next,
    /// No year is written: the year of the document, if the day is still to come then.
    Implied,
    /// 次年, 当年, 每年: hangs on something else than the document.
    Open,
}

/// Which part of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Whole,
    /// 1 is 上半年.
    Half(i8),
    Quarter(i8),
    Month(i8),
    /// Month, and 1 for 上旬, 2 for 中旬, 3 for 下旬.
    Third(i8, i8),
    /// Month and day.
    Day(i8, i8),
    /// A day of no month that is known: 每月25日.
    Open,
}

/// A point in time as written, not yet resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    pub year: Year,
    pub part: Part,
}

static POINT: LazyLock<Pattern> = LazyLock::new(|| {
    let pattern = r"(?x)^
        (?:(?<year>${year})年度?|(?<word>今年|本年度?|明年|次年|翌年|当年|下一?年度?|每年))?的?
        (?:第?(?<quarter>[一二三四1-4])季度
          |(?<half>[上下])半年
          |(?<end>年?[底末终])
          |(?:(?<month>${any_month})月份?)?(?:(?<day>${any_day})[日号]|(?<third>[上中下])旬|(?<close>[底末]))?
        )?[底末]?$";
    fragments::compile(pattern)
});

static RECURRING: LazyLock<Pattern> = LazyLock::new(|| fragments::compile("^${recurring}$"));

impl Point {
    /// Reads the whole of `text`; `None` when it is no point of the calendar.
    pub fn read(text: &str) -> Option<Self> {
        if RECURRING.is_match(text) {
            return Some(Self { year: Year::Open, part: Part::Open });
        }
        let found = POINT.captures(text)?;
        let group = |name| found.text(name);
        let number = |name| group(name).map(|t| numeral::ordinal(t).and_then(|n| i8::try_from(n).ok()));
        let year = match (group("year"), group("word")) {
            (Some(digits), _) => Year::Known(read_year(digits)?),
            (_, Some("今年" | "本年" | "本年度")) => Year::Document,
            (_, Some("明年")) => Year::Next,
            (_, Some(_)) => Year::Open,
            _ => Year::Implied,
        };
        let part = if let Some(quarter) = number("quarter") {
            Part::Quarter(quarter?)
        } else if let Some(half) = group("half") {
            Part::Half(if half == "上" { 1 } else { 2 })
        } else {
            match (number("month"), number("day"), group("third")) {
                (Some(month), Some(day), _) => Part::Day(month?, day?),
                (Some(month), None, Some(third)) => Part::Third(month?, third_number(third)),
                (Some(month), None, None) => Part::Month(month?),
                (None, Some(_), _) | (None, None, Some(_)) => Part::Open,
                (None, None, None) if year == Year::Implied && group("end").is_none() => return None,
                (None, None, None) => Part::Whole,
            }
        };
        let point = Self { year, part };
        // A leap year stands in for a year that is not known.
        let some_year = if let Year::Known(year) = year { year } else { 2000 };
        (part == Part::Open || days(some_year, part).is_some()).then_some(point)
    }

    /// Reads the later end of a period, which leaves out what it shares with the earlier one: 2023年6月25日至7月24日, 5日至16日.
    pub fn read_after(text: &str, first: Self) -> Option<Self> {
        let mut point = Self::read(text)?;
        if point.year == Year::Implied {
            point.year = first.year;
            if let (Part::Open, Part::Day(month, _)) = (point.part, first.part) {
                let found = POINT.captures(text)?;
                let day = numeral::ordinal(found.text("day")?)?;
                point.part = Part::Day(month, i8::try_from(day).ok()?);
            }
        }
        let some_year = if let Year::Known(year) = point.year { year } else { 2000 };
        (point.part == Part::Open || days(some_year, point.part).is_some()).then_some(point)
    }

    /// First and last day; `None` when the year is not certain. `reference` is the date of the document.
    pub fn days(self, reference: Option<Date>) -> Option<(Date, Date)> {
        let year = match self.year {
            Year::Known(year) => year,
            Year::Document | Year::Implied => reference?.year(),
            Year::Next => reference?.year().checked_add(1)?,
            Year::Open => return None,
        };
        let (first, last) = days(year, self.part)?;
        let gone = self.year == Year::Implied && reference.is_some_and(|day| last < day);
        (!gone).then_some((first, last))
    }
}

impl Point {
    /// The first or last day with `?` for what only the document or an event tells: `?-06-30`, `?`.
    pub fn written(self, last: bool) -> String {
        let pick = |(first, end): (Date, Date)| if last { end } else { first };
        match self.year {
            Year::Known(year) => days(year, self.part).map_or("?".to_owned(), |d| pick(d).to_string()),
            Year::Open => "?".to_owned(),
            // A year without a leap day, so that 2月底 reads 02-28.
            _ => days(2001, self.part).map_or("?".to_owned(), |d| format!("?-{}", pick(d).strftime("%m-%d"))),
        }
    }
}

fn days(year: i16, part: Part) -> Option<(Date, Date)> {
    let month = |first: i8, last: i8| {
        let last = Date::new(year, last, 1).ok()?.last_of_month();
        Some((Date::new(year, first, 1).ok()?, last))
    };
    match part {
        Part::Whole => month(1, 12),
        Part::Half(half) => month(half * 6 - 5, half * 6),
        Part::Quarter(quarter) => month(quarter * 3 - 2, quarter * 3),
        Part::Month(m) => month(m, m),
        Part::Third(m, 1) => Some((Date::new(year, m, 1).ok()?, Date::new(year, m, 10).ok()?)),
        Part::Third(m, 2) => Some((Date::new(year, m, 11).ok()?, Date::new(year, m, 20).ok()?)),
        Part::Third(m, _) => {
            let first = Date::new(year, m, 21).ok()?;
            Some((first, first.last_of_month()))
        }
        Part::Day(m, d) => Date::new(year, m, d).ok().map(|day| (day, day)),
        Part::Open => None,
    }
}

fn third_number(word: &str) -> i8 {
    match word {
        "上" => 1,
        "中" => 2,
        _ => 3,
    }
}

/// A year is read digit by digit: 二〇二五.
fn read_year(digits: &str) -> Option<i16> {
    digits.chars().try_fold(0_i16, |year, digit| {
        let digit = match digit {
            '○' => 0,
            _ => numeral::ordinal(digit.encode_utf8(&mut [0; 4]))?,
        };
        year.checked_mul(10)?.checked_add(i16::try_from(digit).ok()?)
    })
}

/// What a length is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Years,
    Months,
    Weeks,
    Days,
    WorkingDays,
    Hours,
    Minutes,
    Seconds,
}

/// A length of time: 5个工作日, 三年, 半年.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    count: u32,
    unit: Unit,
}

impl Length {
    /// `count` is a number (半 is read with 年 and 个月), `unit` the words after it: 个工作日, 年. More than 100 years are a date.
    pub fn read(count: &str, unit: &str) -> Option<Self> {
        let unit = match unit.trim_start_matches('个') {
            "年" | "周年" | "年度" => Unit::Years,
            "月" => Unit::Months,
            "周" | "星期" => Unit::Weeks,
            "日" | "天" | "自然日" | "日历日" => Unit::Days,
            "工作日" | "工作天" => Unit::WorkingDays,
            "小时" => Unit::Hours,
            "分钟" => Unit::Minutes,
            "秒" | "秒钟" => Unit::Seconds,
            _ => return None,
        };
        if count == "半" {
            return match unit {
                Unit::Years => Some(Self { count: 6, unit: Unit::Months }),
                Unit::Months => Some(Self { count: 15, unit: Unit::Days }),
                _ => None,
            };
        }
        let count = numeral::ordinal(count)?;
        (count > 0 && count < 10_000 && (unit != Unit::Years || count <= 100)).then_some(Self { count, unit })
    }

    /// ISO 8601.
    pub fn iso(self) -> String {
        let n = self.count;
        match self.unit {
            Unit::Years => format!("P{n}Y"),
            Unit::Months => format!("P{n}M"),
            Unit::Weeks => format!("P{n}W"),
            Unit::Days | Unit::WorkingDays => format!("P{n}D"),
            Unit::Hours => format!("PT{n}H"),
            Unit::Minutes => format!("PT{n}M"),
            Unit::Seconds => format!("PT{n}S"),
        }
    }

    pub fn in_working_days(self) -> bool {
        self.unit == Unit::WorkingDays
    }

    /// The last day of a length whose first day is `first`. `None` for working days, which hang on the holidays of the year.
    pub fn last_day(self, first: Date) -> Option<Date> {
        let count = i64::from(self.count);
        let span = match self.unit {
            Unit::Years => count.years(),
            Unit::Months => count.months(),
            Unit::Weeks => count.weeks(),
            Unit::Days => count.days(),
            Unit::WorkingDays | Unit::Hours | Unit::Minutes | Unit::Seconds => return None,
        };
        first.checked_add(span).ok()?.yesterday().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn check(text: &str, reference: Option<Date>, expected: &str) {
        let said = match Point::read(text) {
            None => "no point".to_owned(),
            Some(point) => match point.days(reference) {
                None => "open".to_owned(),
                Some((first, last)) => format!("{first}..{last}"),
            },
        };
        assert_eq!(said, expected, "{text}");
    }

    #[test]
    fn a_point_is_as_long_as_its_smallest_part() {
        check("2025年", None, "2025-01-01..2025-12-31");
        check("2023年年底", None, "2023-01-01..2023-12-31");
        check("2024年2月底", None, "2024-02-01..2024-02-29");
        check("二〇二三年六月三十日", None, "2023-06-30..2023-06-30");
        check("２００７年１月１日", None, "2007-01-01..2007-01-01");
        check("2023年上半年", None, "2023-01-01..2023-06-30");
        check("2023年第三季度", None, "2023-07-01..2023-09-30");
        check("2023年2月下旬", None, "2023-02-21..2023-02-28");
    }

    #[test]
    fn the_document_gives_a_missing_year_only_where_that_is_certain() {
        let spring = Some(date(2023, 3, 18));
        check("6月底", spring, "2023-06-01..2023-06-30");
        check("年底", spring, "2023-01-01..2023-12-31");
        check("明年", spring, "2024-01-01..2024-12-31");
        check("1月底", spring, "open");
        check("6月底", None, "open");
        check("次年年底", spring, "open");
        check("每月25日", spring, "open");
        check("每季度第一个月10日", spring, "open");
        check("次月底", spring, "open");
    }

    #[test]
    fn days_that_do_not_exist_are_not_read() {
        check("2023年2月29日", None, "no point");
        check("2月30日", None, "no point");
        check("", None, "no point");
    }

    #[test]
    fn the_later_end_of_a_period_borrows_from_the_earlier() {
        let first = Point::read("2023年6月25日").unwrap();
        let last = |text| Point::read_after(text, first).unwrap().days(None).unwrap().1;
        assert_eq!(last("7月24日"), date(2023, 7, 24));
        assert_eq!(last("30日"), date(2023, 6, 30));
        assert_eq!(last("2024年1月1日"), date(2024, 1, 1));
        assert_eq!(Point::read_after("31日", first), None);
    }

    #[test]
    fn lengths_are_written_as_iso_asks() {
        let iso = |count, unit| Length::read(count, unit).map(Length::iso);
        assert_eq!(iso("五", "个工作日").as_deref(), Some("P5D"));
        assert_eq!(iso("6", "个月").as_deref(), Some("P6M"));
        assert_eq!(iso("半", "年").as_deref(), Some("P6M"));
        assert_eq!(iso("五", "个年度").as_deref(), Some("P5Y"));
        assert_eq!(iso("24", "小时").as_deref(), Some("PT24H"));
        assert_eq!(iso("2023", "年"), None);
        let three_years = Length::read("3", "年").unwrap();
        assert_eq!(three_years.last_day(date(2024, 1, 1)), Some(date(2026, 12, 31)));
    }
}
