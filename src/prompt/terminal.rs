//! A terminal that is read as it is typed on, without showing it, beside other work.
//!
//! Ctrl-C stays a signal. The terminal is put back when this is dropped, and taken over again when
//! the process comes back to the foreground after Ctrl-Z. A process in the background leaves it
//! alone: it belongs to whoever is in the foreground.

use std::fs::File;
use std::io::{self, Write as _};
use std::os::fd::{AsFd as _, OwnedFd};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::getpgrp;
use rustix::termios::{
    LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcgetpgrp, tcsetattr,
};
use zeroize::Zeroizing;

use super::paste::{Bytes, CHUNK, Chunks};

/// DECSET 2004: mark where a paste begins and ends. Terminals that do not know it ignore it.
const MARK: &[u8] = b"\x1b[?2004h";
const MARK_NO_MORE: &[u8] = b"\x1b[?2004l";

/// How often the foreground is looked for: each tenth of a second.
const GLANCE: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 100_000_000,
};

/// The terminal on stdin, taken over while this lives.
pub(super) struct Terminal(Arc<Shared>);

struct Shared {
    input: OwnedFd,
    before: Termios,
    marked: bool,
    /// Whether the terminal may still be changed.
    is_open: Mutex<bool>,
}

impl Terminal {
    /// Takes the terminal over and passes on what is typed; `None` in the background.
    pub(super) fn open(marked: bool, chunks: Chunks) -> io::Result<Option<Self>> {
        let input = io::stdin().as_fd().try_clone_to_owned()?;
        if !is_ours(&input) {
            return Ok(None);
        }
        let shared = Arc::new(Shared {
            before: tcgetattr(&input)?,
            input,
            marked,
            is_open: Mutex::new(true),
        });
        let terminal = Self(Arc::clone(&shared));
        shared.take_over()?;
        std::thread::Builder::new()
            .name("paste".to_owned())
            .spawn(move || shared.pump(&chunks))?;
        Ok(Some(terminal))
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let shared = &self.0;
        let mut is_open = shared.is_open();
        *is_open = false;
        // Setting it from the background would stop this process.
        if is_ours(&shared.input) {
            tcsetattr(&shared.input, OptionalActions::Now, &shared.before).unwrap_or_default();
            shared.tell(MARK_NO_MORE);
        }
    }
}

impl Shared {
    /// Passes on what is typed until the terminal is given back or has gone.
    fn pump(&self, chunks: &Chunks) {
        loop {
            let typed = match self.is_open() {
                is_open if !*is_open => return,
                // Reading from the background would stop this process.
                _is_open if is_ours(&self.input) => self.typed(),
                _is_open => Ok(Bytes::default()),
            };
            let Ok(bytes) = typed else { return };
            let is_quiet = bytes.is_empty();
            if !is_quiet && chunks.send(bytes).is_err() {
                return;
            }
            if is_quiet {
                self.glance();
            }
        }
    }

    /// Waits for input, for a moment at most. It is no read, so that the background may do it.
    fn glance(&self) {
        let mut inputs = vec![PollFd::new(&self.input, PollFlags::IN)];
        if !is_ours(&self.input) {
            // What comes is for somebody else.
            inputs.clear();
        }
        poll(&mut inputs, Some(&GLANCE)).unwrap_or_default();
    }

    /// What has been typed by now. Whoever was in the foreground meanwhile may have put the
    /// terminal to their own use.
    fn typed(&self) -> io::Result<Bytes> {
        self.take_over()?;
        let mut bytes = Zeroizing::new(vec![0; CHUNK]);
        let length = match rustix::io::read(&self.input, bytes.as_mut_slice()) {
            Err(Errno::INTR) => 0,
            read => read?,
        };
        bytes.truncate(length);
        Ok(bytes)
    }

    fn take_over(&self) -> io::Result<()> {
        let hidden = LocalModes::ICANON | LocalModes::ECHO;
        let mut mode = tcgetattr(&self.input)?;
        if !mode.local_modes.intersects(hidden) {
            return Ok(());
        }
        // A line of the terminal's own ends after 4095 bytes, and addresses can be longer.
        mode.local_modes -= hidden;
        // A read returns at once, also when there is nothing.
        mode.special_codes[SpecialCodeIndex::VMIN] = 0;
        mode.special_codes[SpecialCodeIndex::VTIME] = 0;
        tcsetattr(&self.input, OptionalActions::Now, &mode)?;
        self.tell(MARK);
        Ok(())
    }

    /// A terminal that cannot be told does without.
    fn tell(&self, sequence: &[u8]) {
        if self.marked
            && let Ok(mut terminal) = File::options().write(true).open("/dev/tty")
        {
            terminal.write_all(sequence).unwrap_or_default();
        }
    }

    fn is_open(&self) -> MutexGuard<'_, bool> {
        self.is_open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether this process is in the foreground of the terminal.
fn is_ours(terminal: &OwnedFd) -> bool {
    tcgetpgrp(terminal).is_ok_and(|group| group == getpgrp())
}
