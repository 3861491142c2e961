//! This process towards the system: what it keeps from others of the same user, and whether the
//! system still gives it what it needs.
//!
//! It knows nothing of what the process works on.

use std::io;
use std::process::ExitCode;
use std::sync::OnceLock;

use tokio::runtime::{Builder, Runtime};

/// Open files that a command at work needs: sockets, a lock, pipes, the runtime's own.
const FILES: usize = 24;
/// Threads beside the first that a command at work needs.
const THREADS: usize = 2;

#[derive(Debug, thiserror::Error)]
pub(crate) enum NoRoom {
    #[error("cannot open {FILES} more files: {0}")]
    #[cfg_attr(windows, expect(dead_code, reason = "Windows sets no limit"))]
    Files(#[source] io::Error),
    #[error("cannot start a thread: {0}")]
    Threads(#[source] io::Error),
    #[error("cannot start: {0}")]
    Other(#[source] io::Error),
}

/// Keeps tokens and passphrases out of crash dumps, and other programs of the user out of this
/// process's memory and environment. A program that is started from here is free of it.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(crate) fn keep_private() {
    use rustix::process::{DumpableBehavior, set_dumpable_behavior};
    // A sandbox may forbid the call; then it protects the process in its own way, or not at all.
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
}

/// Keeps tokens and passphrases out of crash dumps.
#[cfg(all(unix, not(any(target_os = "linux", target_os = "android"))))]
pub(crate) fn keep_private() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let before = CORE_LIMIT.get_or_init(|| getrlimit(Resource::Core).current);
    if *before != Some(0) {
        let maximum = getrlimit(Resource::Core).maximum;
        let none = Rlimit {
            current: Some(0),
            maximum,
        };
        let _ = setrlimit(Resource::Core, none);
    }
}

/// Windows writes dumps only where it was set up to.
#[cfg(not(unix))]
pub(crate) fn keep_private() {}

/// The limit that was inherited; a command gets it back.
#[cfg(all(unix, not(any(target_os = "linux", target_os = "android"))))]
static CORE_LIMIT: OnceLock<Option<u64>> = OnceLock::new();

/// Gives back what [`keep_private`] took, before this process becomes another program.
#[cfg(all(unix, not(any(target_os = "linux", target_os = "android"))))]
pub(crate) fn give_back() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    if let Some(current) = CORE_LIMIT.get() {
        let maximum = getrlimit(Resource::Core).maximum;
        let before = Rlimit {
            current: *current,
            maximum,
        };
        let _ = setrlimit(Resource::Core, before);
    }
}

/// Gives back what [`keep_private`] took: here the system does that by itself.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(crate) fn give_back() {}

/// The exit code of a command that was run, where it does not fit into an [`ExitCode`]: Windows has 32 bits.
static WHOLE_EXIT_CODE: OnceLock<u32> = OnceLock::new();

/// The exit code to end with after a command ended with this one.
pub(crate) fn exit_code_of(code: u32) -> ExitCode {
    u8::try_from(code).map_or_else(
        |_| {
            WHOLE_EXIT_CODE.get_or_init(|| code);
            ExitCode::FAILURE
        },
        ExitCode::from,
    )
}

/// Ends the process with the whole code of the command that was run, if that does not fit into `code`.
#[expect(
    clippy::exit,
    reason = "no stable call makes an `ExitCode` of more than 8 bits"
)]
pub(crate) fn with_whole_code(code: ExitCode) -> ExitCode {
    match WHOLE_EXIT_CODE.get() {
        Some(whole) if cfg!(windows) => std::process::exit(whole.cast_signed()),
        _ => code,
    }
}

/// A runtime on this thread, for the work of one command.
pub(crate) fn runtime() -> Result<Runtime, NoRoom> {
    require_room(THREADS)?;
    let mut builder = Builder::new_current_thread();
    builder.enable_all().build().map_err(NoRoom::Other)
}

/// A runtime on several threads, for a server.
pub(crate) fn parallel_runtime() -> Result<Runtime, NoRoom> {
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    require_room(workers + THREADS)?;
    let mut builder = Builder::new_multi_thread();
    builder
        .worker_threads(workers)
        .enable_all()
        .build()
        .map_err(NoRoom::Other)
}

/// Makes sure that so many threads can be started, and that the files can be opened which libraries
/// need for their own use: they panic where they get none.
pub(crate) fn require_room(threads: usize) -> Result<(), NoRoom> {
    require_files()?;
    require_threads(threads)
}

#[cfg(unix)]
fn require_files() -> Result<(), NoRoom> {
    use std::os::fd::AsFd as _;
    let input = io::stdin();
    let copy = |_| input.as_fd().try_clone_to_owned();
    let copies: Result<Vec<_>, _> = (0..FILES).map(copy).collect();
    copies.map(drop).map_err(NoRoom::Files)
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "on Unix there is a limit")]
fn require_files() -> Result<(), NoRoom> {
    Ok(())
}

/// Makes sure that so many threads can be started: libraries panic where they cannot.
pub(crate) fn require_threads(count: usize) -> Result<(), NoRoom> {
    let (held, gate) = std::sync::mpsc::channel::<()>();
    let gate = std::sync::Arc::new(std::sync::Mutex::new(gate));
    let start = |_| {
        let gate = std::sync::Arc::clone(&gate);
        let thread = std::thread::Builder::new().stack_size(64 * 1024);
        thread.spawn(move || {
            // Ends once the sender is dropped: until then, all of them run side by side.
            drop(gate.lock().map(|gate| gate.recv()));
        })
    };
    let started: Result<Vec<_>, _> = (0..count).map(start).collect();
    drop(held);
    for thread in started.map_err(NoRoom::Threads)? {
        drop(thread.join());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ordinary_process_has_room() {
        require_threads(8).unwrap();
        runtime().unwrap();
        parallel_runtime().unwrap();
    }
}
