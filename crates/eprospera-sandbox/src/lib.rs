//! The other side of the wire: a strict local e-Próspera portal for trying out and testing.
//!
//! It speaks HTTP on 127.0.0.1 and nowhere else, follows docs/portal.md, and shares no type with
//! the rest of the crate: a shared type would let one mistake pass on both sides. It prints
//! nothing and reads no environment; what happens goes to the [`journal`](Sandbox::journal) and
//! to [`Options::on_event`]. All its people are invented.
//!
//! ```text
//! wire → gate (host, faults, journal) → router → authorize → login → consent → callback
//!                                             → token → grants, rotation → mint → keys
//!                           device_authorization → device_codes ← verification
//!                                             → bearer → natural_person, documents,
//!                                                        legal_entities, tax
//!                                             → userinfo, revoke, introspect, control
//! wire → gate → files → file_url, byte_range, file_content → pdf, picture
//! ```
//!
//! A new route is a new file and one line in `router`. The second service, `prosper`, is a folder of
//! its own.

mod agent_key;
mod answer;
mod authorization;
mod authorize;
mod bearer;
mod byte_range;
mod callback;
mod client;
mod client_authentication;
mod clock;
mod consent;
mod control;
mod device_authorization;
mod device_codes;
mod difference;
mod discovery;
mod documents;
mod fault;
mod fault_rule;
mod file_content;
mod file_url;
mod files;
mod gate;
mod grants;
mod index;
mod injection;
mod introspect;
mod journal;
mod keys;
mod legal_entities;
mod login;
mod mac;
mod mint;
mod natural_person;
mod options;
mod page;
mod palette;
mod parameters;
mod pdf;
mod people;
mod persona;
mod picture;
mod pkce;
mod portal;
mod prosper;
mod random;
mod revoke;
mod rotation;
mod router;
mod scope;
mod shape;
mod tax;
mod tax_document;
mod tax_query;
mod tax_shape;
mod text_form;
mod token;
mod userinfo;
mod verification;
mod visitors;
mod wire;

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

pub use client::{Client, ClientError, GrantType, built_in};
pub use fault::{Action, DiscoveryDefect, Endpoint, Fault, FileDefect, IdTokenDefect, TokenDefect};
pub use fault_rule::FaultError;
pub use journal::Event;
pub use keys::{Algorithm, KeyError, OldKey, UnknownAlgorithm};
pub use options::{Observer, Options};
pub use people::{PeopleError, read_people};
pub use persona::{Entity, Persona, Tax};
pub use prosper::Space;

use clock::Clock;
use injection::Faults;
use journal::Journal;
use keys::Keys;
use mac::MacKey;
use portal::{Portal, State};
use wire::{Cut, Socket};

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
