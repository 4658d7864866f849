//! From when a text is in force, and how long it or a paper is valid.

use super::Stated;
use super::context::{continues, ends, past_or_quoted};
use crate::extract::calendar::{Length, Point};
use crate::extract::rule::Rule;
use crate::model::DeadlineKind;

pub(super) const EFFECTIVE: Rule<Stated> = Rule {
    id: "deadline/effective",
    about: "The day from which a text is in force: 自2022年3月1日起施行.",
    anchors: &["施行", "实施", "执行", "试行", "生效"],
    pattern: r"(?:自|从|于|在)?(?<from>${year}年(?:${month_part}|度)?)(?:零时|0时)?(?<begins>起|开始)?[，,]?(?:正式|开始)*(?:施行|实施|执行|试行|生效)",
    read: |found| {
        if past_or_quoted(found) || continues(found, &["的", "以来", "前", "后", "至", "到", "以前", "之前"])
        {
            return None;
        }
        // A bare year begins a text only with both words, and nothing behind it: 自1985年度起施行。
        let bare = !found.text("from")?.contains('月');
        let said = found.text("begins").is_some() && found.passage[found.span()].starts_with(['自', '从']);
        let alone = found.after().is_empty() || found.after().starts_with(['。', '；', '，', '）']);
        if bare && !(said && alone) {
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
        ("现予印发，自２０１８年５月１日起施行。", "自２０１８年５月１日起施行 effective 2018-05-01.."),
        ("本办法自1985年度起施行。", "自1985年度起施行 effective 1985-01-01.."),
        ("本办法于2024年2月1日正式实施", "于2024年2月1日正式实施 effective 2024-02-01.."),
    ],
    rejects: &[
        "该条例已于2020年1月1日起施行",
        "自2019年1月1日起施行以来成效明显",
        "《关于自2020年1月1日起施行新标准的通知》",
        "自2021年2月30日起施行",
        "从2019年1月1日起，实施三年行动计划",
        "自2020年起执行最低标准",
        "2020年实施。",
    ],
};

pub(super) const EFFECTIVE_EVENT: Rule<Stated> = Rule {
    id: "deadline/effective_event",
    about: "An event from which a text is in force: 自发布之日起施行, 自公布之日起30日后施行.",
    anchors: &["施行", "实施", "执行", "试行", "生效"],
    pattern: r"(?:自|从)(?<event>[^，。；：自]{2,20}?(?:之日|之时|当日))起?(?:的?满?(?<count>${count})(?<unit>${time_unit})(?:之?后|以后))?[，,]?(?:正式|开始)?(?:施行|实施|执行|试行|生效)",
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
        ("本法自发布之日起的30日后施行。", "自发布之日起的30日后施行 effective P30D trigger 发布之日"),
        ("自公布之日起三十日后施行。", "自公布之日起三十日后施行 effective P30D trigger 公布之日"),
    ],
    rejects: &["本办法施行之日起30日内", "自发布之日起施行以来", "自受理之日起10日内"],
};

pub(super) const VALID_PERIOD: Rule<Stated> = Rule {
    id: "deadline/valid_period",
    about: "The first and last day of a measure: 执行期限为2021年3月1日至2024年2月29日.",
    anchors: &[
        "有效期",
        "执行期",
        "实施期",
        "试行期",
        "试用期",
        "政策期",
        "有效时间",
        "执行时间",
        "实施时间",
        "试行时间",
        "试用时间",
        "政策时间",
    ],
    pattern: r"(?:政策|措施)?(?:有效|执行|实施|试行|试用|政策)(?:期限?|时间)(?:暂定)?(?:为|是|：)?(?:自|从)?(?<from>${point})起?(?:-|—+|－|至|到|~|～)(?<to>${point}|${any_day}日)(?:止|底)?",
    read: |found| {
        let (from, to) = ends(found)?;
        Stated { from: Some(from), to: Some(to), ..Stated::new(found, DeadlineKind::Valid) }.one()
    },
    accepts: &[(
        "执行期限为2021年3月1日至2024年2月29日。",
        "执行期限为2021年3月1日至2024年2月29日 valid 2021-03-01..2024-02-29",
    )],
    rejects: &["有效期至2025年12月31日", "2021年3月1日至2024年2月29日"],
};

pub(super) const VALID_UNTIL: Rule<Stated> = Rule {
    id: "deadline/valid_until",
    about: "The last day of a measure or a paper: 有效期至2025年12月31日, 延续执行至2027年底.",
    anchors: &[
        "有效",
        "试行",
        "试用",
        "延续",
        "继续执行",
        "继续实施",
        "执行期",
        "实施期",
        "执行时间",
        "实施时间",
        "执行至",
        "执行到",
        "实施至",
        "实施到",
        "施行至",
        "施行到",
        "缓缴期",
        "政策期",
    ],
    pattern: r"(?:政策|措施)?(?:(?:有效|执行|实施|试行|试用|缓缴|政策)(?:期限?|时间)(?:暂定)?(?:为|是|：)?(?:自[^，。；：]{2,20}?之日起)?(?:截至|截止到?|截止至|延长至|延长到|延续至|延续到|顺延至|至|到)|(?:有效|执行|实施|施行|试行|延续)(?:至|到)|(?:延续|继续)(?:执行|实施)[^，。；至到]{1,30}(?:至|到))(?<to>${point})(?:止|底|为止)?",
    read: |found| {
        if past_or_quoted(found) || continues(found, &["前"]) {
            return None;
        }
        let to = Some(Point::read(found.text("to")?)?);
        Stated { to, ..Stated::new(found, DeadlineKind::Valid) }.one()
    },
    accepts: &[
        ("有效期至2025年12月31日。", "有效期至2025年12月31日 valid ..2025-12-31"),
        ("有效期自发布之日起至2025年12月31日。", "有效期自发布之日起至2025年12月31日 valid ..2025-12-31"),
        ("补贴政策实施期限截至2024年6月30日", "政策实施期限截至2024年6月30日 valid ..2024-06-30"),
        ("缓缴期限至2023年3月，", "缓缴期限至2023年3月 valid ..2023-03-31"),
        ("优惠政策延续执行至2027年底。", "执行至2027年底 valid ..2027-12-31"),
        ("延续实施降费政策至2023年4月30日。", "延续实施降费政策至2023年4月30日 valid ..2023-04-30"),
    ],
    rejects: &["有效期届满前", "最长可延至2023年6月30日", "有效期5年"],
};

pub(super) const VALID_TO: Rule<Stated> = Rule {
    id: "deadline/valid_to",
    about: "The last day of a measure, told behind its first: 自2023年8月1日起执行，至2024年7月31日止.",
    anchors: &["止"],
    pattern: r"(?:施行|实施|执行|试行)，(?<valid>(?:暂定)?至(?<to>${point})(?:为止|止))",
    read: |found| {
        let to = Some(Point::read(found.text("to")?)?);
        Stated { span: found.group("valid")?, to, ..Stated::new(found, DeadlineKind::Valid) }.one()
    },
    accepts: &[("本办法自2023年8月1日起执行，至2024年7月31日止。", "至2024年7月31日止 valid ..2024-07-31")],
    rejects: &["2023年8月1日起执行，至2024年7月31日完成", "经费执行，截至2024年7月31日止"],
};

pub(super) const VALID_LENGTH: Rule<Stated> = Rule {
    id: "deadline/valid_length",
    about: "How long a text or a paper is valid: 有效期5年, 试用期一年, 三年有效期.",
    anchors: &["有效", "试行", "试用", "执行期", "实施期", "施行期", "执行时间", "实施时间"],
    pattern: r"(?:有效|执行|实施|施行|试行|试用)(?:期限?|时间)(?:暂定|确定|设定)?(?:为|是|：)?(?:自(?<event>[^，。；：]{2,20}?之日)起(?:的|算|计)?)?(?:暂定)?(?<count>${count})(?<unit>${time_unit})|暂?定?(?<count2>${count})(?<unit2>${time_unit})(?:的)?有效期|(?:试行|有效)(?<count3>${count})(?<unit3>年|个月)|(?<count4>${count})(?<unit4>${time_unit})之?内有效",
    read: |found| {
        let group = |a, b, c, d| found.text(a).or(found.text(b)).or(found.text(c)).or(found.text(d));
        let length =
            Length::read(group("count", "count2", "count3", "count4")?, group("unit", "unit2", "unit3", "unit4")?)?;
        if past_or_quoted(found) || continues(found, &["以上", "以下", "以内", "后", "内", "届满", "前", "或"])
        {
            return None;
        }
        let trigger = found.group("event");
        Stated { length: Some(length), trigger, ..Stated::new(found, DeadlineKind::Valid) }.one()
    },
    accepts: &[
        ("本细则自公布之日起施行，有效期5年。", "有效期5年 valid P5Y"),
        ("本政策有效期为自印发之日起3年。", "有效期为自印发之日起3年 valid P3Y trigger 印发之日"),
        ("本办法施行期限为3年。", "施行期限为3年 valid P3Y"),
        ("许可证有效期6个月", "有效期6个月 valid P6M"),
        ("试用期一年", "试用期一年 valid P1Y"),
        ("决定自作出之日起6个月内有效。", "6个月内有效 valid P6M"),
        ("本措施自公布之日起执行，暂定两年有效期。", "暂定两年有效期 valid P2Y"),
    ],
    rejects: &["有效期届满", "有效期3年以上的证书", "有效期2025年"],
};

pub(super) const VALID_FOR_YEAR: Rule<Stated> = Rule {
    id: "deadline/valid_for_year",
    about: "A measure that holds for a whole year: 均为2024年全年实施有效.",
    anchors: &["有效"],
    pattern: r"(?:均为|均在|为|在)?(?<year>${year}年度?)(?:全年|全年度|年内|内)?(?:实施|执行)?有效",
    read: |found| {
        let year = Some(Point::read(found.text("year")?)?);
        if continues(found, &["期", "证", "的"]) {
            return None;
        }
        Stated { from: year, to: year, ..Stated::new(found, DeadlineKind::Valid) }.one()
    },
    accepts: &[("上述措施均为2021年全年实施有效。", "均为2021年全年实施有效 valid 2021-01-01..2021-12-31")],
    rejects: &["2024年有效期内", "2024年全年实施"],
};
