//! `GET /sandbox/inspector.json`: the inspector for scripts.
//!
//! It asks for no token, as it holds no secret. A page of another origin cannot read it: no CORS
//! header is sent, the `Host` is checked as everywhere, and a browser says where a request is from.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use crate::http::request_log::LogEntry;
use crate::http::responses;
use crate::inspector::view::Snapshot;
use crate::model::parameters::Parameters;
use crate::portal::Portal;

pub(crate) async fn json(State(portal): State<Arc<Portal>>, RawQuery(query): RawQuery) -> Response {
    let query = Parameters::parse(query.unwrap_or_default().as_bytes());
    let limit = query.get("limit").map_or(Ok(usize::MAX), str::parse);
    let Ok(limit) = limit else {
        let why = "limit must be a number of requests";
        let response = responses::described(StatusCode::BAD_REQUEST, "invalid_request", why);
        return LogEntry::new(format!("invalid_request: {why}")).on(response);
    };
    let snapshot = Snapshot::of(&portal, limit);
    let response = responses::json(StatusCode::OK, &json!(snapshot));
    LogEntry::new("the inspector was read").on(response)
}
