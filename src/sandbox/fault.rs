//! Failures on purpose, as rules: `ENDPOINT:ACTION[=ARG][*COUNT]`.
//!
//! Reading and writing of rules only; [`injection`](super::injection) carries out those that
//! concern the connection or the whole answer, each endpoint those that concern its content.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde_json::Value;

/// Where a failure strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// The discovery document.
    Discovery,
    /// The key set.
    Jwks,
    /// Authorize.
    Authorize,
    /// Token.
    Token,
    /// Userinfo.
    Userinfo,
    /// Revoke.
    Revoke,
    /// Everything under `/api/v1/me`.
    Me,
    /// Each ID token that is made.
    IdToken,
    /// Every endpoint above but ID tokens.
    Any,
}

impl Endpoint {
    const ALL: [Self; 9] = [
        Self::Discovery,
        Self::Jwks,
        Self::Authorize,
        Self::Token,
        Self::Userinfo,
        Self::Revoke,
        Self::Me,
        Self::IdToken,
        Self::Any,
    ];

    /// As it is written in a rule.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Discovery => "discovery",
            Self::Jwks => "jwks",
            Self::Authorize => "authorize",
            Self::Token => "token",
            Self::Userinfo => "userinfo",
            Self::Revoke => "revoke",
            Self::Me => "me",
            Self::IdToken => "id_token",
            Self::Any => "any",
        }
    }

    /// Whether a rule for `self` strikes at `endpoint`.
    pub(super) fn covers(self, endpoint: Self) -> bool {
        self == endpoint || (self == Self::Any && endpoint != Self::IdToken)
    }
}

/// What goes wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
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
    /// Half of the promised bytes, then the connection is closed.
    HalfBody,
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
    /// After this key set, tokens are signed with a new key and the old one is gone.
    Rotate,
    /// The key set shows an RSA key of 1,024 bits.
    RsaShort,
    /// A defect of the discovery document.
    Discovery(DiscoveryDefect),
    /// A defect of an ID token.
    IdToken(IdTokenDefect),
    /// A defect of a successful token answer.
    Token(TokenDefect),
}

/// What can be wrong with a discovery document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiscoveryDefect {
    /// `issuer` is another one.
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
pub enum IdTokenDefect {
    /// `nonce` is another one.
    BadNonce,
    /// One bit of the signature is turned.
    BadSignature,
    /// `aud` is another client.
    WrongAudience,
    /// `iss` is another issuer.
    WrongIssuer,
    /// `exp` is an hour ago.
    Expired,
    /// `kid` is not in the key set.
    UnknownKid,
    /// `alg` is `none` and there is no signature.
    NoneAlgorithm,
    /// `alg` is `HS256`, keyed with the public key.
    Hs256,
    /// `sub` is another person.
    WrongSubject,
    /// `at_hash` belongs to another access token.
    BadAccessTokenHash,
    /// There is none in the answer.
    Missing,
}

/// What can be wrong with a successful token answer.
#[derive(Clone, Debug, PartialEq)]
pub enum TokenDefect {
    /// No refresh token; at a refresh the old one stays good.
    NoRefresh,
    /// The same refresh token again, still good.
    NoRotate,
    /// `expires_in` is this value, or absent.
    ExpiresIn(Option<Value>),
    /// `token_type` is this.
    TokenType(String),
    /// No `scope`.
    NoScope,
}

/// One rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// Where it strikes.
    pub endpoint: Endpoint,
    /// What it does.
    pub action: Action,
    /// How often; for ever when `None`.
    pub count: Option<u32>,
    rule: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.rule)
    }
}

/// Which part of a rule was not understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FaultError {
    /// No `:`.
    #[error("fault `{rule}` is not written `ENDPOINT:ACTION[=ARG][*COUNT]`; the `:` is missing")]
    NoColon {
        /// The rule.
        rule: String,
    },
    /// The part before `:`.
    #[error("fault `{rule}`: no endpoint is called `{endpoint}`; use one of {known}", known = endpoints())]
    Endpoint {
        /// The rule.
        rule: String,
        /// The unknown part.
        endpoint: String,
    },
    /// The part after `:`.
    #[error("fault `{rule}`: `{endpoint}` has no action `{action}`; use one of {known}")]
    Action {
        /// The rule.
        rule: String,
        /// Where it should strike.
        endpoint: &'static str,
        /// The unknown part.
        action: String,
        /// What the endpoint has.
        known: String,
    },
    /// The part after `=`.
    #[error("fault `{rule}`: the argument of `{action}` must be {expected}")]
    Argument {
        /// The rule.
        rule: String,
        /// The action.
        action: String,
        /// What it takes.
        expected: &'static str,
    },
    /// The part after `*`.
    #[error("fault `{rule}`: the count after `*` must be a whole number from 1")]
    Count {
        /// The rule.
        rule: String,
    },
}

fn endpoints() -> String {
    Endpoint::ALL.map(Endpoint::as_str).join(", ")
}

const EVERYWHERE: &str = "a status from 300 to 599, slow=DURATION, hang, drop, \
    drop-after-commit, half-body, html, garbage, huge, huge=length, error=CODE, empty";

impl Endpoint {
    fn actions(self) -> String {
        let own = match self {
            Self::Jwks => "rotate, rsa-short",
            Self::Discovery => "wrong-issuer, http-endpoints, cross-origin, short",
            Self::Token => "no-refresh, no-rotate, expires-in=JSON, token-type=NAME, no-scope",
            Self::IdToken => {
                return "bad-nonce, bad-signature, wrong-aud, wrong-iss, expired, unknown-kid, \
                        none-alg, hs256, wrong-sub, bad-at-hash, missing"
                    .to_owned();
            }
            _ => return EVERYWHERE.to_owned(),
        };
        format!("{EVERYWHERE}, {own}")
    }
}

impl FromStr for Fault {
    type Err = FaultError;

    fn from_str(rule: &str) -> Result<Self, FaultError> {
        let whole = || rule.to_owned();
        let (name, rest) = rule
            .split_once(':')
            .ok_or_else(|| FaultError::NoColon { rule: whole() })?;
        let endpoint = Endpoint::ALL
            .into_iter()
            .find(|endpoint| endpoint.as_str() == name)
            .ok_or_else(|| FaultError::Endpoint {
                rule: whole(),
                endpoint: name.to_owned(),
            })?;
        let (rest, count) = match rest.rsplit_once('*') {
            None => (rest, None),
            Some((rest, count)) => {
                let count = count.parse().ok().filter(|count| *count > 0);
                (
                    rest,
                    Some(count.ok_or_else(|| FaultError::Count { rule: whole() })?),
                )
            }
        };
        let (action, argument) = match rest.split_once('=') {
            None => (rest, None),
            Some((action, argument)) => (action, Some(argument)),
        };
        let parsed = if endpoint == Endpoint::IdToken {
            id_token_action(action).map(Action::IdToken).ok_or(None)
        } else {
            own_action(endpoint, action, argument)
                .or_else(|| general_action(action, argument))
                .unwrap_or(Err(None))
        };
        let action = parsed.map_err(|expected| match expected {
            Some(expected) => FaultError::Argument {
                rule: whole(),
                action: action.to_owned(),
                expected,
            },
            None => FaultError::Action {
                rule: whole(),
                endpoint: endpoint.as_str(),
                action: action.to_owned(),
                known: endpoint.actions(),
            },
        })?;
        Ok(Self {
            endpoint,
            action,
            count,
            rule: whole(),
        })
    }
}

/// What an action reads as: nothing when the name is unknown here, an error that says which
/// argument was expected, or that none of the known actions was meant.
type Reading = Option<Result<Action, Option<&'static str>>>;

fn general_action(action: &str, argument: Option<&str>) -> Reading {
    if let Ok(status) = action.parse::<u16>() {
        return Some(status_action(status, argument));
    }
    let plain = match action {
        "hang" => Action::Hang,
        "drop" => Action::Drop,
        "drop-after-commit" => Action::DropAfterCommit,
        "half-body" => Action::HalfBody,
        "html" => Action::Html,
        "garbage" => Action::Garbage,
        "empty" => Action::Empty,
        "huge" => {
            return Some(match argument {
                None => Ok(Action::Huge(false)),
                Some("length") => Ok(Action::Huge(true)),
                Some(_) => Err(Some("`length` or left out")),
            });
        }
        "slow" => {
            let pause = argument.and_then(|text| humantime::parse_duration(text).ok());
            return Some(
                pause
                    .map(Action::Slow)
                    .ok_or(Some("a duration, as in `slow=5s`")),
            );
        }
        "error" => {
            let code = argument
                .filter(|code| is_error_code(code))
                .map(str::to_owned);
            let expected = Some("an OAuth error code, as in `error=server_error`");
            return Some(code.map(Action::Error).ok_or(expected));
        }
        _ => return None,
    };
    Some(without_argument(plain, argument))
}

/// RFC 6749 §5.2: printable ASCII without quote and backslash; no space here either.
fn is_error_code(code: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\';
    !code.is_empty() && code.bytes().all(allowed)
}

fn status_action(status: u16, argument: Option<&str>) -> Result<Action, Option<&'static str>> {
    let expected = match status {
        429 | 503 => "seconds for `Retry-After`, or left out",
        300..=399 => "a URL in printable ASCII for `Location`, or left out",
        400..=599 => "left out",
        _ => return Err(None),
    };
    let fits = argument.is_none_or(|argument| match status {
        429 | 503 => argument.parse::<u32>().is_ok(),
        300..=399 => !argument.is_empty() && argument.bytes().all(|byte| byte.is_ascii_graphic()),
        _ => false,
    });
    if fits {
        Ok(Action::Status(status, argument.map(str::to_owned)))
    } else {
        Err(Some(expected))
    }
}

fn without_argument(
    action: Action,
    argument: Option<&str>,
) -> Result<Action, Option<&'static str>> {
    match argument {
        None => Ok(action),
        Some(_) => Err(Some("left out")),
    }
}

fn own_action(endpoint: Endpoint, action: &str, argument: Option<&str>) -> Reading {
    let plain = match (endpoint, action) {
        (Endpoint::Jwks, "rotate") => Action::Rotate,
        (Endpoint::Jwks, "rsa-short") => Action::RsaShort,
        (Endpoint::Discovery, "wrong-issuer") => Action::Discovery(DiscoveryDefect::WrongIssuer),
        (Endpoint::Discovery, "http-endpoints") => {
            Action::Discovery(DiscoveryDefect::HttpEndpoints)
        }
        (Endpoint::Discovery, "cross-origin") => Action::Discovery(DiscoveryDefect::CrossOrigin),
        (Endpoint::Discovery, "short") => Action::Discovery(DiscoveryDefect::Short),
        (Endpoint::Token, "no-refresh") => Action::Token(TokenDefect::NoRefresh),
        (Endpoint::Token, "no-rotate") => Action::Token(TokenDefect::NoRotate),
        (Endpoint::Token, "no-scope") => Action::Token(TokenDefect::NoScope),
        (Endpoint::Token, "token-type") => {
            let kind = argument.filter(|kind| !kind.is_empty()).map(str::to_owned);
            let expected = Some("a token type, as in `token-type=mac`");
            return Some(
                kind.map(|kind| Action::Token(TokenDefect::TokenType(kind)))
                    .ok_or(expected),
            );
        }
        (Endpoint::Token, "expires-in") => {
            let value = match argument {
                Some("absent") => Some(None),
                Some(text) => serde_json::from_str(text).ok().map(Some),
                None => None,
            };
            let expected = Some("a JSON value or `absent`, as in `expires-in=\"3600\"`");
            return Some(
                value
                    .map(|value| Action::Token(TokenDefect::ExpiresIn(value)))
                    .ok_or(expected),
            );
        }
        _ => return None,
    };
    Some(without_argument(plain, argument))
}

fn id_token_action(action: &str) -> Option<IdTokenDefect> {
    Some(match action {
        "bad-nonce" => IdTokenDefect::BadNonce,
        "bad-signature" => IdTokenDefect::BadSignature,
        "wrong-aud" => IdTokenDefect::WrongAudience,
        "wrong-iss" => IdTokenDefect::WrongIssuer,
        "expired" => IdTokenDefect::Expired,
        "unknown-kid" => IdTokenDefect::UnknownKid,
        "none-alg" => IdTokenDefect::NoneAlgorithm,
        "hs256" => IdTokenDefect::Hs256,
        "wrong-sub" => IdTokenDefect::WrongSubject,
        "bad-at-hash" => IdTokenDefect::BadAccessTokenHash,
        "missing" => IdTokenDefect::Missing,
        _ => return None,
    })
}
