//! What the process knows of its signals, for the thread that hears them and for those who wait.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;

use crate::error::{Error, Kind};

/// How long a held signal waits. Longer than the shortest wait for a token answer, and than storing it takes.
pub(crate) const HELD_SIGNAL_TIMEOUT: Duration = Duration::from_secs(45);

/// What comes this soon after the first signal is the same event once more: `timeout`, systemd and
/// launchers such as npm's send theirs to the process and to its group.
pub(super) const ECHO: Duration = Duration::from_millis(300);

/// What the process knows of its signals.
pub(super) static STATE: LazyLock<InterruptState> = LazyLock::new(|| InterruptState {
    held: watch::Sender::new(0),
    silent: AtomicUsize::new(0),
    caught: watch::Sender::new(Caught::default()),
    unattended: AtomicUsize::new(0),
    bounded: AtomicUsize::new(0),
});

pub(super) struct InterruptState {
    /// How many moments there are in which an end would lose something.
    pub(super) held: watch::Sender<usize>,
    /// How many of them notice the signal themselves and are over in a moment.
    pub(super) silent: AtomicUsize,
    pub(super) caught: watch::Sender<Caught>,
    /// How much work is under way that keeps listeners from their turn.
    pub(super) unattended: AtomicUsize,
    /// How many listeners end the process when they hear a signal.
    pub(super) bounded: AtomicUsize,
}

/// The signals that came so far.
#[derive(Clone, Copy, Default)]
pub(super) struct Caught {
    /// With when it came.
    pub(super) first: Option<(Kind, Instant)>,
    pub(super) last: Option<Kind>,
    pub(super) count: usize,
}

pub(super) enum Heard {
    End(Kind),
    /// Ctrl-\: the process is to end at once.
    #[cfg(unix)]
    Quit,
    /// Ctrl-Z: the process is to stop until SIGCONT.
    #[cfg(unix)]
    Stop,
}

/// Counts as one for as long as it lives.
#[derive(Debug)]
#[must_use = "it counts until it is dropped"]
pub(crate) struct Counted(&'static AtomicUsize);

impl Counted {
    pub(super) fn new(counter: &'static AtomicUsize) -> Self {
        counter.fetch_add(1, Ordering::SeqCst);
        Self(counter)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// The error to end in after a signal.
pub(super) fn end_by(kind: Kind) -> Error {
    match kind {
        Kind::Interrupted => Error::interrupted("interrupted"),
        _ => Error::terminated("terminated"),
    }
}
