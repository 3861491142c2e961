//! The other side of the wire: a strict local e-Próspera portal for trying out and testing.
//!
//! It speaks HTTP on 127.0.0.1 and nowhere else, follows docs/portal.md, and shares no type with
//! the rest of the crate: a shared type would let one mistake pass on both sides. It prints
//! nothing and reads no environment; what happens goes to the [`journal`](Sandbox::journal) and
//! to [`Options::on_event`]. All its people are invented.
//!
//! ```text
//! http/connection → server/middleware (host, faults, log) → server/router
//!     → sign_in: authorize → login → consent → callback
//!     → oauth: token → token_issuer → crypto/keys; userinfo, revoke, introspect
//!     → resources: bearer → natural_person, documents, legal_entities, tax
//!     → prosper: another service on the same origin
//! http/connection → server/middleware → files/service → signed_url, byte_range, content
//! ```

mod clock;
mod crypto;
mod difference;
mod faults;
mod files;
mod http;
mod model;
mod oauth;
mod options;
mod pages;
mod people;
mod portal;
mod prosper;
mod resources;
mod server;
mod sign_in;

#[cfg(test)]
mod tests;

use std::io;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub use crypto::keys::{Algorithm, KeyError, OldKey, UnknownAlgorithm};
pub use faults::fault::{
    Action, DiscoveryDefect, Endpoint, Fault, FileDefect, IdTokenDefect, TokenDefect,
};
pub use faults::rule::FaultError;
pub use http::request_log::Event;
pub use model::client::{Client, ClientError, GrantType, built_in};
pub use options::{Observer, Options};
pub use people::persona::{Entity, Persona, Tax};
pub use people::persona_file::{PeopleError, read_people};
pub use prosper::Space;

use clock::Clock;
use crypto::keys::Keys;
use crypto::mac::MacKey;
use crypto::random;
use faults::injection::Faults;
use http::connection::{Cut, Socket};
use http::request_log::Journal;
use portal::{Portal, State};
use server::router;

/// How long [`Sandbox::stop`] waits for open connections.
const FAREWELL: Duration = Duration::from_secs(1);

/// Why a sandbox did not start.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another program listens there.
    #[error("port {port} on 127.0.0.1 is in use")]
    PortInUse {
        /// The port asked for.
        port: u16,
    },
    /// The port could not be taken for another reason.
    #[error("cannot listen on port {port} of 127.0.0.1")]
    Bind {
        /// The port asked for.
        port: u16,
        /// The system's reason.
        source: io::Error,
    },
    /// `auto_approve` names nobody.
    #[error("there is no persona `{persona}`; use one of {known}")]
    UnknownPersona {
        /// The name.
        persona: String,
        /// Those there are.
        known: String,
    },
    /// The signing key could not be made.
    #[error("cannot make the {algorithm} signing key")]
    Key {
        /// What was to be made.
        algorithm: Algorithm,
        /// The library's reason.
        source: KeyError,
    },
}

/// Starts a sandbox on 127.0.0.1 inside the caller's runtime. When this returns it answers.
///
/// # Errors
///
/// See [`Error`].
pub async fn start(options: Options) -> Result<Sandbox, Error> {
    let nobody = |id: &&str| {
        let mut personas = options.personas.iter();
        !id.is_empty() && !personas.any(|persona| persona.id == **id)
    };
    if let Some(id) = options.auto_approve.as_deref().filter(nobody) {
        let known: Vec<_> = options
            .personas
            .iter()
            .map(|known| known.id.as_str())
            .collect();
        return Err(Error::UnknownPersona {
            persona: id.to_owned(),
            known: known.join(", "),
        });
    }
    let port = options.port;
    let bind = |source: io::Error| match source.kind() {
        io::ErrorKind::AddrInUse => Error::PortInUse { port },
        _ => Error::Bind { port, source },
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .await
        .map_err(bind)?;
    let address = listener.local_addr().map_err(bind)?;
    let bind = |source| Error::Bind { port: 0, source };
    let store = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .await
        .map_err(bind)?;
    let store_address = store.local_addr().map_err(bind)?;
    let algorithm = options.signing;
    let keys = Keys::generate(algorithm).await;
    let keys = keys.map_err(|source| Error::Key { algorithm, source })?;
    let (stop, stopping) = watch::channel(false);
    let portal = Arc::new(Portal {
        issuer: format!("http://{address}"),
        files: format!("http://{store_address}"),
        mac: MacKey::random(),
        control_token: options
            .control_token
            .clone()
            .unwrap_or_else(|| random::token("")),
        clock: Clock::default(),
        keys,
        faults: Faults::new(&options.faults),
        journal: Journal::new(options.on_event.clone()),
        stopping,
        state: Mutex::<State>::default(),
        options,
    });
    let server = tokio::spawn(serve([listener, store], Arc::clone(&portal)));
    Ok(Sandbox {
        portal,
        stop,
        server,
    })
}

async fn serve([listener, store]: [TcpListener; 2], portal: Arc<Portal>) {
    let main = routed(listener, router::router(&portal), Arc::clone(&portal));
    let files = routed(store, router::files(&portal), portal);
    tokio::join!(main, files);
}

async fn routed(listener: TcpListener, router: Router, portal: Arc<Portal>) {
    let service = router.into_make_service_with_connect_info::<Cut>();
    let until = async move { portal.stopped().await };
    let server = axum::serve(Socket(listener), service).with_graceful_shutdown(until);
    // It has no error to report: a listener that fails is tried again.
    server.await.unwrap_or_default();
}

/// A running sandbox. It stops when it is dropped.
pub struct Sandbox {
    portal: Arc<Portal>,
    stop: watch::Sender<bool>,
    server: JoinHandle<()>,
}

impl Sandbox {
    /// Origin and issuer: `http://127.0.0.1:8787`, without a slash at its end.
    pub fn url(&self) -> &str {
        &self.portal.issuer
    }

    /// Origin of the file service, which is another one than the portal's.
    pub fn files_url(&self) -> &str {
        &self.portal.files
    }

    /// What the `/sandbox/*` routes ask for as bearer token.
    pub fn control_token(&self) -> &str {
        &self.portal.control_token
    }

    /// The registered clients.
    pub fn clients(&self) -> &[Client] {
        &self.portal.options.clients
    }

    /// The people who can sign in.
    pub fn personas(&self) -> &[Persona] {
        &self.portal.options.personas
    }

    /// Every request so far, oldest first.
    pub fn journal(&self) -> Vec<Event> {
        self.portal.journal.events()
    }

    /// Adds a failure.
    pub fn add_fault(&self, fault: Fault) {
        self.portal.faults.add(fault);
    }

    /// Drops all failures that are left.
    pub fn clear_faults(&self) {
        self.portal.faults.clear();
    }

    /// Moves the sandbox's clock by some seconds, backwards when negative. `Date` follows.
    pub fn advance_clock(&self, seconds: i64) {
        self.portal.clock.advance(seconds.saturating_mul(1000));
    }

    /// Ends every session, as someone who revokes all access in the portal.
    pub fn revoke_all(&self) {
        self.portal.state().end_all(self.portal.clock.now());
    }

    /// Replaces the signing key; the old one is gone from the key set.
    ///
    /// # Errors
    ///
    /// When the new key cannot be made.
    pub async fn rotate_key(&self) -> Result<(), KeyError> {
        self.portal.keys.rotate(OldKey::Gone).await
    }

    /// Stops, waits a moment for open connections, and frees the port.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        if tokio::time::timeout(FAREWELL, &mut self.server)
            .await
            .is_err()
        {
            self.server.abort();
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.stop.send_replace(true);
    }
}
