//! Lets only short, complete requests through to the HTTP server, one per connection.
//!
//! It bounds what a stranger can take: connections, bytes and time. When connections run out,
//! the oldest one that has not yet sent a request makes room, so that idle ones cannot keep the
//! browser out. It decides nothing about what a request means.

use std::collections::VecDeque;
use std::io;
use std::net::TcpListener as Socket;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::{AbortHandle, JoinSet};

use super::accept::{Accepted, Acceptor};
use super::head::Head;
use super::obstacle::{Obstacle, Tell};
use super::upstream::Upstream;
use crate::clock::timeout;
use crate::oauth::loopback::page::{self, PageDocument};

/// The longest request line and headers without cookies, in bytes.
const LONGEST_HEAD: usize = 16 * 1024;
/// The longest body, in bytes.
const LONGEST_BODY: usize = 16 * 1024;
/// The most connections at a time: far below the 256 descriptors that macOS gives a process.
const MOST_CONNECTIONS: usize = 96;
/// How many idle connections go when descriptors run out; the server behind needs some too.
const DROPPED_WHEN_FULL: usize = 16;
/// How long descriptors that other programs have taken are waited for, each time.
const EXHAUSTION_PAUSE: Duration = Duration::from_millis(50);
/// How long a connection may take to send its request.
const REQUEST_READ_TIMEOUT: Duration = Duration::from_secs(20);
/// How long the last answers may take to leave.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_millis(500);

/// The public side of the listener.
pub(super) struct Gate {
    acceptor: Acceptor,
    upstream: Arc<Upstream>,
    visits: JoinSet<io::Result<()>>,
    admitted: VecDeque<Visit>,
    tell: Tell,
}

/// One connection, as far as making room is concerned.
struct Visit {
    task: AbortHandle,
    may_go: Arc<AtomicBool>,
}

impl Gate {
    /// Takes over bound, non-blocking sockets. Needs a tokio runtime.
    pub(super) fn open(
        sockets: Vec<Socket>,
        upstream: Arc<Upstream>,
        tell: Tell,
    ) -> io::Result<Self> {
        Ok(Self {
            acceptor: Acceptor::open(sockets)?,
            upstream,
            visits: JoinSet::new(),
            admitted: VecDeque::new(),
            tell,
        })
    }

    /// Serves until it is closed or fails; the error says why it ended.
    pub(super) async fn run(mut self, mut closing: oneshot::Receiver<()>) -> io::Error {
        loop {
            tokio::select! {
                _ = &mut closing => break,
                Some(ended) = self.visits.join_next() => {
                    // A cancelled visit made room; one that failed found the server behind dead.
                    if let Ok(Err(error)) = ended {
                        return error;
                    }
                }
                accepted = self.acceptor.next() => match accepted {
                    Accepted::Visitor(stream) => self.admit(stream),
                    Accepted::Exhausted(error) => self.make_much_room(&error).await,
                    Accepted::Broken(error) => return error,
                },
            }
        }
        self.farewell().await;
        io::Error::other("closed")
    }

    /// Descriptors have run out: idle connections go. Where there are none, other programs have taken
    /// them, and may give them back.
    async fn make_much_room(&mut self, error: &io::Error) {
        let ended = (0..DROPPED_WHEN_FULL)
            .take_while(|_| self.make_room())
            .count();
        tracing::debug!(%error, ended, "descriptors ran out");
        if ended > 0 {
            tokio::task::yield_now().await;
        } else {
            tokio::time::sleep(EXHAUSTION_PAUSE).await;
        }
    }

    fn admit(&mut self, stream: TcpStream) {
        self.admitted.retain(|visit| !visit.task.is_finished());
        if self.admitted.len() >= MOST_CONNECTIONS {
            self.make_room();
        }
        let may_go = Arc::new(AtomicBool::new(true));
        let visit = visit(
            stream,
            Arc::clone(&self.upstream),
            Arc::clone(&may_go),
            Arc::clone(&self.tell),
        );
        let task = self.visits.spawn(visit);
        self.admitted.push_back(Visit { task, may_go });
    }

    /// Ends the oldest connection that has no request under way; `false` when there is none.
    fn make_room(&mut self) -> bool {
        let idle =
            |visit: &Visit| visit.may_go.load(Ordering::Relaxed) && !visit.task.is_finished();
        let oldest = self.admitted.iter().position(idle);
        let Some(visit) = oldest.and_then(|index| self.admitted.remove(index)) else {
            return false;
        };
        visit.task.abort();
        true
    }

    /// Stops accepting, and waits a moment for the answers that are under way.
    async fn farewell(mut self) {
        self.acceptor.close();
        while self.make_room() {}
        let all = async { while self.visits.join_next().await.is_some() {} };
        if timeout(SHUTDOWN_TIMEOUT, all).await.is_none() {
            tracing::debug!("a browser did not take its answer in time");
        }
    }
}

/// Serves one connection. The error is the server's behind, never the visitor's.
async fn visit(
    mut stream: TcpStream,
    upstream: Arc<Upstream>,
    may_go: Arc<AtomicBool>,
    tell: Tell,
) -> io::Result<()> {
    let answer = match timeout(REQUEST_READ_TIMEOUT, read(&mut stream)).await {
        Some(Ok(request)) => {
            may_go.store(false, Ordering::Relaxed);
            upstream.ask(&request).await?
        }
        Some(Err(Some(status))) => {
            match status {
                TLS => tell(Obstacle::Https),
                TOO_LARGE => tell(Obstacle::LongHeaders),
                TOO_LONG => tell(Obstacle::LongAddress),
                _ => {}
            }
            refusal(status)
        }
        Some(Err(None)) | None => return Ok(()),
    };
    let sent = timeout(REQUEST_READ_TIMEOUT, async {
        stream.write_all(&answer).await?;
        stream.shutdown().await
    });
    let sent = sent.await.is_some_and(|sent| sent.is_ok());
    may_go.store(true, Ordering::Relaxed);
    if sent {
        // Closing with unread bytes would reset the connection and take the answer along.
        let mut rest = stream.take(1024 * 1024);
        let mut nowhere = tokio::io::sink();
        let drained = tokio::io::copy(&mut rest, &mut nowhere);
        if let Some(Err(error)) = timeout(SHUTDOWN_TIMEOUT, drained).await {
            tracing::trace!(%error, "the visitor left early");
        }
    }
    Ok(())
}

const TOO_LARGE: &str = "431 Request Header Fields Too Large";
const TOO_LONG: &str = "414 URI Too Long";
/// What a TLS client gets. Its browser shows a page of its own.
const TLS: &str = "400 TLS Is Not Spoken Here";

/// An answer of the gate itself: a status, and a page where a person can do something about it.
fn refusal(status: &str) -> Vec<u8> {
    let page = match status {
        TOO_LARGE => Some(page::headers_too_large()),
        TOO_LONG => Some(page::address_too_long()),
        _ => None,
    };
    let (policy, body) = match &page {
        Some(PageDocument { html, policy }) => (*policy, html.as_str()),
        None => ("default-src 'none'", ""),
    };
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n\
         Content-Type: text/html; charset=utf-8\r\nContent-Security-Policy: {policy}\r\n\
         X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n\
         Cache-Control: no-store\r\n\r\n{body}"
    )
    .into_bytes()
}

/// Why a request is not let through: a status line, or `None` when the visitor left.
type RefusalReason = Option<&'static str>;

/// Reads one request and writes it anew, without anything that the server behind need not see.
async fn read(stream: &mut TcpStream) -> Result<Vec<u8>, RefusalReason> {
    let mut received = Head::default();
    received.bytes.reserve(4096);
    let (mut request, length, head) = loop {
        if is_tls(&received.bytes) {
            return Err(Some(TLS));
        }
        if let Some(parsed) = parse(&received.bytes)? {
            break parsed;
        }
        if received.bytes.len() >= LONGEST_HEAD || received.has_too_many_cookies() {
            let line_ended = received.bytes.contains(&b'\n');
            return Err(Some(if line_ended { TOO_LARGE } else { TOO_LONG }));
        }
        more(stream, &mut received.bytes, LONGEST_HEAD).await?;
        received.drop_cookies();
    };
    let mut bytes = received.bytes;
    while bytes.len() < head + length {
        more(stream, &mut bytes, head + length).await?;
    }
    request.extend_from_slice(bytes.get(head..head + length).unwrap_or_default());
    Ok(request)
}

/// Whether a TLS handshake begins there (RFC 8446 §5.1): no method of HTTP has such characters.
fn is_tls(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x16, 0x03])
}

/// Reads what has come, up to a total; the end of the stream is the visitor leaving.
async fn more(
    stream: &mut TcpStream,
    bytes: &mut Vec<u8>,
    total: usize,
) -> Result<(), RefusalReason> {
    let room = u64::try_from(total.saturating_sub(bytes.len())).unwrap_or(u64::MAX);
    match stream.take(room).read_buf(bytes).await {
        Ok(1..) => Ok(()),
        _ => Err(None),
    }
}

/// A request written anew, the length of its body, and the length of the head it came with.
type Parsed = (Vec<u8>, usize, usize);

/// Parses a head (RFC 9112 §3 and §5); `None` while it is incomplete.
fn parse(bytes: &[u8]) -> Result<Option<Parsed>, RefusalReason> {
    const BAD: RefusalReason = Some("400 Bad Request");
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut request = httparse::Request::new(&mut headers);
    let head = match request.parse(bytes) {
        Ok(httparse::Status::Complete(head)) => head,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(httparse::Error::TooManyHeaders) => {
            return Err(Some(TOO_LARGE));
        }
        Err(_) => return Err(BAD),
    };
    let method = request.method.ok_or(BAD)?;
    let target = request.path.ok_or(BAD)?;
    if !target.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(BAD);
    }
    let mut anew = format!("{method} {target} HTTP/1.1\r\nConnection: close\r\n");
    let mut length = None;
    for header in request.headers.iter() {
        let name = header.name.to_ascii_lowercase();
        let value = std::str::from_utf8(header.value)
            .unwrap_or("\u{fffd}")
            .trim();
        match name.as_str() {
            "host" | "content-type" if value.bytes().all(|byte| (0x20..0x7f).contains(&byte)) => {
                anew.push_str(&[&name, ": ", value, "\r\n"].concat());
            }
            "content-length" if length.is_none() => length = Some(body_length(value)?),
            // RFC 9112 §6.3: two framings are an attempt at smuggling.
            "host" | "content-type" | "content-length" | "transfer-encoding" => return Err(BAD),
            "expect" => return Err(Some("417 Expectation Failed")),
            // Guessing where the person goes next: the answer would reach no one. The browser
            // asks again when they really go there.
            "sec-purpose" | "purpose" | "x-purpose" | "x-moz" => {
                let value = value.to_ascii_lowercase();
                if value.contains("prefetch") || value.contains("preview") {
                    return Err(Some("503 Service Unavailable"));
                }
            }
            _ => {}
        }
    }
    let length = length.unwrap_or(0);
    anew.push_str(&["Content-Length: ", &length.to_string(), "\r\n\r\n"].concat());
    Ok(Some((anew.into_bytes(), length, head)))
}

fn body_length(value: &str) -> Result<usize, RefusalReason> {
    if value.is_empty() || !value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Some("400 Bad Request"));
    }
    value
        .parse()
        .ok()
        .filter(|length| *length <= LONGEST_BODY)
        .ok_or(Some("413 Content Too Large"))
}
