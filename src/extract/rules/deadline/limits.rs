//! By when, or within what length of time, to act.

use super::Stated;
use super::context::{continues, ends, event_before, is_condition, is_told, length, past_or_quoted};
use crate::extract::calendar::{Point, Year};
use crate::extract::rule::Rule;
use crate::model::DeadlineKind;

pub(super) const YEARS_FROM: Rule<Stated> = Rule {
    id: "deadline/years_from",
    about: "A length from a date: 自2024年起3年内.",
    pattern: r"(?:自|从)(?<from>${year}年(?:${month_part})?)(?:开始|起)[，,]?(?:连续)?(?:的)?(?<count>${count})(?<unit>${time_unit})(?:之?内|以内|期间)",
    read: |found| {
        if past_or_quoted(found) {
            return None;
        }
        let (from, length) = (Point::read(found.text("from")?)?, length(found)?);
        Stated { from: Some(from), length: Some(length), counted: true, ..Stated::new(found, DeadlineKind::Period) }
            .one()
    },
    accepts: &[
        ("自2024年起3年内免收费用", "自2024年起3年内 period 2024-01-01..2026-12-31 P3Y"),
        ("自2023年7月1日起六个月内", "自2023年7月1日起六个月内 period 2023-07-01..2023-12-31 P6M"),
    ],
    rejects: &["自印发之日起3年内", "2024年起实施"],
};

pub(super) const WITHIN_EVENT: Rule<Stated> = Rule {
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
        (
            "登记机关受理申请后，应当在5个工作日内答复",
            "受理申请后，应当在5个工作日内 within P5D working trigger 受理申请",
        ),
        ("自受理之日起30日内出具结论", "自受理之日起30日内 within P30D trigger 受理之日"),
        ("会议结束后三日内公示", "会议结束后三日内 within P3D trigger 会议结束"),
        ("在收到材料后的10个工作日内作出决定", "在收到材料后的10个工作日内 within P10D working trigger 收到材料"),
    ],
    rejects: &[
        "近5年内",
        "在过去十二个月内",
        "3个工作日内",
        "刑满释放后五年内又犯罪的",
        "自检查之日起1个月内未纠正的，",
    ],
};

pub(super) const PERIOD: Rule<Stated> = Rule {
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
        ("公示时间为2022年3月1日至2022年3月15日。", "2022年3月1日至2022年3月15日 period 2022-03-01..2022-03-15"),
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

pub(super) const EXTENDED: Rule<Stated> = Rule {
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
    accepts: &[("申报最长可延至2022年9月30日", "最长可延至2022年9月30日 by ..2022-09-30")],
    rejects: &["延长至三年", "有效期至2023年6月30日"],
};

pub(super) const LABELLED: Rule<Stated> = Rule {
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

pub(super) const LATEST: Rule<Stated> = Rule {
    id: "deadline/latest",
    about: "A last day: 最迟在次年年底, 不迟于2024年6月30日.",
    pattern: r"(?:最迟|最晚|不迟于|不晚于|不得迟于|不得晚于)(?:应当|应|须|可)?(?:在|于|不超过|至)?(?<to>${point})(?:之前|以前|前)?",
    read: |found| {
        let to = Some(Point::read(found.text("to")?)?);
        Stated { to, ..Stated::new(found, DeadlineKind::By) }.one()
    },
    accepts: &[
        ("应当最迟在次年年底完成整改", "最迟在次年年底 by ..?"),
        ("不迟于2024年6月30日完成", "不迟于2024年6月30日 by ..2024-06-30"),
    ],
    rejects: &["最迟在三日内", "2024年6月30日"],
};

pub(super) const BEFORE: Rule<Stated> = Rule {
    id: "deadline/before",
    about: "Before a point: 2022年底前, 6月30日前; a list shares the word (6月20日、12月10日前).",
    pattern: r"(?:于|在|到|至)?(?<points>${point}(?:(?:、|和|及|，)(?:${year_word})?${month_part})*)(?:[（(]含[^）)]{0,4}[）)])?(?:之前|以前|前)",
    read: |found| {
        // 今年前三个季度 counts from the start of the year.
        if past_or_quoted(found)
            || is_told(found)
            || continues(found, &["后"])
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

pub(super) const WITHIN: Rule<Stated> = Rule {
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
        ("筹备组成立七日内公示", "七日内 within P7D"),
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
        "12个月内获得救助待遇的家庭",
    ],
};

pub(super) const BY_YEAR: Rule<Stated> = Rule {
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

pub(super) const BY_END: Rule<Stated> = Rule {
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
