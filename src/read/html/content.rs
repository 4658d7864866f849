//! Which blocks of a page are the document, and which are the page around it.
//!
//! The document is where the sentences are: the smallest container that holds most of the prose. Outside of it a page
//! prints menus, and often the title, the number and the date of the document; these are known by their form. What is in
//! doubt stays content, because a menu in a document harms less than a lost article.

use super::flow::{Block, Flow};
use super::tags::Kind;
use crate::elements;
use regex::Regex;
use std::sync::LazyLock;

/// Links on a source without `<body>` from which it is a page all the same.
const PAGE_LINKS: usize = 15;
/// Of the prose of a page, the document has so many tenths.
const TENTHS: usize = 7;
/// Characters of prose from which a `<form>` or `<header>` is the frame of a whole page and none of its parts.
const FRAME_PROSE: usize = 200;
/// How many blocks below the name on the page the document's own title may stand.
const AHEAD: usize = 20;

/// What a page says to its visitors; matched against a whole block without its blanks.
static CHROME: LazyLock<Regex> = LazyLock::new(|| {
    let alternatives = [
        r"(?:您?(?:的|所在的?)?(?:当前|现在)?的?位置(?:是)?|您现在的位置(?:是)?|当前栏目)[:：].*",
        r"(?:首页|网站首页)(?:[>＞»›/\-|·].*)?",
        r"(?:上|下)一(?:篇|条|页)[:：]?.*",
        r"[【\[]?(?:字号|字体)[:：]?[】\]]?.{0,20}",
        r"(?:[【\[]?(?:打印(?:本页|此页|文章|正文)?|关闭(?:本页|窗口|页面)?|返回(?:顶部|首页|列表|上级)?|分享(?:到|至)?|收藏(?:本页)?|纠错|复制链接|扫一扫.{0,20}|大|中|小|[|｜/:：、])[】\]]?)+",
        r"(?:网站)?(?:主办|承办|协办|运维|维护|技术支持|版权所有|网站标识码|网站地图|联系我们|法律声明|隐私(?:保护|声明)|关于我们|站点地图|网站声明).{0,120}(?:备案|ICP|标识码|公网安备|网站|版权|Copyright|地图|我们).{0,120}",
        r".{0,80}(?:ICP备|ICP证|公网安备|网站标识码|版权所有|(?i:copyright)|建议使用|分辨率|浏览器).{0,120}",
        r"(?:浏览次数|阅读次数|点击数|浏览量|访问量|阅读)[:：]?[0-9\-]{0,8}次?",
        r"(?:相关(?:链接|新闻|信息|阅读|文章|解读|稿件|文件|附件)|附件下载|热点推荐|图片解读|政策解读|扫码.{0,10}|用微信.{0,20}|信息来源[:：].{0,40}|来源[:：].{0,40}|(?:发布|发表)(?:时间|日期|机构)[:：].{0,60}|内容纠错.{0,60}|公开方式[:：].{0,20})",
    ];
    Regex::new(&format!("^(?:{})$", alternatives.join("|"))).expect("a test runs the pattern")
});

/// The card of a page about its document: `索引号：…`, `发布机构：…`, one to a line or in a table.
static CARD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^[【\[]?(?:索引号|信息索引|主题(?:分类|词)|体裁分类|服务对象|组配分类|发[文布]机[关构]|成文日期|生成日期|发[文布]日期|公开(?:日期|方式|时限|形式|范围)|标题|名称|文件?编?号|发文字号|文件状态|有效性|时效|统一编号|(?:实施|失效|废止|生效)(?:日期|时间)|信息(?:名称|类别|来源)|基本信息)[】\]]?[:：]",
    )
    .expect("a test runs the pattern")
});

/// For each block, whether it is content.
pub fn is_content(text: &str, flow: &Flow) -> Vec<bool> {
    let said: Vec<String> = flow.blocks.iter().map(|b| squeezed(text, b)).collect();
    let prose: Vec<usize> = flow.blocks.iter().zip(&said).map(|(b, seen)| prose(b, seen)).collect();
    let links = flow.blocks.iter().filter(|b| is_link(b)).count();
    let inside = if flow.is_page || links >= PAGE_LINKS {
        article(flow, &prose, &said)
    } else {
        vec![true; flow.elements.len()]
    };
    let sums = sums(flow, &prose);
    let framed = frames(flow, &sums);
    let first_inside = flow.blocks.iter().position(|b| inside[b.element]).unwrap_or(0);
    let said_inside: Vec<&str> =
        flow.blocks.iter().zip(&said).filter(|(b, _)| inside[b.element]).map(|(_, s)| s.as_str()).take(12).collect();
    let name: String = flow.title.chars().filter(|c| !c.is_whitespace()).collect();
    let menus = menus(flow, &prose, &said);
    // A card stands before the document's first sentence.
    let card_ends = said.iter().position(|s| s.contains('。'));
    let judged = flow.blocks.iter().zip(&said).enumerate().map(|(i, (block, seen))| {
        if block.chrome || CHROME.is_match(seen) {
            return false;
        }
        let names_document = elements::is_title(seen) || (seen.chars().count() >= 8 && name.starts_with(seen.as_str()));
        // The page prints the name of the document once more than the document does, and a card before it.
        let ahead = &said[i + 1..(i + 1 + AHEAD).min(said.len())];
        if flow.is_page
            && ((names_document && ahead.concat().contains(seen.as_str()))
                || (card_ends.is_some_and(|end| i <= end) && CARD.is_match(seen)))
        {
            return false;
        }
        if inside[block.element] {
            return !menus[i] && !framed[block.element];
        }
        let repeated = said_inside.iter().any(|inside| inside.contains(seen.as_str()));
        if i < first_inside {
            let element = (names_document && !is_link(block)) || elements::doc_number(seen).is_some();
            return (element && !repeated) || prose[i] >= 40;
        }
        prose[i] >= 40
    });
    judged.collect()
}

fn squeezed(text: &str, block: &Block) -> String {
    let pieces = block.line.pieces.iter();
    pieces.flat_map(|p| p.seen(text).chars()).filter(|c| !c.is_whitespace()).collect()
}

fn is_link(block: &Block) -> bool {
    block.link_chars * 10 >= block.chars * 7
}

/// Characters of running text in a block: sentences, clauses, and all that stands in a table of data.
fn prose(block: &Block, seen: &str) -> usize {
    let running = seen.contains(['。', '；', '，', '：']) || !block.line.cells.is_empty();
    if block.chrome || is_link(block) || !running || (block.chars < 200 && CHROME.is_match(seen)) {
        return 0;
    }
    block.chars - block.link_chars
}

/// Prose in each element and all below it.
fn sums(flow: &Flow, prose: &[usize]) -> Vec<usize> {
    let mut sums = vec![0; flow.elements.len()];
    for (block, prose) in flow.blocks.iter().zip(prose) {
        sums[block.element] += prose;
    }
    // A parent stands before its children.
    for child in (1..sums.len()).rev() {
        sums[flow.elements[child].parent] += sums[child];
    }
    sums
}

/// For each element, whether it lies in the article: the smallest container that holds most of the prose, and those
/// around it that add no menus to it (attachments pasted behind the text stand beside it).
fn article(flow: &Flow, prose: &[usize], said: &[String]) -> Vec<bool> {
    let prose = sums(flow, prose);
    let share = |of: fn(&Block, &str) -> usize| -> Vec<usize> {
        sums(flow, &flow.blocks.iter().zip(said).map(|(block, said)| of(block, said)).collect::<Vec<_>>())
    };
    let chars = share(|block, _| block.chars);
    let chrome = share(|block, said| {
        let page = block.chrome || CHROME.is_match(said) || CARD.is_match(said);
        if page { block.chars } else { block.link_chars }
    });
    let holds = |e: &usize| prose[*e] * 10 >= prose[0] * TENTHS && holds_blocks(flow.elements[*e].kind);
    let mut holder = (0..prose.len()).rev().find(holds).unwrap_or(0);
    while holder > 0 {
        let outer = flow.elements[holder].parent;
        if (chrome[outer] - chrome[holder]) * 5 > chars[outer] - chars[holder] {
            break;
        }
        holder = outer;
    }
    let mut inside = vec![false; prose.len()];
    for e in 0..inside.len() {
        inside[e] = e == holder || (e > 0 && inside[flow.elements[e].parent]);
    }
    inside
}

fn holds_blocks(kind: Kind) -> bool {
    !matches!(kind, Kind::Ordered | Kind::Unordered | Kind::Table)
}

/// Elements in a `<header>`, `<aside>` or `<form>` that holds no prose to speak of.
fn frames(flow: &Flow, sums: &[usize]) -> Vec<bool> {
    let mut framed = vec![false; sums.len()];
    for (e, element) in flow.elements.iter().enumerate().skip(1) {
        framed[e] = framed[element.parent] || (element.kind == Kind::Frame && sums[e] < FRAME_PROSE);
    }
    framed
}

/// Blocks in a run of three links and more, with no prose between; a list of attachments is none.
fn menus(flow: &Flow, prose: &[usize], said: &[String]) -> Vec<bool> {
    let mut menu = vec![false; flow.blocks.len()];
    let mut start = 0;
    for end in 0..=flow.blocks.len() {
        if flow.blocks.get(end).is_some_and(|b| is_link(b) && prose[end] == 0) {
            continue;
        }
        let attachments = said[start..end].iter().chain(said[..start].last()).any(|s| s.starts_with("附件"));
        if end - start >= 3 && !attachments {
            menu[start..end].fill(true);
        }
        start = end + 1;
    }
    menu
}
