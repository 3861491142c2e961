//! A login with a given token that was cut off, and whose tokens wait for the person to go on.

use serde_json::{Value, json};

use crate::error::Error;
use crate::output::moment;
use crate::session::{Record, SessionStore};

/// What such a login has left.
pub(super) struct UnfinishedLogin {
    is_alone: bool,
    /// Its session, or why that cannot be read.
    found: Result<Record, String>,
}

impl UnfinishedLogin {
    /// What waits beside the stored session.
    pub(super) fn beside(session_store: &SessionStore, stored: Option<&Record>) -> Option<Self> {
        let found = session_store.waiting_beside(stored).transpose()?;
        Some(Self {
            is_alone: stored.is_none(),
            found: found.map_err(|error| Error::from(error).sentence()),
        })
    }

    pub(super) fn json(&self) -> Value {
        let record = self.found.as_ref().ok();
        json!({
            "account": record.map(|record| &record.account).filter(|account| !account.subject.is_empty()),
            "begun_at": record.map(|record| moment(record.signed_in_at)),
            "readable": record.is_some(),
        })
    }

    /// How the person goes on.
    pub(super) fn way_on(&self) -> &'static str {
        match (&self.found, self.is_alone) {
            (Ok(_), true) => {
                "a login is unfinished: run `eprospera login --with-token` again with the same \
                 refresh token, or run `eprospera logout` to end it"
            }
            (Ok(_), false) => {
                "a login is unfinished: run `eprospera login --with-token` again with the same \
                 refresh token, and with `--replace` if it belongs to a different account, or run \
                 `eprospera logout` to end both"
            }
            (Err(_), true) => {
                "a login is unfinished and cannot be read: set its key, or discard it with \
                 `eprospera logout --discard-unreadable`"
            }
            (Err(_), false) => {
                "a login is unfinished and cannot be read: set its key, or discard it with \
                 `eprospera login --with-token --replace`"
            }
        }
    }

    pub(super) fn words(&self) -> String {
        let way_on = self.way_on();
        match &self.found {
            Ok(record) if !record.account.subject.is_empty() => {
                format!(
                    "New tokens for {} are waiting to be used; {way_on}",
                    record.account.label()
                )
            }
            Ok(_) => format!("New tokens are waiting to be used; {way_on}"),
            Err(why) => format!("Tokens are waiting to be used; {way_on} ({why})"),
        }
    }
}
