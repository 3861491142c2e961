//! The way from the gate to `tiny_http`, which trusts its peers, so nothing else may reach it.
//!
//! On Unix it is a socket in a folder that only this user can enter. Elsewhere, or where no such
//! folder can be had, it is a port of a loopback address drawn at random, where only the gate's
//! own connections are served.

use std::collections::HashSet;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
#[cfg(unix)]
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
#[cfg(unix)]
use tokio::net::UnixStream;
use tokio::sync::Semaphore;

#[cfg(unix)]
use crate::scratch::Lifetime;
use crate::scratch::ScratchFolder;

/// Requests under way at a time, the held one included.
const TURNS: usize = 8;
/// How often a request is passed on again where the server behind ends.
const FURTHER_ATTEMPTS: usize = 5;
/// The wait before that: a server takes the place of another in less.
const ATTEMPT_PAUSE: Duration = Duration::from_millis(50);
/// The longest answer, in bytes; the pages are a few thousand.
const LONGEST_ANSWER: u64 = 64 * 1024;

/// Where the server listens.
#[derive(Clone, Debug)]
pub(super) enum BackendAddress {
    /// A socket in a private folder.
    #[cfg(unix)]
    Socket(PathBuf),
    /// A loopback address.
    Port(SocketAddr),
}

/// A listener for the server.
pub(super) struct BoundUpstream {
    pub(super) listener: tiny_http::Listener,
    pub(super) place: BackendAddress,
    /// The folder of its socket, which goes when this is dropped.
    pub(super) folder: Option<ScratchFolder>,
}

/// Binds the most private place there is.
#[cfg(unix)]
pub(super) fn bind() -> io::Result<BoundUpstream> {
    private_socket().or_else(|error| {
        tracing::debug!(%error, "no private socket, so a port is used");
        random_port()
    })
}

/// Binds the most private place there is.
#[cfg(not(unix))]
pub(super) fn bind() -> io::Result<BoundUpstream> {
    random_port()
}

#[cfg(unix)]
fn private_socket() -> io::Result<BoundUpstream> {
    let folder = ScratchFolder::make(Lifetime::Process)?;
    let path = folder.path().join("login");
    let listener = std::os::unix::net::UnixListener::bind(&path)?;
    Ok(BoundUpstream {
        listener: listener.into(),
        place: BackendAddress::Socket(path),
        folder: Some(folder),
    })
}

/// The whole of 127.0.0.0/8 is loopback on Linux and Windows (RFC 1122 §3.2.1.3), which hides the
/// port from a program that tries the ports of 127.0.0.1.
fn random_port() -> io::Result<BoundUpstream> {
    let [second, third, fourth] = rand::random::<[u8; 3]>();
    let drawn = Ipv4Addr::new(127, second, third, fourth.clamp(1, 254));
    let bind = |address: Ipv4Addr| TcpListener::bind((IpAddr::from(address), 0));
    let listener = bind(drawn).or_else(|_| bind(Ipv4Addr::LOCALHOST))?;
    let address = listener.local_addr()?;
    Ok(BoundUpstream {
        listener: listener.into(),
        place: BackendAddress::Port(address),
        folder: None,
    })
}

/// Passes requests on to the server.
pub(super) struct Upstream {
    place: Mutex<BackendAddress>,
    known: Mutex<HashSet<SocketAddr>>,
    turns: Semaphore,
}

/// What a connection can do, whatever it runs over.
trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Duplex for T {}

impl Upstream {
    /// The way to a server at a place.
    pub(super) fn to(place: BackendAddress) -> Arc<Self> {
        Arc::new(Self {
            place: Mutex::new(place),
            known: Mutex::new(HashSet::new()),
            turns: Semaphore::new(TURNS),
        })
    }

    /// Leads to another server from now on.
    pub(super) fn lead_to(&self, place: BackendAddress) {
        *self.place.lock().unwrap_or_else(PoisonError::into_inner) = place;
    }

    fn place(&self) -> BackendAddress {
        let place = self.place.lock();
        place.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Passes one request on and brings its whole answer back. A server that ended may have been replaced by
    /// the next attempt; the same callback twice is what a page that is loaded again sends.
    pub(super) async fn ask(&self, request: &[u8]) -> io::Result<Vec<u8>> {
        let _turn = self.turns.acquire().await.map_err(io::Error::other)?;
        for _ in 0..FURTHER_ATTEMPTS {
            match self.ask_once(request).await {
                Err(error) => tracing::debug!(%error, "the server behind did not answer"),
                answer => return answer,
            }
            tokio::time::sleep(ATTEMPT_PAUSE).await;
        }
        self.ask_once(request).await
    }

    async fn ask_once(&self, request: &[u8]) -> io::Result<Vec<u8>> {
        let (mut stream, _pass) = self.connect_patiently().await?;
        stream.write_all(request).await?;
        let mut answer = Vec::with_capacity(1024);
        stream.take(LONGEST_ANSWER).read_to_end(&mut answer).await?;
        Ok(closing(&answer))
    }

    /// Whether the gate sent a request. A private socket has no other visitor.
    pub(super) fn sent(&self, request: &tiny_http::Request) -> bool {
        match self.place() {
            #[cfg(unix)]
            BackendAddress::Socket(_) => true,
            BackendAddress::Port(_) => request
                .remote_addr()
                .is_some_and(|peer| self.known().contains(peer)),
        }
    }

    /// Waits a little when descriptors are short: idle connections make room.
    async fn connect_patiently(&self) -> io::Result<(Box<dyn Duplex>, Option<Pass<'_>>)> {
        for _ in 0..20 {
            match self.connect().await {
                Err(error) if matches!(error.raw_os_error(), Some(23 | 24 | 10024)) => {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                connected => return connected,
            }
        }
        self.connect().await
    }

    async fn connect(&self) -> io::Result<(Box<dyn Duplex>, Option<Pass<'_>>)> {
        match &self.place() {
            #[cfg(unix)]
            BackendAddress::Socket(path) => Ok((Box::new(UnixStream::connect(path).await?), None)),
            BackendAddress::Port(address) => {
                let stream = TcpStream::connect(address).await?;
                let pass = Pass::issue(self, stream.local_addr()?);
                Ok((Box::new(stream), Some(pass)))
            }
        }
    }

    fn known(&self) -> MutexGuard<'_, HashSet<SocketAddr>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Lets one connection be served while it lives.
struct Pass<'a> {
    upstream: &'a Upstream,
    address: SocketAddr,
}

impl<'a> Pass<'a> {
    fn issue(upstream: &'a Upstream, address: SocketAddr) -> Self {
        upstream.known().insert(address);
        Self { upstream, address }
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        self.upstream.known().remove(&self.address);
    }
}

/// Adds the header that `tiny_http` drops: the gate serves one request per connection.
fn closing(answer: &[u8]) -> Vec<u8> {
    let Some(line) = answer.windows(2).position(|pair| pair == b"\r\n") else {
        return b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
            .to_vec();
    };
    let (status, rest) = answer.split_at(line);
    [status, b"\r\nConnection: close", rest].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn the_socket_lies_where_only_this_user_can_go() {
        use std::os::unix::fs::PermissionsExt as _;
        let bound = private_socket().unwrap();
        let BackendAddress::Socket(path) = &bound.place else {
            panic!("{:?}", bound.place);
        };
        let folder = path.parent().unwrap().to_owned();
        let mode = std::fs::metadata(&folder).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
        drop(bound);
        assert!(!folder.exists());
    }

    #[cfg_attr(
        not(unix),
        expect(irrefutable_let_patterns, reason = "there is no other place")
    )]
    #[tokio::test]
    async fn on_a_port_only_the_gate_is_served() {
        let bound = random_port().unwrap();
        let BackendAddress::Port(address) = bound.place else {
            panic!("no port");
        };
        assert!(address.ip().is_loopback());
        let upstream = Upstream::to(bound.place);
        let server = tiny_http::Server::from_listener(bound.listener, None).unwrap();
        let asked = Arc::clone(&upstream);
        let own = tokio::spawn(async move {
            asked
                .ask(b"GET /own HTTP/1.1\r\nConnection: close\r\n\r\n")
                .await
        });
        let mut stranger = TcpStream::connect(address).await.unwrap();
        stranger
            .write_all(b"GET /stranger HTTP/1.1\r\n\r\n")
            .await
            .unwrap();
        let judged = tokio::task::spawn_blocking(move || {
            for _ in 0..2 {
                let request = server.recv().unwrap();
                assert_eq!(upstream.sent(&request), request.url() == "/own");
                request.respond(tiny_http::Response::empty(204)).unwrap();
            }
        });
        judged.await.unwrap();
        assert!(own.await.unwrap().unwrap().starts_with(b"HTTP/1.1 204"));
    }
}
