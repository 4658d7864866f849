//! A gazette's table of contents, held against the documents that the issue prints.

use super::in_source;
use super::outline::Outline;
use crate::elements;
use crate::model::{Diagnostic, Document, DocumentKind};
use crate::normalise::Text;
use crate::span::Span;
use std::collections::BTreeSet;

/// A document number in an entry: `(甬政发〔2021〕56号)`, `(政府令260号)`.
const NUMBER: &str = r"[（(](?<n>\p{Han}{2,20}(?:[〔\[]\d{4}[〕\]])?第?\d{1,5}号)[）)]";

/// Adds a diagnostic for each document that the contents do not list, and for each listed number without a document.
pub fn check(outline: &mut Outline, text: &Text) {
    let contents: Vec<Span> =
        outline.documents.iter().filter(|d| d.kind == DocumentKind::Contents).map(|d| d.span.clone()).collect();
    if contents.is_empty() {
        return;
    }
    let listed: String = contents.iter().map(|span| squeezed(text.str(span))).collect();
    let printed: BTreeSet<String> =
        outline.documents.iter().filter_map(|d| Some(number_key(d.doc_number.as_ref()?))).collect();
    let mut found = Vec::new();
    for document in outline.documents.iter().filter(|d| is_issued(d)) {
        let title = document.title.as_deref().map(squeezed);
        let number = document.doc_number.as_deref().map(number_key);
        if ![title, number].into_iter().flatten().any(|field| listed.contains(&field)) {
            let title = document.title.as_deref().unwrap_or("without title");
            found.push(Diagnostic {
                code: "unlisted_document",
                message: format!("the table of contents does not list this document: {title}"),
                span: in_source(text, &document.span),
            });
        }
    }
    for span in contents {
        for entry in regex!(NUMBER).captures_iter(text.str(&span)) {
            if printed.contains(&number_key(&entry["n"])) {
                continue;
            }
            let place = entry.place("n").map_or(0..0, |n| span.start + n.start..span.start + n.end);
            found.push(Diagnostic {
                code: "missing_document",
                message: format!("the table of contents lists {}, which this issue does not print", &entry["n"]),
                span: in_source(text, &place),
            });
        }
    }
    outline.diagnostics.extend(found);
}

fn is_issued(document: &Document) -> bool {
    use DocumentKind::{Contents, Diary, List, Masthead};
    !matches!(document.kind, Contents | Diary | List | Masthead) && document.title.is_some()
}

/// Letters and digits alone, without 第: `政府令260号` and `政府令第260号` are one number.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| elements::is_letter(*c) && *c != '第').collect()
}

/// As [`squeezed`], an order by its number alone: `省政府令第260号` is `某省人民政府令第260号`.
fn number_key(number: &str) -> String {
    let key = squeezed(number);
    key.rfind('令').map_or(key.clone(), |at| key[at..].to_owned())
}
