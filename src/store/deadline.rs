//! Calls that may never return, given a deadline.
//!
//! The keyring's libraries block: on a prompt, on a daemon that hangs, on a bus that is gone. A
//! call runs in a thread of its own, outside any async runtime; when its time is up the caller
//! goes on and the thread is left behind.

use std::fmt;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use super::error::Error;
use crate::clock::Stopwatch;
use crate::process;

/// How long a call to the keyring may take, and what happens when it takes long.
#[derive(Clone)]
pub(crate) struct Patience {
    /// The longest time of one call. A person who has to unlock the keyring needs more of it
    /// than a script can wait.
    pub deadline: Duration,
    /// After this time `on_wait` is called, once for each call.
    pub notice_after: Duration,
    /// Whether a locked keyring may ask its owner to unlock it. When it may not, and the platform
    /// can tell, a locked keyring is an error at once.
    pub may_unlock: bool,
    /// Tells a person that something, probably an unlock prompt, is being waited for.
    pub on_wait: Option<Arc<dyn Fn() + Send + Sync>>,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            deadline: Duration::from_secs(10),
            notice_after: Duration::from_millis(700),
            may_unlock: false,
            on_wait: None,
        }
    }
}

impl Patience {
    /// A minute, for a person who may be asked to unlock the keyring; `on_wait` tells them.
    pub(crate) fn interactive(on_wait: impl Fn() + Send + Sync + 'static) -> Self {
        Self {
            deadline: Duration::from_secs(60),
            may_unlock: true,
            on_wait: Some(Arc::new(on_wait)),
            ..Self::default()
        }
    }
}

impl fmt::Debug for Patience {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Patience")
            .field("deadline", &self.deadline)
            .field("notice_after", &self.notice_after)
            .field("may_unlock", &self.may_unlock)
            .finish_non_exhaustive()
    }
}

/// Threads of one call: the one that waits for it, and those that the library starts for itself,
/// without a way to say that it cannot.
const THREADS: usize = 5;

/// Looks once whether the system still gives that many.
fn require_room() -> Result<(), Error> {
    static FOUND: OnceLock<()> = OnceLock::new();
    if FOUND.get().is_none() {
        process::require_room(THREADS).map_err(|error| Error::Keyring {
            cause: error.to_string(),
        })?;
        FOUND.get_or_init(|| ());
    }
    Ok(())
}

/// Runs `work` in its own thread and waits for it as long as `patience` lasts.
///
/// # Errors
///
/// That of `work`, [`Error::TimedOut`], or [`Error::Keyring`] when the thread could not run.
pub(super) fn within<T: Send + 'static>(
    patience: &Patience,
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    require_room()?;
    let (sender, receiver) = mpsc::channel();
    thread::Builder::new()
        .name(String::from("keyring"))
        .spawn(move || {
            // The caller may have gone on.
            drop(sender.send(work()));
        })
        .map_err(|error| Error::Keyring {
            cause: error.to_string(),
        })?;
    let watch = Stopwatch::start();
    let mut answer = Err(RecvTimeoutError::Timeout);
    if let Some(on_wait) = &patience.on_wait {
        answer = watch.receive(patience.notice_after.min(patience.deadline), &receiver);
        if matches!(answer, Err(RecvTimeoutError::Timeout)) {
            on_wait();
        }
    }
    if matches!(answer, Err(RecvTimeoutError::Timeout)) {
        answer = watch.receive(patience.deadline, &receiver);
    }
    match answer {
        Ok(result) => result,
        Err(RecvTimeoutError::Timeout) => Err(Error::TimedOut {
            after: patience.deadline,
        }),
        Err(RecvTimeoutError::Disconnected) => Err(Error::Keyring {
            cause: String::from("its library stopped unexpectedly"),
        }),
    }
}

#[cfg(test)]
mod tests;
