//! Requests to one portal, with a bearer token that never leaves its origin.

use std::convert::Infallible;

use serde::de::DeserializeOwned;
use url::Url;

use super::error::{Error, Refusal};
use super::model::{self, Userinfo};
use crate::http::{self, HeaderName, HeaderValue, Method, Request};
use crate::secret::Secret;

/// The longest answer that is read: 16 MiB.
const LIMIT: usize = 16 * 1024 * 1024;

/// Brings access tokens.
pub trait Bearer {
    /// Why there is none.
    type Error;

    /// A token that should work.
    fn token(&self) -> impl Future<Output = Result<Secret, Self::Error>>;

    /// Another token after this one was refused with 401. Asked once per request (R38);
    /// concurrent callers share one renewal.
    fn renewed(&self, refused: &Secret) -> impl Future<Output = Result<Secret, Self::Error>>;
}

/// A portal's answer: the body as sent, and what it says.
#[derive(Debug)]
pub struct Reply<T> {
    /// The body as the portal sent it.
    pub body: Vec<u8>,
    /// What the body says.
    pub value: T,
}

/// A request to the portal, without its credential: what may be sent a second time after a
/// renewal.
pub struct Call<'a> {
    /// The method.
    pub method: Method,
    /// Where to; nothing is sent to another origin than the portal's.
    pub url: &'a Url,
    /// Headers beside the usual ones.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// The media type and the bytes of the body.
    pub body: Option<(&'static str, Vec<u8>)>,
}

impl<'a> Call<'a> {
    /// A GET.
    pub fn get(url: &'a Url) -> Self {
        Self {
            method: Method::GET,
            url,
            headers: Vec::new(),
            body: None,
        }
    }
}

/// Asks one portal.
pub struct Client<B> {
    http: http::Client,
    origin: Url,
    bearer: B,
}

/// Asks the userinfo endpoint whom an access token is about, before there is a session.
///
/// # Errors
/// See [`Error`].
pub async fn userinfo(
    http: &http::Client,
    endpoint: &Url,
    token: &Secret,
) -> Result<Userinfo, Error<Infallible>> {
    let answer = http.send(Request::get(endpoint).bearer(token)?).await?;
    if !answer.is_success() {
        return Err(Error::Refused(Refusal::parse(answer.status, &answer.body)));
    }
    model::read(&answer.body).map_err(|problem| Error::Unexpected {
        path: endpoint.path().to_owned(),
        problem,
    })
}

impl<B: Bearer> Client<B> {
    /// A client of the portal at an origin.
    pub fn new(http: http::Client, origin: Url, bearer: B) -> Self {
        Self {
            http,
            origin,
            bearer,
        }
    }

    /// Reads a route below the portal's origin, with the pairs of a query.
    ///
    /// # Errors
    /// See [`Error`]. A 401 leads to one renewal and one retry; nothing else is retried.
    pub async fn get<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &[(&str, &str)],
    ) -> Result<Reply<T>, Error<B::Error>> {
        let mut url = self.origin.clone();
        url.set_path(path);
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        self.read(&url).await
    }

    /// Reads a URL that the provider's metadata names, on the portal's origin.
    ///
    /// # Errors
    /// As [`Client::get`]; a URL elsewhere is [`Error::Unexpected`] and nothing is sent.
    pub async fn read<T: DeserializeOwned>(&self, url: &Url) -> Result<Reply<T>, Error<B::Error>> {
        let answer = self.ask(&Call::get(url)).await?;
        let unexpected = |problem: String| Error::Unexpected {
            path: url.path().to_owned(),
            problem,
        };
        if (300..400).contains(&answer.status) {
            return Err(unexpected(
                "it is a redirect, and tokens are not sent elsewhere".to_owned(),
            ));
        }
        if !answer.is_success() {
            return Err(Error::Refused(Refusal::parse(answer.status, &answer.body)));
        }
        let value = model::read(&answer.body).map_err(unexpected)?;
        Ok(Reply {
            body: answer.body,
            value,
        })
    }

    /// Sends a request to the portal and gives its answer, whatever the status.
    ///
    /// # Errors
    /// See [`Error`]; a URL elsewhere is [`Error::Unexpected`] and nothing is sent. A 401 about the
    /// token leads to one renewal and one retry; nothing else is retried.
    pub async fn ask(&self, call: &Call<'_>) -> Result<http::Answer, Error<B::Error>> {
        if call.url.origin() != self.origin.origin() {
            return Err(Error::Unexpected {
                path: call.url.path().to_owned(),
                problem: "it is not on the portal's origin".to_owned(),
            });
        }
        let token = self.bearer.token().await.map_err(Error::Bearer)?;
        let answer = self.send(call, &token).await?;
        if answer.status == 401 && Refusal::parse(401, &answer.body).is_about_the_token() {
            let token = self.bearer.renewed(&token).await.map_err(Error::Bearer)?;
            return Ok(self.send(call, &token).await?);
        }
        Ok(answer)
    }

    async fn send(&self, call: &Call<'_>, token: &Secret) -> Result<http::Answer, http::Error> {
        let mut request = Request::new(call.method.clone(), call.url).limit(LIMIT);
        if let Some((media_type, body)) = &call.body {
            request = request.body(media_type, body.clone());
        }
        for (name, value) in &call.headers {
            request = request.set(name.clone(), value.clone());
        }
        self.http.send(request.bearer(token)?).await
    }
}
