//! Which credential the next request goes with, and where it comes from.

use serde_json::{Value, json};

use crate::context::{Context, Given};
use crate::env;
use crate::error::Error;
use crate::output::Page;

/// Where the credential of the next request comes from.
pub(super) enum CredentialStatus {
    /// A variable gives it.
    Given(&'static str),
    /// The stored session.
    Session(String),
    /// A variable gives the refresh token that begins a session, unless it was used before.
    BootstrapToken { used: bool },
    /// There is none.
    None,
}

impl CredentialStatus {
    pub(super) fn of(
        context: &Context,
        given: Option<&Given>,
        is_signed_in: bool,
    ) -> Result<Self, Error> {
        if let Some(given) = given {
            return Ok(Self::Given(given.source));
        }
        if is_signed_in {
            let store = &context.settings()?.store.value;
            return Ok(Self::Session(store.to_string()));
        }
        match context.bootstrap_token()? {
            None => Ok(Self::None),
            Some(bootstrap_token) => Ok(Self::BootstrapToken {
                used: context.bootstrap_tokens()?.knows(&bootstrap_token)?,
            }),
        }
    }

    pub(super) fn json(&self) -> Value {
        match self {
            Self::Given(source) => json!({ "kind": "token", "source": source }),
            Self::Session(store) => json!({ "kind": "session", "source": store }),
            Self::BootstrapToken { used } => {
                json!({ "kind": "refresh_token", "source": env::REFRESH_TOKEN, "used": used })
            }
            Self::None => Value::Null,
        }
    }

    pub(super) fn describe(&self, page: &mut Page) {
        match self {
            Self::Given(source) => page.say(format!(
                "The credential in {source} is used as is, instead of a stored session."
            )),
            Self::BootstrapToken { used: false } => page.say(format!(
                "{} has not been used yet: the next command begins a session with it.",
                env::REFRESH_TOKEN
            )),
            Self::BootstrapToken { used: true } => page.say(format!(
                "{} has already been used, and is never used again.",
                env::REFRESH_TOKEN
            )),
            Self::Session(_) | Self::None => return,
        }
        page.gap();
    }
}
