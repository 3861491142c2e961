//! An answer that is read piece by piece: no piece may be long in coming, the whole may, as long
//! as it does not come drop by drop.

use std::time::Duration;

use reqwest::header::HeaderMap;

use super::answer::{Response, media_type};
use super::cause::innermost;
use super::encoding::{self, UnreadableEncoding};
use super::error::Error;
use crate::clock::{self, Stopwatch};

/// The shortest time over which the speed of a body is judged: a link may falter for a while.
const SHORTEST_SPEED_WINDOW: Duration = Duration::from_secs(30);
/// How many bytes have to come in each such time, else the host only holds the connection: far
/// less than the slowest link brings that is of use.
const LEAST_BYTES_PER_WINDOW: usize = 1024;

/// An answer whose body has not been read yet.
pub(crate) struct Stream {
    pub status: u16,
    pub headers: HeaderMap,
    length: Option<u64>,
    any_length: bool,
    host: String,
    pace: Option<Box<TransferPace>>,
    response: reqwest::Response,
}

/// Shows no header and no body: either may hold secrets.
impl std::fmt::Debug for Stream {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Stream")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

impl Stream {
    pub(super) fn new(mut response: reqwest::Response, host: String) -> Self {
        Self {
            status: response.status().as_u16(),
            length: response.content_length(),
            any_length: false,
            headers: std::mem::take(response.headers_mut()),
            host,
            pace: None,
            response,
        }
    }

    /// Reads the beginning of the body also where the announced length is over the limit: it may
    /// hold what no second request brings.
    pub(super) fn of_any_length(self) -> Self {
        Self {
            any_length: true,
            ..self
        }
    }

    /// Bounds how long each piece of the body may be in coming, and how slowly all of them come.
    pub(super) fn idle_at_most(self, idle: Duration) -> Self {
        Self {
            pace: Some(Box::new(TransferPace::new(idle))),
            ..self
        }
    }

    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    /// The media type without its parameters, in lower case; empty when absent.
    pub(crate) fn media_type(&self) -> String {
        media_type(&self.headers)
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// How many bytes the body has, where the server says so. A body that ends before that is
    /// [`Error::Broken`].
    pub(crate) fn length(&self) -> Option<u64> {
        self.length
    }

    /// Adds the next piece of the body to a buffer; `false` at its end.
    pub(crate) async fn read(&mut self, buffer: &mut Vec<u8>) -> Result<bool, Error> {
        let read = match &self.pace {
            None => self.response.chunk().await,
            Some(pace) => {
                // Boxed: it is part of the future of every answer.
                let read = Box::pin(pace.wait(self.response.chunk())).await;
                read.map_err(|StalledTransfer { after, bytes }| Error::Stalled {
                    host: self.host.clone(),
                    after,
                    bytes,
                })?
            }
        };
        let piece = read.map_err(|error| Error::Broken {
            host: self.host.clone(),
            cause: innermost(&error),
        })?;
        if let Some(piece) = &piece {
            buffer.extend_from_slice(piece);
            if let Some(pace) = &mut self.pace {
                pace.came(piece.len());
            }
        }
        Ok(piece.is_some())
    }

    /// Reads the whole body, and undoes a content coding that was not asked for. Shows `watch` the
    /// status and the beginning of the body as it grows. What a refusal says in an unknown coding
    /// counts as nothing: its status is enough.
    pub(crate) async fn collect(
        mut self,
        limit: usize,
        mut watch: impl FnMut(u16, &[u8]),
    ) -> Result<Response, Error> {
        let longest = limit as u64;
        let mut body = Vec::new();
        let is_too_long = self.length().is_some_and(|length| length > longest);
        let mut goes_on = !is_too_long || self.any_length;
        let mut fits = goes_on;
        while goes_on && fits {
            goes_on = match self.read(&mut body).await {
                Err(_) if is_too_long => break,
                read => read?,
            };
            fits = body.len() <= limit;
            if goes_on {
                let beginning = encoding::beginning(&self.headers, &body, limit);
                watch(self.status, &beginning);
            }
        }
        let decoded = if fits && !is_too_long {
            encoding::decode(&self.headers, body, limit)
        } else {
            Err(UnreadableEncoding::TooLarge)
        };
        let body = match decoded {
            Ok(body) => body,
            Err(UnreadableEncoding::TooLarge) => {
                return Err(Error::TooLarge {
                    host: self.host,
                    limit,
                });
            }
            Err(UnreadableEncoding::Encoded(_)) if self.status >= 300 => Vec::new(),
            Err(UnreadableEncoding::Encoded(problem)) => {
                return Err(Error::Encoded {
                    host: self.host,
                    problem,
                });
            }
        };
        Ok(Response {
            status: self.status,
            headers: self.headers,
            body,
        })
    }
}

/// How fast a body comes. Only the time in which the process runs counts.
struct TransferPace {
    /// The longest time in which nothing comes.
    idle: Duration,
    /// The longest time in which next to nothing comes.
    window: Duration,
    watch: Stopwatch,
    /// The running time when this window began.
    began: Duration,
    /// What came since then.
    bytes: usize,
}

/// What came was too little.
struct StalledTransfer {
    after: Duration,
    bytes: usize,
}

impl TransferPace {
    /// Who allows a longer silence allows that the body is slow for as long.
    fn new(idle: Duration) -> Self {
        Self {
            idle,
            window: idle.max(SHORTEST_SPEED_WINDOW),
            watch: Stopwatch::start(),
            began: Duration::ZERO,
            bytes: 0,
        }
    }

    /// Waits for the next piece until the host is too late with it.
    async fn wait<T>(&self, piece: impl Future<Output = T>) -> Result<T, StalledTransfer> {
        let end = self.began.saturating_add(self.window);
        let in_window = self.watch.timeout(end, piece);
        match clock::timeout(self.idle, in_window).await {
            Some(Some(piece)) => Ok(piece),
            Some(None) => Err(StalledTransfer {
                after: self.window,
                bytes: self.bytes,
            }),
            None => Err(StalledTransfer {
                after: self.idle,
                bytes: 0,
            }),
        }
    }

    /// Counts what came; when it is enough, another window begins.
    fn came(&mut self, bytes: usize) {
        self.bytes += bytes;
        if self.bytes >= LEAST_BYTES_PER_WINDOW {
            self.bytes = 0;
            self.began = self.watch.running();
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;
    use url::Url;

    use super::super::{Client, Options, Request};
    use super::*;

    #[tokio::test]
    async fn a_host_that_drips_does_not_hold_the_connection_for_ever() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        tokio::spawn(async move {
            let (mut connection, _) = listener.accept().await.unwrap();
            assert!(connection.read(&mut [0; 4096]).await.unwrap() > 0);
            let mut sent = connection.write_all(b"HTTP/1.1 200 OK\r\n\r\n.").await;
            while sent.is_ok() {
                tokio::time::sleep(Duration::from_millis(20)).await;
                sent = connection.write_all(b".").await;
            }
        });
        let client = Client::open(&Options {
            plain_loopback: true,
            ..Options::default()
        });
        let url = Url::parse(&url).unwrap();
        let stream = client.unwrap().stream(Request::get(&url)).await;
        let mut stream = stream.unwrap();
        let window = Duration::from_millis(300);
        stream.pace.as_mut().unwrap().window = window;
        let mut body = Vec::new();
        let error = loop {
            if let Err(error) = stream.read(&mut body).await {
                break error;
            }
        };
        let words = format!("{} sent only ", stream.host());
        assert!(error.to_string().starts_with(&words), "{error}");
        match error {
            Error::Stalled { after, bytes, .. } => assert_eq!((after, bytes), (window, body.len())),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_slow_link_goes_on_since_each_kibibyte_begins_another_window() {
        let mut pace = TransferPace::new(Duration::from_secs(1));
        assert_eq!(pace.window, SHORTEST_SPEED_WINDOW);
        for _ in 0..3 {
            let before = pace.began;
            pace.came(LEAST_BYTES_PER_WINDOW - 1);
            std::thread::sleep(Duration::from_millis(2));
            assert_eq!(pace.began, before);
            pace.came(1);
            assert!(pace.began > before && pace.bytes == 0);
        }
    }

    #[test]
    fn who_allows_a_longer_silence_allows_a_slower_host() {
        let long = SHORTEST_SPEED_WINDOW * 4;
        assert_eq!(TransferPace::new(long).window, long);
    }
}
