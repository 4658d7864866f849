//! The tree of a source for people: documents, labels, headings and line numbers, indented by depth.

use crate::model::{Document, Provision, Record, Source};
use crate::span::Span;
use std::collections::HashMap;
use std::io::{self, Write};

/// Writes the outline of a record, a line a provision: line number, indent, label, heading or first words.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(out: &mut impl Write, source: &Source, record: &Record) -> io::Result<()> {
    let lines = Lines::of(&source.text);
    let line = |span: &Span| lines.number(record.map.source(span).start);
    let mut depths: HashMap<&str, usize> = HashMap::new();
    let mut provisions = record.provisions.iter().peekable();
    for document in &record.documents {
        write_document(out, line(&document.span), document)?;
        while let Some(provision) = provisions.next_if(|p| p.document == document.id) {
            let depth = provision.parent.as_deref().and_then(|parent| depths.get(parent)).map_or(1, |d| d + 1);
            depths.insert(&provision.id, depth);
            write_provision(out, line(&provision.span), depth, provision)?;
        }
    }
    for diagnostic in &record.diagnostics {
        writeln!(out, "{:>6}  ! {}: {}", lines.number(diagnostic.span.start), diagnostic.code, diagnostic.message)?;
    }
    Ok(())
}

fn write_document(out: &mut impl Write, line: usize, document: &Document) -> io::Result<()> {
    let title = document.title.as_deref().unwrap_or("(no title)");
    writeln!(out, "{line:>6}  {}  {title}", document.id)?;
    let said = [
        ("number", document.doc_number.clone()),
        ("issuer", document.issuer.clone()),
        ("signed", document.signed.map(|d| d.to_string())),
        ("effective", document.effective.map(|d| d.to_string())),
        ("edition", document.edition.clone()),
        ("instrument", document.instrument.clone()),
    ];
    let said: Vec<String> = said.into_iter().filter_map(|(name, value)| Some(format!("{name} {}", value?))).collect();
    if said.is_empty() { Ok(()) } else { writeln!(out, "          {}", said.join(" | ")) }
}

fn write_provision(out: &mut impl Write, line: usize, depth: usize, provision: &Provision) -> io::Result<()> {
    let indent = "  ".repeat(depth);
    let mark = if provision.article { "*" } else { " " };
    let label = provision.label.as_deref().unwrap_or(match provision.form {
        crate::model::Form::Preamble => "(preamble)",
        crate::model::Form::Closing => "(closing)",
        _ => "(paragraph)",
    });
    match &provision.heading {
        Some(heading) => writeln!(out, "{line:>6} {mark}{indent}{label} {heading}"),
        None => {
            let words: String = provision.text.chars().take(24).collect();
            let more = if provision.text.chars().nth(24).is_some() { "…" } else { "" };
            writeln!(out, "{line:>6} {mark}{indent}{label} “{}{more}”", words.replace('\n', " "))
        }
    }
}

/// The starts of lines, in bytes.
struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    fn of(text: &str) -> Self {
        Self { starts: std::iter::once(0).chain(text.match_indices('\n').map(|(i, _)| i + 1)).collect() }
    }

    /// The line of a byte, counted from 1.
    fn number(&self, byte: usize) -> usize {
        self.starts.partition_point(|&start| start <= byte)
    }
}
