//! Where no TLS is spoken, a client that begins with it waits for nothing: the first bytes of a
//! connection tell.

use crate::reason::{Reason, Report};

/// How a TLS handshake begins (RFC 8446 §5.1); methods of HTTP are letters.
const HANDSHAKE: u8 = 0x16;

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
