//! `gongbao export`: outputs, or sources, as files for analysts.

use super::args::encoding;
use super::complain;
use super::exit::Exit;
use anyhow::{Result, ensure};
use clap::ValueEnum;
use gongbao::export::{Export, Format};
use gongbao::read::encoding::Encoding;
use gongbao::{gather, tables};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct ExportArgs {
    /// Outputs (.json), sources (.txt, .md, .html, .htm), and folders of either
    ///
    /// A folder that has outputs is not searched for sources; hidden files are passed over.
    ///
    /// Example: gongbao export output -o tables
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Folder for the files, made if it is not there; files of the same names are replaced
    ///
    /// Example: -o tables
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,

    /// `csv` (RFC 4180 in UTF-8), or `parquet` in a build that has it
    ///
    /// Example: --format parquet
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = ExportFormat::Csv)]
    pub format: ExportFormat,

    /// Begins each CSV with a byte-order mark, by which Excel knows that it is UTF-8
    ///
    /// Example: --bom
    #[arg(long)]
    pub bom: bool,

    /// Encoding of all sources, by its name in the Encoding Standard [default: detected for each]
    ///
    /// Example: --encoding big5
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub encoding: Option<Encoding>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    Csv,
    Parquet,
}

pub fn run(args: &ExportArgs) -> Result<Exit> {
    let mut export = Export::begin(&args.output, format(args)?)?;
    let inputs: Vec<_> = args.paths.iter().flat_map(|path| gather::find(path)).collect();
    let mut exit = Exit::AllGood;
    gather::read_each(&inputs, args.encoding, |output| match output.and_then(tables::fitting) {
        Ok(output) => export.add(&output),
        Err(error) => {
            complain(format_args!("{error:#}"));
            exit = Exit::SomeFailed;
            Ok(())
        }
    })?;
    export.finish()?;
    Ok(exit)
}

fn format(args: &ExportArgs) -> Result<Format> {
    match args.format {
        ExportFormat::Csv => Ok(Format::Csv { bom: args.bom }),
        ExportFormat::Parquet => {
            ensure!(!args.bom, "--bom is for CSV; leave it out with --format parquet");
            parquet()
        }
    }
}

#[cfg(feature = "parquet")]
fn parquet() -> Result<Format> {
    Ok(Format::Parquet)
}

#[cfg(not(feature = "parquet"))]
fn parquet() -> Result<Format> {
    anyhow::bail!("--format parquet: this gongbao was built without it; build with `--features full`")
}
