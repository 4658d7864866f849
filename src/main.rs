//! Arguments → options → library → exit code.

mod cli;

fn main() -> std::process::ExitCode {
    cli::main().into()
}
