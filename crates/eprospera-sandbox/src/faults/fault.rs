//! Failures on purpose, as rules: `ENDPOINT:ACTION[=ARG][*COUNT]`.
//!
//! What rules mean. [`rule`](super::rule) reads them;
//! [`injection`](super::injection) carries out those that
//! concern the connection or the whole answer, each endpoint those that concern its content.

use std::fmt;
use std::time::Duration;

use serde_json::{Map, Value};

use crate::crypto::keys::OldKey;

/// Where a failure strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Endpoint {
    Discovery,
    Jwks,
    Authorize,
    Device,
    Token,
    Userinfo,
    Revoke,
    Introspect,
    /// Everything under `/api/v1/me`.
    Me,
    NaturalPerson,
    Residency,
    IdVerification,
    /// The documents of the person and of an entity.
    Documents,
    /// The list of legal entities, and one of them.
    LegalEntities,
    /// Everything under `/api/v1/me/tax`.
    Tax,
    TaxDocument,
    Files,
    ProsperAuthorize,
    ProsperToken,
    ProsperUser,
    /// Each ID token that is made.
    IdToken,
    /// Every endpoint above but ID tokens.
    Any,
}

impl Endpoint {
    pub(crate) const ALL: [Self; 22] = [
        Self::Discovery,
        Self::Jwks,
        Self::Authorize,
        Self::Device,
        Self::Token,
        Self::Userinfo,
        Self::Revoke,
        Self::Introspect,
        Self::Me,
        Self::NaturalPerson,
        Self::Residency,
        Self::IdVerification,
        Self::Documents,
        Self::LegalEntities,
        Self::Tax,
        Self::TaxDocument,
        Self::Files,
        Self::ProsperAuthorize,
        Self::ProsperToken,
        Self::ProsperUser,
        Self::IdToken,
        Self::Any,
    ];

    /// As it is written in a rule.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Discovery => "discovery",
            Self::Jwks => "jwks",
            Self::Authorize => "authorize",
            Self::Device => "device",
            Self::Token => "token",
            Self::Userinfo => "userinfo",
            Self::Revoke => "revoke",
            Self::Introspect => "introspect",
            Self::Me => "me",
            Self::NaturalPerson => "natural-person",
            Self::Residency => "residency",
            Self::IdVerification => "id-verification",
            Self::Documents => "documents",
            Self::LegalEntities => "legal-entities",
            Self::Tax => "tax",
            Self::TaxDocument => "tax-document",
            Self::Files => "files",
            Self::ProsperAuthorize => "prosper_authorize",
            Self::ProsperToken => "prosper_token",
            Self::ProsperUser => "prosper_user",
            Self::IdToken => "id_token",
            Self::Any => "any",
        }
    }

    /// Whether a rule for `self` strikes at `endpoint`.
    pub(crate) fn covers(self, endpoint: Self) -> bool {
        self == endpoint
            || (self == Self::Any && endpoint != Self::IdToken)
            || endpoint.group().is_some_and(|group| self.covers(group))
    }

    /// Whether its errors are Prosper's JSON strings.
    pub(crate) const fn is_prospers(self) -> bool {
        matches!(
            self,
            Self::ProsperAuthorize | Self::ProsperToken | Self::ProsperUser
        )
    }

    /// What a resource route belongs to.
    const fn group(self) -> Option<Self> {
        match self {
            Self::TaxDocument => Some(Self::Tax),
            Self::NaturalPerson
            | Self::Residency
            | Self::IdVerification
            | Self::Documents
            | Self::LegalEntities
            | Self::Tax => Some(Self::Me),
            _ => None,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Action {
    /// This status with a fitting body. The argument is `Retry-After` of a 429 or 503, or
    /// `Location` of a redirect.
    Status(u16, Option<String>),
    /// A pause, then the usual answer.
    Slow(Duration),
    /// No answer, ever.
    Hang,
    /// The connection is closed before anything is done.
    Drop,
    /// The request is carried out, then the connection is closed without an answer.
    DropAfterCommit,
    /// The request is carried out, then never answered.
    HangAfterCommit,
    /// Half of the promised bytes, then the connection is closed.
    HalfBody,
    /// Half of the promised bytes, then nothing more, for ever.
    Stall,
    /// 200 with the page of a captive portal.
    Html,
    /// 200 with something that is not JSON, called JSON.
    Garbage,
    /// 100 MB, with a `Content-Length` when `true`.
    Huge(bool),
    /// This OAuth error; at authorize it travels by the redirect.
    Error(String),
    /// 200 without a body.
    Empty,
    /// This key set still shows the key in use; then a new one replaces it, behind the client's
    /// cache.
    Rotate(OldKey),
    /// The key set shows an RSA key of 1,024 bits.
    RsaShort,
    Discovery(DiscoveryDefect),
    IdToken(IdTokenDefect),
    Token(TokenDefect),
    File(FileDefect),
}

/// What can be wrong with a file that a good URL asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileDefect {
    /// The URL counts as expired.
    Expired,
    /// The file is another one than before: its entity tag and bytes differ.
    Changed,
}

/// What can be wrong with a discovery document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DiscoveryDefect {
    WrongIssuer,
    /// Endpoints are plain http on a host that is not loopback.
    HttpEndpoints,
    /// The token endpoint is on another origin.
    CrossOrigin,
    /// The older document (docs/portal.md, Discrepancies).
    Short,
}

/// What can be wrong with an ID token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IdTokenDefect {
    BadNonce,
    /// One bit of the signature is turned.
    BadSignature,
    WrongAudience,
    WrongIssuer,
    /// `exp` is an hour ago.
    Expired,
    UnknownKid,
    /// `alg` is `none` and the signature is missing.
    NoneAlgorithm,
    /// `alg` is `HS256`, keyed with the public key.
    Hs256,
    WrongSubject,
    BadAccessTokenHash,
    Missing,
}

/// What can be wrong with a successful token answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TokenDefect {
    /// No refresh token; at a refresh the old one stays good.
    NoRefresh,
    /// The same refresh token again, still good.
    NoRotate,
    /// `expires_in` is this value, or absent.
    ExpiresIn(Option<Value>),
    TokenType(String),
    NoScope,
    /// A refresh grants fewer scopes than there were.
    NarrowScope,
    /// An error whose description repeats the refresh token; nothing is done.
    Echo,
}

impl TokenDefect {
    /// Spoils the fields that it concerns; the refresh token is left to the grant.
    pub(crate) fn apply(self, body: &mut Map<String, Value>) {
        match self {
            Self::NoScope => body.remove("scope"),
            Self::ExpiresIn(None) => body.remove("expires_in"),
            Self::ExpiresIn(Some(value)) => body.insert("expires_in".to_owned(), value),
            Self::TokenType(kind) => body.insert("token_type".to_owned(), kind.into()),
            Self::NoRefresh | Self::NoRotate | Self::NarrowScope | Self::Echo => None,
        };
    }
}

/// A failure on purpose, written `ENDPOINT:ACTION[=ARG][*COUNT]` (docs/sandbox.md).
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    pub(crate) endpoint: Endpoint,
    pub(crate) action: Action,
    /// How often; for ever when `None`.
    pub(crate) count: Option<u32>,
    pub(crate) rule: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.rule)
    }
}
