//! Binds loopback addresses and nothing else.

use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};

use url::Host;

use super::super::redirect::RedirectUri;

/// No registered redirect URI could be bound.
#[derive(Debug, thiserror::Error)]
#[error("no registered redirect URI is free{}", list(.tried))]
pub struct BindError {
    /// Each candidate in order, and the system's reason.
    pub tried: Vec<(String, String)>,
}

fn list(tried: &[(String, String)]) -> String {
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
pub(super) fn sockets(uri: &RedirectUri) -> Result<Vec<TcpListener>, String> {
    if !uri.is_loopback() {
        return Err("it is not an http address of this machine".to_owned());
    }
    let bound = match uri.host() {
        Some(Host::Ipv4(address)) => one(address.into(), uri.port()).map(|socket| vec![socket]),
        Some(Host::Ipv6(address)) => one(address.into(), uri.port()).map(|socket| vec![socket]),
        _ => both(uri.port()),
    };
    bound.map_err(|error| error.to_string())
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
