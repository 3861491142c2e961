//! Requests to one portal, with a bearer token that never leaves its origin.

use std::convert::Infallible;

use serde::de::DeserializeOwned;
use serde_json::Value;
use url::Url;

use super::error::{Error, PortalRefusal};
use super::model;
use crate::http::{
    self, AttemptOutcome, Attempts, HeaderName, HeaderValue, Method, Opened, Request, ResumeRange,
    Retries,
};
use crate::secret::Secret;
use crate::unicode;

/// The longest answer that is read: 16 MiB.
const RESPONSE_SIZE_LIMIT: usize = 16 * 1024 * 1024;

pub(crate) trait Bearer {
    type Error;

    fn token(&self) -> impl Future<Output = Result<Secret, Self::Error>>;

    /// Another token after this one was refused with 401. Asked once per request;
    /// concurrent callers share one refresh.
    fn refreshed(&self, refused: &Secret) -> impl Future<Output = Result<Secret, Self::Error>>;
}

/// A portal's answer: the body as sent, and what it says.
#[derive(Debug)]
pub(crate) struct PortalResponse<T> {
    pub body: Vec<u8>,
    pub value: T,
}

/// A request to the portal, without its credential: what may be sent a second time after a
/// refresh.
pub(crate) struct Call<'a> {
    pub method: Method,
    /// Where to; nothing is sent to another origin than the portal's.
    pub url: &'a Url,
    /// Headers beside the usual ones.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// The media type and the bytes of the body.
    pub body: Option<(&'static str, Vec<u8>)>,
}

impl<'a> Call<'a> {
    pub(crate) fn get(url: &'a Url) -> Self {
        Self {
            method: Method::GET,
            url,
            headers: Vec::new(),
            body: None,
        }
    }

    /// Whether it changes nothing, so that it may be sent as often as one likes (RFC 9110 §9.2.1).
    fn is_read(&self) -> bool {
        self.method == Method::GET || self.method == Method::HEAD
    }
}

pub(crate) struct PortalClient<B> {
    http: http::Client,
    origin: Url,
    bearer: B,
    retries: Retries,
}

/// Asks the user route whom an access token is about, before there is a session.
pub(crate) async fn userinfo(
    http: &http::Client,
    endpoint: &Url,
    token: &Secret,
) -> Result<Value, Error<Infallible>> {
    let answer = http.send(Request::get(endpoint).bearer(token)?).await?;
    if !answer.is_success() {
        return Err(Error::Refused(PortalRefusal::of(&answer)));
    }
    read(&answer).map_err(|problem| Error::Unexpected {
        path: endpoint.path().to_owned(),
        problem,
    })
}

fn read<T: DeserializeOwned>(answer: &http::Response) -> Result<T, String> {
    // OpenID Connect Core §5.3.2: a client can be registered so.
    if answer.media_type() == "application/jwt" {
        return Err(
            "it is signed or encrypted (application/jwt), but only JSON is supported; \
                    register the client without userinfo_signed_response_alg"
                .to_owned(),
        );
    }
    model::read(&answer.body)
}

impl<B: Bearer> PortalClient<B> {
    pub(crate) fn new(http: http::Client, origin: Url, bearer: B) -> Self {
        Self {
            http,
            origin,
            bearer,
            retries: Retries::default(),
        }
    }

    /// The same client, as patient as this with reads that fail.
    #[must_use]
    pub(crate) fn patient(self, retries: Retries) -> Self {
        Self { retries, ..self }
    }

    /// Reads a route below the portal's origin, with the pairs of a query.
    pub(crate) async fn get<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &[(&str, &str)],
    ) -> Result<PortalResponse<T>, Error<B::Error>> {
        self.read(&self.url(path, query)).await
    }

    pub(crate) fn url(&self, path: &str, query: &[(&str, &str)]) -> Url {
        let mut url = self.origin.clone();
        url.set_path(path);
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        url
    }

    /// Reads a URL that the provider's metadata names, on the portal's origin. Nothing is sent to
    /// another origin, and no redirect there is followed.
    pub(crate) async fn read<T: DeserializeOwned>(
        &self,
        url: &Url,
    ) -> Result<PortalResponse<T>, Error<B::Error>> {
        let answer = self.ask(&Call::get(url)).await?;
        if !answer.is_success() {
            return Err(refused(url, &answer));
        }
        let value = read(&answer).map_err(|problem| unexpected(url, problem))?;
        Ok(PortalResponse {
            body: unicode::without_mark(&answer.body).to_vec(),
            value,
        })
    }

    /// Sends a request to the portal and gives its answer, whatever the status. A 401 about the
    /// token leads to one refresh and one more request. A read is sent again while the portal is
    /// busy or out of reach; nothing else is.
    pub(crate) async fn ask(&self, call: &Call<'_>) -> Result<http::Response, Error<B::Error>> {
        let mut attempts = self.retries.begin();
        self.with_token(call, &mut attempts, async |token| {
            self.http.send(request(call, token)?).await
        })
        .await
    }

    /// Opens what a route answers with, or the rest of it, for reading it piece by piece.
    pub(super) async fn open(
        &self,
        call: &Call<'_>,
        rest: Option<&ResumeRange>,
        attempts: &mut Attempts,
    ) -> Result<http::Stream, Error<B::Error>> {
        let received = self.with_token(call, attempts, async |token| {
            let mut request = request(call, token)?.header("accept", "*/*");
            if let Some(rest) = rest {
                request = request.rest(rest);
            }
            let stream = self.http.stream(request).await?;
            let is_of_use = stream.is_success() || rest.is_some() && stream.status == 416;
            Ok(if is_of_use {
                Opened::Stream(stream)
            } else {
                Opened::Refusal(stream.collect(RESPONSE_SIZE_LIMIT, |_, _| ()).await?)
            })
        });
        match received.await? {
            Opened::Stream(stream) => Ok(stream),
            Opened::Refusal(answer) => Err(refused(call.url, &answer)),
        }
    }

    /// Sends a request with a token, and once more with another one where the first is refused.
    async fn with_token<T: AttemptOutcome>(
        &self,
        call: &Call<'_>,
        attempts: &mut Attempts,
        send: impl AsyncFn(&Secret) -> Result<T, http::Error>,
    ) -> Result<T, Error<B::Error>> {
        if call.url.origin() != self.origin.origin() {
            let problem = "it is not on the portal's origin".to_owned();
            return Err(unexpected(call.url, problem));
        }
        let mut token = self.bearer.token().await.map_err(Error::Bearer)?;
        let mut is_refreshed = false;
        loop {
            let received = if call.is_read() {
                attempts.send(async || send(&token).await).await?
            } else {
                send(&token).await?
            };
            let refusal = received.refusal().map(PortalRefusal::of);
            if is_refreshed || !refusal.is_some_and(|refusal| refusal.is_about_the_token()) {
                return Ok(received);
            }
            token = self.bearer.refreshed(&token).await.map_err(Error::Bearer)?;
            is_refreshed = true;
        }
    }
}

fn unexpected<B>(url: &Url, problem: String) -> Error<B> {
    Error::Unexpected {
        path: url.path().to_owned(),
        problem,
    }
}

fn refused<B>(url: &Url, answer: &http::Response) -> Error<B> {
    if !(300..400).contains(&answer.status) {
        return Error::Refused(PortalRefusal::of(answer));
    }
    match elsewhere(url, answer) {
        Some(origin) => Error::Redirected { origin },
        None => Error::Moved {
            path: url.path().to_owned(),
        },
    }
}

/// The origin that a redirect points to, when it is another one.
fn elsewhere(url: &Url, answer: &http::Response) -> Option<String> {
    let target = url.join(answer.text("location")?).ok()?.origin();
    (target != url.origin()).then(|| target.ascii_serialization())
}

fn request<'a>(call: &Call<'a>, token: &Secret) -> Result<Request<'a>, http::Error> {
    let mut request = Request::new(call.method.clone(), call.url).limit(RESPONSE_SIZE_LIMIT);
    if let Some((media_type, body)) = &call.body {
        request = request.body(media_type, body.clone());
    }
    for (name, value) in &call.headers {
        request = request.set(name.clone(), value.clone());
    }
    request.bearer(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changes_nothing_is_a_read() {
        let url = Url::parse("https://portal.example/").unwrap();
        for (method, is_read) in [
            (Method::GET, true),
            (Method::HEAD, true),
            (Method::POST, false),
            (Method::PUT, false),
            (Method::PATCH, false),
            (Method::DELETE, false),
            (Method::OPTIONS, false),
        ] {
            let call = Call {
                method: method.clone(),
                ..Call::get(&url)
            };
            assert_eq!(call.is_read(), is_read, "{method}");
        }
    }
}
