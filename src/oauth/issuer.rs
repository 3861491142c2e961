//! The name of an authorization server: an origin, perhaps with a path.
//!
//! What a server says of itself is compared as a string and never normalised (OIDC Discovery §4.3).
//! What a person types may differ from it where a person sees no difference: by one slash at the end,
//! the case of scheme and host, or a port that goes without saying. An issuer must be https; plain
//! http is for a loopback host only.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use url::{Host, Url};

use super::server_text::clean;

/// An issuer, as it was given and under one name for all its spellings.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Issuer {
    given: String,
    name: String,
    url: Url,
}

/// Why a text is not an issuer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IssuerError {
    /// It is not an absolute URL with a host.
    #[error("an issuer is a URL such as https://portal.eprospera.com")]
    NotAUrl,
    /// Plain http beyond this machine, or another scheme.
    #[error("an issuer must be https; http is for a loopback address or `localhost` only")]
    NotSecure,
    /// It has user info, a query or a fragment.
    #[error("an issuer has no {0}")]
    Extra(&'static str),
}

/// The URL that a text is. The parser would pass over white space and control characters.
pub(super) fn url_of(text: &str) -> Option<Url> {
    let is_passed_over = |character: char| character.is_control() || character.is_whitespace();
    (!text.contains(is_passed_over))
        .then(|| Url::parse(text).ok())
        .flatten()
}

impl Issuer {
    pub fn parse(text: &str) -> Result<Self, IssuerError> {
        let url = url_of(text).ok_or(IssuerError::NotAUrl)?;
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(&url) && names_loopback(text) => {}
            _ => return Err(IssuerError::NotSecure),
        }
        if text.contains('@') {
            return Err(IssuerError::Extra("user info"));
        }
        if text.contains('?') {
            return Err(IssuerError::Extra("query"));
        }
        if text.contains('#') {
            return Err(IssuerError::Extra("fragment"));
        }
        if url.port() == Some(0) {
            return Err(IssuerError::NotAUrl);
        }
        let name = normalized(text);
        Ok(Self {
            given: text.to_owned(),
            name: name.strip_suffix('/').unwrap_or(&name).to_owned(),
            url,
        })
    }

    /// The one name of the issuer, whatever its spelling: without a slash at the end. Sessions are
    /// kept under it.
    pub fn as_str(&self) -> &str {
        &self.name
    }

    /// The issuer letter by letter as it was given. The one of a server's metadata is what every
    /// `iss` must be.
    pub fn exact(&self) -> &str {
        &self.given
    }

    /// Whether a server may call itself so when it is asked for by this issuer: letter by letter,
    /// but for the spelling that a person chose.
    pub fn may_be_called(&self, claim: &str) -> bool {
        let bare = |text| str::strip_suffix(text, "/").unwrap_or(text).to_owned();
        bare(claim) == bare(self.given.as_str()) || bare(claim) == self.name
    }

    /// Whether it is spoken to over plain http, which only a loopback issuer may be.
    pub fn is_plain_loopback(&self) -> bool {
        self.url.scheme() == "http"
    }

    /// Whether it lives on this machine.
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.url)
    }

    /// The URL of a path below the issuer; `path` starts with a slash.
    pub fn endpoint(&self, path: &str) -> Url {
        let mut url = self.url.clone();
        let base = url.path().trim_end_matches('/').to_owned();
        url.set_path(&format!("{base}{path}"));
        url
    }

    /// The URL of a document that lies between the host and the issuer's own path (RFC 8414 §3.1).
    pub fn well_known(&self, path: &str) -> Url {
        let mut url = self.url.clone();
        let own = url.path().trim_end_matches('/').to_owned();
        url.set_path(&format!("{path}{own}"));
        url
    }

    /// Whether a URL has the scheme, host and port of this issuer.
    pub fn is_same_origin(&self, url: &Url) -> bool {
        self.url.origin().is_tuple() && self.url.origin() == url.origin()
    }
}

/// Scheme and host in lower case, and no port that goes without saying (RFC 3986 §6.2.2.1, §6.2.3).
fn normalized(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else {
        return text.to_owned();
    };
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (scheme, authority) = (scheme.to_ascii_lowercase(), authority.to_ascii_lowercase());
    let usual = if scheme == "https" { ":443" } else { ":80" };
    let authority = authority.strip_suffix(usual).unwrap_or(&authority);
    format!("{scheme}://{authority}{path}")
}

/// Whether the host is a literal loopback address or exactly `localhost` (docs/portal.md and the
/// command-line contract; RFC 8252 §7.3).
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address == Ipv6Addr::LOCALHOST,
        None => false,
    }
}

/// Refuses spellings that a URL parser turns into a loopback address, such as `0x7f.1`: what is
/// written must be what is meant.
pub(super) fn names_loopback(text: &str) -> bool {
    let after = text.split_once("://").map_or("", |(_, rest)| rest);
    let authority = after.split(['/', '?', '#']).next().unwrap_or_default();
    let authority = authority.rsplit('@').next().unwrap_or_default();
    if let Some(rest) = authority.strip_prefix('[') {
        return rest.split(']').next() == Some("::1");
    }
    let host = authority.split(':').next().unwrap_or_default();
    host.eq_ignore_ascii_case("localhost")
        || Ipv4Addr::from_str(host).is_ok_and(|address| address.is_loopback())
}

/// The scheme, host and port of a URL, which is all of it that an error may show.
pub(super) fn origin(url: &Url) -> String {
    clean(&url.origin().ascii_serialization())
}

impl fmt::Display for Issuer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.name)
    }
}

impl FromStr for Issuer {
    type Err = IssuerError;

    fn from_str(text: &str) -> Result<Self, IssuerError> {
        Self::parse(text)
    }
}

impl Serialize for Issuer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.given)
    }
}

impl<'de> Deserialize<'de> for Issuer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_and_plain_loopback_are_issuers() {
        for (text, kept) in [
            (
                "https://portal.eprospera.com",
                "https://portal.eprospera.com",
            ),
            (
                "https://portal.eprospera.com/",
                "https://portal.eprospera.com",
            ),
            (
                "https://id.example/tenant/one/",
                "https://id.example/tenant/one",
            ),
            ("http://127.0.0.1:8787", "http://127.0.0.1:8787"),
            ("http://127.3.2.1:8787", "http://127.3.2.1:8787"),
            ("http://localhost:8787/", "http://localhost:8787"),
            ("http://[::1]:8787", "http://[::1]:8787"),
            ("HTTP://LocalHost:8787", "http://localhost:8787"),
            (
                "HTTPS://ID.Example:443/Tenant/",
                "https://id.example/Tenant",
            ),
            ("http://127.0.0.1:80", "http://127.0.0.1"),
            ("https://id.example:80", "https://id.example:80"),
        ] {
            assert_eq!(Issuer::parse(text).unwrap().as_str(), kept);
        }
    }

    #[test]
    fn a_server_is_believed_letter_by_letter_but_for_what_a_person_may_have_typed() {
        for (typed, claim, is_it) in [
            ("https://id.example", "https://id.example", true),
            ("https://id.example", "https://id.example/", true),
            ("https://id.example/", "https://id.example", true),
            ("https://id.example/a/", "https://id.example/a", true),
            ("https://id.example/a", "https://id.example/a//", false),
            ("https://id.example/a", "https://id.example/A", false),
            ("HTTPS://ID.example:443", "https://id.example/", true),
            ("https://ID.example", "https://ID.example", true),
            ("https://id.example", "https://ID.example", false),
            ("https://id.example", "https://id.example:443", false),
            ("https://id.example", "https://id.example.evil", false),
            ("https://id.example", "", false),
        ] {
            let issuer = Issuer::parse(typed).unwrap();
            assert_eq!(issuer.may_be_called(claim), is_it, "{typed} {claim}");
            assert_eq!(issuer.exact(), typed);
        }
    }

    #[test]
    fn everything_else_is_refused_with_its_reason() {
        for (text, reason) in [
            ("portal.eprospera.com", IssuerError::NotAUrl),
            ("", IssuerError::NotAUrl),
            ("https://", IssuerError::NotAUrl),
            ("https://a.example\n", IssuerError::NotAUrl),
            ("http://127.0.0.1:0", IssuerError::NotAUrl),
            ("http://portal.eprospera.com", IssuerError::NotSecure),
            ("http://localhost.example", IssuerError::NotSecure),
            ("http://127.0.0.1.example", IssuerError::NotSecure),
            ("http://localhost.:8787", IssuerError::NotSecure),
            ("http://0.0.0.0:8787", IssuerError::NotSecure),
            ("http://0x7f.1:8787", IssuerError::NotSecure),
            ("http://2130706433", IssuerError::NotSecure),
            ("http://[::ffff:127.0.0.1]:1", IssuerError::NotSecure),
            ("ftp://localhost", IssuerError::NotSecure),
            ("file:///etc/passwd", IssuerError::NotSecure),
            ("https://user@a.example", IssuerError::Extra("user info")),
            (
                "http://localhost@127.0.0.1",
                IssuerError::Extra("user info"),
            ),
            ("https://a.example?x", IssuerError::Extra("query")),
            ("https://a.example/#", IssuerError::Extra("fragment")),
        ] {
            assert_eq!(Issuer::parse(text).unwrap_err(), reason, "{text}");
        }
    }

    #[test]
    fn endpoints_hang_below_the_issuer_and_origins_are_exact() {
        let issuer = Issuer::parse("https://id.example/tenant").unwrap();
        assert_eq!(
            issuer.endpoint("/api/oauth/token").as_str(),
            "https://id.example/tenant/api/oauth/token"
        );
        for (url, same) in [
            ("https://id.example/x", true),
            ("https://id.example:443/x", true),
            ("https://id.example:444/x", false),
            ("http://id.example/x", false),
            ("https://id.example.evil/x", false),
        ] {
            assert_eq!(
                issuer.is_same_origin(&Url::parse(url).unwrap()),
                same,
                "{url}"
            );
        }
    }
}
