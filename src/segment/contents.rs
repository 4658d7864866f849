//! A gazette's table of contents names the documents of the issue: where each of them begins is looked up in what follows.

use crate::elements;
use crate::normalise::Text;
use crate::pattern::Pattern;
use crate::span::Span;
use memchr::memmem;
use std::sync::LazyLock;

/// How many paragraphs may stand before the contents.
const MASTHEAD: usize = 80;

/// Characters of the longest entry; what is longer is text.
const LONGEST_ENTRY: usize = 160;

/// Characters of the longest page with a number before it.
const LONGEST_MARKER: usize = 40;

/// Fewer letters name no document.
const SHORTEST_ENTRY: usize = 6;

/// Bytes of a title of 16 characters.
const LONG_TITLE: usize = 16 * 3;

/// More entries, and a document farther from the one before it, has no issue.
const MOST_ENTRIES: usize = 200;
const FARTHEST: usize = 2 << 20;

/// Marks and line ends that may stand between two letters of a title.
const MOST_MARKS: usize = 8;

/// The page of an entry, and its number before it.
static PAGE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::known(
        r"(?:[（(][^（）()]{2,24}号[）)])?\s*(?:[（(][0-9]{1,3}[）)]|[….·．⋯‥]{2,}\s*[（(]?[0-9]{1,3}[）)]?|\t[0-9]{1,3})",
    )
});

/// The titles that the contents list, each where it stands alone in the issue, in order.
pub fn heads(text: &Text) -> Vec<Span> {
    let Some(start) = contents(text) else { return Vec::new() };
    let (entries, mut from) = entries(&text.clean, start);
    // The name of a section may stand above an entry.
    let lines = |entry: &str| entry.match_indices('\n').map(|(at, _)| letters(&entry[at..])).collect::<Vec<_>>();
    let titles: Vec<Vec<String>> = entries.iter().map(|entry| [vec![letters(entry)], lines(entry)].concat()).collect();
    let lines = Lines::of(text, titles.iter().flatten());
    let mut heads = Vec::new();
    for entry in titles {
        let mut names = entry.iter().filter(|title| title.chars().count() >= SHORTEST_ENTRY);
        if let Some(head) = names.find_map(|title| lines.find(title, from)) {
            from = head.end;
            heads.push(head);
        }
    }
    heads
}

/// Where the first entry of the contents stands.
fn contents(text: &Text) -> Option<usize> {
    let end = text.paragraphs.get(MASTHEAD).or(text.paragraphs.last())?.span.end;
    text.clean[..end].find("目录").map(|at| at + "目录".len())
}

/// The entries of the contents without pages and numbers, and where the contents end. Those without a page are passed over.
fn entries(text: &str, start: usize) -> (Vec<&str>, usize) {
    let mut entries = Vec::new();
    let mut end = start;
    for marker in PAGE.find_iter(&text[start..]).take(MOST_ENTRIES) {
        let entry = &text[end..start + marker.start];
        if entry.chars().count() > LONGEST_ENTRY {
            break;
        }
        entries.push(entry);
        end = start + marker.end;
    }
    (entries, end)
}

/// Titles are told by their letters alone: line ends fall into them, and brackets change their width.
fn letters(text: &str) -> String {
    text.chars().filter(|c| elements::is_letter(*c)).collect()
}

/// The lines of an issue that may begin with a title.
struct Lines<'t> {
    text: &'t Text,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    fn of<'a>(text: &'t Text, titles: impl Iterator<Item = &'a String>) -> Self {
        let mut firsts: Vec<char> = titles.filter_map(|title| title.chars().next()).collect();
        firsts.sort_unstable();
        firsts.dedup();
        let may_begin = |start: &usize| {
            let first = text.clean[*start..].chars().next();
            first.is_some_and(|c| !elements::is_letter(c) || firsts.binary_search(&c).is_ok())
        };
        let lines = text.paragraphs.iter().filter(|p| p.cells.is_empty());
        Self { text, starts: lines.map(|p| p.span.start).filter(may_begin).collect() }
    }

    /// The first place from `from` on at which a title stands alone: a line that begins with it, else inside one.
    fn find(&self, title: &str, from: usize) -> Option<Span> {
        let clean = &self.text.clean;
        let at = |start: usize| {
            let end = start + title_len(&clean[start..], title)?;
            Some(start..end).filter(|span| stands_alone(clean, span))
        };
        let reach = clean.len().min(from + FARTHEST);
        let first = self.starts.partition_point(|start| *start < from);
        let mut lines = self.starts[first..].iter().copied().take_while(|start| *start < reach);
        let begun = title.char_indices().nth(4).map_or(title, |(len, _)| &title[..len]);
        let mut inside = memmem::find_iter(&clean.as_bytes()[from..reach], begun);
        lines.find_map(at).or_else(|| inside.find_map(|offset| at(from + offset)))
    }
}

/// Bytes of the letters of a title and of the marks among and behind them, if a text begins with them.
pub fn title_len(text: &str, title: &str) -> Option<usize> {
    let mut rest = text;
    for letter in title.chars() {
        let mut marks = rest.char_indices().take(MOST_MARKS + 1);
        let (at, _) = marks.find(|(_, c)| *c == '。' || elements::is_letter(*c))?;
        rest = rest[at..].strip_prefix(letter)?;
    }
    Some(text.len() - rest.trim_start_matches(['》', '”', '）', ')']).len())
}

/// Whether a title begins with a paragraph or behind a sentence, and a paragraph or a bracket begins behind it. One that a
/// notice quotes stands between marks.
fn stands_alone(text: &str, span: &Span) -> bool {
    let (before, after) = (&text[..span.start], &text[span.end..]);
    let begins_line = before.ends_with('\n');
    let begins =
        begins_line || before.ends_with(['。', '；', '！', '）', ')', '”', '日', '】']) || before.ends_with("印发");
    let ends = after.is_empty() || after.starts_with(['\n', '（', '(']);
    // Nothing but a title is so long and so exactly the same, though its text was run on behind it.
    let certain = begins_line || span.len() >= LONG_TITLE;
    // 《…规定》已经…通过: what an order quotes.
    if text[span.clone()].starts_with('《') && !ends {
        return false;
    }
    // The contents of the next issue.
    let near = after.trim_start();
    let near = near.char_indices().nth(LONGEST_MARKER).map_or(near, |(len, _)| &near[..len]);
    if PAGE.find(near).is_some_and(|page| page.start == 0) {
        return false;
    }
    begins && (ends || certain && !after.starts_with(['，', '、', '》', '的', '和', '精', '要']))
}

#[cfg(test)]
mod tests {
    use crate::model::Format;
    use crate::{normalise, read, segment};

    fn titles(source: String) -> Vec<String> {
        let source = read::decode(source.into_bytes(), "a.txt".into(), Format::Text).expect("a text");
        let outline = segment::segment(&normalise::normalise(&source));
        outline.documents.iter().filter_map(|d| d.title.clone()).collect()
    }

    /// None of the documents is signed, none but the first has a number.
    #[test]
    fn documents_begin_where_the_titles_of_the_contents_stand() {
        let said = "一、加强管理。\n各街道应当按照本通知的要求落实责任，及时报告进展情况。\n";
        let source = format!(
            "海州市人民政府公报\n2023年第5期\n\n目录\n市政府文件\n\
             海州市人民政府关于加强仓储管理的通知（海政发〔2023〕5号）（3）\n\
             海州市人民政府办公室关于印发《仓储消防办法》的通知……7\n\
             海州市仓储条例（10）\n\n\
             海州市人民政府关于加强仓储管理的通知\n海政发〔2023〕5号\n{said}\n\
             海州市人民政府办公室关于印发\n《仓储消防办法》的通知\n各街道：\n现印发海州市仓储条例的配套办法。\n{said}\n\
             海州市仓储条例\n第一条 为了加强仓储管理，制定本条例。\n第二条 本条例适用于本市。\n"
        );
        // What the contents of the next issue name begins nothing, and its rows are not cut.
        let more =
            "海州市仓储条例（10）\n海州市人民政府关于仓储任职的通知（11）\n海州市人民政府关于仓储免职的通知（12）";
        let listed = source.replace("海州市仓储条例（10）", more);
        let next = "\n海州市人民政府关于仓储任职的通知（4）\n海州市人民政府关于仓储免职的通知\t（5）\n";
        assert_eq!(titles(listed + next).last().map(String::as_str), Some("海州市仓储条例"));
        assert_eq!(
            titles(source),
            [
                "海州市人民政府公报",
                "海州市人民政府关于加强仓储管理的通知",
                "海州市人民政府办公室关于印发《仓储消防办法》的通知",
                "海州市仓储条例"
            ]
        );
    }

    #[test]
    fn an_order_and_what_it_issues_are_one_document() {
        let order = |number: u32, title: &str| {
            format!(
                "海州省人民政府令\n\n第{number}号\n\n《{title}》已经2023年5月6日省人民政府第8次常务会议通过，现予公布。\n\n\
                 省长 张某某\n2023年5月10日\n\n{title}\n\n第一条 为了加强管理，制定本规定。\n第二条 本规定适用于本省。\n\n"
            )
        };
        let source = format!(
            "海州省人民政府公报\n2023年第5期\n\n目录\n\n海州省仓储管理规定（省政府令第260号）（3）\n\
             海州省消防设施管理办法（省政府令第261号）（9）\n\n{}{}",
            order(260, "海州省仓储管理规定"),
            order(261, "海州省消防设施管理办法")
        );
        let source = source.replace("（9）", "…………9");
        let source = read::decode(source.into_bytes(), "a.txt".into(), Format::Text).expect("a text");
        let outline = segment::segment(&normalise::normalise(&source));
        let orders: Vec<_> =
            outline.documents.iter().filter_map(|d| d.doc_number.clone().zip(d.title.clone())).collect();
        let expected = [("260", "海州省仓储管理规定"), ("261", "海州省消防设施管理办法")]
            .map(|(number, title)| (format!("海州省人民政府令第{number}号"), title.to_owned()));
        assert_eq!(orders, expected);
        assert_eq!(outline.diagnostics, []);
    }
}
