//! One proxy: how to speak with it, where it is, and who asks.

use std::fmt;

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use url::Url;

use super::variable::{VariableProblem, is_quoted};
use crate::secret::{Secret, publish};

/// How to speak with a proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http) enum Protocol {
    Http,
    Https,
    Socks4 { resolves_at_proxy: bool },
    Socks5 { resolves_at_proxy: bool },
}

impl Protocol {
    /// Every protocol with its scheme and its default port.
    const ALL: [(&'static str, Self, u16); 6] = [
        ("http", Self::Http, 80),
        ("https", Self::Https, 443),
        (
            "socks4",
            Self::Socks4 {
                resolves_at_proxy: false,
            },
            1080,
        ),
        (
            "socks4a",
            Self::Socks4 {
                resolves_at_proxy: true,
            },
            1080,
        ),
        (
            "socks5",
            Self::Socks5 {
                resolves_at_proxy: false,
            },
            1080,
        ),
        (
            "socks5h",
            Self::Socks5 {
                resolves_at_proxy: true,
            },
            1080,
        ),
    ];

    fn scheme(self) -> &'static str {
        let mut known = Self::ALL.iter();
        known
            .find(|(_, protocol, _)| *protocol == self)
            .map_or("", |(scheme, ..)| scheme)
    }
}

/// What a proxy wants to know about its user.
#[derive(Clone, Debug)]
pub(in crate::http) struct Credentials {
    pub(in crate::http) user: Secret,
    pub(in crate::http) password: Secret,
}

/// A proxy, and where it was named.
#[derive(Clone, Debug)]
pub(in crate::http) struct Proxy {
    pub(in crate::http) protocol: Protocol,
    /// As in a URL: an IPv6 address has its brackets.
    pub(in crate::http) host: String,
    pub(in crate::http) port: u16,
    pub(in crate::http) credentials: Option<Credentials>,
    source: &'static str,
}

/// Shows where it lies and which variable names it, never its credentials.
impl fmt::Display for Proxy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (scheme, host, port) = (self.protocol.scheme(), &self.host, self.port);
        write!(
            formatter,
            "the proxy {scheme}://{host}:{port} ({})",
            self.source
        )
    }
}

impl Proxy {
    /// Its address with its credentials, for the HTTP library.
    pub(in crate::http) fn url(&self) -> String {
        let (scheme, host, port) = (self.protocol.scheme(), &self.host, self.port);
        let encoded =
            |text: &Secret| utf8_percent_encode(text.expose(), NON_ALPHANUMERIC).to_string();
        let credentials = self.credentials.as_ref().map_or_else(String::new, |given| {
            format!("{}:{}@", encoded(&given.user), encoded(&given.password))
        });
        format!("{scheme}://{credentials}{host}:{port}")
    }

    /// Reads a value of a variable.
    pub(super) fn parse(text: &str, source: &'static str) -> Result<Self, VariableProblem> {
        if is_quoted(text) {
            return Err(VariableProblem::Quoted);
        }
        if !text.is_ascii() {
            return Err(VariableProblem::NotAscii);
        }
        if text.contains(|letter: char| letter.is_ascii_whitespace() || letter.is_ascii_control()) {
            return Err(VariableProblem::Blank);
        }
        let (scheme, rest) = text.split_once("://").unwrap_or(("http", text));
        let scheme = scheme.to_ascii_lowercase();
        if scheme == "socks" {
            return Err(VariableProblem::AnySocks);
        }
        let known = Protocol::ALL.iter().find(|(known, ..)| *known == scheme);
        let (_, protocol, usual_port) = known.ok_or(VariableProblem::Scheme)?;
        // The parser takes `\` for `/`, and would read `http:/proxy` as the host `http`.
        let url = Url::parse(&format!("http://{rest}")).map_err(|_| VariableProblem::Address)?;
        let is_address = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        let has_port = !rest.trim_end_matches('/').ends_with(':');
        let host = url.host_str().filter(|host| !host.is_empty());
        let (Some(host), true, true) = (host, is_address, has_port) else {
            return Err(VariableProblem::Address);
        };
        // The parser leaves out port 80, which is not the usual one of every protocol.
        let says_80 = rest.trim_end_matches('/').ends_with(":80");
        let port = url.port().unwrap_or(if says_80 { 80 } else { *usual_port });
        if port == 0 {
            return Err(VariableProblem::Address);
        }
        // A password may be made of the host's name, which has to stay readable.
        publish(host);
        Ok(Self {
            protocol: *protocol,
            host: host.to_owned(),
            port,
            credentials: credentials(&url),
            source,
        })
    }
}

fn credentials(url: &Url) -> Option<Credentials> {
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let has_some = !url.username().is_empty() || url.password().is_some();
    has_some.then(|| Credentials {
        user: Secret::unregistered(decoded(url.username())),
        password: Secret::new(decoded(url.password().unwrap_or_default())),
    })
}
