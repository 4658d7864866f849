//! A gazette's table of contents names the documents of the issue: where each of them begins is looked up in what follows.

use crate::elements;
use crate::normalise::{Paragraph, Text};
use crate::span::Span;

/// How many paragraphs may stand before the contents.
const MASTHEAD: usize = 80;

/// Characters of the longest entry; what is longer is text.
const LONGEST_ENTRY: usize = 160;

/// Fewer letters name no document.
const SHORTEST_ENTRY: usize = 6;

/// Bytes of a title of 16 characters.
const LONG_TITLE: usize = 16 * 3;

/// The titles that the contents list, each where it stands alone in the issue, in order.
pub fn heads(text: &Text, paragraphs: &[Paragraph]) -> Vec<Span> {
    let Some(start) = contents(text, paragraphs) else { return Vec::new() };
    let (entries, end) = entries(&text.clean, start);
    let body = Letters::of(&text.clean, end);
    let mut bounds: Vec<usize> = paragraphs.iter().flat_map(|p| [p.span.start, p.span.end]).collect();
    bounds.dedup();
    let mut heads = Vec::new();
    let mut from = 0;
    for entry in entries {
        // The name of a section may stand above an entry.
        let lines = entry.match_indices('\n').map(|(at, _)| &entry[at..]);
        let titles = std::iter::once(entry).chain(lines).map(Letters::only);
        let titles = titles.filter(|title| title.chars().count() >= SHORTEST_ENTRY);
        let Some((head, behind)) = titles.filter_map(|title| body.find(&text.clean, &bounds, &title, from)).next()
        else {
            continue;
        };
        heads.push(head);
        from = behind;
    }
    heads
}

/// Where the first entry of the contents stands.
fn contents(text: &Text, paragraphs: &[Paragraph]) -> Option<usize> {
    let front = paragraphs.get(..MASTHEAD.min(paragraphs.len()))?;
    let end = front.last()?.span.end;
    text.clean[..end].find("目录").map(|at| at + "目录".len())
}

/// The entries of the contents without pages and numbers, and where the contents end. Those without a page are passed over.
fn entries(text: &str, start: usize) -> (Vec<&str>, usize) {
    let page = regex!(
        r"(?:[（(][^（）()]{2,24}号[）)])?\s*(?:[（(][0-9]{1,3}[）)]|[….·]{2,}[（(]?[0-9]{1,3}[）)]?|\t[0-9]{1,3})"
    );
    let mut entries = Vec::new();
    let mut end = start;
    for marker in page.find_iter(&text[start..]) {
        let entry = &text[end..start + marker.start];
        if entry.chars().count() > LONGEST_ENTRY {
            break;
        }
        entries.push(entry);
        end = start + marker.end;
    }
    (entries, end)
}

/// The letters of a text, and where each of their bytes stands in it: titles are told by them alone, since line ends fall
/// into them and brackets change their width.
struct Letters {
    letters: String,
    places: Vec<usize>,
}

impl Letters {
    fn of(text: &str, from: usize) -> Self {
        let mut all = Self { letters: String::new(), places: Vec::new() };
        for (at, c) in text[from..].char_indices().filter(|(_, c)| elements::is_letter(*c)) {
            all.letters.push(c);
            all.places.extend(std::iter::repeat_n(from + at, c.len_utf8()));
        }
        all
    }

    fn only(text: &str) -> String {
        text.chars().filter(|c| elements::is_letter(*c)).collect()
    }

    /// The first place from `from` on at which a title stands alone, in the text, and where its letters end here.
    fn find(&self, text: &str, bounds: &[usize], title: &str, from: usize) -> Option<(Span, usize)> {
        let places = self.letters[from..].match_indices(title).map(|(at, _)| from + at..from + at + title.len());
        let mut spans = places.map(|letters| {
            let last = self.places[letters.end - 1];
            let end = last + text[last..].chars().next().map_or(0, char::len_utf8);
            let closing = text[end..].len() - text[end..].trim_start_matches(['》', '”', '）', ')']).len();
            (self.places[letters.start]..end + closing, letters.end)
        });
        spans.find(|(span, _)| stands_alone(text, bounds, span))
    }
}

/// Whether a title begins with a paragraph or behind a sentence, and a paragraph or a bracket begins behind it; `bounds` are
/// the ends of paragraphs. One that a notice quotes stands between marks.
fn stands_alone(text: &str, bounds: &[usize], span: &Span) -> bool {
    let (before, after) = (&text[..span.start], &text[span.end..]);
    let is_bound = |at: &usize| bounds.binary_search(at).is_ok();
    let begins = is_bound(&span.start)
        || before.ends_with(['。', '；', '！', '）', ')', '”', '日', '】'])
        || before.ends_with("印发");
    let ends = is_bound(&span.end) || after.starts_with(['（', '(']);
    // Nothing but a title is so long and so exactly the same, though its text was run on behind it.
    let certain = is_bound(&span.start) || span.len() >= LONG_TITLE;
    begins && (ends || certain && !after.starts_with(['，', '、', '》', '的', '和', '精', '要']))
}

/// Cuts the paragraphs where a head begins or ends.
pub fn set_apart(paragraphs: &[Paragraph], heads: &[Span]) -> Vec<Paragraph> {
    let mut cuts: Vec<usize> = heads.iter().flat_map(|head| [head.start, head.end]).collect();
    cuts.dedup();
    let mut cuts = cuts.into_iter().peekable();
    let mut out = Vec::with_capacity(paragraphs.len() + heads.len());
    for paragraph in paragraphs {
        while cuts.next_if(|cut| *cut <= paragraph.span.start).is_some() {}
        let mut at = Vec::new();
        while let Some(cut) = cuts.next_if(|cut| *cut < paragraph.span.end) {
            at.push(cut);
        }
        out.extend(paragraph.cut(&at));
    }
    out
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
}
