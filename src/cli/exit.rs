//! What the program says to its caller when it ends.

use std::process::ExitCode;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    AllGood = 0,
    /// Some sources could not be read, decoded or written; the others were.
    SomeFailed = 1,
    /// Bad flags, no output folder, stdin or stdout gone: nothing, or nothing more, was done.
    CouldNotRun = 2,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        (exit as u8).into()
    }
}
