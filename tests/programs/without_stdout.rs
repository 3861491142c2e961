//! Runs a command without a stdout, as whatever has none itself: a service, or a program with a window. No shell of Windows can
//! close it.

#![cfg_attr(
    windows,
    expect(clippy::unwrap_used, reason = "a panic is how a part of a test fails")
)]

use std::process::ExitCode;

#[cfg(windows)]
fn main() -> ExitCode {
    eprospera_inherited_signals::close_stdout().unwrap();
    let mut arguments = std::env::args_os().skip(1);
    let mut command = std::process::Command::new(arguments.next().unwrap());
    let ended = command.args(arguments).status().unwrap();
    ExitCode::from(u8::try_from(ended.code().unwrap()).unwrap())
}

// The tests that ask for it are those of Windows.
#[cfg(not(windows))]
fn main() -> ExitCode {
    ExitCode::FAILURE
}
