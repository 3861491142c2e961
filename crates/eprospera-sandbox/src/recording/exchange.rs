//! One request with its answer, as it is kept: decoded, redacted, small.

use std::borrow::Cow;
use std::time::Duration;

use serde::Serialize;

use crate::crypto::random::Fingerprint;
use crate::http::request_log::Refusal;
use crate::model::refresh_token::RefreshTokenContent;
use crate::paths;

/// Where a parameter was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Place {
    Query,
    Fragment,
    Form,
    Header,
    Cookie,
    Json,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TokenKind {
    AccessToken,
    RefreshToken,
    IdToken,
    AuthorizationCode,
    DeviceCode,
    AgentKey,
    /// Something that was sent as a token, and that the sandbox does not know.
    Unknown,
}

/// What is kept of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum KeptValue {
    Shown(Box<str>),
    Hidden {
        /// What it is: `refresh token`.
        kind: &'static str,
        characters: usize,
        fingerprint: Fingerprint,
    },
    /// Not kept at all, for the reason given.
    Absent(&'static str),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KeptParameter {
    pub(crate) place: Place,
    pub(crate) name: Cow<'static, str>,
    pub(crate) value: KeptValue,
    /// Whether the sandbox knows a parameter of this name.
    pub(crate) is_known: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KeptToken {
    /// The parameter that it is in.
    pub(crate) location: Cow<'static, str>,
    pub(crate) sent_by_sandbox: bool,
    pub(crate) kind: TokenKind,
    pub(crate) fingerprint: Fingerprint,
    /// Header and claims of a JWT as they came, without the signature.
    pub(crate) unsigned: Option<Box<str>>,
    /// What a refresh token of this sandbox holds.
    pub(crate) refresh: Option<RefreshTokenContent>,
}

/// What was read of a request or of an answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Content {
    pub(crate) parameters: Vec<KeptParameter>,
    pub(crate) tokens: Vec<KeptToken>,
}

impl Content {
    pub(crate) fn extend(&mut self, more: Self) {
        self.parameters.extend(more.parameters);
        self.tokens.extend(more.tokens);
    }

    fn bytes(&self) -> usize {
        let parameters = self.parameters.iter().map(|parameter| {
            let value = match &parameter.value {
                KeptValue::Shown(text) => text.len(),
                _ => 0,
            };
            size_of::<KeptParameter>() + parameter.name.len() + value
        });
        let tokens = self.tokens.iter().map(|token| {
            let text = token.unsigned.as_ref().map_or(0, |text| text.len());
            size_of::<KeptToken>() + token.location.len() + text
        });
        parameters.sum::<usize>() + tokens.sum::<usize>()
    }
}

/// How a request ended.
#[derive(Clone, Debug)]
pub(crate) struct Ending {
    /// Its number in the request log.
    pub(crate) sequence: u64,
    pub(crate) duration: Duration,
    pub(crate) status: Option<u16>,
    pub(crate) client: Option<String>,
    pub(crate) persona: Option<String>,
    pub(crate) grant_type: Option<&'static str>,
    pub(crate) session: Option<u64>,
    pub(crate) fault: Option<String>,
    pub(crate) outcome: String,
    pub(crate) refusal: Option<Refusal>,
    pub(crate) response: Content,
}

impl Ending {
    fn bytes(&self) -> usize {
        let texts = [&self.client, &self.persona, &self.fault];
        let texts = texts.into_iter().flatten().map(String::len);
        let refusal = self.refusal.as_ref().map_or(0, |refusal| {
            refusal.error.len() + refusal.reason.why.len() + refusal.reason.send_instead.len()
        });
        texts.sum::<usize>() + self.outcome.len() + refusal + self.response.bytes()
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Exchange {
    /// In the order in which requests came, from 1.
    pub(crate) number: u64,
    /// When it last changed: the position of the feed.
    pub(crate) changed: u64,
    /// When it came, on the sandbox's clock.
    pub(crate) time: i64,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) endpoint: &'static str,
    pub(crate) request: Content,
    /// `None` while it is under way.
    pub(crate) ending: Option<Ending>,
}

impl Exchange {
    /// When it was refused, if a person has to do something about it: the number of its refusal.
    ///
    /// A device that asks too early, or before its person has decided, does not count, nor does what
    /// went wrong in the inspector itself.
    pub(crate) fn mistake(&self) -> Option<u64> {
        let ending = self.ending.as_ref()?;
        let refusal = ending.refusal.as_ref()?;
        let is_steering = [paths::STEER, paths::STEERING_SESSION].contains(&&*self.path);
        let is_own = matches!(self.endpoint, "index" | "inspector") || is_steering;
        let waits = refusal.error == "authorization_pending";
        (!is_own && !waits).then_some(ending.sequence)
    }

    /// About what it takes.
    pub(crate) fn bytes(&self) -> usize {
        let ending = self.ending.as_ref().map_or(0, Ending::bytes);
        size_of::<Self>() + self.method.len() + self.path.len() + self.request.bytes() + ending
    }
}
