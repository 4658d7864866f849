//! What a document says of itself: number, issuer, dates, kind, the instrument that it issues.

use crate::elements;
use crate::model::DocumentKind;
use crate::pattern::Pattern;
use jiff::civil::Date;
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// Title ends and the kind they name; the first that fits decides.
const KINDS: &[(DocumentKind, &[&str])] = &[
    (DocumentKind::Appointment, &["任职的通知", "免职的通知", "任免的通知", "任免职的通知", "任命的通知", "任免名单"]),
    (
        DocumentKind::Regulation,
        &[
            "条例",
            "规定",
            "办法",
            "细则",
            "规则",
            "规程",
            "章程",
            "准则",
            "解释",
            "法",
            "法典",
            "修正案",
            "规范",
            "标准",
            "基准",
        ],
    ),
    (DocumentKind::Order, &["令"]),
    (DocumentKind::Report, &["报告"]),
    (
        DocumentKind::Plan,
        &[
            "规划", "计划", "方案", "要点", "纲要", "行动", "任务", "目标", "预案", "分工", "清单", "安排", "工程",
            "指标",
        ],
    ),
    (DocumentKind::Policy, &["政策", "措施", "举措", "政策意见", "若干条"]),
    (DocumentKind::Opinion, &["意见"]),
    (DocumentKind::Announcement, &["公告", "通告", "公示"]),
    (DocumentKind::Notice, &["通知", "通报"]),
];

/// The kind of a document by its title; by the instrument's where it issues one.
pub fn kind(title: Option<&str>, instrument: Option<&str>) -> DocumentKind {
    let by_end = |title: &str| {
        let bare = without(title, regex!(r"[（(〔][^（）()〔〕]{1,40}[）)〕]$|[》”]+$"));
        let named = KINDS.iter().find(|(_, ends)| ends.iter().any(|end| bare.ends_with(end))).map(|(kind, _)| *kind);
        named.or(elements::ends_with_count(bare).then_some(DocumentKind::Policy))
    };
    instrument.and_then(by_end).or_else(|| title.and_then(by_end)).unwrap_or(DocumentKind::Other)
}

/// A text without the end that a pattern finds.
fn without<'t>(text: &'t str, end: &Pattern) -> &'t str {
    end.find(text).map_or(text, |found| &text[..found.start])
}

/// The title of what a notice issues, read from the notice's own title: `关于印发X的通知` → X, `关于征求《X》意见的公告` → X.
pub fn instrument(title: &str) -> Option<&str> {
    if let Some(draft) = draft(title) {
        return Some(draft);
    }
    let issued = regex!(r"(?:印发|发布|颁布|公布|下发|征求|转发)(?<what>.+?)(?:的通知|的公告|的通告|的决定|意见的|的函|的命令)$|(?:征求|印发|发布|公布)(?<quoted>《.+》)$|(?:征求|征集)对?(?<draft>《.+》)").captures(title)?;
    let what = issued.text("what").or(issued.text("quoted")).or(issued.text("draft"))?.trim_end_matches("意见的公告");
    let what = match (what.strip_prefix('《'), what.rfind('》')) {
        (Some(inner), Some(end)) if !inner[..end - '《'.len_utf8()].contains('》') => &inner[..end - '《'.len_utf8()],
        // 转发市水利局《…方案》
        (None, Some(end)) if end + '》'.len_utf8() == what.len() => match what[..end].split_once('《') {
            Some((who, inner)) if elements::is_body(who) => inner,
            _ => what,
        },
        _ => what,
    };
    let what = without_edition(what);
    (what.chars().count() >= 4).then_some(what.trim())
}

/// What is told before the call for comments on it: `关于《X（征求意见稿）》公开征求意见的公告`, `某市某办法公开征求意见公告` → X.
fn draft(title: &str) -> Option<&str> {
    let found = regex!(r"(?:《(?<quoted>[^《》]{4,100})》|^(?<bare>[^《》]{4,100}?))(?:向社会)?(?:公开)?(?:征求|征集)(?:社会|公众|社会公众)?意见(?:的?(?:公告|通告|通知|启事|函))?$").captures(title)?;
    let bare = || {
        let told = found.text("bare")?;
        let matter = told.split_once("关于").filter(|(who, _)| who.is_empty() || elements::is_body(who));
        let draft = matter.map_or(told, |(_, matter)| matter);
        elements::is_title(draft).then_some(draft)
    };
    found.text("quoted").or_else(bare).map(without_edition)
}

/// A title without the version note at its end.
fn without_edition(title: &str) -> &str {
    without(title, regex!(r"[（(][^（）()]{0,14}(?:稿|版|草案)[）)]$"))
}

/// Whether a title is that of a decision to amend: with it the amended text is printed again, its old day of effect too.
pub fn amends(title: &str) -> bool {
    title.contains("修改") && elements::title_core(title).ends_with("决定")
}

/// The title of what a text says it issues: `制定了《…办法》，现予发布`, `《…方案》已经市政府同意，现印发给你们`.
pub fn issued_in(text: &str) -> Option<&str> {
    if !text.contains('》') {
        return None;
    }
    let found = regex!(r"《(?<what>[^《》]{4,80})》(?:[（(][^（）()]{1,20}[）)])?[，,。]?(?:已经?.{0,80}?(?:通过|同意|批准|审议)|现予|现印发|予以|经.{0,60}?(?:同意|批准|通过)|印发给)").captures(text)?;
    found.text("what")
}

/// The kind of document that a text says it is: `制定本办法`, `本条例自…起施行`, `现提出以下意见`.
pub fn calls_itself(text: &str) -> Option<&str> {
    if !text.contains(['本', '下']) {
        return None;
    }
    let found = regex!(
        r"制[定订]本(?<made>(?:实施|管理|暂行|补充|工作)?(?:条例|办法|规定|细则|规则|规程|规范|方案|意见|措施))|本(?<takes>条例|办法|规定|细则|规则)自|提出(?:以|如)下(?<given>(?:实施|指导|若干)?意见)"
    )
    .captures(text)?;
    found.text("made").or(found.text("takes")).or(found.text("given"))
}

/// The version note at the end of a title: `（征求意见稿）`.
pub fn edition(title: &str) -> Option<&str> {
    regex!(r"[（(]([^（）()]{0,14}(?:稿|版|草案))[）)][》”]*").captures(title)?.nth(1)
}

/// The body before 关于 or 印发 in a title: `武汉市人民政府办公厅关于印发…` → 武汉市人民政府办公厅.
pub fn issuer_in_title(title: &str) -> Option<&str> {
    let end = elements::issuer_end(title)?;
    let body = title[..end].trim();
    (elements::is_body(body)).then_some(body)
}

/// The body for which the line below the title of a report speaks: `某市财政局`, `某市财政局局长张某`, `某省省长张某`; not
/// the short names 省长 and 市财政局.
pub fn speaks_for(line: &str) -> Option<String> {
    let head =
        regex!(r"^(?<place>\p{Han}{1,12}(?:省|市|区|县|州|盟|旗))(?:代理?|副)?(?:省长|市长|区长|县长|州长|盟长|旗长)");
    let of_office = regex!(r"^(?<body>\p{Han}{3,20}(?:局|厅|委员会))(?:局长|厅长|主任)");
    let place = || head.captures(line).map(|found| format!("{}人民政府", &found["place"]));
    let body = || match of_office.captures(line) {
        Some(found) => Some(found["body"].to_owned()),
        None => (elements::is_body(line) && !elements::is_officer(line)).then(|| line.to_owned()),
    };
    let is_short = |body: &String| ["省", "市", "县", "区", "州", "自治区"].iter().any(|level| body.starts_with(level));
    government_named(line).or_else(place).or_else(|| body().filter(|body| !is_short(body)))
}

/// The government that a text begins with: `某省人民政府省长张某`, `国务院总理张某`. 省人民政府 and 自治区人民政府 alone name none.
fn government_named(text: &str) -> Option<String> {
    if text.starts_with("国务院") {
        return Some("国务院".to_owned());
    }
    let place = text.split_once("人民政府")?.0;
    (place.chars().count() >= 2 && place != "自治区").then(|| format!("{place}人民政府"))
}

/// The government for which a report is given: `现在，我代表某省人民政府，向大会报告工作`. 省人民政府 alone is that of the place
/// whose congress hears it.
pub fn reporting_government(text: &str, heard_in: Option<&str>) -> Option<String> {
    let found = regex!(r"我代表(?<who>国务院|\p{Han}{1,20}人民政府)[，,]?向").captures(text)?;
    let level = found["who"].strip_suffix("人民政府");
    let place = heard_in.filter(|place| level.is_some_and(|level| place.ends_with(level) && *place != level));
    place.map(|place| format!("{place}人民政府")).or_else(|| government_named(&found["who"]))
}

/// The place whose congress hears a report: `2026年1月27日在某省第七届人民代表大会第五次会议上`.
pub fn heard_in(occasion: &str) -> Option<&str> {
    let found = regex!(r"日在(?<place>\p{Han}{1,12}?(?:省|市|区|州|县|旗|盟))第\p{Han}{1,5}届人民代表大会")
        .captures(occasion)?;
    found.text("place")
}

/// The government of the place that a title begins with, for an order signed by its head alone: 宁波市政府…规定 → 宁波市人民政府.
pub fn government_of(title: &str) -> Option<String> {
    let place = regex!(r"^(?:\p{Han}{2,7}?(?:省|自治区|市|自治州|州|盟|县|旗|区)){1,3}?").find(title)?;
    Some(format!("{}人民政府", &title[place]))
}

/// The day a document takes effect, where a sentence of its own says so: `本规定自2022年3月1日起施行`.
pub fn effective(text: &str) -> Option<Date> {
    static FROM: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new("自"));
    let year = |at: usize| text[at + "自".len()..].starts_with(['1', '2', '１', '２', '一', '二']);
    if !FROM.find_iter(text.as_bytes()).any(year) {
        return None;
    }
    static EFFECTIVE: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::known(&format!(
            "(?:本(?:\\p{{Han}}{{0,10}}|[《“][^》”]{{1,40}}[》”])|^|，|。|予以公布|公布|发布)(?:，)?自(?<date>{})(?:零时)?(?:起|开始)?(?:正式)?(?:施行|实施|执行|生效)",
            elements::DAY
        ))
    });
    let own = EFFECTIVE.captures_iter(text).find(|c| {
        let whole = c.whole();
        !whole.ends_with('》') && !whole.contains('《')
    })?;
    elements::date(&own["date"])
}

/// What a line of a law's history says (`2011年6月9日 中华人民共和国国务院令第999号公布`).
#[derive(Debug, Default, PartialEq, Eq)]
pub struct History {
    pub issuer: Option<String>,
    pub doc_number: Option<String>,
    pub effective: Option<Date>,
}

/// Reads a line of promulgation below the title of a law; `None` when it is none.
pub fn history(line: &str) -> Option<History> {
    static DATED: LazyLock<Pattern> =
        LazyLock::new(|| Pattern::known(&format!("^(?<date>{})(?:起)?(?<what>.{{2,200}})$", elements::DAY)));
    let line = elements::strip_brackets(line);
    let found = DATED.captures(line)?;
    let what = &found["what"];
    if what.contains('。') {
        return None;
    }
    if regex!(r"^(?:起)?(?:施行|实施|生效|执行)$").is_match(what) {
        return Some(History { effective: elements::date(&found["date"]), ..History::default() });
    }
    let number = regex!(r"^\p{Han}{2,40}?令(?:[〔（(]\d{4}[〕）)])?第?\d{1,4}号")
        .find(what)
        .map(|number| what[number].to_owned());
    let told = regex!(r"(?:通过|公布|发布|批准|修订|修正|施行|实施|废止|颁布|制定)").is_match(what);
    // Amendments tell who amended, not who issued.
    let amends = regex!(r"修订|修正|修改|废止").is_match(what);
    let issuer = (!amends).then(|| promulgator(what)).flatten();
    (told || number.is_some()).then_some(History { issuer, doc_number: number.filter(|_| !amends), effective: None })
}

/// The body in a line of promulgation: `国务院令第999号公布`, `国家计量委员会发布`, `…常务委员会第十四次会议通过`.
fn promulgator(what: &str) -> Option<String> {
    let by_order = regex!(r"^(?<who>[\p{Han}、]{2,60}?)(?:令|公告)(?:[〔（(]\d{4}[〕）)])?第?\d{1,4}号");
    let by_session = regex!(
        r"^(?<who>[\p{Han}、]{2,60}?)(?:审判委员会|检察委员会|常务会议|全体会议)?第[\d一二三四五六七八九十百]{1,6}次"
    );
    let by_verb = regex!(r"^(?<who>[\p{Han}、]{2,60}?)(?:公告|会议|通过并)?(?:公布|发布|颁布|制定|印发|通过|批准)$");
    let mut bare = what.to_owned();
    while let Some(session) = regex!(r"第?[一二三四五六七八九十]+届").find(&bare) {
        bare.replace_range(session, "");
    }
    let who = [by_order, by_session, by_verb].into_iter().find_map(|r| r.captures(&bare))?["who"].to_owned();
    let who = who
        .trim_start_matches("中华人民共和国")
        .trim_end_matches("审判委员会")
        .trim_end_matches("检察委员会")
        .to_owned();
    (who.chars().count() >= 3).then_some(who)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn instruments_are_read_from_titles() {
        assert_eq!(instrument("甲市人民政府关于印发《甲市稳经济若干政策举措》的通知"), Some("甲市稳经济若干政策举措"));
        assert_eq!(
            instrument("甲市人民政府办公厅关于印发甲市实施方案（2021-2025年）的通知"),
            Some("甲市实施方案（2021-2025年）")
        );
        assert_eq!(instrument("关于征求《甲区若干政策(征求意见稿)》意见的公告"), Some("甲区若干政策"));
        assert_eq!(
            instrument("中共甲市委办公室甲市人民政府办公室印发《关于加强服务的意见》"),
            Some("关于加强服务的意见")
        );
        assert_eq!(instrument("关于转发甲市水利局《甲市防汛方案》的通知"), Some("甲市防汛方案"));
        assert_eq!(instrument("关于印发《甲市甲办法》和《甲市乙办法》的通知"), Some("《甲市甲办法》和《甲市乙办法》"));
        for title in [
            "甲市公安局关于停车管理办法公开征求意见的公告",
            "关于《停车管理办法（征求意见稿）》公开征求意见的公告",
            "《停车管理办法（征求意见稿）》公开征求意见",
            "公开征集对《停车管理办法（征求意见稿）》的意见",
            "停车管理办法公开征求意见公告",
        ] {
            assert_eq!(instrument(title), Some("停车管理办法"), "{title}");
        }
        for title in ["甲市人民政府关于加快发展的实施意见", "关于停车收费公开征求意见的公告", "关于公开征求意见的公告"]
        {
            assert_eq!(instrument(title), None, "{title}");
        }
    }

    #[test]
    fn a_text_says_what_it_is() {
        assert_eq!(calls_itself("为加强管理，制定本办法。"), Some("办法"));
        assert_eq!(calls_itself("本规定自公布之日起施行。"), Some("规定"));
        assert_eq!(calls_itself("经国务院同意，现提出以下意见："), Some("意见"));
        for text in ["制定本单位管理办法", "制定本市实施办法", "依照本办法处罚", "提出以下要求"]
        {
            assert_eq!(calls_itself(text), None, "{text}");
        }
    }

    #[test]
    fn kinds_follow_the_instrument() {
        assert_eq!(kind(Some("关于印发规划的通知"), Some("残疾人事业发展“十四五”规划")), DocumentKind::Plan);
        assert_eq!(kind(Some("关于杨某任职的通知"), None), DocumentKind::Appointment);
        assert_eq!(kind(Some("服务办法（试行）"), None), DocumentKind::Regulation);
        assert_eq!(kind(Some("甲市惠企“黄金30条”"), None), DocumentKind::Policy);
        assert_eq!(kind(None, None), DocumentKind::Other);
    }

    #[test]
    fn effect_is_the_documents_own() {
        assert_eq!(
            effective("本规定自2022年3月1日起施行。2011年9月5日发布的《办法》同时废止。"),
            Some(date(2022, 3, 1))
        );
        assert_eq!(effective("现予发布，自2022年3月1日起施行。"), Some(date(2022, 3, 1)));
        assert_eq!(effective("本条例自一九九三年二月十日起施行。"), Some(date(1993, 2, 10)));
        assert_eq!(effective("本规定自公布之日起施行。"), None);
    }

    #[test]
    fn a_report_names_its_government() {
        for (line, body) in [
            ("甲省人民政府省长张某", Some("甲省人民政府")),
            ("甲省省长张某", Some("甲省人民政府")),
            ("国务院总理张某", Some("国务院")),
            ("甲市财政局", Some("甲市财政局")),
            ("甲市财政局局长张某", Some("甲市财政局")),
            ("省人民政府省长张某", None),
            ("省长张某", None),
            ("自治区主席张某", None),
            ("市财政局局长张某", None),
        ] {
            assert_eq!(speaks_for(line).as_deref(), body, "{line}");
        }
        let opening =
            |who: &str, place| reporting_government(&format!("现在，我代表{who}，向大会报告工作，请予审议。"), place);
        assert_eq!(opening("甲市人民政府", None).as_deref(), Some("甲市人民政府"));
        assert_eq!(opening("国务院", Some("甲省")).as_deref(), Some("国务院"));
        assert_eq!([opening("省人民政府", None), opening("自治区人民政府", None)], [None, None]);
        let place = heard_in("（2026年1月27日在甲省第七届人民代表大会第五次会议上）");
        assert_eq!(place, Some("甲省"));
        assert_eq!(opening("省人民政府", place).as_deref(), Some("甲省人民政府"));
        assert_eq!(opening("市人民政府", place), None);
    }

    #[test]
    fn the_history_of_a_law_names_its_issuer() {
        let read = history("2011年6月9日中华人民共和国国务院令第999号公布").expect("a history line");
        assert_eq!(read.issuer.as_deref(), Some("国务院"));
        assert_eq!(read.doc_number.as_deref(), Some("中华人民共和国国务院令第999号"));
        assert_eq!(history("2003年4月7日国家计量委员会发布").and_then(|h| h.issuer).as_deref(), Some("国家计量委员会"));
        assert_eq!(
            history("2016年8月24日海州市七届人民代表大会常务委员会第三十一次会议通过")
                .and_then(|h| h.issuer)
                .as_deref(),
            Some("海州市人民代表大会常务委员会")
        );
        assert_eq!(
            history("2003年4月7日第九届全国人民代表大会常务委员会第九十次会议通过").and_then(|h| h.issuer).as_deref(),
            Some("全国人民代表大会常务委员会")
        );
    }
}
