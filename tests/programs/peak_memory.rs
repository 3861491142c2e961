//! Runs a command to its end, without its stdout, and prints the most memory that it held, in KiB. Only the parent of
//! a process learns that when it is over, and only of all its children together: so this has no other.

#![cfg_attr(
    unix,
    expect(clippy::unwrap_used, reason = "a panic is how a part of a test fails")
)]

#[cfg(unix)]
fn main() -> std::process::ExitCode {
    use nix::sys::resource::{UsageWho, getrusage};
    use std::io::Write as _;
    use std::process::{Command, ExitCode, Stdio};

    let mut arguments = std::env::args_os().skip(1);
    let program = arguments.next().unwrap();
    let ended = Command::new(program)
        .args(arguments)
        .stdout(Stdio::null())
        .status()
        .unwrap();
    let most = getrusage(UsageWho::RUSAGE_CHILDREN).unwrap().max_rss();
    let mut stdout = std::io::stdout();
    writeln!(stdout, "{most}").unwrap();
    ExitCode::from(u8::try_from(ended.code().unwrap()).unwrap())
}

// The tests that ask for it are those of Linux.
#[cfg(not(unix))]
fn main() -> std::process::ExitCode {
    std::process::ExitCode::FAILURE
}
