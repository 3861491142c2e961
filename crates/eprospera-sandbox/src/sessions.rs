//! What a test may ask a running sandbox about its sessions, and do to them, without a request.

use std::time::Duration;

use crate::sandbox::Sandbox;

/// What a sandbox knows of an access token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessTokenState {
    /// The session that it belongs to; sessions count from 1, in the order of their sign-ins.
    pub session: u64,
    /// Why the session has ended; `None` while it lives.
    pub end: Option<&'static str>,
    /// How long ago the token expired; `None` before.
    pub expired_for: Option<Duration>,
}

impl Sandbox {
    /// What is known of an access token: `None` if it was never issued, or expired long ago.
    pub fn access_token(&self, token: &str) -> Option<AccessTokenState> {
        let portal = self.services().portal;
        let now = portal.clock.now();
        let (session, expires) = portal.state().grants.whereabouts(token)?;
        let passed = u64::try_from(now.saturating_sub(expires)).ok();
        Some(AccessTokenState {
            session,
            end: self.end_of_session(session),
            expired_for: passed.map(Duration::from_millis),
        })
    }

    /// The number of the session that was begun last; 0 without any.
    pub fn last_session(&self) -> u64 {
        self.services().portal.state().grants.next() - 1
    }

    /// Why a session has ended; `None` while it lives.
    pub fn end_of_session(&self, session: u64) -> Option<&'static str> {
        let portal = self.services().portal;
        let state = portal.state();
        match state.grants.families.get(&session) {
            None => Some("it expired"),
            Some(grant) => grant.revoked.map(|revoked| revoked.why),
        }
    }

    /// Ends a session, as the portal does when a used refresh token of it is sent once more.
    pub fn reuse_refresh_token(&self, session: u64) {
        let portal = self.services().portal;
        let now = portal.clock.now();
        let why = "a refresh token was used a second time";
        portal.state().grants.revoke_family(session, now, why);
    }

    /// The rules for failures that are left, in order.
    pub fn faults(&self) -> Vec<String> {
        self.services().portal.faults.rules()
    }
}
