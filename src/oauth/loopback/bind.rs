//! Binds loopback addresses and nothing else.

use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};

use url::Host;

use crate::oauth::authorize::redirect::RedirectUri;

/// No registered redirect URI could be bound.
#[derive(Debug, thiserror::Error)]
#[error("cannot listen on a registered redirect URI{}", list(.tried))]
pub(crate) struct BindError {
    /// Each candidate in order, and the reason.
    pub tried: Vec<(String, BindFailure)>,
}

/// Why an address cannot be bound.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BindFailure {
    /// It is not an http address of this machine.
    #[error("it is not an http address of this machine")]
    NotLocal,
    /// Another program has it.
    #[error("another program uses the port")]
    InUse,
    /// The system does not give it to this user.
    #[error("the system does not let you use the port")]
    Denied,
    /// Anything else.
    #[error("{0}")]
    Other(io::Error),
}

impl From<io::Error> for BindFailure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::AddrInUse => Self::InUse,
            ErrorKind::PermissionDenied => Self::Denied,
            _ => Self::Other(error),
        }
    }
}

impl BindError {
    /// Whether the system denies a port, as opposed to another program having it.
    pub(crate) fn is_denied(&self) -> bool {
        let denied = |(_, failure): &(String, BindFailure)| matches!(failure, BindFailure::Denied);
        self.tried.iter().any(denied)
    }

    /// Whether another program has a port.
    pub(crate) fn is_in_use(&self) -> bool {
        let in_use = |(_, failure): &(String, BindFailure)| matches!(failure, BindFailure::InUse);
        self.tried.iter().any(in_use)
    }
}

fn list(tried: &[(String, BindFailure)]) -> String {
    let each: Vec<_> = tried
        .iter()
        .map(|(uri, reason)| format!("{uri} ({reason})"))
        .collect();
    if each.is_empty() {
        ": none is configured".to_owned()
    } else {
        format!(": {}", each.join(", "))
    }
}

/// Binds the address or addresses of one redirect URI.
pub(super) fn sockets(uri: &RedirectUri) -> Result<Vec<TcpListener>, BindFailure> {
    if !uri.is_loopback() {
        return Err(BindFailure::NotLocal);
    }
    let bound = match uri.host() {
        Some(Host::Ipv4(address)) => one(address.into(), uri.port()).map(|socket| vec![socket]),
        Some(Host::Ipv6(address)) => one(address.into(), uri.port()).map(|socket| vec![socket]),
        _ => both(uri.port()),
    };
    Ok(bound?)
}

/// Browsers try both families for `localhost`, in an order of their own.
fn both(port: u16) -> io::Result<Vec<TcpListener>> {
    let four = one(Ipv4Addr::LOCALHOST.into(), port);
    let six = one(Ipv6Addr::LOCALHOST.into(), port);
    match (four, six) {
        (Ok(four), Ok(six)) => Ok(vec![four, six]),
        (Ok(only), Err(error)) | (Err(error), Ok(only)) if is_absent(&error) => Ok(vec![only]),
        (Err(error), _) | (_, Err(error)) => Err(error),
    }
}

/// Whether the machine lacks the address family, as opposed to the port being taken.
fn is_absent(error: &io::Error) -> bool {
    // Linux, macOS and Windows: address family not supported.
    let unsupported = [97, 47, 10047];
    error.kind() == ErrorKind::AddrNotAvailable
        || error
            .raw_os_error()
            .is_some_and(|code| unsupported.contains(&code))
}

fn one(address: IpAddr, port: u16) -> io::Result<TcpListener> {
    let socket = TcpListener::bind(SocketAddr::new(address, port))?;
    socket.set_nonblocking(true)?;
    Ok(socket)
}
