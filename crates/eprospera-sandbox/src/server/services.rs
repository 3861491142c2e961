//! Both services of the main origin, and what concerns both.

use std::sync::Arc;

use axum::extract::FromRef;

use crate::model::grants::Grant;
use crate::portal::Portal;
use crate::prosper::service::Prosper;

/// Puts the sandbox back to how it started.
pub(crate) type Reset = Arc<dyn Fn() + Send + Sync>;

#[derive(Clone)]
pub(crate) struct Services {
    pub(crate) portal: Arc<Portal>,
    pub(crate) prosper: Arc<Prosper>,
    pub(crate) reset: Reset,
}

impl Services {
    pub(crate) fn new(portal: Portal, reset: Reset) -> Self {
        let portal = Arc::new(portal);
        let prosper = Arc::new(Prosper::new(Arc::clone(&portal)));
        Self {
            portal,
            prosper,
            reset,
        }
    }

    /// The same sessions under another set-up.
    pub(crate) fn with_portal(&self, portal: Portal) -> Self {
        let portal = Arc::new(portal);
        let prosper = Arc::new(self.prosper.with_portal(Arc::clone(&portal)));
        Self {
            portal,
            prosper,
            reset: Arc::clone(&self.reset),
        }
    }

    /// Moves the clock by some seconds, backwards when negative, and forgets what has expired.
    pub(crate) fn advance_clock(&self, seconds: i64) {
        self.portal.clock.advance(seconds.saturating_mul(1000));
        self.sweep();
        self.portal.recorder.touch();
    }

    /// Forgets what has expired, and gives its memory back.
    pub(crate) fn sweep(&self) {
        let now = self.portal.clock.now();
        self.portal.state().sweep(now);
        self.prosper.ledger().sweep(now);
    }

    /// Ends one session of the portal; says whether it had not ended before.
    pub(crate) fn end_session(&self, number: u64) -> bool {
        let now = self.portal.clock.now();
        let grants = &mut self.portal.state().grants;
        let is_live = |grant: &Grant| grant.revoked.is_none() && grant.expires > now;
        let was_live = grants.families.get(&number).is_some_and(is_live);
        grants.revoke_family(number, now, "it was revoked in the inspector");
        was_live
    }

    /// Ends every session, with all that waits for a person; says how many there were.
    pub(crate) fn end_all_sessions(&self) -> usize {
        let now = self.portal.clock.now();
        let ended = self.portal.state().end_all(now) + self.prosper.ledger().forget_all();
        self.portal.recorder.touch();
        ended
    }
}

impl FromRef<Services> for Arc<Portal> {
    fn from_ref(services: &Services) -> Self {
        Self::clone(&services.portal)
    }
}
