//! Accepting connections, and what a request has to be before anything is sent for it.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::body::{Body as _, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use reqwest::header::{
    CONNECTION, CONTENT_LENGTH, EXPECT, HOST, HeaderMap, HeaderName, HeaderValue, ORIGIN,
    TRANSFER_ENCODING, UPGRADE,
};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use super::allow::Rules;
use super::audit::Audit;
use super::audited::RequestAudit;
use super::body::{Body, UntilEnd};
use super::capability::{Capability, Unproven};
use super::connections::Connections;
use super::forward::{self, Outgoing, Portal};
use super::refusal::Refusal;
use super::token_source::Tokens;
use super::{headers, request_target, token_answer};
use crate::clock;
use crate::http::Method;

/// Requests that are under way at once; the next one is refused.
const MAX_REQUESTS: usize = 64;
/// Bodies of requests that are in memory at once; the next one waits.
const MAX_BODIES: usize = 8;
/// How long a connection may last without a request that has the capability.
const UNPROVEN_TIMEOUT: Duration = Duration::from_secs(5);
/// The longest time for the headers of a request, and for the pause between two.
const HEADER_TIMEOUT: Duration = Duration::from_secs(30);
/// The longest time for the body of a request.
const BODY_TIMEOUT: Duration = Duration::from_secs(60);
/// The longest headers of a request, in bytes. The library's own limit is higher, because it refuses without
/// words.
const HEADER_SIZE_LIMIT: usize = 32 * 1024;
const LIBRARY_HEADER_SIZE_LIMIT: usize = 4 * HEADER_SIZE_LIMIT;
const LIBRARY_HEADER_COUNT_LIMIT: usize = 512;
/// The longest body of a request, in bytes.
const BODY_SIZE_LIMIT: usize = 10 * 1024 * 1024;
/// The pause after a connection could not be accepted, for want of files for example.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Where callers get the token itself, if that was asked for. The portal's own routes for programs are
/// below `/api/`.
const TOKEN_PATH: &str = "/token";

/// Where the proxy listens.
pub(crate) enum Listener {
    Tcp(TcpListener),
    #[cfg(unix)]
    Unix(tokio::net::UnixListener),
}

/// A running proxy.
pub(crate) struct Server {
    portal: Portal,
    tokens: Tokens,
    capability: Capability,
    rules: Rules,
    /// Whether no rule was given, so that reads pass.
    is_read_only: bool,
    /// Where it listens, so that requests for other places can be told; `None` where the address says
    /// nothing.
    address: Option<SocketAddr>,
    audit: Option<Arc<Audit>>,
    /// Whether [`TOKEN_PATH`] answers.
    gives_tokens: bool,
    places: Arc<Semaphore>,
    bodies: Semaphore,
}

impl Server {
    pub(crate) fn new(
        portal: Portal,
        tokens: Tokens,
        capability: Capability,
        rules: Option<Rules>,
    ) -> Self {
        Self {
            portal,
            tokens,
            capability,
            is_read_only: rules.is_none(),
            rules: rules.unwrap_or_default(),
            address: None,
            audit: None,
            gives_tokens: false,
            places: Arc::new(Semaphore::new(MAX_REQUESTS)),
            bodies: Semaphore::new(MAX_BODIES),
        }
    }

    /// Keeps an audit of all requests.
    #[must_use]
    pub(crate) fn audited(self, audit: Option<Audit>) -> Self {
        Self {
            audit: audit.map(Arc::new),
            ..self
        }
    }

    /// Gives the token itself to callers that ask for it at [`TOKEN_PATH`].
    #[must_use]
    pub(crate) fn giving_tokens(self, gives_tokens: bool) -> Self {
        Self {
            gives_tokens,
            ..self
        }
    }

    /// Answers all who connect. It ends with the runtime it runs on.
    pub(crate) async fn serve(mut self, listener: Listener) {
        #[cfg_attr(
            not(unix),
            expect(irrefutable_let_patterns, reason = "only Unix has another")
        )]
        if let Listener::Tcp(listener) = &listener {
            self.address = listener.local_addr().ok();
        }
        let server = Arc::new(self);
        let connections = Connections::default();
        loop {
            match &listener {
                Listener::Tcp(listener) => {
                    if let Some((stream, _)) = accepted(listener.accept().await).await {
                        // What is small is sent at once.
                        stream.set_nodelay(true).unwrap_or_default();
                        server.take(stream, &connections).await;
                    }
                }
                #[cfg(unix)]
                Listener::Unix(listener) => {
                    if let Some((stream, _)) = accepted(listener.accept().await).await {
                        server.take(stream, &connections).await;
                    }
                }
            }
        }
    }

    async fn take(
        self: &Arc<Self>,
        stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
        connections: &Connections,
    ) {
        let place = connections.place().await;
        let server = Arc::clone(self);
        let is_proven = Arc::new(AtomicBool::new(false));
        let proof = Arc::clone(&is_proven);
        let task = tokio::spawn(async move {
            server.connection(stream, proof).await;
            drop(place);
        });
        connections.add(is_proven, task.abort_handle());
    }

    /// Serves one connection, which has to show the capability in good time.
    async fn connection(
        self: Arc<Self>,
        stream: impl AsyncRead + AsyncWrite + Unpin + Send,
        is_proven: Arc<AtomicBool>,
    ) {
        let proof = Arc::clone(&is_proven);
        let service = service_fn(move |request| {
            let (server, proof) = (Arc::clone(&self), Arc::clone(&proof));
            async move { Ok::<_, Infallible>(server.respond(request, &proof).await) }
        });
        let served = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEADER_TIMEOUT)
            .max_headers(LIBRARY_HEADER_COUNT_LIMIT)
            .max_header_size(LIBRARY_HEADER_SIZE_LIMIT)
            .serve_connection(TokioIo::new(stream), service);
        let unproven = async {
            tokio::time::sleep(UNPROVEN_TIMEOUT).await;
            if is_proven.load(Ordering::Relaxed) {
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            served = served => if let Err(error) = served {
                tracing::debug!(%error, "a connection ended early");
            },
            () = unproven => tracing::debug!("a connection showed no capability in time"),
        }
    }

    async fn respond(&self, request: Request<Incoming>, proof: &AtomicBool) -> Response<Body> {
        let proven = self.capability.check(request.headers());
        let is_trusted = proven.is_ok();
        if is_trusted {
            proof.store(true, Ordering::Relaxed);
        }
        let mut response = self.answer(request, proven).await;
        if !is_trusted {
            // One request is all that a stranger gets, so that none can fill the connection with more.
            let close = HeaderValue::from_static("close");
            response.headers_mut().insert(CONNECTION, close);
        }
        response
    }

    async fn answer(
        &self,
        request: Request<Incoming>,
        proven: Result<(), Unproven>,
    ) -> Response<Body> {
        let is_trusted = proven.is_ok();
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let audit = self.audit.as_ref();
        let audit = audit.map(|audit| RequestAudit::begin(audit, &method, &path, is_trusted));
        let (response, refused) = match self.exchange(request, proven).await {
            Ok(response) => (response, None),
            Err(refusal) => {
                let reason = refusal.reason();
                (refusal.into_response(), Some(reason))
            }
        };
        let status = response.status().as_u16();
        tracing::debug!(%method, path, status, refused, "answered");
        match audit {
            Some(audit) => audit.follow(response, refused),
            None => response,
        }
    }

    async fn exchange(
        &self,
        request: Request<Incoming>,
        proven: Result<(), Unproven>,
    ) -> Result<Response<Body>, Refusal> {
        self.check_caller(request.headers(), proven)?;
        if self.gives_tokens && request.uri().path() == TOKEN_PATH {
            return self.give_token(request.method()).await;
        }
        let url = request_target::read(&self.portal.origin, self.portal.provider, request.uri())?;
        self.rules
            .permits(request.method(), request.uri().path())
            .map_err(|problem| Refusal::not_allowed(&problem, self.is_read_only))?;
        check_framing(&request)?;
        self.check_audit()?;
        let place = Arc::clone(&self.places)
            .try_acquire_owned()
            .map_err(|_| Refusal::too_many_requests(MAX_REQUESTS))?;
        let has_body = !request.body().is_end_stream();
        // Held until the answer begins: the body may have to be sent again.
        let _room = if has_body {
            self.bodies.acquire().await.ok()
        } else {
            None
        };
        let method = request.method().clone();
        let headers = headers::for_portal(request.headers());
        let body = if has_body {
            Some(read(request.into_body()).await?)
        } else {
            None
        };
        let outgoing = Outgoing {
            method,
            url,
            headers,
            body,
        };
        let until_end = UntilEnd { _place: place };
        forward::forward(&self.portal, &self.tokens, outgoing, until_end).await
    }

    /// The token itself, and when it ends.
    async fn give_token(&self, method: &Method) -> Result<Response<Body>, Refusal> {
        if ![Method::GET, Method::HEAD].contains(method) {
            return Err(Refusal::token_method(TOKEN_PATH));
        }
        self.check_audit()?;
        Ok(token_answer::of(&self.tokens.lasting().await?))
    }

    fn check_audit(&self) -> Result<(), Refusal> {
        let admitted = self.audit.as_ref().map_or(Ok(()), |audit| audit.admit());
        admitted.map_err(|error| Refusal::audit(&error))
    }

    /// Who asks, and in which manner. Before the capability is shown, nothing is said about what
    /// would pass.
    fn check_caller(
        &self,
        headers: &HeaderMap,
        proven: Result<(), Unproven>,
    ) -> Result<(), Refusal> {
        check_size(headers)?;
        let host = the_one(headers, &HOST)?
            .ok_or_else(|| Refusal::bad_request("host", "the request has no `Host` header"))?;
        if !self.is_own(host) {
            return Err(Refusal::foreign_host(host));
        }
        if headers.contains_key(ORIGIN) {
            return Err(Refusal::web_page());
        }
        proven.map_err(|unproven| Refusal::capability(unproven == Unproven::Missing))?;
        if headers.contains_key(UPGRADE) {
            return Err(Refusal::upgrade());
        }
        Ok(())
    }

    /// Whether a request is for this machine. It may name another port than the one it came to, as
    /// behind `ssh -R`; a page that a browser has from elsewhere cannot name this machine. Through a socket
    /// comes no browser.
    fn is_own(&self, host: &str) -> bool {
        let Some(own) = self.address else {
            return true;
        };
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => (name, port),
            _ => (host, "80"),
        };
        let own = match own.ip() {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => format!("[{address}]"),
        };
        let names = ["127.0.0.1", "localhost", "[::1]", &own];
        port.parse::<u16>().is_ok() && names.iter().any(|own| name.eq_ignore_ascii_case(own))
    }
}

/// A connection, unless there is none to be had at the moment.
async fn accepted<T>(connection: std::io::Result<T>) -> Option<T> {
    match connection {
        Ok(connection) => Some(connection),
        Err(error) => {
            tracing::debug!(%error, "no connection was accepted");
            tokio::time::sleep(ACCEPT_PAUSE).await;
            None
        }
    }
}

fn check_size(headers: &HeaderMap) -> Result<(), Refusal> {
    let rows = headers.iter();
    let size: usize = rows
        .map(|(name, value)| name.as_str().len() + value.len() + ": \r\n".len())
        .sum();
    if size > HEADER_SIZE_LIMIT {
        return Err(Refusal::headers_too_large(HEADER_SIZE_LIMIT));
    }
    Ok(())
}

/// The value of a header that must not be there twice.
fn the_one<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a str>, Refusal> {
    let mut values = headers.get_all(name).iter();
    let (first, second) = (values.next(), values.next());
    let text = first.map(|value| value.to_str()).transpose();
    match (text, second) {
        (Ok(text), None) => Ok(text),
        _ => Err(Refusal::bad_request(
            "ambiguous_header",
            format!("the header `{name}` has to be there once, and in ASCII"),
        )),
    }
}

/// Where a request ends must not be a matter of opinion (RFC 9112 §6.1), and a read has no body.
fn check_framing(request: &Request<Incoming>) -> Result<(), Refusal> {
    let headers = request.headers();
    let length = the_one(headers, &CONTENT_LENGTH)?;
    let coding = the_one(headers, &TRANSFER_ENCODING)?;
    let is_read = [Method::GET, Method::HEAD].contains(request.method());
    if is_read && (coding.is_some() || length.is_some_and(|length| length != "0")) {
        return Err(Refusal::bad_request(
            "unexpected_body",
            "a GET or HEAD request cannot have a body",
        ));
    }
    // The library passes over a length beside a coding. What needs no coding is all that is taken.
    if coding.is_some() {
        return Err(Refusal::length_required());
    }
    match the_one(headers, &EXPECT)? {
        Some(expected) if !expected.eq_ignore_ascii_case("100-continue") => {
            Err(Refusal::expectation())
        }
        _ => Ok(()),
    }
}

/// Reads the body of a request, within bounds.
async fn read(body: Incoming) -> Result<Vec<u8>, Refusal> {
    // One that announces too much is not waited for.
    if body.size_hint().lower() > BODY_SIZE_LIMIT as u64 {
        return Err(Refusal::body_too_large(BODY_SIZE_LIMIT));
    }
    let read = Limited::new(body, BODY_SIZE_LIMIT).collect();
    let read = clock::timeout(BODY_TIMEOUT, read).await;
    let read = read.ok_or_else(Refusal::body_too_slow)?;
    match read {
        Ok(body) => Ok(body.to_bytes().to_vec()),
        Err(error) if error.is::<LengthLimitError>() => {
            Err(Refusal::body_too_large(BODY_SIZE_LIMIT))
        }
        Err(error) => Err(Refusal::bad_request(
            "broken_body",
            format!("the body of the request cannot be read: {error}"),
        )),
    }
}
