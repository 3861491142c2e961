//! What the first bytes of a connection tell, or that none come.
//!
//! Node.js looks at the certificate only after the TLS handshake, and sends no alert if it does not
//! like it. Where no TLS is spoken, a client that begins with it waits for nothing.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::reason::Reason;

/// What goes this soon did not wait for anything.
const AT_ONCE: Duration = Duration::from_secs(1);

/// How a TLS handshake begins (RFC 8446 §5.1); methods of HTTP are letters.
const HANDSHAKE: u8 = 0x16;

/// Told why a client got no answer.
pub(crate) type Report = Arc<dyn Fn(Reason) + Send + Sync>;

/// Looks for https where plain http is spoken.
pub(crate) struct PlainOnly {
    report: Report,
    reason: Reason,
}

impl PlainOnly {
    /// `origin` is what clients have to use instead.
    pub(crate) fn new(report: Report, origin: &str) -> Self {
        let reason = Reason::new(
            "https where the sandbox speaks plain http",
            format!("use {origin}, or start the sandbox with `--tls`"),
        );
        Self { report, reason }
    }

    /// Whether a connection begins as https does, which is then reported.
    pub(crate) fn is_tls(&self, begin: &[u8]) -> bool {
        let is_tls = begin.first() == Some(&HANDSHAKE);
        if is_tls {
            (self.report)(self.reason.clone());
        }
        is_tls
    }
}

/// Whether the client goes on after the handshake.
pub(crate) struct FirstRead(Option<Box<Awaited>>);

struct Awaited {
    since: Instant,
    report: Report,
    reason: Reason,
}

impl FirstRead {
    /// The handshake is over; the reason is that of a client that goes at once.
    pub(crate) fn after(report: Report, reason: Reason) -> Self {
        Self(Some(Box::new(Awaited {
            since: Instant::now(),
            report,
            reason,
        })))
    }

    /// The first read has ended, with bytes or without.
    pub(crate) fn ended(&mut self, is_request: bool) {
        if let Some(awaited) = self.0.take()
            && !is_request
            && awaited.since.elapsed() < AT_ONCE
        {
            (awaited.report)(awaited.reason);
        }
    }
}
