//! Requests to one portal, with a bearer token that never leaves its origin.

use std::convert::Infallible;

use serde::de::DeserializeOwned;
use url::Url;

use super::error::{Error, Refusal};
use super::model::{self, Userinfo};
use crate::http::{self, Request};
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

    /// Reads a route below the portal's origin.
    ///
    /// # Errors
    /// See [`Error`]. A 401 leads to one renewal and one retry; nothing else is retried.
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<Reply<T>, Error<B::Error>> {
        let mut url = self.origin.clone();
        url.set_path(path);
        self.read(&url).await
    }

    /// Reads a URL that the provider's metadata names, on the portal's origin.
    ///
    /// # Errors
    /// As [`Client::get`]; a URL elsewhere is [`Error::Unexpected`] and nothing is sent.
    pub async fn read<T: DeserializeOwned>(&self, url: &Url) -> Result<Reply<T>, Error<B::Error>> {
        let unexpected = |problem: String| Error::Unexpected {
            path: url.path().to_owned(),
            problem,
        };
        if url.origin() != self.origin.origin() {
            return Err(unexpected("it is not on the portal's origin".to_owned()));
        }
        let token = self.bearer.token().await.map_err(Error::Bearer)?;
        let mut answer = self.send(url, &token).await?;
        if answer.status == 401 && Refusal::parse(401, &answer.body).is_about_the_token() {
            let token = self.bearer.renewed(&token).await.map_err(Error::Bearer)?;
            answer = self.send(url, &token).await?;
        }
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

    async fn send(&self, url: &Url, token: &Secret) -> Result<http::Answer, http::Error> {
        self.http
            .send(Request::get(url).limit(LIMIT).bearer(token)?)
            .await
    }
}
