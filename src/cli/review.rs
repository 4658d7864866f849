//! `gongbao review`: one page over one or more sources.

use super::args::encoding;
use super::complain;
use super::exit::Exit;
use anyhow::{Result, ensure};
use gongbao::emit::files;
use gongbao::read::encoding::Encoding;
use gongbao::read::walk::{self, Input};
use gongbao::review::Sheet;
use gongbao::{read, review};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub struct ReviewArgs {
    /// Files (.txt, .md, .html, .htm) and folders to show; several sources share the page
    ///
    /// Example: gongbao review input/issue-01.txt -o page.html
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Where the page goes; its folder is made if it is not there
    ///
    /// Example: -o page.html
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,

    /// Encoding of all sources, by its name in the Encoding Standard [default: detected for each]
    ///
    /// Example: --encoding big5
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub encoding: Option<Encoding>,
}

pub fn run(args: &ReviewArgs) -> Result<Exit> {
    ensure!(!args.output.is_dir(), "{}: the page is one file, this is a folder", args.output.display());
    let mut sheets = Vec::new();
    let mut exit = Exit::AllGood;
    for input in args.paths.iter().flat_map(|path| walk::walk(path)) {
        match input.map_err(anyhow::Error::from).and_then(|input| sheet(&input, args)) {
            Ok(sheet) => sheets.push(sheet),
            Err(error) => {
                complain(format_args!("{error:#}"));
                exit = Exit::SomeFailed;
            }
        }
    }
    if sheets.is_empty() {
        complain("no source could be read, so there is no page");
        return Ok(Exit::SomeFailed);
    }
    let page = review::page(&sheets)?;
    files::replace(&args.output, |out| out.write_all(page.as_bytes()))?;
    Ok(exit)
}

fn sheet(input: &Input, args: &ReviewArgs) -> Result<Sheet> {
    let path = &input.path;
    ensure!(!same_file(path, &args.output), "{}: the page would overwrite it", path.display());
    Ok(Sheet::of(read::load_in(path, input.name.clone(), args.encoding)?))
}

fn same_file(one: &Path, other: &Path) -> bool {
    matches!((fs::canonicalize(one), fs::canonicalize(other)), (Ok(one), Ok(other)) if one == other)
}
