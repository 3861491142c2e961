//! Whether a body is a form, by what its header says.

use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;

/// The media type of a form.
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";

/// The media type of a body, in lower case and without its parameters.
pub(crate) fn media_type(headers: &HeaderMap) -> String {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let essence = kind.and_then(|kind| kind.split(';').next()).unwrap_or("");
    essence.trim().to_ascii_lowercase()
}

pub(crate) fn is_form(headers: &HeaderMap) -> bool {
    media_type(headers) == FORM
}

/// Whether a body is written in JSON, whatever its type says.
pub(crate) fn is_json(body: &[u8]) -> bool {
    matches!(body.trim_ascii_start().first(), Some(b'{' | b'['))
}
