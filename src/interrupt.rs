//! Ctrl-C and SIGTERM: end a command at once, except while tokens are being rotated.
//!
//! Between sending a refresh token and storing its successor, an end would lose the session
//! (docs/portal.md, "Token"). A [`Hold`] makes the first signal wait for that moment to pass, for
//! [`PATIENCE`] at most; a second signal does not wait.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use tokio::sync::{oneshot, watch};

use crate::error::{Error, Kind};

/// How long a held signal waits.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Whether signals are heard by this process. From then on they no longer end it by themselves,
/// not even when nobody listens any more.
static HEARD: AtomicBool = AtomicBool::new(false);

/// The stack of work that a document from outside may lead deep: 64 MiB, of which no more is taken
/// than is used.
const STACK: usize = 64 * 1024 * 1024;

/// Does work that may take long, or for ever, so that a signal still ends the process.
///
/// # Errors
/// The interruption; or a failure, where the work broke off.
pub fn heeding<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let (done, outcome) = oneshot::channel();
    let worker = thread::Builder::new().stack_size(STACK).spawn(move || {
        // Whoever waited may have been interrupted.
        drop(done.send(work()));
    });
    let failed = |error: std::io::Error| Error::new(Kind::Failure, error);
    let _worker = worker.map_err(failed)?;
    let broke_off = |_| Error::said(Kind::Failure, "the work on the answer broke off");
    if !HEARD.load(Ordering::Relaxed) {
        return outcome
            .blocking_recv()
            .unwrap_or_else(|error| Err(broke_off(error)));
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(failed)?;
    runtime.block_on(async {
        let mut signals = Signals::listen().map_err(failed)?;
        tokio::select! {
            kind = signals.next() => Err(end_by(kind)),
            outcome = outcome => outcome.unwrap_or_else(|error| Err(broke_off(error))),
        }
    })
}

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
        HEARD.store(true, Ordering::Relaxed);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_heeds_signals_ends_as_it_would_without() {
        assert_eq!(heeding(|| Ok(7)).unwrap(), 7);
        let failed = heeding(|| -> Result<(), Error> { Err(Error::said(Kind::Conflict, "so")) });
        assert_eq!(failed.unwrap_err().kind(), Kind::Conflict);
    }

    #[test]
    fn work_that_breaks_off_is_a_failure() {
        let broken = heeding(|| -> Result<(), Error> { panic!("as the test wants it") });
        assert_eq!(broken.unwrap_err().kind(), Kind::Failure);
    }
}
