//! One HTTP exchange: a request out, a bounded answer or a stream back, and an error that says
//! whether the request can have reached the server.
//!
//! It follows no redirect, retries nothing and interprets no body: those are decisions of
//! [`oauth`](crate::oauth) and [`portal`](crate::portal). There is no way to switch TLS
//! verification off.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use reqwest::{Certificate, redirect, retry};
use url::{Host, Url};

use crate::clock::Stopwatch;

mod anonymous;
mod answer;
mod encoding;
mod request;
mod stream;

pub use anonymous::Anonymous;
pub use answer::Answer;
pub use request::{DEFAULT_LIMIT, Request, Rest};
pub use reqwest::Method;
pub use reqwest::header::{HeaderName, HeaderValue};
pub use stream::Stream;

/// Deadlines, trust roots and proxies of a [`Client`].
#[derive(Clone, Debug)]
pub struct Options {
    /// Longest time for one exchange, body included; of a stream, longest time for its headers and
    /// for each piece of its body. For the answer to a [one-time](Request::one_time) request it only
    /// counts when it is longer than the usual one.
    pub timeout: Duration,
    /// Longest time for DNS, TCP and TLS together.
    pub connect_timeout: Duration,
    /// PEM file whose certificates are trusted beside the usual roots.
    pub extra_roots: Option<PathBuf>,
    /// PEM file whose certificates replace the usual roots (`SSL_CERT_FILE`).
    pub only_roots: Option<PathBuf>,
    /// The server is a plain http one on a loopback address: no roots are loaded and no proxy is
    /// asked, so it works on a machine that has neither.
    pub plain_loopback: bool,
}

/// How long an answer may take where nobody says. The answer to a one-time request may always take as long.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(30);
/// How long a connection may take where nobody says.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

impl Default for Options {
    fn default() -> Self {
        Self {
            timeout: ANSWER_TIMEOUT,
            connect_timeout: CONNECT_TIMEOUT,
            extra_roots: None,
            only_roots: None,
            plain_loopback: false,
        }
    }
}

/// Why an exchange brought no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No connection came about, so the server has seen nothing.
    #[error("cannot reach {host}: {cause}")]
    Unreachable {
        /// Host and port that were tried.
        host: String,
        /// The innermost reason.
        cause: String,
    },
    /// The deadline passed. When `sent`, the server may have acted on the request.
    #[error("{host} did not answer within {}", humantime::format_duration(*.after))]
    Timeout {
        /// Host and port that were asked.
        host: String,
        /// The deadline.
        after: Duration,
        /// Whether the request can have reached the server.
        sent: bool,
    },
    /// The connection broke after the request left: the server may have acted on it.
    #[error("the connection to {host} broke before the answer was complete: {cause}")]
    Broken {
        /// Host and port that were asked.
        host: String,
        /// The innermost reason.
        cause: String,
    },
    /// The answer began, and then nothing came for too long.
    #[error("{host} sent nothing more for {}", humantime::format_duration(*.after))]
    Stalled {
        /// Host and port that were asked.
        host: String,
        /// The deadline.
        after: Duration,
    },
    /// The answer is longer than any honest one.
    #[error("the answer of {host} is longer than {limit} bytes")]
    TooLarge {
        /// Host and port that were asked.
        host: String,
        /// The limit in bytes.
        limit: usize,
    },
    /// The whole answer is there, in a content coding that was not asked for and cannot be read.
    #[error("{host} sent its answer {problem}")]
    Encoded {
        /// Host and port that were asked.
        host: String,
        /// The coding, and what is wrong with it.
        problem: String,
    },
    /// The client itself could not be set up.
    #[error("cannot set up HTTP: {0}")]
    Setup(String),
}

impl Error {
    /// Whether the server provably never saw the request, so that sending again is harmless.
    pub fn never_sent(&self) -> bool {
        matches!(
            self,
            Self::Unreachable { .. } | Self::Setup(_) | Self::Timeout { sent: false, .. }
        )
    }
}

/// Sends requests. Cheap to clone; connections are shared, but for those of one-time requests.
#[derive(Clone, Debug)]
pub struct Client {
    options: Options,
    shared: reqwest::Client,
    /// Keeps no connection; made when it is first needed.
    unshared: Arc<OnceLock<reqwest::Client>>,
}

impl Client {
    /// Sets a client up.
    ///
    /// # Errors
    /// [`Error::Setup`] when a root file cannot be read or the machine has no trust roots.
    pub fn open(options: &Options) -> Result<Self, Error> {
        let shared = builder(options)?.connect_timeout(options.connect_timeout);
        Ok(Self {
            options: options.clone(),
            shared: build(shared)?,
            unshared: Arc::default(),
        })
    }

    /// The client for a request. A connection that was idle while a person signed in, or that the
    /// server closes at this moment, would leave it unknown whether a request arrived.
    fn client_for(&self, request: &Request<'_>) -> Result<&reqwest::Client, Error> {
        if !request.own_connection {
            return Ok(&self.shared);
        }
        if let Some(client) = self.unshared.get() {
            return Ok(client);
        }
        let unshared = builder(&self.options)?
            .connect_timeout(self.options.connect_timeout.max(CONNECT_TIMEOUT))
            .pool_max_idle_per_host(0);
        let unshared = build(unshared)?;
        Ok(self.unshared.get_or_init(|| unshared))
    }

    /// Sends one request, once, and reads its whole answer.
    ///
    /// # Errors
    /// See [`Error`]; any status is an answer, not an error.
    pub async fn send(&self, request: Request<'_>) -> Result<Answer, Error> {
        let limit = request.limit;
        let watch = Stopwatch::start();
        let exchange = async { self.begin(&request, &watch).await?.collect(limit).await };
        self.in_time(&request, &watch, exchange).await
    }

    /// Sends one request, once, and gives its answer as soon as the headers are there.
    ///
    /// # Errors
    /// See [`Error`]; any status is an answer, not an error.
    pub async fn stream(&self, request: Request<'_>) -> Result<Stream, Error> {
        let watch = Stopwatch::start();
        let begin = self.begin(&request, &watch);
        let stream = self.in_time(&request, &watch, begin).await?;
        Ok(stream.idle_at_most(self.options.timeout))
    }

    /// How long the answer to a request may take.
    fn timeout_of(&self, request: &Request<'_>) -> Duration {
        if request.one_time {
            self.options.timeout.max(ANSWER_TIMEOUT)
        } else {
            self.options.timeout
        }
    }

    /// How long the connection for a request may take.
    fn connect_timeout_of(&self, request: &Request<'_>) -> Duration {
        let wanted = self.options.connect_timeout;
        if request.own_connection {
            wanted.max(CONNECT_TIMEOUT)
        } else {
            wanted
        }
    }

    async fn in_time<T>(
        &self,
        request: &Request<'_>,
        watch: &Stopwatch,
        exchange: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        let limit = self.timeout_of(request);
        let done = watch.timeout(limit, exchange).await.unwrap_or_else(|| {
            Err(Error::Timeout {
                host: host(request.url),
                after: limit,
                sent: true,
            })
        });
        if let Err(error) = &done {
            tracing::debug!(%error, "no answer");
        }
        done
    }

    /// Sends a request and receives the headers of its answer. A connection does not survive a long
    /// pause of this process: where nothing was sent by it, another one is made.
    async fn begin(&self, request: &Request<'_>, watch: &Stopwatch) -> Result<Stream, Error> {
        loop {
            let pauses = watch.pauses();
            match self.attempt(request).await {
                Err(error) if error.never_sent() && watch.pauses() > pauses => {
                    tracing::debug!(%error, "connecting again after a pause");
                }
                done => return done,
            }
        }
    }

    async fn attempt(&self, request: &Request<'_>) -> Result<Stream, Error> {
        tracing::debug!(method = %request.method, url = %without_query(request.url), "request");
        if !is_private(request.url) {
            return Err(Error::Setup(
                "plain http is for addresses of this machine only".to_owned(),
            ));
        }
        let mut outgoing = self
            .client_for(request)?
            .request(request.method.clone(), request.url.clone())
            .headers(request.headers.clone());
        if let Some(body) = &request.body {
            outgoing = outgoing.body(body.to_vec());
        }
        let response = outgoing
            .send()
            .await
            .map_err(|error| self.classify(request, &error))?;
        tracing::debug!(status = response.status().as_u16(), "answer");
        Ok(Stream::new(response, host(request.url)))
    }

    fn classify(&self, request: &Request<'_>, error: &reqwest::Error) -> Error {
        let host = host(request.url);
        if error.is_connect() {
            if error.is_timeout() {
                return Error::Timeout {
                    host,
                    after: self.connect_timeout_of(request),
                    sent: false,
                };
            }
            return Error::Unreachable {
                host,
                cause: innermost(error),
            };
        }
        if error.is_builder() {
            return Error::Setup(innermost(error));
        }
        if error.is_timeout() {
            return Error::Timeout {
                host,
                after: self.timeout_of(request),
                sent: true,
            };
        }
        Error::Broken {
            host,
            cause: innermost(error),
        }
    }
}

/// What every client has in common: roots and proxies, and that nothing is followed or sent again.
fn builder(options: &Options) -> Result<reqwest::ClientBuilder, Error> {
    let mut builder = reqwest::Client::builder()
        .user_agent(concat!("eprospera/", env!("CARGO_PKG_VERSION")))
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .referer(false);
    if options.plain_loopback {
        return Ok(builder.no_proxy().tls_certs_only([]));
    }
    builder = builder.https_only(true);
    if let Some(path) = &options.only_roots {
        builder = builder.tls_certs_only(certificates(path)?);
        if let Some(path) = &options.extra_roots {
            builder = builder.tls_certs_only(certificates(path)?);
        }
    } else if let Some(path) = &options.extra_roots {
        builder = builder.tls_certs_merge(certificates(path)?);
    }
    Ok(builder)
}

fn build(builder: reqwest::ClientBuilder) -> Result<reqwest::Client, Error> {
    builder
        .build()
        .map_err(|error| Error::Setup(innermost(&error)))
}

fn certificates(path: &PathBuf) -> Result<Vec<Certificate>, Error> {
    let unusable = |cause: String| {
        Error::Setup(format!(
            "cannot use {} as trust roots: {cause}",
            path.display()
        ))
    };
    let pem = std::fs::read(path).map_err(|error| unusable(error.to_string()))?;
    let bundle = Certificate::from_pem_bundle(&pem).map_err(|error| unusable(innermost(&error)))?;
    if bundle.is_empty() {
        return Err(unusable("it holds no certificate".to_owned()));
    }
    Ok(bundle)
}

/// Whether nobody between here and the server can read along.
fn is_private(url: &Url) -> bool {
    match url.host() {
        _ if url.scheme() == "https" => true,
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// The URL as far as it may be logged: a query can hold codes and signatures.
fn without_query(url: &Url) -> String {
    let mut shown = url.clone();
    shown.set_query(None);
    shown.set_fragment(None);
    shown.into()
}

fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port()
        .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// The last cause of a chain says what happened; the outer ones repeat the URL.
fn innermost(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests;
