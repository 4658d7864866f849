//! Golden files: outputs that a person has looked at and accepted, to hold later outputs against.
//!
//! The golden of `y.txt` is `y.json` beside it, or in a folder of their own under the name that `extract` would write.

pub mod diff;
mod facts;
mod pairs;
mod people;
mod structure;
pub mod take;
pub mod tell;

use crate::emit::files;
use crate::emit::wire::SCHEMA;
use crate::model::Source;
use crate::outputs;
use crate::outputs::lines::Lines;
use crate::read::walk::{self, Input};
use anyhow::{Result, anyhow};
use diff::Diff;
use std::collections::HashMap;
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// A source and where its accepted output is.
#[derive(Debug, Clone)]
pub struct Pair {
    pub input: Input,
    pub golden: PathBuf,
}

/// What there is to compare.
#[derive(Debug, Default)]
pub struct Found {
    /// In the order of the input; what cannot be listed is an error in its place.
    pub pairs: Vec<Result<Pair>>,
    /// Outputs of ours, in the folders looked at, that no source leads to.
    pub orphans: Vec<PathBuf>,
}

/// The sources that `paths` name with their goldens: in `folder`, or beside them. Goldens without a source are sought
/// where whole folders are named.
pub fn find(paths: &[PathBuf], folder: Option<&Path>) -> Found {
    let mut found = Found::default();
    let mut taken: HashMap<PathBuf, PathBuf> = HashMap::new();
    for input in paths.iter().flat_map(|path| walk::walk(path)) {
        let pair = input.map_err(anyhow::Error::from).and_then(|input| {
            let golden = match folder {
                Some(folder) => folder.join(files::output_name(&input.name)?),
                None => input.path.with_extension("json"),
            };
            if let Some(first) = taken.insert(golden.clone(), input.path.clone()) {
                let (path, golden, first) = (input.path.display(), golden.display(), first.display());
                return Err(anyhow!("{path}: its golden {golden} is that of {first}; give one of them another name"));
            }
            Ok(Pair { input, golden })
        });
        found.pairs.push(pair);
    }
    if paths.iter().any(|path| path.is_dir()) {
        let searched = folder.map_or_else(|| paths.to_vec(), |folder| vec![folder.to_owned()]);
        let shown = |entry: &DirEntry| entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".");
        let all = (searched.iter().filter(|path| path.is_dir()))
            .flat_map(|path| WalkDir::new(path).sort_by_file_name().into_iter().filter_entry(shown));
        let jsons = all.filter_map(Result::ok).map(DirEntry::into_path);
        found.orphans = jsons.filter(|path| is_output(path) && !taken.contains_key(path)).collect();
    }
    found
}

fn is_output(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "json") && fs::read(path).is_ok_and(|bytes| is_ours(&bytes))
}

/// Whether a file is an output of ours, of whatever schema; other JSON may lie about, and is never written over.
fn is_ours(bytes: &[u8]) -> bool {
    let name = SCHEMA.split('/').next().unwrap_or_default();
    bytes.starts_with(format!("{{\n\"schema\":\"{name}/").as_bytes())
}

/// A source's output of today beside the accepted one.
#[derive(Debug)]
pub struct Comparison {
    pub accepted: Accepted,
    /// The file that `extract` would write.
    pub fresh: String,
}

/// What is accepted for a source.
#[derive(Debug)]
pub enum Accepted {
    Nothing,
    /// An output of ours that this program cannot read, with the reason: another schema, or a field that it lacks.
    Unreadable(String),
    Output(Diff),
}

/// Compares what the program says of a source with what is accepted in `golden`.
///
/// # Errors
/// When there is a file in the place of the golden that is no output of ours, or that cannot be opened.
pub fn compare(source: &Source, golden: &Path) -> Result<Comparison> {
    let (output, fresh) = outputs::of(source)?;
    let bytes = match fs::read_to_string(golden) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Ok(Comparison { accepted: Accepted::Nothing, fresh });
        }
        Err(error) => return Err(anyhow!(error).context(golden.display().to_string())),
    };
    let accepted = match outputs::parse(&bytes) {
        Ok(accepted) => Accepted::Output(diff::diff(&accepted, &output, Some(&Lines::of(&source.text)))),
        Err(error) if is_ours(bytes.as_bytes()) => Accepted::Unreadable(format!("{error:#}")),
        Err(error) => return Err(error.context(golden.display().to_string())),
    };
    Ok(Comparison { accepted, fresh })
}

/// Writes what is accepted: beside its place first and then renamed, so that a golden is whole or not there.
///
/// # Errors
/// When a folder or file cannot be made; an older golden stays as it was.
pub fn accept(golden: &Path, json: &str) -> Result<()> {
    Ok(files::replace(golden, |out| out.write_all(json.as_bytes()))?)
}
