//! `GET /health`: whether the sandbox answers, for a script that waits for it.
//!
//! Open, because a client that waits has no token yet. No fault and no latency strikes it: it is about
//! the sandbox, not about the portal that the sandbox plays.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use crate::http::request_log::LogEntry;
use crate::http::responses;
use crate::portal::Portal;

pub(crate) async fn health(State(portal): State<Arc<Portal>>) -> Response {
    // The first signature waits for the key; nothing else does.
    let key = if portal.keys.is_ready() {
        "ready"
    } else {
        "being made"
    };
    let body = json!({
        "status": "ready",
        "version": env!("CARGO_PKG_VERSION"),
        "issuer": portal.issuer,
        "signing_key": key,
    });
    LogEntry::new("the sandbox is ready").on(responses::json(StatusCode::OK, &body))
}
