//! Fetching from hosts that are not the portal: without a credential, wherever they redirect to
//! (docs/portal.md, "Downloads").
//!
//! A few redirects are followed, since a storage service may send to the region where a file is;
//! none from https to http.

use std::collections::HashMap;
use std::fmt;

use tokio::sync::Mutex;
use url::Url;

use super::error::Failure;
use crate::http::{Attempts, Opened, Response, ResumeRange, Stream, UnauthenticatedClient};
use crate::secret::Secret;

/// How many redirects are followed.
const REDIRECTS: usize = 3;

/// Parts of the names of parameters that let anyone who knows them fetch a file.
const SIGNATURES: [&str; 4] = ["sig", "token", "credential", "secret"];

/// The address of a document. Its query can be a signature, so nothing of it is ever shown.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Location(Option<Url>);

impl Location {
    /// What the portal gave as an address. One that is none fails when it is asked.
    pub(crate) fn new(address: &Secret) -> Self {
        let url = Url::parse(address.expose()).ok();
        for (name, value) in url.iter().flat_map(Url::query_pairs) {
            let name = name.to_ascii_lowercase();
            if SIGNATURES.iter().any(|part| name.contains(part)) {
                drop(Secret::new(value.into_owned()));
            }
        }
        Self(url)
    }
}

impl fmt::Debug for Location {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Location([redacted])")
    }
}

/// Looks up where the documents are.
pub(crate) trait UrlLookup {
    type Error;

    /// Every document that has a file, by its key, with its present address.
    fn locate(&self) -> impl Future<Output = Result<Vec<(String, Location)>, Self::Error>>;
}

/// Where the documents are, looked up again when an address has expired. Those who find theirs
/// expired at the same time share one look.
pub(super) struct Locations<'a, L> {
    source: &'a L,
    known: Mutex<Known>,
}

struct Known {
    generation: u32,
    locations: HashMap<String, Location>,
}

impl<'a, L: UrlLookup> Locations<'a, L> {
    pub(super) fn new(source: &'a L, locations: HashMap<String, Location>) -> Self {
        let known = Known {
            generation: 0,
            locations,
        };
        Self {
            source,
            known: Mutex::new(known),
        }
    }

    async fn get(&self, key: &str) -> Option<(u32, Location)> {
        let known = self.known.lock().await;
        let location = known.locations.get(key)?.clone();
        Some((known.generation, location))
    }

    /// Looks again, unless another download has since the address was taken.
    async fn refresh(&self, expired: u32) -> Result<(), L::Error> {
        let mut known = self.known.lock().await;
        if known.generation == expired {
            tracing::debug!("an address has expired: the portal is asked for fresh ones");
            known.locations = self.source.locate().await?.into_iter().collect();
            known.generation += 1;
        }
        Ok(())
    }

    /// Opens a document, and once more at a fresh address where the first has expired.
    pub(super) async fn open(
        &self,
        key: &str,
        anonymous: &UnauthenticatedClient,
        rest: Option<&ResumeRange>,
        attempts: &mut Attempts,
    ) -> Result<Stream, Failure<L::Error>> {
        let (generation, location) = self.get(key).await.ok_or(Failure::BadAddress)?;
        match open(anonymous, &location, rest, attempts).await {
            Err(refused @ Failure::Refused { status: 403, .. }) => {
                self.refresh(generation).await.map_err(Failure::Lookup)?;
                match self.get(key).await {
                    Some((_, fresh)) => open(anonymous, &fresh, rest, attempts).await,
                    // The portal no longer names it.
                    None => Err(refused),
                }
            }
            outcome => outcome,
        }
    }
}

async fn open<B>(
    anonymous: &UnauthenticatedClient,
    location: &Location,
    rest: Option<&ResumeRange>,
    attempts: &mut Attempts,
) -> Result<Stream, Failure<B>> {
    let mut url = location.0.clone().ok_or(Failure::BadAddress)?;
    if !anonymous.may_ask(&url) {
        return Err(Failure::BadAddress);
    }
    for _ in 0..=REDIRECTS {
        let received = attempts.send(async || {
            let stream = anonymous.open(&url, rest).await?;
            Ok(judged(stream, rest.is_some()))
        });
        let answer = match received.await? {
            Opened::Stream(stream) => return Ok(stream),
            Opened::Refusal(answer) => answer,
        };
        let host = host(&url);
        let Some(next) = target(&url, &answer) else {
            return Err(Failure::Refused {
                host,
                status: answer.status,
                retry_after: answer.retry_after(),
            });
        };
        let is_downgrade = url.scheme() == "https" && next.scheme() != "https";
        if is_downgrade || !anonymous.may_ask(&next) {
            let whither = "to an address that is not https, or that contains a credential";
            return Err(Failure::Redirected { host, whither });
        }
        url = next;
    }
    Err(Failure::Redirected {
        host: host(&url),
        whither: "too many times",
    })
}

/// A refusal as far as it is read: its body may be anything, and is of no use.
fn judged(stream: Stream, is_rest: bool) -> Opened {
    match stream.status {
        200 => Opened::Stream(stream),
        206 | 416 if is_rest => Opened::Stream(stream),
        status => Opened::Refusal(Response {
            status,
            headers: stream.headers,
            body: Vec::new(),
        }),
    }
}

fn target(url: &Url, answer: &Response) -> Option<Url> {
    let is_redirect = matches!(answer.status, 301 | 302 | 303 | 307 | 308);
    let whither = answer.text("location").filter(|_| is_redirect)?;
    url.join(whither).ok()
}

fn host(url: &Url) -> String {
    url.authority().to_owned()
}
