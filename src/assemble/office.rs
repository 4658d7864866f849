//! Full names of units (机构全称): 市发改委 in a document of 宁波市 is 宁波市发展和改革委员会.
//!
//! The place comes from the document alone: who issued it, its title, its number. What that does not tell is not known.

use crate::elements;
use crate::lexicon::{self, PlaceLevel, PlaceName};
use crate::model::Place;

/// The place that a document speaks for. The issuer is asked first, then the title, then the document number.
pub fn place_of(issuer: Option<&str>, title: Option<&str>, doc_number: Option<&str>) -> Place {
    let from_title = || title.and_then(|title| starts_of(title).find_map(place_at));
    issuer.and_then(place_at).or_else(from_title).or_else(|| doc_number.and_then(place_of_number)).unwrap_or_default()
}

/// The full official name of a unit; `None` when its place or its office is not known, and for collective names.
pub fn full_name(raw: &str, place: &Place) -> Option<String> {
    let raw = raw.trim();
    // 省政府办公厅（省大数据管理局）
    let bare = raw.find(['（', '(', '〔', '［']).filter(|&at| at > 0).map_or(raw, |at| &raw[..at]);
    if let Some(office) = lexicon::office(bare) {
        if office.national {
            return Some(office.canonical.to_owned());
        }
        return own_seat(bare, place).map(|seat| named(&seat, office.canonical));
    }
    if let Some(name) = central_branch(bare) {
        return Some(name);
    }
    let seats = LEVELS.iter().filter_map(|level| Some((bare.strip_prefix(level)?, seat(level, place)?)));
    let spelt = [&place.county, &place.city, &place.province].into_iter().flatten().map(String::as_str);
    let known = lexicon::places_at(bare).map(|place| place.form);
    let spelt = spelt.chain(known).filter_map(|name| Some((bare.strip_prefix(name)?, name.to_owned())));
    let read: Vec<(&str, String)> = spelt.chain(seats).collect();
    for (office, seat) in &read {
        if let Some(office) = lexicon::office(office).filter(|office| !office.national) {
            return Some(named(seat, office.canonical));
        }
    }
    if is_printed_in_full(bare) {
        return Some(bare.to_owned());
    }
    read.iter().find(|(office, _)| is_full(office)).map(|(office, seat)| format!("{seat}{office}"))
}

/// A tax office that bears the name of its head office already: 国家税务总局石嘴山市税务局.
fn is_printed_in_full(raw: &str) -> bool {
    let place = raw.strip_prefix("国家税务总局").and_then(|rest| rest.strip_suffix("税务局"));
    place.is_some_and(|place| place.ends_with(['省', '市', '区', '县', '州', '盟', '旗']) && !place.contains(JOINED))
}

/// Whether an office that no list knows is written in full behind its place or level: 审批服务管理局. Told by endings that
/// short names do not have; a bare 局, 办 or 中心 may be short for anything.
fn is_full(office: &str) -> bool {
    let ends =
        ["管理局", "审批服务局", "仲裁委员会", "保护委员会", "运动委员会"].iter().any(|end| office.ends_with(end));
    // The level is the start of a word (市政工程, 市容, 区域, 省级), or the office is one of an area within the place.
    let word = GOES_ON.iter().chain(&["级", "直", "本", "属", "容", "民"]).any(|word| office.starts_with(word))
        || office.starts_with('政') && !office.starts_with("政务");
    let other = ["区", "园", "县", "市", "省", "局、", "委", "食药", "国资", "监管管理"]
        .iter()
        .any(|part| office.strip_suffix("委员会").unwrap_or(office).contains(part));
    ends && !word && !other && !office.contains(JOINED) && (5..=16).contains(&office.chars().count())
}

/// What joins two offices.
const JOINED: &[char] = &['、', '，', '（', ' '];

/// Words for the level of a unit, longest first.
const LEVELS: &[&str] = &["自治区", "省", "市", "区", "县", "州", "盟", "旗"];

fn named(seat: &str, canonical: &str) -> String {
    if canonical.contains("{}") { canonical.replace("{}", seat) } else { format!("{seat}{canonical}") }
}

/// The name of the place at a level: 市 in a document of 宁波市镇海区 is 宁波市, 区 is 宁波市镇海区.
fn seat(level: &str, place: &Place) -> Option<String> {
    let ends = |name: &Option<String>| name.clone().filter(|name| name.ends_with(level));
    match level {
        "省" | "自治区" => ends(&place.province),
        // A county-level city (义乌市) goes by its own name, and so does a municipality (上海市).
        "市" => ends(&place.county).or_else(|| ends(&place.city)).or_else(|| ends(&place.province)),
        "区" => {
            let district = ends(&place.county)?;
            let municipality = place.province.as_ref().filter(|name| name.ends_with('市'));
            let city = place.city.as_ref().or(municipality).map_or("", String::as_str);
            Some(format!("{city}{district}"))
        }
        "县" | "旗" => ends(&place.county),
        _ => ends(&place.city),
    }
}

/// The seat of a unit written without its level: a 厅 belongs to the province, others to the level of the document.
fn own_seat(office: &str, place: &Place) -> Option<String> {
    if office.ends_with('厅') {
        return place.province.clone();
    }
    match &place.county {
        Some(county) => LEVELS.iter().find(|level| county.ends_with(**level)).and_then(|level| seat(level, place)),
        None => place.city.clone().or_else(|| place.province.clone()),
    }
}

/// Branches of central offices, which bear a place of their own: 人民银行沈阳分行, 大连海关, 辽宁证监局.
fn central_branch(raw: &str) -> Option<String> {
    for bank in ["中国人民银行", "人民银行", "人行"] {
        if let Some(rest) = raw.strip_prefix(bank)
            && ["分行", "支行", "中支", "营管部", "营业管理部", "总部"].iter().any(|end| rest.ends_with(end))
        {
            let rest = rest.replace("营管部", "营业管理部");
            let rest = rest.strip_suffix("中支").map_or(rest.clone(), |town| format!("{town}中心支行"));
            return Some(format!("中国人民银行{rest}"));
        }
    }
    for (ending, before, after) in [
        ("海关", "中华人民共和国", "海关"),
        ("银保监分局", "中国银行保险监督管理委员会", "监管分局"),
        ("银保监局", "中国银行保险监督管理委员会", "监管局"),
        ("证监局", "中国证券监督管理委员会", "监管局"),
        ("金融监管分局", "国家金融监督管理总局", "监管分局"),
    ] {
        if let Some(town) = raw.strip_suffix(ending)
            && (2..=8).contains(&town.chars().count())
            && !town.starts_with(['省', '市', '区', '县', '各'])
            && !town.contains(['、', '，', '和'])
        {
            return Some(format!("{before}{town}{after}"));
        }
    }
    None
}

/// Where the name of a place may begin in a title: at its start, and where it names what it issues.
fn starts_of(title: &str) -> impl Iterator<Item = &str> {
    let later = ["印发《", "《", "印发", "征求《"].into_iter();
    std::iter::once(title).chain(later.filter_map(move |word| title.find(word).map(|at| &title[at + word.len()..])))
}

/// The place whose name `text` begins with, with the places above it.
fn place_at(text: &str) -> Option<Place> {
    let mut place = Place::default();
    let mut rest = text;
    for level in [PlaceLevel::Province, PlaceLevel::City] {
        let longest = |a: &&'static PlaceName, b: &&'static PlaceName| a.form.len().cmp(&b.form.len());
        let here = lexicon::places_at(rest).filter(|p| p.level == level);
        let Some(found) = here.max_by(longest) else { continue };
        rest = &rest[found.form.len()..];
        match level {
            PlaceLevel::Province => place.province = Some(found.form.to_owned()),
            PlaceLevel::City => {
                place.province = found.parent.map(str::to_owned);
                place.city = Some(found.form.to_owned());
            }
        }
    }
    place.county = county_at(rest).map(str::to_owned);
    (place != Place::default()).then_some(place)
}

/// A county, district or county-level city at the start of `text`; told by its form, since they are too many for a list.
fn county_at(text: &str) -> Option<&str> {
    // 宁海县, 镇海区, 义乌市; 景宁畲族自治县
    let mut ends = text.char_indices().enumerate().take(9);
    let (letters, end) = ends.find_map(|(n, (at, c))| {
        (n > 0 && matches!(c, '区' | '县' | '市' | '旗')).then_some((n + 1, at + c.len_utf8()))
    })?;
    let name = &text[..end];
    let autonomous = name.ends_with("自治县") || name.ends_with("自治旗");
    let long_enough = autonomous || (3..=4).contains(&letters) || (letters == 2 && name.ends_with('县'));
    let fits = long_enough && name.chars().all(elements::is_han);
    let is_other = NOT_IN_COUNTIES.iter().any(|word| name.contains(word))
        || GOES_ON.iter().any(|word| text[end..].starts_with(word));
    (fits && !is_other).then_some(name)
}

/// Words that end like counties, or stand where a title goes on.
const NOT_IN_COUNTIES: &[&str] = &[
    "城市", "都市", "市区", "城区", "新区", "园区", "社区", "地区", "片区", "山区", "景区", "各", "全市", "全县",
    "全区", "关于", "印发", "推进", "加快", "国家", "开发", "示范", "高新", "保税", "强市", "强县", "数字",
];

/// What follows 区, 县 or 市 inside another word: 市场, 区域, 县域.
const GOES_ON: &[&str] = &["场", "域", "化", "建设", "集聚", "块"];

fn place_of_number(doc_number: &str) -> Option<Place> {
    let starts = |p: &&PlaceName| p.doc_number.is_some_and(|start| doc_number.trim().starts_with(start));
    place_at(lexicon::places().iter().find(starts)?.form)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(issuer: Option<&str>, title: Option<&str>, number: Option<&str>, expected: &str) {
        let place = place_of(issuer, title, number);
        let parts = [place.province, place.city, place.county];
        let said: Vec<String> = parts.into_iter().map(|part| part.unwrap_or("-".to_owned())).collect();
        assert_eq!(said.join(" "), expected);
    }

    #[test]
    fn the_document_tells_its_place() {
        check(Some("黄石市人民政府办公厅"), None, None, "湖北省 黄石市 -");
        check(Some("浙江省宁波市镇海区人民政府"), None, None, "浙江省 宁波市 镇海区");
        check(Some("上海市长宁区人民政府"), None, None, "上海市 - 长宁区");
        check(None, Some("镇海区进一步提信心若干政策"), None, "- - 镇海区");
        check(None, Some("关于印发《昆明市城市管理办法》的通知"), None, "云南省 昆明市 -");
        check(None, Some("关于印发若干措施的通知"), Some("苏政办发〔2023〕3号"), "江苏省 - -");
        check(Some("宁波市市场监督管理局"), None, None, "浙江省 宁波市 -");
        check(Some("国务院"), Some("计量违法行为行政处罚细则"), None, "- - -");
        check(None, Some("宁波市市区征收补偿规定"), None, "浙江省 宁波市 -");
        check(None, Some("关于印发《某市管理办法》的通知"), None, "- - -");
    }

    fn named_in(issuer: &str, raw: &str) -> Option<String> {
        full_name(raw, &place_of(Some(issuer), None, None))
    }

    #[test]
    fn short_names_become_full_ones() {
        for (issuer, raw, full) in [
            ("杭州市人民政府", "市发改委", "杭州市发展和改革委员会"),
            ("杭州市西湖区人民政府", "区发改局", "杭州市西湖区发展和改革局"),
            ("杭州市西湖区人民政府", "市经信局", "杭州市经济和信息化局"),
            ("江苏省人民政府", "省财政厅", "江苏省财政厅"),
            ("江苏省人民政府", "国家发展改革委", "国家发展和改革委员会"),
            ("江苏省人民政府", "人民银行南京分行", "中国人民银行南京分行"),
            ("江苏省人民政府", "江苏银保监局", "中国银行保险监督管理委员会江苏监管局"),
            ("杭州市人民政府", "杭州市税务局", "国家税务总局杭州市税务局"),
            ("杭州市人民政府", "市委宣传部（市文明办）", "中国共产党杭州市委员会宣传部"),
            ("上海市长宁区人民政府", "区商务委", "上海市长宁区商务委员会"),
            ("义乌市人民政府", "市人社局", "义乌市人力资源和社会保障局"),
            ("杭州市人民政府", "市场监管局", "杭州市市场监督管理局"),
            ("杭州市人民政府", "钱江海关", "中华人民共和国钱江海关"),
            ("石嘴山市人民政府", "国家税务总局石嘴山市税务局", "国家税务总局石嘴山市税务局"),
            ("石嘴山市人民政府", "市审批服务管理局", "石嘴山市审批服务管理局"),
            ("石嘴山市人民政府", "石嘴山市审批服务管理局", "石嘴山市审批服务管理局"),
            ("上海市长宁区人民政府", "区审批服务管理局", "上海市长宁区审批服务管理局"),
        ] {
            assert_eq!(named_in(issuer, raw).as_deref(), Some(full), "{raw} of {issuer}");
        }
    }

    #[test]
    fn what_is_not_known_stays_unnamed() {
        for raw in [
            "各区县（市）政府",
            "各有关部门",
            "区发改局",
            "市某某办",
            "县、区政府",
            "东湖高新区管委会",
            "市政工程管理局",
            "市容环境管理局",
            "市区域协作管理局",
            "市直机关工作管理局",
            "市某某局",
            "省审批协调管理局、市某某管理局",
        ] {
            assert_eq!(named_in("杭州市人民政府", raw), None, "{raw}");
        }
        assert_eq!(full_name("市发改委", &Place::default()), None);
    }
}
