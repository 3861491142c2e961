//! The events of a Windows console: Ctrl-C and Ctrl-Break, and that the window is closed, the person logs off
//! or the computer shuts down.
//!
//! After the last three the system gives a process about five seconds and then ends it, whatever it is at.

use std::io;

use tokio::signal::windows::{
    CtrlBreak, CtrlC, CtrlClose, CtrlLogoff, CtrlShutdown, ctrl_break, ctrl_c, ctrl_close,
    ctrl_logoff, ctrl_shutdown,
};

use super::state::Heard;
use crate::error::Kind;

/// Hears them all.
pub(super) struct Signals {
    interrupt: CtrlC,
    terminate: CtrlBreak,
    close: CtrlClose,
    log_off: CtrlLogoff,
    shut_down: CtrlShutdown,
}

impl Signals {
    /// Hears from now on. Needs a runtime.
    pub(super) fn listen() -> io::Result<Self> {
        Ok(Self {
            interrupt: ctrl_c()?,
            terminate: ctrl_break()?,
            close: ctrl_close()?,
            log_off: ctrl_logoff()?,
            shut_down: ctrl_shutdown()?,
        })
    }

    pub(super) async fn next(&mut self) -> Heard {
        tokio::select! {
            _ = self.interrupt.recv() => Heard::End(Kind::Interrupted),
            _ = self.terminate.recv() => Heard::End(Kind::Terminated),
            _ = self.close.recv() => Heard::End(Kind::Terminated),
            _ = self.log_off.recv() => Heard::End(Kind::Terminated),
            _ = self.shut_down.recv() => Heard::End(Kind::Terminated),
        }
    }
}
