//! Records a request for the inspector, from its head to its answer.
//!
//! What is only about the sandbox itself (its home page, the inspector, readiness) is kept only if
//! it was refused: it would push out what people look for.

use std::time::Instant;

use axum::body::{Body, HttpBody as _, to_bytes};
use axum::extract::Request;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::response::Response;

use crate::http::request_log::{Event, LogEntry, Refusal};
use crate::model::refresh_token::RefreshTokenContent;
use crate::portal::Portal;
use crate::recording::body_copy::BodyCopy;
use crate::recording::exchange::{Content, Ending, Exchange};
use crate::recording::redaction::Redactor;
use crate::route::RouteInfo;

/// The largest answer that is decoded.
const MAX_JSON_BYTES: u64 = 32 * 1024;
/// Routes whose answers hold tokens or say something about them; errors are decoded everywhere.
const DECODED: [&str; 8] = [
    "token",
    "device",
    "introspect",
    "userinfo",
    "revoke",
    "control",
    "prosper_token",
    "prosper_user",
];
/// Routes that are about the sandbox itself.
const QUIET: [&str; 4] = ["index", "inspector", "health", "ca_certificate"];
/// What a browser asks for by itself.
const ICON: &str = "/favicon.ico";

pub(super) struct Recording {
    arrived: Instant,
    headers: HeaderMap,
    body: BodyCopy,
    /// Not kept yet, and only if it is refused.
    quiet: Option<Exchange>,
    number: u64,
    /// Without secrets.
    pub(super) path: String,
    response: Content,
}

impl Recording {
    pub(super) fn begin(
        portal: &Portal,
        route: &RouteInfo,
        number: u64,
        request: Request,
    ) -> (Request, Self) {
        let arrived = Instant::now();
        let (parts, body) = request.into_parts();
        let (body, copy) = BodyCopy::of(body);
        let path: String = parts.uri.path().chars().take(200).collect();
        let is_quiet = QUIET.contains(&route.log_name) || path == ICON;
        let open = opener(portal);
        let redactor = redactor(portal, &open, false);
        let exchange = Exchange {
            number,
            changed: 0,
            time: portal.clock.now(),
            method: parts.method.to_string(),
            path: redactor.path(path),
            endpoint: route.log_name,
            request: redactor.request_head(&parts.uri, &parts.headers),
            ending: None,
        };
        let mut recording = Self {
            arrived,
            headers: parts.headers.clone(),
            body: copy,
            quiet: None,
            number,
            path: exchange.path.clone(),
            response: Content::default(),
        };
        if is_quiet {
            recording.quiet = Some(exchange);
        } else {
            portal.recorder.begin(exchange);
        }
        (Request::from_parts(parts, body), recording)
    }

    /// The same answer, decoded where it says something about tokens.
    pub(super) async fn response(
        &mut self,
        portal: &Portal,
        endpoint: &str,
        response: Option<Response>,
    ) -> Option<Response> {
        let (parts, body) = response?.into_parts();
        let kind = parts.headers.get(CONTENT_TYPE);
        let is_json = kind.is_some_and(|kind| kind == "application/json");
        let is_decoded = DECODED.contains(&endpoint) || !parts.status.is_success();
        let is_small = body
            .size_hint()
            .exact()
            .is_some_and(|size| size <= MAX_JSON_BYTES);
        let (body, json) = if is_json && is_decoded && is_small {
            let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
            (Body::from(bytes.clone()), Some(bytes))
        } else {
            (body, None)
        };
        let open = opener(portal);
        let redactor = redactor(portal, &open, true);
        self.response = redactor.response(&parts.headers, json.as_deref());
        Some(Response::from_parts(parts, body))
    }

    pub(super) fn end(
        self,
        portal: &Portal,
        event: Event,
        session: Option<u64>,
        refusal: Option<Refusal>,
    ) {
        if let Some(exchange) = self.quiet {
            if refusal.is_none() || event.path == ICON {
                return;
            }
            portal.recorder.begin(exchange);
        }
        let open = opener(portal);
        let redactor = redactor(portal, &open, false);
        let body = redactor.request_body(&self.headers, &self.body.take());
        let ending = Ending {
            sequence: event.sequence,
            duration: self.arrived.elapsed(),
            status: event.status,
            client: event.client_id,
            persona: event.persona,
            grant_type: event.grant_type,
            session,
            fault: event.fault,
            outcome: event.outcome,
            refusal,
            response: self.response,
        };
        portal.recorder.end(self.number, body, ending);
    }
}

/// Takes secrets that were sent in the wrong place out of what is said about a request.
pub(super) fn scrub(portal: &Portal, entry: &mut LogEntry) {
    let open = |_: &str| None;
    let redactor = redactor(portal, &open, false);
    let scrub = |text: &mut String| *text = redactor.scrubbed(std::mem::take(text));
    scrub(&mut entry.outcome);
    if let Some(refusal) = &mut entry.refusal {
        scrub(&mut refusal.reason.why);
        scrub(&mut refusal.reason.send_instead);
    }
}

fn opener(portal: &Portal) -> impl Fn(&str) -> Option<RefreshTokenContent> {
    |token: &str| portal.state().grants.open_refresh_token(token)
}

fn redactor<'a>(
    portal: &'a Portal,
    open: &'a dyn Fn(&str) -> Option<RefreshTokenContent>,
    sent_by_sandbox: bool,
) -> Redactor<'a> {
    Redactor {
        secrets: portal.secrets(),
        clients: portal
            .options
            .clients
            .iter()
            .map(|client| &*client.id)
            .collect(),
        open,
        sent_by_sandbox,
        content: Content::default(),
    }
}
