//! Ports for listeners that start later, and addresses at which nothing listens.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::sync::atomic::{AtomicU32, Ordering};

use tokio::net::TcpSocket;

/// Below the ports that systems give to outgoing connections (from 32768 or 49152 on), so that
/// none of those takes a port between two listeners.
const FIRST: u16 = 20_000;
const COUNT: u16 = 12_000;

/// Ports that no other test is given, in this process or in another one, while this value lives.
pub(crate) struct ReservedPorts {
    pub(crate) numbers: Vec<u16>,
    _owned: Vec<UdpSocket>,
}

impl ReservedPorts {
    pub(crate) fn new(count: usize) -> Self {
        let (numbers, owned): (Vec<_>, Vec<_>) = (0..COUNT)
            .map(|_| candidate())
            .filter_map(|port| Some((port, own(port)?)))
            .take(count)
            .unzip();
        assert_eq!(numbers.len(), count, "no port is free");
        Self {
            numbers,
            _owned: owned,
        }
    }
}

/// The next port to try; each process begins elsewhere.
fn candidate() -> u16 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let begin = std::process::id().wrapping_mul(7919);
    let number = begin.wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed));
    FIRST + u16::try_from(number % u32::from(COUNT)).unwrap()
}

/// A TCP port belongs to the test that holds the UDP port of the same number.
fn own(port: u16) -> Option<UdpSocket> {
    let owned = UdpSocket::bind((Ipv4Addr::LOCALHOST, port)).ok()?;
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok()?;
    Some(owned)
}

/// A port at which nothing listens and nothing else can: it is bound, so connections are refused.
pub(crate) struct ClosedPort(TcpSocket);

impl ClosedPort {
    pub(crate) fn new() -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        socket.bind(any).unwrap();
        Self(socket)
    }

    /// Host and port.
    pub(crate) fn address(&self) -> SocketAddr {
        self.0.local_addr().unwrap()
    }
}
