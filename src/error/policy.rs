//! The policy: which failure of a layer is which kind of error, and what the user can do next.

mod download;
mod network;
mod record;

use std::borrow::Cow;
use std::path::Path;
use std::time::Duration;

use network::of_http;

use super::{Error, Kind};
use crate::process::NoRoom;
use crate::{config, http, oauth, portal, session, store};

const CONFIG_DIR: &str = "EPROSPERA_CONFIG_DIR";
const STATE_DIR: &str = "EPROSPERA_STATE_DIR";
const LOGIN: &str = "run `eprospera login`";
const SECRET: &str =
    "run `eprospera profile set client-secret`, or set EPROSPERA_CLIENT_SECRET_FILE";

impl From<config::Error> for Error {
    fn from(error: config::Error) -> Self {
        use config::Error as E;
        let hint = match &error {
            E::Untrusted(cause) => Some(cause.way_out(CONFIG_DIR)),
            E::Syntax { path, .. } | E::Shape { path, .. } => {
                Some(format!("mend {path}; nothing was changed"))
            }
            E::UnknownProfile(_) => Some("run `eprospera profile list`".to_owned()),
            E::BuiltIn(_) => {
                Some("it cannot be removed, and there is nothing to remove".to_owned())
            }
            E::Io { .. } | E::BadName(_) => None,
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
            NoRoom::Files(_) => Some("allow more with `ulimit -n 256`, or close some"),
            NoRoom::Threads(_) => {
                Some("allow more with `ulimit -u`, or end some processes of this user")
            }
            NoRoom::Other(_) => None,
        };
        let error = Self::new(Kind::Failure, error);
        match hint {
            Some(hint) => error.hint(hint),
            None => error,
        }
    }
}

/// What a failure of a lower layer comes to.
struct Verdict {
    kind: Kind,
    hint: Option<Cow<'static, str>>,
    status: Option<u16>,
}

impl Verdict {
    fn new(kind: Kind, hint: &'static str) -> Self {
        Self {
            kind,
            hint: Some(Cow::Borrowed(hint)),
            status: None,
        }
    }

    fn status(self, status: u16) -> Self {
        Self {
            status: Some(status),
            ..self
        }
    }

    fn on(self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
        let mut error = Error::new(self.kind, source);
        error.http_status = self.status;
        error.hints.extend(self.hint);
        error
    }
}

fn of_oauth(error: &oauth::Error) -> Verdict {
    use oauth::Error as E;
    match error {
        E::Http(error) => of_http(error),
        E::Refused { status, code, .. } => of_refusal(*status, code).status(*status),
        E::Unexpected { status, .. } => {
            Verdict::new(Kind::of_status(*status), "try again later").status(*status)
        }
        E::RateLimited { retry_after } => {
            let mut verdict = Verdict::new(Kind::RateLimited, "try again in a minute").status(429);
            if let Some(wait) = retry_after {
                let wait = humantime::format_duration(*wait);
                verdict.hint = Some(format!("try again in {wait}").into());
            }
            verdict
        }
        E::NoMetadata { issuer, cause, .. } => Verdict {
            hint: Some(
                format!(
                    "is {issuer} the issuer? It is what your provider calls \"issuer\", without \
                     /.well-known/openid-configuration; set it with `--issuer`"
                )
                .into(),
            ),
            ..of_oauth(cause)
        },
        E::NoClientAuth { .. } => Verdict::new(
            Kind::Usage,
            "ask the provider for a client with client_secret_basic or client_secret_post, or choose one of \
             them all the same: `eprospera profile set token_auth client_secret_post`",
        ),
        E::NotJson { .. }
        | E::Malformed { .. }
        | E::MetadataField { .. }
        | E::FlawedToken { .. }
            if !error.is_untrusted() =>
        {
            Verdict::new(
                Kind::Failure,
                "check that the issuer URL is the portal's and that no captive portal is in between",
            )
        }
        E::NoSecret => Verdict::new(Kind::Usage, SECRET),
        E::ListenerFailed { .. } => Verdict::new(Kind::Failure, "run the login again"),
        E::IdTokenRefused { is_clock: true, .. } => Verdict::new(
            Kind::Untrusted,
            "set this machine's clock, then run the command again",
        ),
        error if error.is_untrusted() => Verdict::new(
            Kind::Untrusted,
            "nothing was stored; check the issuer URL, and tell the provider if it is right",
        ),
        _ => Verdict {
            kind: Kind::Failure,
            hint: None,
            status: None,
        },
    }
}

fn of_refusal(status: u16, code: &str) -> Verdict {
    match code {
        "invalid_client" | "unauthorized_client" => Verdict::new(
            Kind::LoginRequired,
            "check the client id, and the secret with `eprospera profile set client-secret`",
        ),
        "invalid_grant"
        | "interaction_required"
        | "login_required"
        | "consent_required"
        | "account_selection_required" => Verdict::new(Kind::LoginRequired, LOGIN),
        "invalid_scope" => Verdict::new(
            Kind::InvalidRequest,
            "ask for scopes that the client may have",
        ),
        _ if status >= 500 => Verdict::new(Kind::Failure, "try again later"),
        _ => Verdict::new(Kind::of_status(status), "check the client's registration"),
    }
}

impl From<http::Error> for Error {
    fn from(error: http::Error) -> Self {
        of_http(&error).on(error)
    }
}

impl From<oauth::Error> for Error {
    fn from(error: oauth::Error) -> Self {
        of_oauth(&error).on(error)
    }
}

impl From<oauth::BindError> for Error {
    fn from(error: oauth::BindError) -> Self {
        let (is_denied, is_in_use) = (error.is_denied(), error.is_in_use());
        let mut error = Self::new(Kind::Failure, error);
        if is_in_use {
            error = error.hint(
                "end the program that holds one of these ports, or register further redirect URIs",
            );
        }
        if is_denied {
            error = error.hint(
                "ports below 1024 are for administrators, and Windows reserves ranges of others \
                 (`netsh interface ipv4 show excludedportrange protocol=tcp`); register a \
                 redirect URI with another port",
            );
        }
        error
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        use store::Error as E;
        if matches!(error, E::Interrupted) {
            return Self::new(Kind::Interrupted, error);
        }
        if let E::Foreign(cause) = &error {
            let hint = cause.way_out(STATE_DIR);
            return Self::new(Kind::Usage, error).hint(hint);
        }
        let ways_out = "or choose `--store encrypted-file` (a key in EPROSPERA_STORE_KEY) or \
                        `--store plain-file`";
        if let Some(hint) = record::hint(&error) {
            return Self::new(Kind::Store, error).hint(hint);
        }
        let hint = match &error {
            E::Absent { .. } => format!(
                "start a Secret Service such as gnome-keyring, {ways_out}; after `su` or `sudo`, \
                 DBUS_SESSION_BUS_ADDRESS may still lead to another user's, which refuses you"
            ),
            E::Locked { .. } => format!("unlock the keyring, {ways_out}"),
            E::LockedElsewhere { .. } => {
                "unlock that keyring, or run `eprospera login`, which uses the one that is open"
                    .to_owned()
            }
            E::TimedOut { .. } => format!("check for an unlock dialog, {ways_out}"),
            E::Denied { .. } => format!("allow this program to use it, {ways_out}"),
            E::Full { .. } => "free some space; the old record is intact".to_owned(),
            E::TooSmall { .. } => format!("ask for fewer scopes, {ways_out}"),
            E::Busy { .. } => "try again when the other process is done".to_owned(),
            E::LockUnavailable { path, .. } => {
                let folder = path.parent().unwrap_or(path).display();
                format!(
                    "keep {folder} on a local file system; EPROSPERA_STATE_DIR moves the state folder"
                )
            }
            E::NoUserFolder => {
                format!("give this user a home folder, in /etc/passwd for example, {ways_out}")
            }
            E::NotPrivate { path, .. } => make_private(path),
            other => of_helper(other),
        };
        let kind = if matches!(error, E::Busy { .. }) {
            Kind::Busy
        } else {
            Kind::Store
        };
        Self::new(kind, error).hint(hint)
    }
}

fn make_private(path: &Path) -> String {
    format!(
        "make {} your own and private, or set {STATE_DIR} to another folder; with sudo, use \
         `sudo -H`",
        path.display()
    )
}

/// What can be done about a store helper.
fn of_helper(error: &store::Error) -> String {
    use store::Error as E;
    match error {
        E::HelperAbsent { program, .. } => {
            format!("check that {program} is there and executable")
        }
        E::HelperVersion { .. } => {
            "use a helper and a program of the same protocol version".to_owned()
        }
        E::HelperEnded { .. } | E::HelperTimedOut { .. } | E::HelperRefused { .. } => {
            "run the command with `-v` to see what the helper says".to_owned()
        }
        E::HelperProtocol { .. } => {
            "mend the helper: docs/helper-protocol.md says what it must answer".to_owned()
        }
        _ => "check the store and try again".to_owned(),
    }
}

/// What can be done where the newest tokens are not in the store.
fn of_rescue(error: session::Error) -> Error {
    let hint: Cow<'static, str> = match &error {
        session::Error::NotRestored(_) => {
            "it is safe in its rescue file: mend the store and run any command".into()
        }
        session::Error::RescueUnreadable { path, .. } => format!(
            "the newest tokens may be in {path}: put the file back as this program wrote it, or \
             remove it if that cannot be done, and run the command again",
            path = path.display()
        )
        .into(),
        _ => "mend the store; then run `eprospera login`, for the old token is spent".into(),
    };
    Error::new(Kind::Store, error).hint(hint)
}

fn of_unreadable(cause: &session::Unreadable) -> &'static str {
    match cause {
        session::Unreadable::Newer(_) => "use the newer version of this program that wrote it",
        session::Unreadable::Damaged(_) => "run `eprospera logout`, then `eprospera login`",
    }
}

fn of_unwelcome(cause: &session::Unwelcome) -> (Kind, &'static str) {
    use session::Unwelcome as U;
    match cause {
        U::NotOne { .. } => (Kind::Store, "give a file of `eprospera session export`"),
        U::Newer { .. } => (
            Kind::Store,
            "use the newer version of this program that wrote it",
        ),
        U::Elsewhere { .. } => (
            Kind::Conflict,
            "say the same with `--profile`, `--issuer` and `--client-id`",
        ),
        U::OtherProvider { .. } => (
            Kind::Conflict,
            "nothing was changed; choose a profile of that provider with `--profile`",
        ),
        U::Outdated { .. } => (
            Kind::Conflict,
            "nothing was changed; use the newest export, or run `eprospera login`",
        ),
        U::NotKept => (
            Kind::NotFound,
            "a login or an import has taken its place, or nothing was exported; run `eprospera login`",
        ),
        U::StillHere { .. } => (
            Kind::Conflict,
            "nothing was changed; the exported session is brought back only where none is",
        ),
        U::Occupied { .. } => (
            Kind::Conflict,
            "nothing was changed; use `--replace`, or another `--profile`",
        ),
    }
}

/// The ends of a session after which somebody has to sign in, or to mend the client.
fn login_required(error: session::Error) -> Error {
    use session::Error as E;
    let hint: Cow<'static, str> = match &error {
        E::Ended(_) => "run `eprospera login` to sign in again; if the state folder was restored \
                        from a cache or a backup, it held a token that has been used since"
            .into(),
        E::Exported { .. } => {
            "if it did not arrive, `eprospera session restore` brings it back; else run \
             `eprospera login`"
                .into()
        }
        E::SeedSpent => "give EPROSPERA_REFRESH_TOKEN a new token, or run `eprospera login`".into(),
        E::Expired => {
            "run `eprospera login`; with scope offline_access, which some providers only grant with \
             `--prompt consent`, a session renews itself"
                .into()
        }
        E::OtherProvider { theirs, .. } => format!(
            "it is kept: `eprospera profile set provider {theirs}` goes back to it, and \
             `eprospera login --replace` takes its place"
        )
        .into(),
        E::ClientRefused(_) => {
            return Error::new(Kind::LoginRequired, error)
                .hint("the session is kept")
                .hint("check the client secret with `eprospera profile set client-secret`");
        }
        _ => LOGIN.into(),
    };
    Error::new(Kind::LoginRequired, error).hint(hint)
}

/// What is left to do with a session that was not refreshed.
fn kept(kind: Kind) -> &'static str {
    match kind {
        Kind::LoginRequired => "the session is kept until then",
        _ => "the session is kept; run the command again",
    }
}

/// A refresh whose outcome is unknown. A refusal that does not come as one has ended nothing yet.
fn unknown(source: &oauth::Error) -> Verdict {
    let Verdict { kind, status, .. } = of_oauth(source);
    let (kind, hint) = match kind {
        Kind::LoginRequired => (
            Kind::Failure,
            "the session is kept; run the command again to settle it, and if the answer stays the \
             same: `eprospera login`",
        ),
        kind => (
            kind,
            "the session is kept; run the command again to settle it",
        ),
    };
    Verdict {
        kind,
        status,
        hint: Some(hint.into()),
    }
}

impl From<session::Error> for Error {
    fn from(error: session::Error) -> Self {
        use session::Error as E;
        match error {
            E::None { .. }
            | E::Exported { .. }
            | E::LostAfterUnknown(_)
            | E::Ended(_)
            | E::SeedSpent
            | E::Expired
            | E::NoRefresh { .. }
            | E::OtherProvider { .. }
            | E::ClientRefused(_) => login_required(error),
            E::Unwelcome(ref cause) => {
                let (kind, hint) = of_unwelcome(cause);
                Self::new(kind, error).hint(hint)
            }
            E::Unsettled => Self::new(Kind::Failure, error)
                .hint("the session stays here; it is settled once the access token has expired"),
            E::OutcomeUnknown(ref source) => unknown(source).on(error),
            E::NotRefreshed(ref source) => {
                let verdict = of_oauth(source);
                let hint = kept(verdict.kind);
                verdict.on(error).hint(hint)
            }
            E::Pending(_) => Self::new(Kind::Failure, error).hint(
                "the access token is used until it expires; then the next command settles it",
            ),
            E::Flawed(ref source) | E::Unverified(ref source) if !source.is_untrusted() => {
                of_oauth(source)
                    .on(error)
                    .hint("the rotated refresh token is kept; the next command tries again")
            }
            E::Flawed(ref source) | E::Unverified(ref source) | E::Untrusted(ref source) => {
                let hint = match source {
                    oauth::Error::IdTokenRefused { is_clock: true, .. } => {
                        "set this machine's clock; the rotated refresh token is kept, and the next \
                         command tries again"
                    }
                    _ => "the rotated refresh token is kept; the next command tries again",
                };
                Self::new(Kind::Untrusted, error).hint(hint)
            }
            E::NeverThatLong { lifetime, .. } => Self::new(Kind::Failure, error)
                .hint(format!("ask for at most `--min-ttl {lifetime}s`")),
            E::Superseded(_) => Self::new(Kind::Busy, error)
                .hint("the newer session is kept; run the command again"),
            E::ExpiredMeanwhile => Self::new(Kind::Timeout, error).hint("run the command again"),
            E::InFlight => Self::new(Kind::Busy, error).hint("try again in a minute"),
            E::Busy { .. } => {
                Self::new(Kind::Busy, error).hint("try again when the other process is done")
            }
            E::Record(ref cause) => {
                let hint = of_unreadable(cause);
                Self::new(Kind::Store, error).hint(hint)
            }
            E::Store(error) => error.into(),
            E::Protocol(error) => error.into(),
            E::NotRestored(_) | E::RescueUnreadable { .. } | E::NotStored(_) => of_rescue(error),
        }
    }
}

impl<B: Into<Self>> From<portal::Error<B>> for Error {
    fn from(error: portal::Error<B>) -> Self {
        use portal::Error as E;
        match error {
            E::Bearer(error) => error.into(),
            E::Http(error) => error.into(),
            E::Refused(refusal) => refused(&refusal),
            E::Redirected { origin } => {
                Self::said(Kind::Untrusted, format!("the portal redirects to {origin}"))
                    .hint("the token is not sent there; check that the issuer URL is the portal's")
            }
            E::Unexpected { path, problem } => Self::said(
                Kind::Failure,
                format!("the answer of {path} is not what the portal documents: {problem}"),
            )
            .hint("check that the issuer URL is the portal's"),
        }
    }
}

impl From<std::convert::Infallible> for Error {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

fn refused(refusal: &portal::Refusal) -> Error {
    let error = |kind| {
        let error = Error::said(kind, format!("the portal refused: {}", refusal.text()))
            .http_status(refusal.status);
        match &refusal.details {
            Some(details) => error.details(details.clone()),
            None => error,
        }
    };
    if refusal.missing_scopes().is_some() {
        return error(Kind::Forbidden).hint(
            "sign in again with `eprospera login --scope`, and this scope beside the others",
        );
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
        Some(wait) => format!("try again in {}", humantime::format_duration(wait)).into(),
        None if kind == Kind::RateLimited => "try again in a minute".into(),
        None => "try again later".into(),
    }
}
