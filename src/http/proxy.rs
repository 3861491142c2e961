//! Which proxy a request takes: what the usual variables mean, read as curl reads them.
//!
//! It reads no environment: [`context`](crate::context) hands the variables in. A value that cannot
//! be used is an error, because the way around it would be a direct connection. No message holds a
//! value: it may hold a password.

use super::error::Error;

mod bypass;
mod server;
mod system;
mod variable;

pub(super) use server::{Credentials, Protocol, Proxy};
pub(crate) use variable::{ProxyVariables, Variable, VariableProblem};

use bypass::Bypass;

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
