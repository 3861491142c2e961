//! A program that this one runs: its signals, and the exit code that both end with.

use std::ffi::OsStr;
use std::io;
use std::process::{Command, ExitCode, ExitStatus};

use tokio::process::Child;

use crate::context::Context;
use crate::error::{Error, Kind};
use crate::{process, programs};

/// What shells answer when there is no such command.
const NOT_FOUND: u8 = 127;
/// What shells answer when there is one that cannot be run.
const NOT_RUN: u8 = 126;

/// Runs a command to its end, and gives its exit code. Signals that end this process go to the
/// command, which decides what it does about them, also if they come with its end: nothing is left to do then but to
/// clean up.
pub(super) async fn run(mut command: Command, context: &Context) -> Result<ExitCode, Error> {
    eprospera_inherited_signals::apply_to(&mut command);
    let program = command.get_program().to_owned();
    let mut command = tokio::process::Command::from(command);
    let mut signals = context.interrupts.listen()?;
    let mut child = match command.kill_on_drop(true).spawn() {
        Ok(child) => child,
        Err(error) => return Ok(not_run(context, &program, &error)),
    };
    loop {
        tokio::select! {
            status = child.wait() => {
                signals.keep_listening();
                return status.map(exit_code).map_err(Error::failure);
            }
            ended = signals.ended(|| ()) => forward(&child, ended.kind()),
        }
    }
}

/// Says that a command could not be run. The exit code is that of shells.
pub(super) fn not_run(context: &Context, program: &OsStr, error: &io::Error) -> ExitCode {
    let code = match error.kind() {
        io::ErrorKind::NotFound => NOT_FOUND,
        _ => NOT_RUN,
    };
    let sentence = format!("cannot run {}: {error}", program.to_string_lossy());
    let mut failure = Error::failure(sentence);
    if error.kind() == io::ErrorKind::InvalidInput && programs::is_batch_file(program) {
        failure = failure.hint(
            "a batch file cannot take an argument with a line break: run the program that it starts, or pass \
             the text in a file",
        );
    }
    context.output.failure(&failure);
    ExitCode::from(code)
}

/// Sends the command the signal that came, unless it has had it already.
#[cfg(unix)]
fn forward(child: &Child, kind: Kind) {
    use rustix::process::{Pid, Signal, kill_process};

    let signal = match kind {
        // The terminal sends Ctrl-C to the command, too.
        Kind::Interrupted if is_in_foreground() => return,
        Kind::Interrupted => Signal::INT,
        _ => Signal::TERM,
    };
    let id = child.id().and_then(|id| i32::try_from(id).ok());
    if let Some(id) = id.and_then(Pid::from_raw) {
        // A child that has just ended needs no signal.
        kill_process(id, signal).unwrap_or_default();
    }
}

/// The console sends its events to the command, too.
#[cfg(not(unix))]
fn forward(_child: &Child, _kind: Kind) {}

/// Whether a terminal sends its signals to this process and its children.
#[cfg(unix)]
fn is_in_foreground() -> bool {
    let terminal = std::fs::File::open("/dev/tty");
    terminal.is_ok_and(|terminal| {
        let group = rustix::termios::tcgetpgrp(&terminal);
        group.is_ok_and(|group| group == rustix::process::getpgrp())
    })
}

/// The child's own exit code, all 32 bits of it on Windows; a signal is 128 and its number, as shells have it.
fn exit_code(status: ExitStatus) -> ExitCode {
    #[cfg(unix)]
    let by_signal =
        std::os::unix::process::ExitStatusExt::signal(&status).map(|signal| 128 + signal);
    #[cfg(not(unix))]
    let by_signal = None;
    let code = status.code().or(by_signal).unwrap_or(1);
    process::exit_code_of(code.cast_unsigned())
}
