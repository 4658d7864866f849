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
/// Characters of prose from which a block outside the article is content.
const STRAY_PROSE: usize = 40;
/// How many blocks below the name on the page the document's own title may stand.
const AHEAD: usize = 20;

/// What a page says to its visitors; matched against a whole short block without its blanks.
static CHROME: LazyLock<Regex> = LazyLock::new(|| {
    let alternatives = [
        r"(?:您?(?:的|所在的?)?(?:当前|现在)?的?位置(?:是)?|您现在的位置(?:是)?|当前栏目)[:：].*",
        r"(?:首页|网站首页)(?:[>＞»›/\-|·].*)?",
        r"(?:上|下)一(?:篇|条|页)[:：]?.*",
        r"[【\[]?(?:字号|字体)[:：]?[】\]]?.*",
        r"(?:[【\[]?(?:打印(?:本页|此页|文章|正文)?|关闭(?:本页|窗口|页面)?|返回(?:顶部|首页|列表|上级)?|分享(?:到|至)?|收藏(?:本页)?|纠错|复制链接|扫一扫.*|大|中|小|[|｜/:：、])[】\]]?)+",
        r"(?:网站)?(?:主办|承办|协办|运维|维护|技术支持|版权所有|网站标识码|网站地图|联系我们|法律声明|隐私(?:保护|声明)|关于我们|站点地图|网站声明).*(?:备案|ICP|标识码|公网安备|网站|版权|Copyright|地图|我们).*",
        r".*(?:ICP备|ICP证|公网安备|网站标识码|版权所有|(?i:copyright)|建议使用|分辨率|浏览器).*",
        r"(?:浏览次数|阅读次数|点击数|浏览量|访问量|阅读)[:：]?[0-9-]*次?",
        r"(?:相关(?:链接|新闻|信息|阅读|文章|解读|稿件|文件|附件)|附件下载|热点推荐|图片解读|政策解读|扫码.*|用微信.*|信息来源[:：].*|来源[:：].*|(?:发布|发表)(?:时间|日期|机构)[:：].*|内容纠错.*|公开方式[:：].*)",
    ];
    Regex::new(&format!("^(?:{})$", alternatives.join("|"))).expect("a test runs the pattern")
});

/// Longer blocks are matched against nothing: no page says so much to its visitors in one line.
const CHROME_BYTES: usize = 480;

fn is_chrome(seen: &str) -> bool {
    seen.len() <= CHROME_BYTES && CHROME.is_match(seen)
}

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
    let chrome: Vec<bool> = flow.blocks.iter().zip(&said).map(|(b, said)| b.chrome || is_chrome(said)).collect();
    let prose: Vec<usize> =
        flow.blocks.iter().zip(&said).zip(&chrome).map(|((b, said), c)| if *c { 0 } else { prose(b, said) }).collect();
    let links = flow.blocks.iter().filter(|b| is_link(b)).count();
    let is_page = flow.is_page || links >= PAGE_LINKS;
    let page = Blocks { flow, said, chrome, prose };
    let inside = if is_page { page.article() } else { vec![true; flow.elements.len()] };
    let framed = page.frames();
    let menus = page.menus();
    let first_inside = flow.blocks.iter().position(|b| inside[b.element]).unwrap_or(0);
    // The card and the name that a page prints stand before the document's first sentence.
    let head = if is_page { page.said.iter().position(|s| s.contains('。')).unwrap_or(0) } else { 0 };
    let judge = |at: usize| {
        let block = &flow.blocks[at];
        let ends = page.chrome[at]
            || (at < head && (CARD.is_match(&page.said[at]) || (page.names_document(at) && page.named_again(at))));
        if ends {
            return false;
        }
        if inside[block.element] {
            return !menus[at] && !framed[block.element];
        }
        page.prose[at] >= STRAY_PROSE || (at < first_inside && page.is_element(at))
    };
    (0..flow.blocks.len()).map(judge).collect()
}

/// The blocks with what they say, blanks left out.
struct Blocks<'f> {
    flow: &'f Flow,
    said: Vec<String>,
    chrome: Vec<bool>,
    prose: Vec<usize>,
}

impl Blocks<'_> {
    /// Whether a block is the title of the document, or what the site calls the page by.
    fn names_document(&self, at: usize) -> bool {
        let said = self.said[at].as_str();
        let name = || self.flow.title.chars().filter(|c| !c.is_whitespace());
        let named = || said.chars().count() >= 8 && name().take(said.chars().count()).eq(said.chars());
        !is_link(&self.flow.blocks[at]) && (elements::is_title(said) || (named() && !elements::is_body(said)))
    }

    /// Whether one of the next blocks says the same, or two of them together.
    fn named_again(&self, at: usize) -> bool {
        let said = self.said[at].as_str();
        let ahead = &self.said[at + 1..(at + 1 + AHEAD).min(self.said.len())];
        let two = |pair: &[String]| said.strip_prefix(pair[0].as_str()) == Some(&pair[1]);
        ahead.iter().any(|next| next == said) || ahead.windows(2).any(two)
    }

    /// Whether a block is an element of the document that pages print above it.
    fn is_element(&self, at: usize) -> bool {
        self.names_document(at) || elements::doc_number(&self.said[at]).is_some()
    }

    /// For each element, what `of` says of the blocks in it and below it.
    fn sums(&self, of: impl Fn(usize) -> usize) -> Vec<usize> {
        let mut sums = vec![0; self.flow.elements.len()];
        for (at, block) in self.flow.blocks.iter().enumerate() {
            sums[block.element] += of(at);
        }
        // A parent stands before its children.
        for child in (1..sums.len()).rev() {
            sums[self.flow.elements[child].parent] += sums[child];
        }
        sums
    }

    /// For each element, whether it lies in the article: the smallest container that holds most of the prose, and those
    /// around it that add no menus to it (attachments pasted behind the text stand beside it).
    fn article(&self) -> Vec<bool> {
        let prose = self.sums(|at| self.prose[at]);
        let chars = self.sums(|at| self.flow.blocks[at].chars);
        let chrome = self.sums(|at| {
            let block = &self.flow.blocks[at];
            if self.chrome[at] || CARD.is_match(&self.said[at]) { block.chars } else { block.link_chars }
        });
        let holds = |e: &usize| prose[*e] * 10 >= prose[0] * TENTHS && holds_blocks(self.flow.elements[*e].kind);
        let mut holder = (0..prose.len()).rev().find(holds).unwrap_or(0);
        while holder > 0 {
            let outer = self.flow.elements[holder].parent;
            if (chrome[outer] - chrome[holder]) * 5 > chars[outer] - chars[holder] {
                break;
            }
            holder = outer;
        }
        let mut inside = vec![false; prose.len()];
        for e in 0..inside.len() {
            inside[e] = e == holder || (e > 0 && inside[self.flow.elements[e].parent]);
        }
        inside
    }

    /// Elements in a `<header>`, `<aside>` or `<form>` that holds no prose to speak of.
    fn frames(&self) -> Vec<bool> {
        let prose = self.sums(|at| self.prose[at]);
        let mut framed = vec![false; prose.len()];
        for (e, element) in self.flow.elements.iter().enumerate().skip(1) {
            framed[e] = framed[element.parent] || (element.kind == Kind::Frame && prose[e] < FRAME_PROSE);
        }
        framed
    }

    /// Blocks in a run of three links and more, with no prose between; a list of attachments is none.
    fn menus(&self) -> Vec<bool> {
        let blocks = &self.flow.blocks;
        let mut menu = vec![false; blocks.len()];
        let mut start = 0;
        for end in 0..=blocks.len() {
            if blocks.get(end).is_some_and(|b| is_link(b) && self.prose[end] == 0) {
                continue;
            }
            let run = self.said[start..end].iter().chain(self.said[..start].last());
            if end - start >= 3 && !run.into_iter().any(|s| s.starts_with("附件")) {
                menu[start..end].fill(true);
            }
            start = end + 1;
        }
        menu
    }
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
    if is_link(block) || !running {
        return 0;
    }
    block.chars - block.link_chars
}

fn holds_blocks(kind: Kind) -> bool {
    !matches!(kind, Kind::Ordered | Kind::Unordered | Kind::Table)
}

#[cfg(test)]
mod tests {
    use crate::read::html;

    fn content(text: &str) -> Vec<String> {
        html::page(text).lines.iter().map(|line| line.seen(text).into_owned()).collect()
    }

    const SENTENCES: &str = "<p>第一条 为了规范养老服务工作，根据有关规定，结合本市实际，制定本办法。</p>\
                             <p>第二条 在本市行政区域范围内开展的养老服务和管理活动，适用本办法。</p>";

    #[test]
    fn the_page_around_a_document_is_chrome() {
        let page = format!(
            "<html><title>养老服务办法 - 某市政府网</title><body><h1>某市人民政府门户网站</h1>\
             <ul><li><a href=/>首页</a></li><li><a>政务公开</a></li><li><a>互动交流</a></li></ul>\
             <div class=a><div>当前位置：<a>首页</a>&gt;<a>文件</a></div><h1>养老服务办法</h1>\
             <table><tr><td>索引号：</td><td>01</td></tr><tr><td>文号：</td><td>无</td></tr></table>\
             <div id=x>{SENTENCES}</div><p>打印 关闭</p><p>上一篇：<a>通知</a></p></div>\
             <div>主办单位：某市人民政府办公室 网站标识码：123 某ICP备1号</div></body></html>"
        );
        let seen = content(&page);
        assert_eq!(seen.len(), 3, "{seen:?}");
        assert_eq!(seen[0], "养老服务办法");
        assert!(seen[2].starts_with("第二条"));
    }

    #[test]
    fn a_fragment_is_content_whatever_it_links_to() {
        let text = format!("<h2>办法</h2><p><a href=/x>通知全文</a></p>{SENTENCES}<p>附件：<a>名单.doc</a></p>");
        assert_eq!(content(&text).len(), 5);
    }

    #[test]
    fn a_name_printed_twice_is_there_once() {
        let text = format!("<body><h1>某市养老服务办法</h1><p>2022-09-16</p><p>某市养老服务办法</p>{SENTENCES}</body>");
        assert_eq!(content(&text).iter().filter(|line| line.as_str() == "某市养老服务办法").count(), 1);
    }

    #[test]
    fn attachments_are_no_menu() {
        let files = "<p><a>1.指南.pdf</a></p><p><a>2.网点.xlsx</a></p><p><a>3.名单.xlsx</a></p>";
        assert_eq!(content(&format!("<body>{SENTENCES}<p>附件：</p>{files}</body>")).len(), 6);
        assert_eq!(content(&format!("<body>{SENTENCES}<p>推荐</p>{files}</body>")).len(), 3);
    }
}
