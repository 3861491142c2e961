//! Systems without signals have Ctrl-C.

use std::io;

use super::state::Heard;
use crate::error::Kind;

/// Hears Ctrl-C.
pub(super) struct Signals;

impl Signals {
    /// Hears from now on. Needs a runtime.
    #[expect(
        clippy::unnecessary_wraps,
        reason = "it can fail where there are signals"
    )]
    pub(super) fn listen() -> io::Result<Self> {
        Ok(Self)
    }

    pub(super) async fn next(&mut self) -> Heard {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        Heard::End(Kind::Interrupted)
    }
}

/// Windows has no such key.
pub(super) fn quit() {}

/// Windows has no such key.
pub(super) fn stop() {}
