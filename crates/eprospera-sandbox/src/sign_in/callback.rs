//! The answer to the client's redirect URI, in the response mode it asked for.
//!
//! RFC 6749 §4.1.2, `OAuth` 2.0 Form Post Response Mode, RFC 9207. The registered URI is used byte
//! for byte: nothing is parsed and written again.

use axum::http::header::LOCATION;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use url::form_urlencoded;

use crate::http::responses;
use crate::model::authorization::{Authorization, ResponseMode};
use crate::pages::form_post::form_post;
use crate::portal::Portal;

pub(crate) enum AuthorizationResult<'a> {
    Code(&'a str),
    Error(&'a str),
}

/// Sends the browser back to the client.
pub(crate) fn respond(
    portal: &Portal,
    authorization: &Authorization,
    answer: &AuthorizationResult<'_>,
) -> Response {
    let mut fields = vec![match answer {
        AuthorizationResult::Code(code) => ("code", *code),
        AuthorizationResult::Error(error) => ("error", *error),
    }];
    fields.push(("state", &authorization.state));
    if portal.options.issuer_parameter {
        fields.push(("iss", &portal.issuer));
    }
    let uri = &authorization.redirect_uri;
    match authorization.mode {
        ResponseMode::Query => see_other(&with_query(uri, &encoded(&fields))),
        ResponseMode::Fragment => see_other(&format!("{uri}#{}", encoded(&fields))),
        ResponseMode::FormPost => form_post(uri, &fields),
    }
}

fn encoded(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}

/// A URI with further parameters in its query.
pub(crate) fn with_query(uri: &str, query: &str) -> String {
    let joint = match uri.split_once('?') {
        None => "?",
        Some((_, own)) if own.is_empty() || own.ends_with('&') => "",
        Some(_) => "&",
    };
    format!("{uri}{joint}{query}")
}

/// 303 to a URL.
pub(crate) fn see_other(location: &str) -> Response {
    redirect(StatusCode::SEE_OTHER, location)
}

/// A redirect with a status of choice.
pub(crate) fn redirect(status: StatusCode, location: &str) -> Response {
    let Ok(location) = HeaderValue::from_str(location) else {
        return responses::internal("the redirect target cannot be a header");
    };
    (status, [(LOCATION, location)]).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_begun_continued_or_completed() {
        assert_eq!(with_query("http://a/cb", "code=1"), "http://a/cb?code=1");
        assert_eq!(with_query("http://a/cb?", "code=1"), "http://a/cb?code=1");
        assert_eq!(
            with_query("http://a/cb?tenant=7", "code=1"),
            "http://a/cb?tenant=7&code=1"
        );
        assert_eq!(
            with_query("http://a/cb?tenant=7&", "code=1"),
            "http://a/cb?tenant=7&code=1"
        );
    }

    #[test]
    fn a_state_of_any_characters_survives_the_encoding() {
        let fields = [("state", "a b&c=d#\u{e9}\r\n")];
        let encoded = encoded(&fields);
        assert!(encoded.is_ascii());
        let decoded: Vec<_> = form_urlencoded::parse(encoded.as_bytes())
            .into_owned()
            .collect();
        assert_eq!(decoded[0].1, "a b&c=d#\u{e9}\r\n");
    }
}
