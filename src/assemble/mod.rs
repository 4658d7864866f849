//! Segments and mentions become the record of a source: ids, facts at their provisions, inheritance of lead units.

mod characters;
mod coverage;
mod ids;
pub mod office;

use crate::extract;
use crate::extract::passage::Passage;
use crate::extract::rules::{deadline, lead_unit};
use crate::model::{
    Column, Document, DocumentKind, LeadUnit, Mentions, Place, Provision, Record, Role, Row, Source, Table,
};
use crate::normalise::Text;
use crate::segment::outline::{Node, Outline};
use crate::span::Span;
use jiff::civil::Date;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

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
    let mut facts = Facts::of(&text, &names, &places);
    let mut customs: Vec<lead_unit::Customs> = vec![lead_unit::Customs::default(); documents.len()];
    // Which of the lead units each node states.
    let mut stated: Vec<Range<usize>> = Vec::with_capacity(outline.nodes.len());
    for (index, node) in outline.nodes.iter().enumerate() {
        let document = &documents[node.document];
        let first = facts.record.lead_units.len();
        if !is_apparatus(document.kind) {
            facts.begin(index, node.document);
            for own in &node.own {
                let mut mentions = extract::extract(text.str(own), document.day());
                customs[node.document].follow(text.str(own), &mut mentions.lead_units);
                facts.add(own.start, mentions);
            }
            for &number in tables_at.get(&index).into_iter().flatten() {
                facts.add_table(&tables[number].1, document.day());
            }
        }
        stated.push(first..facts.record.lead_units.len());
    }
    let mut record = facts.record;
    for (number, (node, table)) in tables.iter_mut().enumerate() {
        table.id = format!("table_{}", number + 1);
        table.document = documents[outline.nodes[*node].document].id.clone();
        table.provision = Some(names[*node].clone());
    }
    record.provisions = provisions(&text, &documents, outline.nodes, &names, &record.lead_units, &stated);
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
    let (names, places) = ([String::new()], [Place::default()]);
    let mut facts = Facts::of(&text, &names, &places);
    facts.add(0, extract::extract(&text.clean, None));
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
    /// Ids of the nodes.
    names: &'a [String],
    /// Places of the documents.
    places: &'a [Place],
    node: usize,
    document: usize,
    /// How many facts of each kind the node states so far.
    numbered: [usize; 5],
    /// Full names of the units of the document, by what it calls them.
    units: HashMap<&'a str, Option<String>>,
    record: Record,
}

impl<'a> Facts<'a> {
    fn of(text: &'a Text, names: &'a [String], places: &'a [Place]) -> Self {
        let (record, units) = (Record::default(), HashMap::new());
        Self { text, names, places, node: 0, document: 0, numbered: [0; 5], units, record }
    }

    /// What follows is stated by this node.
    fn begin(&mut self, node: usize, document: usize) {
        if self.document != document {
            self.units.clear();
        }
        (self.node, self.document, self.numbered) = (node, document, [0; 5]);
    }

    /// Moves the mentions of a passage that starts at `offset` of the cleaned text to their provision.
    fn add(&mut self, offset: usize, mut mentions: Mentions) {
        let record = &mut self.record;
        mentions.shift(offset, record.amounts.len(), record.percentages.len());
        for unit in &mut mentions.lead_units {
            let (said, place) = (self.text.str(&unit.span), &self.places[self.document]);
            unit.name = self.units.entry(said).or_insert_with(|| office::full_name(said, place)).clone();
        }
        let provision = &self.names[self.node];
        let [amounts, percentages, caps, leads, deadlines] = &mut self.numbered;
        add_rows(&mut record.amounts, provision, "amount", amounts, mentions.amounts);
        add_rows(&mut record.percentages, provision, "percentage", percentages, mentions.percentages);
        add_rows(&mut record.caps, provision, "cap", caps, mentions.caps);
        add_rows(&mut record.lead_units, provision, "lead", leads, mentions.lead_units);
        add_rows(&mut record.deadlines, provision, "deadline", deadlines, mentions.deadlines);
    }

    /// What the cells of a table state: money and rates anywhere, units below 牵头单位, dates below 完成时限.
    fn add_table(&mut self, table: &Table, reference: Option<Date>) {
        // The lowest cell of the head says most: 责任分工 牵头单位.
        let of_column = |column: &Column| {
            let name = column.name.rsplit(' ').next().unwrap_or_default();
            (lead_unit::column_role(name), deadline::is_limit(name))
        };
        let columns: Vec<(Option<Role>, bool)> = table.columns.iter().map(of_column).collect();
        let mut seen = HashSet::new();
        for row in &table.rows {
            for (cell, &(role, is_limit)) in row.iter().zip(&columns) {
                // A merged cell filled down is stated once.
                if cell.text.is_empty() || !seen.insert(cell.span.start) {
                    continue;
                }
                let said = self.text.str(&cell.span);
                let mut mentions = match role {
                    Some(role) => Mentions {
                        lead_units: lead_unit::scan_cell(said, role),
                        deadlines: deadline::scan(&Passage::new(said), reference),
                        ..Mentions::default()
                    },
                    None => extract::extract(said, reference),
                };
                if is_limit && mentions.deadlines.is_empty() {
                    mentions.deadlines.extend(deadline::bare_date(said, reference));
                }
                self.add(cell.span.start, mentions);
            }
        }
    }
}

/// Adds the facts of one kind that a provision states, of which it has `last` already.
fn add_rows<M>(rows: &mut Vec<Row<M>>, provision: &str, kind: &str, last: &mut usize, facts: Vec<M>) {
    let path = if provision.is_empty() { "" } else { "__" };
    for fact in facts {
        *last += 1;
        let id = format!("{provision}{path}{kind}_{last}");
        rows.push(Row { id, provision: provision.to_owned(), fact });
    }
}

/// The place that a document speaks for.
fn place(document: &Document) -> Place {
    office::place_of(document.issuer.as_deref(), document.title.as_deref(), document.doc_number.as_deref())
}

fn provisions(
    text: &Text,
    documents: &[Document],
    nodes: Vec<Node>,
    names: &[String],
    lead_units: &[Row<LeadUnit>],
    stated: &[Range<usize>],
) -> Vec<Provision> {
    let mut out: Vec<Provision> = Vec::with_capacity(nodes.len());
    for (node, id) in nodes.into_iter().zip(names) {
        // A node inherits the lead units of all nodes above it.
        let lead_units_inherited = node.parent.map_or_else(Vec::new, |parent| {
            let own = lead_units[stated[parent].clone()].iter().map(|row| &row.id);
            out[parent].lead_units_inherited.iter().chain(own).cloned().collect()
        });
        out.push(Provision {
            id: id.clone(),
            document: documents[node.document].id.clone(),
            parent: node.parent.map(|parent| names[parent].clone()),
            form: node.form,
            article: node.article,
            label: node.label.as_ref().map(|label| text.str(label).to_owned()),
            number: node.number,
            heading: node.heading,
            text: joined(text, &node.own),
            span: node.span,
            lead_units_inherited,
        });
    }
    out
}

/// Paragraphs, joined by a line feed.
fn joined(text: &Text, paragraphs: &[Span]) -> String {
    let mut joined = String::with_capacity(paragraphs.iter().map(|span| span.len() + 1).sum());
    for (index, span) in paragraphs.iter().enumerate() {
        if index > 0 {
            joined.push('\n');
        }
        joined.push_str(text.str(span));
    }
    joined
}
