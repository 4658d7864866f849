//! Output files read back as typed rows, and what those need who compare them: facts of any kind by their fields, the
//! labels that lead to a provision, and the lines of the source.

pub mod fact;
pub mod lines;
pub mod path;
pub mod value;

use crate::emit::json;
use crate::emit::wire::{Output, SCHEMA};
use crate::model::Source;
use crate::pipeline;
use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;
use std::fs;
use std::path::Path;

/// What the program says of a source today, as rows, and the text of the file that they would be written to.
///
/// # Errors
/// When the rows cannot be held in memory as they would be on disk.
pub fn of(source: &Source) -> Result<(Output, String)> {
    let mut json = Vec::new();
    json::write(&mut json, source, &pipeline::record(source))?;
    let json = String::from_utf8(json)?;
    Ok((parse(&json)?, json))
}

/// Reads the output file of a source. Numbers are exact; fields that we do not know are passed over.
///
/// # Errors
/// When the file cannot be read, or is no output of [`SCHEMA`]; the message names the path.
pub fn read(path: &Path) -> Result<Output> {
    let json = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    parse(&json).with_context(|| path.display().to_string())
}

/// As [`read`], of the text of the file.
///
/// # Errors
/// When it is no output of [`SCHEMA`].
///
/// ```
/// use gongbao::{emit, model::Format, outputs, pipeline, read};
///
/// let source = read::decode("一、利率下降0.1%。".into(), "policy.txt".to_owned(), Format::Text)?;
/// let mut json = Vec::new();
/// emit::json::write(&mut json, &source, &pipeline::record(&source))?;
/// let output = outputs::parse(str::from_utf8(&json)?)?;
/// assert_eq!(output.provisions[0].label.as_deref(), Some("一、"));
/// assert_eq!(output.percentages[0].value.0.to_string(), "0.001");
/// # anyhow::Ok(())
/// ```
pub fn parse(json: &str) -> Result<Output> {
    #[derive(Deserialize)]
    struct Head {
        schema: String,
    }
    // A file of another schema is to be told as such, not by the first field that it lacks.
    let head: Head = serde_json::from_str(json).context("no output of gongbao")?;
    ensure!(head.schema == SCHEMA, "the file has the schema {}; this program reads {SCHEMA}", head.schema);
    serde_json::from_str(json).context("no output of gongbao")
}
