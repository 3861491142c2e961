//! Sorts a server's answer: JSON to read, an OAuth error, or something that is neither.
//!
//! Error bodies are read leniently (docs/portal.md, "Errors"): flat, nested, with `code` or with
//! `error`. A body never appears in an error.

use serde_json::{Map, Value};
use url::Url;

use crate::http::Response;
use crate::unicode;

use super::error::Error;
use super::issuer::origin;
use super::json;
use super::server_text::clean;

/// Requires a success status and a JSON body.
pub(super) fn require_json(url: &Url, answer: &Response) -> Result<(), Error> {
    require_success(url, answer)?;
    let media_type = answer.media_type();
    let is_json = media_type == "application/json"
        || media_type == "application/jwk-set+json"
        || media_type.ends_with("+json");
    // Some servers send JSON untyped or as text; a page is never JSON.
    let may_be_json = media_type.is_empty() || media_type == "text/plain";
    let looks_like_json = || {
        let body = unicode::without_mark(&answer.body).trim_ascii_start();
        body.first() == Some(&b'{')
    };
    if is_json || (may_be_json && looks_like_json()) {
        Ok(())
    } else {
        Err(Error::NotJson {
            media_type: clean(&media_type),
        })
    }
}

/// Requires a success status.
pub(super) fn require_success(url: &Url, answer: &Response) -> Result<(), Error> {
    match answer.status {
        200..300 => Ok(()),
        300..400 => Err(Error::Redirected {
            origin: target(url, answer),
        }),
        429 => Err(Error::RateLimited {
            retry_after: answer.retry_after(),
        }),
        status => Err(
            refusal(status, &answer.body).unwrap_or_else(|| Error::Unexpected {
                status,
                media_type: clean(&answer.media_type()),
            }),
        ),
    }
}

/// Reads an OAuth error body; `None` when it is none.
pub(super) fn refusal(status: u16, body: &[u8]) -> Option<Error> {
    let object = json::parse_object(body)?;
    let nested = object.get("error").and_then(Value::as_object);
    let fields = nested.unwrap_or(&object);
    let code = text(fields, &["code"]).or_else(|| text(&object, &["code", "error"]))?;
    let description = text(
        fields,
        &["error_description", "errorDescription", "message"],
    )
    .or_else(|| {
        text(
            &object,
            &["error_description", "errorDescription", "message"],
        )
    })
    .or_else(|| text(&object, &["error"]).filter(|error| *error != code));
    Some(Error::Refused {
        status,
        code,
        description,
    })
}

fn text(object: &Map<String, Value>, names: &[&str]) -> Option<String> {
    names
        .iter()
        .filter_map(|name| object.get(*name)?.as_str())
        .map(clean)
        .find(|text| !text.is_empty())
}

/// The origin that a redirect points to.
fn target(url: &Url, answer: &Response) -> String {
    answer
        .text("location")
        .and_then(|location| url.join(location).ok())
        .map_or_else(|| "an unknown address".to_owned(), |target| origin(&target))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, headers: &[(&'static str, &'static str)], body: &str) -> Response {
        Response {
            status,
            headers: headers
                .iter()
                .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
                .collect(),
            body: body.as_bytes().to_vec(),
        }
    }

    fn url() -> Url {
        Url::parse("https://portal.example/api/oauth/token").unwrap()
    }

    #[test]
    fn error_bodies_are_read_in_every_documented_form() {
        let table = [
            (r#"{"error":"invalid_grant"}"#, "invalid_grant", None),
            (
                r#"{"error":"invalid_scope","error_description":"x:y"}"#,
                "invalid_scope",
                Some("x:y"),
            ),
            (
                r#"{"error":"The grant is gone","code":"invalid_grant"}"#,
                "invalid_grant",
                Some("The grant is gone"),
            ),
            (
                r#"{"error":{"code":"invalid_client","message":"who?"}}"#,
                "invalid_client",
                Some("who?"),
            ),
            (r#"{"error":"a","errorDescription":"b"}"#, "a", Some("b")),
            (r#"{"error":"a","message":"b"}"#, "a", Some("b")),
            (r#"{"error":"a","error_description":null}"#, "a", None),
            (
                "{\"error\":\"a\\u001b[0m\",\"error_description\":\"\\u0007b\"}",
                "a [0m",
                Some("b"),
            ),
        ];
        for (body, expected, text) in table {
            let Some(Error::Refused {
                code, description, ..
            }) = refusal(400, body.as_bytes())
            else {
                panic!("{body}");
            };
            assert_eq!(
                (code.as_str(), description.as_deref()),
                (expected, text),
                "{body}"
            );
        }
    }

    #[test]
    fn other_bodies_are_no_oauth_errors() {
        for body in [
            "",
            "null",
            "[]",
            "\"Invalid code\"",
            "{}",
            r#"{"error":7}"#,
            "<html>",
            r#"{"error":""}"#,
        ] {
            assert!(refusal(400, body.as_bytes()).is_none(), "{body}");
        }
    }

    #[test]
    fn a_long_description_is_cut() {
        let body = format!(
            r#"{{"error":"a","error_description":"{}"}}"#,
            "ü".repeat(5000)
        );
        let Some(Error::Refused { description, .. }) = refusal(400, body.as_bytes()) else {
            panic!("no refusal");
        };
        assert_eq!(description.unwrap().chars().count(), 300);
    }

    #[test]
    fn statuses_and_types_are_sorted() {
        let json = ("content-type", "application/json; charset=utf-8");
        let html = ("content-type", "text/html");
        let table = [
            (answer(200, &[json], "{}"), "Ok"),
            (answer(200, &[], "{}"), "Ok"),
            (answer(200, &[html], "{}"), "NotJson"),
            (answer(200, &[], "<html>"), "NotJson"),
            (answer(204, &[], ""), "NotJson"),
            (
                answer(302, &[("location", "https://evil.example/login?x=1")], ""),
                "Redirected",
            ),
            (answer(304, &[], ""), "Redirected"),
            (answer(429, &[("retry-after", "7")], ""), "RateLimited"),
            (
                answer(400, &[html], r#"{"error":"invalid_grant"}"#),
                "Refused",
            ),
            (answer(400, &[html], "<html>"), "Unexpected"),
            (answer(503, &[html], ""), "Unexpected"),
        ];
        for (answer, kind) in table {
            let outcome = match require_json(&url(), &answer) {
                Ok(()) => String::from("Ok"),
                Err(error) => format!("{error:?}"),
            };
            assert!(outcome.starts_with(kind), "{answer:?}: {outcome}");
        }
        let redirect = answer(302, &[("location", "https://evil.example/login?x=1")], "");
        let error = require_json(&url(), &redirect).unwrap_err().to_string();
        assert_eq!(error, "the server redirects to https://evil.example");
    }
}
