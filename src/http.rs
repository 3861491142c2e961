//! One HTTP exchange: a request out, a bounded answer or a stream back, and an error that says
//! whether the request can have reached the server.
//!
//! It follows no redirect, retries nothing and interprets no body: those are decisions of
//! [`oauth`](crate::oauth) and [`portal`](crate::portal). There is no way to switch TLS
//! verification off.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use reqwest::redirect;
use tokio_rustls::rustls::ClientConfig;
use url::{Host, Url};

use crate::clock::Stopwatch;

mod anonymous;
mod answer;
mod cause;
mod encoding;
mod error;
mod inspect;
mod options;
mod proxied;
mod proxy;
mod proxy_check;
mod request;
mod retry;
mod stream;
mod trust;
mod tunnel;

pub(crate) use anonymous::UnauthenticatedClient;
pub(crate) use answer::Response;
pub(crate) use error::Error;
pub(crate) use inspect::resolve;
pub(crate) use options::Options;
pub(crate) use proxy::{ProxyVariables, Variable, VariableProblem};
pub(crate) use request::{Request, ResumeRange};
pub(crate) use reqwest::Method;
pub(crate) use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
pub(crate) use retry::{AttemptOutcome, Attempts, Notice, Opened, Retries, RetryReason};
pub(crate) use stream::Stream;
pub(crate) use trust::{TlsFailure, system_roots};
pub(crate) use tunnel::ProxyFailure;

use cause::innermost;
use options::{ANSWER_TIMEOUT, CONNECT_TIMEOUT};
use proxy::Proxies;
use request::without_query;
use trust::Trust;

/// Sends requests. Cheap to clone; connections are shared, but for those of one-time requests.
#[derive(Clone)]
pub(crate) struct Client {
    options: Options,
    /// `None` for a plain loopback server.
    trust: Option<Trust>,
    proxies: Arc<Proxies>,
    /// Hosts with ports to which the proxy has made a connection in this run.
    checked: Arc<Mutex<HashSet<String>>>,
    shared: reqwest::Client,
    /// Keeps no connection; made when it is first needed.
    unshared: Arc<OnceLock<reqwest::Client>>,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Client").finish_non_exhaustive()
    }
}

impl Client {
    /// Sets a client up.
    pub(crate) fn open(options: &Options) -> Result<Self, Error> {
        let (trust, proxies) = if options.plain_loopback {
            (None, Proxies::none())
        } else {
            let proxies = Proxies::read(&options.proxies)?;
            (Some(trust::open(options)?), proxies)
        };
        let proxies = Arc::new(proxies);
        let shared = builder(trust.as_ref(), &proxies).connect_timeout(options.connect_timeout);
        Ok(Self {
            options: options.clone(),
            trust,
            proxies,
            checked: Arc::default(),
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
        let unshared = builder(self.trust.as_ref(), &self.proxies)
            .connect_timeout(self.connect_timeout_of(request))
            .pool_max_idle_per_host(0);
        let unshared = build(unshared)?;
        Ok(self.unshared.get_or_init(|| unshared))
    }

    /// Sends one request, once, and reads its whole answer. Any status is an answer, not an error.
    pub(crate) async fn send(&self, request: Request<'_>) -> Result<Response, Error> {
        self.send_watched(request, |_, _| ()).await
    }

    /// The same, for an answer that counts even when its end never comes: `watch` sees the status
    /// and all of the body so far, each time that more of it has arrived.
    pub(crate) async fn send_watched(
        &self,
        request: Request<'_>,
        watch: impl FnMut(u16, &[u8]),
    ) -> Result<Response, Error> {
        let limit = request.limit;
        let stopwatch = Stopwatch::start();
        let exchange = async {
            let mut stream = self.begin(&request, &stopwatch).await?;
            if request.one_time {
                stream = stream.of_any_length();
            }
            stream.collect(limit, watch).await
        };
        self.in_time(&request, &stopwatch, exchange).await
    }

    /// Sends one request, once, and gives its answer as soon as the headers are there. Any status
    /// is an answer, not an error.
    pub(crate) async fn stream(&self, request: Request<'_>) -> Result<Stream, Error> {
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
                host: self.name_of(request),
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
        if !is_private(request.url) || (request.url.scheme() == "http") == self.trust.is_some() {
            return Err(Error::Setup(
                "plain http is allowed only for addresses of this machine".to_owned(),
            ));
        }
        let mut has_failed = false;
        loop {
            self.check_proxy(request).await?;
            match self.outgoing(request)?.send().await {
                Ok(response) => {
                    tracing::debug!(status = response.status().as_u16(), "answer");
                    return Ok(Stream::new(response, self.name_of(request)));
                }
                // Nothing was sent. The proxy is asked for its reason, and tried once more if it has none.
                Err(error) if self.is_of_proxy(request, &error) && !has_failed => {
                    tracing::debug!("the proxy is asked again");
                    self.checked().remove(&host(request.url));
                    has_failed = true;
                }
                Err(error) => return Err(self.classify(request, &error)),
            }
        }
    }

    fn outgoing(&self, request: &Request<'_>) -> Result<reqwest::RequestBuilder, Error> {
        let outgoing = self
            .client_for(request)?
            .request(request.method.clone(), request.url.clone())
            .headers(request.headers.clone());
        Ok(match &request.body {
            Some(body) => outgoing.body(body.to_vec()),
            None => outgoing,
        })
    }

    fn classify(&self, request: &Request<'_>, error: &reqwest::Error) -> Error {
        if error.is_builder() {
            return Error::Setup(innermost(error));
        }
        if error.is_connect() {
            return self.unconnected(request, error);
        }
        let host = self.name_of(request);
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
fn builder(trust: Option<&Trust>, proxies: &Arc<Proxies>) -> reqwest::ClientBuilder {
    let builder = reqwest::Client::builder()
        .user_agent(concat!("eprospera/", env!("CARGO_PKG_VERSION")))
        .redirect(redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        // The library's own reading passes over a variable that it cannot use.
        .no_proxy();
    let Some(trust) = trust else {
        return builder.tls_certs_only([]);
    };
    let proxies = Arc::clone(proxies);
    let chosen = reqwest::Proxy::custom(move |url| {
        let port = url.port_or_known_default().unwrap_or_default();
        let proxy = proxies.to(url.host_str().unwrap_or_default(), port)?;
        Some(proxy.url())
    });
    builder
        .https_only(true)
        .tls_backend_preconfigured(ClientConfig::clone(&trust.tls))
        .proxy(chosen)
}

fn build(builder: reqwest::ClientBuilder) -> Result<reqwest::Client, Error> {
    builder
        .build()
        .map_err(|error| Error::Setup(innermost(&error)))
}

/// Whether the way to the server cannot be read by others.
fn is_private(url: &Url) -> bool {
    match url.host() {
        _ if url.scheme() == "https" => true,
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port()
        .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

#[cfg(test)]
mod tests;
