//! Who leads, who supports, who answers (牵头单位, 配合单位, 责任单位).
//!
//! Words that name a duty are looked for (牵头, 负责, 责任单位：…); the list of units beside them is read by [`list`].

mod custom;
mod list;
mod names;

pub use custom::Customs;

use crate::extract::passage::{Anchors, Passage};
use crate::extract::rule::{Card, Found, Grammar, Mention, Rule, describe_all};
use crate::lexicon;
use crate::model::{LeadUnit, Role};
use crate::pattern::Pattern;
use crate::span::Span;
use std::sync::LazyLock;

/// The units that a passage charges with a duty, in order of place.
pub fn scan(passage: &Passage<'_>) -> Vec<LeadUnit> {
    static DUTIES: LazyLock<Anchors> = LazyLock::new(|| Anchors::new(ANCHORS));
    if DUTIES.stand_in(passage) { GRAMMAR.scan(passage) } else { Vec::new() }
}

/// The units of a table cell below a header that [`column_role`] knows.
pub fn scan_cell(cell: &str, role: Role) -> Vec<LeadUnit> {
    // Labels of its own go before the header: 牵头：市商务局；配合：市财政局.
    let own: Vec<LeadUnit> = scan(&Passage::new(cell)).into_iter().filter(|unit| unit.rule == LABELLED.id).collect();
    if own.is_empty() { labelled(cell, 0, role, "lead_unit/column") } else { own }
}

/// The role of the units in a column with this header: 牵头单位 → lead.
pub fn column_role(header: &str) -> Option<Role> {
    static HEADER: LazyLock<Pattern> = LazyLock::new(|| {
        let pattern = r"^(?:主要|共同|主体|[省市县区州]级)?(牵头|主办|责任|负责|落实|配合|参与|参加|协办|协助|协同)(?:责任|配合|实施)?(?:单位|部门|处室|科室)(?:（单位）|\(单位\)|[（(]部门[）)]|/部门)?$";
        Pattern::known(pattern)
    });
    let header: String = header.chars().filter(|c| !c.is_whitespace()).collect();
    role_of(HEADER.captures(&header)?.nth(1)?)
}

/// The cards of the rules.
pub fn cards() -> Vec<Card> {
    GRAMMAR.cards().into_iter().chain(custom::cards()).chain([column_card()]).collect()
}

/// Cells are read by their column, so their rule has no pattern of its own.
fn column_card() -> Card {
    Card {
        id: "lead_unit/column",
        about: "Units in the cells of a table column headed 牵头单位, 责任单位 or 配合单位.",
        pattern: "",
        accepts: &[("市经信局、市生态环境局", "市经信局 lead; 市生态环境局 lead")],
        rejects: &["-"],
        run: Box::new(|cell| describe_all(&scan_cell(cell, Role::Lead), cell)),
    }
}

/// No unit is named without one of these.
const ANCHORS: &[&str] = &["牵头", "主办", "责任", "负责", "配合", "参与", "参加", "协办", "协助", "协同", "落实单位"];

static GRAMMAR: LazyLock<Grammar<LeadUnit>> = LazyLock::new(|| Grammar::new(ALL));

/// A label vouches for its list and is read first.
const ALL: &[Rule<LeadUnit>] = &[LABELLED, NAMED_AS, BRACKET_VERB, BY_UNIT, SENTENCE, TASKED];

const LABELLED: Rule<LeadUnit> = Rule {
    id: "lead_unit/labelled",
    about: "Units after a label with a colon: 牵头单位：…；配合单位：…; 责任部门：….",
    anchors: &[],
    pattern: r"(?x)
        (?:(?<kind>牵头|责任|负责|落实|配合|参与|参加|协办|协助|协同)(?:责任|负责|配合|协作|实施|落实)?
           (?:单位|部门|处室|科室|机关)(?:[（(](?:单位|部门|处室)[）)]|及单位|、单位|和单位)?
          |(?<verb>牵头|配合))
        (?:为|是)?[:：]",
    read: |found| {
        if found.before().ends_with('总') {
            return None;
        }
        let role = role_of(found.text("kind").or(found.text("verb"))?)?;
        filled(labelled(found.passage, found.span().end, role, found.rule))
    },
    accepts: &[
        ("（牵头单位：市科技局；配合单位：市发改委、市财政局）", "市科技局 lead; 市发改委 support; 市财政局 support"),
        (
            "（责任单位：省财政厅，各市、县（市、区）人民政府）",
            "省财政厅 responsible; 各市、县（市、区）人民政府 responsible",
        ),
        ("〔责任单位：省民政厅等有关部门〕", "省民政厅 responsible"),
        (
            "责任单位：县发改委及县经开区等县推进直接融资工作领导小组成员单位",
            "县发改委 responsible; 县经开区 responsible",
        ),
        ("责任单位：市财政局市税务局", "市财政局 responsible; 市税务局 responsible"),
        ("责任部门：区商务委、区金融办。", "区商务委 responsible; 区金融办 responsible"),
        (
            "[牵头单位：市水务局按职责牵头；参与单位：市委宣传部（市文明办）]",
            "市水务局 lead; 市委宣传部（市文明办） support",
        ),
        ("（责任单位：省教育厅牵头，各设区市政府按职责分工负责）", "省教育厅 lead; 各设区市政府 responsible"),
        ("（责任单位：市民政局（牵头）、市财政局）", "市民政局 lead; 市财政局 responsible"),
        ("牵头单位：市水利局、市民政局等部门按照职能负责", "市水利局 lead; 市民政局 lead"),
        ("（牵头单位：市水利局，各县政府按职责分工负责）", "市水利局 lead; 各县政府 responsible"),
        ("责任单位：市“工改”领导小组各成员单位", "市“工改”领导小组各成员单位 responsible"),
        ("（市级责任单位：市民政局；县级责任单位：各县政府）", "市民政局 responsible; 各县政府 responsible"),
        (
            "（责任单位：市医保局及各园区管委会，以下均需各区落实，不再列出）",
            "市医保局 responsible; 各园区管委会 responsible",
        ),
        ("（责任单位：市大数据局牵头；市直各有关部门、单位落实）", "市大数据局 lead; 市直各有关部门、单位 responsible"),
        ("（牵头领导：王某；牵头单位：市商务局）", "市商务局 lead"),
        (
            "（责任单位：市商务局流通处及相关承担保供职责的处室、市财政局）",
            "市商务局流通处 responsible; 市财政局 responsible",
        ),
        ("责任单位：县、区政府，市直各部门完成时限：2023年12月", "县、区政府 responsible; 市直各部门 responsible"),
    ],
    rejects: &["（牵头领导：王某，责任人：李某）", "牵头单位要切实履行职责：一是加强领导。", "总牵头单位：市发改委"],
};

const NAMED_AS: Rule<LeadUnit> = Rule {
    id: "lead_unit/named_as",
    about: "Units behind a label with 为 or 是: 牵头单位为市商务局，配合单位为市财政局.",
    anchors: &["单位为", "单位是", "部门为", "部门是"],
    pattern: r"(?<kind>牵头|责任|配合|参与|协办)(?:单位|部门)(?:为|是)",
    read: |found| {
        let (start, role) = (found.span().end, role_of(found.text("kind")?)?);
        let end = list::end(found.passage, start);
        let next =
            regex!(r"[，；、,;](?:牵头|责任|配合|参与|协办)(?:单位|部门)(?:为|是)").find(&found.passage[start..end]);
        match &list::read(found.passage, start..next.map_or(end, |next| start + next.start))[..] {
            [group] if group.role.is_none() && all_units(found.passage, group) => {
                filled(units(group, role, found.rule).collect())
            }
            _ => None,
        }
    },
    accepts: &[(
        "牵头单位为市海洋局，配合单位为市财政局、市科技局。",
        "市海洋局 lead; 市财政局 support; 市科技局 support",
    )],
    rejects: &["排在首位的牵头单位为总责任人", "责任单位是否履行职责", "牵头部门为主，相关部门配合"],
};

const BRACKET_VERB: Rule<LeadUnit> = Rule {
    id: "lead_unit/bracket_verb",
    about: "Units in a bracket whose duty is a verb after them: （市发改委牵头，市财政局配合）, （各区政府按职责分工负责）.",
    anchors: &[],
    pattern: DUTY_VERB,
    read: |found| {
        let start = list::enclosing(found.passage, found.span().start)?;
        charged(found, start..list::end(found.passage, start))
    },
    accepts: &[
        ("（由市水利局、市民政局牵头实施）", "市水利局 lead; 市民政局 lead"),
        (
            "（市政务局牵头，各有关部门及各市、县级政府按职责分工负责）",
            "市政务局 lead; 各有关部门 responsible; 各市、县级政府 responsible",
        ),
        (
            "（国家能源局牵头，财政部、各省级人民政府按职责分工负责）",
            "国家能源局 lead; 财政部 responsible; 各省级人民政府 responsible",
        ),
        (
            "（市审批局、住建局分别牵头，各县〈市〉区人民政府配合）",
            "市审批局 lead; 住建局 lead; 各县〈市〉区人民政府 support",
        ),
        ("（由县商务局、教育局按职责牵头实施）", "县商务局 lead; 教育局 lead"),
        ("（市住建局等相关部门及各区县按职责分工负责）", "市住建局 responsible; 各区县 responsible"),
        ("〔省政府办公厅（省大数据局）牵头，2023年6月底前完成〕", "省政府办公厅（省大数据局） lead"),
        ("（财政部、海关总署、商务部负责）", "财政部 responsible; 海关总署 responsible; 商务部 responsible"),
        ("（农业农村部等和各有关省级人民政府负责）", "农业农村部 responsible; 各有关省级人民政府 responsible"),
        ("（市商务局，天河、南沙区政府负责）", "市商务局 responsible; 天河 responsible; 南沙区政府 responsible"),
        ("（市财政局牵头会同市税务局负责）", "市财政局 lead; 市税务局 responsible"),
        ("（市水利局为牵头单位，市民政局、各区政府为配合单位）", "市水利局 lead; 市民政局 support; 各区政府 support"),
        ("（市水利局牵头，市民政局积极配合）", "市水利局 lead; 市民政局 support"),
        ("（市水利局主办，市民政局、市公安局协办）", "市水利局 lead; 市民政局 support; 市公安局 support"),
        (
            "（农业农村部牵头，商务部等部门及地方各级人民政府按职责分工负责）",
            "农业农村部 lead; 商务部 responsible; 地方各级人民政府 responsible",
        ),
        ("（市水利局及有关区、市政府按职责分工负责）", "市水利局 responsible; 有关区、市政府 responsible"),
        (
            "（法规处牵头，各相关处室、直属事业单位按职责分工负责）",
            "法规处 lead; 各相关处室 responsible; 直属事业单位 responsible",
        ),
    ],
    rejects: &[
        "（企业主要负责人负责）",
        "（鼓励龙头企业牵头）",
        "市发改委牵头",
        "（财政部门负责监督）",
        "（用人单位负责）",
    ],
};

const BY_UNIT: Rule<LeadUnit> = Rule {
    id: "lead_unit/by_unit",
    about: "由 and units that lead, in prose: 由市商务局牵头，会同有关部门推进; who drafted a text is not meant.",
    anchors: &["由"],
    pattern: r"由[^。；：由]{2,120}?牵头(?:负责|实施|落实|推进|统筹|组织实施|组织)?(?:[，。；、）)]|会同|商|对|开展|制定|研究|推动|协调|建立|$)",
    read: |found| {
        let start = found.span().start + "由".len();
        let verb = start + found.passage[start..].find("牵头")?;
        let groups = list::read(found.passage, start..verb + "牵头".len());
        let [group] = groups.as_slice() else { return None };
        // 由主管部门牵头 is generic talk.
        let named = |item: &list::Item| !found.passage[item.span.clone()].ends_with(['门', '位']);
        if group.role != Some(Role::Lead) || !all_units(found.passage, group) || !group.items.iter().all(named) {
            return None;
        }
        let mut all: Vec<LeadUnit> = units(group, Role::Lead, found.rule).collect();
        all.extend(supports(found, verb + "牵头".len()));
        filled(all)
    },
    accepts: &[
        ("此项工作由市商务局牵头，会同有关部门推进。", "市商务局 lead"),
        ("由省财政厅、省商务厅牵头负责。", "省财政厅 lead; 省商务厅 lead"),
        ("由市财政局负责牵头组织实施。", "市财政局 lead"),
        ("具体办法由市商务局牵头商市财政局制定。", "市商务局 lead"),
        ("由市发改委牵头，市财政局、市税务局配合，开展专项检查。", "市发改委 lead; 市财政局 support; 市税务局 support"),
        ("由省商务厅牵头、省财政厅参与，抓紧推进。", "省商务厅 lead; 省财政厅 support"),
        ("由市财政局牵头，各有关部门配合，抓紧推进。", "市财政局 lead"),
        ("由市发展改革委牵头对各单位进行考核。", "市发展改革委 lead"),
        ("由市发改委牵头制定细则，市财政局、市商务局配合。", "市发改委 lead; 市财政局 support; 市商务局 support"),
        ("成立工作专班，由市海洋局牵头，抓好落实。", "市海洋局 lead"),
    ],
    rejects: &[
        "由市司法局牵头起草了本办法。",
        "由龙头企业牵头，组建创新联合体。",
        "由牵头单位汇总。",
        "由行业主管部门牵头，建立机制。",
    ],
};

const SENTENCE: Rule<LeadUnit> = Rule {
    id: "lead_unit/sentence",
    about: "A sentence without brackets that says nothing but duties: 市商务局牵头，市财政局配合。",
    anchors: &["牵头", "分工", "责任单位", "责任部门"],
    pattern: DUTY_VERB,
    read: |found| {
        if list::enclosing(found.passage, found.span().start).is_some() {
            return None;
        }
        let start = found
            .before()
            .rfind(['。', '；', '！', '？'])
            .map_or(0, |at| at + found.passage[at..].chars().next().map_or(0, char::len_utf8));
        let whole = start..list::end(found.passage, start);
        let remark = |item: &list::Item| names::REMARKS.stand_in(&found.passage[item.span.clone()]);
        let mut groups = list::read(found.passage, whole.clone());
        groups.retain(|group| group.role.is_some() || !group.items.iter().all(remark));
        // The first duty must be one of those that stand in no other talk.
        let first = groups.first()?;
        let said = &found.passage[first.duty.clone()];
        let clear = ["牵头", "分工", "责任"].iter().any(|word| said.contains(word));
        let duties = |group: &list::Group| group.role.is_some() && all_units(found.passage, group);
        if clear && groups.iter().all(duties) {
            return charged(found, whole);
        }
        // 省政府办公厅牵头，省信息中心配合，年内制定方案: named units at the head of a sentence that goes on.
        let named = |group: &list::Group| group.role.is_some() && all_named(found.passage, group);
        let head = groups.iter().take_while(|group| named(group));
        let charges = head.filter(|group| group.duty.contains(&found.span().start)).count() == 1;
        let goes_on = found.passage[found.span()].ends_with(['，', '、', '；', '。']);
        if first.role == Some(Role::Lead) && charges && goes_on { charged(found, whole) } else { None }
    },
    accepts: &[
        ("省商务厅牵头，省财政厅、各市政府配合。", "省商务厅 lead; 省财政厅 support; 各市政府 support"),
        ("省政府办公厅牵头，省信息中心配合，年内制定实施方案。", "省政府办公厅 lead; 省信息中心 support"),
        ("加强监管。市司法局、市审计局按职责分工负责。", "市司法局 responsible; 市审计局 responsible"),
        ("市水利局为牵头部门，市民政局为配合部门。", "市水利局 lead; 市民政局 support"),
        (
            "（市水利局牵头。各县区政府、经开区管委会均为责任单位，以下不再列出）",
            "各县区政府 responsible; 经开区管委会 responsible",
        ),
        ("市政府办公室要会同市司法局牵头抓好落实。", "市政府办公室 lead; 市司法局 lead"),
    ],
    rejects: &[
        "各部门要密切配合。",
        "各行业牵头部门会同财政部门负责。",
        "财政部门负责。",
        "龙头企业牵头，高校配合，组建联合体。",
    ],
};

const TASKED: Rule<LeadUnit> = Rule {
    id: "lead_unit/tasked",
    about: "Named units at the head of a clause that lead what is told before or behind: 市商务局牵头建立联席会议制度; not what they did (牵头制定了).",
    anchors: &["牵头"],
    pattern: r"(?:要|应当?|负责)?牵头(?:制定|建立|编制|组织|开展|推进|推动|实施|做好|抓好|研究|协调|统筹|落实|负责|抓总|会同|完善|健全|[，。；]|$)",
    read: |found| {
        let before = found.before();
        let start = before
            .rfind(['。', '；', '，', '：', '！'])
            .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
        let verb = found.span().start + found.passage[found.span()].find("牵头")? + "牵头".len();
        let after = found.after();
        let clause = &after[..after.find(['，', '。', '；']).unwrap_or(after.len())];
        if clause.contains('了') || list::enclosing(found.passage, start).is_some() {
            return None;
        }
        match &list::read(found.passage, start..verb)[..] {
            [group]
                if group.role == Some(Role::Lead)
                    && all_named(found.passage, group)
                    && !group.items.iter().any(|item| leads_its_own(&found.passage[item.span.clone()])) =>
            {
                filled(units(group, Role::Lead, found.rule).chain(supports(found, verb)).collect())
            }
            _ => None,
        }
    },
    accepts: &[
        ("市海洋局牵头建立联席会议制度。", "市海洋局 lead"),
        ("市海洋局、市财政局要牵头抓总。", "市海洋局 lead; 市财政局 lead"),
        ("健全机制，市民政局负责牵头推进计划实施，各部门配合。", "市民政局 lead"),
        ("市财政局牵头开展绩效评价，市工信局配合。", "市财政局 lead; 市工信局 support"),
        ("开展执法检查，市海洋局牵头，市公安局配合。", "市海洋局 lead; 市公安局 support"),
    ],
    rejects: &[
        "市司法局牵头制定了办法。",
        "支持企业牵头建立联合体。",
        "各行业主管部门牵头制定细则。",
        "市司法局牵头起草办法。",
        "医院牵头建立联盟",
        "龙头企业牵头，高校配合，组建联合体。",
    ],
};

/// Characters behind 牵头 within which those who support are named.
const FARTHEST_SUPPORT: usize = 120;

/// Those who support a lead, at once behind 牵头 or behind what is to be done: 由市发改委牵头制定细则，市财政局配合.
fn supports(found: &Found<'_>, verb: usize) -> Vec<LeadUnit> {
    let reach =
        found.passage[verb..].char_indices().nth(FARTHEST_SUPPORT).map_or(found.passage.len(), |(at, _)| verb + at);
    let end = list::end(found.passage, verb).min(reach);
    let next = found.passage[verb..end].find(['，', '、', '；']).map_or(end, |at| verb + at);
    let supports = |group: &list::Group| group.role == Some(Role::Support) && all_named(found.passage, group);
    let groups = list::read(found.passage, next..end);
    groups
        .iter()
        .take_while(|group| supports(group))
        .flat_map(|group| units(group, Role::Support, found.rule))
        .collect()
}

/// Whether a unit may lead what is its own affair, an alliance or a group of firms, and no task of the document.
fn leads_its_own(unit: &str) -> bool {
    ["医院", "学院", "大学", "学校", "公司", "集团", "银行", "协会", "商会", "社区", "组织"]
        .iter()
        .any(|end| unit.ends_with(end))
}

/// A duty with what may follow it at once.
const DUTY_VERB: &str = r"(?:[均都]?(?:为|作为)(?:牵头|责任|配合|参与|协办)(?:单位|部门)|(?:牵头|主办|负责|配合|参与|参加|协助|协办|落实|实施)(?:牵头|负责|实施|落实|组织|推进|推动|配合|协调|做好|(?:相关|有关)?工作)*)(?:[）)〕】\]］，,；;。、]|会同|$)";

fn role_of(word: &str) -> Option<Role> {
    match word {
        "牵头" | "主办" => Some(Role::Lead),
        "责任" | "负责" | "落实" => Some(Role::Responsible),
        "配合" | "参与" | "参加" | "协办" | "协助" | "协同" => Some(Role::Support),
        _ => None,
    }
}

/// The units of the list that starts at `start`, up to the next label.
fn labelled(passage: &str, start: usize, role: Role, rule: &'static str) -> Vec<LeadUnit> {
    let end = next_label(passage, start..list::end(passage, start));
    let mut groups = list::read(passage, start..end);
    if role == Role::Lead {
        groups.iter_mut().for_each(|group| keep_leads(passage, group));
    }
    let fits = |unit: &LeadUnit| names::may_be_unit(&passage[unit.span.clone()]);
    let listed = groups.iter().flat_map(|group| units(group, group.role.unwrap_or(role), rule)).filter(fits);
    listed.flat_map(|unit| unglued(passage, unit)).collect()
}

/// Units labelled as leads stay so though a verb says 负责, which speaks of those behind the last comma alone:
/// 牵头单位：市水利局、市民政局按职能负责; 牵头单位：市水利局，各县政府按职责分工负责.
fn keep_leads(passage: &str, group: &mut list::Group) {
    if group.role != Some(Role::Responsible) {
        return;
    }
    let commas = |pair: &[list::Item]| passage[pair[0].span.end..pair[1].span.start].contains(['，', ',']);
    let leads = group.items.windows(2).rposition(commas).map_or(group.items.len(), |at| at + 1);
    for item in &mut group.items[..leads] {
        item.role = item.role.or(Some(Role::Lead));
    }
}

/// Two units whose separating blank was lost (市财政局市税务局), where both are offices by their whole name.
fn unglued(passage: &str, unit: LeadUnit) -> Vec<LeadUnit> {
    let text = &passage[unit.span.clone()];
    let is_office = |name: &str| {
        let level = name.starts_with(['省', '市', '区', '县', '州']);
        level && name.chars().next().is_some_and(|c| lexicon::office(&name[c.len_utf8()..]).is_some())
    };
    let Some((first, _)) = text.char_indices().nth(1) else { return vec![unit] };
    let level = &text[..first];
    let cut = text.match_indices(level).map(|(at, _)| at).find(|&at| {
        at > 0 && is_office(&text[..at]) && {
            let rest = &text[at..];
            is_office(rest) || rest.match_indices(level).any(|(end, _)| end > 0 && is_office(&rest[..end]))
        }
    });
    let Some(at) = cut else { return vec![unit] };
    let at = unit.span.start + at;
    let left = LeadUnit { span: unit.span.start..at, ..unit.clone() };
    let right = LeadUnit { span: at..unit.span.end, ..unit };
    std::iter::once(left).chain(unglued(passage, right)).collect()
}

/// Where the list in `range` stops because another label begins.
fn next_label(passage: &str, range: Span) -> usize {
    // Labels that may follow without a mark, where a line end was lost: …各区政府完成时限：2023年12月.
    static GLUED: LazyLock<Pattern> = LazyLock::new(|| {
        let pattern = r"(?x)
            (?:完成|办理|目标|落实|整改)?(?:时限|时间|期限|节点|进度)(?:要求|安排)?[:：]
            |(?:责任|联系|负责)(?:人|领导)[:：]
            |(?:[省市县区州]级|主要|共同|主体)?(?:牵头|责任|负责|落实|配合|参与|参加|协办|协助|协同)(?:责任|配合|实施)?
             (?:单位|部门|处室|领导)?(?:[（(](?:单位|部门)[）)])?[:：]";
        Pattern::known(pattern)
    });
    static AFTER_MARK: LazyLock<Pattern> = LazyLock::new(|| Pattern::known(r"[，；、,;][^，；、,;：:]{2,10}[:：]"));
    let list = &passage[range.clone()];
    let glued = GLUED.find(list);
    let marked = AFTER_MARK.find(list).filter(|m| glued.as_ref().is_none_or(|g| g.end != m.end));
    let stops = [glued, marked].into_iter().flatten().map(|m| range.start + m.start);
    stops.min().unwrap_or(range.end)
}

/// The units of the group whose duty is the match, if all of them are units.
fn charged(found: &Found<'_>, whole: Span) -> Option<Vec<LeadUnit>> {
    let at = found.span().start;
    let groups = list::read(found.passage, whole);
    let group = groups.iter().find(|group| group.duty.contains(&at))?;
    let role = group.role?;
    if !all_units(found.passage, group) {
        return None;
    }
    filled(units(group, role, found.rule).collect())
}

fn all_units(passage: &str, group: &list::Group) -> bool {
    let text = |item: &list::Item| &passage[item.span.clone()];
    let shared_level = |at: usize| {
        text(&group.items[at]).chars().count() <= 4
            && group.items[at + 1..].iter().any(|later| text(later).ends_with("政府"))
    };
    // 天河、南沙区政府: the level of the last holds for all.
    group.items.iter().enumerate().all(|(at, item)| names::is_unit(text(item)) || shared_level(at))
}

/// Whether all are units by their own names, none a collective (各区, 有关部门).
fn all_named(passage: &str, group: &list::Group) -> bool {
    let collective = |text: &str| {
        ["各", "有关", "相关", "领域", "主管", "企业", "其他"].iter().any(|word| text.contains(word))
            || text.ends_with(['门', '位'])
    };
    all_units(passage, group) && group.items.iter().all(|item| !collective(&passage[item.span.clone()]))
}

fn units(group: &list::Group, role: Role, rule: &'static str) -> impl Iterator<Item = LeadUnit> {
    let unit = move |item: &list::Item| LeadUnit {
        span: item.span.clone(),
        name: None,
        role: item.role.unwrap_or(role),
        rule,
    };
    group.items.iter().map(unit)
}

fn filled(units: Vec<LeadUnit>) -> Option<Vec<LeadUnit>> {
    (!units.is_empty()).then_some(units)
}

impl Mention for LeadUnit {
    fn span(&self) -> &Span {
        &self.span
    }

    fn describe(&self, passage: &str) -> String {
        format!("{} {}", &passage[self.span.clone()], crate::names::role(self.role))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bracket_is_read_once_though_two_rules_know_it() {
        let passage = "（责任单位：市发改委牵头，市财政局、各区政府按职责分工负责）";
        let said = describe_all(&scan(&Passage::new(passage)), passage);
        assert_eq!(said, "市发改委 lead; 市财政局 responsible; 各区政府 responsible");
    }

    #[test]
    fn a_cell_parts_its_units_by_blanks_and_lines_too() {
        let cell = "市发改委 市财政局\n各区县（市）政府";
        let said = describe_all(&scan_cell(cell, Role::Lead), cell);
        assert_eq!(said, "市发改委 lead; 市财政局 lead; 各区县（市）政府 lead");
    }

    #[test]
    fn labels_in_a_cell_go_before_its_header() {
        let cell = "牵头：市发改委；配合：市财政局、市商务局";
        let said = describe_all(&scan_cell(cell, Role::Responsible), cell);
        assert_eq!(said, "市发改委 lead; 市财政局 support; 市商务局 support");
    }

    #[test]
    fn headers_tell_the_role_of_their_column() {
        assert_eq!(column_role("市级责任单位"), Some(Role::Responsible));
        assert_eq!(column_role("主办单位"), Some(Role::Lead));
        assert_eq!(column_role("牵头 单位"), Some(Role::Lead));
        assert_eq!(column_role("责任部门"), Some(Role::Responsible));
        assert_eq!(column_role("配合单位"), Some(Role::Support));
        assert_eq!(column_role("责任人"), None);
        assert_eq!(column_role("单位"), None);
    }
}
