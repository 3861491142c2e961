//! The policy: which failure of a layer is which kind of error, and what the user can do next.

mod download;
mod network;
mod oauth;
mod record;
mod report;
mod session;
mod store;

use std::borrow::Cow;
use std::time::Duration;

use network::of_http;

use super::{Error, Kind};
use crate::process::NoRoom;
use crate::{config, http, portal};

const CONFIG_DIR: &str = "EPROSPERA_CONFIG_DIR";
const STATE_DIR: &str = "EPROSPERA_STATE_DIR";
const LOGIN: &str = "run `eprospera login`";

impl From<config::Error> for Error {
    fn from(error: config::Error) -> Self {
        use config::Error as E;
        let hint = match &error {
            E::Untrusted(cause) => Some(cause.way_out(CONFIG_DIR)),
            E::Syntax { path, .. } | E::Shape { path, .. } => {
                Some(format!("fix {path}; nothing was changed"))
            }
            E::UnknownProfile(_) => Some("run `eprospera profile list`".to_owned()),
            E::BuiltIn(_) => Some("built-in profiles cannot be removed".to_owned()),
            E::BadName { .. } => {
                Some("run `eprospera profile list` to see the profiles".to_owned())
            }
            E::Io { path, .. } => Some(format!(
                "give your user read and write access to {path}, or set {CONFIG_DIR} to a folder \
                 that you own"
            )),
            E::UnknownKey(_) | E::OneValue(_) => {
                Some("run `eprospera profile set --help`".to_owned())
            }
        };
        let kind = if matches!(error, E::Io { .. }) {
            Kind::Failure
        } else {
            Kind::Usage
        };
        let error = Self::new(kind, error);
        match hint {
            Some(hint) => error.hint(hint),
            None => error,
        }
    }
}

impl From<NoRoom> for Error {
    fn from(error: NoRoom) -> Self {
        let hint = match error {
            NoRoom::Files(_) => Some(
                "raise the limit with `ulimit -n 256`, then run the command \
                                      again",
            ),
            NoRoom::Threads(_) => {
                Some("raise the limit with `ulimit -u`, or end some of your processes")
            }
            NoRoom::Other(_) => None,
        };
        let error = Self::failure(error);
        match hint {
            Some(hint) => error.hint(hint),
            None => error,
        }
    }
}

impl From<http::Error> for Error {
    fn from(error: http::Error) -> Self {
        of_http(&error).on(error)
    }
}

impl<B: Into<Self>> From<portal::Error<B>> for Error {
    fn from(error: portal::Error<B>) -> Self {
        use portal::Error as E;
        match error {
            E::Bearer(error) => error.into(),
            E::Http(error) => error.into(),
            E::Refused(refusal) => refused(&refusal),
            E::Redirected { origin } => Self::untrusted(format!(
                "the portal redirects to {origin}"
            ))
            .hint("your token was not sent there; check that the issuer URL is the portal's"),
            E::Moved { path } => Self::failure(format!(
                "{path} answered with a redirect, which is not followed"
            ))
            .hint("check that the issuer URL is the portal's"),
            E::Unexpected { path, problem } => Self::failure(format!(
                "the response from {path} is not what the portal documents: {problem}"
            ))
            .hint("check that the issuer URL is the portal's"),
        }
    }
}

impl From<std::convert::Infallible> for Error {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

fn refused(refusal: &portal::PortalRefusal) -> Error {
    let error = |kind| {
        let error = Error::new(kind, format!("the portal refused: {}", refusal.text()))
            .http_status(refusal.status)
            .retry_after(refusal.retry_after);
        match &refusal.details {
            Some(details) => error.details(details.clone()),
            None => error,
        }
    };
    if refusal.missing_scopes().is_some() {
        return error(Kind::Forbidden)
            .hint("run `eprospera login --add-scope SCOPE` with this scope");
    }
    let kind = Kind::of_status(refusal.status);
    match kind {
        Kind::LoginRequired => error(kind).hint(LOGIN),
        Kind::RateLimited | Kind::Failure | Kind::Timeout => {
            error(kind).hint(when(refusal.retry_after, kind))
        }
        _ => error(kind),
    }
}

/// When it is worth another try.
fn when(retry_after: Option<Duration>, kind: Kind) -> Cow<'static, str> {
    match retry_after.filter(|wait| !wait.is_zero()) {
        Some(wait) => format!(
            "run the command again in {}",
            humantime::format_duration(wait)
        )
        .into(),
        None if kind == Kind::RateLimited => "run the command again in a minute".into(),
        None => "run the command again later".into(),
    }
}
