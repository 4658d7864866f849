//! A page to look at what was read beside the text that it was read from: one file that needs no network.
//!
//! The page holds the rows of [`emit::json`] as they are, and the source as marked text. Its script (`script/`) does the
//! rest in the browser.

mod bundle;
mod text;

use crate::model::{Record, Source};
use crate::{emit, pipeline};
use anyhow::{Context as _, Result};
use askama::Template;
use text::{Block, Look};

/// What one page shows of a source.
pub struct Sheet {
    source: Source,
    record: Record,
}

impl Sheet {
    pub fn of(source: Source) -> Self {
        let record = pipeline::record(&source);
        Self { source, record }
    }
}

/// The page over these sources, in their order.
///
/// # Errors
/// Never for text; formatting into memory is what may fail.
pub fn page(sheets: &[Sheet]) -> Result<String> {
    let sheets: Vec<View> = sheets.iter().map(view).collect::<Result<_>>()?;
    let (script, style) = (bundle::script(), bundle::STYLE);
    let policy = bundle::policy(&script, style);
    let title = match sheets.as_slice() {
        [only] => only.name.to_owned(),
        all => format!("{} 件", all.len()),
    };
    Page { title, policy, style, script, sheets }.render().context("cannot make the page")
}

#[derive(Template)]
#[template(path = "page.html", whitespace = "preserve")]
struct Page<'a> {
    title: String,
    policy: String,
    style: &'static str,
    script: String,
    sheets: Vec<View<'a>>,
}

struct View<'a> {
    name: &'a str,
    format: &'static str,
    /// The output file of the source, fit to stand in a script element.
    rows: String,
    blocks: Vec<Block<'a>>,
}

fn view(sheet: &Sheet) -> Result<View<'_>> {
    let Sheet { source, record } = sheet;
    let mut rows = Vec::new();
    emit::json::write(&mut rows, source, record)?;
    let rows = bundle::island(&String::from_utf8(rows)?);
    let format = crate::names::format(source.format);
    Ok(View { name: &source.name, format, rows, blocks: text::blocks(source, record) })
}
