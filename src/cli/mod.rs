//! The command line.

mod args;
mod eval;
mod exit;
mod explain;
mod export;
mod extract;
mod facts;
mod golden;
mod grammar;
mod lines;
mod load;
mod outline;
mod progress;
mod review;
mod rules;
mod schema;
mod schema_page;

use args::{Args, Command};
use clap::Parser as _;
use exit::Exit;
use std::fmt::Display;
use std::io::{self, ErrorKind, Write as _};

pub fn main() -> Exit {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(told) => {
            // Help and version are no error; neither is a reader that stops listening to them.
            let _ = told.print();
            return if told.use_stderr() { Exit::CouldNotRun } else { Exit::AllGood };
        }
    };
    let done = match args.command {
        Command::Eval(args) => eval::run(&args),
        Command::Extract(args) => extract::run(&args),
        Command::Export(args) => export::run(&args),
        Command::Facts => facts::run(),
        Command::Explain(args) => explain::run(&args),
        Command::Golden(command) => golden::run(&command),
        Command::Load(args) => load::run(&args),
        Command::Outline(args) => outline::run(&args),
        Command::Review(args) => review::run(&args),
        Command::Rules(args) => rules::run(&args),
        Command::Schema(args) => schema::run(&args),
    };
    done.unwrap_or_else(|error| {
        if is_broken_pipe(&error) {
            return Exit::AllGood;
        }
        complain(format_args!("{error:#}"));
        Exit::CouldNotRun
    })
}

/// `gongbao: PATH: reason` on stderr. When even that is closed there is no one left to tell.
fn complain(message: impl Display) {
    let _ = writeln!(io::stderr(), "gongbao: {message}");
}

/// Whether the reader of our output has gone, as `head` does: no fault of ours.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == ErrorKind::BrokenPipe))
}
