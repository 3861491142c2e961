//! The `eprospera` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    eprospera::run(std::env::args_os())
}
