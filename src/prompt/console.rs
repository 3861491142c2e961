//! The console of Windows: its mode, which is put back on every way out, and one question.
//!
//! A terminal that is not a console, such as that of MSYS, has no mode that could be changed from here.

use std::io;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use winapi_util::{HandleRef, console};

use super::error::Error;
use crate::interrupt;
use crate::secret::Secret;

/// Shows what is typed.
const ENABLE_ECHO_INPUT: u32 = 0x4;
/// Hands over whole lines, which are no longer than the system's limit.
const ENABLE_LINE_INPUT: u32 = 0x2;

static BEFORE: Mutex<Option<Before>> = Mutex::new(None);

/// A console whose mode is this process's to change.
struct Before {
    mode: u32,
    users: usize,
}

/// Keeps the mode of the console on stdin, to be put back when the last one of these is dropped or the process
/// ends.
pub(super) struct KeptMode(());

impl KeptMode {
    pub(super) fn of_stdin() -> io::Result<Self> {
        static SHARED: Once = Once::new();
        SHARED.call_once(|| {
            interrupt::share_terminal(interrupt::Terminal { leave });
        });
        // An event that ends the process has to be heard, so that the mode is put back.
        interrupt::hear()?;
        let mut before = before();
        if let Some(before) = &mut *before {
            before.users += 1;
        } else {
            let mode = console::mode(HandleRef::stdin())?;
            *before = Some(Before { mode, users: 1 });
        }
        Ok(Self(()))
    }

    /// The same, with what is typed handed over at once and not shown. The keys that make events keep doing
    /// so.
    pub(super) fn hidden() -> io::Result<Self> {
        let kept = Self::of_stdin()?;
        let mode = console::mode(HandleRef::stdin())?;
        let hidden = mode & !(ENABLE_ECHO_INPUT | ENABLE_LINE_INPUT);
        console::set_mode(HandleRef::stdin(), hidden)?;
        Ok(kept)
    }
}

impl Drop for KeptMode {
    fn drop(&mut self) {
        let mut before = before();
        let Some(kept) = before.as_mut() else { return };
        kept.users -= 1;
        if kept.users == 0 {
            kept.put_back();
            *before = None;
        }
    }
}

impl Before {
    fn put_back(&self) {
        // A console that has gone has no mode.
        console::set_mode(HandleRef::stdin(), self.mode).unwrap_or_default();
    }
}

/// Puts the mode back for good.
pub(super) fn leave() {
    if let Some(kept) = before().take() {
        kept.put_back();
    }
}

fn before() -> MutexGuard<'static, Option<Before>> {
    BEFORE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Asks, and reads one line, which is not shown.
pub(super) fn ask(question: &str) -> Result<Secret, Error> {
    if interrupt::caught().is_some() {
        return Err(Error::Interrupted);
    }
    let _kept = KeptMode::of_stdin()?;
    let answer = rpassword::prompt_password(question);
    // Ctrl-C ends the read before it is heard.
    if answer.is_err() && interrupt::is_caught_soon(|| false) {
        return Err(Error::Interrupted);
    }
    match answer {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Err(Error::Ended),
        answer => Ok(Secret::unregistered(answer?)),
    }
}
