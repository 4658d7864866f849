//! Many sources at once: each is read, worked on and written by one thread, and told of in the order of the input.
//!
//! A worker holds one source at a time, so memory grows with the number of threads and not with the batch. Where an
//! output goes is settled before work begins, so neither the files nor the messages depend on which thread is faster.

use crate::read::encoding::Encoding;
use crate::read::walk::{self, Input};
use crate::{emit, pipeline, read};
use anyhow::{Context as _, Result, anyhow};
use rayon::iter::{ParallelBridge as _, ParallelIterator as _};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// How a batch went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    pub written: usize,
    pub failed: usize,
}

/// Extracts every source that `paths` name into `folder`, on `jobs` threads (0: one for each core). The encoding of each
/// is detected unless one is given.
///
/// A source that fails is given to `fault`, in the order of the input, and the rest goes on.
///
/// # Errors
/// Before any work: when `folder` cannot be made or threads cannot be started.
pub fn run(
    paths: &[PathBuf],
    folder: &Path,
    jobs: usize,
    encoding: Option<Encoding>,
    fault: impl FnMut(anyhow::Error) + Send,
) -> Result<Summary> {
    emit::files::prepare(folder)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build().context("cannot start the threads")?;
    let planned = plan(paths.iter().flat_map(|path| walk::walk(path)));
    let report = Mutex::new(Report { next: 0, early: BTreeMap::new(), summary: Summary::default(), fault });
    pool.install(|| {
        planned.into_iter().enumerate().par_bridge().for_each(|(index, task)| {
            let outcome = task.and_then(|(input, output)| extract(&input, &folder.join(output), encoding));
            report.lock().unwrap_or_else(PoisonError::into_inner).take(index, outcome);
        });
    });
    Ok(report.into_inner().unwrap_or_else(PoisonError::into_inner).summary)
}

fn extract(input: &Input, output: &Path, encoding: Option<Encoding>) -> Result<()> {
    let source = read::load_in(&input.path, input.name.clone(), encoding)?;
    let record = pipeline::record(&source);
    emit::files::write(output, &source, &record).with_context(|| input.path.display().to_string())
}

/// Gives each source its output. Of two that would share one, the second is refused: an output is never overwritten by
/// another source of the same run.
fn plan(inputs: impl Iterator<Item = Result<Input>>) -> Vec<Result<(Input, PathBuf)>> {
    let mut taken: HashMap<PathBuf, PathBuf> = HashMap::new();
    let mut place = |input: Input| {
        let output = emit::files::output_name(&input.name)?;
        if let Some(first) = taken.get(&output) {
            let (path, output, first) = (input.path.display(), output.display(), first.display());
            return Err(anyhow!("{path}: its output {output} is taken by {first}; give one of them another name"));
        }
        taken.insert(output.clone(), input.path.clone());
        Ok((input, output))
    };
    inputs.map(|input| input.and_then(&mut place)).collect()
}

/// Puts outcomes back into the order of the input.
struct Report<F> {
    next: usize,
    /// Outcomes whose turn has not come.
    early: BTreeMap<usize, Result<()>>,
    summary: Summary,
    fault: F,
}

impl<F: FnMut(anyhow::Error)> Report<F> {
    fn take(&mut self, index: usize, outcome: Result<()>) {
        self.early.insert(index, outcome);
        while let Some(outcome) = self.early.remove(&self.next) {
            self.next += 1;
            match outcome {
                Ok(()) => self.summary.written += 1,
                Err(error) => {
                    self.summary.failed += 1;
                    (self.fault)(error);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_are_told_in_the_order_of_the_input() {
        let mut told = Vec::new();
        let fault = |error: anyhow::Error| told.push(error.to_string());
        let mut report = Report { next: 0, early: BTreeMap::new(), summary: Summary::default(), fault };
        for index in [2, 0, 3, 1] {
            report.take(index, if index == 0 { Ok(()) } else { Err(anyhow!("source {index}")) });
        }
        assert_eq!(report.summary, Summary { written: 1, failed: 3 });
        assert_eq!(told, ["source 1", "source 2", "source 3"]);
    }

    #[test]
    fn a_shared_output_goes_to_the_first() {
        let input = |name: &str| Ok(Input { name: name.to_owned(), path: PathBuf::from("in").join(name) });
        let planned = plan([input("a.md"), input("a.txt"), input("b.txt")].into_iter());
        let outputs: Vec<_> = planned.iter().map(|task| task.as_ref().ok().map(|(_, output)| output.clone())).collect();
        assert_eq!(outputs, [Some("a.json".into()), None, Some("b.json".into())]);
        let refused = planned[1].as_ref().unwrap_err().to_string();
        assert!(refused.contains("in/a.txt") && refused.contains("in/a.md"), "{refused}");
    }
}
