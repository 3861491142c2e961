//! What is sent: method, headers, body, and how long an answer may be.
//!
//! It shows no header, no query and no body of itself: each may hold secrets.

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, IF_RANGE, RANGE};
use url::Url;
use zeroize::Zeroizing;

use super::error::Error;
use super::{HeaderName, HeaderValue, Method};
use crate::secret::Secret;

/// One request. Build it with [`Request::get`], [`Request::post_form`] or [`Request::new`].
pub(crate) struct Request<'a> {
    pub(super) method: Method,
    pub(super) url: &'a Url,
    pub(super) headers: HeaderMap,
    pub(super) body: Option<Zeroizing<Vec<u8>>>,
    pub(super) limit: usize,
    pub(super) own_connection: bool,
    pub(super) one_time: bool,
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
pub(crate) const DEFAULT_LIMIT: usize = 1024 * 1024;

impl<'a> Request<'a> {
    pub(crate) fn get(url: &'a Url) -> Self {
        Self::new(Method::GET, url)
    }

    pub(crate) fn post_form(url: &'a Url, fields: &[(&str, &str)]) -> Self {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        let body = form.extend_pairs(fields).finish().into_bytes();
        Self::new(Method::POST, url).body("application/x-www-form-urlencoded", body)
    }

    pub(crate) fn new(method: Method, url: &'a Url) -> Self {
        Self {
            method,
            url,
            headers: HeaderMap::new(),
            body: None,
            limit: DEFAULT_LIMIT,
            own_connection: false,
            one_time: false,
        }
        .header("accept", "application/json")
        // Without it a server may choose any coding (RFC 9110 §12.5.3).
        .header("accept-encoding", "identity")
    }

    #[must_use]
    pub(crate) fn header(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
        self
    }

    /// Sets a header whatever its name, in place of one of that name.
    #[must_use]
    pub(crate) fn set(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// Sends these headers and none of the usual ones.
    #[must_use]
    pub(crate) fn only_headers(self, headers: HeaderMap) -> Self {
        Self { headers, ..self }
    }

    /// Sends a body whose type is in the headers. It is wiped when the request is dropped.
    #[must_use]
    pub(crate) fn bytes(mut self, bytes: Vec<u8>) -> Self {
        self.body = Some(Zeroizing::new(bytes));
        self
    }

    /// Sends a body of a type. It is wiped when the request is dropped.
    #[must_use]
    pub(crate) fn body(mut self, media_type: &'static str, bytes: Vec<u8>) -> Self {
        self.headers
            .insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        self.body = Some(Zeroizing::new(bytes));
        self
    }

    /// Sends a bearer token (RFC 6750 §2.1), marked as sensitive.
    pub(crate) fn bearer(self, token: &Secret) -> Result<Self, Error> {
        self.authorization(&format!("Bearer {}", token.expose()))
    }

    /// Sends an `Authorization` header, marked as sensitive.
    pub(crate) fn authorization(mut self, value: &str) -> Result<Self, Error> {
        let mut value = HeaderValue::from_str(value).map_err(|_| {
            Error::Setup("the credential contains characters that a header cannot carry".to_owned())
        })?;
        value.set_sensitive(true);
        self.headers.insert(AUTHORIZATION, value);
        Ok(self)
    }

    #[must_use]
    pub(crate) fn rest(mut self, rest: &ResumeRange) -> Self {
        self.headers.insert(RANGE, rest.range());
        self.headers.insert(IF_RANGE, rest.of.clone());
        self
    }

    /// What the answer holds cannot be asked for again: the request gets a connection of its own,
    /// and no setting shortens the wait for its answer.
    #[must_use]
    pub(crate) fn one_time(mut self) -> Self {
        self.one_time = true;
        self.on_own_connection()
    }

    /// Takes no connection that was used before, and leaves none to others.
    #[must_use]
    pub(crate) fn on_own_connection(mut self) -> Self {
        self.own_connection = true;
        self
    }

    /// Sets the longest answer that is read, in bytes.
    #[must_use]
    pub(crate) fn limit(mut self, bytes: usize) -> Self {
        self.limit = bytes;
        self
    }
}

/// The rest of a representation, and which one that is (RFC 9110 §13.1.5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ResumeRange {
    /// How many bytes are here already.
    pub from: u64,
    /// The strong entity tag that they came with.
    pub of: HeaderValue,
}

impl ResumeRange {
    fn range(&self) -> HeaderValue {
        HeaderValue::from_str(&format!("bytes={}-", self.from))
            .expect("digits and ASCII punctuation fit into a header")
    }
}

/// The URL as far as it may be logged: a query can hold codes and signatures.
pub(super) fn without_query(url: &Url) -> String {
    let mut shown = url.clone();
    shown.set_query(None);
    shown.set_fragment(None);
    shown.into()
}
