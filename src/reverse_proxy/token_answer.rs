//! The answer to those who ask for the token itself.

use hyper::Response;
use reqwest::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use serde_json::json;

use super::body::{self, Body};
use super::token_source::CurrentToken;

/// The token with the moment of its end, which is unknown of one that was given.
pub(super) fn of(token: &CurrentToken) -> Response<Body> {
    let answer = json!({
        "token": token.secret().expose(),
        "expires_at": token.expires_at().map(rfc_3339),
    });
    let mut response = Response::new(body::full(format!("{answer}\n").into_bytes()));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn rfc_3339(seconds: i64) -> Option<String> {
    let moment = jiff::Timestamp::from_second(seconds).ok()?;
    Some(moment.to_string())
}
