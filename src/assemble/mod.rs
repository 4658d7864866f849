//! Segments and mentions become the record of a source: ids, facts at their provisions, inheritance of lead units.

mod characters;
mod coverage;
mod ids;
pub mod office;

use crate::extract;
use crate::extract::passage::Passage;
use crate::extract::rules::{deadline, lead_unit};
use crate::model::{Document, DocumentKind, Mentions, Place, Provision, Record, Row, Source, Table};
use crate::normalise::Text;
use crate::segment::outline::{Node, Outline};
use jiff::civil::Date;
use std::collections::{HashMap, HashSet};

/// Puts the record of a source together.
pub fn assemble(source: &Source, text: Text, outline: Outline) -> Record {
    let mut documents = outline.documents;
    ids::name_documents(&mut documents);
    let names = ids::name_nodes(&documents, &outline.nodes);
    let mut tables: Vec<(usize, Table)> = outline.tables.into_iter().map(|t| (t.node, t.table)).collect();
    let mut tables_at: HashMap<usize, Vec<usize>> = HashMap::new();
    for (number, (node, _)) in tables.iter().enumerate() {
        tables_at.entry(*node).or_default().push(number);
    }
    let places: Vec<Place> = documents.iter().map(place).collect();
    let mut facts = Facts { text: &text, names: &names, numbered: Numbered::default(), record: Record::default() };
    let mut customs: HashMap<usize, lead_unit::Customs> = HashMap::new();
    for (index, node) in outline.nodes.iter().enumerate() {
        let document = &documents[node.document];
        if is_apparatus(document.kind) {
            continue;
        }
        for own in &node.own {
            let mut mentions = extract::extract(text.str(own), document.signed);
            customs.entry(node.document).or_default().follow(text.str(own), &mut mentions.lead_units);
            facts.add(index, own.start, mentions, &places[node.document]);
        }
        for &number in tables_at.get(&index).into_iter().flatten() {
            facts.add_table(index, &tables[number].1, document.signed, &places[node.document]);
        }
    }
    let mut record = facts.record;
    for (number, (node, table)) in tables.iter_mut().enumerate() {
        table.id = format!("table_{}", number + 1);
        table.document = documents[outline.nodes[*node].document].id.clone();
        table.provision = Some(names[*node].clone());
    }
    record.provisions = provisions(&text, &documents, &outline.nodes, &names, &record);
    record.documents = documents;
    record.tables = tables.into_iter().map(|(_, table)| table).collect();
    record.issue = outline.issue;
    record.diagnostics = outline.diagnostics;
    record.diagnostics.extend(characters::odd(&source.text));
    record.diagnostics.sort_by_key(|d| (d.span.start, d.span.end));
    record.noise = coverage::complete(&source.text, &text, &record.documents, text.noise.clone());
    record.clean = text.clean;
    record.map = text.map;
    record
}

/// The facts of a text that is one passage: their rows name no provision.
pub fn assemble_line(text: Text) -> Record {
    let mut facts =
        Facts { text: &text, names: &[String::new()], numbered: Numbered::default(), record: Record::default() };
    facts.add(0, 0, extract::extract(&text.clean, None), &Place::default());
    let mut record = facts.record;
    record.clean = text.clean;
    record.map = text.map;
    record
}

/// Mastheads, contents, diaries and lists state nothing that binds.
fn is_apparatus(kind: DocumentKind) -> bool {
    matches!(kind, DocumentKind::Contents | DocumentKind::Masthead | DocumentKind::Diary | DocumentKind::List)
}

struct Facts<'a> {
    text: &'a Text,
    names: &'a [String],
    numbered: Numbered,
    record: Record,
}

impl Facts<'_> {
    /// Moves the mentions of a passage that starts at `offset` of the cleaned text to their provision.
    fn add(&mut self, node: usize, offset: usize, mut mentions: Mentions, place: &Place) {
        mentions.shift(offset, self.record.amounts.len(), self.record.percentages.len());
        let name = &self.names[node];
        for fact in mentions.amounts {
            self.record.amounts.push(self.numbered.row(name, "amount", fact));
        }
        for fact in mentions.percentages {
            self.record.percentages.push(self.numbered.row(name, "percentage", fact));
        }
        for fact in mentions.caps {
            self.record.caps.push(self.numbered.row(name, "cap", fact));
        }
        for mut fact in mentions.lead_units {
            fact.name = office::full_name(self.text.str(&fact.span), place);
            self.record.lead_units.push(self.numbered.row(name, "lead", fact));
        }
        for fact in mentions.deadlines {
            self.record.deadlines.push(self.numbered.row(name, "deadline", fact));
        }
    }

    /// What the cells of a table state: money and rates anywhere, units below 牵头单位, dates below 完成时限.
    fn add_table(&mut self, node: usize, table: &Table, reference: Option<Date>, place: &Place) {
        let mut seen = HashSet::new();
        for row in &table.rows {
            for (cell, column) in row.iter().zip(&table.columns) {
                // A merged cell filled down is stated once.
                if cell.text.is_empty() || !seen.insert(cell.span.start) {
                    continue;
                }
                let said = self.text.str(&cell.span);
                let mut mentions = match lead_unit::column_role(&column.name) {
                    Some(role) => Mentions {
                        lead_units: lead_unit::scan_cell(said, role),
                        deadlines: deadline::scan(&Passage::new(said), reference),
                        ..Mentions::default()
                    },
                    None => extract::extract(said, reference),
                };
                if mentions.deadlines.is_empty() {
                    mentions.deadlines.extend(deadline::in_column(&column.name, said, reference));
                }
                self.add(node, cell.span.start, mentions, place);
            }
        }
    }
}

/// The place that a document speaks for.
fn place(document: &Document) -> Place {
    office::place_of(document.issuer.as_deref(), document.title.as_deref(), document.doc_number.as_deref())
}

/// Numbers the facts of each kind in a provision.
#[derive(Default)]
struct Numbered {
    provision: String,
    last: HashMap<&'static str, usize>,
}

impl Numbered {
    /// The row of the next fact of a kind in a provision; those of one provision come together.
    fn row<M>(&mut self, provision: &str, kind: &'static str, fact: M) -> Row<M> {
        if self.provision != provision {
            provision.clone_into(&mut self.provision);
            self.last.clear();
        }
        let last = self.last.entry(kind).or_default();
        *last += 1;
        let path = if provision.is_empty() { "" } else { "__" };
        Row { id: format!("{provision}{path}{kind}_{last}"), provision: provision.to_owned(), fact }
    }
}

fn provisions(
    text: &Text,
    documents: &[Document],
    nodes: &[Node],
    names: &[String],
    record: &Record,
) -> Vec<Provision> {
    // Lead units stated at each node; a node inherits those of all nodes above it.
    let mut stated: HashMap<&str, Vec<&str>> = HashMap::new();
    for row in &record.lead_units {
        stated.entry(row.provision.as_str()).or_default().push(&row.id);
    }
    let mut inherited: Vec<Vec<String>> = Vec::with_capacity(nodes.len());
    let mut out = Vec::with_capacity(nodes.len());
    for (index, node) in nodes.iter().enumerate() {
        let above = node.parent.map_or_else(Vec::new, |parent| {
            let own = stated.get(names[parent].as_str()).into_iter().flatten().map(|id| (*id).to_owned());
            inherited[parent].iter().cloned().chain(own).collect()
        });
        inherited.push(above);
        let own: Vec<&str> = node.own.iter().map(|span| text.str(span)).collect();
        out.push(Provision {
            id: names[index].clone(),
            document: documents[node.document].id.clone(),
            parent: node.parent.map(|parent| names[parent].clone()),
            form: node.form,
            article: node.article,
            label: node.label.as_ref().map(|label| text.str(label).to_owned()),
            number: node.number,
            heading: node.heading.clone(),
            text: own.join("\n"),
            span: node.span.clone(),
            lead_units_inherited: inherited[index].clone(),
        });
    }
    out
}
