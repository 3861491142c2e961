//! Which signals this process found ignored or blocked when it started, and programs that are
//! started with the same. Windows has no signals: there it starts programs that end with all that they have started.

#[cfg(all(windows, feature = "testing"))]
mod console;
#[cfg(windows)]
mod job;
#[cfg(all(windows, feature = "testing"))]
mod process;
#[cfg_attr(not(unix), path = "elsewhere.rs")]
mod unix;

use std::process::Command;

#[cfg(all(windows, feature = "testing"))]
pub use console::{Console, close_stdout, send_ctrl_c};
#[cfg(windows)]
pub use job::Job;
#[cfg(all(windows, feature = "testing"))]
pub use process::{Memory, memory_of, resume, suspend};

/// Whether SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM, SIGTSTP or SIGCHLD was ignored when this process
/// started, before Rust's runtime changed any. Other signals count as not ignored.
pub fn is_ignored(signal: i32) -> bool {
    unix::is_ignored(signal)
}

/// Lets the program find SIGPIPE, SIGCHLD and the blocked signals as this process found them.
/// [`Command`] would set SIGPIPE to its default, and unblock all signals; this crate no longer ignores
/// SIGCHLD, so that children can be waited for.
pub fn apply_to(command: &mut Command) {
    unix::apply_to(command);
}

#[cfg(windows)]
fn succeeded(done: windows_sys::core::BOOL) -> std::io::Result<()> {
    if done == 0 {
        return Err(std::io::Error::last_os_error());
    }
    Ok(())
}
