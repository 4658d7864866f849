//! A list of units with the duties written into it: 市发改委、市能源局牵头，各区县（市）政府按职责分工负责.
//!
//! Approximate grammar; brackets inside an item belong to it:
//!
//! ```text
//! list  = group (separator group)*
//! group = item (separator item)* [等部门] [按职责分工] [duty]
//! duty  = 牵头 | 负责 | 配合 | …
//! ```

use super::names::{REMARKS, balanced, is_unit};
use crate::model::Role;
use crate::pattern::Pattern;
use crate::span::Span;
use std::sync::LazyLock;

/// Units that share a duty.
pub struct Group {
    pub items: Vec<Item>,
    /// What the words after the units say; `None` where they say nothing.
    pub role: Option<Role>,
    /// Where those words stand; empty, at the end of the group, without them.
    pub duty: Span,
}

pub struct Item {
    pub span: Span,
    /// Said of this unit alone: 市发改委（牵头）.
    pub role: Option<Role>,
}

/// Brackets of all kinds that stand around or inside a list, opening and closing.
const BRACKETS: &[(char, char)] = &[
    ('（', '）'),
    ('(', ')'),
    ('〔', '〕'),
    ('【', '】'),
    ('[', ']'),
    ('［', '］'),
    ('〈', '〉'),
    ('<', '>'),
    ('《', '》'),
];

pub fn opens(c: char) -> bool {
    BRACKETS.iter().any(|&(open, _)| open == c)
}

pub fn closes(c: char) -> bool {
    BRACKETS.iter().any(|&(_, close)| close == c)
}

fn separates(c: char) -> bool {
    matches!(c, '、' | '，' | ',' | '；' | ';' | '｜' | '|') || c.is_whitespace()
}

/// The end of the list that starts at `start`: an unmatched closing bracket, a full stop, or the end of the passage.
pub fn end(passage: &str, start: usize) -> usize {
    let mut depth = 0_usize;
    for (at, c) in passage[start..].char_indices() {
        match c {
            '。' | '！' | '？' if depth == 0 => return start + at,
            _ if opens(c) && depth == 0 && is_number(&passage[start + at..]) => return start + at,
            _ if opens(c) => depth += 1,
            _ if closes(c) && depth == 0 => return start + at,
            _ if closes(c) => depth -= 1,
            _ => {}
        }
    }
    passage.len()
}

/// Whether `text` begins with the number of the next item, which a lost line end has glued to the list: （二）.
fn is_number(text: &str) -> bool {
    let inner = text.chars().skip(1).take_while(|c| "一二三四五六七八九十".contains(*c) || c.is_ascii_digit()).count();
    inner > 0 && text.chars().nth(1 + inner).is_some_and(closes)
}

/// The opening bracket around the place `at`, as the byte after it, if `at` stands in one.
pub fn enclosing(passage: &str, at: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (back, c) in passage[..at].char_indices().rev() {
        match c {
            // A bracket does not reach over a full stop; a list is not longer than a page.
            '。' => return None,
            _ if at - back > 3000 => return None,
            _ if closes(c) => depth += 1,
            _ if opens(c) && depth == 0 => return Some(back + c.len_utf8()),
            _ if opens(c) => depth -= 1,
            _ => {}
        }
    }
    None
}

static DUTY: LazyLock<Pattern> = LazyLock::new(|| {
    let pattern = r"(?x)
        (?:要|应当?)?
        (?<shared>(?:按照?|依照?|依据|根据)(?:各自|有关|相关)?的?(?:职责|职能|职权|责任|任务|部门|工作)+(?:和|及)?(?:权限|分工|范围)?)?
        (?:要|应当?)?(?:分别|共同|联合|具体|各自|分工|分头|总体|统筹|协同|积极|密切|主动|全力|做好|予以|给予|支持)*
        (?:(?<verb>牵头|主办|负责|配合|参与|参加|协助|协办|协同|落实|实施)
           (?:牵头|负责|实施|落实|组织|推进|推动|完成|办理|配合|做好|抓好|协调|统筹|开展|支持|(?:相关|有关)?工作)*
          |[均都]?(?:为|作为)(?<part>牵头|责任|配合|参与|协办)(?:单位|部门))?$";
    Pattern::known(pattern)
});

/// What the end of `text` says of the units before it: byte where the duty begins, and the role.
fn duty(text: &str) -> Option<(usize, Option<Role>)> {
    let found = DUTY.captures(text)?;
    let role = match found.text("verb").or(found.text("part")) {
        // 负责牵头组织实施
        Some("负责") if found.whole().contains("负责牵头") => Some(Role::Lead),
        Some("牵头" | "主办") => Some(Role::Lead),
        Some("负责" | "责任") => Some(Role::Responsible),
        Some("配合" | "参与" | "参加" | "协助" | "协办" | "协同") => Some(Role::Support),
        Some("落实" | "实施") => found.place("shared").map(|_| Role::Responsible),
        _ => None,
    };
    let start = found.range().start;
    // 各区政府落实 charges nobody anew, but the verb is no part of the name.
    let verb_alone = found.place("verb").is_some() && is_unit(&text[..start]);
    (role.is_some() || found.place("shared").is_some() || verb_alone).then_some((start, role))
}

/// The groups of the list in `range`.
pub fn read(passage: &str, range: Span) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut items: Vec<Item> = Vec::new();
    for piece in merge_levels(passage, pieces(passage, &range)) {
        let text = &passage[piece.clone()];
        // 成立工作专班，由市商务局牵头: who is charged begins anew.
        if text.starts_with('由') && !items.is_empty() {
            groups.push(Group { items: std::mem::take(&mut items), role: None, duty: piece.start..piece.start });
        }
        let (units, said) = match duty(text) {
            Some((at, role)) => (piece.start..piece.start + at, Some(role)),
            None => (piece.clone(), None),
        };
        for part in without_sum(passage, units) {
            split_joined(passage, part, &mut items);
        }
        if let Some(role) = said {
            let start = piece.start + duty(text).map_or(text.len(), |(at, _)| at);
            groups.push(Group { items: std::mem::take(&mut items), role, duty: start..piece.end });
        }
    }
    if !items.is_empty() {
        groups.push(Group { items, role: None, duty: range.end..range.end });
    }
    groups
}

/// Cuts at separators outside brackets, and after 牵头 before 会同.
fn pieces(passage: &str, range: &Span) -> Vec<Span> {
    let mut out = Vec::new();
    let (mut depth, mut start) = (0_usize, range.start);
    let mut cut = |from: usize, to: usize| {
        let text = &passage[from..to];
        if let Some(at) = text.find("牵头会同").map(|at| at + "牵头".len()) {
            out.push(from..from + at);
            out.push(from + at..to);
        } else if !text.trim().is_empty() {
            out.push(from..to);
        }
    };
    for (at, c) in passage[range.clone()].char_indices() {
        let at = range.start + at;
        if opens(c) {
            depth += 1;
        } else if closes(c) {
            depth = depth.saturating_sub(1);
        } else if depth == 0 && separates(c) {
            cut(start, at);
            start = at + c.len_utf8();
        }
    }
    cut(start, range.end);
    out
}

/// 各市、县（市、区）人民政府 is one unit although 、 stands in it.
fn merge_levels(passage: &str, pieces: Vec<Span>) -> Vec<Span> {
    static LEVEL: LazyLock<Pattern> = LazyLock::new(|| {
        let pattern = r"(?:^|以及|及|和|与)(?:由|会同)?(?:各|有关|相关)?(?:省辖|设区|地级|自治|直辖)?(?:省|市|区|县|州|盟|旗|地|自治区|市州|设区市|直辖市|乡镇?|镇|街道|园区)(?:[（(〔〈][^）)〕〉]{1,6}[）)〕〉])?$";
        Pattern::known(pattern)
    });
    static NEXT: LazyLock<Pattern> = LazyLock::new(|| {
        let pattern = r"^(?:县|市|区|州|盟|旗|自治区|自治州|直辖市|计划单列市|新疆生产建设兵团|乡镇?|镇|街道)(?:[（(〔〈]|级?人民政府|级?政府|级?管委会|[县市区州旗盟]|$)";
        Pattern::known(pattern)
    });
    let mut out: Vec<Span> = Vec::new();
    for piece in pieces {
        // 市直有关部门、单位 is one collective name.
        let sums_up = passage[piece.clone()].starts_with("单位");
        if let Some(last) = out.last_mut()
            && sums_up
            && passage[last.clone()].ends_with("部门")
        {
            last.end = piece.end;
            continue;
        }
        if let Some(last) = out.last_mut()
            && &passage[last.end..piece.start] == "、"
            && NEXT.is_match(&passage[piece.clone()])
            && LEVEL.is_match(passage[last.clone()].rsplit('、').next().unwrap_or_default())
        {
            last.end = piece.end;
            continue;
        }
        out.push(piece);
    }
    out
}

/// Takes out what sums the others up: 省市场监管局等有关部门 → 省市场监管局; …等相关部门及各区县 → two units.
fn without_sum(passage: &str, range: Span) -> Vec<Span> {
    static SUM: LazyLock<Pattern> = LazyLock::new(|| {
        let pattern =
            r"等[^、，；及和]{0,20}?(?:部门|单位|机构|成员|处室)(?:（单位）|[、和及]?单位)?|等(?:以及|和|及|与)|等$";
        Pattern::known(pattern)
    });
    match SUM.find(&passage[range.clone()]) {
        Some(sum) => vec![range.start..range.start + sum.start, range.start + sum.end..range.end],
        None => vec![range],
    }
}

/// Bytes of the longest name of a unit, with room for a blank before it.
const LONGEST_NAME: usize = 44 * 4;

/// Adds the units of one piece: cuts 市财政局及各园区管委会 in two, drops 由 and 会同 before, and reads a bracket that states a duty.
fn split_joined(passage: &str, range: Span, items: &mut Vec<Item>) {
    static LEADING: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::known(
            r"^(?:以上|此项|[^：:]{0,12}[：:])?(?:由|并?会同|并商|(?:以及|及|和|与)(?:各|地方|有关|相关|省|市|其他))?",
        )
    });
    let text = passage[range.clone()].trim();
    let start = range.start + (passage[range.clone()].len() - passage[range].trim_start().len());
    // What joins is dropped, the name after it stays: 及各区 → 各区.
    let lead = LEADING.find(text).map_or("", |found| &text[found]);
    let kept = ["各", "地方", "有关", "相关", "省", "市", "其他"].into_iter().find(|word| lead.ends_with(word));
    let skip = lead.len() - kept.map_or(0, str::len);
    let (start, text) = (start + skip, &text[skip..]);
    for joint in ["以及", "要会同", "会同", "及", "和", "与"] {
        for (at, _) in text.match_indices(joint).take_while(|(at, _)| *at <= LONGEST_NAME) {
            let (left, right) = (&text[..at], &text[at + joint.len()..]);
            let collective = || ["其他", "相关", "有关"].iter().any(|word| right.starts_with(word));
            if balanced(left) && is_unit(left) && (is_unit(first_joined(right)) || collective()) {
                items.push(item(passage, start..start + at));
                return split_joined(passage, start + at + joint.len()..start + text.len(), items);
            }
        }
    }
    if !text.is_empty() {
        items.push(item(passage, start..start + text.len()));
    }
}

/// The part of `text` up to the next word that may join units.
fn first_joined(text: &str) -> &str {
    let ends = ["以及", "及", "和", "与"].into_iter().flat_map(|joint| text.match_indices(joint).map(|(at, _)| at));
    let shortest = ends.filter(|&at| is_unit(&text[..at])).min();
    shortest.map_or(text, |at| &text[..at])
}

/// A unit, without a bracket after it that says a duty or a remark.
fn item(passage: &str, span: Span) -> Item {
    let text = &passage[span.clone()];
    let plain = Item { span: span.clone(), role: None };
    let (Some(last), Some(open)) = (text.chars().next_back(), text.rfind(opens)) else { return plain };
    if !closes(last) || open == 0 {
        return plain;
    }
    let inner: String = text[open..].chars().filter(|&c| !opens(c) && !closes(c)).collect();
    let role = match inner.as_str() {
        "牵头" | "牵头单位" | "牵头部门" => Some(Role::Lead),
        "配合" | "配合单位" | "协办" => Some(Role::Support),
        _ if REMARKS.stand_in(&inner) => None,
        _ => return plain,
    };
    Item { span: span.start..span.start + open, role }
}
