//! The `eprospera` command.

use std::process::ExitCode;

/// musl's own asks the kernel for memory, and gives it back, some hundred times before a command begins: half of the
/// time that a short one takes (packaging/README.md, "Start").
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

fn main() -> ExitCode {
    eprospera::run(std::env::args_os())
}
