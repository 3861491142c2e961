//! `-H`: headers that a person may add, and those that they may not.

use crate::error::Error;
use crate::http::{HeaderName, HeaderValue};

/// Headers that say where a message goes and how it is framed (RFC 9110 §7.6.1, RFC 9112): they are
/// the connection's own.
const OF_THE_CONNECTION: [&str; 11] = [
    "connection",
    "content-length",
    "expect",
    "host",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "proxy-connection",
    "http2-settings",
];

/// Headers that carry credentials.
const CREDENTIALS: [&str; 3] = ["authorization", "cookie", "proxy-authorization"];

/// Reads headers written as `Name: value`.
pub(super) fn all(texts: &[String]) -> Result<Vec<(HeaderName, HeaderValue)>, Error> {
    texts.iter().map(|text| one(text)).collect()
}

fn one(text: &str) -> Result<(HeaderName, HeaderValue), Error> {
    let malformed = || {
        // The value may be a secret.
        let name = text.split(':').next().unwrap_or_default();
        Error::usage(format!("the header `{name}` is malformed"))
            .hint("write it as `-H 'Name: value'`")
    };
    let (name, value) = text.split_once(':').ok_or_else(malformed)?;
    let name: HeaderName = name.parse().map_err(|_| malformed())?;
    // RFC 9110 §5.5: bytes beyond ASCII have no agreed meaning.
    let value = Some(value.trim()).filter(|value| value.is_ascii());
    let value = value.and_then(|value| HeaderValue::from_str(value).ok());
    let value = value.ok_or_else(malformed)?;
    let refused = |hint: &'static str| {
        Err(Error::usage(format!("the header `{name}` cannot be set")).hint(hint))
    };
    if CREDENTIALS.contains(&name.as_str()) {
        return refused("to use another credential, set EPROSPERA_TOKEN");
    }
    if OF_THE_CONNECTION.contains(&name.as_str()) {
        return refused("leave it out; the connection sets it");
    }
    Ok((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;

    #[test]
    fn a_header_is_a_name_and_a_value() {
        for (text, name, value) in [
            ("Accept: text/csv", "accept", "text/csv"),
            ("X-Trace:1", "x-trace", "1"),
            ("If-None-Match: \"a:b\"", "if-none-match", "\"a:b\""),
            ("X-Empty:", "x-empty", ""),
        ] {
            let (found, given) = one(text).unwrap();
            assert_eq!((found.as_str(), given.to_str().unwrap()), (name, value));
        }
    }

    #[test]
    fn what_is_malformed_is_refused_without_its_value() {
        for text in [
            "Accept",
            ": x",
            "A B: x",
            "X: a\r\nHost: b",
            "X: caf\u{e9}",
            "",
            "X : y",
        ] {
            let message = one(text).unwrap_err().message();
            assert!(message.contains("malformed"), "{text}: {message}");
        }
        let message = one("X-Key: canary\u{e9}").unwrap_err().sentence();
        assert!(!message.contains("canary"));
    }

    #[test]
    fn credentials_and_the_frame_are_not_the_persons_to_set() {
        for name in CREDENTIALS.iter().chain(&OF_THE_CONNECTION) {
            for name in [(*name).to_owned(), name.to_uppercase()] {
                let error = one(&format!("{name}: x")).unwrap_err();
                assert_eq!(error.kind(), Kind::Usage);
                assert!(error.message().contains("cannot be set"), "{name}");
            }
        }
    }
}
