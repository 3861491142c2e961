//! The signals of Unix that end, quit or stop a process.

use std::io;

use rustix::process::Signal;
use signal_hook::low_level::emulate_default_handler;
use tokio::signal::unix::{self, SignalKind, signal};

use super::thread::Heard;
use crate::error::Kind;

/// Hears them all.
pub(super) struct Signals {
    interrupt: unix::Signal,
    terminate: unix::Signal,
    hang_up: unix::Signal,
    quit: unix::Signal,
    stop: unix::Signal,
}

impl Signals {
    /// Hears from now on. Needs a runtime.
    pub(super) fn listen() -> io::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hang_up: signal(SignalKind::hangup())?,
            quit: signal(SignalKind::quit())?,
            stop: signal(SignalKind::from_raw(Signal::TSTP.as_raw()))?,
        })
    }

    pub(super) async fn next(&mut self) -> Heard {
        tokio::select! {
            _ = self.interrupt.recv() => Heard::End(Kind::Interrupted),
            _ = self.terminate.recv() => Heard::End(Kind::Terminated),
            _ = self.hang_up.recv() => Heard::End(Kind::Terminated),
            _ = self.quit.recv() => Heard::Quit,
            _ = self.stop.recv() => Heard::Stop,
        }
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
