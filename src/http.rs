//! One HTTP exchange: a request out, a bounded answer back, and an error that says whether the
//! request can have reached the server.
//!
//! It follows no redirect, retries nothing and interprets no body: those are decisions of
//! [`oauth`](crate::oauth) and [`portal`](crate::portal). There is no way to switch TLS
//! verification off.

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, DATE, HeaderMap, RETRY_AFTER};
use reqwest::{Certificate, redirect, retry};
use url::{Host, Url};

use zeroize::Zeroizing;

use crate::secret::Secret;

pub use reqwest::Method;
pub use reqwest::header::{HeaderName, HeaderValue};

/// Deadlines, trust roots and proxies of a [`Client`].
#[derive(Clone, Debug)]
pub struct Options {
    /// Longest time for one exchange, body included.
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

impl Default for Options {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
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
    /// The answer is longer than any honest one.
    #[error("the answer of {host} is longer than {limit} bytes")]
    TooLarge {
        /// Host and port that were asked.
        host: String,
        /// The limit in bytes.
        limit: usize,
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

/// One request. Build it with [`Request::get`], [`Request::post_form`] or [`Request::new`].
pub struct Request<'a> {
    method: Method,
    url: &'a Url,
    headers: HeaderMap,
    body: Option<Zeroizing<Vec<u8>>>,
    limit: usize,
}

/// Shows no header, no query and no body: each may hold secrets.
impl std::fmt::Debug for Request<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Request")
            .field("method", &self.method)
            .field("url", &without_query(self.url))
            .finish_non_exhaustive()
    }
}

/// The longest answer that is read unless a request says otherwise: 1 MiB.
pub const DEFAULT_LIMIT: usize = 1024 * 1024;

impl<'a> Request<'a> {
    /// A GET that accepts JSON.
    pub fn get(url: &'a Url) -> Self {
        Self::new(Method::GET, url)
    }

    /// A POST of form fields (`application/x-www-form-urlencoded`).
    pub fn post_form(url: &'a Url, fields: &[(&str, &str)]) -> Self {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        let body = form.extend_pairs(fields).finish().into_bytes();
        Self::new(Method::POST, url).body("application/x-www-form-urlencoded", body)
    }

    /// A request of any method that accepts JSON.
    pub fn new(method: Method, url: &'a Url) -> Self {
        Self {
            method,
            url,
            headers: HeaderMap::new(),
            body: None,
            limit: DEFAULT_LIMIT,
        }
        .header("accept", "application/json")
    }

    /// Sets a header of fixed name and value.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
        self
    }

    /// Sets a header whatever its name, in place of one of that name.
    #[must_use]
    pub fn set(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// Sends a body of a type. It is wiped when the request is dropped.
    #[must_use]
    pub fn body(mut self, media_type: &'static str, bytes: Vec<u8>) -> Self {
        self.headers
            .insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        self.body = Some(Zeroizing::new(bytes));
        self
    }

    /// Sends a bearer token (RFC 6750 §2.1), marked as sensitive.
    ///
    /// # Errors
    /// When the token has characters that no header may carry.
    pub fn bearer(self, token: &Secret) -> Result<Self, Error> {
        self.authorization(&format!("Bearer {}", token.expose()))
    }

    /// Sends an `Authorization` header, marked as sensitive.
    ///
    /// # Errors
    /// When the value has characters that no header may carry.
    pub fn authorization(mut self, value: &str) -> Result<Self, Error> {
        let mut value = HeaderValue::from_str(value).map_err(|_| {
            Error::Setup("the credential has characters that a header cannot carry".to_owned())
        })?;
        value.set_sensitive(true);
        self.headers.insert(AUTHORIZATION, value);
        Ok(self)
    }

    /// Sets the longest answer that is read, in bytes.
    #[must_use]
    pub fn limit(mut self, bytes: usize) -> Self {
        self.limit = bytes;
        self
    }
}

/// A complete answer, whatever its status.
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The whole body, at most as long as the request's limit. It may hold tokens.
    pub body: Vec<u8>,
}

/// Shows no header and no body: either may hold secrets.
impl std::fmt::Debug for Answer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Answer")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

impl Answer {
    /// Whether the status is 2xx.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The media type without its parameters, in lower case; empty when absent.
    pub fn media_type(&self) -> String {
        let value = self.text("content-type").unwrap_or_default();
        value
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase()
    }

    /// A header as text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The server's clock (RFC 9110 §6.6.1).
    pub fn date(&self) -> Option<SystemTime> {
        httpdate(self.headers.get(DATE)?)
    }

    /// How long the server asks to wait (RFC 9110 §10.2.3), seconds or date.
    pub fn retry_after(&self) -> Option<Duration> {
        let value = self.headers.get(RETRY_AFTER)?;
        if let Some(seconds) = value
            .to_str()
            .ok()
            .and_then(|text| text.trim().parse().ok())
        {
            return Some(Duration::from_secs(seconds));
        }
        let wait = httpdate(value)?.duration_since(SystemTime::now());
        Some(wait.unwrap_or_default())
    }
}

fn httpdate(value: &HeaderValue) -> Option<SystemTime> {
    let moment = jiff::fmt::rfc2822::parse(value.to_str().ok()?).ok()?;
    Some(SystemTime::from(moment.timestamp()))
}

/// Sends requests. Cheap to clone; connections are shared.
#[derive(Clone, Debug)]
pub struct Client {
    inner: reqwest::Client,
    timeout: Duration,
    connect_timeout: Duration,
}

impl Client {
    /// Sets a client up.
    ///
    /// # Errors
    /// [`Error::Setup`] when a root file cannot be read or the machine has no trust roots.
    pub fn open(options: &Options) -> Result<Self, Error> {
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("eprospera/", env!("CARGO_PKG_VERSION")))
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .referer(false)
            .connect_timeout(options.connect_timeout);
        if options.plain_loopback {
            builder = builder.no_proxy().tls_certs_only([]);
        } else {
            builder = builder.https_only(true);
            if let Some(path) = &options.only_roots {
                builder = builder.tls_certs_only(certificates(path)?);
                if let Some(path) = &options.extra_roots {
                    builder = builder.tls_certs_only(certificates(path)?);
                }
            } else if let Some(path) = &options.extra_roots {
                builder = builder.tls_certs_merge(certificates(path)?);
            }
        }
        let inner = builder
            .build()
            .map_err(|error| Error::Setup(innermost(&error)))?;
        Ok(Self {
            inner,
            timeout: options.timeout,
            connect_timeout: options.connect_timeout,
        })
    }

    /// Sends one request, once, and reads its whole answer.
    ///
    /// # Errors
    /// See [`Error`]; any status is an answer, not an error.
    pub async fn send(&self, request: Request<'_>) -> Result<Answer, Error> {
        tracing::debug!(method = %request.method, url = %without_query(request.url), "request");
        if !is_private(request.url) {
            return Err(Error::Setup(
                "plain http is for addresses of this machine only".to_owned(),
            ));
        }
        let sent = tokio::time::timeout(self.timeout, self.exchange(&request)).await;
        let answer = sent.unwrap_or_else(|_| {
            Err(Error::Timeout {
                host: host(request.url),
                after: self.timeout,
                sent: true,
            })
        });
        match &answer {
            Ok(answer) => tracing::debug!(status = answer.status, "answer"),
            Err(error) => tracing::debug!(%error, "no answer"),
        }
        answer
    }

    async fn exchange(&self, request: &Request<'_>) -> Result<Answer, Error> {
        let mut outgoing = self
            .inner
            .request(request.method.clone(), request.url.clone())
            .headers(request.headers.clone());
        if let Some(body) = &request.body {
            outgoing = outgoing.body(body.to_vec());
        }
        let mut response = outgoing
            .send()
            .await
            .map_err(|error| self.classify(request.url, &error))?;
        let mut body = Vec::new();
        let too_large = || Error::TooLarge {
            host: host(request.url),
            limit: request.limit,
        };
        if response
            .content_length()
            .is_some_and(|length| length > request.limit as u64)
        {
            return Err(too_large());
        }
        while let Some(chunk) = response
            .chunk()
            .await
            .map_err(|error| self.classify(request.url, &error))?
        {
            if body.len() + chunk.len() > request.limit {
                return Err(too_large());
            }
            body.extend_from_slice(&chunk);
        }
        let status = response.status().as_u16();
        Ok(Answer {
            status,
            headers: response.headers().clone(),
            body,
        })
    }

    fn classify(&self, url: &Url, error: &reqwest::Error) -> Error {
        let host = host(url);
        if error.is_connect() {
            if error.is_timeout() {
                return Error::Timeout {
                    host,
                    after: self.connect_timeout,
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
                after: self.timeout,
                sent: true,
            };
        }
        Error::Broken {
            host,
            cause: innermost(error),
        }
    }
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
