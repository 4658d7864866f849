//! The elements of an official document (公文格式各要素, GB/T 9704-2012, 7): what a line of it is by its form alone.
//!
//! All functions take one cleaned line or paragraph.

use crate::lexicon::{Endings, Marks, Words};
use crate::numeral;
use crate::pattern::Pattern;
use jiff::civil::Date;
use std::sync::LazyLock;

/// Words that end a title: the kinds of official documents (党政机关公文处理工作条例, art. 8), of law, of plans and of the
/// instruments that a notice issues. Longer before shorter is not needed: only the end of the title is compared.
const TITLE_ENDS: &[&str] = &[
    "通知",
    "意见",
    "决定",
    "决议",
    "命令",
    "公告",
    "通告",
    "公报",
    "通报",
    "议案",
    "报告",
    "请示",
    "批复",
    "函",
    "纪要",
    "令",
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
    "方案",
    "规划",
    "计划",
    "要点",
    "纲要",
    "政策",
    "措施",
    "举措",
    "预案",
    "标准",
    "指南",
    "指引",
    "清单",
    "目录",
    "名单",
    "目标",
    "任务",
    "行动",
    "分工",
    "制度",
    "体系",
    "简介",
    "说明",
    "答复",
    "安排",
    "意见书",
    "指标",
    "流程",
    "须知",
    "机制",
    "工程",
    "职责",
    "条款",
    "协议",
    "合同",
    "事项",
    "要求",
    "口径",
    "示范文本",
    "责任书",
    "任务书",
    "名录",
    "基准",
    "指导书",
    "编制",
    "项目表",
    "分工表",
    "一览表",
];

/// Title ends that are common words too: they close a title only where no 关于 promises a kind of document.
const WEAK_ENDS: &[&str] = &[
    "目标", "任务", "行动", "分工", "制度", "体系", "说明", "指标", "流程", "须知", "机制", "工程", "职责", "条款",
    "合同", "事项", "要求", "口径", "编制", "标准", "政策", "措施", "举措", "安排", "报告", "协议",
];

/// Ends of the title of a document that issues another one.
const ISSUING_ENDS: &[&str] = &["通知", "公告", "通告", "函", "决定", "命令", "令", "意见", "通报", "批复", "》"];

/// Ends of the names of bodies that sign documents.
const BODY_ENDS: &[&str] = &[
    "人民政府",
    "办公厅",
    "办公室",
    "委员会",
    "国务院",
    "厅",
    "局",
    "部",
    "院",
    "署",
    "委",
    "会",
    "公司",
    "银行",
    "中心",
    "领导小组",
    "集团",
    "指挥部",
    "支行",
    "分行",
    "总社",
    "大学",
    "总队",
    "研究所",
    "工作组",
    "专班",
    "总行",
    "海关",
    "网信办",
];

/// Bytes of `（二〇一九年十二月三十一日）`, and some more.
const LONGEST_DATE: usize = 60;

/// A day in any numerals, as part of a pattern.
pub const DAY: &str = r"(?<y>[12１２]\d{3}|[一二][〇○零Ｏ０0O一二三四五六七八九]{3})年(?<m>\d{1,2}|[一二三四五六七八九十]{1,2})月(?<d>\d{1,2}|[一二三四五六七八九十]{1,3})日";

/// A date that is the whole text: `2021年12月29日`, `二〇一九年十月二十一日`.
pub fn date(text: &str) -> Option<Date> {
    if text.len() > LONGEST_DATE || !before_bracket(text).ends_with('日') {
        return None;
    }
    static WHOLE: LazyLock<Pattern> = LazyLock::new(|| Pattern::known(&format!("^[（(]?{DAY}[）)]?$")));
    let found = WHOLE.captures(text)?;
    let year = found["y"].chars().try_fold(0, |year, c| Some(year * 10 + digit(c)?))?;
    let small = |name: &str| numeral::ordinal(&found[name]).and_then(|n| i8::try_from(n).ok());
    Date::new(year, small("m")?, small("d")?).ok()
}

/// A text without the closing bracket at its end.
fn before_bracket(text: &str) -> &str {
    text.strip_suffix(['）', ')']).unwrap_or(text)
}

fn digit(c: char) -> Option<i16> {
    let rows = ["0123456789", "０１２３４５６７８９", "〇一二三四五六七八九"];
    let place = rows.iter().find_map(|row| row.chars().position(|digit| digit == c));
    place.map(|value| value as i16).or("○零ＯO".contains(c).then_some(0))
}

/// A month that dates a text, its day left out: `二〇〇一年四月`.
pub fn is_month(text: &str) -> bool {
    text.ends_with('月') && text.len() <= LONGEST_DATE && date(&format!("{text}1日")).is_some()
}

/// Bytes of the longest document number: 40 characters of offices, a year and a number in brackets.
const LONGEST_NUMBER: usize = 240;

/// The number of a document (发文字号) that is the whole text, brackets as printed: `甬政发〔2021〕56号`, `政府令第260号`,
/// `（政府令260号）` without its brackets.
pub fn doc_number(text: &str) -> Option<&str> {
    if !text.ends_with(['号', '）', ')', '〕', ']']) {
        return None;
    }
    let text = strip_brackets(text);
    if text.len() > LONGEST_NUMBER || !before_bracket(text).ends_with('号') {
        return None;
    }
    let numbered =
        regex!(r"^\p{Han}[\p{Han}、，,]{0,40}[〔\[［【（(][12１２]\d{3}[〕\]］】）)](?:年)?(?:第|字第|字)?\d{1,5}号$");
    let order = regex!(
        r"^\p{Han}{0,40}(?:令|公告|通告)(?:[〔\[［【（(][12１２]\d{3}[〕\]］】）)])?[（(]?第?[\d一二三四五六七八九十百零〇]{1,6}号[）)]?$"
    );
    let year_order = regex!(r"^\p{Han}{0,40}(?:令|公告|通告)[12１２]\d{3}年第?\d{1,4}号$");
    let bare = !text.contains("关于") && !text.contains("的通知");
    (bare && (numbered.is_match(text) || order.is_match(text) || year_order.is_match(text))).then_some(text)
}

/// Whether a character is a letter or a digit of any script. Nearly all are Han, which need no look into the tables.
pub fn is_letter(c: char) -> bool {
    is_han(c) || c.is_alphanumeric()
}

/// Whether a character is one of nearly all of Han: letters, none of them a digit.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// Whether a text has at most so many characters.
pub fn is_within(text: &str, characters: usize) -> bool {
    text.len() <= 4 * characters && text.chars().count() <= characters
}

/// Whether two texts have the same letters and digits, whatever stands between them.
pub fn same_letters(a: &str, b: &str) -> bool {
    a.chars().filter(|c| is_letter(*c)).eq(b.chars().filter(|c| is_letter(*c)))
}

/// `（…）` around the whole text, taken off.
pub fn strip_brackets(text: &str) -> &str {
    let inner = text.strip_prefix(['（', '(', '〔', '[']).and_then(|t| t.strip_suffix(['）', ')', '〕', ']']));
    inner.filter(|t| !t.contains(['（', '(', '）', ')'])).unwrap_or(text)
}

/// `第260号`, `（2019）第4号` or `2023年第19号` alone, below the line of the order (令) or the announcement (公告).
pub fn bare_number(text: &str) -> bool {
    text.ends_with(['号', '）', ')'])
        && regex!(r"^(?:[（(〔\[][12１２]\d{3}[）)〕\]])?[（(]?(?:[12１２]\d{3}年)?第?[\d一二三四五六七八九十百零〇]{1,6}号[）)]?$").is_match(text)
}

/// The head of an order, an announcement or a paper with letterhead, without its number: `中国人民银行令`, `某某市人民政府文件`.
/// Gives the body that it names.
pub fn letterhead(text: &str) -> Option<&str> {
    let body = ["令", "公告", "通告", "文件"].iter().find_map(|end| text.strip_suffix(end))?;
    (is_body(body) || body.ends_with("政府")).then_some(body)
}

/// Whether dots lead from the words of a line to a page, as in a table of contents: `…的通知……9`.
pub fn is_led_to_a_page(line: &str) -> bool {
    line.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '）' | ')'))
        && regex!(r"[….·．⋯‥]{2,}\s*[（(]?[0-9]{1,3}[）)]?$").is_match(line)
}

/// A number with the title behind it in brackets: `中国人民银行令〔2025〕第4号（网络安全事件报告管理办法）`.
pub fn titled_number(text: &str) -> Option<(&str, &str)> {
    let text = text.strip_suffix(['）', ')'])?;
    let at = text.find('号')? + '号'.len_utf8();
    let (number, title) = text.split_at(at);
    let title = title.strip_prefix(['（', '('])?;
    (doc_number(number).is_some() && title.chars().count() >= 4).then_some((number, title))
}

/// The document number in brackets behind a title: `…有关事项的通知（银发〔2024〕45号）`.
pub fn number_behind(title: &str) -> Option<&str> {
    if !title.ends_with(['）', ')']) {
        return None;
    }
    let found = regex!(r"[（(](?<n>[^（）()]{2,60}号)[）)]$").captures(title)?;
    doc_number(found.text("n")?)
}

/// The line that registers a document (规范性文件统一编号), printed above its title.
pub fn is_registration(text: &str) -> bool {
    text.starts_with(['行', '规'])
        && regex!(r"^(?:行政)?规范性文件(?:统一)?(?:登记|备案|审查)?(?:编号|号)").is_match(text)
        && text.chars().count() <= 45
}

/// Bytes of 60 characters.
const LONGEST_BODY: usize = 60 * 4;

/// Whether the text is a body's name and nothing else, as in a signature: `宁波市人民政府`, `中国人民银行财政部`.
pub fn is_body(text: &str) -> bool {
    static ENDS: LazyLock<Endings> = LazyLock::new(|| Endings::new(BODY_ENDS.iter().copied()));
    let text = text.strip_suffix("（代章）").unwrap_or(text);
    text.len() <= LONGEST_BODY
        && ENDS.end(text)
        && (3..=60).contains(&text.chars().count())
        && text.chars().all(|c| {
            is_han(c) || c.is_alphabetic() && !c.is_numeric() || matches!(c, '（' | '）' | '(' | ')' | '、' | '·')
        })
        && !text.starts_with('各')
}

/// Bytes of 34 characters: a place, an office, a colon and a name.
const LONGEST_OFFICER: usize = 34 * 3;

/// An office holder's signature: `市长裘东耀`, `局长：王某某`.
pub fn is_officer(text: &str) -> bool {
    // An office ends before a name of two to five characters.
    text.len() <= LONGEST_OFFICER
        && text.chars().rev().skip(2).take(5).any(|c| matches!(c, '长' | '任' | '理' | '席'))
        && regex!(r"^(?:\p{Han}{2,24}?)?(?:代|副)?(?:总理|省长|市长|区长|县长|州长|主席|主任|部长|行长|署长|局长|厅长|院长|检察长|委员长|会长|盟长)[:：]?[\p{Han}·]{2,5}$").is_match(text)
}

/// A signature on one line: who signs, or nobody, and the day. `某市人民政府2021年5月19日`, `市长裘东耀2021年5月19日`.
pub fn signature(text: &str) -> Option<(&str, Date)> {
    if let Some(date) = date(text) {
        return Some(("", date));
    }
    if !text.ends_with('日') || !is_within(text, 70) {
        return None;
    }
    text.char_indices().skip(3).find_map(|(at, c)| {
        let signs = |who: &str| is_body(who) || is_officer(who);
        let starts = matches!(c, '1' | '2' | '一' | '二') && signs(&text[..at]);
        starts.then(|| date(&text[at..])).flatten().map(|date| (&text[..at], date))
    })
}

/// Where a signature begins that was run on behind the last sentence of a paragraph, and the note behind it:
/// `…自2018年1月1日起施行。总理张某某2017年12月25日`, `…执行。某市人民政府2021年5月19日（此件公开发布）`.
pub fn signature_behind(text: &str) -> Option<(usize, usize)> {
    let (signed, note) = match text.strip_suffix(['）', ')']) {
        Some(inner) => text.split_at(inner.rfind(['（', '('])?),
        None => (text, ""),
    };
    if !signed.ends_with('日') || !(note.is_empty() || is_note(note)) {
        return None;
    }
    let at = signed.rfind('。')? + '。'.len_utf8();
    let (who, _) = signature(&signed[at..])?;
    (!who.is_empty()).then_some((at, signed.len()))
}

/// Whom a document is sent to (主送机关): `各区县（市）人民政府，市直各单位：`.
pub fn is_addressee(text: &str) -> bool {
    let Some(list) = text.strip_suffix(['：', ':']) else { return false };
    static NONE: Marks = Marks::new(&['。', '“', '《']);
    !NONE.stand_in(list)
        && is_within(list, 700)
        && regex!(r"^(?:各|国务院|省|市|县|区|全国|全省|全市|中国|国家|有关|你|本|驻|自治区|\p{Han}{2,24}公司|\p{Han}{2,8}(?:省|市|自治区|区|县|州|局|厅|委|行|院|分行|总部|部))").is_match(list)
        && regex!(r"(?:政府|单位|部门|机构|委员会|厅|局|委|办|公司|银行|分行|支行|总部|法院|检察院|学校|院|会|企业|中心|队|社|区|县|市|部|处|团|集团|海关|协会|交易所|负责人|代理人)(?:[）)])?$").is_match(list)
}

/// A note below the date (附注): `（此件公开发布）`, `（本文有删减）`, `（联系人：张某某，联系电话：88888888）`.
pub fn is_note(text: &str) -> bool {
    text.starts_with(['（', '('])
        && regex!(r"^[（(](?:此件.{0,20}|本文有删[减节]|联系(?:人|电话|方式).{0,80})[）)]$").is_match(text)
}

/// The list of attachments or the head of one (附件说明): `附件：指标体系`, `附件`, `附件1`, `附：`.
pub fn is_attachment(text: &str) -> bool {
    text.starts_with('附')
        && regex!(r"^(?:附[件表录]|附[:：\d])[\d一二三四五六七八九十]{0,3}(?:[-—]\d{1,2})?(?:[:：].*|[.．、].{0,60})?$")
            .is_match(text)
}

/// A bracketed version note below a title: `（征求意见稿）`, `(对外发布版)`; without its brackets.
pub fn edition(text: &str) -> Option<&str> {
    let inner = text.strip_prefix(['（', '('])?.strip_suffix(['）', ')'])?;
    let fits = inner.chars().count() <= 15
        && ["稿", "版", "草案"].iter().any(|end| inner.ends_with(end))
        && !inner.contains(['（', '(']);
    fits.then_some(inner)
}

/// When and where a report was given, below its title: `——2026年1月27日在某省第七届人民代表大会第五次会议上`. Gives the day.
pub fn occasion(text: &str) -> Option<Date> {
    static OCCASION: LazyLock<Pattern> =
        LazyLock::new(|| Pattern::known(&format!("^(?<date>{DAY})在.{{4,60}}(?:会议|大会)上$")));
    let text = strip_brackets(text.trim_start_matches(['—', '―', '─', '－', '-']));
    date(&OCCASION.captures(text)?["date"])
}

/// Bytes of a key and a value of 120 characters.
const LONGEST_CARD: usize = 140 * 4;

/// Where a web page took its text from, below the title: `来源：云南日报`, `2026-02-03 09:02:33`.
pub fn is_provenance(text: &str) -> bool {
    is_time_stamp(text) || provenance(text).is_some()
}

/// As [`is_provenance`], as key and value: `来源：云南日报`.
pub fn provenance(text: &str) -> Option<(&str, &str)> {
    if text.len() > LONGEST_CARD {
        return None;
    }
    let found = regex!(r"^(?<key>(?:信息)?来源|发[布表](?:时间|日期|机构|单位)?|时间|日期|作者|编辑|责任编辑|(?:浏览|阅读)(?:次数|量)?|字体|字号)[:：](?<value>.{0,60})$").captures(text)?;
    Some((found.text("key")?, found.text("value")?))
}

/// When a web page was put up: `2026-02-03 09:02:33`.
pub fn is_time_stamp(text: &str) -> bool {
    text.starts_with(['1', '2']) && regex!(r"^[12][0-9]{3}-[0-9]{2}-[0-9]{2}(?: [0-9:]{5,8})?$").is_match(text)
}

/// A line of the card that government pages set above a document, as key and value: `文号：某政发〔2023〕2号`.
pub fn card(text: &str) -> Option<(&str, &str)> {
    const FIRST: [char; 14] = ['索', '发', '信', '主', '分', '成', '名', '标', '文', '有', '公', '体', '生', '服'];
    if text.len() > LONGEST_CARD || !text.starts_with(FIRST) || !text.contains([':', '：']) {
        return None;
    }
    let found = regex!(r"^(?<key>索引号|索取号|发布机构|发文机关|发文单位|信息分类|主题分类|分类|成文日期|发文日期|名称|标题|文号|发文字号|发布日期|发布时间|主题词|有效性|公开方式|公开范围|体裁分类|公文种类|生效日期|服务对象|信息索引号)[:：](?<value>.{0,120})$").captures(text)?;
    Some((found.text("key")?, found.text("value")?))
}

/// A bracketed date or passing note below or after a title: `（2023年6月3日）`, `（2004年…通过）`.
pub fn is_title_note(text: &str) -> bool {
    text.starts_with(['（', '('])
        && text.ends_with(['）', ')'])
        && regex!(r"^[（(][12１２]\d{3}年").is_match(text)
        && text.chars().count() <= 300
}

/// The text without a version note or a date in brackets at its end, and without the running number of a printed
/// collection at its start: what is left may be a title.
pub fn title_core(text: &str) -> &str {
    let text = without_number(text);
    if !text.ends_with(['）', ')']) {
        return text;
    }
    let tail = regex!(
        r"[（(](?:[12１２]\d{3}年[^（）()]*|[^（）()]{0,14}(?:稿|版|草案)|[^（）()]{2,60}[〔\[（(]?\d{4}[〕\]）)]?第?\d{1,5}号|[^（）()]{2,20}令第?\d{1,5}号)[）)]$"
    );
    // A version note and a date may stand one behind the other.
    let mut core = text;
    while may_end_with_note(core)
        && let Some(found) = last_bracket(core).and_then(|at| tail.find_at(core, at))
    {
        core = &core[..found.start];
    }
    core
}

/// Where the last bracket of a text opens; the one before it where the last may be the year of a number inside it.
fn last_bracket(text: &str) -> Option<usize> {
    let mut opening = text.rmatch_indices(['（', '(']).map(|(at, _)| at);
    let last = opening.next()?;
    let year = text[last..].chars().nth(1).is_some_and(numeral::is_arabic);
    if year { opening.next().or(Some(last)) } else { Some(last) }
}

/// Whether a text ends with a bracket that may be a version note, a date or a number.
fn may_end_with_note(text: &str) -> bool {
    let Some(inner) = text.strip_suffix(['）', ')']) else { return false };
    let dated = || {
        let note = inner.rfind(['（', '(']).map_or("", |at| inner[at..].trim_start_matches(['（', '(']));
        note.starts_with(['1', '2', '１', '２']) && note.chars().nth("2016".len()) == Some('年')
    };
    inner.ends_with(['稿', '版', '号']) || inner.ends_with("草案") || dated()
}

/// Bytes of a title of 150 characters with a version note, a date and a number behind it.
const LONGEST_TITLE: usize = (150 + 250) * 4;

/// Whether a text ends with the name of a kind of document, or with what may stand behind it.
fn may_end_title(text: &str) -> bool {
    match text.chars().next_back() {
        Some('）' | ')' | '〕' | '》' | '”' | '〉') => true,
        Some(last) => is_han(last) && ends_with_kind(text),
        None => false,
    }
}

/// Whether a text ends with the name of a kind of document.
fn ends_with_kind(text: &str) -> bool {
    static ENDS: LazyLock<Endings> = LazyLock::new(|| Endings::new(TITLE_ENDS.iter().copied()));
    ENDS.end(text) || ends_with_count(text)
}

/// Whether a text is called by the count of its articles: `关于促进消费的二十条`, `某市优惠政策二十条`, `某市“黄金30条`; not
/// `第二十条` and `新开航线20条`.
pub fn ends_with_count(text: &str) -> bool {
    static NAMES: LazyLock<Endings> = LazyLock::new(|| {
        let policies = ["政策", "措施", "举措", "意见", "发展", "环境", "经济", "消费", "难关", "投资", "外贸", "外资"];
        Endings::new(policies)
    });
    let Some(named) = text.strip_suffix('条') else { return false };
    let head = named.trim_end_matches(|c: char| numeral::is_arabic(c) || "一二三四五六七八九十".contains(c));
    let slogan = || head.rsplit_once('“').is_some_and(|(before, name)| !before.is_empty() && is_within(name, 4));
    head.len() < named.len() && !head.ends_with('第') && (head.contains("关于") || NAMES.end(head) || slogan())
}

/// A text without the number and the mark that it begins with: `12.` `3、`.
fn without_number(text: &str) -> &str {
    if !text.starts_with(numeral::is_arabic) {
        return text;
    }
    let behind = text.trim_start_matches(numeral::is_arabic);
    let numbered = is_within(&text[..text.len() - behind.len()], 3);
    behind.strip_prefix(['.', '．', '、']).filter(|_| numbered).unwrap_or(text)
}

/// Whether a text has the form of a title: no sentence, and at its end the name of a kind of document.
pub fn is_title(text: &str) -> bool {
    has_title_form(text, false)
}

/// As [`is_title`]; a body's title may also end with a word that the next line could go on: `某市人民政府关于…的若干措施`.
pub fn is_whole_title(text: &str) -> bool {
    has_title_form(text, true)
}

/// What stands in no title.
static STOPS: Marks = Marks::new(&['。', '；', '！', '？', '：', ':', ';', '\t']);

fn has_title_form(text: &str, whole: bool) -> bool {
    static ISSUING: LazyLock<Words> = LazyLock::new(|| Words::new(&["印发", "转发", "征求"]));
    // Few texts end like one, so that comes first.
    if text.len() > LONGEST_TITLE || !may_end_title(text) {
        return false;
    }
    let core = title_core(text);
    let count = core.chars().count();
    let quoted = core.starts_with('《') && core.find('》').is_some_and(|at| at + '》'.len_utf8() == core.len());
    if !(4..=150).contains(&count) || quoted || STOPS.stand_in(core) {
        return false;
    }
    // A sentence that breaks off behind a quoted title.
    let begins_text = ["为", "根据", "按照", "依据", "贯彻"].iter().any(|word| core.starts_with(word));
    if begins_text || core.matches('《').count() < core.matches('》').count() {
        return false;
    }
    // A title that issues something ends with the notice that issues it, or with the quoted title of the thing.
    if ISSUING.stand_in(core) && !ISSUING_ENDS.iter().any(|end| core.ends_with(end)) {
        return false;
    }
    let bare = up_to_kind(core);
    ends_with_kind(bare) && !core.starts_with(['，', '、', '）', '”']) && (whole || !breaks_off(core, bare))
}

/// Whether a body's title has not come to its kind: `某委关于完善招标投标交易担保制度` ⏎ `…的通知`.
fn breaks_off(title: &str, up_to_kind: &str) -> bool {
    static WEAK: LazyLock<Endings> = LazyLock::new(|| Endings::new(WEAK_ENDS.iter().copied()));
    static ABOUT: LazyLock<Words> = LazyLock::new(|| Words::new(&["关于"]));
    WEAK.end(up_to_kind) && ABOUT.find(title).is_some_and(|at| at > 0 && is_body(&title[..at]))
}

/// A title without what may stand behind the kind: （试行）, （2021-2025年）, （2.0版）, 》 and ”.
fn up_to_kind(title: &str) -> &str {
    let mut text = title;
    loop {
        let bracket = text.strip_suffix(['）', ')', '〕']).and_then(|inner| {
            let at = inner.rfind(['（', '(', '〔', '）', ')', '〕'])?;
            let note = inner[at..].strip_prefix(['（', '(', '〔'])?;
            (1..=30).contains(&note.chars().count()).then_some(&inner[..at])
        });
        match bracket.or_else(|| text.strip_suffix(['》', '”', '）', ')', '〉'])) {
            Some(before) => text = before,
            None => return text,
        }
    }
}

/// Whether a text is a title with a date or a number in brackets behind it, as collections set them: nothing follows it.
pub fn is_dated_title(text: &str) -> bool {
    let core = title_core(text);
    let behind = text.find(core).map_or("", |at| &text[at + core.len()..]);
    is_title(text) && behind.starts_with(['（', '(']) && behind.contains(['年', '号'])
}

/// Whether a text is a title with the running number and the day that a printed collection gives it: `5.某市…的通知（2023年5月8日）`.
pub fn is_collected_title(text: &str) -> bool {
    let Some((title, day)) = text.strip_suffix(['）', ')']).and_then(|text| text.rsplit_once(['（', '('])) else {
        return false;
    };
    let named = without_number(title);
    date(day).is_some()
        && title.len() <= LONGEST_TITLE
        && !STOPS.stand_in(title)
        && named.len() < title.len()
        && named.chars().nth(7).is_some()
}

/// What comes before the matter of a title.
static MATTER: LazyLock<Words> = LazyLock::new(|| Words::new(&["关于", "印发", "转发"]));

/// Where the issuing body ends in a title: before 关于, 印发 or 转发.
pub fn issuer_end(title: &str) -> Option<usize> {
    MATTER.find(title)
}

/// Whether a text is a title that breaks off: it names its matter (关于, 印发) and has not come to the kind of document.
pub fn is_open_title(text: &str) -> bool {
    static CLAUSE_ENDS: Marks = Marks::new(&['。', '；', '：', ':', '，']);
    const SENTENCE_STARTS: &[&str] = &[
        "为", "根据", "按照", "现将", "经", "《", "依据", "贯彻", "落实", "各", "一", "（", "(", "近", "从", "对", "自",
    ];
    // `(5)` at the end is the page of an entry in a table of contents.
    let entry = |core: &str| regex!(r"[（(]\d{1,4}[）)]$").is_match(core);
    let core = title_core(text);
    is_within(core, 140)
        && !CLAUSE_ENDS.stand_in(core)
        && MATTER.stand_in(core)
        && !entry(core)
        && !SENTENCE_STARTS.iter().any(|start| core.starts_with(start))
        && !is_title(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn dates_are_read_in_both_numerals() {
        assert_eq!(date("2021年12月29日"), Some(jiff::civil::date(2021, 12, 29)));
        assert_eq!(date("二〇一九年十月二十一日"), Some(jiff::civil::date(2019, 10, 21)));
        assert_eq!(date("２０２１年１２月２９日"), date("2021年12月29日"));
        assert_eq!(date("二〇〇八年十月○日"), None);
        assert_eq!(date("2021年2月30日"), None);
        assert_eq!(date("2021年12月29日起"), None);
    }

    #[test]
    fn an_occasion_is_a_day_and_a_meeting() {
        for day in ["2026年1月27日", "二〇二六年一月二十七日", "２０２６年１月２７日"] {
            for dash in ["——", "――", ""] {
                let text = format!("{dash}{day}在某省第七届人民代表大会第五次会议上");
                assert_eq!(occasion(&text), Some(jiff::civil::date(2026, 1, 27)), "{text}");
            }
        }
        assert_eq!(occasion("——2026年建成，在某省率先"), None);
        assert_eq!(occasion("——2026年1月27日在某省第七届"), None);
    }

    #[test]
    fn document_numbers_are_whole_lines() {
        assert_eq!(doc_number("甬政发〔2021〕56号"), Some("甬政发〔2021〕56号"));
        assert_eq!(doc_number("中国人民银行令〔2018〕第1号"), Some("中国人民银行令〔2018〕第1号"));
        assert_eq!(doc_number("国发〔２００５〕３９号"), Some("国发〔２００５〕３９号"));
        assert_eq!(doc_number("政府令第260号"), Some("政府令第260号"));
        assert_eq!(doc_number("（政府令260号）"), Some("政府令260号"));
        assert_eq!(doc_number("根据浙政干〔2021〕60号文件批准"), None);
    }

    #[test]
    fn titles_end_with_a_kind_of_document() {
        for title in [
            "宁波市政府非税收入管理实施规定",
            "关于印发攻坚行动方案（2021-2025年）的通知",
            "4.市政府办公厅关于印发实施方案的通知（2023年5月23日）",
            "服务业发展办法（试行）",
            "关于促进消费的二十条",
            "甲市招商引资优惠政策二十条",
            "甲市优化营商环境“黄金30条”",
            "１２．关于印发实施方案的通知（２０２３年５月２３日）",
        ] {
            assert!(is_title(title), "{title}");
        }
        for title in ["甲市人民政府关于促进消费的若干措施", "关于促进消费的若干措施"] {
            assert!(is_whole_title(title), "{title}");
        }
        assert!(!is_title("甲市人民政府关于促进消费的若干措施"));
        for text in [
            "现印发给你们，请认真贯彻执行。",
            "为规范管理，制定本办法",
            "总体要求如下：通知",
            "市经信局",
            "关于办法第二十条",
            "甲市新开国际航线20条",
            "“六稳”二十条",
        ] {
            assert!(!is_title(text), "{text}");
        }
    }

    #[test]
    fn notes_may_stand_behind_the_kind() {
        for title in
            ["办法（试行）", "办法（试行）（2021-2025年）", "办法（《甲》）", "办法》”", "办法（试行）））", "办法"]
        {
            assert_eq!(up_to_kind(title), "办法", "{title}");
        }
        for (title, bare) in [("办法（）", "办法（"), ("办法（甲（乙）丙）", "办法（甲（乙）丙"), ("（办法", "（办法")]
        {
            assert_eq!(up_to_kind(title), bare, "{title}");
        }
    }

    proptest! {
        #![proptest_config(crate::pattern::random())]
        #[test]
        fn what_may_stand_behind_the_kind_is_a_pattern(title in "(甲|（|）|〔|〕|《|》|”){0,12}") {
            let behind = regex!(r"(?:[（(〔][^（）()〔〕]{1,30}[）)〕]|[》”）)〉])*$");
            prop_assert_eq!(up_to_kind(&title), &title[..behind.find(&title).map_or(title.len(), |m| m.start)]);
        }
    }

    #[test]
    fn numbers_stand_below_an_announcement() {
        for number in ["第260号", "（2019）第4号", "2023年第19号", "（2021年第35号）"] {
            assert!(bare_number(number), "{number}");
        }
        assert!(!bare_number("2023年第19号公告") && !bare_number("2023年"));
    }

    #[test]
    fn a_month_dates_where_no_day_is_told() {
        assert!(is_month("二OO一年四月") && is_month("2001年4月"));
        assert!(!is_month("2001年4月起") && !is_month("4月") && !is_month("2001年4月1日"));
    }

    #[test]
    fn a_time_stamp_is_a_whole_line() {
        assert!(is_time_stamp("2025-04-11 10:20:30") && is_time_stamp("2025-04-11"));
        assert!(!is_time_stamp("2025-04-11起施行") && !is_time_stamp("2025年4月11日"));
        assert!(is_provenance("来源：某某日报") && is_provenance("2025-04-11 10:20:30"));
    }

    #[test]
    fn a_signature_may_be_run_on_behind_its_sentence() {
        let signed = |text: &'static str| signature_behind(text).map(|(at, end)| (&text[at..end], &text[end..]));
        assert_eq!(signed("自2018年1月1日起施行。总理张某某2017年12月25日"), Some(("总理张某某2017年12月25日", "")));
        assert_eq!(
            signed("请认真执行。海州市人民政府2021年5月19日（此件公开发布）"),
            Some(("海州市人民政府2021年5月19日", "（此件公开发布）"))
        );
        for text in
            ["自公布之日起施行。2017年12月25日", "海州市人民政府2021年5月19日", "请执行。截至2021年5月19日（含）"]
        {
            assert_eq!(signed(text), None);
        }
    }

    #[test]
    fn signatures_and_addressees_are_told_apart() {
        assert!(is_body("宁波市人民政府办公厅") && !is_body("宁波市人民政府办公厅印发通知。"));
        assert!(is_officer("市长裘东耀"));
        assert!(is_addressee("各区县（市）人民政府，市直及部省属驻甬各单位："));
        assert!(!is_addressee("现就有关事项通知如下："));
    }
}
