//! Begun logins that can no longer be finished: which, since when, and why. No secret, and not for long.

use serde::{Deserialize, Serialize};

use super::record::PendingLogin;
use crate::clock::Seconds;

/// How many are remembered, the newest ones.
const MOST_REMEMBERED: usize = 32;

/// Why a login cannot be finished any more.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum EndingCause {
    /// Its answer was used, whatever came of that.
    Used,
    /// The person or the provider has refused it.
    Refused,
    /// Its time is up.
    Expired,
    /// It was the oldest when there were too many.
    Displaced,
}

/// One of them.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct EndedLogin {
    pub(crate) id: String,
    pub(crate) cause: EndingCause,
    pub(crate) at: Seconds,
}

impl EndedLogin {
    pub(super) fn expired(login: PendingLogin) -> Self {
        Self {
            id: login.id,
            cause: EndingCause::Expired,
            at: login.expires_at,
        }
    }
}

/// The newest of them, the oldest first.
#[derive(Debug, Default, Deserialize, Serialize)]
pub(super) struct EndedLogins {
    logins: Vec<EndedLogin>,
}

impl EndedLogins {
    /// What a file says. One that is damaged only costs an explanation.
    pub(super) fn parse(bytes: Option<&[u8]>) -> Self {
        let ended = bytes.and_then(|bytes| serde_json::from_slice(bytes).ok());
        ended.unwrap_or_default()
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("texts and numbers always serialise")
    }

    pub(super) fn is_empty(&self) -> bool {
        self.logins.is_empty()
    }

    pub(super) fn find(&self, id: &str) -> Option<&EndedLogin> {
        self.logins.iter().find(|ended| ended.id == id)
    }

    pub(super) fn last(&self) -> Option<&EndedLogin> {
        self.logins.last()
    }

    pub(super) fn add(&mut self, id: String, cause: EndingCause, at: Seconds) {
        self.logins.push(EndedLogin { id, cause, at });
        let surplus = self.logins.len().saturating_sub(MOST_REMEMBERED);
        self.logins.drain(..surplus);
    }

    pub(super) fn forget(&mut self, id: &str) {
        self.logins.retain(|ended| ended.id != id);
    }
}
