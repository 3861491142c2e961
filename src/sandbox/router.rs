//! Every route in one table, and the gate that every request passes.
//!
//! The gate checks `Host`, applies latency and scripted failures, seals the headers and writes
//! the journal. No CORS header is ever sent: a page in a browser has no business here.

use std::sync::Arc;

use axum::Router;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request, State};
use axum::http::header::{
    CACHE_CONTROL, HOST, REFERRER_POLICY, SERVER, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::{delete, get, post};

use super::answer::{self, BODY_LIMIT};
use super::clock::timestamp;
use super::fault::{Action, Endpoint};
use super::injection;
use super::journal::{Event, Note};
use super::portal::Portal;
use super::wire::Cut;
use super::{
    authorize, consent, control, discovery, index, legal_entities, login, natural_person, revoke,
    token, userinfo,
};

/// The whole portal.
pub(super) fn router(portal: &Arc<Portal>) -> Router {
    let steering = Router::new()
        .route("/sandbox/journal", get(control::journal))
        .route(
            "/sandbox/faults",
            get(control::faults)
                .post(control::add_fault)
                .delete(control::clear_faults),
        )
        .route("/sandbox/clock", post(control::clock))
        .route("/sandbox/revoke", post(control::revoke))
        .route("/sandbox/rotate-key", post(control::rotate_key))
        .route(
            "/sandbox/{*rest}",
            get(not_found).post(not_found).merge(delete(not_found)),
        )
        .layer(from_fn_with_state(Arc::clone(portal), control::guard));
    Router::new()
        .route("/", get(index::index))
        .route(
            "/.well-known/openid-configuration",
            get(discovery::document),
        )
        .route(
            "/api/oauth/.well-known/openid-configuration",
            get(discovery::document),
        )
        .route("/api/oauth/.well-known/jwks.json", get(discovery::keys))
        .route("/.well-known/jwks.json", get(discovery::keys))
        .route("/api/oauth/authorize", get(authorize::authorize))
        .route("/login", get(login::show).post(login::sign_in))
        .route("/consent", get(consent::show).post(consent::decide))
        .route("/api/oauth/token", post(token::token))
        .route(
            "/api/oauth/userinfo",
            get(userinfo::userinfo).post(userinfo::userinfo),
        )
        .route("/api/oauth/revoke", post(revoke::revoke))
        .route(
            "/api/v1/me/natural-person",
            get(natural_person::natural_person),
        )
        .route("/api/v1/me/legal-entities", get(legal_entities::list))
        .route("/api/v1/me/legal-entities/{id}", get(legal_entities::one))
        .merge(steering)
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(from_fn_with_state(Arc::clone(portal), gate))
        .with_state(Arc::clone(portal))
}

/// A path's name in the journal, and where rules for it strike.
fn endpoint(path: &str) -> (&'static str, Option<Endpoint>) {
    let endpoint = match path {
        "/.well-known/openid-configuration" | "/api/oauth/.well-known/openid-configuration" => {
            Endpoint::Discovery
        }
        "/.well-known/jwks.json" | "/api/oauth/.well-known/jwks.json" => Endpoint::Jwks,
        "/api/oauth/authorize" => Endpoint::Authorize,
        "/api/oauth/token" => Endpoint::Token,
        "/api/oauth/userinfo" => Endpoint::Userinfo,
        "/api/oauth/revoke" => Endpoint::Revoke,
        "/" => return ("index", None),
        "/login" => return ("login", None),
        "/consent" => return ("consent", None),
        path if path.starts_with("/api/v1/me/") => Endpoint::Me,
        path if path.starts_with("/sandbox/") => return ("control", None),
        _ => return ("unknown", None),
    };
    (endpoint.as_str(), Some(endpoint))
}

async fn not_found() -> Response {
    let response = answer::error(StatusCode::NOT_FOUND, "Not found");
    Note::new("there is no such route").on(response)
}

async fn method_not_allowed() -> Response {
    let response = answer::error(StatusCode::METHOD_NOT_ALLOWED, "Method not allowed");
    Note::new("the route does not take this method").on(response)
}

/// Wraps every request.
async fn gate(
    State(portal): State<Arc<Portal>>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    request: Request,
    next: Next,
) -> Response {
    let (name, strikes) = endpoint(request.uri().path());
    let mut event = Event {
        time: timestamp(portal.clock.now()),
        method: request.method().to_string(),
        path: request.uri().path().chars().take(200).collect(),
        endpoint: name,
        ..Event::default()
    };
    let work = passed(&portal, strikes, &mut event, request, next);
    let passed = tokio::select! {
        passed = work => passed,
        () = portal.stopped() => None,
    };
    let mut response = passed.unwrap_or_else(|| {
        cut.make();
        Response::default()
    });
    let note = response.extensions_mut().remove::<Note>();
    event.status = (!cut.is_made()).then(|| response.status().as_u16());
    describe(&mut event, note);
    portal.journal.record(event);
    seal(response)
}

fn describe(event: &mut Event, note: Option<Note>) {
    let note = note.unwrap_or_default();
    event.client_id = note.client_id;
    event.grant_type = note.grant_type;
    event.persona = note.persona;
    let done = if note.outcome.is_empty() {
        match event.status {
            Some(status) => format!("answered {status}"),
            None => "nothing was done".to_owned(),
        }
    } else {
        note.outcome
    };
    event.outcome = match (&event.fault, event.status) {
        (Some(fault), None) => format!("{done}; the connection was closed by the fault {fault}"),
        (Some(fault), Some(_)) => format!("{done}; by the fault {fault}"),
        (None, _) => done,
    };
}

/// The answer, or `None` when the connection is to be closed without one.
async fn passed(
    portal: &Portal,
    strikes: Option<Endpoint>,
    event: &mut Event,
    request: Request,
    next: Next,
) -> Option<Response> {
    if !is_ours(portal, request.headers(), request.uri().authority()) {
        let response = answer::error(StatusCode::MISDIRECTED_REQUEST, "Misdirected request");
        return Some(Note::new("Host is not that of the sandbox").on(response));
    }
    let Some(endpoint) = strikes else {
        return Some(next.run(request).await);
    };
    if !portal.options.latency.is_zero() {
        tokio::time::sleep(portal.options.latency).await;
    }
    if let Some(pause) = portal.faults.take_pause(endpoint) {
        event.fault = Some(format!("slow={}", humantime::format_duration(pause)));
        tokio::time::sleep(pause).await;
    }
    let Some((rule, action)) = portal.faults.take_whole(endpoint) else {
        return Some(next.run(request).await);
    };
    event.fault = Some(rule);
    if let Some(response) = injection::scripted(&action, endpoint) {
        return Some(response);
    }
    match action {
        Action::Hang => std::future::pending().await,
        Action::DropAfterCommit => {
            let mut response = next.run(request).await;
            if let Some(note) = response.extensions_mut().remove::<Note>() {
                event.outcome = note.outcome;
            }
            None
        }
        Action::HalfBody => Some(injection::halved(next.run(request).await).await),
        _ => None,
    }
}

/// Whether a request means this server: a page that rebinds a foreign name to 127.0.0.1 does not.
fn is_ours(
    portal: &Portal,
    headers: &HeaderMap,
    authority: Option<&axum::http::uri::Authority>,
) -> bool {
    let Some(own) = portal.issuer.strip_prefix("http://") else {
        return false;
    };
    let port = own.rsplit_once(':').map_or("", |(_, port)| port);
    let known = |host: &str| host == own || host.strip_prefix("localhost:") == Some(port);
    let mut hosts = headers.get_all(HOST).into_iter();
    let host = hosts.next().and_then(|host| host.to_str().ok());
    hosts.next().is_none()
        && host.is_some_and(known)
        && authority.is_none_or(|authority| known(authority.as_str()))
}

/// Puts on what every answer carries.
fn seal(mut response: Response) -> Response {
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
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}
