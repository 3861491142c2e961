//! What came back in full, and what its headers say.

use std::time::{Duration, SystemTime};

use reqwest::header::{CONTENT_TYPE, DATE, HeaderMap, RETRY_AFTER};

use super::HeaderValue;

/// A complete answer, whatever its status.
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The whole body, at most as long as the request's limit. It may hold tokens.
    pub body: Vec<u8>,
}

/// Shows no header and no body: either may hold secrets.
impl std::fmt::Debug for Answer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Answer")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

impl Answer {
    /// Whether the status is 2xx.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The media type without its parameters, in lower case; empty when absent.
    pub fn media_type(&self) -> String {
        media_type(&self.headers)
    }

    /// A header as text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The server's clock (RFC 9110 §6.6.1).
    pub fn date(&self) -> Option<SystemTime> {
        httpdate(self.headers.get(DATE)?)
    }

    /// How long the server asks to wait (RFC 9110 §10.2.3), seconds or date.
    pub fn retry_after(&self) -> Option<Duration> {
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

fn httpdate(value: &HeaderValue) -> Option<SystemTime> {
    let moment = jiff::fmt::rfc2822::parse(value.to_str().ok()?).ok()?;
    Some(SystemTime::from(moment.timestamp()))
}
