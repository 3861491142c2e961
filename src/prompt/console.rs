//! The console of Windows: its mode, which is put back on every way out, and the questions that are asked there.
//!
//! A terminal that is not a console, such as that of MSYS, has no mode that could be changed from here.

use std::fs::File;
use std::io::{self, Write as _};
use std::sync::atomic::Ordering;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::time::Duration;

use winapi_util::{HandleRef, console};
use zeroize::Zeroizing;

use super::answer::{HAS_ENDED, MAX_ANSWER_LENGTH, has_ended};
use super::error::Error;
use super::keyboard;
use crate::interrupt;
use crate::secret::Secret;

/// Shows what is typed.
const ENABLE_ECHO_INPUT: u32 = 0x4;
/// Hands over whole lines, which are no longer than the system's limit.
const ENABLE_LINE_INPUT: u32 = 0x2;

/// How often it is looked for events that end the process.
const GLANCE_INTERVAL: Duration = Duration::from_millis(100);

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
    if HAS_ENDED.load(Ordering::Relaxed) {
        return Err(Error::Ended);
    }
    let _hidden = KeptMode::hidden()?;
    tell(question);
    let line = line(|_| {});
    tell("\n");
    if matches!(line, Err(Error::Ended)) {
        HAS_ENDED.store(true, Ordering::Relaxed);
    }
    Secret::from_utf8(std::mem::take(&mut *line?)).ok_or(Error::NotText)
}

/// Asks, and reads one line, which `show` shows as it is typed, where the terminal does not.
pub(super) fn ask_openly(ask: impl Fn(), show: impl Fn(&str)) -> Result<String, Error> {
    if interrupt::caught().is_some() {
        return Err(Error::Interrupted);
    }
    let hidden = KeptMode::hidden();
    ask();
    let line = line(|echo| {
        if hidden.is_ok() {
            show(echo);
        }
    });
    Ok(String::from_utf8_lossy(&line?).into_owned())
}

/// The line that is typed. What of it can be shown as it is, is echoed.
fn line(echo: impl Fn(&str)) -> Result<Zeroizing<Vec<u8>>, Error> {
    let mut line = Zeroizing::new(Vec::with_capacity(MAX_ANSWER_LENGTH));
    loop {
        if interrupt::is_caught() {
            return Err(Error::Interrupted);
        }
        let Some(key) = keyboard::next(GLANCE_INTERVAL)? else {
            continue;
        };
        let shown = echoed(&line);
        if has_ended(&mut line, key)? {
            echo("\n");
            return Ok(line);
        }
        for _ in echoed(&line)..shown {
            echo("\u{8} \u{8}");
        }
        if echoed(&line) > shown {
            echo(char::from(key).encode_utf8(&mut [0; 1]));
        }
    }
}

/// How much of a line has been echoed.
fn echoed(line: &[u8]) -> usize {
    line.iter()
        .filter(|byte| matches!(byte, b' '..=b'~'))
        .count()
}

/// A console that cannot be told does without. The questions are ASCII, which each code page has.
fn tell(text: &str) {
    if let Ok(mut screen) = File::options().read(true).write(true).open("CONOUT$") {
        screen.write_all(text.as_bytes()).unwrap_or_default();
    }
}
