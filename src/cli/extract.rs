//! `gongbao extract`: to a folder, or a single source to stdout.

use super::args::{ExtractArgs, InputFormat};
use super::complain;
use super::exit::Exit;
use anyhow::{Context as _, Result, bail, ensure};
use gongbao::model::{Format, Source};
use gongbao::read::encoding::Encoding;
use gongbao::read::walk;
use gongbao::{batch, emit, pipeline, read};
use std::io::{self, BufWriter, Read as _, Write as _};
use std::path::{Path, PathBuf};

pub fn run(args: &ExtractArgs) -> Result<Exit> {
    let reads_stdin = args.paths.iter().any(|path| path == Path::new("-"));
    match &args.output {
        _ if reads_stdin => {
            ensure!(args.paths.len() == 1, "`-` reads stdin and cannot be joined by other paths");
            ensure!(args.output.is_none(), "`-` writes to stdout; leave out --output");
            from_stdin(args.stdin_format, args.encoding)
        }
        Some(folder) => {
            let summary = {
                let fault = |error| complain(format_args!("{error:#}"));
                batch::run(&args.paths, folder, args.jobs, args.encoding, fault)?
            };
            Ok(if summary.failed == 0 { Exit::AllGood } else { Exit::SomeFailed })
        }
        None => single(&args.paths, args.encoding),
    }
}

fn from_stdin(format: InputFormat, encoding: Option<Encoding>) -> Result<Exit> {
    let format = match format {
        InputFormat::Text => Format::Text,
        InputFormat::Markdown => Format::Markdown,
        InputFormat::Html => Format::Html,
    };
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).context("stdin")?;
    match read::decode_in(bytes, "stdin".to_owned(), format, encoding) {
        Ok(source) => to_stdout(&source),
        Err(error) => {
            complain(format_args!("stdin: {error:#}"));
            Ok(Exit::SomeFailed)
        }
    }
}

/// Without a folder there is one place to write to, so there may be one source.
fn single(paths: &[PathBuf], encoding: Option<Encoding>) -> Result<Exit> {
    let mut found: Vec<_> = paths.iter().flat_map(|path| walk::walk(path)).collect();
    if found.len() > 1 {
        bail!("{} sources were found, stdout takes one; name a folder for them: --output DIR", found.len());
    }
    let Some(input) = found.pop() else { bail!("no source was found") };
    match input.and_then(|input| read::load_in(&input.path, input.name, encoding)) {
        Ok(source) => to_stdout(&source),
        Err(error) => {
            complain(format_args!("{error:#}"));
            Ok(Exit::SomeFailed)
        }
    }
}

fn to_stdout(source: &Source) -> Result<Exit> {
    let record = pipeline::record(source);
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    emit::json::write(&mut out, source, &record).and_then(|()| out.flush()).context("stdout")?;
    Ok(Exit::AllGood)
}
