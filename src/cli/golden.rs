//! `gongbao golden`: outputs held against those that somebody has accepted.

use super::args::encoding;
use super::complain;
use super::exit::Exit;
use anstream::AutoStream;
use anyhow::{Context as _, Result, anyhow, bail, ensure};
use clap::{Subcommand, ValueEnum};
use gongbao::golden::diff;
use gongbao::golden::take;
use gongbao::golden::tell::{self, Report, State};
use gongbao::golden::{self, Accepted, Comparison, Pair};
use gongbao::outputs::fact::Kind;
use gongbao::read::encoding::Encoding;
use gongbao::{batch, emit, outputs, read};
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

const EXIT_CODES: &str = "\
Exit status of check: 0 all as accepted; 1 something differs, or a source or golden could not be read; 2 could not run.
Exit status of accept and diff: 0 done; 1 some sources failed; 2 could not run.";

#[derive(Debug, Subcommand)]
pub enum GoldenCommand {
    /// Say of each source whether its output is as accepted; exit status 1 if one is not
    ///
    /// Sources without a golden and goldens without a source count as differences. Outputs that differ only because
    /// places or ids have shifted in a changed source do not.
    ///
    /// Example: gongbao golden check input --golden output
    #[command(after_help = EXIT_CODES)]
    Check(CheckArgs),
    /// Make today's outputs the accepted ones, after showing what differs and asking for each source
    ///
    /// Goldens without a source are left alone.
    ///
    /// Example: gongbao golden accept input/a.txt --golden output --kind caps --yes
    #[command(after_help = EXIT_CODES)]
    Accept(AcceptArgs),
    /// Tell what differs: facts gained and lost, values changed, provisions moved and renumbered
    ///
    /// Two .json files are compared with each other, the older one first. Exit status 0 also where something differs;
    /// `check` tells by its own.
    ///
    /// Example: gongbao golden diff input --golden output --format markdown
    #[command(after_help = EXIT_CODES)]
    Diff(DiffArgs),
}

#[derive(Debug, clap::Args)]
pub struct Where {
    /// Files (.txt, .md, .html, .htm) and folders to read
    ///
    /// Example: gongbao golden check input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Folder of the accepted outputs, named as `extract` names them [default: NAME.json beside each source]
    ///
    /// Example: --golden output
    #[arg(long, value_name = "DIR")]
    pub golden: Option<PathBuf>,

    /// Encoding of all sources, by its name in the Encoding Standard [default: detected for each]
    ///
    /// Example: --encoding big5
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub encoding: Option<Encoding>,
}

#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    #[command(flatten)]
    pub place: Where,
}

#[derive(Debug, clap::Args)]
pub struct AcceptArgs {
    #[command(flatten)]
    pub place: Where,

    /// Accept facts of this kind alone and leave the rest of the golden as it is; may be given more than once
    ///
    /// Refused where the golden would not hold together: its source has changed, or a cap would limit an amount that is
    /// not accepted.
    ///
    /// Example: --kind amounts --kind caps
    #[arg(long, value_name = "KIND", value_enum)]
    pub kind: Vec<FactKind>,

    /// Accept all without asking
    ///
    /// Example: gongbao golden accept input --golden output --yes
    #[arg(long)]
    pub yes: bool,
}

#[derive(Debug, clap::Args)]
pub struct DiffArgs {
    #[command(flatten)]
    pub place: Where,

    /// `text` for reading (in colour on a terminal, unless NO_COLOR is set), `markdown` for a pull request, `json` for
    /// one object
    ///
    /// Example: --format markdown
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = DiffFormat::Text)]
    pub format: DiffFormat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum DiffFormat {
    Text,
    Markdown,
    Json,
}

/// The tables of facts, by the names they have in the output.
#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum FactKind {
    Amounts,
    Percentages,
    Caps,
    LeadUnits,
    Deadlines,
}

impl From<FactKind> for Kind {
    fn from(kind: FactKind) -> Self {
        match kind {
            FactKind::Amounts => Self::Amount,
            FactKind::Percentages => Self::Percentage,
            FactKind::Caps => Self::Cap,
            FactKind::LeadUnits => Self::LeadUnit,
            FactKind::Deadlines => Self::Deadline,
        }
    }
}

pub fn run(command: &GoldenCommand) -> Result<Exit> {
    match command {
        GoldenCommand::Check(args) => check(&args.place),
        GoldenCommand::Accept(args) => accept(args),
        GoldenCommand::Diff(args) => diff(args),
    }
}

fn check(place: &Where) -> Result<Exit> {
    let (reports, mut exit) = reports(place)?;
    let mut out = BufWriter::new(io::stdout().lock());
    for report in &reports {
        if report.state != State::Accepted {
            exit = Exit::SomeFailed;
        }
        if !report.is_nothing_new() {
            writeln!(out, "{}: {}", report.name(), report.summary()).context("stdout")?;
        }
    }
    let accepted = reports.iter().filter(|report| report.state == State::Accepted).count();
    writeln!(out, "{accepted} as accepted, {} not", reports.len() - accepted).context("stdout")?;
    out.flush().context("stdout")?;
    Ok(exit)
}

fn diff(args: &DiffArgs) -> Result<Exit> {
    let (reports, exit) = match args.place.paths.as_slice() {
        [old, new] if is_json(old) && is_json(new) => (vec![files(old, new)?], Exit::AllGood),
        _ => reports(&args.place)?,
    };
    let mut out = BufWriter::new(AutoStream::auto(io::stdout().lock()));
    let mut telling = reports.iter().filter(|report| !report.is_nothing_new());
    match args.format {
        DiffFormat::Text => telling.try_for_each(|report| tell::text(&mut out, report)),
        DiffFormat::Markdown => telling.try_for_each(|report| tell::markdown(&mut out, report)),
        DiffFormat::Json => tell::json(&mut out, &reports),
    }
    .and_then(|()| out.flush())
    .context("stdout")?;
    Ok(exit)
}

fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "json")
}

/// Two output files, without their source: places are not told as lines.
fn files(old: &Path, new: &Path) -> Result<Report> {
    let difference = diff::diff(&outputs::read(old)?, &outputs::read(new)?, None);
    Ok(Report::new(new.display().to_string(), old.display().to_string(), Accepted::Output(difference)))
}

/// All sources in order, compared on all cores, and all goldens without one. What cannot be compared is told on stderr.
fn reports(place: &Where) -> Result<(Vec<Report>, Exit)> {
    let found = find(place)?;
    let compare = |pair: &Result<Pair>| -> Result<Report> {
        let pair = pair.as_ref().map_err(|error| anyhow!("{error:#}"))?;
        Ok(report(pair, compared(pair, place.encoding)?.accepted))
    };
    let (mut reports, mut exit) = (Vec::new(), Exit::AllGood);
    batch::on_all_cores(&found.pairs, compare, |report| {
        match report {
            Ok(report) => reports.push(report),
            Err(error) => {
                complain(format_args!("{error:#}"));
                exit = Exit::SomeFailed;
            }
        }
        Ok(())
    })?;
    reports.extend(found.orphans.into_iter().map(|golden| Report::orphan(golden.display().to_string())));
    Ok((reports, exit))
}

fn find(place: &Where) -> Result<golden::Found> {
    if let Some(folder) = &place.golden {
        ensure!(!folder.exists() || folder.is_dir(), "{}: the folder of goldens is a file", folder.display());
    }
    Ok(golden::find(&place.paths, place.golden.as_deref()))
}

fn report(pair: &Pair, accepted: Accepted) -> Report {
    Report::new(pair.input.path.display().to_string(), pair.golden.display().to_string(), accepted)
}

fn compared(pair: &Pair, encoding: Option<Encoding>) -> Result<Comparison> {
    let source = read::load_in(&pair.input.path, pair.input.name.clone(), encoding)?;
    golden::compare(&source, &pair.golden)
}

/// Sources are read one after another, so that the first question comes at once.
fn accept(args: &AcceptArgs) -> Result<Exit> {
    let asks = io::stdin().is_terminal() && io::stderr().is_terminal();
    ensure!(args.yes || asks, "not on a terminal, so nobody can be asked; to accept without asking, add --yes");
    let mut exit = Exit::AllGood;
    for pair in find(&args.place)?.pairs {
        if let Err(error) = pair.and_then(|pair| accept_one(&pair, args)) {
            complain(format_args!("{error:#}"));
            exit = Exit::SomeFailed;
        }
    }
    Ok(exit)
}

fn accept_one(pair: &Pair, args: &AcceptArgs) -> Result<()> {
    let Comparison { accepted, fresh } = compared(pair, args.place.encoding)?;
    let kinds: Vec<Kind> = args.kind.iter().copied().map(Kind::from).collect();
    let mut report = report(pair, accepted);
    if !kinds.is_empty() {
        report.diff.differences.retain(|difference| kinds.iter().any(|kind| kind.name() == difference.what));
    }
    if report.is_nothing_new() {
        return Ok(());
    }
    let json = if kinds.is_empty() { fresh } else { with_kinds(pair, &report, &fresh, &kinds)? };
    let mut out = AutoStream::auto(io::stderr().lock());
    tell::text(&mut out, &report)?;
    if args.yes || is_wanted(&mut out, pair, &args.kind)? {
        golden::accept(&pair.golden, &json)?;
        writeln!(out, "  accepted: {}", pair.golden.display())?;
    }
    Ok(())
}

fn with_kinds(pair: &Pair, report: &Report, fresh: &str, kinds: &[Kind]) -> Result<String> {
    if matches!(report.state, State::Unaccepted | State::Unreadable) {
        bail!("{}: {}; accept it whole first, without --kind", report.name(), report.summary());
    }
    let (accepted, fresh) = (outputs::read(&pair.golden)?, outputs::parse(fresh)?);
    let taken = take::take(&accepted, &fresh, kinds).with_context(|| report.name().to_owned())?;
    let mut json = Vec::new();
    emit::json::write_output(&mut json, &taken)?;
    Ok(String::from_utf8(json)?)
}

/// Asks on the terminal. Whatever is no yes is a no; the end of the input is one too.
fn is_wanted(out: &mut impl Write, pair: &Pair, kinds: &[FactKind]) -> Result<bool> {
    let what = if kinds.is_empty() { "this".to_owned() } else { "these kinds of it".to_owned() };
    write!(out, "  accept {what} as {}? [y/N] ", pair.golden.display())?;
    out.flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer).context("stdin")?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}
