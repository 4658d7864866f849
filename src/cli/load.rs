//! `gongbao load`: outputs, or sources, into a database.

use super::args::encoding;
use super::complain;
use super::exit::Exit;
use anyhow::{Context as _, Result};
use gongbao::load::{Load, Target};
use gongbao::read::encoding::Encoding;
use gongbao::{gather, tables};
use std::io::{self, Write as _};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct LoadArgs {
    /// Outputs (.json), sources (.txt, .md, .html, .htm), and folders of either
    ///
    /// A folder that has outputs is not searched for sources; hidden files are passed over.
    ///
    /// Example: gongbao load output --to sqlite:gongbao.db
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// The database: `sqlite:FILE`, made if it is not there, or `postgres://…` or `mysql://…` with user, password, host and
    /// database
    ///
    /// The password is told nowhere. Connections to servers are not encrypted: reach a far one through a tunnel.
    ///
    /// Example: --to sqlite:gongbao.db
    ///
    /// Example: --to postgres://gongbao:secret@localhost:5432/gongbao
    #[arg(long, value_name = "URL")]
    pub to: String,

    /// Also removes the sources that the database has and the PATHs have not
    ///
    /// When a PATH cannot be read, none is removed.
    ///
    /// Example: gongbao load output --to sqlite:gongbao.db --prune
    #[arg(long)]
    pub prune: bool,

    /// Encoding of all sources, by its name in the Encoding Standard [default: detected for each]
    ///
    /// Example: --encoding big5
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub encoding: Option<Encoding>,
}

pub fn run(args: &LoadArgs) -> Result<Exit> {
    let target = Target::parse(&args.to)?;
    let inputs: Vec<_> = args.paths.iter().flat_map(|path| gather::find(path)).collect();
    let mut load = Load::begin(&target)?;
    let mut failed = 0;
    gather::read_each(&inputs, args.encoding, |output| match output.and_then(tables::fitting) {
        Ok(output) => load.add(output),
        Err(error) => {
            complain(format_args!("{error:#}"));
            failed += 1;
            Ok(())
        }
    })?;
    if args.prune && failed == 0 {
        load.prune()?;
    }
    let done = load.finish()?;
    let removed = if args.prune { format!(", {} removed", done.removed) } else { String::new() };
    writeln!(io::stdout(), "{target}: {} sources loaded{removed}, {} rows", done.sources, done.rows)
        .context("stdout")?;
    Ok(if failed == 0 { Exit::AllGood } else { Exit::SomeFailed })
}
