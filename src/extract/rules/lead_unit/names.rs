//! Whether words name a unit: by their ending where only a verb speaks for them, by what they are not where a label does.

use super::list::{closes, opens};
use crate::lexicon::{Endings, Words};
use std::sync::LazyLock;

/// Words of a remark, which no unit has in its name.
pub static REMARKS: LazyLock<Words> = LazyLock::new(|| Words::new(IN_REMARKS));
const IN_REMARKS: &[&str] = &[
    "均需",
    "不再",
    "下同",
    "列第一",
    "以下",
    "其中",
    "完成",
    "另有",
    "不含",
    "应当",
    "必须",
    "自行",
    "的",
    "了",
    "是否",
];

/// Endings of the names of units and of their collective names. 单位 and 部门 are looked at apart.
const ENDINGS: &[&str] = &[
    "局",
    "厅",
    "委",
    "办",
    "部",
    "署",
    "院",
    "行",
    "会",
    "处",
    "室",
    "科",
    "所",
    "站",
    "中心",
    "政府",
    "公司",
    "集团",
    "海关",
    "工商联",
    "领导小组",
    "小组",
    "专班",
    "指挥部",
    "总队",
    "支队",
    "大队",
    "大学",
    "学院",
    "学校",
    "医院",
    "街道",
    "镇",
    "乡",
    "各区",
    "各县",
    "各市",
    "各地",
    "地区",
    "各州",
    "各盟",
    "各旗",
    "区县",
    "市县",
    "县区",
    "市区",
    "县市",
    "市州",
    "新区",
    "开发区",
    "高新区",
    "经开区",
    "园区",
    "示范区",
    "度假区",
    "自贸区",
    "自治区",
    "总局",
    "总社",
    "联社",
    "供销社",
    "电视台",
    "基金",
    "协会",
    "商会",
    "工会",
    "妇联",
    "残联",
    "科协",
    "文联",
    "侨联",
    "党委",
    "纪委",
    "工委",
    "机构",
    "各组",
    "兵团",
    "银行",
    "法庭",
    "中国铁塔",
    "电网",
    "联通",
    "移动",
    "电信",
    "交易所",
    "车务段",
    "团中央",
    "事务所",
    "平台公司",
    "社区",
    "组织",
    "工商业联合会",
];

/// Whether `text` is the name of a unit, told by its ending. Used where no label says so.
pub fn is_unit(text: &str) -> bool {
    static BY_END: LazyLock<Endings> = LazyLock::new(|| Endings::new(ENDINGS.iter().copied()));
    static PROSE: LazyLock<Words> = LazyLock::new(|| Words::new(NOT_IN_UNITS));
    let text = text.trim();
    let letters = text.chars().count();
    if !(2..=40).contains(&letters) || !balanced(text) {
        return false;
    }
    let is_other = |c: char| c.is_ascii_digit() || matches!(c, '。' | '：' | ':' | '“' | '”' | '%' | '《' | '》');
    let quoted = text.contains('“') && text.ends_with("办公室");
    if quoted || text.starts_with('各') && (text.ends_with("牵头部门") || text.ends_with("牵头单位")) {
        return true;
    }
    if (text.chars().any(is_other) && !quoted) || text.starts_with(['在', '对', '向']) || PROSE.stand_in(text) {
        return false;
    }
    // 省发展改革委（能源局）, 各区县（市）
    let bare = match (text.chars().next_back(), text.rfind(opens)) {
        (Some(last), Some(open)) if closes(last) && open > 0 => &text[..open],
        _ => text,
    };
    if let Some(whose) = bare.strip_suffix("单位") {
        return [
            "有关",
            "相关",
            "成员",
            "各",
            "直属",
            "直",
            "下属",
            "辅办",
            "级",
            "部门",
            "部门、",
            "部门和",
            "部门及",
        ]
        .iter()
        .any(|w| whose.ends_with(w))
            || whose.contains("直属")
            || whose.contains("驻")
            || whose.starts_with('各');
    }
    if bare.ends_with("部门") || bare.ends_with("处室") {
        return true;
    }
    BY_END.end(bare)
        || (bare.starts_with('各') && ["区", "县", "市", "州", "省", "旗"].iter().any(|level| bare.ends_with(level)))
        || ["区", "县", "市", "州", "省"].contains(&bare)
        || is_area(bare)
}

/// 娄星区, 宁波市: the bare name of a place that answers as a unit.
fn is_area(text: &str) -> bool {
    (3..=6).contains(&text.chars().count()) && ["区", "县", "市"].iter().any(|level| text.ends_with(level))
}

/// Words that prose has and names have not.
const NOT_IN_UNITS: &[&str] = &[
    "的",
    "了",
    "应当",
    "将",
    "进行",
    "并",
    "按",
    "可以",
    "其",
    "需",
    "我",
    "由",
    "对本",
    "做好",
    "推进",
    "推动",
    "加强",
    "加快",
    "支持",
    "鼓励",
    "充分",
    "积极",
    "负责",
    "牵头",
    "配合",
    "建立",
    "完善",
    "实行",
    "开展",
    "或者",
    "不得",
    "等",
    "围绕",
    "以及",
    "督促",
    "通过",
    "全市场",
];

/// Whether an item of a labelled list may stand as a unit: the label vouches for it, so only prose is kept out.
pub fn may_be_unit(text: &str) -> bool {
    let letters = text.chars().count();
    (2..=40).contains(&letters)
        && balanced(text)
        && !REMARKS.stand_in(text)
        && !text.chars().any(|c| c.is_ascii_digit() || matches!(c, '：' | ':' | '%' | '。'))
        // 市“工改”领导小组各成员单位
        && (!text.contains('“') || text.contains('”') && !text.starts_with('“') && is_unit(&unquoted(text)))
        && !matches!(text, "牵头" | "负责" | "配合" | "长期" | "持续" | "各自")
        && text.chars().any(|c| !c.is_ascii_punctuation())
}

fn unquoted(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '“' | '”')).collect()
}

pub fn balanced(text: &str) -> bool {
    text.chars().filter(|&c| opens(c)).count() == text.chars().filter(|&c| closes(c)).count()
}
