//! What is typed at the console of Windows, handed to the question or paste that waits for it.
//!
//! A read of a console cannot be called off: it takes the next key, even if another question waits for that by
//! then. So one thread reads for all, only when something is wanted, and keeps what has not been taken.

use std::io::{self, Read as _};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use winapi_util::{HandleRef, console};
use zeroize::{Zeroize as _, Zeroizing};

use super::chunks::{Bytes, Chunks};

/// Ctrl-D: nothing more comes.
const END_OF_INPUT: u8 = 0x04;
/// Ctrl-Z, which says so at a console.
const CTRL_Z: u8 = 0x1a;

/// More than the buffer that std has for stdin, and never wipes: it is left out for reads of this size.
const READ: usize = 16 * 1024;

static KEYBOARD: Mutex<Keyboard> = Mutex::new(Keyboard {
    typed: Vec::new(),
    pastes: None,
    is_wanted: false,
    has_gone: false,
    is_read: false,
});

static CHANGED: Condvar = Condvar::new();

struct Keyboard {
    /// What has not been taken yet.
    typed: Vec<u8>,
    /// Takes whatever comes.
    pastes: Option<Chunks>,
    is_wanted: bool,
    has_gone: bool,
    is_read: bool,
}

/// Takes whatever is typed while it lives.
pub(super) struct Taken(());

impl Taken {
    pub(super) fn by(pastes: Chunks) -> io::Result<Self> {
        let mut keyboard = keyboard();
        begin(&mut keyboard)?;
        // Without a sender, a paste ends at once.
        if !keyboard.has_gone {
            keyboard.pastes = Some(pastes);
        }
        Ok(Self(()))
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        keyboard().pastes = None;
    }
}

/// The next byte, if one comes in time.
pub(super) fn next(patience: Duration) -> io::Result<Option<u8>> {
    let mut keyboard = keyboard();
    if keyboard.typed.is_empty() {
        keyboard.is_wanted = true;
        begin(&mut keyboard)?;
    }
    let waited = CHANGED.wait_timeout_while(keyboard, patience, |keyboard| {
        keyboard.typed.is_empty() && !keyboard.has_gone
    });
    let (mut keyboard, _) = waited.unwrap_or_else(PoisonError::into_inner);
    if keyboard.typed.is_empty() {
        return Ok(keyboard.has_gone.then_some(END_OF_INPUT));
    }
    let next = keyboard.typed.remove(0);
    if keyboard.typed.is_empty() {
        keyboard.typed.zeroize();
    }
    Ok(Some(next))
}

fn keyboard() -> MutexGuard<'static, Keyboard> {
    KEYBOARD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Has the thread read, which the first one starts.
fn begin(keyboard: &mut Keyboard) -> io::Result<()> {
    CHANGED.notify_all();
    if !keyboard.is_read {
        let thread = std::thread::Builder::new().name("keyboard".to_owned());
        thread.spawn(read)?;
        keyboard.is_read = true;
    }
    Ok(())
}

/// Reads whenever something is wanted, until there is nothing more. The end of the process ends a read.
fn read() {
    loop {
        let waited = CHANGED.wait_while(keyboard(), |keyboard| {
            !keyboard.is_wanted && keyboard.pastes.is_none()
        });
        drop(waited);
        let mut bytes = Zeroizing::new(vec![0; READ]);
        let read = io::stdin().read(&mut bytes);
        let mut keyboard = keyboard();
        match read {
            Ok(length @ 1..) => {
                bytes.truncate(length);
                for byte in bytes.iter_mut().filter(|byte| **byte == CTRL_Z) {
                    *byte = END_OF_INPUT;
                }
            }
            // Ctrl-Z as the last key that was read.
            Ok(0) if console::mode(HandleRef::stdin()).is_ok() => *bytes = vec![END_OF_INPUT],
            // A console hands over halves of characters: such a key is left out.
            Err(error)
                if [io::ErrorKind::Interrupted, io::ErrorKind::InvalidData]
                    .contains(&error.kind()) =>
            {
                continue;
            }
            Ok(_) | Err(_) => keyboard.has_gone = true,
        }
        keyboard.hand_over(bytes);
        CHANGED.notify_all();
        if keyboard.has_gone {
            return;
        }
    }
}

impl Keyboard {
    fn hand_over(&mut self, bytes: Bytes) {
        self.is_wanted = false;
        if self.has_gone {
            // Without a sender, a paste ends.
            self.pastes = None;
            return;
        }
        let refused = match &self.pastes {
            Some(pastes) => pastes.send(bytes).err().map(|refused| refused.0),
            None => Some(bytes),
        };
        if let Some(bytes) = refused {
            self.typed.extend(bytes.iter());
        }
    }
}
