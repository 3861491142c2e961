//! What a failure of a lower layer comes to, before it is an error.

use std::borrow::Cow;
use std::time::Duration;

use crate::error::{Error, Kind};

/// What a failure of a lower layer comes to.
pub(super) struct ErrorReport {
    pub(super) kind: Kind,
    pub(super) hint: Option<Cow<'static, str>>,
    pub(super) status: Option<u16>,
    /// How long the server asked to wait.
    pub(super) retry_after: Option<Duration>,
}

impl ErrorReport {
    pub(super) fn new(kind: Kind, hint: &'static str) -> Self {
        Self {
            kind,
            hint: Some(Cow::Borrowed(hint)),
            status: None,
            retry_after: None,
        }
    }

    pub(super) fn status(self, status: u16) -> Self {
        Self {
            status: Some(status),
            ..self
        }
    }

    pub(super) fn on(self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
        let mut error = Error::new(self.kind, source).retry_after(self.retry_after);
        error.http_status = self.status;
        match self.hint {
            Some(hint) => error.hint(hint),
            None => error,
        }
    }
}
