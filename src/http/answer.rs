//! What came back in full, and what its headers say.

use std::time::{Duration, SystemTime};

use reqwest::StatusCode;
use reqwest::header::{CONTENT_TYPE, DATE, HeaderMap, RETRY_AFTER};

use super::{HeaderName, HeaderValue};
use crate::secret::{REDACTED, redact};

pub(crate) struct Response {
    pub status: u16,
    pub headers: HeaderMap,
    /// The whole body, at most as long as the request's limit. It may hold tokens.
    pub body: Vec<u8>,
}

/// Shows no header and no body: either may hold secrets.
impl std::fmt::Debug for Response {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Response")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

impl Response {
    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The media type without its parameters, in lower case; empty when absent.
    pub(crate) fn media_type(&self) -> String {
        media_type(&self.headers)
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The status line and the headers, without what is secret in them. This client speaks
    /// HTTP/1.1 and nothing newer.
    pub(crate) fn head(&self) -> String {
        let status = StatusCode::from_u16(self.status).ok();
        let reason = status.and_then(|status| status.canonical_reason());
        let mut rows = vec![match reason {
            Some(reason) => format!("HTTP/1.1 {} {reason}", self.status),
            None => format!("HTTP/1.1 {}", self.status),
        }];
        let shown = |(name, value): (&HeaderName, &HeaderValue)| {
            let value = String::from_utf8_lossy(value.as_bytes());
            format!("{name}: {}", without_secret(name.as_str(), &value))
        };
        rows.extend(self.headers.iter().map(shown));
        redact(&rows.join("\n")).into_owned() + "\n\n"
    }

    /// The server's clock (RFC 9110 §6.6.1).
    pub(crate) fn date(&self) -> Option<SystemTime> {
        httpdate(self.headers.get(DATE)?)
    }

    /// How long the server asks to wait (RFC 9110 §10.2.3), seconds or date.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        let value = self.headers.get(RETRY_AFTER)?;
        if let Some(seconds) = value
            .to_str()
            .ok()
            .and_then(|text| text.trim().parse().ok())
        {
            return Some(Duration::from_secs(seconds));
        }
        let wait = httpdate(value)?.duration_since(SystemTime::now());
        Some(wait.unwrap_or_default())
    }
}

pub(super) fn media_type(headers: &HeaderMap) -> String {
    let value = headers.get(CONTENT_TYPE).map(HeaderValue::to_str);
    let value = value.and_then(Result::ok).unwrap_or_default();
    let essence = value.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// A header's value as far as it may be shown: a query can hold codes and signatures.
fn without_secret(name: &str, value: &str) -> String {
    match (name, value.split_once('?')) {
        ("set-cookie" | "cookie" | "authorization" | "proxy-authorization", _) => {
            REDACTED.to_owned()
        }
        ("location" | "content-location" | "refresh", Some((path, _))) => {
            format!("{path}?{REDACTED}")
        }
        _ => value.to_owned(),
    }
}

fn httpdate(value: &HeaderValue) -> Option<SystemTime> {
    let moment = jiff::fmt::rfc2822::parse(value.to_str().ok()?).ok()?;
    Some(SystemTime::from(moment.timestamp()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_can_be_shown_and_tells_no_secret() {
        let headers = [
            ("content-type", "text/html"),
            ("set-cookie", "session=canary"),
            ("location", "https://a.example/callback?code=canary"),
            ("x-plain", "a?b"),
        ];
        let headers = headers.map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
        let answer = Response {
            status: 303,
            headers: headers.into_iter().collect(),
            body: b"canary".to_vec(),
        };
        let mut rows: Vec<_> = answer.head().lines().map(str::to_owned).collect();
        rows[1..].sort();
        assert_eq!(
            rows,
            [
                "HTTP/1.1 303 See Other",
                "",
                "content-type: text/html",
                "location: https://a.example/callback?[redacted]",
                "set-cookie: [redacted]",
                "x-plain: a?b",
            ]
        );
    }
}
