//! A process in the background that asks something stops until it is in the foreground.

use std::io;
use std::os::fd::AsFd;

use rustix::process::{Signal, getpgrp, kill_current_process_group};
use rustix::termios::tcgetpgrp;

use super::is_caught_soon;

/// How often the process asks to be stopped. Where no shell has put it into the background, nothing
/// stops it, and nothing ever brings it back.
const MOST_STOPS: u32 = 10;

#[derive(Debug, thiserror::Error)]
pub(crate) enum NoTerminal {
    /// A signal came, which ends the process.
    #[error("interrupted")]
    Caught,
    /// Nothing stops this process although it is in the background.
    #[error("another program has the terminal")]
    Taken,
    #[error(transparent)]
    Io(#[from] io::Error),
}

#[derive(Debug, Default)]
pub(crate) struct Background {
    stops: u32,
}

impl Background {
    /// Returns in the foreground: at once with `false`, or with `true` after the process has been
    /// stopped and continued.
    pub(crate) fn leave(&mut self, terminal: impl AsFd) -> Result<bool, NoTerminal> {
        let is_theirs = || tcgetpgrp(&terminal).is_ok_and(|group| group != getpgrp());
        let mut has_stopped = false;
        while is_theirs() {
            // After Ctrl-Z, or the stop below, a shell's `kill` sends the signal that ends the
            // process together with the one that continues it. To stop again before it is heard
            // would be to ignore it.
            if is_caught_soon(|| !is_theirs()) {
                return Err(NoTerminal::Caught);
            }
            if !is_theirs() {
                break;
            }
            if self.stops == MOST_STOPS {
                return Err(NoTerminal::Taken);
            }
            self.stops += 1;
            has_stopped = true;
            // What reading would do, but no signal comes between this and the next look.
            kill_current_process_group(Signal::TTIN).map_err(io::Error::from)?;
        }
        Ok(has_stopped)
    }
}
