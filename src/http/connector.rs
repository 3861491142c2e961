//! The way to a server: name, TCP, a proxy where one is named, TLS. Each step fails with an error
//! that names whose step it was: the server's or the proxy's.
//!
//! Deadlines hold for all steps together. No request goes out here, so nothing that fails here has
//! reached a server.

use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::Uri;
use hyper_util::client::legacy::connect::{Connected, Connection, HttpConnector};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout_at};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_socks::{IntoTargetAddr as _, TargetAddr};
use tower_service::Service;

use super::proxy::{Protocol, Proxies, Proxy};
use super::tunnel::{self, ProxyFailure};
use super::{Error, innermost, trust};

/// How long a connection may be silent before the system asks whether it still stands.
const KEEPALIVE: Duration = Duration::from_secs(15);

/// Makes connections. Cheap to clone.
#[derive(Clone)]
pub(super) struct Connector {
    tcp: HttpConnector,
    tls: Option<TlsConnector>,
    proxies: Arc<Proxies>,
    timeout: Duration,
}

/// A connection, whatever it is made of.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

impl Connection for Box<dyn Stream> {
    fn connected(&self) -> Connected {
        Connected::new()
    }
}

/// One end of a way: the server or a proxy.
struct Peer {
    /// As in a URL: an IPv6 address has its brackets.
    host: String,
    port: u16,
    /// What a message calls it.
    name: String,
}

impl Connector {
    /// Speaks TLS where there is a configuration for it, and plain TCP else.
    pub(super) fn new(tls: Option<Arc<ClientConfig>>, proxies: Proxies, timeout: Duration) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_keepalive(Some(KEEPALIVE));
        Self {
            tcp,
            tls: tls.map(TlsConnector::from),
            proxies: Arc::new(proxies),
            timeout,
        }
    }

    /// The same, with at least this much time for all steps together.
    pub(super) fn patient_for(&self, timeout: Duration) -> Self {
        Self {
            timeout: self.timeout.max(timeout),
            ..self.clone()
        }
    }

    async fn connect(self, uri: Uri) -> Result<TokioIo<Box<dyn Stream>>, Error> {
        let until = Instant::now() + self.timeout;
        let host = uri.host().unwrap_or_default().to_owned();
        let is_https = uri.scheme_str() == Some("https");
        let port = uri.port_u16().unwrap_or(if is_https { 443 } else { 80 });
        let name = uri.authority().map_or(host.clone(), ToString::to_string);
        let server = Peer { host, port, name };
        let stream: Box<dyn Stream> = match self.proxies.to(&server.host, port) {
            None => {
                let stream = self
                    .in_time(&server.name, until, self.reach(&server))
                    .await?;
                Box::new(stream.map_err(|cause| Error::Unreachable {
                    host: server.name.clone(),
                    cause,
                })?)
            }
            Some(proxy) => self.through(&proxy, &server, until).await?,
        };
        if !is_https {
            return Ok(TokioIo::new(stream));
        }
        let stream = self.secure(stream, &server, until).await?;
        Ok(TokioIo::new(Box::new(stream)))
    }

    async fn through(
        &self,
        proxy: &Proxy,
        server: &Peer,
        until: Instant,
    ) -> Result<Box<dyn Stream>, Error> {
        let peer = Peer {
            host: proxy.host.clone(),
            port: proxy.port,
            name: proxy.to_string(),
        };
        let failed = |failure| Error::Proxy {
            proxy: peer.name.clone(),
            host: server.name.clone(),
            failure,
        };
        let stream = self.in_time(&peer.name, until, self.reach(&peer)).await?;
        let stream = stream.map_err(|cause| failed(ProxyFailure::Unreachable(cause)))?;
        let (host, port) = (&server.host, server.port);
        let stream: Result<Box<dyn Stream>, _> = match proxy.protocol {
            Protocol::Http => {
                let way = tunnel::connect(stream, proxy, host, port);
                let way = self.in_time(&peer.name, until, way).await?;
                way.map(|stream| Box::new(stream) as _)
            }
            Protocol::Https => {
                let stream = self.secure(stream, &peer, until).await?;
                let way = tunnel::connect(stream, proxy, host, port);
                let way = self.in_time(&peer.name, until, way).await?;
                way.map(|stream| Box::new(stream) as _)
            }
            Protocol::Socks4 { resolves_at_proxy } => {
                let target = target(server, resolves_at_proxy, SocketAddr::is_ipv4).await?;
                let way = tunnel::socks4(stream, proxy, target);
                let way = self.in_time(&peer.name, until, way).await?;
                way.map(|stream| Box::new(stream) as _)
            }
            Protocol::Socks5 { resolves_at_proxy } => {
                let target = target(server, resolves_at_proxy, |_| true).await?;
                let way = tunnel::socks5(stream, proxy, target);
                let way = self.in_time(&peer.name, until, way).await?;
                way.map(|stream| Box::new(stream) as _)
            }
        };
        stream.map_err(failed)
    }

    /// Opens a TCP connection. The error is the system's word for it.
    async fn reach(&self, peer: &Peer) -> Result<TcpStream, String> {
        let address = format!("http://{}:{}", peer.host, peer.port);
        let address: Uri = address
            .parse()
            .map_err(|_| "it is not an address".to_owned())?;
        let stream = self.tcp.clone().call(address).await;
        Ok(stream.map_err(|error| innermost(&error))?.into_inner())
    }

    async fn secure<S: Stream>(
        &self,
        stream: S,
        peer: &Peer,
        until: Instant,
    ) -> Result<tokio_rustls::client::TlsStream<S>, Error> {
        let failed = |failure| Error::Tls {
            peer: peer.name.clone(),
            failure,
        };
        let Some(tls) = &self.tls else {
            return Err(Error::Setup("https needs trust roots".to_owned()));
        };
        let name = peer.host.trim_start_matches('[').trim_end_matches(']');
        let name = ServerName::try_from(name.to_owned());
        let name = name.map_err(|_| failed(trust::TlsFailure::UnfitName))?;
        let stream = self
            .in_time(&peer.name, until, tls.connect(name, stream))
            .await?;
        stream.map_err(|error| failed(trust::TlsFailure::of_handshake(&error)))
    }

    /// Runs a step of the way, and names whose step took too long.
    async fn in_time<T>(
        &self,
        name: &str,
        until: Instant,
        step: impl Future<Output = T>,
    ) -> Result<T, Error> {
        timeout_at(until, step).await.map_err(|_| Error::Timeout {
            host: name.to_owned(),
            after: self.timeout,
            sent: false,
        })
    }
}

/// What to ask a SOCKS server for: the name, or its first address that the server understands.
async fn target(
    server: &Peer,
    resolves_at_proxy: bool,
    is_fit: impl Fn(&SocketAddr) -> bool,
) -> Result<TargetAddr<'static>, Error> {
    let host = server.host.trim_start_matches('[').trim_end_matches(']');
    let unreachable = |cause: String| Error::Unreachable {
        host: server.name.clone(),
        cause,
    };
    if resolves_at_proxy {
        let target = (host, server.port).into_target_addr();
        let target = target.map_err(|_| unreachable("its name is too long".to_owned()))?;
        return Ok(target.to_owned());
    }
    let addresses = tokio::net::lookup_host((host, server.port)).await;
    let mut addresses = addresses.map_err(|error| unreachable(error.to_string()))?;
    let address = addresses.find(is_fit);
    let address = address.ok_or_else(|| unreachable("it has no IPv4 address".to_owned()))?;
    Ok(TargetAddr::Ip(address))
}

impl Service<Uri> for Connector {
    type Response = TokioIo<Box<dyn Stream>>;
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        Box::pin(self.clone().connect(uri))
    }
}
