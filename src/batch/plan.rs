//! Which sources a batch reads, in which order, and which output is whose. All of it is settled before work begins, so
//! that nothing depends on which thread is faster; of each source a plan holds the name, size and time alone.

use crate::emit::files;
use crate::fault::{Code, Fault, Refusal};
use crate::read::walk::{self, Input};
use crate::stamp::Stamp;
use std::path::{Path, PathBuf};

#[derive(Debug, Default)]
pub struct Plan {
    /// Folders in which the sources lie.
    pub roots: Vec<PathBuf>,
    /// In the order of the input; what cannot be read at all is a fault in its place.
    pub items: Vec<Result<Task, Box<Fault>>>,
    /// Indexes of the sources among the items, by the name of their output.
    by_output: Vec<u32>,
    /// Whether every path could be listed, so that what is not in the plan is not there.
    pub complete: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Index into `roots`.
    pub root: u32,
    /// Path below the root, `/` between parts.
    pub name: Box<str>,
    pub stamp: Stamp,
}

impl Task {
    /// Where its output goes, below the output folder.
    pub fn output(&self) -> PathBuf {
        Path::new(&*self.name).with_extension("json")
    }
}

impl Plan {
    /// The sources that `paths` name, in their order.
    pub fn of(paths: &[PathBuf]) -> Self {
        let mut plan = Self { complete: true, ..Self::default() };
        for path in paths {
            let mut root = None;
            for found in walk::walk(path) {
                let item = found.and_then(|input| {
                    files::output_name(&input.name).map_err(|refusal| refusal.at(&input.path))?;
                    let root = *root.get_or_insert_with(|| plan.root(path, &input));
                    Ok(Task { root, name: input.name.into(), stamp: input.stamp })
                });
                plan.complete &= !item.as_ref().is_err_and(hides_others);
                plan.items.push(item.map_err(Box::new));
            }
        }
        plan.order_outputs();
        plan.refuse_shared_outputs();
        plan.refuse_folders_for_outputs();
        plan
    }

    pub fn path(&self, task: &Task) -> PathBuf {
        self.roots[task.root as usize].join(&*task.name)
    }

    pub fn tasks(&self) -> impl Iterator<Item = &Task> {
        self.items.iter().flatten()
    }

    /// Bytes of all sources as they were found.
    pub fn bytes(&self) -> u64 {
        self.tasks().map(|task| task.stamp.size).sum()
    }

    /// Whether a source that is to be read has the output of this one.
    pub fn gives(&self, name: &str) -> bool {
        self.holder(stem(name)).is_some()
    }

    /// Whether a source of this name is to be read.
    pub fn has(&self, name: &str) -> bool {
        self.holder(stem(name)).is_some_and(|task| &*task.name == name)
    }

    fn root(&mut self, given: &Path, input: &Input) -> u32 {
        let root = if input.path == given { given.parent().unwrap_or(given) } else { given };
        let at = self.roots.iter().position(|known| known == root).unwrap_or_else(|| {
            self.roots.push(root.to_owned());
            self.roots.len() - 1
        });
        index(at)
    }

    fn order_outputs(&mut self) {
        let stem = |&at: &u32| self.items[at as usize].as_ref().map_or("", |task| stem(&task.name));
        let mut by_output: Vec<u32> = (0..self.items.len()).filter(|&at| self.items[at].is_ok()).map(index).collect();
        // Stable: of two that share an output, the first of the input stays first.
        by_output.sort_by(|one, other| stem(one).cmp(stem(other)));
        self.by_output = by_output;
    }

    /// Of those that share an output, all but the first are refused: an output is never overwritten in the same run.
    fn refuse_shared_outputs(&mut self) {
        let ordered = std::mem::take(&mut self.by_output);
        for at in ordered {
            let taken = match (self.by_output.last().map(|&last| &self.items[last as usize]), &self.items[at as usize])
            {
                (Some(Ok(first)), Ok(task)) if stem(&first.name) == stem(&task.name) => {
                    let (output, first) = (task.output(), self.path(first));
                    format!(
                        "its output {} is taken by {}; give one of them another name",
                        output.display(),
                        first.display()
                    )
                }
                _ => {
                    self.by_output.push(at);
                    continue;
                }
            };
            self.refuse(at, taken);
        }
    }

    /// `a.json/b.txt` needs a folder where the output of `a.txt` goes; the later of the two is refused.
    fn refuse_folders_for_outputs(&mut self) {
        for at in 0..self.items.len() {
            let Ok(task) = &self.items[at] else { continue };
            let folders = Path::new(&*task.name).ancestors().skip(1).filter_map(Path::to_str);
            let in_the_way = folders.filter_map(|folder| self.place(folder.strip_suffix(".json")?)).next();
            let Some(other) = in_the_way else { continue };
            let (first, later) = (other.min(index(at)), other.max(index(at)));
            if let Ok(first) = &self.items[first as usize] {
                let reason = format!("its output and that of {} cannot stand together", self.path(first).display());
                self.refuse(later, reason);
            }
        }
        self.by_output.retain(|&at| self.items[at as usize].is_ok());
    }

    fn refuse(&mut self, at: u32, reason: String) {
        if let Ok(task) = &self.items[at as usize] {
            let fault = Refusal::new(Code::OutputTaken, reason).at(self.path(task));
            self.items[at as usize] = Err(Box::new(fault));
        }
    }

    /// Whose output `stem.json` is.
    fn holder(&self, stem: &str) -> Option<&Task> {
        self.items[self.place(stem)? as usize].as_ref().ok()
    }

    fn place(&self, output: &str) -> Option<u32> {
        let of = |&at: &u32| self.items[at as usize].as_ref().map_or("", |task| stem(&task.name));
        self.by_output.binary_search_by(|at| of(at).cmp(output)).ok().map(|found| self.by_output[found])
    }
}

/// Whether there may be sources behind a fault that the plan does not know.
fn hides_others(fault: &Fault) -> bool {
    matches!(fault.code, Code::NotFound | Code::NoSources | Code::Unreadable | Code::TooDeep)
}

/// The name without its ending; every source has one.
fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// A plan of four milliards of sources would not fit into memory.
fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn plan(names: &[&str]) -> (tempfile::TempDir, Plan) {
        let folder = tempfile::tempdir().unwrap();
        for name in names {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "一").unwrap();
        }
        let plan = Plan::of(&[folder.path().to_owned()]);
        (folder, plan)
    }

    fn planned(plan: &Plan) -> Vec<Option<&str>> {
        plan.items.iter().map(|item| item.as_ref().ok().map(|task| &*task.name)).collect()
    }

    #[test]
    fn a_shared_output_goes_to_the_first() {
        let (folder, plan) = plan(&["a.md", "a.txt", "a-.txt", "b.txt"]);
        assert_eq!(planned(&plan), [Some("a-.txt"), Some("a.md"), None, Some("b.txt")]);
        let refused = plan.items[2].as_ref().unwrap_err();
        assert_eq!((refused.code, &refused.path), (Code::OutputTaken, &folder.path().join("a.txt")));
        assert!(refused.reason.starts_with("its output a.json is taken by "), "{refused}");
        assert!(plan.has("a.md") && !plan.has("a.txt") && plan.has("b.txt"));
    }

    #[test]
    fn a_folder_and_an_output_do_not_share_a_place() {
        let (_folder, plan) = plan(&["a.json/b.txt", "a.md", "c.json/d.txt"]);
        assert_eq!(planned(&plan), [Some("a.json/b.txt"), None, Some("c.json/d.txt")]);
    }

    #[test]
    fn a_file_given_directly_lies_in_its_folder() {
        let (folder, _) = plan(&["sub/a.txt"]);
        let path = folder.path().join("sub/a.txt");
        let plan = Plan::of(&[path.clone(), folder.path().join("gone.txt")]);
        let task = plan.items[0].as_ref().unwrap();
        assert_eq!((&*task.name, plan.path(task)), ("a.txt", path));
        assert_eq!(plan.items[1].as_ref().unwrap_err().code, Code::NotFound);
        assert!(!plan.complete && plan.bytes() == 3);
    }
}
