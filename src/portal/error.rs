//! How the portal says no (docs/portal.md, "Errors").

use std::time::Duration;

use serde_json::{Value, json};

use crate::http;
use crate::unicode;

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error<B> {
    #[error(transparent)]
    Bearer(B),
    #[error(transparent)]
    Http(#[from] http::Error),
    #[error("the portal refused: {}", .0.text())]
    Refused(PortalRefusal),
    /// The portal points to another origin, where no token is sent.
    #[error("the portal redirects to {origin}")]
    Redirected {
        /// The origin of the target, without path and query.
        origin: String,
    },
    /// The portal points to another of its addresses. The token is not sent there either.
    #[error("{path} answered with a redirect, which is not followed")]
    Moved { path: String },
    /// The answer is not what the portal documents.
    #[error("the response from {path} is not what the portal documents: {problem}")]
    Unexpected { path: String, problem: String },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PortalRefusal {
    pub status: u16,
    /// The machine code or sentence, when the body had one.
    pub code: Option<String>,
    /// The words, when they differ from the code.
    pub description: Option<String>,
    pub details: Option<Value>,
    pub retry_after: Option<Duration>,
}

const LONGEST_TEXT: usize = 300;
const MISSING_SCOPES: &str = "missing_scopes:";

impl PortalRefusal {
    /// Reads a refusal with all that its headers say.
    pub(crate) fn of(answer: &http::Response) -> Self {
        Self {
            retry_after: answer.retry_after(),
            ..Self::parse(answer.status, &answer.body)
        }
    }

    /// Reads an error body: flat, nested, one JSON string, or none at all. Nothing of a body that
    /// is not JSON is kept.
    pub(crate) fn parse(status: u16, body: &[u8]) -> Self {
        let body = unicode::without_mark(body);
        let mut body: Value = serde_json::from_slice(body).unwrap_or_default();
        if body.is_string() {
            body = json!({ "error": body });
        }
        let nested = body.get("error").filter(|error| error.is_object());
        let source = nested.unwrap_or(&body);
        let text = |names: &[&str]| {
            names
                .iter()
                .find_map(|name| source.get(name)?.as_str())
                .filter(|text| !text.is_empty())
                .map(|text| text.chars().take(LONGEST_TEXT).collect::<String>())
        };
        let code = text(&["code", "error"]);
        let description = text(&["error_description", "errorDescription", "message"])
            .or_else(|| text(&["error"]))
            .filter(|words| Some(words) != code.as_ref());
        let details = source
            .get("details")
            .filter(|details| !details.is_null())
            .cloned();
        Self {
            status,
            code,
            description,
            details,
            retry_after: None,
        }
    }

    pub(crate) fn text(&self) -> String {
        match (&self.description, &self.code) {
            (Some(words), Some(code)) => format!("{code}: {words}"),
            (Some(text), None) | (None, Some(text)) => text.clone(),
            (None, None) => format!("HTTP status {}", self.status),
        }
    }

    /// The scopes that are missing. The prefix decides, whatever the status: an older portal
    /// answers 401 (docs/portal.md, "Discrepancies").
    pub(crate) fn missing_scopes(&self) -> Option<Vec<String>> {
        let list = [&self.code, &self.description]
            .into_iter()
            .flatten()
            .find_map(|text| text.strip_prefix(MISSING_SCOPES))?;
        let scopes = list.split([',', ' ']).filter(|scope| !scope.is_empty());
        Some(scopes.map(str::to_owned).collect())
    }

    /// Whether a fresh token could help: a 401 that is not about scopes.
    pub(crate) fn is_about_the_token(&self) -> bool {
        self.status == 401 && self.missing_scopes().is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_documented_form_of_error_is_read() {
        let cases = [
            (r#"{"error":"missing_token"}"#, "missing_token"),
            (
                r#"{"error":"Legal entity not found"}"#,
                "Legal entity not found",
            ),
            (
                r#"{"error":"Too many requests","code":"rate_limited"}"#,
                "rate_limited: Too many requests",
            ),
            (
                r#"{"error":"invalid_request","error_description":"no"}"#,
                "invalid_request: no",
            ),
            (
                r#"{"error":{"code":"gone","message":"moved on"}}"#,
                "gone: moved on",
            ),
            ("\"Invalid token\"", "Invalid token"),
            (r#"{"error":""}"#, "HTTP status 418"),
            ("<html>captive portal</html>", "HTTP status 418"),
            ("", "HTTP status 418"),
            ("null", "HTTP status 418"),
        ];
        for (body, text) in cases {
            assert_eq!(
                PortalRefusal::parse(418, body.as_bytes()).text(),
                text,
                "{body}"
            );
        }
    }

    #[test]
    fn missing_scopes_are_told_by_the_prefix_whatever_the_status() {
        for status in [401, 403] {
            let body = br#"{"error":"missing_scopes: eprospera:entity.read, openid"}"#;
            let refusal = PortalRefusal::parse(status, body);
            assert_eq!(
                refusal.missing_scopes().unwrap(),
                ["eprospera:entity.read", "openid"]
            );
            assert!(!refusal.is_about_the_token());
        }
        assert!(PortalRefusal::parse(401, br#"{"error":"invalid_token"}"#).is_about_the_token());
        assert!(
            !PortalRefusal::parse(403, br#"{"error":"Insufficient permissions"}"#)
                .is_about_the_token()
        );
    }
}
