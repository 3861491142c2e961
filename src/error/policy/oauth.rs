//! What a failure of the protocol comes to.

use super::network::of_http;
use super::report::ErrorReport;
use super::{Error, Kind, LOGIN};
use crate::oauth::{self, CodeMeaning, Denial};

const SECRET: &str =
    "run `eprospera profile set client-secret`, or set EPROSPERA_CLIENT_SECRET_FILE";

impl From<oauth::Error> for Error {
    fn from(error: oauth::Error) -> Self {
        of_oauth(&error).on(error)
    }
}

impl From<oauth::BindError> for Error {
    fn from(error: oauth::BindError) -> Self {
        let (is_denied, is_in_use) = (error.is_denied(), error.is_in_use());
        let mut error = Self::failure(error);
        if is_in_use {
            error = error.hint(
                "stop the program that uses one of these ports, or register more redirect URIs",
            );
        }
        if is_denied {
            error = error.hint(
                "register a redirect URI with another port: ports below 1024 need administrator \
                 rights, and Windows reserves others (`netsh interface ipv4 show \
                 excludedportrange protocol=tcp` lists them)",
            );
        }
        error
    }
}

/// What to do about a token that is refused because of a time.
pub(super) fn clock(error: &oauth::Error) -> Option<&'static str> {
    match error {
        oauth::Error::IdTokenRefused { is_clock: true, .. } => {
            Some("set this machine's clock, then run the command again")
        }
        oauth::Error::IdTokenRefused {
            check: "exp" | "nbf" | "iat" | "auth_time",
            ..
        } => {
            Some("set this machine's clock if it is wrong; otherwise, report this to the provider")
        }
        _ => None,
    }
}

pub(super) fn of_oauth(error: &oauth::Error) -> ErrorReport {
    use oauth::Error as E;
    match error {
        E::Http(error) => of_http(error),
        E::Refused { status, code, .. } => of_refusal(*status, code).status(*status),
        E::Unexpected { status, .. } => {
            ErrorReport::new(Kind::of_status(*status), "run the command again later")
                .status(*status)
        }
        E::RateLimited { retry_after } => {
            let mut verdict =
                ErrorReport::new(Kind::RateLimited, "run the command again in a minute")
                    .status(429);
            verdict.retry_after = *retry_after;
            if let Some(wait) = retry_after {
                let wait = humantime::format_duration(*wait);
                verdict.hint = Some(format!("run the command again in {wait}").into());
            }
            verdict
        }
        E::NoMetadata { issuer, cause, .. } => no_metadata(issuer, cause),
        E::KeySet { issuer, cause, .. } => no_key_set(issuer, cause),
        E::NoClientAuth { .. } => ErrorReport::new(
            Kind::Usage,
            "ask the provider for a client that uses client_secret_basic or client_secret_post. \
             To try one of them anyway, run `eprospera profile set token_auth client_secret_post`",
        ),
        E::NotJson { .. }
        | E::Malformed { .. }
        | E::MetadataField { .. }
        | E::FlawedToken { .. }
            if !error.is_untrusted() =>
        {
            ErrorReport::new(
                Kind::Failure,
                "check that the issuer URL is the portal's and that no captive portal answers in \
                 its place",
            )
        }
        E::NoSecret => ErrorReport::new(Kind::Usage, SECRET),
        E::ListenerFailed { .. } => ErrorReport::new(Kind::Failure, "run `eprospera login` again"),
        error if clock(error).is_some() => ErrorReport {
            kind: Kind::Untrusted,
            hint: clock(error).map(|hint| format!("nothing was stored; {hint}").into()),
            status: None,
            retry_after: None,
        },
        error if error.is_untrusted() => ErrorReport::new(
            Kind::Untrusted,
            "nothing was stored; check the issuer URL. If it is right, report this to the provider",
        ),
        _ => ErrorReport {
            kind: Kind::Failure,
            hint: None,
            status: None,
            retry_after: None,
        },
    }
}

fn no_metadata(issuer: &str, cause: &oauth::Error) -> ErrorReport {
    let hint = format!(
        "is {issuer} the right issuer? Pass the URL that your provider calls \"issuer\" with \
         `--issuer`, without /.well-known/openid-configuration"
    );
    ErrorReport {
        hint: Some(hint.into()),
        ..of_document(cause)
    }
}

fn no_key_set(issuer: &str, cause: &oauth::Error) -> ErrorReport {
    let hint = format!(
        "nothing was stored; check that {issuer} is the right issuer, and that no captive portal \
         or proxy answers in its place. Otherwise, report this to the provider"
    );
    ErrorReport {
        kind: Kind::Untrusted,
        hint: Some(hint.into()),
        ..of_document(cause)
    }
}

/// A document that everybody may read, and that needs no session.
fn of_document(error: &oauth::Error) -> ErrorReport {
    let report = of_oauth(error);
    match report.kind {
        Kind::LoginRequired | Kind::Forbidden => ErrorReport {
            kind: Kind::Failure,
            ..report
        },
        _ => report,
    }
}

fn of_refusal(status: u16, code: &str) -> ErrorReport {
    use CodeMeaning as M;
    match CodeMeaning::of(code) {
        M::ClientRefused | M::ClientUnauthorized => ErrorReport::new(
            Kind::LoginRequired,
            "check the client id. If the client has a secret, store it again with `eprospera \
             profile set client-secret`",
        ),
        M::GrantRefused | M::SignInRequired | M::ConsentRequired => {
            ErrorReport::new(Kind::LoginRequired, LOGIN)
        }
        M::ScopeRefused => ErrorReport::new(
            Kind::InvalidRequest,
            "request only scopes that the client is registered for",
        ),
        M::Busy => ErrorReport::new(Kind::Failure, "run the command again later"),
        _ if status >= 500 => ErrorReport::new(Kind::Failure, "run the command again later"),
        _ => ErrorReport::new(Kind::of_status(status), "check the client's registration"),
    }
}

/// An answer to a sign-in: what the person or the provider has refused.
impl From<Denial> for Error {
    fn from(denial: Denial) -> Self {
        use CodeMeaning as M;
        let meaning = CodeMeaning::of(&denial.code);
        let (kind, hint) = match meaning {
            M::Denied | M::ConsentRequired => (
                Kind::Forbidden,
                "nothing was stored; run `eprospera login` again and approve the request",
            ),
            M::SignInRequired => (
                Kind::LoginRequired,
                "nothing was stored; run `eprospera login` again",
            ),
            M::RequestRefused | M::ScopeRefused | M::ClientUnauthorized => (
                Kind::InvalidRequest,
                "nothing was stored; check the scopes and the client's registration",
            ),
            _ => (
                Kind::Failure,
                "nothing was stored; run `eprospera login` again",
            ),
        };
        let reason = match denial.description {
            Some(words) => format!("{}: {words}", denial.code),
            None if meaning == M::Denied => "consent was denied".to_owned(),
            None => denial.code,
        };
        Self::new(kind, format!("the sign-in was refused: {reason}")).hint(hint)
    }
}
