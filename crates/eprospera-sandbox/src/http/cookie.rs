//! The session cookies of the pages.

use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;

pub(crate) fn read<'a>(headers: &'a HeaderMap, name: &'a str) -> Option<&'a str> {
    all(headers, name).next()
}

/// Every cookie of a name. A page on another port of this host may set one for a longer path, which
/// comes first (RFC 6265 §5.4).
pub(crate) fn all<'a>(headers: &'a HeaderMap, name: &'a str) -> impl Iterator<Item = &'a str> {
    let pairs = headers.get_all(COOKIE).into_iter();
    pairs
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(move |pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

pub(crate) fn set(response: &mut Response, name: &str, value: &str) {
    set_with(response, name, value, "SameSite=Lax");
}

/// A cookie that no other site makes the browser send, not even by a link; `more` is what else it is
/// to have.
pub(crate) fn set_strict(response: &mut Response, name: &str, value: &str, more: &str) {
    set_with(response, name, value, &format!("SameSite=Strict{more}"));
}

fn set_with(response: &mut Response, name: &str, value: &str, attributes: &str) {
    let text = format!("{name}={value}; Path=/; HttpOnly; {attributes}");
    if let Ok(value) = HeaderValue::try_from(text) {
        response.headers_mut().append(SET_COOKIE, value);
    }
}

/// Keeps the cookies of a response to encrypted connections.
pub(crate) fn secure(headers: &mut HeaderMap) {
    let cookies: Vec<_> = headers.get_all(SET_COOKIE).into_iter().cloned().collect();
    headers.remove(SET_COOKIE);
    for cookie in cookies {
        let secured = [cookie.as_bytes(), b"; Secure"].concat();
        headers.append(SET_COOKIE, HeaderValue::try_from(secured).unwrap_or(cookie));
    }
}
