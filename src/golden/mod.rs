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
use anyhow::{Context as _, Result, anyhow};
use diff::Diff;
use std::collections::HashMap;
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

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
        let pair = input.and_then(|input| {
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
        let all = searched.iter().filter(|path| path.is_dir()).flat_map(|path| WalkDir::new(path).sort_by_file_name());
        let jsons = all.filter_map(Result::ok).map(walkdir::DirEntry::into_path);
        found.orphans = jsons.filter(|path| is_output(path) && !taken.contains_key(path)).collect();
    }
    found
}

/// Whether a file is an output of ours, of whatever schema; other JSON may lie about.
fn is_output(path: &Path) -> bool {
    let prefix = format!("{{\n\"schema\":\"{}", SCHEMA.split('/').next().unwrap_or_default());
    path.extension().is_some_and(|ending| ending == "json")
        && fs::read(path).is_ok_and(|bytes| bytes.starts_with(prefix.as_bytes()))
}

/// A source's output of today beside the accepted one.
#[derive(Debug)]
pub struct Comparison {
    /// None when nothing is accepted yet.
    pub diff: Option<Diff>,
    /// The file that `extract` would write.
    pub fresh: String,
}

/// Compares what the program says of a source with what is accepted in `golden`.
///
/// # Errors
/// When the accepted output is there and cannot be read.
pub fn compare(source: &Source, golden: &Path) -> Result<Comparison> {
    let (output, fresh) = outputs::of(source)?;
    let accepted = match fs::read_to_string(golden) {
        Ok(accepted) => accepted,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Comparison { diff: None, fresh }),
        Err(error) => return Err(anyhow!(error).context(golden.display().to_string())),
    };
    let accepted = outputs::parse(&accepted).with_context(|| golden.display().to_string())?;
    Ok(Comparison { diff: Some(diff::diff(&accepted, &output, Some(&Lines::of(&source.text)))), fresh })
}

/// Writes what is accepted: beside its place first and then renamed, so that a golden is whole or not there.
///
/// # Errors
/// When a folder or file cannot be made; an older golden stays as it was.
pub fn accept(golden: &Path, json: &str) -> Result<()> {
    files::write_whole(golden, |out| out.write_all(json.as_bytes()))
}
