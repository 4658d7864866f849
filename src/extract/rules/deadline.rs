//! Limits in time that bind (时限): by when, within what length, from when in force, how long valid.
//!
//! Rules state points as they are written ([`Point`]); [`scan`] puts them on the calendar by the document's date.

use crate::extract::calendar::{Length, Point, Year};
use crate::extract::rule::{Card, Found, Grammar, Mention, Rule};
use crate::model::{Deadline, DeadlineKind};
use crate::span::Span;
use jiff::civil::Date;
use regex::Regex;
use std::sync::LazyLock;

/// The deadlines of a passage, in order of place. `reference` is the date of the document: it gives 6月底前 and 今年 their
/// year, and what was over by then is no deadline.
pub fn scan(passage: &str, reference: Option<Date>) -> Vec<Deadline> {
    if !ANCHORS.iter().any(|word| passage.contains(word)) {
        return Vec::new();
    }
    GRAMMAR.scan(passage).into_iter().filter_map(|stated| stated.resolve(reference)).collect()
}

/// The cards of the rules. Their examples show points as written, since a card has no document.
pub fn cards() -> Vec<Card> {
    GRAMMAR.cards()
}

/// No deadline is stated without one of these.
const ANCHORS: &[&str] = &["年", "月", "日", "天", "周", "星期", "时", "分钟"];

static GRAMMAR: LazyLock<Grammar<Stated>> = LazyLock::new(|| Grammar::new(ALL));

/// What is in force comes first, since its dates look like any others; then lengths from an event, periods, single points.
const ALL: &[Rule<Stated>] = &[
    EFFECTIVE,
    EFFECTIVE_EVENT,
    VALID_PERIOD,
    VALID_UNTIL,
    VALID_LENGTH,
    VALID_FOR_YEAR,
    YEARS_FROM,
    WITHIN_EVENT,
    PERIOD,
    EXTENDED,
    LABELLED,
    LATEST,
    BEFORE,
    WITHIN,
    BY_YEAR,
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
        // A day before the document was signed is told, not set.
        let told = matches!(self.kind, DeadlineKind::By | DeadlineKind::Period);
        if self.to_come && reference.zip(to).is_none_or(|(signed, last)| last < signed) {
            return None;
        }
        if told && reference.zip(to).is_some_and(|(signed, last)| last < signed) {
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

const EFFECTIVE: Rule<Stated> = Rule {
    id: "deadline/effective",
    about: "The day from which a text is in force: 自2022年3月1日起施行.",
    pattern: r"(?:自|从|于|在)?(?<from>${year}年${month_part})(?:零时|0时)?(?:起|开始)?[，,]?(?:正式|开始)*(?:施行|实施|执行|试行|生效)",
    read: |found| {
        if past_or_quoted(found) || continues(found, &["的", "以来", "前", "后", "至", "到", "以前", "之前", "，至"])
        {
            return None;
        }
        // 从2019年1月1日起，实施三年行动计划: what is carried out is no text that comes into force.
        let object = !found.after().is_empty() && found.after().starts_with(|c: char| c.is_alphanumeric() || c == '“');
        if object && !found.passage[found.span()].ends_with(['行', '效']) {
            return None;
        }
        let from = Some(Point::read(found.text("from")?)?);
        Stated { from, ..Stated::new(found, DeadlineKind::Effective) }.one()
    },
    accepts: &[
        ("本规定自2022年3月1日起施行。", "自2022年3月1日起施行 effective 2022-03-01.."),
        ("现予公布，自２００７年１月１日起施行。", "自２００７年１月１日起施行 effective 2007-01-01.."),
        ("本办法于2024年2月1日正式实施", "于2024年2月1日正式实施 effective 2024-02-01.."),
    ],
    rejects: &[
        "该条例已于2020年1月1日起施行",
        "自2019年1月1日起施行以来成效明显",
        "《关于自2020年1月1日起施行新标准的通知》",
        "自2021年2月30日起施行",
        "从2019年1月1日起，实施三年行动计划",
    ],
};

const EFFECTIVE_EVENT: Rule<Stated> = Rule {
    id: "deadline/effective_event",
    about: "An event from which a text is in force: 自发布之日起施行, 自公布之日起30日后施行.",
    pattern: r"(?:自|从)(?<event>[^，。；：自]{2,20}?(?:之日|之时|当日))起?(?:(?:满)?(?<count>${count})(?<unit>${time_unit})(?:之?后|以后))?[，,]?(?:正式|开始)?(?:施行|实施|执行|试行|生效)",
    read: |found| {
        if past_or_quoted(found) || continues(found, &["的", "以来", "前", "后", "至", "到"]) {
            return None;
        }
        let length = match (found.text("count"), found.text("unit")) {
            (Some(count), Some(unit)) => Some(Length::read(count, unit)?),
            _ => None,
        };
        Stated { trigger: found.group("event"), length, ..Stated::new(found, DeadlineKind::Effective) }.one()
    },
    accepts: &[
        ("本办法自发布之日起施行。", "自发布之日起施行 effective trigger 发布之日"),
        ("自公布之日起三十日后施行。", "自公布之日起三十日后施行 effective P30D trigger 公布之日"),
    ],
    rejects: &["本办法施行之日起30日内", "自发布之日起施行以来", "自受理之日起10日内"],
};

const VALID_PERIOD: Rule<Stated> = Rule {
    id: "deadline/valid_period",
    about: "The first and last day of a measure: 执行期限为2019年1月1日至2023年12月31日.",
    pattern: r"(?:政策|措施)?(?:有效|执行|实施|试行|试用|政策)(?:期限?|时间)(?:暂定)?(?:为|是|：)?(?:自|从)?(?<from>${point})起?(?:-|—+|－|至|到|~|～)(?<to>${point}|${any_day}日)(?:止|底)?",
    read: |found| {
        let (from, to) = ends(found)?;
        Stated { from: Some(from), to: Some(to), ..Stated::new(found, DeadlineKind::Valid) }.one()
    },
    accepts: &[(
        "执行期限为2019年1月1日至2023年12月31日。",
        "执行期限为2019年1月1日至2023年12月31日 valid 2019-01-01..2023-12-31",
    )],
    rejects: &["有效期至2025年12月31日", "2019年1月1日至2023年12月31日"],
};

const VALID_UNTIL: Rule<Stated> = Rule {
    id: "deadline/valid_until",
    about: "The last day of a measure or a paper: 有效期至2025年12月31日, 延续执行至2027年底.",
    pattern: r"(?:政策|措施)?(?:(?:有效|执行|实施|试行|试用)(?:期限?|时间)(?:暂定)?(?:为|是|：)?(?:截至|截止到?|截止至|延长至|延长到|延续至|延续到|顺延至|至|到)|(?:有效|执行|实施|施行|试行)(?:至|到))(?<to>${point})(?:止|底|为止)?",
    read: |found| {
        if past_or_quoted(found) || continues(found, &["前"]) {
            return None;
        }
        let to = Some(Point::read(found.text("to")?)?);
        Stated { to, ..Stated::new(found, DeadlineKind::Valid) }.one()
    },
    accepts: &[
        ("有效期至2025年12月31日。", "有效期至2025年12月31日 valid ..2025-12-31"),
        ("政策实施期限截至2023年12月31日", "政策实施期限截至2023年12月31日 valid ..2023-12-31"),
        ("优惠政策延续执行至2027年底。", "执行至2027年底 valid ..2027-12-31"),
    ],
    rejects: &["有效期届满前", "最长可延至2023年6月30日", "有效期5年"],
};

const VALID_LENGTH: Rule<Stated> = Rule {
    id: "deadline/valid_length",
    about: "How long a text or a paper is valid: 有效期5年, 试用期一年, 三年有效期.",
    pattern: r"(?:有效|执行|实施|试行|试用)(?:期限?|时间)(?:暂定|确定|设定)?(?:为|是|：)?(?:暂定)?(?<count>${count})(?<unit>${time_unit})|暂?定?(?<count2>${count})(?<unit2>${time_unit})(?:的)?有效期|(?:试行|有效)(?<count3>${count})(?<unit3>年|个月)",
    read: |found| {
        let group = |a, b, c| found.text(a).or(found.text(b)).or(found.text(c));
        let length = Length::read(group("count", "count2", "count3")?, group("unit", "unit2", "unit3")?)?;
        if past_or_quoted(found) || continues(found, &["以上", "以下", "以内", "后", "内", "届满", "前", "或"])
        {
            return None;
        }
        Stated { length: Some(length), ..Stated::new(found, DeadlineKind::Valid) }.one()
    },
    accepts: &[
        ("本办法自印发之日起施行，有效期5年。", "有效期5年 valid P5Y"),
        ("预命名有效期6个月", "有效期6个月 valid P6M"),
        ("试用期一年", "试用期一年 valid P1Y"),
        ("自发布之日起施行，暂定三年有效期。", "暂定三年有效期 valid P3Y"),
    ],
    rejects: &["有效期届满", "有效期3年以上的证书", "有效期2025年"],
};

const VALID_FOR_YEAR: Rule<Stated> = Rule {
    id: "deadline/valid_for_year",
    about: "A measure that holds for a whole year: 均为2024年全年实施有效.",
    pattern: r"(?:均为|均在|为|在)?(?<year>${year}年度?)(?:全年|全年度|年内|内)?(?:实施|执行)?有效",
    read: |found| {
        let year = Some(Point::read(found.text("year")?)?);
        if continues(found, &["期", "证", "的"]) {
            return None;
        }
        Stated { from: year, to: year, ..Stated::new(found, DeadlineKind::Valid) }.one()
    },
    accepts: &[("各项政策均为2024年全年实施有效。", "均为2024年全年实施有效 valid 2024-01-01..2024-12-31")],
    rejects: &["2024年有效期内", "2024年全年实施"],
};

const YEARS_FROM: Rule<Stated> = Rule {
    id: "deadline/years_from",
    about: "A length from a date: 自2024年起3年内.",
    pattern: r"(?:自|从)(?<from>${year}年(?:${month_part})?)(?:开始|起)[，,]?(?:连续)?(?:的)?(?<count>${count})(?<unit>${time_unit})(?:之?内|以内|期间)?",
    read: |found| {
        if past_or_quoted(found) {
            return None;
        }
        let (from, length) = (Point::read(found.text("from")?)?, length(found)?);
        Stated { from: Some(from), length: Some(length), counted: true, ..Stated::new(found, DeadlineKind::Period) }
            .one()
    },
    accepts: &[
        ("自2024年起3年内新增贷款", "自2024年起3年内 period 2024-01-01..2026-12-31 P3Y"),
        ("自2023年7月1日起六个月内", "自2023年7月1日起六个月内 period 2023-07-01..2023-12-31 P6M"),
    ],
    rejects: &["自印发之日起3年内", "2024年起实施"],
};

const WITHIN_EVENT: Rule<Stated> = Rule {
    id: "deadline/within_event",
    about: "A length that runs from an event: 自受理之日起五个工作日内, 收到材料后10日内.",
    pattern: r"(?:起(?:的|算)?|之?后|以后|次日起|之时起)(?:的)?(?:[，,])?(?:(?:，|,)?(?:在|于|应当在|应在))?(?:${count}(?:-|—|－|至|到))?(?<count>${count})(?<unit>${time_unit})(?:之|以)?内",
    read: |found| {
        let length = length(found)?;
        if is_condition(found) {
            return None;
        }
        let (start, trigger) = event_before(found)?;
        let span = start..found.span().end;
        Stated { span, length: Some(length), trigger: Some(trigger), ..Stated::new(found, DeadlineKind::Within) }.one()
    },
    accepts: &[
        (
            "应当自收到申请之日起五个工作日内核对完毕",
            "自收到申请之日起五个工作日内 within P5D working trigger 收到申请之日",
        ),
        ("应当自发现之日起三日以内通知", "自发现之日起三日以内 within P3D trigger 发现之日"),
        ("会议结束后三日内公示", "会议结束后三日内 within P3D trigger 会议结束"),
        ("在收到材料后的10个工作日内作出决定", "在收到材料后的10个工作日内 within P10D working trigger 收到材料"),
    ],
    rejects: &["近5年内", "3个工作日内", "刑满释放后五年内又犯罪的", "自检查之日起1个月内未纠正的，"],
};

const PERIOD: Rule<Stated> = Rule {
    id: "deadline/period",
    about: "From a day or month to another: 2024年2月7日至2024年2月23日. Years alone (2021—2025年) are titles and reports.",
    pattern: r"(?:自|从|于|在)?(?<from>(?:${year_word})?${month_part})起?(?:-|—+|－|–|至|到|~|～)(?<to>${point}|${any_day}[日号])(?:止|期间|之间)?",
    read: |found| {
        let before = found.before();
        if past_or_quoted(found) || ["出生", "发生"].iter().any(|word| before.ends_with(word)) {
            return None;
        }
        // A span of months in a figure of a report: 1月至11月，全市…增长.
        if !found.passage[found.span()].contains(['日', '号', '年']) {
            return None;
        }
        if continues(
            found,
            &["期间已", "已", "召开", "举行", "举办", "出生", "建成", "发生的", "印发", "制定", "发布", "的通知"],
        ) {
            return None;
        }
        let (from, to) = ends(found)?;
        // Days without a year are mostly told (3月19日至20日，…亲临); what they are set for must be said.
        let clause = before.rsplit(['。', '；', '，']).next().unwrap_or_default();
        let set = ["公示", "报名", "申报", "受理", "时间", "期", "每年", "征", "集中"]
            .iter()
            .any(|word| clause.contains(word));
        if from.year == Year::Implied && !set {
            return None;
        }
        Stated { from: Some(from), to: Some(to), ..Stated::new(found, DeadlineKind::Period) }.one()
    },
    accepts: &[
        ("公示时间为2024年2月7日至2024年2月23日。", "2024年2月7日至2024年2月23日 period 2024-02-07..2024-02-23"),
        ("2023年6月25日至7月24日", "2023年6月25日至7月24日 period 2023-06-25..2023-07-24"),
        ("报名时间：12月5日—16日", "12月5日—16日 period ?-12-05..?-12-16"),
    ],
    rejects: &[
        "3月19日至20日，代表团到访",
        "于2021年1月7日至11日召开",
        "行动方案（2021—2025年）",
        "2021年至2023年",
        "1983年12月10日至1992年8月13日建成的房屋",
        "2023年13月1日至5日",
    ],
};

const EXTENDED: Rule<Stated> = Rule {
    id: "deadline/extended",
    about: "The day to which a limit is put off: 最长可延至2023年6月30日.",
    pattern: r"(?:最长|最迟|最晚)?(?:可以|可)?(?:延期至|延长至|延长到|顺延至|顺延到|推迟至|推迟到|延后至|宽限至|展期至|延至|缓缴至|延缓至)(?<to>${point})(?:止)?",
    read: |found| {
        if past_or_quoted(found) {
            return None;
        }
        let to = Some(Point::read(found.text("to")?)?);
        Stated { to, ..Stated::new(found, DeadlineKind::By) }.one()
    },
    accepts: &[("还本付息最长可延至2023年6月30日", "最长可延至2023年6月30日 by ..2023-06-30")],
    rejects: &["延长至三年", "有效期至2023年6月30日"],
};

const LABELLED: Rule<Stated> = Rule {
    id: "deadline/labelled",
    about: "A date after a label: 完成时限：2023年12月, 截止日期为2024年3月1日.",
    pattern: r"(?:(?:完成|办结|整改|落实|办理|申报|报名|提交|反馈|征求意见)(?:的)?(?:时限|时间|期限|截止时间|截止日期)|截止(?:时间|日期|日)|时限要求|时间要求|时间节点)(?:为|是)?[:：]?(?:(?:最迟)?(?:截至|截止到|至|到))?(?<to>${point})(?:止|前|以前|之前)?",
    read: |found| {
        if continues(found, &["至", "-", "—", "到"]) {
            return None;
        }
        let to = Some(Point::read(found.text("to")?)?);
        Stated { to, ..Stated::new(found, DeadlineKind::By) }.one()
    },
    accepts: &[
        ("完成时限：2023年12月", "完成时限：2023年12月 by ..2023-12-31"),
        ("申报截止日期为2024年3月1日。", "申报截止日期为2024年3月1日 by ..2024-03-01"),
    ],
    rejects: &["完成时限：长期坚持", "完成时限：3个工作日"],
};

const LATEST: Rule<Stated> = Rule {
    id: "deadline/latest",
    about: "A last day: 最迟在次年年底, 不迟于2024年6月30日.",
    pattern: r"(?:最迟|最晚|不迟于|不晚于|不得迟于|不得晚于)(?:应当|应|须|可)?(?:在|于|不超过|至)?(?<to>${point})(?:之前|以前|前)?",
    read: |found| {
        let to = Some(Point::read(found.text("to")?)?);
        Stated { to, ..Stated::new(found, DeadlineKind::By) }.one()
    },
    accepts: &[
        ("允许最迟在次年年底完成任务", "最迟在次年年底 by ..?"),
        ("不迟于2024年6月30日完成", "不迟于2024年6月30日 by ..2024-06-30"),
    ],
    rejects: &["最迟在三日内", "2024年6月30日"],
};

const BEFORE: Rule<Stated> = Rule {
    id: "deadline/before",
    about: "Before a point: 2022年底前, 6月30日前; a list shares the word (6月20日、12月10日前).",
    pattern: r"(?:于|在|到|至)?(?<points>${point}(?:(?:、|和|及|，)(?:${year_word})?${month_part})*)(?:[（(]含[^）)]{0,4}[）)])?(?:之前|以前|前)",
    read: |found| {
        // 今年前三个季度 counts from the start of the year.
        if past_or_quoted(found)
            || is_told(found)
            || found.after().starts_with(|c: char| c.is_numeric() || "一二三四五六七八九十两".contains(c))
        {
            return None;
        }
        let points = found.group("points")?;
        let mut stated = Vec::new();
        let (mut start, mut earlier) = (points.start, None);
        for piece in found.passage[points.clone()].split(['、', '和', '及', '，']) {
            let point = match earlier {
                Some(first) => Point::read_after(piece, first)?,
                None => Point::read(piece)?,
            };
            let end = start + piece.len();
            let last = end == points.end;
            let span =
                if earlier.is_none() { found.span().start } else { start }..if last { found.span().end } else { end };
            stated.push(Stated { span, to: Some(point), ..Stated::new(found, DeadlineKind::By) });
            earlier = Some(point);
            start = end + found.passage[end..].chars().next().map_or(0, char::len_utf8);
        }
        Some(stated)
    },
    accepts: &[
        ("2022年底前完成整改", "2022年底前 by ..2022-12-31"),
        ("12月底前发布", "12月底前 by ..?-12-31"),
        ("每年12月底前报告", "每年12月底前 by ..?"),
        ("请于6月20日、12月10日前报送", "于6月20日 by ..?-06-20; 12月10日前 by ..?-12-10"),
        ("2024年6月30日（含）前", "2024年6月30日（含）前 by ..2024-06-30"),
    ],
    rejects: &[
        "1965年1月1日以前出生",
        "2月30日前",
        "合同期满3个月前提出",
        "今年前三季度",
        "五年前",
        "2020年底前建成的房屋",
    ],
};

const WITHIN: Rule<Stated> = Rule {
    id: "deadline/within",
    about: "A length within which to act: 7个工作日内, 30日内; not what someone did in a length (近5年内).",
    pattern: r"(?:在|于)?(?:${count}(?:-|—|－|至|到))?(?<count>${count})(?<unit>${time_unit})(?:(?:之)?内|(?<most>以内))",
    read: |found| {
        let length = length(found)?;
        // Without 在, 以内 states a cap: 办理时限15个工作日以内.
        let capped = found.text("most").is_some() && !found.passage[found.span()].starts_with(['在', '于']);
        if capped || is_condition(found) || past_or_quoted(found) {
            return None;
        }
        Stated { length: Some(length), ..Stated::new(found, DeadlineKind::Within) }.one()
    },
    accepts: &[
        ("申请的，7个工作日内予以核准", "7个工作日内 within P7D working"),
        ("3至5日内答复", "3至5日内 within P5D"),
        ("三年内不得再次申请", "三年内 within P3Y"),
    ],
    rejects: &[
        "离校2年内未就业的毕业生",
        "未在3日内报告的",
        "时间压缩至4小时内",
        "近5年内无违法记录",
        "一年内两次以上违法的",
        "2023年内",
        "压缩至5个工作日以内",
        "12个月内累计三次",
    ],
};

const BY_YEAR: Rule<Stated> = Rule {
    id: "deadline/by_year",
    about: "A target year or day: 到2025年, 到2023年底, 力争到2030年; not a level reached then (增加到2010年的306亿元).",
    pattern: r"(?:到|至)(?<to>(?:${year}年|今年|明年)(?:年?[底末]|第?[一二三四]季度|[上下]半年|${month_part})?)(?:左右)?",
    read: |found| {
        let before = found.before();
        let risen = [
            "增加", "增长", "提高", "提升", "上升", "下降", "减少", "降低", "扩大", "收", "得", "达", "见", "看", "回",
            "受",
        ];
        let reached = continues(found, &["的", "、", "以来", "末的", "，已", "已"]);
        // A period (1950年到2002年) is no target, and 至 says more than one thing.
        let at_start = before.is_empty() || before.ends_with(['，', '。', '；', '：', '、', '“', '争', '计', '保']);
        if before.ends_with(['年', '月', '日', '底']) || (found.passage[found.span()].starts_with('至') && !at_start)
        {
            return None;
        }
        if reached || past_or_quoted(found) || risen.iter().any(|word| before.ends_with(word)) {
            return None;
        }
        let to = Some(Point::read(found.text("to")?)?);
        Stated { to, ..Stated::new(found, DeadlineKind::By) }.one()
    },
    accepts: &[
        ("到2025年，建成高地", "到2025年 by ..2025-12-31"),
        ("力争到2023年底完成", "到2023年底 by ..2023-12-31"),
        ("到2023年6月底", "到2023年6月底 by ..2023-06-30"),
    ],
    rejects: &["1950年到2002年", "延续至2025年", "从18亿元增加到2010年的306亿元", "收到2023年申请", "2025年"],
};

const BY_END: Rule<Stated> = Rule {
    id: "deadline/by_end",
    about: "The end of a year or month, or a half or quarter, by which to act, without 前: 力争2023年底, 2023年6月底完成.",
    pattern: r"(?<lead>力争|确保|争取|预计|计划|须|务必)?(?:于|在)?(?<to>(?:${year}年|今年|明年)(?:年?底|${any_month}月底|第?[一二三四]季度|[上下]半年|${any_month}月份?))(?<act>全面|全部|基本|如期)?(?<done>完成|建成|实现|开工|投产|投用|启用|竣工|出台|印发|上线|启动)?",
    read: |found| {
        let to_come = found.text("lead").is_none() && found.text("done").is_none();
        let at_start = found.before().is_empty() || found.before().ends_with(['，', '。', '；', '：']);
        if to_come && !(at_start && found.text("to")?.ends_with('底')) {
            return None;
        }
        if past_or_quoted(found) || is_told(found) || continues(found, &["的", "了"]) {
            return None;
        }
        let to = found.group("to")?;
        let point = Some(Point::read(&found.passage[to.clone()])?);
        let span = found.group("lead").map_or(to.start, |lead| lead.start)..to.end;
        Stated { span, to: point, to_come, ..Stated::new(found, DeadlineKind::By) }.one()
    },
    accepts: &[
        ("2023年6月底完成立法", "2023年6月底 by ..2023-06-30"),
        ("力争2023年底“免证办”", "力争2023年底 by ..2023-12-31"),
        ("今年上半年开工", "今年上半年 by ..?-06-30"),
        ("2023年底，可办率达到70%", "2023年底 by ..2023-12-31 if to come"),
    ],
    rejects: &["截至2020年底，运营里程达14万公里", "2023年上半年增长5%", "2022年12月印发的通知"],
};

fn length(found: &Found<'_>) -> Option<Length> {
    // The count must not be the tail of a longer number or word: 2023年内, 第三日内.
    let count = found.group("count")?;
    let cut = found.passage[..count.start]
        .chars()
        .next_back()
        .is_some_and(|c| c.is_numeric() || matches!(c, '.' | '．' | '第'));
    if cut { None } else { Length::read(found.text("count")?, found.text("unit")?) }
}

/// Both ends of a period.
fn ends(found: &Found<'_>) -> Option<(Point, Point)> {
    if tail_of_number(found, "from") {
        return None;
    }
    let from = Point::read(found.text("from")?)?;
    Some((from, Point::read_after(found.text("to")?, from)?))
}

/// Whether a digit stands before the group, so that it is the end of another number.
fn tail_of_number(found: &Found<'_>, group: &str) -> bool {
    let before = found.group(group).and_then(|span| found.passage[..span.start].chars().next_back());
    before.is_some_and(|c| c.is_numeric() || matches!(c, '.' | '．' | '-' | '十' | '百' | '个'))
}

fn continues(found: &Found<'_>, words: &[&str]) -> bool {
    words.iter().any(|word| found.after().starts_with(word))
}

/// Whether the text speaks of what has been, or cites a title.
fn past_or_quoted(found: &Found<'_>) -> bool {
    let before = found.before();
    let in_title =
        before.rfind('《').is_some_and(|open| !before[open..].contains('》')) && found.after().contains('》');
    // An optional 自 that the match went without.
    let clause = before.trim_end_matches(['自', '从', '于', '在', '到', '至']);
    in_title || ["已", "已经", "曾", "曾于", "已自", "截至", "截止", "原"].iter().any(|word| clause.ends_with(word))
}

/// Whether a point tells when something came about that the sentence speaks of: 2020年底前建成的房屋.
fn is_told(found: &Found<'_>) -> bool {
    static TOLD: LazyLock<Regex> = LazyLock::new(|| {
        let pattern = r"^(?:已|出生|依法)?(?:投运|建成|登记|注册|成立|设立|参加|取得|购置|签订|出生|入库|竣工|批准|审批|发生|印发|出台|受理)[^，。；]{0,12}?的[^，。；]|^已|^出生|^的";
        Regex::new(pattern).expect("the pattern is a constant, and every test runs it")
    });
    let start = found.before();
    let tail =
        start.chars().next_back().is_some_and(|c| c.is_numeric() || matches!(c, '.' | '-' | '十' | '个' | '每' | '第'));
    tail || TOLD.is_match(found.after())
}

/// Whether a length measures what someone did or was (近5年内, 一年内两次以上…的) instead of setting a limit.
fn is_condition(found: &Found<'_>) -> bool {
    static BEFORE: &[&str] = &[
        "近",
        "最近",
        "过去",
        "未",
        "未在",
        "未于",
        "没有在",
        "离校",
        "毕业",
        "成立",
        "注册",
        "压缩至",
        "压减至",
        "缩短至",
        "缩减至",
        "压缩到",
        "缩短到",
        "控制在",
        "控制",
        "压缩",
        "压缩在",
        "此前",
        "前",
        "之前",
        "连续",
        "任意",
        "任一",
        "同一",
        "每",
        "凡",
        "上",
    ];
    static AFTER: LazyLock<Regex> = LazyLock::new(|| {
        let pattern = r"(?x)^[，,]?(?:
            (?:均|都)?(?:无|未曾|没有|曾|累计|发生|受到|受过|被|因|连续|又|再犯|再次(?:违反|发生|实施)|出现|存在|获得|获|有过|出具|检验|有效|取得|新引进|毕业)
            |[一二两三四五六七八九十0-9]+(?:次|起|个以上|人次)
            |的|者|且|尚未|仍|未就业
            |(?:仍|均|都)?(?:未|没有|不能|不履行|不缴纳|不改正|拒不|拒绝)[^，。；]{0,24}的[，；。：]
            )";
        Regex::new(pattern).expect("the pattern is a constant, and every test runs it")
    });
    BEFORE.iter().any(|word| found.before().ends_with(word)) || AFTER.is_match(found.after())
}

/// The event that stands before a length: where the deadline starts, and the event's own words.
fn event_before(found: &Found<'_>) -> Option<(usize, Span)> {
    let link = found.span().start;
    let window = found.before().char_indices().rev().nth(39).map_or(0, |(at, _)| at);
    let before = &found.passage[window..link];
    // The event lies in the same clause; a list inside it (文件、资料) belongs to it.
    let ends_clause = |c: char| match c {
        '（' => !before.contains('）'),
        _ => matches!(c, '。' | '；' | '：' | '，' | '？' | '！' | ',' | ';' | ':'),
    };
    let clause = before
        .rfind(ends_clause)
        .map_or(window, |at| window + at + before[at..].chars().next().map_or(0, char::len_utf8));
    let text = &found.passage[clause..link];
    // A number that a lost line end has glued on: （二）企业转制后.
    let numbered = text.starts_with('（').then(|| text.find('）')).flatten().map_or(0, |at| at + "）".len());
    let (clause, text) = (clause + numbered, &text[numbered..]);
    // 自治区 and 从事 begin no length.
    let begins =
        |&(at, _): &(usize, &str)| !text[at..].chars().nth(1).is_some_and(|c| "治然行主动愿己身贸事业".contains(c));
    let from = text.rmatch_indices(['自', '从']).find(begins).map(|(at, word)| (at, at + word.len()));
    let (start, event) = match from {
        Some((at, event)) => (clause + at, clause + event),
        None => {
            let cues = ["应当在", "应在", "应于", "须在", "须于", "应当于", "应当", "必须在", "要在", "在", "于", "应"];
            let cue = cues.iter().filter_map(|word| text.rfind(word).map(|at| at + word.len())).max();
            let event = clause + cue.unwrap_or(0);
            let own = ["在", "于"].iter().any(|word| found.passage[..event].ends_with(word));
            (if own { event - "在".len() } else { event }, event)
        }
    };
    (event < link).then_some((start, event..link))
}

impl Mention for Stated {
    fn span(&self) -> &Span {
        &self.span
    }

    fn describe(&self, passage: &str) -> String {
        let kind = match self.kind {
            DeadlineKind::By => "by",
            DeadlineKind::Within => "within",
            DeadlineKind::Period => "period",
            DeadlineKind::Effective => "effective",
            DeadlineKind::Valid => "valid",
        };
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
