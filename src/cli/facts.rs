//! `gongbao facts`: each line of stdin is a text of its own.

use super::complain;
use super::exit::Exit;
use anyhow::{Context as _, Result};
use gongbao::{emit, pipeline};
use std::io::{self, BufRead as _, BufReader, BufWriter, Write as _};

/// Answers each line with one line, so that both can be laid side by side; a line that is no text gets an object without
/// facts, and a remark on stderr.
pub fn run() -> Result<Exit> {
    let mut input = BufReader::new(io::stdin().lock());
    let mut out = BufWriter::new(io::stdout().lock());
    let mut exit = Exit::AllGood;
    let mut bytes = Vec::new();
    for number in 1_u64.. {
        bytes.clear();
        if input.read_until(b'\n', &mut bytes).context("stdin")? == 0 {
            break;
        }
        let line = std::str::from_utf8(&bytes).unwrap_or_else(|error| {
            complain(format_args!("stdin: line {number}: byte {} is not UTF-8", error.valid_up_to()));
            exit = Exit::SomeFailed;
            ""
        });
        let line = line.strip_suffix('\n').unwrap_or(line);
        let line = line.strip_suffix('\r').unwrap_or(line);
        let line = if number == 1 { line.strip_prefix('\u{feff}').unwrap_or(line) } else { line };
        emit::json::write_facts(&mut out, line, &pipeline::facts(line)).context("stdout")?;
        // A person who types waits for the answer; a pipe has more lines in the buffer.
        if input.buffer().is_empty() {
            out.flush().context("stdout")?;
        }
    }
    out.flush().context("stdout")?;
    Ok(exit)
}
