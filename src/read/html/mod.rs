//! HTML: the lines that a reader of the page sees, and the chrome around them.
//!
//! Source → `token` (html5gum, with places) → `flow` (blocks, tables by `grid`) → `content` (document or page). Fragments
//! of HTML in other texts take the same way, save that all of them is content.

mod content;
mod flow;
pub mod fragment;
mod grid;
mod tags;
mod token;

use super::{Line, Page};
use crate::model::Noise;
use crate::span::Span;
use flow::{Block, Flow, Options};

/// The visible lines of a page or of a fragment of one.
pub fn page(text: &str) -> Page {
    let tokens = token::tokens(text, 0..text.len());
    let mut flow = flow::flow(text, &tokens, Options::default());
    let shown: usize = flow.blocks.iter().map(|b| b.chars - b.link_chars).sum();
    if flow.hidden_chars > shown * 4 {
        // The page shows its article by a script.
        flow = flow::flow(text, &tokens, Options { show_hidden: true, ..Options::default() });
    }
    let kept = content::is_content(text, &flow);
    parted(flow, &kept)
}

/// Content becomes lines; chrome, comments and hidden text noise.
fn parted(flow: Flow, kept: &[bool]) -> Page {
    let mut lines: Vec<Line> = Vec::with_capacity(flow.blocks.len());
    let mut noise: Vec<Noise> = Vec::new();
    let mut after_chrome = false;
    for (Block { mut line, .. }, kept) in flow.blocks.into_iter().zip(kept) {
        if *kept {
            line.blank_before = line.blank_before.max(usize::from(after_chrome));
            after_chrome = false;
            lines.push(line);
            continue;
        }
        let span = line.start()..line.end();
        match noise.last_mut().filter(|_| after_chrome) {
            // One menu is one piece of noise.
            Some(last) => last.span.end = span.end,
            None => noise.push(Noise { kind: "web_chrome", span }),
        }
        after_chrome = true;
    }
    noise.extend(flow.markup.into_iter().map(|span| Noise { kind: "markup", span }));
    noise.sort_by_key(|n| (n.span.start, n.span.end));
    drop_inner(&mut noise);
    Page { lines, noise }
}

/// What lies in noise is noise once.
fn drop_inner(noise: &mut Vec<Noise>) {
    let mut end = 0;
    noise.retain(|n| {
        let outside = n.span.start >= end;
        end = end.max(n.span.end);
        outside
    });
}

/// Lines of a piece of HTML in another text, `None` when it holds none.
fn fragment_lines(text: &str, tokens: &[token::Token], tabbed: bool) -> (Vec<Line>, Vec<Span>) {
    let flow = flow::flow(text, tokens, Options { show_hidden: true, tabbed });
    (flow.blocks.into_iter().map(|b| b.line).collect(), flow.markup)
}
