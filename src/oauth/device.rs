//! The device grant: a person approves on any device, and this program asks whether they have
//! (RFC 8628; docs/portal.md, "Device").
//!
//! The device code is a secret and never shown. The page's address is for people, so it must be
//! https, or plain http on this machine for an issuer that is so itself, and hold no user info,
//! which makes a foreign address look like a known one. It may lie on another origin than the
//! issuer, as some providers keep a short address for it; [`Device::elsewhere`] names that origin,
//! and the caller that shows the page says so and opens nothing by itself.
//!
//! Nothing waits here: [`PollInterval`] says how long, as a pure function of the answers.

pub(in crate::oauth) mod suspended;

use std::time::Duration;

use serde_json::{Map, Value};
use url::Url;
use zeroize::Zeroize as _;

use crate::http::{self, Retries};
use crate::secret::Secret;

use super::answer;
use super::callback::Denial;
use super::discovery::Metadata;
use super::error::Error;
use super::error_code::CodeMeaning;
use super::issuer::{self, Issuer};
use super::json;
use super::server_text::clean;
use super::token::{self, Tokens};
use crate::oauth::token::client_auth::ClientCredentials;

/// The longest answer that is read: 64 KiB.
const DEVICE_RESPONSE_SIZE_LIMIT: usize = 64 * 1024;
/// The longest code that a person may have to type, in characters.
const LONGEST_USER_CODE: usize = 64;
/// The longest lifetime of a code that is believed: a day.
const LONGEST_LIFETIME: u64 = 24 * 60 * 60;
/// RFC 8628 §3.2: the interval where the server does not say.
const USUAL_INTERVAL: Duration = Duration::from_secs(5);
/// Whatever the server says, it is not asked more often.
const SHORTEST_INTERVAL: Duration = Duration::from_secs(1);
/// RFC 8628 §3.5: what `slow_down` adds for good.
const SLOWER: Duration = Duration::from_secs(5);
/// No interval is longer, whatever the server asks for: a person is waiting, and the code expires.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// The same for the pause that an overloaded server asks for once.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(5 * 60);
/// As many answers in a row of something that is not a token endpoint end the wait.
const MOST_MISDIRECTED: u32 = 3;
/// RFC 8628 §3.4.
const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// A device authorization under way (RFC 8628 §3.2).
pub(crate) struct Device {
    code: Secret,
    /// What the person types on the page, or compares with it.
    pub user_code: String,
    /// The page.
    pub verification_uri: Url,
    /// The page with the code filled in.
    pub verification_uri_complete: Option<Url>,
    /// How long the codes live, from when they were asked for.
    pub expires_in: Duration,
    interval: Duration,
    elsewhere: Option<String>,
}

impl std::fmt::Debug for Device {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Device")
            .field("expires_in", &self.expires_in)
            .field("interval", &self.interval)
            .finish_non_exhaustive()
    }
}

/// What one request at the token endpoint found out.
#[derive(Debug)]
pub(crate) enum Poll {
    /// No decision yet.
    Pending,
    /// The same, and the server wants to be asked less often.
    SlowDown,
    /// The server could not be asked, or could not answer.
    Troubled(Error),
    /// The person approved.
    Granted(Box<Tokens>),
}

/// Why a device authorization has ended without tokens.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DeviceError {
    /// The person said no.
    #[error(transparent)]
    Denied(Denial),
    /// The codes are no longer valid.
    #[error("the code has expired")]
    Expired,
    /// Anything else.
    #[error(transparent)]
    Protocol(#[from] Error),
}

/// Asks for a device code and a user code (RFC 8628 §3.1). The client proves itself as at the
/// token endpoint. Nothing is at stake yet, so it is tried again like a read.
pub(crate) async fn authorize_device(
    http: &http::Client,
    retries: &Retries,
    endpoint: &Url,
    issuer: &Issuer,
    client: &ClientCredentials,
    scope: &str,
) -> Result<Device, Error> {
    let ask = async || {
        let form = token::form(endpoint, client, &[("scope", scope)])?;
        http.send(form.limit(DEVICE_RESPONSE_SIZE_LIMIT)).await
    };
    let mut answer = retries.begin().send(ask).await?;
    let device = answer::require_json(endpoint, &answer).and_then(|()| read(issuer, &answer.body));
    answer.body.zeroize();
    device
}

impl Device {
    /// Asks once whether the person has decided (RFC 8628 §3.4). `keep` gets the refresh token,
    /// even of an answer that cannot be used.
    pub(crate) async fn poll(
        &self,
        http: &http::Client,
        metadata: &Metadata,
        client: &ClientCredentials,
        keep: impl FnMut(Option<&Secret>),
    ) -> Result<Poll, DeviceError> {
        let fields = [
            ("grant_type", GRANT_TYPE),
            ("device_code", self.code.expose()),
        ];
        judge(token::ask(http, metadata, client, &fields, keep).await)
    }

    /// The address to open or to scan: with the code filled in, where there is one.
    pub(crate) fn address(&self) -> &Url {
        self.verification_uri_complete
            .as_ref()
            .unwrap_or(&self.verification_uri)
    }

    /// The origin of the page when it is another than the issuer's.
    pub(crate) fn elsewhere(&self) -> Option<&str> {
        self.elsewhere.as_deref()
    }
}

/// RFC 8628 §3.5.
fn judge(asked: Result<Tokens, Error>) -> Result<Poll, DeviceError> {
    match asked {
        Ok(tokens) => Ok(Poll::Granted(Box::new(tokens))),
        Err(Error::Refused {
            status,
            code,
            description,
        }) if status < 500 && status != 408 && !is_busy(&code) => match CodeMeaning::of(&code) {
            CodeMeaning::Pending => Ok(Poll::Pending),
            CodeMeaning::SlowDown => Ok(Poll::SlowDown),
            CodeMeaning::Denied => Err(DeviceError::Denied(Denial { code, description })),
            CodeMeaning::Expired => Err(DeviceError::Expired),
            _ => Err(DeviceError::Protocol(Error::Refused {
                status,
                code,
                description,
            })),
        },
        Err(error) if is_passing(&error) => Ok(Poll::Troubled(error)),
        Err(error) => Err(DeviceError::Protocol(error)),
    }
}

/// Whether the next request may fare better: nothing was decided, and the codes still live.
fn is_passing(error: &Error) -> bool {
    match error {
        Error::Http(error) => error.may_pass(),
        Error::RateLimited { .. }
        // What a proxy puts in place of the answer: a page, or the way to one.
        | Error::NotJson { .. }
        | Error::Redirected { .. }
        | Error::Unexpected { .. } => true,
        Error::Refused { status, code, .. } => *status >= 500 || *status == 408 || is_busy(code),
        _ => false,
    }
}

/// Whether a server says that it only cannot answer now, under whatever status (RFC 6749 §4.1.2.1).
fn is_busy(code: &str) -> bool {
    CodeMeaning::of(code) == CodeMeaning::Busy
}

/// Whether an answer is one of another place than a token endpoint.
fn is_misdirected(error: &Error) -> bool {
    match error {
        Error::Redirected { .. } => true,
        Error::Unexpected { status, .. } => *status < 500 && *status != 408,
        _ => false,
    }
}

/// How long to wait before each poll.
#[derive(Clone, Debug)]
pub(crate) struct PollInterval {
    interval: Duration,
    /// Polls in a row that brought no answer.
    troubles: u32,
    /// Those of them, in a row, that were answered as if there were no token endpoint.
    misdirected: u32,
    /// What the server itself asked for, once.
    asked: Duration,
}

impl PollInterval {
    /// The pace of a device authorization that was not asked about yet.
    pub(crate) fn of(device: &Device) -> Self {
        Self {
            interval: device.interval,
            troubles: 0,
            misdirected: 0,
            asked: Duration::ZERO,
        }
    }

    /// Takes note of what a poll found out.
    pub(crate) fn note(&mut self, poll: &Poll) {
        self.asked = Duration::ZERO;
        self.misdirected = match poll {
            Poll::Troubled(error) if is_misdirected(error) => self.misdirected + 1,
            _ => 0,
        };
        match poll {
            Poll::Troubled(error) => {
                self.troubles += 1;
                if let Error::RateLimited {
                    retry_after: Some(wait),
                } = error
                {
                    self.asked = (*wait).min(LONGEST_RETRY_AFTER);
                }
            }
            Poll::SlowDown => {
                self.troubles = 0;
                self.interval = self.interval.saturating_add(SLOWER);
            }
            Poll::Pending | Poll::Granted(_) => self.troubles = 0,
        }
    }

    /// Whether the last answers leave no hope for another one: a page may come in between once or
    /// twice, but a token endpoint that is not there stays away.
    pub(crate) fn gives_up(&self) -> bool {
        self.misdirected >= MOST_MISDIRECTED
    }

    /// How long to wait before the next poll: twice as long after each that brought no answer
    /// (RFC 8628 §3.5), and never less than the interval.
    pub(crate) fn pause(&self) -> Duration {
        let doubled = 2_u32.saturating_pow(self.troubles);
        let grown = self.interval.saturating_mul(doubled).min(LONGEST_PAUSE);
        grown.max(self.interval).max(self.asked)
    }
}

pub(super) fn read(issuer: &Issuer, body: &[u8]) -> Result<Device, Error> {
    let malformed = |what| Error::Malformed { what };
    let mut object = json::parse_object(body).ok_or_else(|| {
        malformed("the device authorization response is not a JSON object, or repeats a key")
    })?;
    json::drop_empty(&mut object);
    let device_code = text(&object, "device_code")
        .filter(|code| code.bytes().all(|byte| byte.is_ascii_graphic()))
        .ok_or_else(|| malformed("the device authorization has no usable device_code"))?;
    let user_code = text(&object, "user_code")
        .filter(|code| code.chars().count() <= LONGEST_USER_CODE && clean(code) == *code)
        .ok_or_else(|| malformed("the device authorization has no usable user_code"))?;
    let verification_uri = text(&object, "verification_uri")
        // Some servers have kept the name of an early draft.
        .or_else(|| text(&object, "verification_url"))
        .and_then(|uri| page(issuer, uri))
        .ok_or_else(|| malformed("the device authorization has no safe verification_uri"))?;
    let verification_uri_complete = text(&object, "verification_uri_complete")
        .and_then(|uri| page(issuer, uri))
        .filter(|complete| complete.origin() == verification_uri.origin());
    let expires_in = object.get("expires_in").and_then(json::seconds);
    let expires_in = expires_in
        .and_then(|seconds| u64::try_from(seconds).ok())
        .filter(|seconds| *seconds > 0)
        .ok_or_else(|| malformed("the device authorization has no usable expires_in"))?;
    let is_elsewhere = !issuer.is_same_origin(&verification_uri);
    Ok(Device {
        code: Secret::new(device_code.to_owned()),
        user_code: user_code.to_owned(),
        elsewhere: is_elsewhere.then(|| issuer::origin(&verification_uri)),
        verification_uri,
        verification_uri_complete,
        expires_in: Duration::from_secs(expires_in.min(LONGEST_LIFETIME)),
        interval: interval(&object),
    })
}

fn interval(object: &Map<String, Value>) -> Duration {
    let said = object.get("interval").and_then(json::seconds);
    said.map_or(USUAL_INTERVAL, |seconds| {
        Duration::from_secs(seconds.max(0).unsigned_abs())
    })
    .clamp(SHORTEST_INTERVAL, LONGEST_PAUSE)
}

fn text<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    object.get(name)?.as_str()
}

/// An address that a person can be sent to.
fn page(issuer: &Issuer, text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let is_secure = url.scheme() == "https"
        || (url.scheme() == "http" && issuer.is_plain_loopback() && issuer::is_loopback(&url));
    let has_user = !url.username().is_empty() || url.password().is_some();
    (is_secure && !has_user && url.host().is_some()).then_some(url)
}

#[cfg(test)]
mod tests;
