//! What every endpoint shares: set-up, keys, and the mutable state behind short locks.
//!
//! No lock is ever held across an await or a signature.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use crate::clock::Clock;
use crate::crypto::keys::Keys;
use crate::crypto::mac::MacKey;
use crate::faults::injection::Faults;
use crate::http::request_log::RequestLog;
use crate::model::browser_sessions::BrowserSessions;
use crate::model::client::Client;
use crate::model::device_codes::DeviceCodes;
use crate::model::grants::Grants;
use crate::options::Options;
use crate::people::persona::Persona;

/// The running portal.
pub(crate) struct Portal {
    /// All but the people.
    pub(crate) options: Options,
    pub(crate) personas: Vec<Arc<Persona>>,
    /// Origin and issuer, without a slash at its end.
    pub(crate) issuer: String,
    /// Origin of the file service, without a slash at its end.
    pub(crate) files: String,
    /// Keeps cursors and signed URLs from being invented.
    pub(crate) mac: MacKey,
    pub(crate) control_token: String,
    pub(crate) clock: Clock,
    pub(crate) keys: Keys,
    pub(crate) faults: Faults,
    pub(crate) request_log: RequestLog,
    /// Turns `true`, or its sender goes, when the sandbox stops.
    pub(crate) stopping: watch::Receiver<bool>,
    pub(crate) state: Mutex<SharedState>,
}

/// All that changes while requests are served.
#[derive(Default)]
pub(crate) struct SharedState {
    pub(crate) browsers: BrowserSessions,
    pub(crate) grants: Grants,
    pub(crate) devices: DeviceCodes,
}

impl SharedState {
    /// Forgets what expired, and gives its memory back.
    pub(crate) fn sweep(&mut self, now: i64) {
        self.browsers.sweep(now);
        self.devices.sweep(now);
        self.grants.sweep(now);
    }

    /// Ends every session, with all that waits for a person; says how many there were.
    pub(crate) fn end_all(&mut self, now: i64) -> usize {
        self.browsers.forget_all();
        self.devices.forget_all();
        self.grants.revoke_all(now)
    }
}

impl Portal {
    pub(crate) fn state(&self) -> MutexGuard<'_, SharedState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The client registered under an id, or why there is none.
    pub(crate) fn registered(&self, id: &str) -> Result<&Client, String> {
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
    pub(crate) fn client(&self, id: &str) -> Option<&Client> {
        let mut clients = self.options.clients.iter().rev();
        clients.find(|client| client.id == id)
    }

    pub(crate) fn persona(&self, id: &str) -> Option<&Arc<Persona>> {
        self.personas.iter().find(|persona| persona.id == id)
    }

    /// Who signs in and consents without pages.
    pub(crate) fn auto_approved(&self) -> Option<&Arc<Persona>> {
        match self.options.auto_approve.as_deref()? {
            "" => self.personas.first(),
            id => self.persona(id),
        }
    }

    /// Resolves when the sandbox stops.
    pub(crate) async fn stopped(&self) {
        let mut stopping = self.stopping.clone();
        // An error means that the handle is gone, which is a stop as well.
        drop(stopping.wait_for(|stop| *stop).await);
    }
}
