//! Accepts connections, and tells visitors that leave from a listener that is broken.
//!
//! No single error says that the listener is: systems report through `accept` what became of a
//! connection (POSIX, `accept`; Linux adds pending network errors; Windows has WSAECONNRESET, and Wine
//! WSAEINVAL). One that has nothing but errors for [`BROKEN_AFTER`], without a moment of quiet, is.

use std::future::poll_fn;
use std::io;
use std::net::TcpListener as Socket;
use std::task::Poll;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};

use crate::clock::Stopwatch;

/// How long a listener may report nothing but errors.
const BROKEN_AFTER: Duration = Duration::from_secs(5);
/// Errors in a row that are taken without a pause: as many visitors may leave at once.
const ERRORS_WITHOUT_PAUSE: u32 = 256;
/// The pause after each further one.
const PAUSE: Duration = Duration::from_millis(20);

/// What comes of waiting for a visitor.
pub(super) enum Accepted {
    Visitor(TcpStream),
    /// The process or the system is out of descriptors.
    Exhausted(io::Error),
    /// No visitor can come any more.
    Broken(io::Error),
}

/// The sockets of a listener.
pub(super) struct Acceptor {
    listeners: Vec<TcpListener>,
    errors: ErrorsInARow,
}

impl Acceptor {
    /// Takes over bound, non-blocking sockets. Needs a tokio runtime.
    pub(super) fn open(sockets: Vec<Socket>) -> io::Result<Self> {
        let listeners: io::Result<Vec<_>> =
            sockets.into_iter().map(TcpListener::from_std).collect();
        Ok(Self {
            listeners: listeners?,
            errors: ErrorsInARow::default(),
        })
    }

    /// Frees the port.
    pub(super) fn close(&mut self) {
        self.listeners.clear();
    }

    /// Waits for a visitor. May be dropped and called again.
    pub(super) async fn next(&mut self) -> Accepted {
        loop {
            let error = match self.accept().await {
                Ok(stream) => {
                    self.errors = ErrorsInARow::default();
                    return Accepted::Visitor(stream);
                }
                Err(error) if is_exhaustion(&error) => return Accepted::Exhausted(error),
                Err(error) => error,
            };
            tracing::debug!(%error, "a visitor could not be accepted");
            if self.errors.add() {
                return Accepted::Broken(error);
            }
            if self.errors.count > ERRORS_WITHOUT_PAUSE {
                tokio::time::sleep(PAUSE).await;
            }
        }
    }

    /// Accepts from whichever socket has a connection. One that has only errors keeps no other from its
    /// turn.
    async fn accept(&mut self) -> io::Result<TcpStream> {
        let Self { listeners, errors } = self;
        let accepting = poll_fn(|context| {
            let mut failed = None;
            for listener in listeners.iter() {
                match listener.poll_accept(context) {
                    Poll::Ready(Ok((stream, _))) => return Poll::Ready(Ok(stream)),
                    Poll::Ready(Err(error)) => failed = Some(error),
                    Poll::Pending => {}
                }
            }
            if let Some(error) = failed {
                return Poll::Ready(Err(error));
            }
            // A moment of quiet: it was the visitors.
            *errors = ErrorsInARow::default();
            Poll::Pending
        });
        // Unconstrained: a task whose turn is over gets `Pending` from tokio, which is not a moment of quiet.
        tokio::task::unconstrained(accepting).await
    }
}

/// Errors with neither a visitor nor a moment of quiet between them.
#[derive(Default)]
struct ErrorsInARow {
    count: u32,
    since: Option<Stopwatch>,
}

impl ErrorsInARow {
    /// Counts one more; tells whether they say that the listener is broken.
    fn add(&mut self) -> bool {
        self.count = self.count.saturating_add(1);
        let since = self.since.get_or_insert_with(Stopwatch::start);
        self.count > ERRORS_WITHOUT_PAUSE && since.running() > BROKEN_AFTER
    }
}

/// ENFILE, EMFILE, WSAEMFILE.
fn is_exhaustion(error: &io::Error) -> bool {
    let codes: &[i32] = if cfg!(windows) { &[10024] } else { &[23, 24] };
    error
        .raw_os_error()
        .is_some_and(|code| codes.contains(&code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_alone_do_not_say_that_a_listener_is_broken() {
        let mut errors = ErrorsInARow::default();
        assert!((0..10_000).all(|_| !errors.add()));
    }

    #[test]
    fn running_out_of_descriptors_is_told_apart() {
        let (own, foreign) = if cfg!(windows) {
            (10024, 24)
        } else {
            (24, 10024)
        };
        assert!(is_exhaustion(&io::Error::from_raw_os_error(own)));
        assert!(!is_exhaustion(&io::Error::from_raw_os_error(foreign)));
        assert!(!is_exhaustion(&io::ErrorKind::InvalidInput.into()));
    }
}
