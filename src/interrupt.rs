//! Ctrl-C and SIGTERM: end a command at once, except while tokens are being rotated.
//!
//! Between sending a refresh token and storing its successor, an end would lose the session
//! (docs/portal.md, "Token"). A [`Hold`] makes the first signal wait for that moment to pass, for
//! [`PATIENCE`] at most; a second signal does not wait.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::sync::watch;

use crate::error::{Error, Kind};

/// How long a held signal waits.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Shares between a command and whoever listens for signals whether an end must wait.
#[derive(Clone, Debug)]
pub struct Interrupts {
    held: Arc<watch::Sender<usize>>,
    caught: Arc<OnceLock<Kind>>,
}

/// While it lives, a first signal waits.
#[derive(Debug)]
#[must_use = "the hold ends when it is dropped"]
pub struct Hold {
    held: Arc<watch::Sender<usize>>,
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.held.send_modify(|count| *count -= 1);
    }
}

impl Default for Interrupts {
    fn default() -> Self {
        Self {
            held: Arc::new(watch::Sender::new(0)),
            caught: Arc::default(),
        }
    }
}

impl Interrupts {
    /// Starts a moment in which an end would lose something.
    pub fn hold(&self) -> Hold {
        self.held.send_modify(|count| *count += 1);
        Hold {
            held: Arc::clone(&self.held),
        }
    }

    /// Listens from now on: a signal is noticed even if nobody waits for it yet. Needs a runtime.
    ///
    /// # Errors
    /// When signals cannot be listened for.
    pub fn listen(&self) -> Result<Listening, Error> {
        let signals = Signals::listen().map_err(|error| Error::new(Kind::Failure, error))?;
        Ok(Listening {
            signals,
            interrupts: self.clone(),
        })
    }

    /// The error to end in when a signal came while the work was being finished.
    pub fn caught(&self) -> Option<Error> {
        self.caught.get().copied().map(end_by)
    }
}

/// Hears signals.
pub struct Listening {
    signals: Signals,
    interrupts: Interrupts,
}

impl Listening {
    /// Returns when the process is to end, with the error to end in.
    ///
    /// `waiting` is called once if a signal has to wait.
    pub async fn ended(&mut self, waiting: impl Fn()) -> Error {
        let signal = self.signals.next().await;
        let kind = *self.interrupts.caught.get_or_init(|| signal);
        let mut held = self.interrupts.held.subscribe();
        if *held.borrow() > 0 {
            waiting();
            let released = tokio::time::timeout(PATIENCE, held.wait_for(|count| *count == 0));
            tokio::select! {
                _ = released => {}
                _ = self.signals.next() => {}
            }
        }
        end_by(kind)
    }
}

fn end_by(kind: Kind) -> Error {
    match kind {
        Kind::Interrupted => Error::said(kind, "interrupted"),
        _ => Error::said(kind, "terminated"),
    }
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
    hang_up: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn listen() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hang_up: signal(SignalKind::hangup())?,
        })
    }

    async fn next(&mut self) -> Kind {
        tokio::select! {
            _ = self.interrupt.recv() => Kind::Interrupted,
            _ = self.terminate.recv() => Kind::Terminated,
            _ = self.hang_up.recv() => Kind::Terminated,
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn listen() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) -> Kind {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        Kind::Interrupted
    }
}
