//! The hosts that are reached without a proxy: `NO_PROXY`, as curl reads it, and ports beside that.

use std::net::IpAddr;

use ipnet::IpNet;
use url::Host;

use super::variable::{VariableProblem, is_quoted};

/// The hosts of one variable.
#[derive(Clone, Debug, Default)]
pub(super) struct Bypass {
    variable: &'static str,
    entries: Vec<BypassRule>,
}

#[derive(Clone, Debug)]
enum BypassRule {
    Everything,
    Network(IpNet),
    Address(IpAddr, Option<u16>),
    /// A name with all names below it.
    Domain(String, Option<u16>),
}

impl Bypass {
    /// Reads a list that commas or blanks separate. What can be the name of a host nowhere matches
    /// nothing, as with curl.
    pub(super) fn parse(text: &str, variable: &'static str) -> Result<Self, VariableProblem> {
        if is_quoted(text.trim()) {
            return Err(VariableProblem::Quoted);
        }
        let words = text.split(|letter: char| letter == ',' || letter.is_whitespace());
        let entries = words
            .filter(|word| !word.is_empty())
            .filter_map(BypassRule::parse);
        Ok(Self {
            variable,
            entries: entries.collect(),
        })
    }

    pub(super) fn variable(&self) -> &'static str {
        self.variable
    }

    /// Whether a host is one of them. `host` is as in a URL.
    pub(super) fn has(&self, host: &str, port: u16) -> bool {
        let host = without_brackets(host);
        let is_port = |wanted: &Option<u16>| wanted.is_none_or(|wanted| wanted == port);
        let address = host.parse::<IpAddr>();
        let name = host.trim_end_matches('.').to_ascii_lowercase();
        self.entries.iter().any(|entry| match (entry, &address) {
            (BypassRule::Everything, _) => true,
            (BypassRule::Network(network), Ok(address)) => network.contains(address),
            (BypassRule::Address(known, wanted), Ok(address)) => {
                known == address && is_port(wanted)
            }
            (BypassRule::Domain(domain, wanted), Err(_)) => {
                let below = name.strip_suffix(domain.as_str());
                below.is_some_and(|below| below.is_empty() || below.ends_with('.'))
                    && is_port(wanted)
            }
            _ => false,
        })
    }
}

impl BypassRule {
    fn parse(word: &str) -> Option<Self> {
        if word == "*" {
            return Some(Self::Everything);
        }
        if let Ok(network) = word.parse() {
            return Some(Self::Network(network));
        }
        if let Ok(address) = without_brackets(word).parse() {
            return Some(Self::Address(address, None));
        }
        let (host, port) = match word.rsplit_once(':') {
            Some((host, port)) => (host, Some(port.parse().ok()?)),
            None => (word, None),
        };
        if let Ok(address) = without_brackets(host).parse() {
            return Some(Self::Address(address, port));
        }
        let name = host.trim_start_matches('.').trim_end_matches('.');
        match Host::parse(name).ok()? {
            Host::Domain(name) => Some(Self::Domain(name, port)),
            Host::Ipv4(address) => Some(Self::Address(address.into(), port)),
            Host::Ipv6(address) => Some(Self::Address(address.into(), port)),
        }
    }
}

fn without_brackets(host: &str) -> &str {
    let inner = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'));
    inner.unwrap_or(host)
}
