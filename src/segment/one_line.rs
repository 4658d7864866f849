//! A document that lost its line ends and stands on one line. What parts it: its table of contents, its labels, or the
//! blanks that are left where its lines ended.

use crate::lexicon::Words;
use crate::model::Form;
use crate::normalise::{Paragraph, Text};
use crate::{elements, label};
use std::ops::Range;
use std::sync::LazyLock;

/// Where the paragraphs begin that a line holds, its start not among them; in no order.
pub fn breaks(text: &Text, paragraph: &Paragraph) -> Vec<usize> {
    if paragraph.span.len() < LONG_LINE {
        return Vec::new();
    }
    let whole = text.str(&paragraph.span);
    let mut at = at_gaps(text, paragraph);
    let labels = by_labels(whole);
    if !labels.is_empty() {
        at.extend(labels.into_iter().map(|at| paragraph.span.start + at));
    }
    at.extend(around_elements(text, paragraph));
    at.extend(by_contents(whole).into_iter().map(|at| paragraph.span.start + at));
    at
}

/// Bytes from which on a line may be a document.
const LONG_LINE: usize = 900;

/// The labels of lists, from the outer to the inner, as they nest in policies (GB/T 9704-2012, 7.3.3).
const LISTS: [Form; 4] = [Form::Cn, Form::CnParen, Form::Num, Form::NumParen];

/// Where the labels stand of a document whose sections 一、 and 二、 both begin behind a sentence in its line.
fn by_labels(whole: &str) -> Vec<usize> {
    static SECOND: LazyLock<Words> = LazyLock::new(|| Words::new(&["。二、"]));
    if !SECOND.stand_in(whole) {
        return Vec::new();
    }
    let (mut all, mut start) = (Vec::new(), 0);
    // A document may be printed twice, or others stand behind it.
    for _ in 0..MOST_DOCUMENTS {
        let mut at = Vec::new();
        let Some(last) = series(whole, start..whole.len(), &LISTS, &mut at) else { break };
        all.append(&mut at);
        start = last;
    }
    all
}

/// Lists of sections that are looked for in a line.
const MOST_DOCUMENTS: usize = 8;

/// Adds the places of the first list of the first of these forms in a range, and of the lists in its items; where there is
/// none, of the next form. Where the last item of the first form begins.
fn series(whole: &str, range: Range<usize>, forms: &[Form], at: &mut Vec<usize>) -> Option<usize> {
    let (form, inner) = forms.split_first()?;
    let mut items: Vec<(usize, usize)> = Vec::new();
    for (offset, _) in whole[range.clone()].char_indices() {
        let place = range.start + offset;
        let expected = items.len() as u32 + 1;
        let begins = label::parse(&whole[place..range.end]).filter(|l| l.form == *form && l.number == Some(expected));
        if let Some(label) = begins.filter(|_| begins_item(&whole[range.start..place], expected)) {
            items.push((place, place + label.len));
        }
    }
    if items.len() < 2 {
        series(whole, range, inner, at);
        return None;
    }
    let ends = items.iter().skip(1).map(|&(start, _)| start).chain([range.end]);
    for (&(start, text), end) in items.iter().zip(ends) {
        at.push(start);
        series(whole, text..end, inner, at);
    }
    items.last().map(|&(start, _)| start)
}

/// Whether an item may begin behind this text: the first also below its heading, which bears no mark.
fn begins_item(before: &str, number: u32) -> bool {
    let heading = || elements::is_within(before, 40) && !before.contains(['。', '；', '：', '，', '第']);
    before.ends_with(['。', '；', '：', '！', '）', ')', '”']) || number == 1 && heading()
}

/// Around a day of signature before a blank: where the body that signs begins, where the day does, and what title follows.
fn around_elements(text: &Text, paragraph: &Paragraph) -> Vec<usize> {
    let mut at = Vec::new();
    for gap in paragraph.gaps.iter().copied().chain([paragraph.span.end]) {
        if !text.clean[..gap].ends_with('日') {
            continue;
        }
        let sentence = &text.clean[paragraph.span.start..gap].rsplit('。').next().unwrap_or_default();
        let digits = sentence.char_indices().filter(|(_, c)| c.is_ascii_digit() || "一二".contains(*c));
        let mut signed = digits.map(|(day, _)| sentence.split_at(day));
        let signs = |(body, day): &(&str, &str)| elements::date(day).is_some() && elements::is_body(body);
        let Some((body, day)) = signed.find(signs) else { continue };
        at.extend([gap - day.len() - body.len(), gap - day.len(), gap]);
        at.extend(title_len(&text.clean[gap..paragraph.span.end]).map(|len| gap + len));
    }
    at
}

/// Bytes of the title that a text begins with, told by how the sentence behind it begins.
fn title_len(text: &str) -> Option<usize> {
    let end = ["为", "根据", "按照"].iter().filter_map(|word| text.find(word)).filter(|&at| at > 0).min()?;
    elements::is_title(&text[..end]).then_some(end)
}

/// In a document written on one line, blanks part the paragraphs: most of them stand where a sentence ended. A newspaper
/// column has blanks anywhere.
fn at_gaps(text: &Text, paragraph: &Paragraph) -> Vec<usize> {
    let end = paragraph.span.end;
    let ended =
        |&&g: &&usize| text.clean[paragraph.span.start..g].ends_with(['。', '；', '：', '！', ':', '）', ')', '”']);
    // Circled numbers run on inside notes.
    let labelled = |g: usize| label::parse(&text.clean[g..end]).is_some_and(|l| l.form != Form::Circled);
    let parting: Vec<usize> = paragraph.gaps.iter().filter(ended).copied().collect();
    if parting.len() < 3 || parting.len() * 10 < paragraph.gaps.len() * 6 {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut start = paragraph.span.start;
    for &gap in &paragraph.gaps {
        let piece = &text.clean[start..gap];
        let element = elements::is_title(piece)
            || elements::date(piece).is_some()
            || elements::doc_number(piece).is_some()
            || elements::is_body(piece)
                && elements::date(text.clean[gap..end].split_at(first_date_len(&text.clean[gap..end])).0).is_some();
        if parting.binary_search(&gap).is_ok() || labelled(gap) || element {
            out.push(gap);
            start = gap;
        }
    }
    out
}

/// In a plan written on one line, its table of contents tells where each chapter and section begins and where its title
/// ends: `目录第一章总体要求第一节现状…第一章总体要求第一节现状近五年来，…`.
fn by_contents(whole: &str) -> Vec<usize> {
    static CONTENTS: LazyLock<Words> = LazyLock::new(|| Words::new(&["目录"]));
    let Some(contents) = CONTENTS.find(whole) else { return Vec::new() };
    let (entries, end) = entries(whole, contents + "目录".len());
    let mut at = vec![contents];
    let mut from = end;
    let mut found = 0;
    for entry in &entries {
        if let Some(head) = whole[from..].find(entry) {
            at.extend([from + head, from + head + entry.len()]);
            from += head + entry.len();
            found += 1;
        }
    }
    if entries.len() >= 3 && found * 10 >= entries.len() * 8 { at } else { Vec::new() }
}

/// The entries of a table of contents from `start` on, without dots and pages behind them, and where it ends: where its
/// first entry stands again, or where one has no end.
fn entries(whole: &str, start: usize) -> (Vec<&str>, usize) {
    let divides = |at: &usize| {
        label::parse(&whole[*at..]).is_some_and(|l| matches!(l.form, Form::Part | Form::Chapter | Form::Section))
    };
    let mut heads = whole[start..].match_indices('第').map(|(at, _)| start + at).filter(divides).peekable();
    let mut entries: Vec<&str> = Vec::new();
    while let Some(head) = heads.next() {
        let end = heads.peek().copied().unwrap_or(whole.len());
        let entry = whole[head..end].trim_end_matches(|c: char| c.is_ascii_digit() || "….·".contains(c));
        let is_entry = entry.chars().count() <= 60 && !entry.contains(['。', '；']);
        if !is_entry || entries.first() == Some(&entry) {
            return (entries, head);
        }
        entries.push(entry);
    }
    (entries, whole.len())
}

fn first_date_len(text: &str) -> usize {
    text.find('日').map_or(0, |at| at + '日'.len_utf8())
}

#[cfg(test)]
mod tests {
    use crate::model::Format;
    use crate::normalise::normalise;
    use crate::read;
    use crate::segment::glued::part;

    fn parted(source: String) -> Vec<String> {
        let source = read::decode(source.into_bytes(), "a.txt".into(), Format::Text).expect("a text");
        let text = normalise(&source);
        part(&text, &[]).iter().map(|p| text.str(&p.span).to_owned()).collect()
    }

    #[test]
    fn contents_part_a_line_and_leave_no_piece_empty() {
        let said = "仓储企业应当登记。".repeat(40);
        let contents = "第一章总则第二章登记第三章附则";
        let source = format!("目录{contents}第一章总则{said}第二章登记第三章附则\n");
        assert_eq!(parted(source), [&format!("目录{contents}"), "第一章总则", &said, "第二章登记", "第三章附则"]);
    }

    #[test]
    fn labels_part_a_line_into_its_lists_and_dates_into_its_elements() {
        let said = "仓储企业应当依法登记并且按时报送统计资料。".repeat(12);
        let lines = [
            "各街道：",
            "《仓储管理办法》已经同意，请执行。",
            "海州市人民政府办公室",
            "2013年2月4日",
            "仓储管理办法（试行）",
            "为加强管理，第一、二产业均适用本办法。",
            "一、对象和条件",
            "（一）对象仓储企业。",
            "（二）条件",
            "1．下列企业：",
            "（1）有仓库；",
            "（2）有设备。",
            "2．其他企业。",
            &format!("二、程序{said}"),
        ];
        let line = lines.concat().replace("办公室2013年2月4日", "办公室&nbsp;&nbsp;2013年2月4日&nbsp; ");
        let mut expected: Vec<String> = lines.map(str::to_owned).to_vec();
        let head = expected.remove(0) + &expected.remove(0);
        expected.insert(0, head);
        assert_eq!(parted(line + "\n"), expected);
    }
}
