//! `GET /sandbox/ca.pem`: the certificate of the authority behind a sandbox that speaks https.
//!
//! The one path that also answers over plain HTTP, on the same port: a client needs the certificate
//! before it can speak https. Everything stays on this computer.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;

use crate::http::request_log::LogEntry;
use crate::http::responses;
use crate::portal::Portal;
use crate::reason::Reason;

pub(crate) async fn ca_certificate(State(portal): State<Arc<Portal>>) -> Response {
    let Some(certificate) = &portal.ca_certificate else {
        let response = responses::error(StatusCode::NOT_FOUND, "Not found");
        let why = "the sandbox speaks plain http and has no CA";
        let reason = Reason::new(
            why,
            "leave the certificate out, or start the sandbox with `--tls`",
        );
        return LogEntry::new(why).refusal("Not found", reason).on(response);
    };
    let mut response = Response::new(Body::from(certificate.to_string()));
    let kind = HeaderValue::from_static("application/x-pem-file");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    LogEntry::new("sent the certificate of the CA").on(response)
}
