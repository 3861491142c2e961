//! Carries out the rules of [`fault`](super::fault) that concern a connection or a whole answer.

use std::convert::Infallible;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody as _};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use futures_util::{FutureExt as _, StreamExt as _, future, stream};
use serde_json::json;

use crate::faults::error_body;
use crate::faults::fault::{Action, Endpoint, Fault};
use crate::http::responses::{self, MAX_BODY_BYTES};

/// Size of the answer that is too large for anyone.
const HUGE_BODY_BYTES: u64 = 100_000_000;

const CAPTIVE: &str = "<!doctype html><title>Welcome to Airport Wi-Fi</title>\
    <h1>Airport Wi-Fi</h1><p>Accept the terms to go online. (A fault of the sandbox.)</p>";
const BAD_GATEWAY: &str = "<html><head><title>502 Bad Gateway</title></head>\
    <body><h1>502 Bad Gateway</h1><p>A fault of the sandbox.</p></body></html>";

/// The rules that are left.
#[derive(Default)]
pub(crate) struct Faults(Mutex<Vec<Rule>>);

struct Rule {
    fault: Fault,
    left: Option<u32>,
}

impl Faults {
    pub(crate) fn new(faults: &[Fault]) -> Self {
        let rules = Self::default();
        for fault in faults {
            rules.add(fault.clone());
        }
        rules
    }

    pub(crate) fn add(&self, fault: Fault) {
        let left = fault.count;
        self.lock().push(Rule { fault, left });
    }

    pub(crate) fn clear(&self) {
        self.lock().clear();
    }

    /// Drops the first rule that is written so; says whether there was one.
    pub(crate) fn remove(&self, written: &str) -> bool {
        let mut rules = self.lock();
        let found = rules.iter().position(|rule| rule.fault.rule == written);
        found.map(|index| rules.remove(index)).is_some()
    }

    /// The rules that still apply, in order.
    pub(crate) fn rules(&self) -> Vec<String> {
        self.lock()
            .iter()
            .map(|rule| rule.fault.to_string())
            .collect()
    }

    /// The same, with how often each will still strike.
    pub(crate) fn left(&self) -> Vec<(String, Option<u32>)> {
        let rules = self.lock();
        let left = rules.iter();
        left.map(|rule| (rule.fault.to_string(), rule.left))
            .collect()
    }

    /// Uses up one strike of the first rule at an endpoint whose action is picked; returns the
    /// rule as it was written, and what was picked.
    pub(crate) fn take<T>(
        &self,
        endpoint: Endpoint,
        pick: impl Fn(&Action) -> Option<T>,
    ) -> Option<(String, T)> {
        let mut rules = self.lock();
        let (index, picked) = rules.iter().enumerate().find_map(|(index, rule)| {
            let here = rule.fault.endpoint.covers(endpoint);
            here.then(|| pick(&rule.fault.action))
                .flatten()
                .map(|picked| (index, picked))
        })?;
        let rule = rules.get_mut(index)?;
        rule.left = rule.left.map(|left| left.saturating_sub(1));
        let text = rule.fault.to_string();
        rules.retain(|rule| rule.left != Some(0));
        Some((text, picked))
    }

    pub(crate) fn take_pause(&self, endpoint: Endpoint) -> Option<(String, Duration)> {
        self.take(endpoint, |action| match action {
            Action::Slow(pause) => Some(*pause),
            _ => None,
        })
    }

    /// The failure of a connection or a whole answer that a rule asks for.
    pub(crate) fn take_whole(&self, endpoint: Endpoint) -> Option<(String, Action)> {
        self.take(endpoint, |action| {
            let own = match action {
                Action::Slow(_)
                | Action::Rotate(_)
                | Action::RsaShort
                | Action::Discovery(_)
                | Action::IdToken(_)
                | Action::Token(_)
                | Action::File(_) => true,
                // There it travels by the redirect.
                Action::Error(_) => endpoint == Endpoint::Authorize,
                _ => false,
            };
            (!own).then(|| action.clone())
        })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Rule>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The answer of an action that has one of its own.
pub(crate) fn scripted(action: &Action, endpoint: Endpoint) -> Option<Response> {
    let kind = match endpoint {
        Endpoint::Files | Endpoint::TaxDocument => "application/pdf",
        _ => "application/json",
    };
    Some(match action {
        Action::Status(status, argument) => status_answer(*status, argument.as_deref(), endpoint),
        Action::Html => html(StatusCode::OK, CAPTIVE),
        Action::Garbage => typed(kind, Body::from("{\"issuer\": \u{fffd}\u{1},,")),
        Action::Empty => Response::new(Body::empty()),
        Action::Huge(sized) => huge(kind, *sized),
        Action::Error(text) if endpoint.is_prospers() => {
            responses::text(StatusCode::BAD_REQUEST, text)
        }
        Action::Error(code) => {
            let status = match code.as_str() {
                "invalid_client" | "invalid_token" => StatusCode::UNAUTHORIZED,
                "insufficient_scope" => StatusCode::FORBIDDEN,
                "server_error" | "internal_server_error" => StatusCode::INTERNAL_SERVER_ERROR,
                _ => StatusCode::BAD_REQUEST,
            };
            responses::error(status, code)
        }
        _ => return None,
    })
}

fn html(status: StatusCode, text: &'static str) -> Response {
    let mut response = typed("text/html; charset=utf-8", Body::from(text));
    *response.status_mut() = status;
    response
}

fn typed(kind: &'static str, body: Body) -> Response {
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

fn status_answer(status: u16, argument: Option<&str>, endpoint: Endpoint) -> Response {
    let code = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = match status {
        300..=399 => {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = code;
            response
        }
        502 | 504 => html(code, BAD_GATEWAY),
        _ if endpoint == Endpoint::Files => {
            let (name, text) = error_body::of_files(status);
            responses::xml(code, name, text)
        }
        _ if endpoint.is_prospers() => responses::text(code, error_body::of_prosper(status)),
        _ => responses::json(
            code,
            &json!({ "error": error_body::of_portal(status, endpoint) }),
        ),
    };
    let header = match status {
        300..=399 => Some((LOCATION, argument.unwrap_or("https://elsewhere.example/"))),
        429 | 503 => argument.map(|seconds| (RETRY_AFTER, seconds)),
        _ => None,
    };
    if let Some((name, value)) = header
        && let Ok(value) = HeaderValue::from_str(value)
    {
        response.headers_mut().insert(name, value);
    }
    response
}

/// Cuts an answer in half: its length is promised in full, and when `end` has come the connection
/// breaks.
pub(crate) async fn halved(
    response: Response,
    end: impl Future<Output = ()> + Send + 'static,
) -> Response {
    let (mut parts, body) = response.into_parts();
    let told = parts.headers.get(CONTENT_LENGTH);
    let told = told.and_then(|length| length.to_str().ok()?.parse().ok());
    let (promised, whole) = if let Some(length) = told.or_else(|| body.size_hint().exact()) {
        (length, body)
    } else {
        // An answer that tells no length is short.
        let bytes = axum::body::to_bytes(body, 16 * MAX_BODY_BYTES).await;
        let bytes = bytes.unwrap_or_default();
        (bytes.len() as u64, Body::from(bytes))
    };
    parts.headers.insert(CONTENT_LENGTH, promised.into());
    let half = whole
        .into_data_stream()
        .scan(promised / 2, |left: &mut u64, piece| {
            let piece = piece.ok().filter(|_| *left > 0);
            future::ready(piece.map(|bytes| {
                let length =
                    usize::try_from(*left).map_or(bytes.len(), |left| left.min(bytes.len()));
                *left -= length as u64;
                Ok(bytes.slice(..length))
            }))
        });
    // The server flushes when a body makes it wait.
    let broken = stream::once(end.map(|()| Err(Broken)));
    Response::from_parts(parts, Body::from_stream(half.chain(broken)))
}

/// The connection ends here.
#[derive(Debug, thiserror::Error)]
#[error("a fault ended the body early")]
struct Broken;

/// One hundred megabytes of a JSON string.
fn huge(kind: &'static str, is_sized: bool) -> Response {
    const BLOCK: &[u8] = &[b'"'; 16 * 1024];
    let sizes = (0..HUGE_BODY_BYTES).step_by(BLOCK.len()).map(|start| {
        let left = usize::try_from(HUGE_BODY_BYTES - start).unwrap_or(BLOCK.len());
        left.min(BLOCK.len())
    });
    let blocks = sizes.map(|size| Ok::<_, Infallible>(Bytes::from_static(BLOCK).slice(..size)));
    let mut response = typed(kind, Body::from_stream(stream::iter(blocks)));
    if is_sized {
        let headers = response.headers_mut();
        headers.insert(CONTENT_LENGTH, HUGE_BODY_BYTES.into());
    }
    response
}
