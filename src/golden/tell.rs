//! Differences told: as text with colours, as Markdown for a pull request, as JSON.

use super::Accepted;
use super::diff::{Change, Diff, Difference, How, plural};
use anstyle::{AnsiColor, Style};
use serde::Serialize;
use std::fmt::Write as _;
use std::io::{self, Write};

/// How a source stands to its golden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Nothing differs.
    Accepted,
    Different,
    /// The source has no golden.
    Unaccepted,
    /// The golden cannot be read by this program.
    Unreadable,
    /// The golden has no source.
    NoSource,
}

/// What there is to say of one source.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Path of the source; null for a golden without one.
    pub source: Option<String>,
    pub golden: String,
    pub state: State,
    /// Why the golden cannot be read.
    pub reason: Option<String>,
    #[serde(flatten)]
    pub diff: Diff,
}

impl Report {
    pub fn new(source: String, golden: String, accepted: Accepted) -> Self {
        let (state, reason, diff) = match accepted {
            Accepted::Nothing => (State::Unaccepted, None, Diff::default()),
            Accepted::Unreadable(reason) => (State::Unreadable, Some(reason), Diff::default()),
            Accepted::Output(diff) if diff.differences.is_empty() => (State::Accepted, None, diff),
            Accepted::Output(diff) => (State::Different, None, diff),
        };
        Self { source: Some(source), golden, state, reason, diff }
    }

    /// Of a golden that no source leads to.
    pub fn orphan(golden: String) -> Self {
        Self { source: None, golden, state: State::NoSource, reason: None, diff: Diff::default() }
    }

    /// Path of the source, or of the golden that has none.
    pub fn name(&self) -> &str {
        self.source.as_ref().unwrap_or(&self.golden)
    }

    /// Whether the golden is what would be written today, but for its layout.
    pub fn is_nothing_new(&self) -> bool {
        matches!(self.state, State::Accepted | State::Different)
            && self.diff.differences.is_empty()
            && !self.diff.source_changed
    }

    /// `3 differences (1 cap gained, 2 provisions changed); the source has changed`
    pub fn summary(&self) -> String {
        let Diff { source_changed, shifted, differences } = &self.diff;
        let mut said = match self.state {
            State::Accepted => "as accepted".to_owned(),
            State::Unaccepted => "nothing is accepted yet".to_owned(),
            State::Unreadable => format!("the golden cannot be read: {}", self.reason.as_deref().unwrap_or_default()),
            State::NoSource => "no source leads to this golden".to_owned(),
            State::Different => format!("{} ({})", plural(differences.len(), "difference"), counts(differences)),
        };
        if *source_changed {
            said += "; the source has changed since it was accepted";
        }
        if *shifted {
            said += ", places or ids have shifted";
        }
        said
    }
}

/// `1 cap gained, 2 provisions changed`
fn counts(differences: &[Difference]) -> String {
    let mut counts: Vec<((&str, How), usize)> = Vec::new();
    for difference in differences {
        let key = (difference.what, difference.how);
        match counts.iter_mut().find(|(known, _)| *known == key) {
            Some((_, count)) => *count += 1,
            None => counts.push((key, 1)),
        }
    }
    let told = counts.into_iter().map(|((what, how), count)| {
        let what = what.replace('_', " ");
        let what = match what.as_str() {
            "ids" => what,
            "noise" => format!("{} of noise", plural(count, "piece")),
            _ => plural(count, &what),
        };
        format!("{what} {}", word(how))
    });
    told.collect::<Vec<_>>().join(", ")
}

fn word(how: How) -> &'static str {
    match how {
        How::Gained => "gained",
        How::Lost => "lost",
        How::Changed => "changed",
    }
}

fn sign(how: How) -> (char, Style) {
    let (sign, color) = match how {
        How::Gained => ('+', AnsiColor::Green),
        How::Lost => ('-', AnsiColor::Red),
        How::Changed => ('~', AnsiColor::Yellow),
    };
    (sign, color.on_default())
}

/// Writes a line for the source and one for each difference, with the colours of a terminal; `anstream` takes them away
/// where none are wanted.
///
/// # Errors
/// When `out` cannot be written.
pub fn text(out: &mut impl Write, report: &Report) -> io::Result<()> {
    let bold = Style::new().bold();
    writeln!(out, "{bold}{}{bold:#}: {}", visible(report.name()), report.summary())?;
    for difference in &report.diff.differences {
        let (sign, color) = sign(difference.how);
        let dimmed = Style::new().dimmed();
        write!(out, "  {color}{sign} {}{color:#}", difference.what)?;
        if let Some(line) = difference.line {
            write!(out, " {dimmed}line {line}{dimmed:#}")?;
        }
        if !difference.path.is_empty() {
            write!(out, " {dimmed}{}{dimmed:#}", visible(&difference.path.join(" ")))?;
        }
        let subject = subject(difference, &visible);
        if !subject.is_empty() {
            write!(out, " {bold}{subject}{bold:#}")?;
        }
        let said = sentence(difference, &visible);
        writeln!(out, "{}{said}", if said.is_empty() { "" } else { ": " })?;
    }
    Ok(())
}

/// Writes a heading and a table, in the Markdown of GitHub. Nothing from a source is taken for markup.
///
/// # Errors
/// When `out` cannot be written.
pub fn markdown(out: &mut impl Write, report: &Report) -> io::Result<()> {
    writeln!(out, "### {}\n\n{}\n", code(report.name()), report.summary())?;
    if report.diff.differences.is_empty() {
        return Ok(());
    }
    writeln!(out, "| | row | line | where | text | difference |\n| --- | --- | --- | --- | --- | --- |")?;
    for difference in &report.diff.differences {
        let line = difference.line.map(|line| line.to_string()).unwrap_or_default();
        writeln!(
            out,
            "| {} | {} | {line} | {} | {} | {} |",
            word(difference.how),
            difference.what.replace('_', " "),
            code(&difference.path.join(" ")),
            subject(difference, &code),
            sentence(difference, &code),
        )?;
    }
    writeln!(out)
}

/// Writes all reports as one JSON object.
///
/// # Errors
/// When `out` cannot be written.
pub fn json(out: &mut impl Write, reports: &[Report]) -> io::Result<()> {
    #[derive(Serialize)]
    struct All<'a> {
        sources: &'a [Report],
    }
    serde_json::to_writer(&mut *out, &All { sources: reports })?;
    writeln!(out)
}

/// The text of the row, as it was and as it is now.
fn subject(difference: &Difference, quote: &dyn Fn(&str) -> String) -> String {
    match difference.changes.iter().find(|change| change.field == "raw") {
        Some(raw) => format!("{} → {}", quote(&raw.shown.0), quote(&raw.shown.1)),
        None => quote(&difference.text),
    }
}

/// What is gained or lost, or what has changed in it; texts of the source through `quote`.
fn sentence(difference: &Difference, quote: &dyn Fn(&str) -> String) -> String {
    let mut parts: Vec<String> = difference.says.iter().map(|says| quote(says)).collect();
    let told_by_subject = |change: &&Change| change.field == "raw";
    parts.extend(
        difference.changes.iter().filter(|change| !told_by_subject(change)).map(|change| changed(change, quote)),
    );
    parts.join("; ")
}

fn changed(change: &Change, quote: &dyn Fn(&str) -> String) -> String {
    let (old, new) = (quote(&change.shown.0), quote(&change.shown.1));
    match change.field.as_str() {
        "label" => format!("renumbered from {old} to {new}"),
        "provision" => format!("moved from {old} to {new}"),
        "order" => format!("moved in order from {old} to {new}"),
        field if field.starts_with("row ") => format!("{} {old} → {new}", quote(field)),
        field => format!("{field} {old} → {new}"),
    }
}

/// A text on one line of a terminal, its line ends and control characters to be seen and not to be obeyed.
fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push('⏎'),
            c if c.is_control() => out.extend(c.escape_default()),
            c => out.push(c),
        }
    }
    out
}

/// A text as code, with every sign that Markdown, HTML or GitHub (`@name`, `#12`) could read as one written as a number.
/// An entity in `<code>` is no markup by the standard, and a `|` in one parts no cells.
fn code(text: &str) -> String {
    let mut out = String::new();
    for c in visible(text).chars() {
        if c.is_ascii_punctuation() && !matches!(c, '%' | ',' | '-' | '/') {
            // Writing to a string cannot fail.
            let _ = write!(out, "&#{};", u32::from(c));
        } else {
            out.push(c);
        }
    }
    if out.is_empty() { out } else { format!("<code>{out}</code>") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::{Event, Options, Parser};

    /// The texts of a Markdown page, and its HTML tags.
    fn rendered(page: &str) -> (String, Vec<String>) {
        let (mut text, mut tags) = (String::new(), Vec::new());
        for event in Parser::new_ext(page, Options::all()) {
            match event {
                Event::Text(piece) => text += &piece,
                Event::InlineHtml(tag) => tags.push(tag.to_string()),
                Event::Start(_) | Event::End(_) => {}
                other => panic!("{other:?} in {page}"),
            }
        }
        (text, tags)
    }

    #[test]
    fn what_stands_in_a_source_is_no_markup() {
        for hostile in
            ["<script>|</script>", "*a* _b_ `c` [d](e) ![f](g)", "\\| \\", "@name #12 https://a.b www.c.d", "</code>"]
        {
            let page = format!("| a |\n| --- |\n| {} |\n", code(hostile));
            let (text, tags) = rendered(&page);
            assert_eq!(text, format!("a{hostile}"));
            assert_eq!(tags, ["<code>", "</code>"]);
        }
    }

    #[test]
    fn control_characters_are_seen_and_not_obeyed() {
        assert_eq!(visible("一\n\u{1b}[31m二\t"), "一⏎\\u{1b}[31m二\\t");
    }
}
