//! The running service: the portal whose people and clients it uses, and its own sessions.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::portal::Portal;
use crate::prosper::ledger::Ledger;

/// What Prosper's endpoints share. No lock is ever held across an await.
pub(crate) struct Prosper {
    pub(crate) portal: Arc<Portal>,
    ledger: Arc<Mutex<Ledger>>,
}

impl Prosper {
    pub(crate) fn new(portal: Arc<Portal>) -> Self {
        Self {
            portal,
            ledger: Arc::default(),
        }
    }

    /// The same sessions, with the people and clients of another set-up.
    pub(crate) fn with_portal(&self, portal: Arc<Portal>) -> Self {
        let ledger = Arc::clone(&self.ledger);
        Self { portal, ledger }
    }

    pub(crate) fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
