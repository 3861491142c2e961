//! Runs `tiny_http` behind the gate, on an address of its own, with a few threads that hand each
//! request to the desk. Only the gate's own connections are served there.

use std::collections::HashSet;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tiny_http::Server;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;

use super::desk::Desk;

/// Threads that answer requests. An answer takes no time, so two are enough.
const THREADS: usize = 2;
/// Requests under way at a time, the held one included.
const TURNS: usize = 8;
/// The longest answer, in bytes; the pages are a few thousand.
const LONGEST_ANSWER: u64 = 64 * 1024;

/// A running server. Dropping it stops it.
pub(super) struct Office {
    server: Arc<Server>,
    stopping: Arc<AtomicBool>,
    hop: Arc<Hop>,
}

impl std::fmt::Debug for Office {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Office")
    }
}

impl Office {
    /// Starts the server and its threads.
    pub(super) fn open(desk: &Arc<Desk>) -> Result<Self, String> {
        let start = || -> Result<(Server, SocketAddr), Box<dyn std::error::Error + Send + Sync>> {
            let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
            let address = socket.local_addr()?;
            Ok((Server::from_listener(socket, None)?, address))
        };
        let (server, address) = start().map_err(|error| error.to_string())?;
        let office = Self {
            server: Arc::new(server),
            stopping: Arc::new(AtomicBool::new(false)),
            hop: Hop::to(address),
        };
        for _ in 0..THREADS {
            office.employ(desk).map_err(|error| error.to_string())?;
        }
        Ok(office)
    }

    pub(super) fn hop(&self) -> Arc<Hop> {
        Arc::clone(&self.hop)
    }

    fn employ(&self, desk: &Arc<Desk>) -> io::Result<()> {
        let (server, stopping) = (Arc::clone(&self.server), Arc::clone(&self.stopping));
        let (hop, desk) = (Arc::clone(&self.hop), Arc::clone(desk));
        let work = move || {
            loop {
                match server.recv() {
                    Ok(request) if request.remote_addr().is_some_and(|peer| hop.knows(peer)) => {
                        desk.answer(request);
                    }
                    Ok(stranger) => drop(stranger),
                    Err(_) if stopping.load(Ordering::Relaxed) => return,
                    Err(error) => return desk.fail(&error),
                }
            }
        };
        std::thread::Builder::new()
            .name("loopback".to_owned())
            .spawn(work)?;
        Ok(())
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::Relaxed);
        for _ in 0..THREADS {
            self.server.unblock();
        }
    }
}

/// The way from the gate to the server.
pub(super) struct Hop {
    address: SocketAddr,
    known: Mutex<HashSet<SocketAddr>>,
    turns: Semaphore,
}

impl Hop {
    /// The way to a server at an address.
    pub(super) fn to(address: SocketAddr) -> Arc<Self> {
        Arc::new(Self {
            address,
            known: Mutex::new(HashSet::new()),
            turns: Semaphore::new(TURNS),
        })
    }

    /// Passes one request on and brings its whole answer back.
    pub(super) async fn ask(&self, request: &[u8]) -> io::Result<Vec<u8>> {
        let _turn = self.turns.acquire().await.map_err(io::Error::other)?;
        let mut stream = self.connect().await?;
        let _pass = Pass::issue(self, stream.local_addr()?);
        stream.write_all(request).await?;
        let mut answer = Vec::with_capacity(1024);
        stream.take(LONGEST_ANSWER).read_to_end(&mut answer).await?;
        Ok(closing(&answer))
    }

    /// Connects, and waits a little when descriptors are short: idle connections make room.
    async fn connect(&self) -> io::Result<TcpStream> {
        for _ in 0..20 {
            match TcpStream::connect(self.address).await {
                Err(error) if matches!(error.raw_os_error(), Some(23 | 24 | 10024)) => {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                connected => return connected,
            }
        }
        TcpStream::connect(self.address).await
    }

    fn knows(&self, peer: &SocketAddr) -> bool {
        self.known().contains(peer)
    }

    fn known(&self) -> std::sync::MutexGuard<'_, HashSet<SocketAddr>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Lets one connection be served while it lives.
struct Pass<'a> {
    hop: &'a Hop,
    address: SocketAddr,
}

impl<'a> Pass<'a> {
    fn issue(hop: &'a Hop, address: SocketAddr) -> Self {
        hop.known().insert(address);
        Self { hop, address }
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        self.hop.known().remove(&self.address);
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
