//! A redirect URI as the client registered it (RFC 6749 §3.1.2, RFC 8252 §7.3).
//!
//! The server compares it as a string, so it is kept exactly as written: what is sent, bound and
//! exchanged is one text.

use std::fmt;

use crate::oauth::issuer;
use url::{Host, Url};

/// A registered redirect URI.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct RedirectUri {
    text: String,
    url: Url,
}

/// Why a text is not a redirect URI.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum RedirectUriError {
    /// It is not an absolute URL.
    #[error("a redirect URI is a URL such as http://127.0.0.1:8736/callback")]
    NotAUrl,
    /// Plain http beyond this machine, or a scheme that is not an application's own.
    #[error(
        "a redirect URI must be https, http on a loopback address or `localhost`, or have a \
         private-use scheme such as com.example.app"
    )]
    NotSecure,
    /// It has user info or a fragment (RFC 6749 §3.1.2).
    #[error("a redirect URI has no {0}")]
    Extra(&'static str),
    /// Port 0 can be bound but not registered.
    #[error("a redirect URI cannot have port 0")]
    PortZero,
}

impl RedirectUri {
    pub(crate) fn parse(text: &str) -> Result<Self, RedirectUriError> {
        let url = issuer::url_of(text).ok_or(RedirectUriError::NotAUrl)?;
        match url.scheme() {
            "https" if url.host().is_some() => {}
            "http" if issuer::is_loopback(&url) && issuer::names_loopback(text) => {}
            // RFC 8252 §7.1: a domain name in reverse, which no scheme of a browser is.
            scheme if scheme.contains('.') => {}
            _ => return Err(RedirectUriError::NotSecure),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(RedirectUriError::Extra("user info"));
        }
        if text.contains('#') {
            return Err(RedirectUriError::Extra("fragment"));
        }
        if url.port() == Some(0) {
            return Err(RedirectUriError::PortZero);
        }
        Ok(Self {
            text: text.to_owned(),
            url,
        })
    }

    /// The text exactly as registered.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether this machine can listen on it. Otherwise the redirect can only be pasted.
    pub(crate) fn is_loopback(&self) -> bool {
        self.url.scheme() == "http"
    }

    /// The port it names, or its scheme's.
    pub(crate) fn port(&self) -> u16 {
        self.url.port_or_known_default().unwrap_or(80)
    }

    /// The host as a URL has it: an IPv6 address in brackets.
    pub(crate) fn host_text(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    pub(in crate::oauth) fn host(&self) -> Option<Host<&str>> {
        self.url.host()
    }

    pub(in crate::oauth) fn path(&self) -> &str {
        self.url.path()
    }

    /// Whether a `Host` header names this URI's host and port (RFC 9110 §7.2).
    pub(in crate::oauth) fn is_authority(&self, header: &str) -> bool {
        let host = self.url.host_str().unwrap_or_default();
        let header = header.to_ascii_lowercase();
        let bare = self.url.port().is_none() && header == host;
        bare || header == format!("{host}:{}", self.port())
    }

    /// Whether a pasted URL has this URI's scheme, host, port and path. For one of this machine the
    /// path is enough: a browser may have made https of http, and the person may have reached this
    /// machine through a port or a host that forwards to it, under a path in front of its own. The
    /// state and PKCE protect the answer.
    pub(in crate::oauth) fn covers(&self, pasted: &Url) -> bool {
        if !pasted.username().is_empty() || pasted.password().is_some() {
            return false;
        }
        // Some servers and forwards put a slash at the end.
        let own = self.url.path().trim_end_matches('/');
        let Some(in_front) = pasted.path().trim_end_matches('/').strip_suffix(own) else {
            return false;
        };
        if self.is_loopback() {
            // A link that holds another address is read for that one.
            let is_plain = |sign: char| sign.is_ascii_alphanumeric() || "/-._~".contains(sign);
            return matches!(pasted.scheme(), "http" | "https") && in_front.chars().all(is_plain);
        }
        let place = |url: &Url| {
            let host = url.host_str().map(str::to_owned);
            (url.scheme().to_owned(), host, url.port())
        };
        in_front.is_empty() && place(&self.url) == place(pasted)
    }

    /// Its scheme and what follows, which is all of it that some address bars show.
    pub(in crate::oauth) fn split(&self) -> Option<(&str, &str)> {
        self.text.split_once("://")
    }
}

impl fmt::Display for RedirectUri {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_kept_as_registered() {
        for (text, loopback) in [
            ("http://127.0.0.1:8736/callback", true),
            ("http://localhost:3000/api/auth/callback/eprospera", true),
            ("http://[::1]:8736", true),
            ("https://app.example/cb?tenant=1", false),
            ("https://localhost:8443/cb", false),
            ("com.example.app:/callback", false),
            ("com.example.app://login/callback", false),
        ] {
            let uri = RedirectUri::parse(text).unwrap();
            assert_eq!((uri.as_str(), uri.is_loopback()), (text, loopback));
        }
    }

    #[test]
    fn what_cannot_be_registered_is_refused() {
        for (text, reason) in [
            ("/callback", RedirectUriError::NotAUrl),
            ("http://app.example/cb", RedirectUriError::NotSecure),
            ("http://0x7f000001/cb", RedirectUriError::NotSecure),
            ("example:/cb", RedirectUriError::NotSecure),
            ("javascript:alert(1)", RedirectUriError::NotSecure),
            ("urn:ietf:wg:oauth:2.0:oob", RedirectUriError::NotSecure),
            (
                "http://u@127.0.0.1:1/cb",
                RedirectUriError::Extra("user info"),
            ),
            (
                "http://127.0.0.1:1/cb#x",
                RedirectUriError::Extra("fragment"),
            ),
            ("http://127.0.0.1:0/cb", RedirectUriError::PortZero),
        ] {
            assert_eq!(RedirectUri::parse(text).unwrap_err(), reason, "{text}");
        }
    }

    #[test]
    fn only_the_bound_authority_is_its_host() {
        let uri = RedirectUri::parse("http://localhost:8736/callback").unwrap();
        for (header, same) in [
            ("localhost:8736", true),
            ("LOCALHOST:8736", true),
            ("localhost", false),
            ("127.0.0.1:8736", false),
            ("localhost:8737", false),
            ("evil.example:8736", false),
            ("localhost:8736@evil.example", false),
        ] {
            assert_eq!(uri.is_authority(header), same, "{header}");
        }
        let six = RedirectUri::parse("http://[::1]:8736/").unwrap();
        assert!(six.is_authority("[::1]:8736"));
    }
}
