//! Arguments → options → library → exit code.

mod cli;

/// A source is read into many small pieces, which are thrown away soon.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    cli::main().into()
}
