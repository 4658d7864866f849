//! The tree of a part becomes nodes in reading order: the closing is set apart, articles get their 款 and their titles,
//! spans are closed over subtrees, and the numbered articles that users query are marked.

use super::heading;
use super::outline::{Node, Outline, TableNode};
use super::table;
use super::tree::{Branch, Content, Tree};
use crate::elements;
use crate::model::{Diagnostic, Form};
use crate::normalise::{Paragraph, Text};
use crate::span::Span;

/// How the last paragraphs of a document begin: what it repeals, when it takes effect, who explains it.
const CLOSING: &str = r"^(?:本\p{Han}{0,12}(?:自|由|有效|从|明确|执行|印发|规定|施行|解释)|(?:上述|以上|各领域|各政策).{2,}|此前|附件?[:：]|各位代表|特此|此复|(?:原)?《[^》]+》.{0,30}同时废止)";

/// Who is called upon at the end of a document, and often before it too.
const APPEAL: &str = r"^各(?:地|级|部门|单位|(?:省|自治区|盟|市|州|县|区)(?:、|（|级|人民政府)).{2,}";

/// How a report sums up what it has listed.
const SUMMARY: &str = r"^(?:各位代表|总之，|回顾|在(?:看到|肯定)成绩的同时|[一二三四五几]年来，|过去(?:的)?[一五]年)";

/// Lines at the foot of the last page (版记), and what a web page adds to them.
const FOOT: &str = r"^(?:抄送|抄报|内部发送|信息公开选项|公开方式|公开属性|责任编辑)[:：]|^[（(]此件|^\p{Han}{4,24}(?:厅|室|会|局)\d{4}年\d{1,2}月\d{1,2}日印发。?$";

/// Adds the tree to the outline.
pub fn add(outline: &mut Outline, text: &Text, paragraphs: &[Paragraph], document: usize, mut tree: Tree) {
    for odd in &tree.odd {
        let span = super::in_source(text, &odd.span);
        outline.diagnostics.push(Diagnostic { code: odd.code, message: odd.message.clone(), span });
    }
    give_back(text, &mut tree.branches);
    head_holders(text, &mut tree.branches);
    unhead_clauses(text, &mut tree.branches);
    vote_on_headings(text, &mut tree.branches);
    head_alike(text, &mut tree.branches);
    head_measures(text, &mut tree.branches);
    lift_shared_units(text, &mut tree.branches);
    set_closing_apart(text, &mut tree.branches);
    give_up(text, &mut tree.branches);
    title_articles(text, &mut tree.branches);
    number_paragraphs(text, &mut tree.branches);
    let first = outline.nodes.len();
    let roots: Vec<usize> = (0..tree.branches.len()).filter(|&b| tree.branches[b].parent.is_none()).collect();
    let mut flat = Flat { outline, text, paragraphs, document, branches: &tree.branches };
    for root in roots {
        flat.add(root, None);
    }
    mark_articles(&mut outline.nodes[first..], first);
}

/// Text between two items of one list belongs to the first of them, not to what holds the list: that is not over.
fn give_back(text: &Text, branches: &mut [Branch]) {
    for holder in 0..branches.len() {
        let content = std::mem::take(&mut branches[holder].content);
        let dashes_head = dashes_head(text, branches, &content);
        let (mut kept, mut elder): (Vec<Content>, Option<usize>) = (Vec::new(), None);
        let mut since = 0;
        for item in content {
            if let Content::Child(child) = item {
                let follows = |elder: &usize| {
                    let (a, b) = (&branches[*elder], &branches[child]);
                    let goes_on = match a.form {
                        Form::Article => false,
                        Form::Dash => dashes_head,
                        _ => a.number.is_some_and(|n| b.number == Some(n + 1)),
                    };
                    a.form == b.form && goes_on
                };
                let between = kept.split_off(since);
                match elder.filter(follows) {
                    Some(elder) if between.iter().all(|c| matches!(c, Content::Own(_))) => {
                        branches[elder].content.extend(between);
                    }
                    _ => kept.extend(between),
                }
                kept.push(item);
                since = kept.len();
                elder = Some(child);
            } else {
                kept.push(item);
            }
        }
        branches[holder].content = kept;
    }
}

/// Whether the dashes of a list are sentences that head the lines below them, as where each sentence has a line: text stands
/// between them more than once, and never announces another list.
fn dashes_head(text: &Text, branches: &[Branch], content: &[Content]) -> bool {
    let places: Vec<usize> = (0..content.len()).filter(|&at| !matches!(content[at], Content::Own(_))).collect();
    let dash = |at: usize| match content[at] {
        Content::Child(child) if branches[child].form == Form::Dash => Some(&branches[child]),
        _ => None,
    };
    let below = |pair: &[usize]| {
        let between = &content[pair[0] + 1..pair[1]];
        let (elder, _) = dash(pair[0]).zip(dash(pair[1])).filter(|_| !between.is_empty())?;
        let announces = |c: &Content| matches!(c, Content::Own(own) if text.str(own).ends_with(['：', ':']));
        Some(is_sentence(text, elder) && !between.iter().any(|c| announces(c) || sums_up(text, c)))
    };
    let heads: Vec<bool> = places.windows(2).filter_map(below).collect();
    heads.len() >= 2 && heads.iter().all(|&heads| heads)
}

/// Whether an item is one sentence: `——经济跨上新台阶。`.
fn is_sentence(text: &Text, branch: &Branch) -> bool {
    let [Content::Own(own)] = &branch.content[..] else { return false };
    text.str(own)
        .strip_suffix('。')
        .is_some_and(|said| elements::is_within(said, 60) && !said.contains(['。', '；', '：']))
}

/// A line that holds nothing but its sentence, with a list or text below, heads them, commas or not: `（一）加强服务，提升体验。`.
fn head_holders(text: &Text, branches: &mut [Branch]) {
    for branch in branches.iter_mut() {
        let [Content::Own(own), rest @ ..] = branch.content.as_slice() else { continue };
        let children = rest.iter().all(|c| matches!(c, Content::Child(_)));
        let said = text.str(own);
        let sentence = said.strip_suffix('。').unwrap_or(said);
        let line = elements::is_within(sentence, 40) && !sentence.contains(['。', '；', '：', ':']);
        let holds = !rest.is_empty() && line && (children || (said.ends_with('。') && heading::may_head(sentence)));
        let sentence = Some(sentence);
        let list_form = matches!(branch.form, Form::Cn | Form::CnParen | Form::Num | Form::NumParen | Form::Dash);
        if let Some(sentence) = sentence.filter(|_| holds && list_form && branch.heading.is_none()) {
            branch.heading = Some(own.start..own.start + sentence.len());
        }
    }
}

/// Whether the items of a list begin with titles is decided by the list: where fewer than half seem to, none does
/// (several normative sentences with no title before them), save one in a few words: `（六）安家补贴。对引进硕士…`.
fn vote_on_headings(text: &Text, branches: &mut [Branch]) {
    for list in lists(branches) {
        let headed = list.iter().filter(|&&i| branches[i].heading.is_some()).count();
        if headed * 2 >= list.len() {
            continue;
        }
        let statute = in_article(branches, list[0]);
        for i in list {
            let (Some(Content::Own(own)), Some(heading)) = (branches[i].content.first(), &branches[i].heading) else {
                continue;
            };
            let behind = text.str(&(heading.end..own.end));
            let runs_on = behind.chars().count() > 1;
            let sure = !statute
                && branches[i].form != Form::Cn
                && behind.starts_with('。')
                && heading::is_in_few_words(text.str(heading));
            if runs_on && !sure {
                branches[i].heading = None;
            }
        }
    }
}

/// The lists of three items and more: provisions of one form under one parent that are no divisions and no articles.
fn lists(branches: &[Branch]) -> Vec<Vec<usize>> {
    let division = |form| matches!(form, Form::Article | Form::Part | Form::Chapter | Form::Section);
    let mut items: Vec<(Option<usize>, u8, usize)> = branches
        .iter()
        .enumerate()
        .filter(|(_, b)| b.label.is_some() && !division(b.form))
        .map(|(i, b)| (b.parent, b.form as u8, i))
        .collect();
    items.sort_unstable();
    let alike = items.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).filter(|list| list.len() >= 3);
    alike.map(|list| list.iter().map(|&(.., i)| i).collect()).collect()
}

/// Where three in four items of a list begin with a sentence on a line of its own that has text below, it heads them, however
/// long it is; where three in four are headed by a sentence with text behind it, the others are too.
fn head_alike(text: &Text, branches: &mut [Branch]) {
    let is_text = |item: &Content| match item {
        Content::Own(own) => !text.str(own).starts_with(['（', '(', '〔', '【']),
        _ => true,
    };
    for list in lists(branches) {
        if in_article(branches, list[0]) {
            continue;
        }
        let first = |&i: &usize| {
            let [Content::Own(own), below @ ..] = &branches[i].content[..] else { return None };
            let found = || heading::alike(text.str(own), below.first().is_some_and(is_text));
            let heading = branches[i].heading.clone();
            let heading = heading.or_else(|| found().map(|h| own.start + h.start..own.start + h.end))?;
            let behind = text.str(&(heading.end..own.end)).strip_prefix('。')?;
            Some((behind.is_empty(), i, heading))
        };
        let (alone, before_text): (Vec<_>, Vec<_>) = list.iter().filter_map(first).partition(|&(alone, ..)| alone);
        let headed = list.iter().filter(|&&i| branches[i].heading.is_some()).count();
        for (votes, alike) in [(alone.len(), alone), (headed, before_text)] {
            if votes * 4 >= list.len() * 3 {
                alike.into_iter().for_each(|(.., i, heading)| branches[i].heading = Some(heading));
            }
        }
    }
}

/// Whether a provision stands below an article.
fn in_article(branches: &[Branch], branch: usize) -> bool {
    std::iter::successors(branches[branch].parent, |&b| branches[b].parent).any(|b| branches[b].form == Form::Article)
}

/// In a part whose items are headed, an item that begins with a measure in a few words is headed by it too.
fn head_measures(text: &Text, branches: &mut [Branch]) {
    for form in [Form::CnParen, Form::Num] {
        let items: Vec<usize> = (0..branches.len()).filter(|&i| branches[i].form == form).collect();
        let headed = items.iter().filter(|&&i| branches[i].heading.is_some()).count();
        if items.len() < 5 || headed * 5 < items.len() * 4 {
            continue;
        }
        for branch in items {
            let branch = &mut branches[branch];
            let (None, Some(Content::Own(own))) = (&branch.heading, branch.content.first()) else { continue };
            let more_below = branch.content.len() > 1;
            branch.heading =
                heading::measure(text.str(own), more_below).map(|h| own.start + h.start..own.start + h.end);
        }
    }
}

/// A bracket of units on a line of its own behind the last item speaks for the whole list where no item has one of its own.
fn lift_shared_units(text: &Text, branches: &mut [Branch]) {
    let names_units = |span: &Span| {
        let said = text.str(span);
        said.starts_with(['（', '(', '〔', '[', '［', '【'])
            && said.ends_with(['）', ')', '〕', ']', '］', '】'])
            && ["牵头", "负责", "责任单位", "责任部门"].iter().any(|w| said.contains(w))
    };
    let mentions = |b: &Branch| {
        b.content.iter().any(|c| matches!(c, Content::Own(span) if ["牵头单位", "责任单位", "牵头，", "负责）", "牵头）", "责任部门"].iter().any(|w| text.str(span).contains(w))))
    };
    for parent in 0..branches.len() {
        let child = |c: &Content| if let Content::Child(k) = c { Some(*k) } else { None };
        let mut children = branches[parent].content.iter().filter_map(child);
        let Some(last) = children.next_back() else { continue };
        let trailing = match branches[last].content.as_slice() {
            [_, .., Content::Own(own)] if names_units(own) => own.clone(),
            _ => continue,
        };
        let mut elders = children.peekable();
        if elders.peek().is_none() || elders.any(|k| mentions(&branches[k])) {
            continue;
        }
        branches[last].content.pop();
        branches[parent].content.push(Content::Own(trailing));
    }
}

/// A sentence that is all there is of an item (`（八）执行其他有关规定。`) is no heading; one that heads text is.
fn unhead_clauses(text: &Text, branches: &mut [Branch]) {
    for at in 0..branches.len() {
        let branch = &branches[at];
        let (Some(Content::Own(first)), Some(heading)) = (branch.content.first(), &branch.heading) else { continue };
        let alone =
            text.str(&(heading.end..first.end)).strip_prefix('。').is_some_and(|behind| !heading::runs_on(behind));
        let division = matches!(branch.form, Form::Part | Form::Chapter | Form::Section);
        if alone && !division && (branch.content.len() == 1 || in_article(branches, at)) {
            branches[at].heading = None;
        }
    }
}

/// What closes the document belongs to none of its provisions.
fn set_closing_apart(text: &Text, branches: &mut Vec<Branch>) {
    let Some(last) = branches.iter().rposition(|b| b.label.is_some()) else { return };
    let mut tail: Vec<Content> = Vec::new();
    // The last provision, and what holds it where text stands behind it there.
    let mut holder = Some(last);
    while let Some(branch) = holder {
        let content = &mut branches[branch].content;
        while let Some(foot) =
            content.pop_if(|c| matches!(c, Content::Own(own) if regex!(FOOT).is_match(text.str(own))))
        {
            tail.insert(0, foot);
        }
        let ends_it = |b: usize| matches!(branches[b].content.last(), Some(Content::Child(c)) if *c == branch);
        holder = branches[branch].parent.filter(|&parent| !ends_it(parent));
    }
    if let Some(cut) = closing_start(text, branches, last) {
        tail.splice(0..0, branches[last].content.split_off(cut));
    }
    if tail.is_empty() {
        return;
    }
    match branches.iter_mut().skip(last + 1).find(|b| b.form == Form::Closing) {
        Some(closing) => closing.content.splice(0..0, tail).for_each(drop),
        None => branches.push(Branch::unnumbered(Form::Closing, tail)),
    }
}

fn sums_up(text: &Text, item: &Content) -> bool {
    matches!(item, Content::Own(own) if regex!(SUMMARY).is_match(text.str(own)))
}

/// What a report says behind a list to sum it up is text of what holds the list: `（六）…。` ⏎ `五年来，…`.
fn give_up(text: &Text, branches: &mut [Branch]) {
    let sums_up = |c: &Content| sums_up(text, c);
    for list in lists(branches) {
        let [elders @ .., last] = &list[..] else { continue };
        let Some(holder) = branches[*last].parent else { continue };
        let is_last = matches!(branches[holder].content.last(), Some(Content::Child(c)) if c == last);
        let brief = |content: &[Content]| content.len() <= 2 && content.iter().all(|c| matches!(c, Content::Own(_)));
        let fits = |&elder: &usize| brief(&branches[elder].content) && !branches[elder].content.iter().any(sums_up);
        let cut = branches[*last].content.iter().skip(1).position(sums_up).map(|at| at + 1);
        let Some(cut) = cut.filter(|&cut| brief(&branches[*last].content[..cut])) else { continue };
        // A list in it may be the item's.
        let listed = branches[*last].content.iter().any(|c| !matches!(c, Content::Own(_)));
        if !is_last || listed || in_article(branches, *last) || !elders.iter().all(fits) {
            continue;
        }
        let rest = branches[*last].content.split_off(cut);
        branches[holder].content.extend(rest);
    }
}

/// Where in the last item the closing begins: behind the one paragraph that all other items of its form are, or with the
/// words of one. Of appeals the last closes, and those right before it.
fn closing_start(text: &Text, branches: &[Branch], last: usize) -> Option<usize> {
    let own = |b: &Branch| b.content.iter().filter(|c| matches!(c, Content::Own(_))).count();
    if branches[last].content.iter().any(|c| matches!(c, Content::Child(_))) || branches[last].form == Form::Article {
        return None;
    }
    let leaves: Vec<&Branch> = branches[..last]
        .iter()
        .filter(|b| b.form == branches[last].form && !b.content.iter().any(|c| matches!(c, Content::Child(_))))
        .collect();
    let single = leaves.len() >= 2 && leaves.iter().all(|b| own(b) <= 1);
    // The paragraph below a heading that stands alone is its text.
    let heading_alone = match (branches[last].content.first(), &branches[last].heading) {
        (Some(Content::Own(own)), Some(heading)) => text.str(&(heading.end..own.end)).chars().count() <= 1,
        _ => false,
    };
    let kept = 1 + usize::from(heading_alone);
    let said = |item: &Content| match item {
        Content::Own(span) => text.str(span),
        _ => "",
    };
    let behind: Vec<&str> = branches[last].content.iter().skip(kept).map(said).collect();
    if single {
        let cut = behind.iter().position(|said| !said.is_empty() && !said.starts_with(['（', '(', '〔', '【']));
        return cut.map(|cut| cut + kept);
    }
    let appeals = |said: &&str| regex!(APPEAL).is_match(said);
    let words = behind.iter().position(|said| regex!(CLOSING).is_match(said));
    let end = words.or_else(|| behind.iter().rposition(appeals).map(|at| at + 1))?;
    let before = behind[..end].iter().rev().take_while(|said| appeals(said)).count();
    Some(kept + end - before)
}

/// Articles are headed by their first sentence where most of them begin with a title (`第三条 落地投资奖。对…`), elsewhere
/// by one that is surely no sentence.
fn title_articles(text: &Text, branches: &mut [Branch]) {
    let articles: Vec<usize> = (0..branches.len()).filter(|&b| branches[b].form == Form::Article).collect();
    let title = |branch: &Branch, most: usize| match branch.content.first() {
        Some(Content::Own(span)) => heading::article_title(text.str(span), branch.content.len() > 1, most)
            .map(|t| span.start + t.start..span.start + t.end),
        _ => None,
    };
    let titled = articles.iter().filter(|&&a| title(&branches[a], heading::TITLE).is_some()).count();
    let most = match titled {
        n if n >= 2 && n * 5 >= articles.len() * 3 => heading::LONG_TITLE,
        n if n >= 2 && n * 5 >= articles.len() * 2 => heading::TITLE,
        _ => heading::SURE_TITLE,
    };
    for article in articles {
        branches[article].heading = branches[article].heading.take().or_else(|| title(&branches[article], most));
    }
}

/// Where an article has several paragraphs, each is a 款 with the list that follows it below.
fn number_paragraphs(text: &Text, branches: &mut Vec<Branch>) {
    for article in 0..branches.len() {
        if branches[article].form != Form::Article {
            continue;
        }
        let content = &branches[article].content;
        // A line that holds the heading alone is no 款.
        let heading_line = match (content.first(), &branches[article].heading) {
            (Some(Content::Own(own)), Some(heading)) => {
                heading.end + '】'.len_utf8() >= own.end && text.str(own).len() < 90
            }
            _ => false,
        };
        let captions = content.windows(2).filter(|pair| is_caption(text, pair)).count();
        let own = content.iter().filter(|c| matches!(c, Content::Own(_))).count();
        let own = own.saturating_sub(usize::from(heading_line) + captions);
        if own < 2 {
            continue;
        }
        let mut number = 0;
        let mut kept = Vec::new();
        // A 款 ends with its sentence; a line that a page cut off goes on it.
        let mut broken = false;
        let content = std::mem::take(&mut branches[article].content);
        // The short line above a table is its caption and no 款.
        let captions: Vec<bool> = content.windows(2).map(|pair| is_caption(text, pair)).chain([false]).collect();
        for (i, item) in content.into_iter().enumerate() {
            match item {
                Content::Own(_) if captions[i] && number > 0 => {
                    let holder = branches.len() - 1;
                    branches[holder].content.push(item);
                }
                Content::Own(ref own) if broken && number > 0 => {
                    broken = !ends_paragraph(text.str(own));
                    let holder = branches.len() - 1;
                    branches[holder].content.push(item);
                }
                Content::Own(ref own) if i > 0 || !heading_line => {
                    broken = !ends_paragraph(text.str(own));
                    number += 1;
                    let paragraph = branches.len();
                    let mut branch = Branch::unnumbered(Form::Paragraph, vec![item]);
                    branch.number = Some(number);
                    branch.parent = Some(article);
                    branches.push(branch);
                    kept.push(Content::Child(paragraph));
                }
                Content::Child(child) if number > 0 => {
                    let paragraph = branches.len() - 1;
                    let at = kept.iter().rev().find_map(|c| match c {
                        Content::Child(k) => Some(*k),
                        _ => None,
                    });
                    let holder = at.unwrap_or(paragraph);
                    branches[child].parent = Some(holder);
                    branches[holder].content.push(Content::Child(child));
                }
                Content::Table(rows) if number > 0 => {
                    let holder = branches.len() - 1;
                    branches[holder].content.push(Content::Table(rows));
                }
                other => kept.push(other),
            }
        }
        branches[article].content = kept;
    }
}

fn is_caption(text: &Text, pair: &[Content]) -> bool {
    match pair {
        [Content::Own(own), Content::Table(_)] => {
            let said = text.str(own);
            elements::is_within(said, 40) && !said.contains(['。', '；', '：'])
        }
        _ => false,
    }
}

fn ends_paragraph(text: &str) -> bool {
    let text = text.trim_end_matches(['”', '"', '’', '）', ')', '】', '〕', ']', '》']);
    text.ends_with(['。', '：', '！', '？', ':', '.'])
}

struct Flat<'a> {
    outline: &'a mut Outline,
    text: &'a Text,
    paragraphs: &'a [Paragraph],
    document: usize,
    branches: &'a [Branch],
}

impl Flat<'_> {
    fn add(&mut self, branch: usize, parent: Option<usize>) -> Option<Span> {
        let found = &self.branches[branch];
        let index = self.outline.nodes.len();
        self.outline.nodes.push(Node {
            document: self.document,
            parent,
            form: found.form,
            label: found.label.clone(),
            number: found.number,
            sub_number: found.sub_number,
            heading: found.heading.as_ref().map(|h| self.text.str(h).to_owned()),
            own: Vec::new(),
            span: 0..0,
            article: false,
        });
        let mut span = found.label.clone();
        for item in &found.content {
            let place = match item {
                Content::Own(own) => {
                    self.outline.nodes[index].own.push(own.clone());
                    Some(own.clone())
                }
                Content::Child(child) => self.add(*child, Some(index)),
                Content::Table(rows) => {
                    let caption = self.caption(rows.start);
                    let table = table::table(self.text, &self.paragraphs[rows.clone()], caption);
                    self.outline.diagnostics.extend(table::odd_rows(self.text, &table));
                    let place = table.span.clone();
                    self.outline.tables.push(TableNode { node: index, table });
                    Some(place)
                }
            };
            if let Some(place) = place {
                span = Some(span.map_or(place.clone(), |s| s.start.min(place.start)..s.end.max(place.end)));
            }
        }
        match span {
            Some(span) => {
                self.outline.nodes[index].span = span.clone();
                Some(span)
            }
            None => {
                // Nothing in it: no provision at all.
                self.outline.nodes.truncate(index);
                None
            }
        }
    }

    /// The short line above a table.
    fn caption(&self, row: usize) -> Option<String> {
        let above = self.paragraphs.get(row.checked_sub(1)?)?;
        let said = self.text.str(&above.span);
        let fits = above.cells.is_empty() && elements::is_within(said, 50) && !said.ends_with(['。', '；', '：']);
        fits.then(|| said.to_owned())
    }
}

/// Every 条; elsewhere each provision with a heading none of whose descendants has one; in a part without headings its top
/// numbered level.
fn mark_articles(nodes: &mut [Node], offset: usize) {
    if nodes.iter().any(|n| n.form == Form::Article) {
        nodes.iter_mut().for_each(|n| n.article = n.form == Form::Article);
        return;
    }
    if nodes.iter().any(|n| n.heading.is_some()) {
        let mut has_headed_below = vec![false; nodes.len()];
        for i in (0..nodes.len()).rev() {
            let headed = nodes[i].heading.is_some();
            if let Some(parent) = nodes[i].parent {
                has_headed_below[parent - offset] |= headed || has_headed_below[i];
            }
            nodes[i].article = headed && !has_headed_below[i];
        }
        return;
    }
    for node in nodes.iter_mut() {
        node.article = node.parent.is_none() && node.label.is_some() && node.form != Form::Dash;
    }
}

#[cfg(test)]
mod tests {
    use crate::model::Format;
    use crate::normalise::normalise;
    use crate::{read, segment};

    /// The provisions of a text, each as its label or form, `|` and its heading, indented below its parent.
    fn outline(source: &str) -> Vec<String> {
        let source = read::decode(source.as_bytes().to_vec(), "a.txt".into(), Format::Text).expect("a text");
        let text = normalise(&source);
        let nodes = segment::segment(&text).nodes;
        let depth = |node: usize| std::iter::successors(nodes[node].parent, |&n| nodes[n].parent).count();
        let line = |(i, node): (usize, &segment::outline::Node)| {
            let label = node.label.as_ref().map_or(format!("{:?}", node.form), |label| text.str(label).to_owned());
            format!("{}{label}|{}", "  ".repeat(depth(i)), node.heading.as_deref().unwrap_or_default())
        };
        nodes.iter().enumerate().map(line).collect()
    }

    /// The own text of the first provision with a label.
    fn own_text(source: &str, label: &str) -> String {
        let source = read::decode(source.as_bytes().to_vec(), "a.txt".into(), Format::Text).expect("a text");
        let text = normalise(&source);
        let nodes = segment::segment(&text).nodes;
        let found = nodes.iter().find(|node| node.label.as_ref().is_some_and(|l| text.str(l) == label));
        found.expect("a provision").own.iter().map(|own| text.str(own)).collect()
    }

    #[test]
    fn siblings_of_one_form_are_headed_alike() {
        let long = "（三）始终坚持供给侧改革主线，着力构建现代化产业体系，夯实高质量发展的物质技术基础。";
        let items = format!(
            "（一）扩大内需。全年投资增长。\n（二）推进改革。国企改革深化。\n{long}推动企业改造。\n（四）改善民生，优化服务。新增就业。\n（五）办好实事，不断增进福祉。建设养老设施。\n"
        );
        let heads = |source: &str| outline(source).iter().filter(|line| !line.ends_with('|')).count();
        assert_eq!(heads(&format!("一、工作\n{}", items.replace("（五）", "（五）国企应当"))), 4);
        assert_eq!(heads(&format!("一、工作\n{}", items.replace("（四）", "（四）国企应当"))), 3);
        let alone = ["全", "国", "推", "新", "建"]
            .iter()
            .fold(items.clone(), |items, word| items.replace(&format!("。{word}"), &format!("。\n{word}")));
        assert_eq!(heads(&format!("一、工作\n{alone}")), 6);
        // Several normative sentences with no title before them.
        let rules = "1.加强统筹协调，并形成合力。各县负责。\n2.公开规则，经同级政府同意。目录公开。\n3.改善服务环境。改进作风。\n4.加强督促，对落后的通报。按季通报。\n";
        assert_eq!(
            outline(&format!("一、要求\n{rules}")),
            ["一、|要求", "  1.|", "  2.|", "  3.|改善服务环境", "  4.|"]
        );
        // A bracket of units is no text that a sentence would head.
        let units = "1.建设示范基地。（市科技局）\n2.举办对接活动。（市商务局）\n3.培育服务机构。（市司法局）\n";
        assert_eq!(outline(&format!("一、要求\n{units}")), ["一、|要求", "  1.|", "  2.|", "  3.|"]);
    }

    #[test]
    fn a_list_goes_on_over_text_and_missing_numbers() {
        let rules = "第一条 热线中心履行下列职责：\n（一）受理诉求；\n对诉求办理开展考评；\n（二）公开情况。\n（一）、（二）项所列情况报市政府。\n";
        assert_eq!(outline(rules), ["第一条|", "  Paragraph|", "    （一）|", "    （二）|", "  Paragraph|"]);
        let series = "一、公开\n1.建立台账，按月更新。\n2.2个试点区组团调研，互观互比。\n二、保障\n5.加强培训，提升能力。\n12.5个点位未建成。\n";
        assert_eq!(outline(series), ["一、|公开", "  1.|", "  2.|", "二、|保障", "  5.|加强培训，提升能力"]);
        let abridged = "第十六条 生产者应当登记。\n第三章 法律责任\n第四十条 未登记的，处以罚款。\n";
        assert_eq!(outline(abridged), ["第十六条|", "第三章|法律责任", "  第四十条|"]);
        let amended = "第二条 增加五条，分别作为第五十条至第五十四条。内容如下：\n第五十条 生产者应当登记。\n";
        assert_eq!(outline(&format!("第一条 作如下修改。\n{amended}")).len(), 4);
    }

    #[test]
    fn a_dash_heads_the_lines_up_to_the_next() {
        let report = "一、回顾\n——经济跨上新台阶。\n财政收入达到5万亿元；\n外汇储备超过1.5万亿美元。\n——取消农业税。\n粮食连续增产。\n——人民生活改善。\n贫困人口减少。\n成绩来之不易。\n";
        assert_eq!(outline(report), ["一、|回顾", "  ——|经济跨上新台阶", "  ——|取消农业税", "  ——|"]);
        let [text, first] = ["一、", "——"].map(|label| own_text(report, label));
        assert_eq!(first, "经济跨上新台阶。财政收入达到5万亿元；外汇储备超过1.5万亿美元。");
        assert!(!text.contains("粮食"), "{text}");
        // Two lists in one section, and items that are paragraphs.
        for lines in [
            "——到2025年，基本建成。\n为此，要遵循以下原则：\n——坚持统筹。\n注重实效。\n——坚持创新。\n",
            "——坚持统筹。加强领导。\n注重实效。\n——坚持创新。完善机制。\n注重质量。\n——坚持开放。\n",
        ] {
            assert_eq!(
                own_text(&format!("一、目标\n{lines}"), "——"),
                lines.lines().next().unwrap_or_default().trim_start_matches('—')
            );
        }
    }

    #[test]
    fn a_list_stands_on_the_line_that_announces_it() {
        let items = "（一）取得许可；（二）按期申报；（三）如实申报。";
        let article =
            format!("第一条 企业应当符合下列条件：{items}申报的内容由县级机关规定。第二条 本办法自发布之日起施行。\n");
        let list = ["    （一）|", "    （二）|", "    （三）|"];
        let expected: Vec<&str> =
            ["第一条|", "  Paragraph|"].into_iter().chain(list).chain(["  Paragraph|", "第二条|"]).collect();
        assert_eq!(outline(&article), expected);
        let policy = "一、停止发放\n有下列情形之一的，停止发放补贴：1.死亡的；2.有下列行为之一，影响发放的：（1）有虚假内容的；（2）不完整的；3.自愿停止的。\n二、保障\n加强保障。\n";
        assert_eq!(
            outline(policy),
            ["一、|停止发放", "  1.|", "  2.|", "    （1）|", "    （2）|", "  3.|", "二、|保障"]
        );
        let bare = "第一条 下列人员可以申请：\n（一）教师；（二）医师。\n第二条 本办法自发布之日起施行。\n";
        assert_eq!(outline(bare), ["第一条|", "  （一）|", "  （二）|", "第二条|"]);
        let sentences =
            "一、证件\n证件包括：1.居民身份证。2.护照。辅助材料包括：1.户口簿。2.驾驶证。\n二、保障\n加强保障。\n";
        assert_eq!(outline(sentences), ["一、|证件", "  1.|", "  2.|", "  1.|", "  2.|", "二、|保障"]);
        assert_eq!(
            outline("附件：1.申报指南；2.汇总表。\n第一条 企业应当申报。\n第二条 本办法自发布之日起施行。\n")[1..],
            ["第一条|", "第二条|"]
        );
        for inline in [
            "一是取得许可；二是按期申报。",
            "①取得许可；②按期申报。",
            "（一）许可、（二）申报和（三）公示。",
            "（一）取得许可，（二）按期申报。",
            "（一）、（二）项所列条件；（二）项所列条件。",
            "（一）取得许可；并且按期申报。",
            "将该款修改为“条件是：（一）取得许可；（二）按期申报。”",
        ] {
            let source = format!("第一条 企业应当符合下列条件：{inline}\n第二条 本办法自发布之日起施行。\n");
            assert_eq!(outline(&source), ["第一条|", "第二条|"], "{inline}");
        }
    }

    #[test]
    fn what_sums_up_a_list_is_text_of_its_holder() {
        let items = "一、回顾\n（一）推动创新。研发投入增长5%。\n（二）改善民生。新增就业5万人。\n（三）保护环境。";
        let summary = "空气优良。\n五年来，各项事业全面发展。\n在看到成绩的同时，问题不少。\n二、目标\n";
        assert_eq!(own_text(&format!("{items}{summary}"), "（三）"), "保护环境。空气优良。");
        assert!(own_text(&format!("{items}{summary}"), "一、").ends_with("问题不少。"));
        let listed = summary.replace("在看到", "——动能增强。\n在看到");
        assert!(own_text(&format!("{items}{listed}"), "（三）").contains("五年来"));
        let within = items.replacen("（二）改善民生。", "（二）改善民生。完善保障。\n五年来，社会和谐。\n", 1);
        assert!(own_text(&format!("{within}{summary}"), "（三）").contains("五年来"));
    }

    #[test]
    fn what_closes_a_document_is_in_no_item() {
        let articles = "第一条 为规范管理，制定本办法。\n第二条 本办法自2024年1月1日起施行。\n";
        let foot = "抄送：市委各部门。\n某市人民政府办公厅　2023年11月20日印发\n";
        assert_eq!(outline(&format!("{articles}{foot}")), ["第一条|", "第二条|", "Closing|"]);
        let listed = "附件：1.申报指南\n2.项目推荐汇总表\n3.承诺书模板\n";
        assert_eq!(outline(&format!("{articles}{listed}")), ["第一条|", "第二条|", "Closing|"]);
        assert_eq!(outline(&format!("{articles}附件：\n1.操作指引.pdf\n2.申请表.docx\n")).len(), 3);
        let closed = "一、目标\n到2025年建成。\n二、组织\n专班统筹。\n各地要压实责任。\n专班定期通报。\n各县（市）、各部门要认真落实。\n本方案自2024年1月1日起施行。\n";
        let source = read::decode(closed.as_bytes().to_vec(), "a.txt".into(), Format::Text).expect("a text");
        let text = normalise(&source);
        let closing = segment::segment(&text).nodes.pop().map(|node| text.str(&node.span).to_owned());
        assert_eq!(closing.as_deref(), Some("各县（市）、各部门要认真落实。\n本方案自2024年1月1日起施行。"));
    }

    #[test]
    fn an_article_is_titled_where_most_are_or_where_its_sentence_is_too_short_for_a_rule() {
        let articles = "第一条 为规范管理，制定本办法。\n第二条 统一受理。\n热线中心受理诉求。\n第三条 自然人享有健康权。任何组织不得侵害。\n第四条 依法办事的，予以奖励。\n第五条 各区参照执行。\n第六条 本办法自发布之日起施行。\n";
        assert_eq!(outline(articles), ["第一条|", "第二条|统一受理", "第三条|", "第四条|", "第五条|", "第六条|"]);
    }
}
