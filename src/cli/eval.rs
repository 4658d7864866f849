//! `gongbao eval`: how well sources are read, measured against annotations.

use super::args::{EXIT_CODES, encoding};
use super::complain;
use super::exit::Exit;
use anyhow::{Context as _, Result, anyhow, bail, ensure};
use clap::ValueEnum;
use gongbao::eval::{self, Miss, Score, Tally};
use gongbao::read::encoding::Encoding;
use gongbao::read::walk::{self, Input};
use gongbao::{batch, outputs, read};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

const ENDING: &str = ".gold.jsonl";

#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_CODES)]
pub struct EvalArgs {
    /// Folder with annotations, NAME.gold.jsonl for the source NAME.txt (.md, .html, .htm)
    ///
    /// docs/gold-format.md of the project says how they are written.
    ///
    /// Example: gongbao eval tests/gold --sources input
    #[arg(value_name = "GOLD_DIR")]
    pub gold: PathBuf,

    /// Folder of the sources [default: GOLD_DIR]
    ///
    /// `GOLD_DIR/sub/y.gold.jsonl` belongs to DIR/sub/y.txt.
    ///
    /// Example: --sources input
    #[arg(long, value_name = "DIR")]
    pub sources: Option<PathBuf>,

    /// List at most N misses of each kind for each source
    ///
    /// Example: --misses 0
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub misses: usize,

    /// `text` for reading, `json` for one object
    ///
    /// Example: --format json
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = EvalFormat::Text)]
    pub format: EvalFormat,

    /// Encoding of all sources, by its name in the Encoding Standard [default: detected for each]
    ///
    /// Example: --encoding big5
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub encoding: Option<Encoding>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum EvalFormat {
    Text,
    Json,
}

pub fn run(args: &EvalArgs) -> Result<Exit> {
    let golds = gold_files(&args.gold)?;
    let sources = args.sources.as_ref().unwrap_or(&args.gold);
    ensure!(sources.is_dir(), "{}: no such folder of sources", sources.display());
    let mut exit = Exit::AllGood;
    let mut fault = |error: anyhow::Error| {
        complain(format_args!("{error:#}"));
        exit = Exit::SomeFailed;
    };
    let inputs = inputs_by_stem(sources, &mut fault);
    let (mut scores, mut total) = (Vec::new(), Score::default());
    let measure = |(stem, path): &(String, PathBuf)| {
        let source = inputs.get(stem).map(Vec::as_slice).unwrap_or_default();
        let mut faults = Vec::new();
        let score = score(path, source, sources, args.encoding, |error| faults.push(error));
        (score, faults)
    };
    batch::on_all_cores(&golds, measure, |(score, faults)| {
        faults.into_iter().for_each(&mut fault);
        match score {
            Ok((name, score)) => {
                total.add(&score);
                scores.push((name, score));
            }
            Err(error) => fault(error),
        }
        Ok(())
    })?;
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        EvalFormat::Text => as_text(&mut out, &scores, &total, args.misses),
        EvalFormat::Json => as_json(&mut out, &scores, &total, args.misses),
    }
    .and_then(|()| out.flush())
    .context("stdout")?;
    Ok(exit)
}

/// The annotations below a folder with the names, without ending, of the sources that they are for.
fn gold_files(folder: &Path) -> Result<Vec<(String, PathBuf)>> {
    ensure!(folder.is_dir(), "{}: no such folder of annotations", folder.display());
    let mut golds = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let path = entry.with_context(|| folder.display().to_string())?.into_path();
        let below = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy();
        if let Some(stem) = below.strip_suffix(ENDING) {
            golds.push((stem.to_owned(), path));
        }
    }
    if golds.is_empty() {
        bail!("{}: no {ENDING} file in this folder", folder.display());
    }
    Ok(golds)
}

fn inputs_by_stem(folder: &Path, fault: &mut impl FnMut(anyhow::Error)) -> BTreeMap<String, Vec<Input>> {
    let mut by_stem: BTreeMap<String, Vec<Input>> = BTreeMap::new();
    for input in walk::walk(folder) {
        match input {
            Ok(input) => {
                let stem = Path::new(&input.name).with_extension("").to_string_lossy().into_owned();
                by_stem.entry(stem).or_default().push(input);
            }
            Err(error) => fault(error.into()),
        }
    }
    by_stem
}

fn score(
    gold: &Path,
    inputs: &[Input],
    folder: &Path,
    encoding: Option<Encoding>,
    mut fault: impl FnMut(anyhow::Error),
) -> Result<(String, Score)> {
    let shown = gold.display();
    let input = match inputs {
        [input] => input,
        [] => bail!("{shown}: its source is not in {}", folder.display()),
        [a, b, ..] => bail!("{shown}: {} and {} could both be its source", a.path.display(), b.path.display()),
    };
    let source = read::load_in(&input.path, input.name.clone(), encoding)?;
    let text = fs::read_to_string(gold).with_context(|| shown.to_string())?;
    let annotated = eval::gold::read(&text, &source, |line, error| fault(anyhow!("{shown}:{line}: {error:#}")));
    let (output, _) = outputs::of(&source).with_context(|| input.path.display().to_string())?;
    Ok((input.name.clone(), eval::measure(&source, &output, &annotated)))
}

fn as_text(out: &mut impl Write, scores: &[(String, Score)], total: &Score, misses: usize) -> io::Result<()> {
    for (source, score) in scores {
        table(out, source, score, misses)?;
    }
    table(out, "total", total, 0)
}

fn table(out: &mut impl Write, title: &str, score: &Score, most: usize) -> io::Result<()> {
    writeln!(out, "== {title}")?;
    writeln!(out, "{:12} {:>6} {:>6} {:>6}  precision  recall     F1   span", "", "gold", "found", "right")?;
    for (kind, tally) in score.rows() {
        let Tally { gold, found, right, .. } = tally;
        let (precision, recall, f1) = (tally.precision(), tally.recall(), tally.f1());
        write!(out, "{kind:12} {gold:>6} {found:>6} {right:>6}  {precision:9.3}  {recall:6.3}  {f1:5.3}")?;
        match span_f1(kind, &tally) {
            Some(span) => writeln!(out, "  {span:5.3}")?,
            None => writeln!(out)?,
        }
        for miss in tally.misses.iter().take(most) {
            writeln!(out, "    {}", sentence(miss))?;
        }
        if most > 0 && tally.misses.len() > most {
            writeln!(out, "    … and {} more", tally.misses.len() - most)?;
        }
    }
    Ok(())
}

/// Only facts have a place of their own that could be exact.
fn span_f1(kind: &str, tally: &Tally) -> Option<f64> {
    let is_fact = eval::is_fact(kind) || kind == eval::ALL_FACTS;
    is_fact.then(|| tally.span_f1())
}

/// `wrong line 12 "最高500万元": value 5000000, gold 500000`
fn sentence(miss: &Miss) -> String {
    let said: Vec<String> =
        miss.wrong.iter().map(|wrong| format!("{} {:?}, gold {:?}", wrong.field, wrong.got, wrong.gold)).collect();
    let colon = if said.is_empty() { "" } else { ": " };
    format!("{} line {} {:?}{colon}{}", miss.how, miss.line, miss.text, said.join("; "))
}

#[derive(Serialize)]
struct Report<'a> {
    sources: Vec<OfSource<'a>>,
    total: Vec<Row>,
}

#[derive(Serialize)]
struct OfSource<'a> {
    source: &'a str,
    scores: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    kind: &'static str,
    gold: usize,
    found: usize,
    right: usize,
    precision: f64,
    recall: f64,
    f1: f64,
    /// F1 of exact places; null for what has none.
    span_f1: Option<f64>,
    misses: Vec<Miss>,
}

fn as_json(out: &mut impl Write, scores: &[(String, Score)], total: &Score, misses: usize) -> io::Result<()> {
    let sources = scores.iter().map(|(source, score)| OfSource { source, scores: rows(score, misses) }).collect();
    serde_json::to_writer(&mut *out, &Report { sources, total: rows(total, 0) })?;
    writeln!(out)
}

fn rows(score: &Score, most: usize) -> Vec<Row> {
    let row = |(kind, mut tally): (&'static str, Tally)| Row {
        kind,
        gold: tally.gold,
        found: tally.found,
        right: tally.right,
        precision: tally.precision(),
        recall: tally.recall(),
        f1: tally.f1(),
        span_f1: span_f1(kind, &tally),
        misses: {
            tally.misses.truncate(most);
            tally.misses
        },
    };
    score.rows().map(row).collect()
}
