//! What every request passes through: `Host`, latency, scripted failures, headers, log.
//!
//! A request is carried out to its end even when its client hangs up, as real servers do: what
//! was committed is then in the log. No CORS header is ever sent: a page in a browser has no
//! business here.

use std::sync::Arc;
use std::time::Duration;

use axum::body::to_bytes;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{
    AUTHORIZATION, CACHE_CONTROL, DATE, HOST, REFERRER_POLICY, SERVER, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use tokio::time::timeout;

use crate::client_text;
use crate::clock::{http_date, timestamp};
use crate::current_exchange;
use crate::faults::fault::Action;
use crate::faults::injection;
use crate::http::connection::Peer;
use crate::http::cookie;
use crate::http::request_log::{Event, LogEntry};
use crate::http::responses::{self, MAX_BODY_BYTES};
use crate::paths;
use crate::portal::Portal;
use crate::reason::Reason;
use crate::route::RouteInfo;
use crate::server::recording::Recording;

/// How long a request that is to fail may take to send its body.
const BODY_TIMEOUT: Duration = Duration::from_secs(1);

const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Which of the two origins a listener is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Site {
    /// The issuer.
    Portal,
    /// The file service.
    Files,
}

/// Marks the answer to a request that was carried out and is never answered.
#[derive(Clone)]
struct Withheld;

/// What the middleware works with.
#[derive(Clone)]
pub(crate) struct MiddlewareState {
    pub(crate) portal: Arc<Portal>,
    pub(crate) site: Site,
    pub(crate) route: RouteInfo,
}

impl MiddlewareState {
    fn origin(&self) -> &str {
        match self.site {
            Site::Portal => &self.portal.issuer,
            Site::Files => &self.portal.files,
        }
    }

    /// The host and port that its requests must name.
    fn authority(&self) -> &str {
        self.origin().split_once("://").unwrap_or_default().1
    }

    /// The port that a `Host` means where it names none.
    fn default_port(&self) -> &'static str {
        if self.portal.ca_certificate.is_some() {
            "443"
        } else {
            "80"
        }
    }

    /// Whether a request came over plain HTTP although the sandbox speaks https. The certificate
    /// that makes a client trust https has to be got in some way.
    fn is_unencrypted(&self, peer: &Peer) -> bool {
        let is_expected = self.portal.ca_certificate.is_none() || peer.is_encrypted;
        !is_expected && self.route.path != paths::CA_CERTIFICATE
    }

    /// Whether a request means this server: a page that rebinds a foreign name to 127.0.0.1 does
    /// not. `localhost` with the right port does (docs/portal.md, Sandbox choices).
    fn is_meant(&self, headers: &HeaderMap, authority: Option<&Authority>) -> bool {
        let own = self.authority();
        let known = |host: &str| means(host, own, self.default_port());
        let mut hosts = headers.get_all(HOST).into_iter();
        let host = hosts.next().and_then(|host| host.to_str().ok());
        hosts.next().is_none()
            && host.is_some_and(known)
            && authority.is_none_or(|authority| known(authority.as_str()))
    }
}

/// Whether a host is this one: its address or `localhost`, with the same port, which is the
/// scheme's where it is left out (RFC 9110 §4.2.1 and §4.2.2).
fn means(host: &str, own: &str, default_port: &str) -> bool {
    let parts = |text| str::rsplit_once(text, ':').unwrap_or((text, default_port));
    let ((name, port), (own_name, own_port)) = (parts(host), parts(own));
    port == own_port && (name == own_name || name.eq_ignore_ascii_case("localhost"))
}

pub(crate) async fn wrap(
    State(state): State<MiddlewareState>,
    ConnectInfo(peer): ConnectInfo<Peer>,
    mut request: Request,
    next: Next,
) -> Response {
    request.extensions_mut().insert(state.route);
    let portal = Arc::clone(&state.portal);
    let (site, route) = (state.site, state.route);
    let number = portal.recorder.next_number();
    let work = carried_out(state, peer.clone(), (number, request, next));
    let work = current_exchange::numbered(number, work);
    let work = client_text::guarded(Arc::clone(&portal) as _, work);
    let done = tokio::spawn(work).await;
    let mut response = match done {
        Ok(Some(response)) => response,
        Ok(None) => {
            portal.stopped().await;
            peer.disconnect.trigger();
            Response::default()
        }
        Err(_) => responses::internal("the sandbox failed on this request"),
    };
    if response.status() == StatusCode::PAYLOAD_TOO_LARGE {
        // The framework's own words are not the portal's envelope.
        response = responses::error(StatusCode::PAYLOAD_TOO_LARGE, "Payload too large");
    }
    seal(&mut response, portal.clock.now(), peer.is_encrypted);
    keep_apart(response.headers_mut(), site, &route);
    response
}

/// The answer, written down; `None` when there is never to be one.
async fn carried_out(
    state: MiddlewareState,
    peer: Peer,
    (number, request, next): (u64, Request, Next),
) -> Option<Response> {
    let portal = &state.portal;
    let (request, mut recording) = Recording::begin(portal, &state.route, number, request);
    let mut event = Event {
        number,
        time: timestamp(portal.clock.now()),
        method: recording.method.to_owned(),
        path: recording.path.clone(),
        endpoint: state.route.log_name,
        leak: state.site == Site::Files && request.headers().contains_key(AUTHORIZATION),
        ..Event::default()
    };
    let work = passed(&state, &peer, (&mut event, request, next));
    let mut response = tokio::select! {
        response = work => response,
        () = portal.stopped() => {
            peer.disconnect.trigger();
            Some(Response::default())
        }
    };
    let entry = response
        .as_mut()
        .and_then(|response| response.extensions_mut().remove::<LogEntry>());
    let is_withheld = response
        .as_ref()
        .is_some_and(|response| response.extensions().get::<Withheld>().is_some());
    let is_sent = !peer.disconnect.is_triggered() && !is_withheld;
    let answered = response.as_ref().filter(|_| is_sent);
    event.status = answered.map(|response| response.status().as_u16());
    let mut entry = entry.unwrap_or_default();
    let is_too_large = event.status == Some(StatusCode::PAYLOAD_TOO_LARGE.as_u16());
    if is_too_large && event.fault.is_none() {
        entry = too_large();
    }
    let (session, refusal) = (entry.session, entry.refusal.take());
    event.send_instead = refusal
        .as_ref()
        .map(|refusal| refusal.reason.send_instead.clone());
    describe(&mut event, entry);
    if !is_heartbeat(&state.route, event.status) {
        event.sequence = portal.request_log.record(event.clone());
    }
    let response = recording.response(portal, event.endpoint, response).await;
    recording.end(portal, event, session, refusal);
    response.filter(|_| !is_withheld)
}

/// Whether a request only brought the page of the inspector up to date: each request of a client is
/// followed by one, which would fill the log.
fn is_heartbeat(route: &RouteInfo, status: Option<u16>) -> bool {
    route.path == paths::INSPECTOR_CONTENT && status == Some(StatusCode::OK.as_u16())
}

fn too_large() -> LogEntry {
    let why = "the body is larger than 64 KiB";
    let reason = Reason::new(
        why,
        "send a smaller body: no request here needs more than a few hundred bytes",
    );
    LogEntry::new(why).refusal("Payload too large", reason)
}

fn describe(event: &mut Event, entry: LogEntry) {
    event.client_id = entry.client_id;
    event.grant_type = entry.grant_type;
    event.persona = entry.persona;
    event.session = entry.session;
    event.fault = event.fault.take().or(entry.fault);
    let done = match (entry.outcome.as_str(), event.status) {
        ("", Some(status)) => format!("answered {status}"),
        ("", None) => "did nothing".to_owned(),
        _ => entry.outcome,
    };
    event.outcome = match (&event.fault, event.status) {
        (Some(fault), None) => format!("{done}; sent no response because of the fault {fault}"),
        (Some(fault), Some(_)) => format!("{done}; changed by the fault {fault}"),
        (None, None) => format!("{done}; the sandbox stopped"),
        (None, Some(_)) => done,
    };
}

/// The answer, `None` when there is never to be one. The connection may be closed as well.
async fn passed(
    state: &MiddlewareState,
    peer: &Peer,
    work: (&mut Event, Request, Next),
) -> Option<Response> {
    let (event, request, next) = work;
    let portal = &state.portal;
    if !state.is_meant(request.headers(), request.uri().authority()) {
        return Some(misdirected(state.authority()));
    }
    if state.is_unencrypted(peer) {
        return Some(responses::https_only(state.origin()));
    }
    let Some(endpoint) = state.route.endpoint.filter(|_| !event.leak) else {
        return Some(next.run(request).await);
    };
    if !portal.options.latency.is_zero() {
        tokio::time::sleep(portal.options.latency).await;
    }
    if let Some((rule, pause)) = portal.faults.take_pause(endpoint) {
        event.fault = Some(rule);
        tokio::time::sleep(pause).await;
    }
    let Some((rule, action)) = portal.faults.take_whole(endpoint) else {
        return Some(next.run(request).await);
    };
    event.fault = Some(rule);
    if let Some(response) = injection::scripted(&action, endpoint) {
        read_for_the_record(request).await;
        return Some(response);
    }
    match action {
        Action::Hang => {
            read_for_the_record(request).await;
            None
        }
        Action::HangAfterCommit => {
            let mut response = next.run(request).await;
            response.extensions_mut().insert(Withheld);
            Some(response)
        }
        Action::DropAfterCommit => {
            let response = next.run(request).await;
            peer.disconnect.trigger();
            Some(response)
        }
        Action::HalfBody => {
            let response = next.run(request).await;
            Some(injection::halved(response, tokio::task::yield_now()).await)
        }
        Action::Stall => {
            let portal = Arc::clone(portal);
            let end = async move { portal.stopped().await };
            Some(injection::halved(next.run(request).await, end).await)
        }
        _ => {
            read_for_the_record(request).await;
            peer.disconnect.trigger();
            Some(Response::default())
        }
    }
}

fn misdirected(own: &str) -> Response {
    let error = "Misdirected request";
    let response = responses::error(StatusCode::MISDIRECTED_REQUEST, error);
    let why = "the Host header is not the sandbox's";
    let instead = format!(
        "send `Host: {own}`, or `localhost` with the same port; a proxy or a container in between must keep \
         it"
    );
    LogEntry::new(why)
        .refusal(error, Reason::new(why, instead))
        .on(response)
}

/// Reads a body that no handler will: which token a request held that failed on purpose is what people
/// want to know.
async fn read_for_the_record(request: Request) {
    let body = to_bytes(request.into_body(), MAX_BODY_BYTES);
    // A client that does not send it in time fails without it.
    drop(timeout(BODY_TIMEOUT, body).await);
}

/// Puts on what every answer carries. `Date` follows the sandbox's clock.
fn seal(response: &mut Response, now: i64, is_encrypted: bool) {
    let headers = response.headers_mut();
    let fixed = [
        (SERVER, "eprospera-sandbox"),
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if is_encrypted {
        cookie::secure(headers);
    }
    if let Ok(date) = HeaderValue::try_from(http_date(now)) {
        headers.insert(DATE, date);
    }
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
}

/// Keeps what other origins embed to the files, which pages show, and a window that opened the inspector
/// from it. Sign-in pages stay open to the window that opened them: some clients sign in in a popup.
fn keep_apart(headers: &mut HeaderMap, site: Site, route: &RouteInfo) {
    let same_origin = HeaderValue::from_static("same-origin");
    if site == Site::Portal {
        headers.insert(RESOURCE_POLICY, same_origin.clone());
    }
    if route.path == paths::INDEX {
        headers.insert(OPENER_POLICY, same_origin);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_without_a_port_means_that_of_the_scheme() {
        assert!(means("localhost", "127.0.0.1", "443"));
        assert!(means("127.0.0.1:443", "127.0.0.1", "443"));
        assert!(!means("127.0.0.1:80", "127.0.0.1", "443"));
        assert!(!means("127.0.0.1", "127.0.0.1:80", "443"));
        let right = [
            ("127.0.0.1", "127.0.0.1"),
            ("127.0.0.1:80", "127.0.0.1"),
            ("localhost", "127.0.0.1"),
            ("LOCALHOST:80", "127.0.0.1"),
            ("127.0.0.1:8787", "127.0.0.1:8787"),
            ("localhost:8787", "127.0.0.1:8787"),
        ];
        for (host, own) in right {
            assert!(means(host, own, "80"), "{host} at {own}");
        }
        let wrong = [
            ("127.0.0.1", "127.0.0.1:8787"),
            ("localhost", "127.0.0.1:8787"),
            ("127.0.0.1:8787", "127.0.0.1"),
            ("127.0.0.1:080", "127.0.0.1"),
            ("127.0.0.1:", "127.0.0.1"),
            ("attacker.example", "127.0.0.1"),
            ("attacker.example:80", "127.0.0.1"),
            ("127.0.0.1.attacker.example", "127.0.0.1"),
            ("localhost.attacker.example:8787", "127.0.0.1:8787"),
            ("", "127.0.0.1"),
        ];
        for (host, own) in wrong {
            assert!(!means(host, own, "80"), "{host} at {own}");
        }
    }
}
