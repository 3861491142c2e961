//! What every endpoint shares: set-up, keys, and the mutable state behind short locks.
//!
//! No lock is ever held across an await or a signature.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use super::client::Client;
use super::clock::Clock;
use super::device_codes::DeviceCodes;
use super::grants::Grants;
use super::injection::Faults;
use super::journal::Journal;
use super::keys::Keys;
use super::mac::MacKey;
use super::options::Options;
use super::persona::Persona;
use super::prosper::Ledger;
use super::visitors::Visitors;

/// The running portal.
pub(super) struct Portal {
    pub(super) options: Options,
    /// Origin and issuer, without a slash at its end.
    pub(super) issuer: String,
    /// Origin of the file service, without a slash at its end.
    pub(super) files: String,
    /// Keeps cursors and signed URLs from being invented.
    pub(super) mac: MacKey,
    pub(super) control_token: String,
    pub(super) clock: Clock,
    pub(super) keys: Keys,
    pub(super) faults: Faults,
    pub(super) journal: Journal,
    /// Turns `true`, or its sender goes, when the sandbox stops.
    pub(super) stopping: watch::Receiver<bool>,
    pub(super) state: Mutex<State>,
}

/// All that changes while requests are served.
#[derive(Default)]
pub(super) struct State {
    pub(super) visitors: Visitors,
    pub(super) grants: Grants,
    pub(super) devices: DeviceCodes,
    pub(super) prosper: Ledger,
}

impl State {
    /// Ends every session, with all that waits for a person; says how many there were.
    pub(super) fn end_all(&mut self, now: i64) -> usize {
        self.visitors.forget_all();
        self.devices.forget_all();
        self.grants.revoke_all(now) + self.prosper.forget_all()
    }
}

impl Portal {
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The client registered under an id, or why there is none.
    pub(super) fn registered(&self, id: &str) -> Result<&Client, String> {
        self.client(id).ok_or_else(|| {
            let known: Vec<_> = self
                .options
                .clients
                .iter()
                .map(|client| &*client.id)
                .collect();
            let known = known.join(", ");
            format!("client_id is not registered; the clients here are {known}")
        })
    }

    /// The client registered under an id; of two, the later.
    pub(super) fn client(&self, id: &str) -> Option<&Client> {
        let mut clients = self.options.clients.iter().rev();
        clients.find(|client| client.id == id)
    }

    pub(super) fn persona(&self, id: &str) -> Option<&Persona> {
        self.options
            .personas
            .iter()
            .find(|persona| persona.id == id)
    }

    /// Resolves when the sandbox stops.
    pub(super) async fn stopped(&self) {
        let mut stopping = self.stopping.clone();
        // An error means that the handle is gone, which is a stop as well.
        drop(stopping.wait_for(|stop| *stop).await);
    }
}
