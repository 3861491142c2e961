//! Records a request for the inspector, from its head to its answer.
//!
//! What is only about the sandbox itself (its home page, the inspector, readiness) is kept only if
//! it was refused: it would push out what people look for.

use std::time::Instant;

use axum::body::{Body, HttpBody as _, to_bytes};
use axum::extract::Request;
use axum::http::Method;
use axum::http::header::CONTENT_TYPE;
use axum::response::Response;

use crate::http::form;
use crate::http::request_log::{Event, Refusal};
use crate::model::refresh_token::RefreshTokenContent;
use crate::portal::Portal;
use crate::recording::body_copy::BodyCopy;
use crate::recording::exchange::{Content, Ending, Exchange};
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
/// What browsers, their tools and their crawlers ask for by themselves, beside icons.
const ASKED_BY_BROWSERS: [&str; 8] = [
    "/favicon.ico",
    "/robots.txt",
    "/browserconfig.xml",
    "/.well-known/appspecific/com.chrome.devtools.json",
    "/.well-known/change-password",
    "/.well-known/passkey-endpoints",
    "/.well-known/security.txt",
    "/.well-known/traffic-advice",
];

pub(super) struct Recording {
    arrived: Instant,
    /// Of the body.
    media_type: String,
    body: BodyCopy,
    /// Not kept yet, and only if it is refused.
    quiet: Option<Exchange>,
    number: u64,
    /// A browser asked by itself.
    is_of_browser: bool,
    pub(super) method: &'static str,
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
        let is_of_browser = is_asked_by_browsers(parts.uri.path());
        let is_quiet = QUIET.contains(&route.log_name) || is_of_browser;
        let method = known(&parts.method);
        let open = opener(portal);
        let redactor = portal.redactor(&open, false);
        let exchange = Exchange {
            number,
            changed: 0,
            time: portal.clock.now(),
            method: method.to_owned(),
            path: redactor.path(route.path, parts.uri.path()),
            endpoint: route.log_name,
            request: redactor.request_head(&parts.uri, &parts.headers),
            ending: None,
        };
        let mut recording = Self {
            arrived,
            media_type: form::media_type(&parts.headers),
            body: copy,
            quiet: None,
            number,
            is_of_browser,
            method,
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
        let redactor = portal.redactor(&open, true);
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
            if refusal.is_none() || self.is_of_browser {
                return;
            }
            portal.recorder.begin(exchange);
        }
        let open = opener(portal);
        let redactor = portal.redactor(&open, false);
        let body = redactor.request_body(&self.media_type, &self.body.take());
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

fn opener(portal: &Portal) -> impl Fn(&str) -> Option<RefreshTokenContent> {
    |token: &str| portal.state().grants.open_refresh_token(token)
}

/// A method as it may be shown. Any text can stand in its place.
fn known(method: &Method) -> &'static str {
    const METHODS: [&str; 9] = [
        "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH",
    ];
    let mut known = METHODS.into_iter();
    known
        .find(|known| *known == method.as_str())
        .unwrap_or("(another method)")
}

/// Whether a browser asks for a path by itself.
fn is_asked_by_browsers(path: &str) -> bool {
    path.starts_with("/apple-touch-icon") || ASKED_BY_BROWSERS.contains(&path)
}
