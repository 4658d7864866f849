//! Ids that read as a path and stay when text elsewhere changes, after the eId of Akoma Ntoso (OASIS LegalDocML, 1.0):
//! `doc_1__art_21__para_2__item_4`. A number that stands twice among siblings gets `-2`.

use crate::model::{Document, Form};
use crate::segment::outline::Node;
use std::collections::HashMap;
use std::fmt::Write as _;

pub fn name_documents(documents: &mut [Document]) {
    for (number, document) in documents.iter_mut().enumerate() {
        document.id = format!("doc_{}", number + 1);
    }
}

/// The ids of all nodes, in their order.
pub fn name_nodes(documents: &[Document], nodes: &[Node]) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(nodes.len());
    let mut used: HashMap<_, u32> = HashMap::with_capacity(nodes.len());
    let mut dashes: HashMap<_, u32> = HashMap::new();
    for node in nodes {
        // The parent, or the document of a node at the top.
        let above = node.parent.ok_or(node.document);
        let dash = || {
            let count = dashes.entry(above).or_default();
            *count += 1;
            *count
        };
        let number = node.number.or_else(|| (node.form == Form::Dash).then(dash));
        let count = used.entry((above, node.form, number, node.sub_number)).or_default();
        *count += 1;
        let path = above.map_or_else(|document| &documents[document].id, |parent| &names[parent]);
        let mut name = String::with_capacity(path.len() + 16);
        name.push_str(path);
        name.push_str("__");
        name.push_str(abbreviation(node.form));
        let again = Some(*count).filter(|&count| count > 1);
        for (mark, number) in [("_", number), (".", node.sub_number), ("-", again)] {
            if let Some(number) = number {
                write!(name, "{mark}{number}").expect("writing to a string does not fail");
            }
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
