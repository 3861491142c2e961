//! Starting a sandbox, and the handle of one that runs.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::ServiceExt;
use axum::extract::Request;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

use crate::crypto::first_key::FirstKey;
use crate::crypto::key_file::GivenKey;
use crate::crypto::key_ring::Keys;
use crate::crypto::keys::{KeyError, OldKey};
use crate::crypto::mac::MacKey;
use crate::crypto::random;
use crate::faults::fault::Fault;
use crate::faults::injection::Faults;
use crate::http::connection::Peer;
use crate::http::handshake::Handshaker;
use crate::http::listener::{Protocol, SandboxListener};
use crate::http::plain_only::PlainOnly;
use crate::http::request_log::{Event, RequestLog};
use crate::model::client::Client;
use crate::options::Options;
use crate::paths;
use crate::people::persona::Persona;
use crate::portal::Portal;
use crate::server::live::Live;
use crate::server::middleware::Site;
use crate::server::services::Services;
use crate::server::unconnected;
use crate::steering::sessions::SteeringSessions;
use crate::tls::authority::AuthorityError;
use crate::tls::server_certificate::server_config;

/// How long [`Sandbox::stop`] waits for open connections.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(1);

/// How often what has expired is forgotten while the clock goes by itself.
const SWEEP_INTERVAL: Duration = Duration::from_secs(60);

/// What a control token cannot have in an address as it is; a random one has nothing of it.
const TO_ENCODE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

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
    /// The system has no room for the thread that makes the signing key.
    #[error("cannot make the signing key")]
    Key(#[source] io::Error),
    /// The certificate to speak https with is missing.
    #[error("cannot speak https")]
    Tls(#[source] AuthorityError),
}

async fn serve(sockets: [TcpListener; 2], tls: Option<TlsAcceptor>, live: Arc<Live>) {
    let portal = live.services().portal;
    let report = unconnected::report(&live);
    let trust = trust_advice(&portal.issuer);
    let stopping = portal.stopping.clone();
    let (unfinished, mut handshakes) = mpsc::channel(1);
    let listener = |socket, origin: &str| {
        let report = Arc::clone(&report);
        let protocol = match &tls {
            None => Protocol::Http(Arc::new(PlainOnly::new(report, origin))),
            Some(tls) => Protocol::Https(Handshaker::new(
                tls.clone(),
                report,
                Arc::clone(&trust),
                stopping.clone(),
                unfinished.clone(),
            )),
        };
        SandboxListener::new(socket, protocol)
    };
    let [main, store] = sockets;
    let (main, store) = (
        listener(main, &portal.issuer),
        listener(store, &portal.files),
    );
    drop((portal, unfinished));
    let main = answered(main, &live, Site::Portal);
    let files = answered(store, &live, Site::Files);
    tokio::join!(main, files, forgetting(&live), handshakes.recv());
}

/// Forgets what has expired, now and then.
async fn forgetting(live: &Live) {
    let portal = live.services().portal;
    let sweeps = async {
        loop {
            tokio::time::sleep(SWEEP_INTERVAL).await;
            live.services().sweep();
        }
    };
    tokio::select! {
        () = sweeps => {}
        () = portal.stopped() => {}
    }
}

async fn answered(listener: SandboxListener, live: &Arc<Live>, site: Site) {
    let entrance = live.at(site);
    let portal = live.services().portal;
    let service = ServiceExt::<Request>::into_make_service_with_connect_info::<Peer>(entrance);
    let until = async move { portal.stopped().await };
    let server = axum::serve(listener, service).with_graceful_shutdown(until);
    // It has no error to report: a listener that fails is tried again.
    server.await.unwrap_or_default();
}

/// What makes a client trust the certificate.
fn trust_advice(issuer: &str) -> Arc<str> {
    let origin = issuer.replacen("https", "http", 1);
    let path = paths::CA_CERTIFICATE;
    let advice = format!(
        "give it the certificate from {origin}{path}, or run it with `eprospera sandbox exec --tls`"
    );
    advice.into()
}

/// Each to be handed to many requests.
fn shared(personas: Vec<Persona>) -> Vec<Arc<Persona>> {
    personas.into_iter().map(Arc::new).collect()
}

fn control_token(options: &Options) -> String {
    let given = options.control_token.clone();
    given.unwrap_or_else(|| random::token(""))
}

/// The key that was given, whose algorithm then counts, or one that is being made.
fn first_key(options: &mut Options) -> Result<FirstKey, Error> {
    match &options.signing_key {
        Some(GivenKey(key)) => {
            options.signing = key.algorithm;
            Ok(FirstKey::given(Arc::clone(key)))
        }
        None => FirstKey::generate(options.signing).map_err(Error::Key),
    }
}

/// As URL libraries write it: without a port that is the scheme's own.
fn origin(address: SocketAddr, is_https: bool) -> String {
    match (is_https, address.port()) {
        (false, 80) => format!("http://{}", address.ip()),
        (true, 443) => format!("https://{}", address.ip()),
        (false, _) => format!("http://{address}"),
        (true, _) => format!("https://{address}"),
    }
}

/// A running sandbox. It stops when it is dropped.
pub struct Sandbox {
    live: Arc<Live>,
    url: String,
    files_url: String,
    control_token: String,
    stop: watch::Sender<bool>,
    server: JoinHandle<()>,
}

impl Sandbox {
    /// Whether a sandbox can start with these options: not if someone who does not exist would sign
    /// in.
    pub fn check(options: &Options) -> Result<(), Error> {
        let is_unknown = |id: &&str| {
            let mut personas = options.personas.iter();
            !id.is_empty() && !personas.any(|persona| persona.id == **id)
        };
        let Some(id) = options.auto_approve.as_deref().filter(is_unknown) else {
            return Ok(());
        };
        let known = options.personas.iter().map(|known| known.id.as_str());
        Err(Error::UnknownPersona {
            persona: id.to_owned(),
            known: known.collect::<Vec<_>>().join(", "),
        })
    }

    /// Starts a sandbox on 127.0.0.1 on the caller's tokio runtime. It answers when this returns.
    pub async fn start(mut options: Options) -> Result<Self, Error> {
        Self::check(&options)?;
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
        let first = first_key(&mut options)?;
        let authority = options.tls.clone();
        let tls = authority.as_ref().map(server_config).transpose();
        let tls = tls.map_err(Error::Tls)?;
        let (stop, stopping) = watch::channel(false);
        let personas = shared(std::mem::take(&mut options.personas));
        let portal = Portal {
            personas,
            issuer: origin(address, tls.is_some()),
            files: origin(store_address, tls.is_some()),
            ca_certificate: authority.map(|authority| authority.certificate_pem().into()),
            mac: MacKey::random(),
            control_token: control_token(&options),
            steering: Arc::new(SteeringSessions::new()),
            approval: Arc::default(),
            clock: Arc::default(),
            keys: Arc::new(Keys::new(first)),
            faults: Arc::new(Faults::new(&options.faults)),
            request_log: Arc::new(RequestLog::new(options.on_event.clone())),
            recorder: Arc::default(),
            stopping,
            state: Arc::default(),
            options,
        };
        let (url, files_url) = (portal.issuer.clone(), portal.files.clone());
        let control_token = portal.control_token.clone();
        let live = Live::start(portal);
        let tls = tls.map(|config| TlsAcceptor::from(Arc::new(config)));
        let server = tokio::spawn(serve([listener, store], tls, Arc::clone(&live)));
        Ok(Self {
            live,
            url,
            files_url,
            control_token,
            stop,
            server,
        })
    }

    /// Everything back to how it was at the start: people, sessions, faults, clock, request log.
    /// The signing key is the first one again. Requests that are still open change nothing that
    /// comes after.
    pub fn reset(&self) {
        self.live.reset();
    }

    /// Takes over other people, clients, lifetimes, failures and ways to answer while it runs.
    /// Sessions stay, of people and clients that are still there. Port, key, TLS, control token and
    /// observer are those of the start.
    pub fn reconfigure(&self, mut options: Options) -> Result<(), Error> {
        Self::check(&options)?;
        let now = self.services().portal.options.clone();
        let personas = shared(std::mem::take(&mut options.personas));
        let options = Options {
            port: now.port,
            signing: now.signing,
            signing_key: now.signing_key,
            tls: now.tls,
            control_token: now.control_token,
            on_event: now.on_event,
            ..options
        };
        self.live.reconfigure(options, personas);
        Ok(())
    }

    pub(crate) fn services(&self) -> Services {
        self.live.services()
    }

    /// Origin and issuer: `http://127.0.0.1:8787`, or with `https`, without a slash at its end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Origin of the file service, which is another one than the portal's.
    pub fn files_url(&self) -> &str {
        &self.files_url
    }

    /// The certificate in PEM that clients have to trust, where https is spoken.
    pub fn ca_certificate(&self) -> Option<String> {
        self.services()
            .portal
            .options
            .tls
            .as_ref()
            .map(|authority| authority.certificate_pem().to_owned())
    }

    /// What the `/sandbox/*` routes ask for as bearer token.
    pub fn control_token(&self) -> &str {
        &self.control_token
    }

    /// The page that shows what happens here, with the right to steer: the control token is in the
    /// fragment, which no browser sends, and the page takes it out of the address.
    pub fn inspector_url(&self) -> String {
        let token = utf8_percent_encode(&self.control_token, TO_ENCODE);
        format!("{}/#control={token}", self.url)
    }

    /// The registered clients.
    pub fn clients(&self) -> Vec<Client> {
        self.services().portal.options.clients.clone()
    }

    /// The people who can sign in.
    pub fn personas(&self) -> Vec<Arc<Persona>> {
        self.services().portal.personas.clone()
    }

    /// Every request so far, oldest first.
    pub fn request_log(&self) -> Vec<Event> {
        self.services().portal.request_log.events()
    }

    /// Adds a failure.
    pub fn add_fault(&self, fault: Fault) {
        let portal = self.services().portal;
        portal.faults.add(fault);
        portal.recorder.touch();
    }

    /// Drops all failures that are left.
    pub fn clear_faults(&self) {
        let portal = self.services().portal;
        portal.faults.clear();
        portal.recorder.touch();
    }

    /// Moves the sandbox's clock by some seconds, backwards when negative. `Date` follows.
    pub fn advance_clock(&self, seconds: i64) {
        self.services().advance_clock(seconds);
    }

    /// Ends every session, as someone who revokes all access in the portal.
    pub fn revoke_all(&self) {
        self.services().end_all_sessions();
    }

    /// Replaces the signing key; the old one is gone from the key set.
    pub async fn rotate_key(&self) -> Result<(), KeyError> {
        let portal = self.services().portal;
        let rotated = portal.keys.rotate(OldKey::Gone).await;
        portal.recorder.touch();
        rotated.map(drop)
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
