//! Notices a client that goes right after the TLS handshake.
//!
//! Node.js looks at the certificate only then, and sends no alert if it does not like it.

use std::sync::Arc;
use std::time::{Duration, Instant};

/// What goes this soon did not wait for anything.
const AT_ONCE: Duration = Duration::from_secs(1);

/// Told why a client got no answer.
pub(crate) type Report = Arc<dyn Fn(String) + Send + Sync>;

/// Whether the client goes on after the handshake.
pub(crate) struct FirstRead(Option<Box<Awaited>>);

struct Awaited {
    since: Instant,
    report: Report,
    words: String,
}

impl FirstRead {
    /// The handshake is over; `words` are for a client that goes at once.
    pub(crate) fn after(report: Report, words: String) -> Self {
        Self(Some(Box::new(Awaited {
            since: Instant::now(),
            report,
            words,
        })))
    }

    /// The first read has ended, with bytes or without.
    pub(crate) fn ended(&mut self, is_request: bool) {
        if let Some(awaited) = self.0.take()
            && !is_request
            && awaited.since.elapsed() < AT_ONCE
        {
            (awaited.report)(awaited.words);
        }
    }
}
