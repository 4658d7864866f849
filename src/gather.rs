//! Outputs from what a command names: output files, folders of them, or sources that are worked on first.

use crate::batch::{self, work};
use crate::emit::wire::Output;
use crate::read::encoding::Encoding;
use crate::read::walk;
use crate::{outputs, read};
use anyhow::{Context as _, Result, anyhow};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// Where an output comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    Output(PathBuf),
    Source(walk::Input),
}

/// What `path` names: an output (`.json`) or a source, or all in a folder and its sub-folders, sorted by name. A folder
/// that has outputs is not searched for sources. Whatever cannot be listed is an error in its place.
pub fn find(path: &Path) -> Vec<Result<Input>> {
    // A pipe may stand for a file.
    if is_json(path) && !path.is_dir() {
        return vec![Ok(Input::Output(path.to_owned()))];
    }
    let outputs = if path.is_dir() { outputs_below(path) } else { Vec::new() };
    if outputs.is_empty() {
        return walk::walk(path).map(|input| Ok(Input::Source(input?))).collect();
    }
    outputs.into_iter().map(|path| Ok(Input::Output(path))).collect()
}

fn outputs_below(folder: &Path) -> Vec<PathBuf> {
    let shown = |entry: &DirEntry| entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".");
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(shown).filter_map(Result::ok);
    entries.map(DirEntry::into_path).filter(|path| is_json(path) && path.is_file()).collect()
}

fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
}

/// Reads the inputs on all cores and hands each output on, in the order of the inputs. Of two that come from one source,
/// the second is refused.
///
/// # Errors
/// Only those of `take`, which is given those of the inputs.
pub fn read_each(
    inputs: &[Result<Input>],
    encoding: Option<Encoding>,
    mut take: impl FnMut(Result<Output>) -> Result<()> + Send,
) -> Result<()> {
    let mut taken: HashMap<String, &Input> = HashMap::new();
    batch::on_all_cores(
        inputs,
        |input| one(input, encoding),
        |output| {
            take(output.and_then(|(input, output)| match taken.insert(output.source.name.clone(), input) {
                Some(first) => Err(twice(input, first, &output.source.name)),
                None => Ok(output),
            }))
        },
    )
}

fn one(input: &Result<Input>, encoding: Option<Encoding>) -> Result<(&Input, Output)> {
    let input = input.as_ref().map_err(|error| anyhow!("{error:#}"))?;
    let output = match input {
        Input::Output(path) => outputs::read(path)?,
        Input::Source(source) => from_source(source, encoding)?,
    };
    Ok((input, output))
}

/// A panic is a fault of this source alone.
fn from_source(input: &walk::Input, encoding: Option<Encoding>) -> Result<Output> {
    let source = read::load_in(&input.path, input.name.clone(), encoding)?;
    let read = work::caught(|| outputs::of(&source)).map_err(|refusal| refusal.at(&input.path))?;
    let (output, _) = read.with_context(|| input.path.display().to_string())?;
    Ok(output)
}

fn twice(input: &Input, first: &Input, name: &str) -> anyhow::Error {
    let path = |input: &Input| match input {
        Input::Output(path) | Input::Source(walk::Input { path, .. }) => path.display().to_string(),
    };
    anyhow!("{}: its source {name} is taken from {}; give one of them another name", path(input), path(first))
}
