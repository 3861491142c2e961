//! How much memory a process takes, where the system tells (Linux, Windows).

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use crate::run::Output;
use crate::sign_in::Process;

/// The most memory that a living process has held.
pub(crate) const MOST: &str = "VmHWM:";
/// What it holds beside the pages of files, such as the program's own.
pub(crate) const ANONYMOUS: &str = "RssAnon:";

/// A row of a process's status, in KiB; `None` where it has ended or the system does not tell.
#[cfg(windows)]
pub(crate) fn of(id: u32, row: &str) -> Option<u64> {
    let memory = eprospera_inherited_signals::memory_of(id).ok()?;
    let bytes = if row == MOST {
        memory.most
    } else {
        memory.private
    };
    u64::try_from(bytes / 1024).ok()
}

/// A row of a process's status, in KiB; `None` where it has ended or the system does not tell.
#[cfg(not(windows))]
pub(crate) fn of(id: u32, row: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let row = status.lines().find_map(|line| line.strip_prefix(row))?;
    row.trim().strip_suffix(" kB")?.parse().ok()
}

/// Waits for the end of a command, and looks at a row of its status until then: the most that was
/// seen, in KiB.
pub(crate) fn until_end(command: Process, row: &'static str) -> (Output, Option<u64>) {
    let id = command.child.id().unwrap();
    let (over, is_over) = channel::<()>();
    let watch = std::thread::spawn(move || {
        let mut most = None;
        let interval = Duration::from_millis(1);
        while is_over.recv_timeout(interval) == Err(RecvTimeoutError::Timeout) {
            most = most.max(of(id, row));
        }
        most
    });
    let output = command.end().0;
    drop(over);
    (output, watch.join().unwrap())
}
