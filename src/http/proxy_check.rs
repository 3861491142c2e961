//! Whether a proxy makes the connection that is asked of it, and if not, why.
//!
//! The HTTP library says that connecting failed, but not whose step failed, nor with what status or
//! code the proxy refused. So this handshake comes before the library's own, once for a host and a
//! run. Nothing of a request is sent, and the connection that comes about is closed.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_socks::{IntoTargetAddr as _, TargetAddr};

use super::cause::innermost;
use super::error::Error;
use super::proxy::{Protocol, Proxy};
use super::trust::{TlsFailure, Trust};
use super::tunnel::{self, ProxyFailure};
use crate::clock;

/// The server that a proxy was asked for.
#[derive(Clone, Copy)]
pub(super) struct Target<'a> {
    /// As in a URL: an IPv6 address has its brackets.
    pub(super) host: &'a str,
    pub(super) port: u16,
    /// What a message calls it.
    pub(super) name: &'a str,
}

/// Asks a proxy for a connection to a server. [`Error::Unreachable`] means that this machine cannot
/// resolve the name of the server for it.
pub(super) async fn check(
    proxy: &Proxy,
    target: Target<'_>,
    trust: Option<&Trust>,
    timeout: Duration,
) -> Result<(), Error> {
    let asked = clock::timeout(timeout, ask(proxy, target, trust)).await;
    asked.unwrap_or_else(|| {
        Err(Error::Timeout {
            host: proxy.to_string(),
            after: timeout,
            sent: false,
        })
    })
}

async fn ask(proxy: &Proxy, target: Target<'_>, trust: Option<&Trust>) -> Result<(), Error> {
    let failed = |failure| Error::Proxy {
        proxy: proxy.to_string(),
        host: target.name.to_owned(),
        failure,
    };
    let (host, port) = (target.host, target.port);
    let resolved = lookup_host((bare(&proxy.host), proxy.port)).await;
    let addresses = resolved.map_err(|error| failed(ProxyFailure::UnknownName(reason(&error))))?;
    let stream = TcpStream::connect(&*addresses.collect::<Vec<_>>()).await;
    let stream = stream.map_err(|error| failed(ProxyFailure::Unreachable(innermost(&error))))?;
    match proxy.protocol {
        Protocol::Http => tunnel::connect(stream, proxy, host, port).await,
        Protocol::Https => {
            let stream = secure(stream, proxy, trust).await?;
            let stream = stream.ok_or_else(|| failed(ProxyFailure::NotTls))?;
            tunnel::connect(stream, proxy, host, port).await
        }
        Protocol::Socks4 { resolves_at_proxy } => {
            let address = address(target, resolves_at_proxy, true).await?;
            tunnel::socks4(stream, proxy, address).await
        }
        Protocol::Socks5 { resolves_at_proxy } => {
            let address = address(target, resolves_at_proxy, false).await?;
            tunnel::socks5(stream, proxy, address).await
        }
    }
    .map_err(failed)
}

/// TLS with the proxy itself; `None` where it speaks none.
async fn secure<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    proxy: &Proxy,
    trust: Option<&Trust>,
) -> Result<Option<TlsStream<S>>, Error> {
    let failed = |failure| Error::tls(proxy.to_string(), failure, trust, true);
    let Some(trust) = trust else {
        return Err(Error::Setup("https needs trust roots".to_owned()));
    };
    let name = ServerName::try_from(bare(&proxy.host).to_owned());
    let name = name.map_err(|_| failed(TlsFailure::UnfitName))?;
    let stream = TlsConnector::from(Arc::clone(&trust.tls))
        .connect(name, stream)
        .await;
    match stream.map_err(|error| TlsFailure::of_handshake(&error)) {
        Ok(stream) => Ok(Some(stream)),
        Err(TlsFailure::NotTls) => Ok(None),
        Err(failure) => Err(failed(failure)),
    }
}

/// What to ask a SOCKS server for: the name, or its first address that the server understands.
async fn address(
    target: Target<'_>,
    resolves_at_proxy: bool,
    needs_ipv4: bool,
) -> Result<TargetAddr<'static>, Error> {
    let host = bare(target.host);
    let unreachable = |cause: String| Error::Unreachable {
        host: target.name.to_owned(),
        cause,
    };
    if resolves_at_proxy {
        let address = (host, target.port).into_target_addr();
        let address = address.map_err(|_| unreachable("its name is too long".to_owned()))?;
        return Ok(address.to_owned());
    }
    let found = lookup_host((host, target.port)).await;
    let mut found = found.map_err(|error| unreachable(error.to_string()))?;
    let address = found.find(|address| !needs_ipv4 || address.is_ipv4());
    let address = address.ok_or_else(|| unreachable("it has no IPv4 address".to_owned()))?;
    Ok(TargetAddr::Ip(address))
}

/// What the system says about a name, without the words of the library.
fn reason(error: &io::Error) -> String {
    let text = innermost(error);
    let known = text.strip_prefix("failed to lookup address information: ");
    known.unwrap_or(&text).to_owned()
}

/// A host as name lookups take it: an IPv6 address without its brackets.
fn bare(host: &str) -> &str {
    host.trim_start_matches('[').trim_end_matches(']')
}
