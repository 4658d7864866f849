//! Ids that read as a path and stay when text elsewhere changes, after the eId of Akoma Ntoso (OASIS LegalDocML, 1.0):
//! `doc_1__art_21__para_2__item_4`. A number that stands twice among siblings gets `-2`.

use crate::model::{Document, Form};
use crate::segment::outline::Node;
use std::collections::HashMap;

pub fn name_documents(documents: &mut [Document]) {
    for (number, document) in documents.iter_mut().enumerate() {
        document.id = format!("doc_{}", number + 1);
    }
}

/// The ids of all nodes, in their order.
pub fn name_nodes(documents: &[Document], nodes: &[Node]) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(nodes.len());
    let mut used: HashMap<String, u32> = HashMap::new();
    let mut dashes: HashMap<String, u32> = HashMap::new();
    for node in nodes {
        let above = node.parent.map_or(&documents[node.document].id, |parent| &names[parent]);
        let mut name = format!("{above}__{}", abbreviation(node.form));
        if let Some(number) = node.number {
            name += &format!("_{number}");
        } else if node.form == Form::Dash {
            let count = dashes.entry(above.clone()).or_default();
            *count += 1;
            name += &format!("_{count}");
        }
        if let Some(sub) = node.sub_number {
            name += &format!(".{sub}");
        }
        let count = used.entry(name.clone()).or_default();
        *count += 1;
        if *count > 1 {
            name += &format!("-{count}");
        }
        names.push(name);
    }
    names
}

fn abbreviation(form: Form) -> &'static str {
    match form {
        Form::Part => "part",
        Form::Chapter => "chp",
        Form::Section => "sec",
        Form::Article => "art",
        Form::Paragraph => "para",
        Form::Cn => "cn",
        Form::CnParen => "cnp",
        Form::Num => "num",
        Form::NumParen => "nump",
        Form::Circled => "circ",
        Form::Letter => "let",
        Form::Dash => "dash",
        Form::Preamble => "preamble",
        Form::Closing => "closing",
    }
}
