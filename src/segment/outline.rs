//! What segmenting finds: documents, the tree of provisions in each, tables. Spans are bytes of the cleaned text.

use crate::model::{Diagnostic, Document, Form, Issue, Table};
use crate::span::Span;

#[derive(Debug, Default)]
pub struct Outline {
    pub issue: Option<Issue>,
    pub documents: Vec<Document>,
    /// In reading order; a parent stands before its children.
    pub nodes: Vec<Node>,
    pub tables: Vec<TableNode>,
    pub diagnostics: Vec<Diagnostic>,
}

/// A provision before it has an id.
#[derive(Debug, Clone)]
pub struct Node {
    /// Index into the documents.
    pub document: usize,
    /// Index into the nodes.
    pub parent: Option<usize>,
    pub form: Form,
    pub label: Option<Span>,
    pub number: Option<u32>,
    /// 之一 → 1.
    pub sub_number: Option<u32>,
    pub heading: Option<String>,
    /// Own paragraphs without the label, in order.
    pub own: Vec<Span>,
    /// The whole subtree.
    pub span: Span,
    pub article: bool,
}

/// A table and the node it stands in.
#[derive(Debug, Clone)]
pub struct TableNode {
    pub node: usize,
    pub table: Table,
}
