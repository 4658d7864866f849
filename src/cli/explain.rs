//! `gongbao explain`: what the rules try in a passage, and why a match states nothing.

use super::args::{ExplainArgs, ExplainFormat};
use super::exit::Exit;
use super::{complain, lines};
use anyhow::{Context as _, Result, bail, ensure};
use gongbao::extract::explain::{Attempt, Outcome};
use gongbao::pipeline::{self, Passage};
use gongbao::read;
use serde::Serialize;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// A passage as one line of JSON. Places are Unicode code points of `text`.
#[derive(Serialize)]
struct Row<'a> {
    line: usize,
    last_line: usize,
    provision: Option<&'a str>,
    label: Option<&'a str>,
    text: &'a str,
    attempts: Vec<AttemptRow<'a>>,
}

#[derive(Serialize)]
struct AttemptRow<'a> {
    rule: &'a str,
    raw: &'a str,
    start: usize,
    end: usize,
    outcome: &'a str,
    /// The fact as the examples of the rules write it, where one was read.
    reading: Option<&'a str>,
    /// The rule that took the piece before.
    by: Option<&'a str>,
}

pub fn run(args: &ExplainArgs) -> Result<Exit> {
    let mut out = BufWriter::new(io::stdout().lock());
    if args.target == "-" {
        ensure!(args.encoding.is_none(), "`-` reads lines of UTF-8; leave out --encoding");
        return lines::answer_each(&mut out, |out, number, line| {
            let (passage, attempts) = pipeline::explain_line(line, number);
            write(out, args.format, "stdin", &passage, &attempts)
        });
    }
    let (path, line) = path_and_line(&args.target);
    let source = match read::load_in(Path::new(path), path.to_owned(), args.encoding) {
        Ok(source) => source,
        Err(error) => {
            complain(format_args!("{error:#}"));
            return Ok(Exit::SomeFailed);
        }
    };
    if let Some(line) = line {
        let count = source.text.lines().count();
        ensure!((1..=count).contains(&line), "{path}:{line}: no such line; the file has lines 1 to {count}");
    }
    let explained = pipeline::explain(&source, |passage| line.is_none_or(|line| passage.lines.contains(&line)));
    if let (Some(line), true) = (line, explained.is_empty()) {
        bail!(
            "{path}:{line}: no provision has text of its own in this line; `gongbao outline {path}` shows where they are"
        );
    }
    for (passage, attempts) in &explained {
        write(&mut out, args.format, path, passage, attempts)?;
    }
    out.flush().context("stdout")?;
    Ok(Exit::AllGood)
}

/// `a.txt:12` is line 12 of a.txt; what ends otherwise is a path alone.
fn path_and_line(target: &str) -> (&str, Option<usize>) {
    let parts = target.rsplit_once(':');
    let parsed = parts.and_then(|(path, line)| Some((path, line.parse().ok()?)));
    parsed.map_or((target, None), |(path, line)| (path, Some(line)))
}

fn write(
    out: &mut impl Write,
    format: ExplainFormat,
    name: &str,
    passage: &Passage,
    attempts: &[Attempt],
) -> Result<()> {
    match format {
        ExplainFormat::Text => as_text(out, name, passage, attempts),
        ExplainFormat::Json => as_json(out, passage, attempts),
    }
    .context("stdout")
}

fn as_text(out: &mut impl Write, name: &str, passage: &Passage, attempts: &[Attempt]) -> io::Result<()> {
    write!(out, "{name}:{}", passage.lines.start())?;
    for said in [&passage.provision, &passage.label].into_iter().flatten() {
        write!(out, "  {said}")?;
    }
    writeln!(out, "\n  {}", passage.text)?;
    if attempts.is_empty() {
        writeln!(out, "  no rule matches")?;
    }
    for attempt in attempts {
        let raw = &passage.text[attempt.span.clone()];
        let reading = |said: &str| said.strip_prefix(raw).unwrap_or(said).trim_start().to_owned();
        let (mark, why) = match &attempt.outcome {
            Outcome::Read(said) => ('✓', format!("= {}", reading(said))),
            Outcome::Dropped(said) => ('✗', format!("= {} — dropped after reading", reading(said))),
            Outcome::Refused => ('✗', "— its reading refuses it".to_owned()),
            Outcome::Taken(by) => ('✗', format!("— taken by {by} before it")),
            Outcome::Unclaimed => ('✗', "— a limit that no rule takes".to_owned()),
        };
        writeln!(out, "  {mark} {}  {raw} {why}", attempt.rule)?;
    }
    writeln!(out)
}

fn as_json(out: &mut impl Write, passage: &Passage, attempts: &[Attempt]) -> io::Result<()> {
    let row = Row {
        line: *passage.lines.start(),
        last_line: *passage.lines.end(),
        provision: passage.provision.as_deref(),
        label: passage.label.as_deref(),
        text: &passage.text,
        attempts: attempts.iter().map(|attempt| attempt_row(&passage.text, attempt)).collect(),
    };
    serde_json::to_writer(&mut *out, &row)?;
    writeln!(out)
}

fn attempt_row<'a>(text: &'a str, attempt: &'a Attempt) -> AttemptRow<'a> {
    let raw = &text[attempt.span.clone()];
    let start = text[..attempt.span.start].chars().count();
    let (outcome, reading, by) = match &attempt.outcome {
        Outcome::Read(said) => ("read", Some(said.as_str()), None),
        Outcome::Dropped(said) => ("dropped", Some(said.as_str()), None),
        Outcome::Refused => ("refused", None, None),
        Outcome::Taken(by) => ("taken", None, Some(*by)),
        Outcome::Unclaimed => ("unclaimed", None, None),
    };
    AttemptRow { rule: attempt.rule, raw, start, end: start + raw.chars().count(), outcome, reading, by }
}
