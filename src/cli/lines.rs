//! Lines of stdin, each a text of its own.

use super::complain;
use super::exit::Exit;
use anyhow::{Context as _, Result};
use std::io::{self, BufRead as _, BufReader, Write};

/// Hands each line of stdin with its number to `answer`, without its end and the byte-order mark of the first. A line that
/// is no text is told on stderr and handed on as an empty one.
pub fn answer_each<W: Write>(out: &mut W, mut answer: impl FnMut(&mut W, usize, &str) -> Result<()>) -> Result<Exit> {
    let mut input = BufReader::new(io::stdin().lock());
    let mut exit = Exit::AllGood;
    let mut bytes = Vec::new();
    for number in 1.. {
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
        answer(out, number, line)?;
        // A person who types waits for the answer; a pipe has more lines in the buffer.
        if input.buffer().is_empty() {
            out.flush().context("stdout")?;
        }
    }
    out.flush().context("stdout")?;
    Ok(exit)
}
