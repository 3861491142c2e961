//! The signals of Unix that end, quit or stop a process.

use std::io;

use rustix::process::Signal;
use signal_hook::low_level::emulate_default_handler;
use tokio::signal::unix::{self, SignalKind, signal};

use super::state::Heard;
use crate::error::Kind;

/// Hears them all, but for those that were ignored when the program started: they stay so.
pub(super) struct Signals {
    interrupt: Option<unix::Signal>,
    terminate: Option<unix::Signal>,
    hang_up: Option<unix::Signal>,
    quit: Option<unix::Signal>,
    stop: Option<unix::Signal>,
}

impl Signals {
    /// Hears from now on. Needs a runtime.
    pub(super) fn listen() -> io::Result<Self> {
        Ok(Self {
            interrupt: hear(SignalKind::interrupt())?,
            terminate: hear(SignalKind::terminate())?,
            hang_up: hear(SignalKind::hangup())?,
            quit: hear(SignalKind::quit())?,
            stop: hear(SignalKind::from_raw(Signal::TSTP.as_raw()))?,
        })
    }

    pub(super) async fn next(&mut self) -> Heard {
        tokio::select! {
            () = came(&mut self.interrupt) => Heard::End(Kind::Interrupted),
            () = came(&mut self.terminate) => Heard::End(Kind::Terminated),
            () = came(&mut self.hang_up) => Heard::End(Kind::Terminated),
            () = came(&mut self.quit) => Heard::Quit,
            () = came(&mut self.stop) => Heard::Stop,
        }
    }
}

fn hear(kind: SignalKind) -> io::Result<Option<unix::Signal>> {
    let is_heard = !eprospera_inherited_signals::is_ignored(kind.as_raw_value());
    is_heard.then(|| signal(kind)).transpose()
}

async fn came(signal: &mut Option<unix::Signal>) {
    match signal {
        Some(signal) => drop(signal.recv().await),
        None => std::future::pending().await,
    }
}

/// Does what Ctrl-\ does to a process that does not hear it.
pub(super) fn quit() {
    // It only fails for signals that do not exist.
    emulate_default_handler(Signal::QUIT.as_raw()).unwrap_or_default();
}

/// Does what Ctrl-Z does to a process that does not hear it, and returns when it goes on.
pub(super) fn stop() {
    emulate_default_handler(Signal::TSTP.as_raw()).unwrap_or_default();
}
