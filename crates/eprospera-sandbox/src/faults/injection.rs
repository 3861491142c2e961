//! Carries out the rules of [`fault`](super::fault) that concern a connection or a whole answer.

use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::http::header::{CONTENT_TYPE, LOCATION, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use http_body::{Frame, SizeHint};
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

    /// The rules that still apply, in order.
    pub(crate) fn rules(&self) -> Vec<String> {
        self.lock()
            .iter()
            .map(|rule| rule.fault.to_string())
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

    /// The pause that a rule asks for.
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
        Action::Huge(sized) => typed(kind, Body::new(Padding::new(*sized))),
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

/// When a half body ends, and with it the connection.
type End = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Cuts an answer in half: its length is promised in full, and when `end` has come the connection
/// breaks.
pub(crate) async fn halved(
    response: Response,
    end: impl Future<Output = ()> + Send + 'static,
) -> Response {
    let (parts, body) = response.into_parts();
    let whole = match body.size_hint().exact() {
        Some(_) => body,
        // An answer that tells no length is short.
        None => Body::from(
            axum::body::to_bytes(body, 16 * MAX_BODY_BYTES)
                .await
                .unwrap_or_default(),
        ),
    };
    let promised = whole.size_hint().lower();
    let half = Half {
        promised,
        left: promised / 2,
        whole,
        end: Box::pin(end),
    };
    Response::from_parts(parts, Body::new(half))
}

/// The connection ends here.
#[derive(Debug, thiserror::Error)]
#[error("a fault ended the body early")]
pub(crate) struct Broken;

struct Half {
    promised: u64,
    left: u64,
    whole: Body,
    end: End,
}

impl HttpBody for Half {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        if self.left == 0 {
            // The server flushes when a body makes it wait.
            return self.end.as_mut().poll(context).map(|()| Some(Err(Broken)));
        }
        let frame = match Pin::new(&mut self.whole).poll_frame(context) {
            Poll::Ready(Some(Ok(frame))) => frame.into_data().unwrap_or_default(),
            Poll::Ready(_) => return Poll::Ready(Some(Err(Broken))),
            Poll::Pending => return Poll::Pending,
        };
        let length = usize::try_from(self.left).map_or(frame.len(), |left| left.min(frame.len()));
        self.left -= length as u64;
        Poll::Ready(Some(Ok(Frame::data(frame.slice(..length)))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.promised)
    }
}

/// One hundred megabytes of a JSON string.
struct Padding {
    left: u64,
    sized: bool,
}

impl Padding {
    const BLOCK: &'static [u8] = &[b'"'; 16 * 1024];

    const fn new(sized: bool) -> Self {
        Self {
            left: HUGE_BODY_BYTES,
            sized,
        }
    }
}

impl HttpBody for Padding {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        let length = usize::try_from(self.left)
            .map_or(Self::BLOCK.len(), |left| left.min(Self::BLOCK.len()));
        self.left -= length as u64;
        let block = Bytes::from_static(Self::BLOCK).slice(..length);
        Poll::Ready(Some(Ok(Frame::data(block))))
    }

    fn size_hint(&self) -> SizeHint {
        if self.sized {
            SizeHint::with_exact(self.left)
        } else {
            SizeHint::default()
        }
    }
}
