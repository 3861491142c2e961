//! Ctrl-C and SIGTERM, or what stands for them on Windows: end a command at once, except while tokens are being rotated.
//!
//! Between sending a refresh token and storing its successor, an end would lose the session
//! (docs/portal.md, "Token"). A [`Hold`] makes the first signal wait for that moment to pass, for
//! [`HELD_SIGNAL_TIMEOUT`] at most; a second signal does not wait, if it is not the first one's
//! [echo](state::ECHO). A signal that was ignored when the program
//! started (`nohup`) stays ignored.
//!
//! One thread hears the signals of the process. It tells the code that [listens](Interrupts::listen);
//! where none does, or work [keeps the listener from its turn](unattended), it ends the process
//! itself. It also carries out Ctrl-Z and Ctrl-\, so that a terminal that was taken over is given
//! back before the process stops or quits.

#![cfg_attr(
    all(windows, target_env = "gnu"),
    expect(
        clippy::missing_const_for_thread_local,
        reason = "it is constant: clippy takes what the macro makes of it here for the initializer"
    )
)]

#[cfg(unix)]
mod background;
#[cfg_attr(not(unix), path = "interrupt/elsewhere.rs")]
mod signals;
mod state;
mod thread;

use std::cell::Cell;
use std::sync::atomic::Ordering;
use std::sync::mpsc;
#[cfg(unix)]
use std::time::Duration;

use tokio::sync::watch;

use crate::clock;
use crate::error::{Error, Kind};
use state::{Caught, ECHO, STATE, end_by};

#[cfg(unix)]
pub(crate) use background::{Background, NoTerminal};
pub(crate) use state::{Counted, HELD_SIGNAL_TIMEOUT};
pub(crate) use thread::{Terminal, end_with, report_end_with, share_terminal};

/// The stack of work that a document from outside may lead deep: of these 64 MiB no more is taken
/// than is used.
pub(crate) const STACK: usize = 64 * 1024 * 1024;

/// How long a signal is given to be heard.
#[cfg(unix)]
const SIGNAL_DELAY: Duration = Duration::from_millis(500);
#[cfg(unix)]
const LOOKS: u32 = 10;

thread_local! {
    /// A cautious guess where nothing is known.
    static STACK_OF_THIS_THREAD: Cell<usize> = const { Cell::new(1024 * 1024) };
}

/// How large the stack of this thread is at least.
pub(crate) fn stack_of_this_thread() -> usize {
    STACK_OF_THIS_THREAD.get()
}

/// Does work that may lead deep or take long, on a thread of its own with a large stack. A signal
/// ends the process meanwhile.
pub(crate) fn run_interruptible<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let _unattended = unattended();
    // Not one of tokio's: the caller may be a task, whose thread may not wait for those.
    let (done, outcome) = mpsc::channel();
    let worker = std::thread::Builder::new()
        .stack_size(STACK)
        .spawn(move || {
            STACK_OF_THIS_THREAD.set(STACK);
            drop(done.send(work()));
        });
    let _worker = worker.map_err(Error::failure)?;
    outcome.recv().unwrap_or_else(|_| {
        Err(Error::failure(
            "processing the response stopped unexpectedly",
        ))
    })
}

/// Begins work that keeps listeners from their turn: a signal ends the process until this is
/// dropped.
pub(crate) fn unattended() -> Counted {
    Counted::new(&STATE.unattended)
}

/// Whether a signal has come, and a listener is about to end the process.
pub(crate) fn is_caught() -> bool {
    STATE.caught.borrow().count > 0 && STATE.caught.receiver_count() > 0
}

/// Whether a signal has come, or comes in a moment, as the thread that hears it may be behind;
/// nothing is waited for once it is `settled`.
#[cfg(unix)]
pub(crate) fn is_caught_soon(settled: impl Fn() -> bool) -> bool {
    for _ in 0..LOOKS {
        if is_caught() || settled() {
            break;
        }
        std::thread::sleep(SIGNAL_DELAY / LOOKS);
    }
    is_caught()
}

/// Whether a first signal would have to wait, and a person would be told so.
pub(crate) fn is_held() -> bool {
    *STATE.held.borrow() > STATE.silent.load(Ordering::SeqCst)
}

/// The error to end in after a signal.
pub(crate) fn caught() -> Option<Error> {
    STATE.caught.borrow().first.map(|(kind, _)| end_by(kind))
}

/// Makes sure that signals are heard from now on.
pub(crate) fn hear() -> std::io::Result<()> {
    thread::start()
}

/// Shares between a command and the listener for signals whether an end must wait.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Interrupts(());

/// While it lives, a first signal waits.
#[derive(Debug)]
#[must_use = "the hold ends when it is dropped"]
pub(crate) struct Hold(Option<Counted>);

impl Drop for Hold {
    fn drop(&mut self) {
        drop(self.0.take());
        STATE.held.send_modify(|count| *count -= 1);
    }
}

#[expect(
    clippy::unused_self,
    clippy::trivially_copy_pass_by_ref,
    reason = "what a signal must wait for is visible where an `Interrupts` is handed on"
)]
impl Interrupts {
    /// Begins work that an end would undo.
    pub(crate) fn hold(&self) -> Hold {
        STATE.held.send_modify(|count| *count += 1);
        Hold(None)
    }

    /// The same for work that stops at the signal by [`Interrupts::until_caught`] and only has to
    /// clean up: the person is not asked to wait.
    pub(crate) fn hold_in_silence(&self) -> Hold {
        STATE.held.send_modify(|count| *count += 1);
        Hold(Some(Counted::new(&STATE.silent)))
    }

    /// Does what may be cut short although an end has to wait, such as telling a server that
    /// tokens are not needed any more: `None` when a signal came first.
    pub(crate) async fn until_caught<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        let mut caught = STATE.caught.subscribe();
        tokio::select! {
            biased;
            _ = caught.wait_for(|caught| caught.count > 0) => None,
            done = work => Some(done),
        }
    }

    /// Listens from now on: a signal is noticed even before the wait for it.
    pub(crate) fn listen(&self) -> Result<Listening, Error> {
        hear().map_err(Error::failure)?;
        let caught = STATE.caught.subscribe();
        let seen = caught.borrow().count;
        Ok(Listening { caught, seen })
    }

    /// Returns when nothing is under way that an end would undo, or when that takes too long.
    pub(crate) async fn released(&self) {
        let mut held = STATE.held.subscribe();
        drop(clock::timeout(HELD_SIGNAL_TIMEOUT, held.wait_for(|count| *count == 0)).await);
    }

    /// Promises that the process ends soon after a signal. Where work does not let it, the thread
    /// that hears the signals ends it.
    pub(crate) fn bounded(&self) -> Counted {
        Counted::new(&STATE.bounded)
    }

    /// The error to end in when a signal came while the work was being finished.
    pub(crate) fn caught(&self) -> Option<Error> {
        caught()
    }

    /// What a command ends in when its work is finished: after a signal in that, with the hints of
    /// the work on what is left.
    pub(crate) fn end_of<T>(&self, outcome: Result<T, Error>) -> Result<T, Error> {
        let Some(caught) = caught() else {
            return outcome;
        };
        let failed = outcome.err();
        let hints = failed.iter().flat_map(Error::hints);
        Err(hints.fold(caught, Error::hint))
    }
}

/// Hears signals.
pub(crate) struct Listening {
    caught: watch::Receiver<Caught>,
    seen: usize,
}

impl Listening {
    /// Returns when the process is to end, with the error to end in.
    ///
    /// `waiting` is called once if a signal has to wait.
    pub(crate) async fn ended(&mut self, waiting: impl Fn()) -> Error {
        let kind = self.next().await;
        let mut held = STATE.held.subscribe();
        let count = *held.borrow();
        if count > 0 {
            let is_silent = count <= STATE.silent.load(Ordering::SeqCst);
            // A second signal counts once the person was told to wait.
            let released = clock::timeout(ECHO, held.wait_for(|count| *count == 0));
            let is_held = released.await.is_none();
            if is_held && !is_silent {
                waiting();
            }
            let released = clock::timeout(HELD_SIGNAL_TIMEOUT, held.wait_for(|count| *count == 0));
            tokio::select! {
                _ = released => {}
                _ = self.next() => {}
            }
        }
        end_by(kind)
    }

    /// Listens for as long as the process lives: a signal that is heard late does not end it, when what it was meant for
    /// has ended already and only has to be cleaned up after.
    pub(crate) fn keep_listening(self) {
        std::mem::forget(self);
    }

    async fn next(&mut self) -> Kind {
        let seen = self.seen;
        let more = self.caught.wait_for(|caught| caught.count > seen).await;
        // The sender lives as long as the process.
        let Some((count, Some(kind))) = more.ok().map(|caught| (caught.count, caught.last)) else {
            return std::future::pending().await;
        };
        self.seen = count;
        kind
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_heeds_signals_ends_as_it_would_without() {
        assert_eq!(run_interruptible(|| Ok(7)).unwrap(), 7);
        let failed = run_interruptible(|| -> Result<(), Error> { Err(Error::conflict("so")) });
        assert_eq!(failed.unwrap_err().kind(), Kind::Conflict);
    }

    #[test]
    fn work_that_breaks_off_is_a_failure() {
        let broken = run_interruptible(|| -> Result<(), Error> { panic!("as the test wants it") });
        assert_eq!(broken.unwrap_err().kind(), Kind::Failure);
    }
}
