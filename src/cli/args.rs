//! Commands and flags with their help.

use super::eval::EvalArgs;
use super::export::ExportArgs;
use super::extract::ExtractArgs;
use super::golden::GoldenCommand;
use super::load::LoadArgs;
use super::review::ReviewArgs;
use super::schema::SchemaArgs;
use clap::{Parser, Subcommand, ValueEnum};
use gongbao::read::encoding::{self, Encoding};
use std::path::PathBuf;

/// Reads Chinese government documents and writes what they state as JSON.
#[derive(Debug, Parser)]
#[command(version, after_help = EXIT_CODES)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

pub const EXIT_CODES: &str = "\
Exit status: 0 all good; 1 some sources failed, the others are written; 2 could not run.
Remarks go to stderr, one line each: `gongbao: PATH: reason`.";

#[derive(Debug, Subcommand)]
pub enum Command {
    /// How well sources are read: precision, recall and F1 of each kind against annotations
    ///
    /// A fact is right when it lies where it was annotated and says the same. `span` is F1 of the exact places alone.
    /// Below each kind stand its misses: what is missed, extra or wrong.
    ///
    /// Example: gongbao eval tests/gold --sources input
    #[command(after_help = EXIT_CODES)]
    Eval(EvalArgs),
    /// Documents in, one JSON file for each source out
    Extract(ExtractArgs),
    /// Lines of text in on stdin, the facts of each line out as one JSON object
    ///
    /// Each line is a text of its own. Its object has the arrays amounts, percentages, caps, lead_units and deadlines;
    /// places are Unicode code points of that line.
    ///
    /// Example: echo '给予最高2000万元补助' | gongbao facts
    #[command(after_help = EXIT_CODES)]
    Facts,
    /// Why a passage gives its facts: which rules match in it, which are refused, and by what
    ///
    /// Below each passage stands a line for each attempt, ✓ for a fact and ✗ for what states none, with the reason.
    ///
    /// Example: gongbao explain input/ningbo-policy-2024.txt:12
    #[command(after_help = EXIT_CODES)]
    Explain(ExplainArgs),
    /// Outputs held against those that were accepted: check them, tell what differs, accept what is right
    ///
    /// A golden is an output file that somebody has looked at: `y.json` beside `y.txt`, or in the folder of --golden.
    #[command(subcommand)]
    Golden(GoldenCommand),
    /// Outputs, or sources, into a database: SQLite, PostgreSQL, MySQL or MariaDB
    ///
    /// Each source loaded replaces the rows that the database has of it. A load is one transaction: if anything fails,
    /// the database stays as it was. The tables are described in docs/loading.md, with queries in docs/queries.
    ///
    /// Example: gongbao load output --to sqlite:gongbao.db
    #[command(after_help = EXIT_CODES)]
    Load(LoadArgs),
    /// Outputs, or sources, as files for analysts: CSV or Parquet, one for each table
    ///
    /// The tables are those of `gongbao load`; the key of a source is its place in the order of the input.
    ///
    /// Example: gongbao export output --format csv --bom -o tables
    #[command(after_help = EXIT_CODES)]
    Export(ExportArgs),
    /// The tree of a source for people: documents, labels, headings, line numbers, oddities
    ///
    /// A star marks the numbered articles.
    ///
    /// Example: gongbao outline input/issue-01.txt
    #[command(after_help = EXIT_CODES)]
    Outline(OutlineArgs),
    /// A page to look at facts beside their text, in any browser
    ///
    /// The page is one file that needs no network: outline, marked text, and the facts as a table with charts.
    ///
    /// Example: gongbao review input -o page.html
    #[command(after_help = EXIT_CODES)]
    Review(ReviewArgs),
    /// The rules that read facts, with their examples
    #[command(after_help = EXIT_CODES)]
    Rules(RulesArgs),
    /// The JSON Schema of an output file
    ///
    /// Each field has its meaning, unit and examples. What may change within a version is written in SCHEMA.md.
    ///
    /// Example: gongbao schema > gongbao-1.json
    #[command(after_help = EXIT_CODES)]
    Schema(SchemaArgs),
}

pub fn encoding(name: &str) -> Result<Encoding, String> {
    encoding::named(name).ok_or_else(|| "not an encoding we know; try utf-8, gb18030, big5 or utf-16le".to_owned())
}

#[derive(Debug, clap::Args)]
pub struct ExplainArgs {
    /// File (.txt, .md, .html, .htm) whose provisions to explain, or one of its lines, counted from 1; `-` reads stdin
    ///
    /// A provision is explained by the paragraphs of its own text, lines joined; cells of tables are passed over. Of
    /// stdin, each line is a text of its own.
    ///
    /// Example: echo '给予最高2000万元补助' | gongbao explain -
    #[arg(value_name = "PATH[:LINE]|-")]
    pub target: String,

    /// `text` for reading, `json` for one object a passage, each on a line
    ///
    /// Example: --format json
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = ExplainFormat::Text)]
    pub format: ExplainFormat,

    /// Encoding of the file, by its name in the Encoding Standard [default: detected]
    ///
    /// Example: --encoding big5
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub encoding: Option<Encoding>,
}

#[derive(Debug, clap::Args)]
pub struct OutlineArgs {
    /// Files (.txt, .md, .html, .htm) to look at
    ///
    /// Example: gongbao outline input/issue-01.txt
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Encoding of all sources, by its name in the Encoding Standard [default: detected for each]
    ///
    /// Example: --encoding big5
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub encoding: Option<Encoding>,
}

#[derive(Debug, clap::Args)]
pub struct RulesArgs {
    /// `text` for reading, `json` for one object a line, `markdown` for the page GRAMMAR.md
    ///
    /// Example: --format json
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = RulesFormat::Text)]
    pub format: RulesFormat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ExplainFormat {
    Text,
    Json,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum RulesFormat {
    Text,
    Json,
    Markdown,
}
