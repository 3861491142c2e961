//! Which proxy a request takes: what the usual variables mean, read as curl reads them.
//!
//! It reads no environment: [`context`](crate::context) hands the variables in. A value that cannot
//! be used is an error, because the way around it would be a direct connection. No message holds a
//! value: it may hold a password.

use std::fmt;

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use url::Url;

use super::Error;
use crate::secret::{Secret, publish};

mod bypass;
mod system;

use bypass::Bypass;

/// A variable of the environment, as it is set.
#[derive(Clone, Debug)]
pub struct Variable {
    pub name: &'static str,
    /// Its value. That of a proxy may hold a password, and only that part of it is registered: a
    /// text that holds a part of a registered secret is cleaned, and host and port have to be shown.
    pub value: Secret,
}

/// The variables that choose a proxy for https.
#[derive(Clone, Debug, Default)]
pub struct ProxyVariables {
    /// The first one of those that name a proxy.
    pub proxy: Option<Variable>,
    /// The first one of those that name the hosts to reach without.
    pub no_proxy: Option<Variable>,
}

/// Why a variable cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VariableProblem {
    /// `"http://proxy"`, as files of variables for containers keep it.
    #[error("it has quotation marks around it or inside")]
    Quoted,
    /// White space or a control character inside.
    #[error("it has a blank or a control character inside")]
    Blank,
    /// Anything that a URL has to encode.
    #[error("it has characters other than ASCII")]
    NotAscii,
    /// `socks://`, as GNOME sets it.
    #[error("`socks://` does not say which version of SOCKS is meant")]
    AnySocks,
    /// Another scheme than those of proxies.
    #[error("its scheme is not that of a proxy")]
    Scheme,
    #[error("it is not the address of a proxy")]
    Address,
}

/// How to speak with a proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Protocol {
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
pub(super) struct Credentials {
    pub(super) user: Secret,
    pub(super) password: Secret,
}

/// A proxy, and where it was named.
#[derive(Clone, Debug)]
pub(super) struct Proxy {
    pub(super) protocol: Protocol,
    /// As in a URL: an IPv6 address has its brackets.
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) credentials: Option<Credentials>,
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
    pub(super) fn url(&self) -> String {
        let (scheme, host, port) = (self.protocol.scheme(), &self.host, self.port);
        let encoded =
            |text: &Secret| utf8_percent_encode(text.expose(), NON_ALPHANUMERIC).to_string();
        let credentials = self.credentials.as_ref().map_or_else(String::new, |given| {
            format!("{}:{}@", encoded(&given.user), encoded(&given.password))
        });
        format!("{scheme}://{credentials}{host}:{port}")
    }

    /// Reads a value of a variable.
    fn parse(text: &str, source: &'static str) -> Result<Self, VariableProblem> {
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

/// Whether quotation marks were meant for a shell. A password may have single ones.
fn is_quoted(text: &str) -> bool {
    text.contains('"') || text.starts_with(['\'', '`']) || text.ends_with(['\'', '`'])
}

fn credentials(url: &Url) -> Option<Credentials> {
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let has_some = !url.username().is_empty() || url.password().is_some();
    has_some.then(|| Credentials {
        user: Secret::unregistered(decoded(url.username())),
        password: Secret::new(decoded(url.password().unwrap_or_default())),
    })
}

/// The proxy of every host that is not reached without.
#[derive(Clone, Debug, Default)]
pub(super) struct Proxies {
    proxy: Option<Proxy>,
    bypass: Bypass,
    /// Whether the system's settings count.
    asks_system: bool,
}

impl Proxies {
    /// No proxy for any host.
    pub(super) fn none() -> Self {
        Self::default()
    }

    /// Reads the variables. Where there are none, the system's settings count on the systems that
    /// have some.
    pub(super) fn read(variables: &ProxyVariables) -> Result<Self, Error> {
        let Some(variable) = &variables.proxy else {
            return Ok(Self {
                asks_system: true,
                ..Self::none()
            });
        };
        let unusable = |variable: &Variable, problem| Error::ProxyVariable {
            variable: variable.name,
            problem,
        };
        let proxy = Proxy::parse(variable.value.expose().trim(), variable.name)
            .map_err(|problem| unusable(variable, problem))?;
        let bypass = match &variables.no_proxy {
            None => Bypass::default(),
            Some(no_proxy) => Bypass::parse(no_proxy.value.expose(), no_proxy.name)
                .map_err(|problem| unusable(no_proxy, problem))?,
        };
        Ok(Self {
            proxy: Some(proxy),
            bypass,
            asks_system: false,
        })
    }

    /// The proxy to a host, if any. `host` is as in a URL.
    pub(super) fn to(&self, host: &str, port: u16) -> Option<Proxy> {
        let Some(proxy) = &self.proxy else {
            return self.asks_system.then(|| system::proxy_to(host, port))?;
        };
        if self.bypass.has(host, port) {
            tracing::debug!(host, variable = self.bypass.variable(), "no proxy");
            return None;
        }
        Some(proxy.clone())
    }
}

#[cfg(test)]
mod tests;
