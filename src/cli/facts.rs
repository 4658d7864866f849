//! `gongbao facts`: each line of stdin is a text of its own.

use super::exit::Exit;
use super::lines;
use anyhow::{Context as _, Result};
use gongbao::{emit, pipeline};
use std::io::{self, BufWriter};

/// Answers each line with one line, so that both can be laid side by side; a line that is no text gets an object without
/// facts, and a remark on stderr.
pub fn run() -> Result<Exit> {
    let mut out = BufWriter::new(io::stdout().lock());
    lines::answer_each(&mut out, |out, _, line| {
        emit::json::write_facts(out, line, &pipeline::facts(line)).context("stdout")
    })
}
