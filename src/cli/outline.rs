//! `gongbao outline`: the tree of one or more sources, to look at.

use super::args::OutlineArgs;
use super::complain;
use super::exit::Exit;
use anyhow::{Context as _, Result};
use gongbao::{emit, pipeline, read};
use std::io::{self, BufWriter, Write as _};

pub fn run(args: &OutlineArgs) -> Result<Exit> {
    let mut out = BufWriter::new(io::stdout().lock());
    let mut exit = Exit::AllGood;
    for path in &args.paths {
        match read::load_in(path, path.display().to_string(), args.encoding) {
            Ok(source) => {
                if args.paths.len() > 1 {
                    writeln!(out, "== {}", path.display()).context("stdout")?;
                }
                emit::outline::write(&mut out, &source, &pipeline::record(&source)).context("stdout")?;
            }
            Err(error) => {
                complain(format_args!("{error:#}"));
                exit = Exit::SomeFailed;
            }
        }
    }
    out.flush().context("stdout")?;
    Ok(exit)
}
