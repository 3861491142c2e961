//! `/sandbox/*`: script failures, move the clock, end sessions; the request log is in `journal`.
//!
//! Only with the control token, which is random at every start: a page in a browser must not be
//! able to steer the sandbox (docs/portal.md, Sandbox choices).

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::client_text;
use crate::crypto::keys::OldKey;
use crate::crypto::random::Fingerprint;
use crate::faults::fault::Fault;
use crate::http::request_log::LogEntry;
use crate::http::responses;
use crate::oauth::bearer;
use crate::portal::Portal;
use crate::reason::Reason;
use crate::server::services::Services;

/// Lets only the holder of the control token through.
pub(crate) async fn guard(
    State(portal): State<Arc<Portal>>,
    headers: HeaderMap,
    request: Request,
    next: Next,
) -> Response {
    let expected = Fingerprint::of(&portal.control_token);
    match bearer::credential(&headers) {
        Ok(token) if Fingerprint::of(token).is(&expected) => next.run(request).await,
        _ => {
            let response = responses::error(StatusCode::UNAUTHORIZED, "invalid_token");
            let why = "the control token is missing or wrong";
            let reason = Reason::new(
                why,
                "send `Authorization: Bearer CONTROL_TOKEN`, with the token that the sandbox printed at its \
                 start (`control_token` in its JSON, `SANDBOX_CONTROL_TOKEN` under `sandbox exec`)",
            );
            LogEntry::new(why)
                .refusal("invalid_token", reason)
                .on(response)
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewFault {
    rule: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    advance_seconds: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct All {
    all: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rotate {
    keep_old: bool,
}

fn read<T: DeserializeOwned>(body: &[u8], shape: &'static str) -> Result<T, Box<Response>> {
    serde_json::from_slice(body).map_err(|_| Box::new(bad_request(shape)))
}

fn bad_request(why: &str) -> Response {
    let instead = match why.strip_prefix("the body must be ") {
        Some("empty") => "send no body".to_owned(),
        Some(shape) => format!("send a body like `{shape}`"),
        None => "compare the rule with `eprospera help sandbox-faults`".to_owned(),
    };
    responses::invalid_request(&Reason::new(why, instead))
}

pub(crate) async fn faults(State(portal): State<Arc<Portal>>) -> Response {
    let response = responses::json(StatusCode::OK, &json!({ "rules": portal.faults.rules() }));
    LogEntry::new("the faults were read").on(response)
}

pub(crate) async fn add_fault(State(portal): State<Arc<Portal>>, body: Bytes) -> Response {
    let new: NewFault = match read(&body, "the body must be {\"rule\": \"token:500*2\"}") {
        Ok(new) => new,
        Err(response) => return *response,
    };
    match new.rule.parse::<Fault>() {
        // What is wrong is said with the rule itself.
        Err(_) if client_text::secret_in(&new.rule).is_some() => {
            bad_request("the rule is not a fault of the sandbox, and holds a secret")
        }
        Err(error) => bad_request(&error.to_string()),
        Ok(fault) => {
            portal.faults.add(fault);
            faults(State(portal)).await
        }
    }
}

pub(crate) async fn clear_faults(State(portal): State<Arc<Portal>>) -> Response {
    portal.faults.clear();
    faults(State(portal)).await
}

pub(crate) async fn clock(State(services): State<Services>, body: Bytes) -> Response {
    let advance: Advance = match read(&body, "the body must be {\"advance_seconds\": 60}") {
        Ok(advance) => advance,
        Err(response) => return *response,
    };
    services.advance_clock(advance.advance_seconds);
    let now = services.portal.clock.now() / 1000;
    let response = responses::json(StatusCode::OK, &json!({ "now": now }));
    LogEntry::new("the clock was moved").on(response)
}

pub(crate) async fn revoke(State(services): State<Services>, body: Bytes) -> Response {
    let shape = "the body must be {\"all\": true}";
    match read::<All>(&body, shape) {
        Ok(All { all: true }) => {}
        Ok(All { all: false }) => return bad_request(shape),
        Err(response) => return *response,
    }
    let ended = services.end_all_sessions();
    let response = responses::json(StatusCode::OK, &json!({ "revoked": ended }));
    LogEntry::new("every session was revoked").on(response)
}

pub(crate) async fn rotate_key(State(portal): State<Arc<Portal>>, body: Bytes) -> Response {
    let shape = "the body must be {\"keep_old\": true}, or left out";
    let asked: &[u8] = if body.is_empty() {
        b"{\"keep_old\": false}"
    } else {
        &body
    };
    let old = match read(asked, shape) {
        Ok(Rotate { keep_old: true }) => OldKey::Kept,
        Ok(Rotate { keep_old: false }) => OldKey::Gone,
        Err(response) => return *response,
    };
    let Ok(kid) = portal.keys.rotate(old).await else {
        return responses::internal("cannot generate the new key");
    };
    let response = responses::json(StatusCode::OK, &json!({ "kid": kid }));
    LogEntry::new("the signing key was replaced").on(response)
}

/// The request itself is in the log that it ends.
pub(crate) async fn reset(State(services): State<Services>, body: Bytes) -> Response {
    if !matches!(&*body, b"" | b"{}") {
        return bad_request("the body must be empty");
    }
    (services.reset)();
    let mut response = Response::default();
    *response.status_mut() = StatusCode::NO_CONTENT;
    LogEntry::new("the sandbox was reset").on(response)
}
