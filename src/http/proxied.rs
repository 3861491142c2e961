//! A client's way through a proxy: which one is asked, whether it makes connections, and who is named
//! where no connection came about.

use std::collections::HashSet;
use std::sync::{MutexGuard, PoisonError};

use url::Url;

use super::cause::{causes, innermost};
use super::proxy::Proxy;
use super::{Client, Error, ProxyFailure, Request, TlsFailure, host, proxy_check, trust};

impl Client {
    /// The proxy on the way to a server, if any.
    pub(super) fn proxy_to(&self, url: &Url) -> Option<Proxy> {
        let port = url.port_or_known_default().unwrap_or_default();
        self.proxies.to(url.host_str().unwrap_or_default(), port)
    }

    /// What a message calls a server. A proxy on the way may be the one that fails, or that answers
    /// in the server's place.
    pub(super) fn name_of(&self, request: &Request<'_>) -> String {
        let host = host(request.url);
        match self.proxy_to(request.url) {
            Some(proxy) => format!("{host} through {proxy}"),
            None => host,
        }
    }

    /// The hosts that a proxy is known to reach.
    pub(super) fn checked(&self) -> MutexGuard<'_, HashSet<String>> {
        self.checked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes sure, once for a host and a run, that the proxy makes a connection where there is one.
    pub(super) async fn check_proxy(&self, request: &Request<'_>) -> Result<(), Error> {
        let (name, url) = (host(request.url), request.url);
        let Some(proxy) = self.proxy_to(url) else {
            return Ok(());
        };
        tracing::debug!(host = name, "through {proxy}");
        if self.checked().contains(&name) {
            return Ok(());
        }
        let target = proxy_check::Target {
            host: url.host_str().unwrap_or_default(),
            port: url.port_or_known_default().unwrap_or_default(),
            name: &name,
        };
        let timeout = self.connect_timeout_of(request);
        let checked = proxy_check::check(&proxy, target, self.trust.as_ref(), timeout);
        // Rare, so its state is not a part of every exchange's.
        Box::pin(checked).await?;
        self.checked().insert(name.clone());
        Ok(())
    }

    /// Why no connection came about, though the proxy does its part where there is one.
    pub(super) fn unconnected(&self, request: &Request<'_>, error: &reqwest::Error) -> Error {
        // Where the proxy fails after all, the next try asks it for its reason.
        self.checked().remove(&host(request.url));
        let host = self.name_of(request);
        if error.is_timeout() {
            return Error::Timeout {
                host,
                after: self.connect_timeout_of(request),
                sent: false,
            };
        }
        match (handshake_failure(error), self.proxy_to(request.url)) {
            (Some(failure), _) => Error::tls(host, failure, self.trust.as_ref(), false),
            (None, Some(proxy)) => Error::Proxy {
                proxy: proxy.to_string(),
                host: super::host(request.url),
                failure: ProxyFailure::Unsteady,
            },
            (None, None) => Error::Unreachable {
                host,
                cause: innermost(error),
            },
        }
    }

    /// Whether a proxy that had made a connection before made none.
    pub(super) fn is_of_proxy(&self, request: &Request<'_>, error: &reqwest::Error) -> bool {
        error.is_connect()
            && !error.is_timeout()
            && self.proxy_to(request.url).is_some()
            && handshake_failure(error).is_none_or(|failure| failure == TlsFailure::Cut)
    }
}

/// Why the TLS handshake failed, if that is why there is no connection.
fn handshake_failure(error: &reqwest::Error) -> Option<TlsFailure> {
    causes(error).find_map(|cause| trust::handshake_failure(cause.downcast_ref()?))
}
