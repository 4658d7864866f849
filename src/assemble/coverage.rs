//! Nothing is lost: what lies in no document and in no noise so far (markup, stray marks) is recorded as noise.

use crate::model::{Document, Noise};
use crate::normalise::Text;
use crate::span::Span;

/// The noise, completed so that every non-blank character of the source lies in a document or in noise.
pub fn complete(source: &str, text: &Text, documents: &[Document], mut noise: Vec<Noise>) -> Vec<Noise> {
    let mut covered: Vec<Span> = documents.iter().map(|d| text.map.source(&d.span)).collect();
    covered.extend(noise.iter().map(|n| n.span.clone()));
    covered.sort_by_key(|span| (span.start, span.end));
    let mut at = 0;
    let end = source.len()..source.len();
    for span in covered.into_iter().chain([end]) {
        if at < span.start {
            let trimmed = source[at..span.start].trim();
            if !trimmed.is_empty() {
                let start = at + (source[at..span.start].len() - source[at..span.start].trim_start().len());
                noise.push(Noise { kind: "markup", span: start..start + trimmed.len() });
            }
        }
        at = at.max(span.end);
    }
    noise.sort_by_key(|n| n.span.start);
    noise
}
