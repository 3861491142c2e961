//! Logins that were begun, and that wait for `login --finish`.

use serde_json::{Value, json};

use crate::clock::Seconds;
use crate::output::{moment, span};
use crate::session::{PendingLogin, SessionStore};

/// Those of a store. One that cannot be read hides no session.
pub(super) fn in_store(session_store: &SessionStore) -> Vec<PendingLogin> {
    session_store
        .pending_logins()
        .list()
        .unwrap_or_else(|error| {
            tracing::debug!(%error, "the pending logins cannot be read");
            Vec::new()
        })
}

pub(super) fn json(login: &PendingLogin) -> Value {
    json!({
        "id": login.id,
        "method": login.method.name(),
        "begun_at": moment(login.begun_at),
        "expires_at": moment(login.expires_at),
    })
}

/// How the person goes on.
pub(super) fn way_on(login: &PendingLogin) -> String {
    let id = &login.id;
    format!("a login was begun: finish it with `eprospera login --finish {id}`")
}

pub(super) fn words(login: &PendingLogin, now: Seconds) -> String {
    let left = span(login.expires_at.saturating_sub(now).max(0));
    let id = &login.id;
    format!(
        "A login was begun and is pending for {left}: finish it with `eprospera login --finish {id}`."
    )
}
