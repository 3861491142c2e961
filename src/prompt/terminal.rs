//! The one owner of the terminal's mode.
//!
//! Code that wants to read the terminal as it is typed on, unseen, [takes](Mode::take) it. It is put
//! back when the last one has done so, before the process stops by Ctrl-Z, and whenever the process
//! ends: by a signal, by a panic, with other threads at work. Then it stays as it was.
//!
//! The keys that make signals keep doing so. A process in the background leaves the terminal alone:
//! it belongs to the process in the foreground.

use std::fs::File;
use std::io::{self, Write as _};
use std::os::fd::{AsFd as _, OwnedFd};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::getpgrp;
use rustix::termios::{
    LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcgetpgrp, tcsetattr,
};

use super::error::Error;
use crate::interrupt::{self, Background, NoTerminal};

/// DECSET 2004: mark where a paste begins and ends. Terminals that do not know it ignore it.
const MARK: &str = "\x1b[?2004h";
const MARK_NO_MORE: &str = "\x1b[?2004l";

/// How often it is looked for signals and for the foreground: each tenth of a second.
const POLL_INTERVAL: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 100_000_000,
};

static OWNER: Mutex<Owner> = Mutex::new(Owner {
    taken: None,
    is_stopping: false,
    is_over: false,
});

/// The terminal, as far as this process has changed it.
struct Owner {
    taken: Option<Taken>,
    /// The process is about to stop, and nothing may be changed until it goes on.
    is_stopping: bool,
    /// The process ends: nothing may be changed any more.
    is_over: bool,
}

/// A terminal that was taken over.
struct Taken {
    input: OwnedFd,
    before: Termios,
    marked: bool,
    users: usize,
    /// Whether the cursor stands behind a question.
    is_asking: bool,
}

/// What it took to have the terminal taken over.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Take {
    /// Nothing: it was.
    Before,
    /// It was changed.
    Now,
    /// It cannot be: the process is about to stop.
    Later,
    /// It cannot be any more: this use of it was closed.
    Never,
}

/// The terminal on stdin, taken over while this lives.
pub(super) struct Mode {
    input: OwnedFd,
    /// Changed under the lock of the owner only.
    is_open: AtomicBool,
}

impl Mode {
    /// Prepares to take the terminal over. `marked` asks it to mark where a paste begins and ends.
    pub(super) fn open(marked: bool) -> io::Result<Self> {
        static SHARED: Once = Once::new();
        SHARED.call_once(|| {
            interrupt::share_terminal(interrupt::Terminal {
                give_back,
                take_again,
                leave,
            });
        });
        // A signal while the terminal is changed has to be heard.
        interrupt::hear()?;
        let input = io::stdin().as_fd().try_clone_to_owned()?;
        let mut owner = owner();
        if let Some(taken) = &mut owner.taken {
            taken.users += 1;
        } else {
            owner.taken = Some(Taken {
                before: tcgetattr(&input)?,
                input: input.try_clone()?,
                marked,
                users: 1,
                is_asking: false,
            });
        }
        Ok(Self {
            input,
            is_open: AtomicBool::new(true),
        })
    }

    /// Takes the terminal over, if it is not so already: a program that was in the foreground meanwhile
    /// may have put it to their own use.
    pub(super) fn take(&self) -> io::Result<Take> {
        let owner = owner();
        if owner.is_over {
            drop(owner);
            // The process ends, and so does this thread with it.
            loop {
                std::thread::park();
            }
        }
        let Some(taken) = &owner.taken else {
            return Ok(Take::Never);
        };
        if owner.is_stopping {
            return Ok(Take::Later);
        }
        if !self.is_open.load(Ordering::Relaxed) {
            return Ok(Take::Never);
        }
        let hidden = LocalModes::ICANON | LocalModes::ECHO;
        let mut mode = tcgetattr(&self.input)?;
        if !mode.local_modes.intersects(hidden) {
            return Ok(Take::Before);
        }
        // A line of the terminal's own ends after 4095 bytes, and what is typed can be longer.
        mode.local_modes -= hidden;
        // A read returns at once, also when there is nothing.
        mode.special_codes[SpecialCodeIndex::VMIN] = 0;
        mode.special_codes[SpecialCodeIndex::VTIME] = 0;
        tcsetattr(&self.input, OptionalActions::Now, &mode)?;
        if taken.marked {
            tell(MARK);
        }
        Ok(Take::Now)
    }

    /// Ends this use of the terminal. The last one puts it back.
    pub(super) fn close(&self) {
        let mut owner = owner();
        if !self.is_open.swap(false, Ordering::Relaxed) {
            return;
        }
        let Some(taken) = &mut owner.taken else {
            return;
        };
        taken.users -= 1;
        if taken.users == 0 {
            taken.put_back();
            owner.taken = None;
        }
    }

    /// Shows a question, behind which the cursor stays until the terminal is put back.
    pub(super) fn ask(&self, question: &str) {
        let mut owner = owner();
        let taken = owner.taken.as_mut();
        if let Some(taken) = taken.filter(|_| self.is_open.load(Ordering::Relaxed)) {
            taken.is_asking = true;
            tell(question);
        }
    }

    /// Whether this process is in the foreground of the terminal.
    pub(super) fn is_ours(&self) -> bool {
        is_ours(&self.input)
    }

    /// Returns in the foreground: whether the process had to stop for that.
    pub(super) fn leave(&self, background: &mut Background) -> Result<bool, Error> {
        background.leave(&self.input).map_err(|error| match error {
            NoTerminal::Caught => Error::Interrupted,
            error => io::Error::other(error).into(),
        })
    }

    /// Waits for input, for a moment at most. This is not a read, so the background may do it.
    pub(super) fn glance(&self) {
        let mut inputs = [PollFd::new(&self.input, PollFlags::IN)];
        poll(&mut inputs, Some(&POLL_INTERVAL)).unwrap_or_default();
    }

    /// Waits for a moment, whatever is typed: another process reads it.
    pub(super) fn pause() {
        poll(&mut [], Some(&POLL_INTERVAL)).unwrap_or_default();
    }

    /// What has been typed by now.
    pub(super) fn read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        match rustix::io::read(&self.input, buffer) {
            Err(Errno::INTR) => Ok(0),
            read => Ok(read?),
        }
    }
}

impl Drop for Mode {
    fn drop(&mut self) {
        self.close();
    }
}

impl Taken {
    fn put_back(&mut self) {
        // Setting it from the background would stop this process.
        if is_ours(&self.input) {
            tcsetattr(&self.input, OptionalActions::Now, &self.before).unwrap_or_default();
            if self.marked {
                tell(MARK_NO_MORE);
            }
            self.next_line();
        }
    }

    fn next_line(&mut self) {
        if std::mem::take(&mut self.is_asking) {
            tell("\n");
        }
    }
}

/// Puts the terminal back for the time that the process stops.
fn give_back() {
    let mut owner = owner();
    owner.is_stopping = true;
    if let Some(taken) = &mut owner.taken {
        taken.put_back();
    }
}

/// Lets those who use the terminal take it over again.
fn take_again() {
    owner().is_stopping = false;
}

/// Puts the terminal back for good: from now on it stays as it is.
pub(super) fn leave() {
    let mut owner = owner();
    owner.is_over = true;
    if let Some(mut taken) = owner.taken.take() {
        taken.put_back();
    }
}

fn owner() -> MutexGuard<'static, Owner> {
    OWNER.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A terminal that cannot be told does without.
fn tell(text: &str) {
    if let Ok(mut terminal) = File::options().write(true).open("/dev/tty") {
        terminal.write_all(text.as_bytes()).unwrap_or_default();
    }
}

fn is_ours(terminal: &OwnedFd) -> bool {
    tcgetpgrp(terminal).is_ok_and(|group| group == getpgrp())
}
