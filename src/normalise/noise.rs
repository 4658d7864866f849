//! Page furniture and web chrome: set aside as noise, so that the sentence around them is whole.

use crate::model::Noise;
use crate::pattern::Pattern;
use crate::read::{Line, Page, Piece};
use crate::span::Span;
use memchr::memmem;
use std::sync::{LazyLock, OnceLock};

/// Kind and pattern of noise that fills a line, and the characters that such a line begins with.
const LINES: &[(&str, &str, &str)] = &[
    // `# Page 855:`, written between the pages of a converted PDF.
    ("page_mark", "#P", r"^#*\s*Page\s*[0-9]+\s*[:：]?$"),
    // `— 12 —`, `- 3 -` (GB/T 9704-2012, 7.5).
    ("page_mark", "-—–－―─·•", r"^[-—–－―─·•]+\s*[0-9０-９]{1,4}\s*[-—–－―─·•]+$"),
    // `第3页 共12页`, `3/12`
    ("page_mark", "第", r"^第\s*[0-9]{1,4}\s*页(?:\s*[,，/]?\s*共\s*[0-9]{1,4}\s*页)?$"),
    ("page_mark", "0123456789", r"^[0-9]{1,3}\s*/\s*[0-9]{1,3}$"),
    // A ruled line.
    ("rule", "-—–－―─=_＿*", r"^[-—–－―─=_＿*\s]{5,}$"),
    ("web_chrome", "您的当现", r"^(?:您?(?:的|所在的?)?(?:当前|现在)?的?位置(?:是)?|当前栏目)\s*[:：]"),
    ("web_chrome", "/>＞»", r"^[/>＞»]\s*\S{1,20}(?:\s*[/>＞»]\s*\S{1,20})*$"),
    (
        "web_chrome",
        "【[字打关返分收",
        r"^[【\[]?\s*(?:字号|字体|打印|关闭|打印本页|关闭窗口|返回顶部|分享到?|收藏)\s*(?:[:：].{0,30}|[】\]])?$",
    ),
    // What the foot of a page of government must tell (政府网站发展指引), and its menu.
    ("web_chrome", "政网", r"^(?:政府)?网站标识码\s*[:：]?\s*[a-z0-9]+$"),
    (
        "web_chrome",
        "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼",
        r"^.\s*ICP[备证]\s*[0-9]+号(?:-[0-9]+)?$|^.公网安备\s*[0-9]+号?$",
    ),
    ("web_chrome", "版", r"^版权所有\s*[:：]\s*\S{2,30}$"),
    (
        "web_chrome",
        "进无长导网隐法联关相",
        r"^(?:进入关怀版|无障碍浏览|长者模式|导航|网站地图|网站声明|隐私声明|法律声明|联系我们|关于我们|相关政策解读)$",
    ),
    ("web_chrome", "*", r"^\*\s*(?:为必填项)?$"),
    (
        "web_chrome",
        "提（(图",
        r"^提出问题和建议\s*[:：]?$|^[（(]请举例说明[）)]$|^图形验证码\s*[:：].{0,8}$|^提交成功.{0,20}$",
    ),
    ("web_chrome", "下打全收加还减首】>＞»|", r"^(?:下载|打印|全屏|收藏|加大|还原|减小|首页|[】>＞»|])$"),
    (
        "web_chrome",
        "扫用上下相附",
        r"^(?:扫一扫|用微信扫).{0,30}$|^(?:上一篇|下一篇|相关链接|相关附件|相关报道|相关阅读|相关文件|相关解读|附件下载)\s*[:：]?.{0,60}$",
    ),
];

/// Noise inside a line: a newspaper's `【上接第1版】`.
const INSIDE: &str = r"[【\[（(](?:上接|下转|紧接|转)第?\s*[0-9０-９一二三四五六七八九十]+\s*版[^】\]）)]{0,10}[】\]）)]|[—－–]\s*[0-9]{1,4}\s*[—－–]$";

/// A pattern of [`LINES`], compiled when a line first begins like one.
struct LineNoise {
    kind: &'static str,
    first: &'static str,
    pattern: &'static str,
    regex: OnceLock<Pattern>,
}

static LINE_NOISE: LazyLock<Vec<LineNoise>> = LazyLock::new(|| {
    let lines = LINES.iter().map(|&(kind, first, pattern)| LineNoise { kind, first, pattern, regex: OnceLock::new() });
    lines.collect()
});

/// By each character that its lines begin with; sorted.
static BY_FIRST: LazyLock<Vec<(char, &LineNoise)>> = LazyLock::new(|| {
    let firsts = LINE_NOISE.iter().flat_map(|noise| noise.first.chars().map(move |c| (c, noise)));
    let mut firsts: Vec<(char, &LineNoise)> = firsts.collect();
    firsts.sort_by_key(|(c, _)| *c);
    firsts
});

/// The kind of noise that a line is.
fn line_noise(line: &str) -> Option<&'static str> {
    let line = line.trim();
    // What a newspaper writes below a picture: `大会会场。某某日报记者 李某 摄`.
    if line.ends_with('摄') && regex!(r"(?:记者|通讯员)\s*[^\s拍]{2,4}(?:[\s、][^\s拍]{2,4})*\s*摄$").is_match(line)
    {
        return Some("web_chrome");
    }
    let first = line.chars().next()?;
    let alike = &BY_FIRST[BY_FIRST.partition_point(|(c, _)| *c < first)..];
    let mut alike = alike.iter().take_while(|(c, _)| *c == first).map(|(_, noise)| noise);
    alike.find(|noise| noise.regex.get_or_init(|| Pattern::known(noise.pattern)).is_match(line)).map(|noise| noise.kind)
}

/// Whether buttons for the size of the letters follow, one a line: `【字体：` ⏎ `大` ⏎ `中` ⏎ `小` ⏎ `】`.
fn opens_buttons(text: &str) -> bool {
    text.starts_with("【字") && !text.contains('】')
}

/// Running heads that newspapers set beside the columns of a report, often in pieces.
const RUNNING_HEADS: &[&str] = &["政府工作报告", "人民政府公报"];

/// Bytes of five characters with blanks between them.
const LONGEST_HEAD: usize = 60;

/// A piece of a running head on a line of its own, blank lines around it: `府工作` in the middle of a sentence.
fn is_running_head(text: &str, alone: bool) -> bool {
    let characters = || text.chars().filter(|c| !c.is_whitespace());
    if !alone || text.len() > LONGEST_HEAD || !(2..=5).contains(&characters().count()) {
        return false;
    }
    let text: String = characters().collect();
    RUNNING_HEADS.iter().any(|head| head.contains(&text))
}

/// The lines without noise, and the noise in order of place.
///
/// A page mark takes the blank lines around it with it: the page broke there, not the paragraph.
pub fn set_aside(source: &str, page: Page) -> (Vec<Line>, Vec<Noise>) {
    let Page { lines, mut noise } = page;
    let mut kept: Vec<Line> = Vec::with_capacity(lines.len());
    let mut after_page_mark = false;
    let mut in_buttons = false;
    let edition = memmem::Finder::new("版");
    let mut lines = lines.into_iter().peekable();
    while let Some(mut line) = lines.next() {
        let blank_after = lines.peek().is_none_or(|next| next.blank_before > 0);
        let span = line.start()..line.end();
        let seen = line.seen(source);
        let text: &str = &seen;
        // Furniture is short; a long line is never matched against all of it.
        let kind = if text.len() <= 200 { line_noise(text) } else { None };
        let kind = kind.or((in_buttons && ["大", "中", "小"].contains(&text.trim())).then_some("web_chrome"));
        in_buttons = kind.is_some() && !text.ends_with('】') && (in_buttons || opens_buttons(text));
        let head = is_running_head(text, line.blank_before > 0 && blank_after && !kept.is_empty());
        if let Some(kind) = kind.or(head.then_some("running_head")) {
            after_page_mark |= kind == "page_mark";
            noise.push(Noise { kind, span });
            continue;
        }
        if edition.find(text.as_bytes()).is_some() || text.ends_with(['—', '－', '–']) {
            let plain = line.pieces.iter().filter(|p| p.reads.is_none()).map(|p| p.span.clone());
            let gone: Vec<Span> = plain
                .flat_map(|at| {
                    regex!(INSIDE).find_iter(&source[at.clone()]).map(move |m| at.start + m.start..at.start + m.end)
                })
                .collect();
            for gone in gone {
                line.cut(&gone);
                let kind = if source[gone.clone()].contains('版') { "continuation" } else { "page_mark" };
                noise.push(Noise { kind, span: gone });
            }
        }
        if after_page_mark {
            line.blank_before = 0;
            line.page_before = true;
            after_page_mark = false;
        }
        if !line.pieces.is_empty() {
            kept.push(line);
        }
    }
    noise.sort_by_key(|n| n.span.start);
    (kept, noise)
}

impl Line {
    /// Takes a span out of what is visible.
    fn cut(&mut self, gone: &Span) {
        let mut pieces = Vec::with_capacity(self.pieces.len() + 1);
        for piece in self.pieces.drain(..) {
            if piece.reads.is_some() || gone.end <= piece.span.start || piece.span.end <= gone.start {
                pieces.push(piece);
                continue;
            }
            for rest in [piece.span.start..gone.start, gone.end..piece.span.end] {
                if rest.start < rest.end {
                    pieces.push(Piece::plain(rest));
                }
            }
        }
        self.pieces = pieces;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Format, Source};

    fn kinds(text: &str) -> Vec<(&'static str, String)> {
        let source = Source {
            name: String::new(),
            sha256: String::new(),
            encoding: "UTF-8",
            format: Format::Text,
            text: text.into(),
        };
        let (_, noise) = set_aside(text, crate::read::page(&source));
        noise.into_iter().map(|n| (n.kind, text[n.span].to_owned())).collect()
    }

    #[test]
    fn furniture_is_set_aside_and_text_is_not() {
        assert_eq!(kinds("正文\n— 12 —\n正文"), [("page_mark", "— 12 —".to_owned())]);
        assert_eq!(kinds("正文\n# Page 855:\n正文"), [("page_mark", "# Page 855:".to_owned())]);
        assert_eq!(kinds("改造1000万平方米。 【下转第6版】"), [("continuation", "【下转第6版】".to_owned())]);
        let foot = "网站标识码：4400000000\n云ICP备10000000号-1\n云公网安备 44000000000000号\n版权所有：某市某局\n导航";
        assert!(kinds(foot).iter().map(|(kind, _)| *kind).eq(["web_chrome"; 5]));
        let credit = "大会会场。 海州日报记者 李某 摄";
        assert_eq!(kinds(&format!("{credit}\n政府工作报告")), [("web_chrome", credit.to_owned())]);
        let buttons = "您的位置：\n【字体：\n大\n中\n小\n】";
        assert_eq!(kinds(&format!("{buttons}\n大\n第一位置：")).len(), 6);
        assert_eq!(kinds("鼓励记者参加拍摄\n由记者拍摄"), []);
        assert_eq!(kinds("完善网站标识码管理。\n应用导航定位服务\n版权所有者应当登记"), []);
        assert_eq!(kinds("——到2025年\n第三页内容\n2021-2025年\n# 密码法"), []);
    }
}
