//! What an ID token must say, and the outcome of each check.

use serde::Serialize;

use crate::clock::Seconds;
use crate::secret::Secret;

use super::super::issuer::Issuer;
use super::algorithm::Algorithm;

/// What the token must say.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Expectations<'a> {
    /// `iss`.
    pub issuer: &'a Issuer,
    /// A member of `aud`, and `azp`.
    pub client_id: &'a str,
    /// `nonce`; `None` where it is not known.
    pub nonce: Option<&'a str>,
    /// The access token of the same answer, for `at_hash`; `None` where it is another's.
    pub access_token: Option<&'a Secret>,
    /// `sub` of the running session; `None` at the first login.
    pub subject: Option<&'a str>,
    /// The present.
    pub now: Seconds,
    /// The server's clock less this machine's, if it was measured.
    pub clock_offset: Option<Seconds>,
    /// The algorithms that may sign; see [`Algorithm::allowed`].
    pub algorithms: &'a [Algorithm],
    /// The `max_age` of the login; `None` skips `auth_time`.
    pub max_age: Option<u64>,
}

/// The outcome of one check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "verdict", rename_all = "lowercase")]
pub(crate) enum Verdict {
    /// It holds.
    Passed,
    /// It does not hold.
    Failed {
        /// Why, cleaned of control characters.
        reason: String,
    },
    /// It could not be made, or does not apply.
    Skipped {
        /// Why.
        reason: String,
    },
}

impl Verdict {
    pub(super) fn failed(reason: impl Into<String>) -> Self {
        Self::Failed {
            reason: reason.into(),
        }
    }

    pub(super) fn skipped(reason: impl Into<String>) -> Self {
        Self::Skipped {
            reason: reason.into(),
        }
    }
}

/// One check and its outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Check {
    /// `signature`, or the claim: `iss`, `aud`, `azp`, `exp`, `nbf`, `iat`, `nonce`, `at_hash`,
    /// `sub`, and `auth_time` when a `max_age` was asked for.
    pub name: &'static str,
    /// The outcome.
    #[serde(flatten)]
    pub verdict: Verdict,
}
