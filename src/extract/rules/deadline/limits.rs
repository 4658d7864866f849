//! By when, or within what length of time, to act.

use super::Stated;
use super::context::{came_about, continues, ends, event_before, is_condition, is_told, length, past_or_quoted};
use crate::extract::calendar::{Length, Point, Year};
use crate::extract::rule::{Found, Rule};
use crate::model::DeadlineKind;
use crate::span::Span;

pub(super) const YEARS_FROM: Rule<Stated> = Rule {
    id: "deadline/years_from",
    about: "A length from a date: 自2024年起3年内.",
    anchors: &["起", "开始"],
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
    anchors: &["内"],
    pattern: r"(?:起(?:的|算)?|之?后|以后|次日起|之时起)(?:的)?(?:[，,])?(?:(?:，|,)?(?:在|于|应当在|应在))?(?:${count}(?:-|—|－|至|到))?(?<count>${count})(?<unit>${time_unit})(?:（[0-9]{1,3}个?[年月日天周]）)?(?:之|以)?内",
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
        ("收到申请之日起5日内一次性告知", "收到申请之日起5日内 within P5D trigger 收到申请之日"),
        ("自受理之日起30日内出具结论", "自受理之日起30日内 within P30D trigger 受理之日"),
        (
            "自签订合同并缴纳社会保险当月起，在3年（36个月）内按实际招用人数扣减",
            "自签订合同并缴纳社会保险当月起，在3年（36个月）内 within P3Y trigger 签订合同并缴纳社会保险当月",
        ),
        ("会议结束后三日内公示", "会议结束后三日内 within P3D trigger 会议结束"),
        ("在收到材料后的10个工作日内作出决定", "在收到材料后的10个工作日内 within P10D working trigger 收到材料"),
    ],
    rejects: &[
        "近5年内",
        "在过去十二个月内",
        "3个工作日内",
        "刑满释放后五年内又犯罪的",
        "自通知之日起2个月内未改正的，",
        "落户后两年内，年均利润不少于500万元的，给予奖励",
    ],
};

pub(super) const FROM_EVENT: Rule<Stated> = Rule {
    id: "deadline/from_event",
    about: "A length from an event, without 内, in which something is done: 自收到申请之日起15个工作日作出决定.",
    anchors: &["起"],
    pattern: r"(?:之日|次日|之时)起(?:的)?[，,]?(?<count>${count})(?<unit>个?工作日|日|个月)(?:作出|做出|完成|办结|答复|予以|提出|报送|通知|告知|公布|公告|缴纳|缴清)",
    read: |found| {
        let length = length(found)?;
        if past_or_quoted(found) || is_clause_of_condition(found) {
            return None;
        }
        let (start, _) = event_before(found)?;
        // The event ends with 之日.
        let day = found.span().start + found.passage[found.span()].find('起')?;
        let event = event_before(found)?.1.start..day;
        let span = start..found.group("unit")?.end;
        Stated { span, length: Some(length), trigger: Some(event), ..Stated::new(found, DeadlineKind::Within) }.one()
    },
    accepts: &[
        ("自收到申请之日起15个工作日作出决定", "自收到申请之日起15个工作日 within P15D working trigger 收到申请之日"),
        (
            "自收到资料之日起，10个工作日完成公告",
            "自收到资料之日起，10个工作日 within P10D working trigger 收到资料之日",
        ),
    ],
    rejects: &["自公布之日起30日后施行", "自受理之日起30日内作出决定", "自发布之日起5年有效"],
};

/// Whether 前 begins a count: 今年前三个季度, 2023年前10个月. A day or an end takes no such count (6月底前一次性退还).
fn counts_from_the_start(found: &Found<'_>) -> bool {
    let after = found.after();
    let rest = after.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十两".contains(c));
    let counted = rest.len() < after.len();
    let whole = found.passage[found.span()].trim_end_matches(['之', '以', '前']);
    let day = whole.ends_with(['底', '末', '日', '号', '旬', '）', ')']);
    let time =
        ["个月", "个季", "季", "月", "年", "日", "天", "周", "个工作日"].iter().any(|unit| rest.starts_with(unit));
    counted
        && (time
            || !day
                && (after.starts_with(|c: char| c.is_ascii_digit())
                    || rest.starts_with(['个', '批', '名', '位', '期'])))
}

pub(super) const PERIOD: Rule<Stated> = Rule {
    id: "deadline/period",
    about: "From a day or month to another: 2024年2月7日至2024年2月23日. Years alone (2021—2025年) are titles and reports.",
    anchors: &["-", "—", "－", "–", "至", "到", "~", "～"],
    pattern: r"(?:自|从|于|在)?(?<from>(?:${year_word})?${month_part})${aside}?${clock}?起?(?:-|—+|－|–|至|到|~|～)(?<to>${point}|${any_day}[日号])${aside}?${clock}?(?:止|期间|之间)?",
    read: |found| {
        let before = found.before();
        let told = ["出生", "发生", "公历"].iter().any(|word| before.ends_with(word));
        // 在2019年1月1日（含）至2月28日（含）之间: a range to lie in.
        let lies = found.passage[found.span()].ends_with("之间") && found.passage[found.span()].contains('含');
        let cut = before.ends_with('年') && !found.passage[found.span()].starts_with(['自', '从', '于', '在']);
        if told || lies || cut || past_or_quoted(found) {
            return None;
        }
        // A span of months in a figure of a report: 1月至11月，全市…增长.
        let clause = before.rsplit(['。', '；', '，']).next().unwrap_or_default();
        if !found.passage[found.span()].contains(['日', '号', '年']) && !clause.ends_with("阶段（") {
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
        let set = ["公示", "报名", "申报", "受理", "时间", "期", "每年", "征", "集中", "阶段"]
            .iter()
            .any(|word| clause.contains(word))
            || continues(found, &["，集中", "集中", "为集中"])
            || found.passage[found.span()].contains("起至")
            || regex!("^为[^，。；：]{0,8}阶段").is_match(found.after());
        if from.year == Year::Implied && !set {
            return None;
        }
        let kind = if continues(found, &["有效"]) { DeadlineKind::Valid } else { DeadlineKind::Period };
        Stated { from: Some(from), to: Some(to), ..Stated::new(found, kind) }.one()
    },
    accepts: &[
        ("公示时间为2022年3月1日至2022年3月15日。", "2022年3月1日至2022年3月15日 period 2022-03-01..2022-03-15"),
        ("2023年6月25日至7月24日", "2023年6月25日至7月24日 period 2023-06-25..2023-07-24"),
        ("报名时间：12月5日—16日", "12月5日—16日 period ?-12-05..?-12-16"),
        ("网上申报时间为3月5日9:00至4月15日18:00。", "3月5日9:00至4月15日18:00 period ?-03-05..?-04-15"),
        (
            "申报时间：2024年4月1日上午9时至5月10日下午5时",
            "2024年4月1日上午9时至5月10日下午5时 period 2024-04-01..2024-05-10",
        ),
        ("（二）集中整治阶段（7月1日至10月31日）", "7月1日至10月31日 period ?-07-01..?-10-31"),
        ("自查阶段（4月至6月）。", "4月至6月 period ?-04-01..?-06-30"),
        ("2月11日—3月20日为走访服务阶段", "2月11日—3月20日 period ?-02-11..?-03-20"),
        ("从4月1日起至6月30日，免收费用", "从4月1日起至6月30日 period ?-04-01..?-06-30"),
        ("7月1日至10月31日，集中开展整治", "7月1日至10月31日 period ?-07-01..?-10-31"),
        ("本措施自2024年1月1日至2026年12月31日有效。", "自2024年1月1日至2026年12月31日 valid 2024-01-01..2026-12-31"),
    ],
    rejects: &[
        "3月19日至20日，代表团到访",
        "1月至11月，全市投资增长5%",
        "发放日期在2019年1月1日（含）至2020年2月28日（含）之间的贷款",
        "会计年度，自公历1月1日起至12月31日止",
        "于2021年1月7日至11日召开",
        "行动方案（2021—2025年）",
        "2021年至2023年",
        "1983年12月10日至1992年8月13日建成的房屋",
        "2023年13月1日至5日",
    ],
};

pub(super) const UNTIL: Rule<Stated> = Rule {
    id: "deadline/until",
    about: "From now or from an event to a day: 即日起至2024年6月20日, 自公告发布之日起至4月15日17:00止.",
    anchors: &["起至", "起到", "起—", "起-"],
    pattern: r"(?:(?:自|从)?即日|(?:自|从)(?<event>[^，。；：自从]{2,20}?之日))起(?:至|到|-|—+)(?<to>${point})${aside}?${clock}?止?",
    read: |found| {
        if past_or_quoted(found) || continues(found, &["期间"]) {
            return None;
        }
        let (to, trigger) = (Some(Point::read(found.text("to")?)?), found.group("event"));
        let kind = if continues(found, &["有效"]) { DeadlineKind::Valid } else { DeadlineKind::Period };
        Stated { to, trigger, ..Stated::new(found, kind) }.one()
    },
    accepts: &[
        ("征求意见时间：即日起至2024年6月20日", "即日起至2024年6月20日 period ..2024-06-20"),
        (
            "报名时间：自公告发布之日起至6月20日17:00止",
            "自公告发布之日起至6月20日17:00止 period ..?-06-20 trigger 公告发布之日",
        ),
    ],
    rejects: &["自即日起三个工作日", "自受理之日起至办结", "自2023年1月1日起至今"],
};

pub(super) const EXTENDED: Rule<Stated> = Rule {
    id: "deadline/extended",
    about: "The day to which a limit is put off: 最长可延至2023年6月30日.",
    anchors: &["延", "推迟至", "宽限至", "展期至", "缓缴至"],
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
    anchors: &["时限", "时间", "期限", "截止"],
    pattern: r"(?:(?:完成|办结|整改|落实|办理|申报|报名|提交|反馈|征求意见)(?:的)?(?:时限|时间|期限|截止时间|截止日期)|截止(?:时间|日期|日)|时限要求|时间要求|时间节点)(?:为|是)?[:：]?(?:(?:最迟)?(?:截至|截止到|至|到))?(?<to>${point})${aside}?${clock}?(?:止|前|以前|之前)?",
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
    anchors: &["最迟", "最晚", "迟于", "晚于"],
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

pub(super) const NOT_AFTER: Rule<Stated> = Rule {
    id: "deadline/not_after",
    about: "A length after which it would be too late: 不得晚于5个工作日, 不迟于受理之日起十日.",
    anchors: &["迟于", "晚于"],
    pattern: r"(?:不迟于|不晚于|不得迟于|不得晚于)(?:(?<event>[^，。；：、]{2,24}?之日)起)?(?<count>${count})(?<unit>${time_unit})",
    read: |found| {
        let length = Some(length(found)?);
        Stated { length, trigger: found.group("event"), ..Stated::new(found, DeadlineKind::Within) }.one()
    },
    accepts: &[
        ("付款不得晚于5个工作日", "不得晚于5个工作日 within P5D working"),
        ("不迟于受理之日起十日作出决定", "不迟于受理之日起十日 within P10D trigger 受理之日"),
    ],
    rejects: &["不迟于2024年6月30日完成", "最迟三日"],
};

/// The points of a list in a match, each with its place; what stands before the first and behind the last is theirs.
fn listed(found: &Found<'_>, points: Span) -> Option<Vec<(Span, Point)>> {
    let mut all: Vec<(Span, Point)> = Vec::new();
    let (mut at, mut start) = (points.start, found.span().start);
    for piece in found.passage[points.clone()].split(['、', '和', '及', '，']) {
        let point = match all.last() {
            Some(&(_, earlier)) => Point::read_after(piece, earlier)?,
            None => Point::read(piece)?,
        };
        at += piece.len();
        all.push((start..if at == points.end { found.span().end } else { at }, point));
        at += found.passage[at..].chars().next().map_or(0, char::len_utf8);
        start = at;
    }
    Some(all)
}

pub(super) const BEFORE: Rule<Stated> = Rule {
    id: "deadline/before",
    about: "Before a point: 2022年底前, 6月30日前; a list shares the word (6月20日、12月10日前). What is to have come about by then (2020年底前建成的) is limited only where the point is to come by the document's date.",
    anchors: &["前"],
    pattern: r"(?:于|在|到|至)?(?<points>${point}(?:(?:、|和|及|，)(?:${year_word})?${month_part})*)${aside}?${clock}?(?:下班)?(?:之前|以前|前)",
    read: |found| {
        if past_or_quoted(found) || is_told(found) || continues(found, &["后"]) || counts_from_the_start(found) {
            return None;
        }
        // 每年6月底前、12月底前: one word for all days of a sentence.
        let sentence = found.before().rsplit(['。', '；']).next().unwrap_or_default();
        let yearly = sentence
            .rfind("每年")
            .is_some_and(|at| !["今年", "本年", "明年"].iter().any(|word| sentence[at..].contains(word)));
        let to_come = came_about(found);
        let stated = listed(found, found.group("points")?)?.into_iter().map(|(span, mut point)| {
            if yearly && point.year == Year::Implied {
                point.year = Year::Open;
            }
            Stated { span, to: Some(point), to_come, ..Stated::new(found, DeadlineKind::By) }
        });
        Some(stated.collect())
    },
    accepts: &[
        ("2022年底前完成整改", "2022年底前 by ..2022-12-31"),
        ("12月底前发布", "12月底前 by ..?-12-31"),
        ("三季度前完成整治", "三季度前 by ..?-09-30"),
        ("每年12月底前报告", "每年12月底前 by ..?"),
        ("请于6月20日、12月10日前报送", "于6月20日 by ..?-06-20; 12月10日前 by ..?-12-10"),
        ("每年6月底前完成申报、9月底前完成拨付", "每年6月底前 by ..?; 9月底前 by ..?"),
        ("每年6月底前报送本单位情况，12月底前总结", "每年6月底前 by ..?; 12月底前 by ..?"),
        ("请于4月15日（周一）下班前报送", "于4月15日（周一）下班前 by ..?-04-15"),
        ("应于每月底前报送", "于每月底前 by ..?"),
        ("每季度第一个月10日前公布", "每季度第一个月10日前 by ..?"),
        ("每季度首月10日前报送", "每季度首月10日前 by ..?"),
        ("每季度末月20日前报送", "每季度末月20日前 by ..?"),
        ("于2022年6月底前一次性全部退还", "于2022年6月底前 by ..2022-06-30"),
        ("2023年底前一律停用", "2023年底前 by ..2023-12-31"),
        ("2024年6月30日（含）前", "2024年6月30日（含）前 by ..2024-06-30"),
        ("请于2024年3月15日（星期五）下午5点前报送", "于2024年3月15日（星期五）下午5点前 by ..2024-03-15"),
        ("2024年3月15日17:30前反馈", "2024年3月15日17:30前 by ..2024-03-15"),
        ("2026年底前迁入的按每月30元补助", "2026年底前 by ..2026-12-31 if to come"),
        ("2020年底前建成的房屋", "2020年底前 by ..2020-12-31 if to come"),
    ],
    rejects: &[
        "1965年1月1日以前出生",
        "2月30日前",
        "合同期满3个月前提出",
        "今年前三季度",
        "2023年前10个月",
        "2022年前一年",
        "五年前",
    ],
};

pub(super) const WITHIN: Rule<Stated> = Rule {
    id: "deadline/within",
    about: "A length within which to act: 7个工作日内, 30日内; not what someone did in a length (近5年内).",
    anchors: &["内"],
    pattern: r"(?:在|于)?(?:${count}(?:-|—|－|至|到))?(?<count>${count})(?<unit>${time_unit})(?:(?:之)?内|(?<most>以内))",
    read: |found| {
        let length = length(found)?;
        if states_size(found) || is_condition(found) || past_or_quoted(found) {
            return None;
        }
        Stated { length: Some(length), ..Stated::new(found, DeadlineKind::Within) }.one()
    },
    accepts: &[
        ("申请的，7个工作日内予以核准", "7个工作日内 within P7D working"),
        ("筹备组成立七日内公示", "七日内 within P7D"),
        ("3至5日内答复", "3至5日内 within P5D"),
        ("话务员3秒钟内接线", "3秒钟内 within PT3S"),
        ("押金应当在七日内无息退还", "在七日内 within P7D"),
        ("三年内不得再次申请", "三年内 within P3Y"),
        ("3个工作日内一次办结", "3个工作日内 within P3D working"),
        ("原则上5个工作日内办结", "5个工作日内 within P5D working"),
        ("三年内累计投入2亿元", "三年内 within P3Y"),
        ("符合条件的，5个工作日以内办结。", "5个工作日以内 within P5D working"),
        ("各单位应当30日以内完成整改", "30日以内 within P30D"),
        ("情节严重的，三年以内不得申请", "三年以内 within P3Y"),
    ],
    rejects: &[
        "离校2年内未就业的毕业生",
        "未在3日内报告的",
        "时间压缩至4小时内",
        "近5年内无违法记录",
        "5月3日内蒙古发生地震",
        "暂停时长在12个月内（含）的，恢复发放",
        "一年内就实现全线贯通",
        "一年内两次以上违法的",
        "一年内到期的，应当终止",
        "2023年内",
        "压缩至5个工作日以内",
        "12个月内累计三次",
        "12个月内获得救助待遇的家庭",
        "办理时限15个工作日以内",
        "逾期30日以内，加收滞纳金",
        "注册、成立3年以内企业",
        "，6个月以内贷款",
        "贷款期限1年以内",
    ],
};

pub(super) const DONE_IN: Rule<Stated> = Rule {
    id: "deadline/done_in",
    about: "A length in which a matter is done with, without 内: 一般件2个工作日办结.",
    anchors: &["办结", "办理完毕", "办成", "办好", "限期"],
    pattern: r"(?<count>${count})(?<unit>个?工作日|个工作天|天|日|个?小时|分钟)(?:办结|办理完毕|办成|办好)|(?<term>限期(?<count2>${count})(?<unit2>${time_unit}))(?:完成)?(?:整改|治理|改正)",
    read: |found| {
        if let Some(term) = found.group("term") {
            let length = Some(Length::read(found.text("count2")?, found.text("unit2")?)?);
            return Stated { span: term, length, ..Stated::new(found, DeadlineKind::Within) }.one();
        }
        let length = length(found)?;
        if is_condition(found) || past_or_quoted(found) || before_ends_with(found, &["提前", "至", "到", "“"]) {
            return None;
        }
        let span = found.span().start..found.group("unit")?.end;
        Stated { span, length: Some(length), ..Stated::new(found, DeadlineKind::Within) }.one()
    },
    accepts: &[
        ("一般件2个工作日办结", "2个工作日 within P2D working"),
        ("开办手续4小时办结。", "4小时 within PT4H"),
        ("对存在隐患的，限期3个月完成整改", "限期3个月 within P3M"),
    ],
    rejects: &["提前3小时办结", "由20个工作日压缩至5个工作日办结", "第二日办结", "2个工作日内办结", "推行“一天办结”"],
};

/// Whether 以内 without 在 tells the size of something (时限15个工作日以内, 成立3年以内企业) instead of when to act. It does
/// not where a clause or a duty begins with the length and a verb follows; months and years are so read with few verbs
/// alone, since loans and firms are sorted by them.
fn states_size(found: &Found<'_>) -> bool {
    if found.text("most").is_none() || found.passage[found.span()].starts_with(['在', '于']) {
        return false;
    }
    let before = found.before();
    let begins = before.is_empty()
        || before.ends_with(['，', '。', '；', '：', '应', '须', '需'])
        || before_ends_with(found, &["应当", "必须", "可以", "原则上", "一般"]);
    let long = found.text("unit").is_some_and(|unit| unit.ends_with(['年', '月']));
    let acts = ["不得", "不再", "不予", "不能", "完成", "建成", "办结", "退还", "付清", "缴清", "作出", "予以"];
    let after = found.after();
    let ends = after.is_empty() || after.starts_with(['，', '。', '；', '、', '：', '）', '（']);
    let noun = ["贷款", "企业", "产品", "项目", "交通", "车程", "人员", "免费", "停车"];
    !begins
        || long && !acts.iter().any(|verb| after.starts_with(verb))
        || !long && (ends || noun.iter().any(|word| after.starts_with(word)))
}

pub(super) const BY_YEAR: Rule<Stated> = Rule {
    id: "deadline/by_year",
    about: "A target year or day: 到2025年, 到2023年底, 力争到2030年; not a level reached then (增加到2010年的306亿元).",
    anchors: &["至", "到"],
    pattern: r"(?:到|至)(?<to>(?:${year}年|今年|明年)(?:年?[底末]|第?[一二三四]季度|[上下]半年|${month_part})?)(?<more>(?:(?:、|和|及)${year}年(?:年?[底末]|${month_part})?)+)?(?:左右)?",
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
        let last = found.group("more").or(found.group("to"))?;
        let stated = listed(found, found.group("to")?.start..last.end)?.into_iter().map(|(span, point)| Stated {
            span,
            to: Some(point),
            ..Stated::new(found, DeadlineKind::By)
        });
        Some(stated.collect())
    },
    accepts: &[
        ("到2025年底、2030年，分别达到50家、100家", "到2025年底 by ..2025-12-31; 2030年 by ..2030-12-31"),
        ("到2025年，建成高地", "到2025年 by ..2025-12-31"),
        ("力争到2023年底完成", "到2023年底 by ..2023-12-31"),
        ("到2023年6月底", "到2023年6月底 by ..2023-06-30"),
    ],
    rejects: &["1950年到2002年", "延续至2025年", "从18亿元增加到2010年的306亿元", "收到2023年申请", "2025年"],
};

pub(super) const BY_END: Rule<Stated> = Rule {
    id: "deadline/by_end",
    about: "The end of a year or month, or a half or quarter, by which to act, without 前: 力争2023年底, 2023年6月底完成.",
    anchors: &["底", "年末", "季度", "半年", "月"],
    pattern: r"(?<lead>力争|确保|争取|预计|计划|须|务必)?(?:于|在)?(?<to>(?:${year}年|今年|明年)(?:年?[底末]|${any_month}月底|第?[一二三四]季度|[上下]半年|${any_month}月份?)|${any_month}月底)(?<act>全面|全部|基本|如期)?(?<done>完成|建成|实现|开工|投产|投用|启用|竣工|出台|印发|上线|启动)?",
    read: |found| {
        let to_come = found.text("lead").is_none() && found.text("done").is_none();
        let at_start = found.before().is_empty() || found.before().ends_with(['，', '。', '；', '：']);
        if to_come && !(at_start && found.text("to")?.ends_with('底')) {
            return None;
        }
        // 2023年末完成投资… is how reports speak; 力争 tells that it is to come.
        if found.text("to")?.ends_with('末') && found.text("lead").is_none() {
            return None;
        }
        // 6月底完成 needs the verb and a clause of its own; 12月底 must not lose its first digit.
        let bare = found.text("to")?.chars().nth(2) == Some('底') || found.text("to")?.chars().nth(3) == Some('底');
        let bare = bare && !found.text("to")?.contains('年');
        if bare && (found.text("done") != Some("完成") || !at_start && found.text("lead").is_none()) {
            return None;
        }
        if past_or_quoted(found)
            || is_told(found)
            || came_about(found)
            || continues(found, &["的", "了", "前", "之前", "以前"])
        {
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
        ("分步实施，6月底完成首批梳理，10月底完成全部事项", "6月底 by ..?-06-30; 10月底 by ..?-10-31"),
        ("今年上半年开工", "今年上半年 by ..?-06-30"),
        ("力争2023年末，全市贷款余额达到100亿元", "力争2023年末 by ..2023-12-31"),
        ("2023年底，可办率达到70%", "2023年底 by ..2023-12-31 if to come"),
    ],
    rejects: &[
        "截至2020年底，运营里程达14万公里",
        "2023年上半年增长5%",
        "2022年12月印发的通知",
        "2023年末，贷款余额达到100亿元",
        "2023年末完成投资5亿元",
        "2023年底前入驻的按60元支持",
        "力争2023年末的余额不下降",
    ],
};

pub(super) const DUE: Rule<Stated> = Rule {
    id: "deadline/due",
    about: "The end of a month or year at which a duty falls, without 前: 应于每年1月底报送, 须于2023年6月底向财政部门提交.",
    anchors: &["底", "年末"],
    pattern: r"(?:应当|应|须|需|必须|请)分?别?(?<limit>(?:于|在)(?<to>${point}))(?:将|向|对|报送|上报|提交|报|完成)",
    read: |found| {
        if !found.text("to")?.ends_with(['底', '末']) || past_or_quoted(found) {
            return None;
        }
        let to = Some(Point::read(found.text("to")?)?);
        Stated { span: found.group("limit")?, to, ..Stated::new(found, DeadlineKind::By) }.one()
    },
    accepts: &[
        ("财政部门应于每年1月底向市财政部门报送决算", "于每年1月底 by ..?"),
        ("各单位须于2023年6月底提交总结", "于2023年6月底 by ..2023-06-30"),
    ],
    rejects: &["于2022年6月底完成", "应于每年1月向市财政部门报送", "应于2023年6月底的余额"],
};

pub(super) const AHEAD: Rule<Stated> = Rule {
    id: "deadline/ahead",
    about: "A length before an event by which to act: 有效期届满30日前, 会议召开前3日内; a condition (届满30日前未申请的) is none.",
    anchors: &["前"],
    pattern: r"(?<end>届满|期满|到期|起飞|飞行|降落|拆除|闲置|退役|关闭|停用|撤离|退休年龄|考试时间|考核时间|召开|举行|举办|开庭|开标|开工|施工|开业|营业|运营|运行|投产|投用|使用|开始|启动|结束|截止|生效|终止|停业|上市|换届|考试|出栏|起运|创设|满|(?:终止|届满|期满|到期|召开|解散|变更)之日|(?:发行|兑付|付息|缴款|交割|到期)日|会议|作业|发布|公布|实施)(?:的?(?<count>${count})(?<unit>${time_unit})(?:之|以)?前|(?:之|以)?前(?:的|至少|不少于)?(?<count2>${count})(?<unit2>${time_unit})(?:(?:之|以)?内)?)",
    read: |found| {
        let group = |a, b| found.text(a).or(found.text(b));
        let length = Length::read(group("count", "count2")?, group("unit", "unit2")?)?;
        let clause = |c: char| "，。；：、（）()“”在于".contains(c);
        let window = found.before().char_indices().rev().nth(19).map_or(0, |(at, _)| at);
        let begin = found.passage[window..found.span().start]
            .rfind(clause)
            .map_or(window, |at| window + at + found.passage[window + at..].chars().next().map_or(0, char::len_utf8));
        let event = without_cue(found, begin..found.group("end")?.end);
        // What lies before is told or a condition: 申请日前三年内无违法, 届满30日前未申请的.
        let told = ["受理之日", "申请之日", "案发之日", "申报之日", "发生之日"]
            .iter()
            .any(|word| found.passage[event.clone()].ends_with(word));
        // 参加考试前三年内: years are looked back on, unless something runs out.
        let years = group("unit", "unit2")? == "年"
            && !["满", "到期", "之日"].iter().any(|word| found.passage[event.clone()].ends_with(word));
        if told || years || event.is_empty() || past_or_quoted(found) || is_clause_of_condition(found) {
            return None;
        }
        let far = ["距离", "距"].iter().find_map(|word| found.passage[event.clone()].strip_prefix(word));
        // 在 and 于 belong to the limit, who acts does not.
        let own = event.start == begin && found.passage[..begin].ends_with(['在', '于']);
        let span = begin.max(event.start) - if own { "在".len() } else { 0 }..found.span().end;
        let event = event.end - far.map_or(event.len(), str::len)..event.end;
        Stated { span, length: Some(length), trigger: Some(event), ..Stated::new(found, DeadlineKind::Within) }.one()
    },
    accepts: &[
        ("应当在有效期届满30日前提出延续申请", "在有效期届满30日前 within P30D trigger 有效期届满"),
        ("有效期满前九十日内，向原机关申请", "有效期满前九十日内 within P90D trigger 有效期满"),
        ("应在合同到期前6个月告知对方", "在合同到期前6个月 within P6M trigger 合同到期"),
        ("应在距离合同到期前6个月告知", "在距离合同到期前6个月 within P6M trigger 合同到期"),
        ("应当在会议召开15日前通知", "在会议召开15日前 within P15D trigger 会议召开"),
        (
            "持证单位应当于许可证有效期届满30日前，提出申请",
            "于许可证有效期届满30日前 within P30D trigger 许可证有效期届满",
        ),
        ("单位应于投入运营前15日内备案", "于投入运营前15日内 within P15D trigger 投入运营"),
        ("应当在会议举行的七日前将草案发给委员", "在会议举行的七日前 within P7D trigger 会议举行"),
        ("应在债券发行日前3个工作日公布", "在债券发行日前3个工作日 within P3D working trigger 债券发行日"),
        ("在票据创设前至少1个工作日披露", "在票据创设前至少1个工作日 within P1D working trigger 票据创设"),
        ("应当在计划起飞1小时前报告", "在计划起飞1小时前 within PT1H trigger 计划起飞"),
        ("应当在拆除或者闲置三十日前，报环保部门同意", "在拆除或者闲置三十日前 within P30D trigger 拆除或者闲置"),
        ("并于考核时间前三个月向社会公告", "于考核时间前三个月 within P3M trigger 考核时间"),
    ],
    rejects: &[
        "有效期届满30日前未提出申请的，",
        "在申请之日前三年内无违法记录",
        "参加考试前三年内，在工作中无事故",
        "2020年底前",
        "会议召开前印发材料",
    ],
};

/// The words of an event without who acts and the words of duty before them: 建设单位应当在开工 → 开工.
fn without_cue(found: &Found<'_>, event: Span) -> Span {
    let text = &found.passage[event.clone()];
    let cues = ["应当", "应该", "必须", "应", "须", "可以", "至少", "至迟", "对"];
    let part_of_word = |at: usize| ["供", "反", "响", "适", "相", "效"].iter().any(|c| text[..at].ends_with(c));
    let ends = |cue: &&str| text.rfind(*cue).filter(|&at| !part_of_word(at)).map(|at| at + cue.len());
    let cut = cues.iter().filter_map(ends).max().unwrap_or(0);
    event.start + cut..event.end
}

/// Whether the clause behind a limit runs into 的 and a comma, so that it tells a case and sets no limit.
fn is_clause_of_condition(found: &Found<'_>) -> bool {
    let after = found.after();
    let clause = &after[..after.find(['，', '。', '；', '：', '、']).unwrap_or(after.len())];
    let before = found.before();
    let denied = ["未", "未在", "未于", "没有", "没有在", "不", "未能"].iter().any(|word| before.ends_with(word));
    denied
        || clause.ends_with('的')
        || ["未", "仍未", "无", "没有", "曾", "的", "已"].iter().any(|word| clause.starts_with(word))
}

pub(super) const IN_ADVANCE: Rule<Stated> = Rule {
    id: "deadline/in_advance",
    about: "How long beforehand to act: 提前30日通知, 提前5个工作日; not how early a goal was reached (提前两年完成).",
    anchors: &["提前", "提早"],
    pattern: r"(?:提前|提早)(?:至少|不少于)?(?<count>${count})(?<unit>${time_unit})(?:以上|(?:之|以)?内|(?:之|以)?前)?",
    read: |found| {
        let length = length(found)?;
        let reached = [
            "完成", "实现", "达到", "达标", "建成", "竣工", "投产", "投用", "收官", "结束", "退休", "释放", "超额",
            "全面", "还", "圆满", "开工", "交付", "通车", "开通", "、", "了", "至", "到",
        ];
        let early = before_ends_with(found, &["将", "比", "较", "平均", "已", "可", "能", "均", "都"]);
        if early || continues(found, &reached) || found.text("unit")? == "年" || is_clause_of_condition(found) {
            return None;
        }
        Stated { length: Some(length), ..Stated::new(found, DeadlineKind::Within) }.one()
    },
    accepts: &[
        ("用人单位应当提前30日通知本人", "提前30日 within P30D"),
        ("提前5个工作日发布公告", "提前5个工作日 within P5D working"),
    ],
    rejects: &["提前两年完成目标", "提前一个月实现全年任务", "比计划提前10天开工", "未提前30日通知的，"],
};

fn before_ends_with(found: &Found<'_>, words: &[&str]) -> bool {
    words.iter().any(|word| found.before().ends_with(word))
}

pub(super) const FIRST_DAYS: Rule<Stated> = Rule {
    id: "deadline/first_days",
    about: "The first days of a month, quarter or year within which to act: 次月前7个工作日内, 每月前15日内.",
    anchors: &["前"],
    pattern: r"(?:于|在)?(?<event>次月|每个?月|每季度|次季度|下月|下季度|次年|每年)的?前(?<count>${count})(?<unit>${time_unit})(?:之|以)?内",
    read: |found| {
        let length = length(found)?;
        if is_clause_of_condition(found) {
            return None;
        }
        Stated { length: Some(length), trigger: found.group("event"), ..Stated::new(found, DeadlineKind::Within) }.one()
    },
    accepts: &[
        ("于次月前7个工作日内报送", "于次月前7个工作日内 within P7D working trigger 次月"),
        ("每月前15个工作日内公布", "每月前15个工作日内 within P15D working trigger 每月"),
        ("每季度前5个工作日内报送", "每季度前5个工作日内 within P5D working trigger 每季度"),
    ],
    rejects: &["次月前报送", "近7个工作日内", "今年前三个月内"],
};

pub(super) const AFTER_ACT: Rule<Stated> = Rule {
    id: "deadline/after_act",
    about: "A length from an act that is named without 后 or 之日起: 在立案三个月以内.",
    anchors: &["内"],
    pattern: r"(?:在|于|自)(?<event>(?:立案|受理|备案|登记|签收|竣工|验收合格|公示结束|送达|(?:收到|接到|受理|签订|发布|印发|公布)[^，。；：、在内前后起]{1,12}?|合同签订))的?(?<count>${count})(?<unit>${time_unit})(?:之|以)?内",
    read: |found| {
        let length = length(found)?;
        if is_condition(found) || past_or_quoted(found) {
            return None;
        }
        Stated { length: Some(length), trigger: found.group("event"), ..Stated::new(found, DeadlineKind::Within) }.one()
    },
    accepts: &[
        ("应当在立案三个月以内作出决定", "在立案三个月以内 within P3M trigger 立案"),
        ("在合同签订的1个工作日内公告", "在合同签订的1个工作日内 within P1D working trigger 合同签订"),
        ("在收到申请5个工作日内答复", "在收到申请5个工作日内 within P5D working trigger 收到申请"),
    ],
    rejects: &[
        "在受理后三个月内",
        "登记三年内的企业",
        "在登记三年内的企业",
        "在签订施工合同前一年内承建的工程未拖欠工资的",
    ],
};
