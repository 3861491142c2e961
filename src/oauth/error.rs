//! What can go wrong between this program and an OAuth server, as values a caller can decide on.
//!
//! No message echoes a response body: the body of a token answer may hold tokens. Text that a
//! server chose (codes, origins) has passed [`server_text`](super::server_text).

use std::time::Duration;

use crate::http;

use super::error_code::CodeMeaning;
use super::id_token;
use crate::oauth::callback::rejection::Rejection;

/// Why a step of the protocol failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No complete answer came.
    #[error(transparent)]
    Http(#[from] http::Error),
    /// The server refused with a well-formed OAuth error (RFC 6749 §5.2).
    #[error("the server refused: {code}{}", detail(.description.as_deref()))]
    Refused {
        status: u16,
        /// The machine code, cleaned.
        code: String,
        /// The text for people, cleaned and cut to 300 characters.
        description: Option<String>,
    },
    /// An error status whose body is not an OAuth error.
    #[error("the server answered {status}{}", of_type(.media_type))]
    Unexpected {
        status: u16,
        /// The media type of the body; empty when absent.
        media_type: String,
    },
    /// The server asks to slow down (status 429).
    #[error("the server received too many requests")]
    RateLimited { retry_after: Option<Duration> },
    /// A success status whose body is something other than JSON, such as a captive portal's page.
    #[error("the server answered with {}instead of JSON", an_other(.media_type))]
    NotJson {
        /// The media type of the body; empty when absent.
        media_type: String,
    },
    /// A success status whose JSON breaks the specification.
    #[error("the server's response is malformed: {what}")]
    Malformed { what: &'static str },
    /// A success status whose JSON has a token that cannot be one.
    #[error("the server's response is malformed: its {name} {flaw}")]
    FlawedToken {
        name: &'static str,
        /// What is wrong with it, as the end of a sentence.
        flaw: &'static str,
    },
    /// The server pointed elsewhere; redirects are never followed.
    #[error("the server redirects to {origin}")]
    Redirected {
        /// The origin of the target, without path and query.
        origin: String,
    },
    /// The metadata speaks for another issuer (OIDC Discovery §4.3).
    #[error("the server says that its issuer is {found}, not {expected}")]
    IssuerMismatch {
        expected: String,
        /// The issuer that the metadata names, cleaned.
        found: String,
    },
    /// An endpoint of the metadata lies on another origin than the issuer.
    #[error("{name} is on another origin: {origin}")]
    ForeignEndpoint { name: &'static str, origin: String },
    /// An endpoint of the metadata is neither https nor on the plain loopback issuer.
    #[error("{name} is not an https address")]
    InsecureEndpoint { name: &'static str },
    /// The server lists its PKCE methods, and S256 is not among them (RFC 8414 §2).
    #[error("the server does not offer PKCE with S256")]
    NoPkce,
    /// The callback comes from another authorization server (RFC 9207 §2.4).
    #[error("the callback was sent by {}, not by {expected}", found.as_deref().unwrap_or("an unnamed server"))]
    CallbackIssuer {
        expected: String,
        /// The issuer that the callback names, cleaned; `None` when it should name one.
        found: Option<String>,
    },
    /// A pasted redirect URL is not the answer to this login.
    #[error("this redirect does not belong to this login: {0}")]
    Callback(Rejection),
    /// The loopback listener broke, so no callback can arrive.
    #[error("the loopback listener failed: {cause}")]
    ListenerFailed { cause: String },
    /// The ID token is not even a token (RFC 7519 §7.2).
    #[error("the ID token is malformed: {0}")]
    IdToken(#[from] id_token::Malformed),
    /// At least one check of the ID token failed.
    #[error("the ID token is not valid: {check}: {reason}")]
    IdTokenRefused {
        check: &'static str,
        reason: String,
        /// Whether the cause is this machine's clock.
        is_clock: bool,
    },
    /// What stands where the metadata of an issuer is looked for is something else.
    #[error("no provider metadata for {issuer} at {url}: {cause}")]
    NoMetadata {
        issuer: String,
        /// Where its metadata must be (OIDC Discovery §4.1).
        url: String,
        cause: Box<Self>,
    },
    /// What stands where the metadata says that the keys are is something else.
    #[error("no key set for {issuer} at {url}: {cause}")]
    KeySet {
        /// The issuer whose keys they must be.
        issuer: String,
        url: String,
        cause: Box<Self>,
    },
    /// A field of the metadata cannot be used.
    #[error("the server's metadata is malformed: {name} {problem}")]
    MetadataField { name: String, problem: &'static str },
    /// The metadata lists ways to authenticate, and this program knows none of them.
    #[error(
        "the provider only accepts clients that authenticate with {methods}, which eprospera does \
         not support"
    )]
    NoClientAuth {
        /// The ways, cleaned.
        methods: String,
    },
    /// The exchange is for clients that have a secret.
    #[error("the server requires a client secret, and none is set")]
    NoSecret,
    /// The server has no keys to verify an ID token with.
    #[error("the server publishes no keys, so its ID tokens cannot be verified")]
    NoKeys,
    /// There is no secure verifier, state or nonce without them.
    #[error("the operating system provided no random bytes")]
    NoRandomness,
}

impl Error {
    /// Whether a refresh that ended so has ended the session: the grant or the client was refused
    /// (RFC 6749 §5.2). Everything else leaves the session as it is.
    pub fn is_terminal_for_refresh(&self) -> bool {
        match self {
            Self::Refused { status, code, .. } => {
                let meaning = CodeMeaning::of(code);
                (400..500).contains(status)
                    && (meaning == CodeMeaning::GrantRefused || meaning.is_of_client())
            }
            _ => false,
        }
    }

    /// Whether the endpoint is not there, so that the request had no effect: a remembered document
    /// may name one that has moved.
    pub fn is_not_there(&self) -> bool {
        match self {
            // Some servers forbid whatever they do not know.
            Self::Redirected { .. } | Self::Unexpected { status: 403, .. } => true,
            Self::Refused { status, .. } | Self::Unexpected { status, .. } => is_not_there(*status),
            Self::KeySet { cause, .. } => cause.is_not_there(),
            _ => false,
        }
    }

    /// Whether what answered is something other than what was asked for. A server that fails says
    /// nothing about what it is.
    pub(super) fn is_of_another_thing(&self) -> bool {
        match self {
            Self::Unexpected { status, .. } | Self::Refused { status, .. } => {
                *status == 501 || (*status < 500 && !matches!(*status, 408 | 425))
            }
            Self::Http(error) => error.is_of_the_answer(),
            Self::NotJson { .. } | Self::Malformed { .. } | Self::Redirected { .. } => true,
            _ => false,
        }
    }

    /// Whether metadata of a server was there, and cannot be used.
    pub(super) fn is_about_metadata(&self) -> bool {
        matches!(
            self,
            Self::MetadataField { .. }
                | Self::IssuerMismatch { .. }
                | Self::ForeignEndpoint { .. }
                | Self::InsecureEndpoint { .. }
                | Self::NoPkce
        )
    }

    /// Whether the client rather than the grant was refused: the grant may still be good.
    pub fn is_refused_client(&self) -> bool {
        matches!(self, Self::Refused { code, .. } if CodeMeaning::of(code).is_of_client())
            && self.is_terminal_for_refresh()
    }

    /// Whether the server may have acted on the request although no usable answer came back. A
    /// refresh token sent in such a request may have been rotated; sending it again is a replay.
    /// Who points elsewhere, or has no such endpoint, has not acted.
    pub fn outcome_unknown(&self) -> bool {
        match self {
            Self::Http(error) => !error.never_sent(),
            Self::Refused { status, .. } | Self::Unexpected { status, .. } => {
                (!(400..500).contains(status) && *status != 501) || *status == 408
            }
            // A refused ID token came with a rotated refresh token.
            Self::NotJson { .. }
            | Self::Malformed { .. }
            | Self::FlawedToken { .. }
            | Self::IdToken(_)
            | Self::IdTokenRefused { .. } => true,
            _ => false,
        }
    }

    /// Whether a security check failed, as opposed to a server or a network that did not work.
    pub fn is_untrusted(&self) -> bool {
        matches!(
            self,
            Self::KeySet { .. }
                | Self::IssuerMismatch { .. }
                | Self::ForeignEndpoint { .. }
                | Self::InsecureEndpoint { .. }
                | Self::Redirected { .. }
                | Self::NoPkce
                | Self::CallbackIssuer { .. }
                | Self::Callback(_)
                | Self::IdToken(_)
                | Self::IdTokenRefused { .. }
                | Self::FlawedToken {
                    name: "id_token",
                    ..
                }
        )
    }
}

/// Whether a status says that there is nothing at this address, or nothing of this kind.
pub(crate) fn is_not_there(status: u16) -> bool {
    matches!(status, 300..400 | 404 | 405 | 410 | 501)
}

fn detail(description: Option<&str>) -> String {
    description.map_or_else(String::new, |text| format!(" ({text})"))
}

fn of_type(media_type: &str) -> String {
    if media_type.is_empty() {
        String::new()
    } else {
        format!(" with {media_type}")
    }
}

fn an_other(media_type: &str) -> String {
    if media_type.is_empty() {
        "an untyped body ".to_owned()
    } else {
        format!("{media_type} ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(status: u16, code: &str) -> Error {
        Error::Refused {
            status,
            code: code.to_owned(),
            description: None,
        }
    }

    fn unexpected(status: u16) -> Error {
        Error::Unexpected {
            status,
            media_type: String::from("text/html"),
        }
    }

    fn of_http(make: fn(String) -> http::Error) -> Error {
        Error::Http(make(String::from("portal.example")))
    }

    fn timeout(sent: bool) -> Error {
        Error::Http(http::Error::Timeout {
            host: String::from("portal.example"),
            after: Duration::from_secs(1),
            sent,
        })
    }

    fn broken(host: String) -> http::Error {
        let cause = String::from("reset");
        http::Error::Broken { host, cause }
    }

    fn unreachable(host: String) -> http::Error {
        let cause = String::from("refused");
        http::Error::Unreachable { host, cause }
    }

    fn too_large(host: String) -> http::Error {
        http::Error::TooLarge { host, limit: 1 }
    }

    fn page() -> Error {
        let media_type = String::from("text/html");
        Error::NotJson { media_type }
    }

    fn flawed_token() -> Error {
        let (name, flaw) = ("access_token", "is empty");
        Error::FlawedToken { name, flaw }
    }

    fn redirected() -> Error {
        let origin = String::from("https://x.example");
        Error::Redirected { origin }
    }

    #[test]
    fn only_a_refused_grant_or_client_ends_a_session_and_only_silence_is_unknown() {
        let table = [
            // error, terminal, unknown
            (refused(400, "invalid_grant"), true, false),
            (refused(401, "invalid_client"), true, false),
            (refused(403, "unauthorized_client"), true, false),
            (refused(400, "invalid_scope"), false, false),
            (refused(400, "invalid_request"), false, false),
            (refused(500, "invalid_grant"), false, true),
            (refused(500, "internal_server_error"), false, true),
            (refused(200, "invalid_grant"), false, true),
            (unexpected(404), false, false),
            (unexpected(407), false, false),
            (unexpected(408), false, true),
            (unexpected(500), false, true),
            (unexpected(501), false, false),
            (unexpected(502), false, true),
            (unexpected(504), false, true),
            (Error::RateLimited { retry_after: None }, false, false),
            (page(), false, true),
            (Error::Malformed { what: "x" }, false, true),
            (flawed_token(), false, true),
            (redirected(), false, false),
            (timeout(true), false, true),
            (timeout(false), false, false),
            (of_http(broken), false, true),
            (of_http(unreachable), false, false),
            (of_http(too_large), false, true),
            (of_http(http::Error::Setup), false, false),
        ];
        for (error, terminal, unknown) in table {
            assert_eq!(error.is_terminal_for_refresh(), terminal, "{error:?}");
            assert_eq!(error.outcome_unknown(), unknown, "{error:?}");
        }
    }
}
