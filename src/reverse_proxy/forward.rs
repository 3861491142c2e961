//! One request to the portal, with a token, and its answer on the way back.

use hyper::Response;
use reqwest::StatusCode;
use url::Url;

use super::body::{self, Body, UntilEnd};
use super::echo::{Mask, Masks};
use super::headers;
use super::refusal::Refusal;
use super::token_source::Tokens;
use crate::error::Error;
use crate::http::{self, HeaderMap, Method, Request};
use crate::portal::PortalRefusal;
use crate::provider::Provider;
use crate::secret::Secret;

/// The longest answer that is looked into as a whole before it is passed on: 16 MiB.
const RESPONSE_SIZE_LIMIT: usize = 16 * 1024 * 1024;

/// How often a request is sent again with another token: the first may come from a new login, whose session has
/// ended since.
const MOST_OTHERS: usize = 2;

/// The portal behind the proxy.
pub(crate) struct Portal {
    http: http::Client,
    pub(super) origin: Url,
    pub(super) provider: &'static Provider,
    masks: Masks,
}

impl Portal {
    pub(crate) fn new(http: http::Client, origin: Url, provider: &'static Provider) -> Self {
        Self {
            http,
            origin,
            provider,
            masks: Masks::default(),
        }
    }
}

/// A request that may pass, without its credential: what may be sent a second time.
pub(super) struct Outgoing {
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    pub(super) body: Option<Vec<u8>>,
}

impl Outgoing {
    fn is_read(&self) -> bool {
        self.method == Method::GET || self.method == Method::HEAD
    }
}

/// What the portal sent: with its body to come, or as a whole.
enum Received {
    Stream(http::Stream),
    Whole(http::Response),
}

impl Received {
    fn head(&self) -> (u16, &HeaderMap) {
        match self {
            Self::Stream(stream) => (stream.status, &stream.headers),
            Self::Whole(response) => (response.status, &response.headers),
        }
    }
}

/// Sends a request, and again with another token where the portal refuses the first.
pub(super) async fn forward(
    portal: &Portal,
    tokens: &Tokens,
    request: Outgoing,
    until_end: UntilEnd,
) -> Result<Response<Body>, Refusal> {
    let mut token = tokens.fresh().await?;
    let mut received = send(portal, &request, &token).await?;
    let mut others = 0;
    while is_token_refused(&received) {
        if others > 0 {
            tokens.was_useless(&token);
        }
        if others == MOST_OTHERS {
            break;
        }
        let Some(other) = tokens.other_than(&token).await? else {
            break;
        };
        others += 1;
        token = other;
        received = send(portal, &request, &token).await?;
    }
    check_partial(&received)?;
    let mask = portal.masks.of(&token);
    Ok(answer(received, &request, mask, until_end))
}

fn is_token_refused(received: &Received) -> bool {
    match received {
        Received::Stream(stream) => stream.status == 401,
        Received::Whole(response) => PortalRefusal::of(response).is_about_the_token(),
    }
}

/// Refuses a part of a text: a token that is repeated in the whole could be had in pieces, none of
/// which would be recognised.
fn check_partial(received: &Received) -> Result<(), Refusal> {
    let (status, headers) = received.head();
    if status == 206 && !headers::is_of_a_file(headers) {
        return Err(Refusal::partial_text());
    }
    Ok(())
}

async fn send(portal: &Portal, request: &Outgoing, token: &Secret) -> Result<Received, Refusal> {
    let refusal = |error: http::Error| Refusal::gateway(&Error::from(error));
    let stream = match attempt(portal, request, token).await {
        // The portal may close a connection at the moment in which it is used again.
        Err(http::Error::Broken { .. }) if request.is_read() => {
            attempt(portal, request, token).await
        }
        done => done,
    };
    let stream = stream.map_err(refusal)?;
    let is_whole = stream.status == 401 || headers::is_encoded(&stream.headers);
    if request.method == Method::HEAD || !is_whole {
        return Ok(Received::Stream(stream));
    }
    let whole = stream.collect(RESPONSE_SIZE_LIMIT, |_, _| ()).await;
    whole.map(Received::Whole).map_err(refusal)
}

async fn attempt(
    portal: &Portal,
    request: &Outgoing,
    token: &Secret,
) -> Result<http::Stream, http::Error> {
    let mut sent = Request::new(request.method.clone(), &request.url)
        .only_headers(request.headers.clone())
        .bearer(token)?;
    if let Some(body) = &request.body {
        sent = sent.bytes(body.clone());
    }
    portal.http.stream(sent).await
}

fn answer(
    received: Received,
    request: &Outgoing,
    mask: Mask,
    until_end: UntilEnd,
) -> Response<Body> {
    let (status, answered) = received.head();
    let mut headers = headers::for_caller(answered, &request.url);
    mask.cover_headers(&mut headers);
    let body = match received {
        Received::Stream(stream) => body::passing(stream, mask, until_end),
        Received::Whole(mut response) => {
            // It may have been compressed.
            headers::without_length(&mut headers);
            mask.cover(&mut response.body);
            body::full(response.body)
        }
    };
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    *response.headers_mut() = headers;
    response
}
