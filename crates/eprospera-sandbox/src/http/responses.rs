//! The portal's JSON answers (docs/portal.md, Errors), and the file service's in XML.

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, PRAGMA};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};

use crate::http::request_log::LogEntry;
use crate::reason::Reason;

/// The largest request body that is read.
pub(crate) const MAX_BODY_BYTES: usize = 64 * 1024;

pub(crate) fn json(status: StatusCode, value: &Value) -> Response {
    let mut response = Response::new(Body::from(value.to_string()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// A JSON string, which is what the errors of Prosper are.
pub(crate) fn text(status: StatusCode, text: &str) -> Response {
    json(status, &Value::from(text))
}

/// `{"error": …}` and nothing else.
pub(crate) fn error(status: StatusCode, error: &str) -> Response {
    json(status, &json!({ "error": error }))
}

/// `{"error": …, "error_description": …}`.
pub(crate) fn described(status: StatusCode, error: &str, description: &str) -> Response {
    let body = json!({ "error": error, "error_description": description });
    json(status, &body)
}

/// 400 and `invalid_request`, described by the reason.
pub(crate) fn invalid_request(reason: &Reason) -> Response {
    let error = "invalid_request";
    let response = described(StatusCode::BAD_REQUEST, error, &reason.why);
    LogEntry::refused(error, reason.clone()).on(response)
}

/// An error as object stores word it.
pub(crate) fn xml(status: StatusCode, code: &str, message: &str) -> Response {
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <Error><Code>{code}</Code><Message>{message}</Message></Error>\n"
    );
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/xml"));
    response
}

/// Adds the headers that every token answer carries (docs/portal.md, Token).
pub(crate) fn uncached(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(PRAGMA, HeaderValue::from_static("no-cache"));
    response
}

/// The answer to plain HTTP where https is spoken, worded for a person: they often see it in a browser.
pub(crate) fn https_only(origin: &str) -> Response {
    let body = format!("This sandbox speaks https, not plain http. Use {origin}\n");
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::BAD_REQUEST;
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    let outcome = format!("plain http where the sandbox speaks https: use {origin}");
    let instead = format!(
        "send the request to `{origin}`, and let the client trust the certificate of \
         `GET /sandbox/ca.pem`"
    );
    let reason = Reason::new("plain http where the sandbox speaks https", instead);
    LogEntry::new(outcome)
        .refusal("https only", reason)
        .on(response)
}

/// Something inside the sandbox broke; the OAuth routes have a code for it.
pub(crate) fn internal(why: &str) -> Response {
    let response = error(StatusCode::INTERNAL_SERVER_ERROR, "internal_server_error");
    let instead =
        "send the same again; if it happens once more, report it: the sandbox itself failed";
    let reason = Reason::new(why, instead);
    LogEntry::new(why)
        .refusal("internal_server_error", reason)
        .on(response)
}
