//! `GET /sandbox/inspector.json` and `/sandbox/inspector/events`: the inspector for scripts, and live.
//!
//! They ask for no token, as they hold no secret. A page of another origin cannot read them: no CORS
//! header is sent, the `Host` is checked as everywhere, and what a browser says comes from another
//! site is refused.

use std::sync::Arc;

use axum::extract::{FromRequestParts, State};
use axum::http::header::RETRY_AFTER;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use serde_json::json;

use crate::http::request_log::LogEntry;
use crate::http::responses;
use crate::inspector::feed;
use crate::inspector::view::Snapshot;
use crate::model::parameters::Parameters;
use crate::portal::Portal;
use crate::reason::Reason;

/// Where a browser says that a request is from (Fetch Metadata).
const FROM_SITE: &str = "sec-fetch-site";
const LAST_EVENT_ID: &str = "last-event-id";

/// The parameters of a request, unless a page of another site sent it.
pub(crate) struct InspectorQuery(Parameters);

impl<S: Sync> FromRequestParts<S> for InspectorQuery {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        if let Some(refused) = from_another_site(&parts.headers) {
            return Err(refused);
        }
        let query = parts.uri.query().unwrap_or_default();
        Ok(Self(Parameters::parse(query.as_bytes())))
    }
}

/// `limit` sends so many of the newest requests, `since` those with a greater number.
pub(crate) async fn json(
    State(portal): State<Arc<Portal>>,
    InspectorQuery(query): InspectorQuery,
) -> Response {
    let limit = query.get("limit").map_or(Ok(usize::MAX), str::parse);
    let since: Result<u64, _> = query.get("since").map_or(Ok(0), str::parse);
    let (Ok(limit), Ok(since)) = (limit, since) else {
        let why = "since must be the number of a request, and limit a number of requests";
        let instead = "send `?since=12&limit=50`, or neither for all that are kept";
        return responses::invalid_request(&Reason::new(why, instead));
    };
    let mut snapshot = Snapshot::of(&portal, limit);
    snapshot.leave_out_until(since);
    let response = responses::json(StatusCode::OK, &json!(snapshot));
    LogEntry::new("the inspector was read").on(response)
}

pub(crate) async fn events(
    State(portal): State<Arc<Portal>>,
    headers: HeaderMap,
    InspectorQuery(query): InspectorQuery,
) -> Response {
    let last = headers.get(LAST_EVENT_ID);
    let since = last.and_then(|value| value.to_str().ok());
    match feed::feed(portal, since.or(query.get("since"))) {
        Some(response) => LogEntry::new("the inspector's feed began").on(response),
        None => too_many_readers(),
    }
}

fn from_another_site(headers: &HeaderMap) -> Option<Response> {
    let site = headers.get(FROM_SITE)?;
    if site == "same-origin" || site == "none" {
        return None;
    }
    let error = "Cross-site request";
    let why = "a page of another site asked for the inspector";
    let instead = "open the sandbox's own address in the browser, or read the inspector from a program \
                   that is not a web page";
    let response = responses::error(StatusCode::FORBIDDEN, error);
    let entry = LogEntry::new(why).refusal(error, Reason::new(why, instead));
    Some(entry.on(response))
}

fn too_many_readers() -> Response {
    let error = "Too many readers";
    let why = "too many pages follow the inspector";
    let instead = "close some of them, or read `GET /sandbox/inspector.json` instead";
    let mut response = responses::error(StatusCode::SERVICE_UNAVAILABLE, error);
    let headers = response.headers_mut();
    headers.insert(RETRY_AFTER, HeaderValue::from_static("5"));
    LogEntry::new(why)
        .refusal(error, Reason::new(why, instead))
        .on(response)
}
