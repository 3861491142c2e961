//! Starting a sandbox, and the handle of one that runs.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::crypto::keys::{Algorithm, KeyError, Keys, OldKey};
use crate::crypto::mac::MacKey;
use crate::crypto::random;
use crate::faults::fault::Fault;
use crate::faults::injection::Faults;
use crate::http::connection::{Disconnect, SandboxListener};
use crate::http::request_log::{Event, RequestLog};
use crate::model::client::Client;
use crate::options::Options;
use crate::people::persona::Persona;
use crate::portal::Portal;
use crate::server::router;
use crate::server::services::Services;

/// How long [`Sandbox::stop`] waits for open connections.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(1);

/// How often what has expired is forgotten while the clock goes by itself.
const SWEEP_INTERVAL: Duration = Duration::from_secs(60);

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
    /// `auto_approve` names a persona that does not exist.
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

async fn serve([listener, store]: [TcpListener; 2], services: Services) {
    let portal = &services.portal;
    let main = routed(listener, router::router(&services), Arc::clone(portal));
    let files = routed(store, router::files(portal), Arc::clone(portal));
    tokio::join!(main, files, forgetting(&services));
}

/// Forgets what has expired, now and then.
async fn forgetting(services: &Services) {
    let portal = &services.portal;
    let sweeps = async {
        loop {
            tokio::time::sleep(SWEEP_INTERVAL).await;
            services.sweep();
        }
    };
    tokio::select! {
        () = sweeps => {}
        () = portal.stopped() => {}
    }
}

async fn routed(listener: TcpListener, router: Router, portal: Arc<Portal>) {
    let service = router.into_make_service_with_connect_info::<Disconnect>();
    let until = async move { portal.stopped().await };
    let server = axum::serve(SandboxListener(listener), service).with_graceful_shutdown(until);
    // It has no error to report: a listener that fails is tried again.
    server.await.unwrap_or_default();
}

/// As URL libraries write it: without a port that is the scheme's own.
fn origin(address: SocketAddr) -> String {
    match address.port() {
        80 => format!("http://{}", address.ip()),
        _ => format!("http://{address}"),
    }
}

/// A running sandbox. It stops when it is dropped.
pub struct Sandbox {
    pub(crate) services: Services,
    stop: watch::Sender<bool>,
    server: JoinHandle<()>,
}

impl Sandbox {
    /// Starts a sandbox on 127.0.0.1 on the caller's tokio runtime. It answers when this returns.
    pub async fn start(mut options: Options) -> Result<Self, Error> {
        let is_unknown = |id: &&str| {
            let mut personas = options.personas.iter();
            !id.is_empty() && !personas.any(|persona| persona.id == **id)
        };
        if let Some(id) = options.auto_approve.as_deref().filter(is_unknown) {
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
        let personas = std::mem::take(&mut options.personas);
        let services = Services::new(Portal {
            personas: personas.into_iter().map(Arc::new).collect(),
            issuer: origin(address),
            files: origin(store_address),
            mac: MacKey::random(),
            control_token: options
                .control_token
                .clone()
                .unwrap_or_else(|| random::token("")),
            clock: Clock::default(),
            keys,
            faults: Faults::new(&options.faults),
            request_log: RequestLog::new(options.on_event.clone()),
            stopping,
            state: Mutex::default(),
            options,
        });
        let server = tokio::spawn(serve([listener, store], services.clone()));
        Ok(Self {
            services,
            stop,
            server,
        })
    }

    /// Origin and issuer: `http://127.0.0.1:8787`, without a slash at its end.
    pub fn url(&self) -> &str {
        &self.services.portal.issuer
    }

    /// Origin of the file service, which is another one than the portal's.
    pub fn files_url(&self) -> &str {
        &self.services.portal.files
    }

    /// What the `/sandbox/*` routes ask for as bearer token.
    pub fn control_token(&self) -> &str {
        &self.services.portal.control_token
    }

    /// The registered clients.
    pub fn clients(&self) -> &[Client] {
        &self.services.portal.options.clients
    }

    /// The people who can sign in.
    pub fn personas(&self) -> &[Arc<Persona>] {
        &self.services.portal.personas
    }

    /// Every request so far, oldest first.
    pub fn request_log(&self) -> Vec<Event> {
        self.services.portal.request_log.events()
    }

    /// Adds a failure.
    pub fn add_fault(&self, fault: Fault) {
        self.services.portal.faults.add(fault);
    }

    /// Drops all failures that are left.
    pub fn clear_faults(&self) {
        self.services.portal.faults.clear();
    }

    /// Moves the sandbox's clock by some seconds, backwards when negative. `Date` follows.
    pub fn advance_clock(&self, seconds: i64) {
        self.services.advance_clock(seconds);
    }

    /// Ends every session, as someone who revokes all access in the portal.
    pub fn revoke_all(&self) {
        self.services.end_all_sessions();
    }

    /// Replaces the signing key; the old one is gone from the key set.
    pub async fn rotate_key(&self) -> Result<(), KeyError> {
        self.services.portal.keys.rotate(OldKey::Gone).await
    }

    /// Stops, waits a moment for open connections, and frees the port.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        if tokio::time::timeout(SHUTDOWN_TIMEOUT, &mut self.server)
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
