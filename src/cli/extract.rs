//! `gongbao extract`: to a folder, to lines, or a single source to stdout.

use super::args::{EXIT_CODES, encoding};
use super::complain;
use super::exit::Exit;
use super::progress::{LogFormat, Progress};
use anyhow::{Context as _, Result, bail, ensure};
use clap::ValueEnum;
use gongbao::batch::{self, Options, Summary, ToFolder};
use gongbao::emit::layout::Layout;
use gongbao::model::{Format, Source};
use gongbao::read::encoding::Encoding;
use gongbao::read::walk;
use gongbao::{pipeline, read};
use std::io::{self, BufWriter, Read as _, Write as _};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_CODES)]
pub struct ExtractArgs {
    /// Files (.txt, .md, .html, .htm) and folders to read; `-` alone reads stdin and writes stdout
    ///
    /// Folders are searched with their sub-folders; hidden files and other endings are passed over, links to folders
    /// not followed.
    ///
    /// Example: gongbao extract input more/issue-01.md -o output
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Folder for the output, made if it is not there; with `--format jsonl` a file [default: stdout]
    ///
    /// `x/sub/y.txt` found in the folder `x` given is written to DIR/sub/y.json; a file given directly to DIR/y.json.
    /// Only what is new or changed since the last run is done again; what a run remembers lies in DIR/.gongbao. JSON on
    /// stdout is that of a single source.
    ///
    /// Example: -o output
    #[arg(short, long, value_name = "DIR|FILE")]
    pub output: Option<PathBuf>,

    /// `json` for one file a source, `jsonl` for one line a source, in the order of the input, without those that fail
    ///
    /// Lines are always made anew as a whole; the file appears when it is whole.
    ///
    /// Example: --format jsonl -o all.jsonl
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = OutputFormat::Json)]
    pub format: OutputFormat,

    /// Indents the JSON, one value a line [default: one row a line]
    ///
    /// Example: --pretty
    #[arg(long)]
    pub pretty: bool,

    /// Does every source again [default: only what is new or changed]
    ///
    /// Example: --force
    #[arg(long)]
    pub force: bool,

    /// Removes the outputs of sources that are there no more [default: they are told and stay]
    ///
    /// Only files that an earlier run wrote and nobody changed are removed, and none if a path could not be listed.
    ///
    /// Example: --prune
    #[arg(long)]
    pub prune: bool,

    /// Says on stdout what would be done, and writes nothing [default: does it]
    ///
    /// Each line is the reason, the source and its output, with tabs between.
    ///
    /// Example: --dry-run --prune
    #[arg(long)]
    pub dry_run: bool,

    /// Bytes that a source may have, with K, M or G for their 1024-folds; a larger one fails
    ///
    /// Example: --max-bytes 64M
    #[arg(long, value_name = "N", value_parser = bytes, default_value = "1G")]
    pub max_bytes: u64,

    /// Number of threads; 0 takes one for each core. The output is the same for any number
    ///
    /// Example: --jobs 4
    #[arg(short, long, value_name = "N", default_value_t = 0)]
    pub jobs: usize,

    /// Writes figures and faults as JSON to FILE as well [default: DIR/.gongbao/report.json alone]
    ///
    /// Example: --report faults.json
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,

    /// What stderr tells: `text` for people, `json` for one object a line, each with its `event`
    ///
    /// Example: --log-format json
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = LogFormat::Text)]
    pub log_format: LogFormat,

    /// Tells faults alone, without bar and summary [default: both; the bar on a terminal]
    ///
    /// Example: --quiet
    #[arg(short, long)]
    pub quiet: bool,

    /// Format of what comes from stdin; files tell theirs by their ending
    ///
    /// Example: --stdin-format markdown
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = InputFormat::Text)]
    pub stdin_format: InputFormat,

    /// Encoding of all sources, by its name in the Encoding Standard [default: detected for each]
    ///
    /// Detected are UTF-8, UTF-16 with byte-order mark, GB18030 (with GBK and GB2312) and Big5.
    ///
    /// Example: --encoding big5
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub encoding: Option<Encoding>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    Json,
    Jsonl,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum InputFormat {
    Text,
    Markdown,
    Html,
}

/// `64M` is 64 × 1024 × 1024.
fn bytes(size: &str) -> Result<u64, String> {
    let (digits, shift) = match size.char_indices().last() {
        Some((at, 'k' | 'K')) => (&size[..at], 10),
        Some((at, 'm' | 'M')) => (&size[..at], 20),
        Some((at, 'g' | 'G')) => (&size[..at], 30),
        _ => (size, 0),
    };
    let bytes = digits.parse().ok().and_then(|number: u64| number.checked_mul(1 << shift));
    bytes.ok_or_else(|| "not a number of bytes; try 500000, 64M or 1G".to_owned())
}

pub fn run(args: &ExtractArgs) -> Result<Exit> {
    let reads_stdin = args.paths.iter().any(|path| path == Path::new("-"));
    let lines = args.format == OutputFormat::Jsonl;
    ensure!(!(lines && args.pretty), "--pretty indents over many lines, --format jsonl has one; leave out one of them");
    let to_folder = args.output.is_some() && !lines;
    for (given, flag) in [(args.force, "--force"), (args.prune, "--prune"), (args.dry_run, "--dry-run")] {
        ensure!(!given || to_folder, "{flag} is for outputs in a folder: --output DIR, without --format jsonl");
    }
    let batch = args.output.is_some() || lines;
    ensure!(args.report.is_none() || batch, "--report is for many sources: --output DIR, or --format jsonl");
    if reads_stdin {
        ensure!(args.paths.len() == 1, "`-` reads stdin and cannot be joined by other paths");
        ensure!(args.output.is_none(), "`-` writes to stdout; leave out --output");
        return from_stdin(args);
    }
    if !batch {
        return single(args);
    }
    let mut progress = Progress::new(args.log_format, args.quiet, args.dry_run);
    let done = many(args, &mut progress);
    progress.end(done)
}

fn layout(args: &ExtractArgs) -> Layout {
    match (args.format, args.pretty) {
        (OutputFormat::Jsonl, _) => Layout::Line,
        (OutputFormat::Json, true) => Layout::Pretty,
        (OutputFormat::Json, false) => Layout::Rows,
    }
}

fn many(args: &ExtractArgs, progress: &mut Progress) -> Result<Summary> {
    let options = Options {
        paths: args.paths.clone(),
        jobs: args.jobs,
        encoding: args.encoding,
        max_bytes: args.max_bytes,
        layout: layout(args),
        ..Options::default()
    };
    let mut observe = |event: &batch::Event| progress.tell(event);
    let summary = match (&args.output, args.format) {
        (Some(folder), OutputFormat::Json) => {
            let (folder, force, prune, dry_run) = (folder.clone(), args.force, args.prune, args.dry_run);
            batch::to_folder(&options, &ToFolder { folder, force, prune, dry_run }, &mut observe)?
        }
        (Some(file), OutputFormat::Jsonl) => batch::to_lines_file(&options, file, &mut observe)?,
        (None, _) => {
            let out = BufWriter::with_capacity(1 << 16, io::stdout());
            batch::to_lines(&options, out, &mut observe).context("stdout")?
        }
    };
    if let (Some(report), false) = (&args.report, args.dry_run) {
        batch::write_report(report, &summary)?;
    }
    Ok(summary)
}

fn from_stdin(args: &ExtractArgs) -> Result<Exit> {
    let format = match args.stdin_format {
        InputFormat::Text => Format::Text,
        InputFormat::Markdown => Format::Markdown,
        InputFormat::Html => Format::Html,
    };
    let mut bytes = Vec::new();
    io::stdin().lock().take(args.max_bytes.saturating_add(1)).read_to_end(&mut bytes).context("stdin")?;
    let source = read::within(bytes.len() as u64, args.max_bytes)
        .and_then(|()| read::decode_in(bytes, "stdin".to_owned(), format, args.encoding));
    match source {
        Ok(source) => to_stdout(&source, layout(args)),
        Err(error) => {
            complain(format_args!("stdin: {error}"));
            Ok(Exit::SomeFailed)
        }
    }
}

/// Without a folder there is one place to write to, so there may be one source.
fn single(args: &ExtractArgs) -> Result<Exit> {
    let mut found: Vec<_> = args.paths.iter().flat_map(|path| walk::walk(path)).collect();
    if found.len() > 1 {
        let count = found.len();
        bail!("{count} sources were found, stdout takes one; name a folder for them: --output DIR, or --format jsonl");
    }
    let Some(input) = found.pop() else { bail!("no source was found") };
    match input.and_then(|input| read::load_within(&input.path, input.name, args.encoding, args.max_bytes)) {
        Ok(source) => to_stdout(&source, layout(args)),
        Err(fault) => {
            complain(fault);
            Ok(Exit::SomeFailed)
        }
    }
}

fn to_stdout(source: &Source, layout: Layout) -> Result<Exit> {
    let record = pipeline::record(source);
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    layout.write(&mut out, source, &record).and_then(|()| out.flush()).context("stdout")?;
    Ok(Exit::AllGood)
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn sizes_have_endings() {
        for (size, read) in [("7", 7), ("2k", 2048), ("64M", 64 << 20), ("1G", 1 << 30)] {
            assert_eq!(bytes(size), Ok(read));
        }
        for size in ["", "G", "1T", "-1", "1.5G", "18446744073709551615K", "公"] {
            assert!(bytes(size).is_err(), "{size}");
        }
    }
}
