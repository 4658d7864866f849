//! A document in which nothing is recognised is told, not passed over.

use super::in_source;
use super::outline::Outline;
use crate::model::{Diagnostic, Document, DocumentKind};
use crate::normalise::Text;
use std::collections::HashSet;

/// Adds a diagnostic for each document without a title and without a numbered provision.
pub fn check(outline: &mut Outline, text: &Text) {
    let numbered: HashSet<usize> = outline.nodes.iter().filter(|n| n.label.is_some()).map(|n| n.document).collect();
    let unread =
        |(i, d): &(usize, &Document)| d.kind == DocumentKind::Other && d.title.is_none() && !numbered.contains(i);
    let found: Vec<Diagnostic> = (outline.documents.iter().enumerate())
        .filter(unread)
        .map(|(_, document)| Diagnostic {
            code: "unstructured_document",
            message: "neither a title nor a numbered provision is recognised; the text is kept as one passage"
                .to_owned(),
            span: in_source(text, &document.span),
        })
        .collect();
    outline.diagnostics.extend(found);
}
