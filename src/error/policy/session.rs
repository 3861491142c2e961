//! What a failure of the session comes to: whether a person has to sign in, and whether the session
//! is kept.

use std::borrow::Cow;
use std::time::Duration;

use super::oauth::{clock, of_oauth};
use super::report::ErrorReport;
use super::{Error, Kind, LOGIN};
use crate::{oauth, session};

/// What can be done where the newest tokens are not in the store.
fn of_rescue(error: session::Error) -> Error {
    let hint: Cow<'static, str> = match &error {
        session::Error::NotRestored(_) => {
            "it is safe in its rescue file: fix the store and run any command".into()
        }
        session::Error::RescueUnreadable { path, .. } => format!(
            "the newest tokens may be in {path}: put the file back as this program wrote it, or \
             remove it if that cannot be done, and run the command again",
            path = path.display()
        )
        .into(),
        _ => "fix the store; then run `eprospera login`, for the old token has been used".into(),
    };
    Error::store(error).hint(hint)
}

fn of_import_error(cause: &session::ImportError) -> (Kind, &'static str) {
    use session::ImportError as U;
    match cause {
        U::NotOne { .. } => (Kind::Store, "give a file of `eprospera session export`"),
        U::Newer(_) => (
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

/// The ends of a session after which a person has to sign in, or to fix the client.
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
        E::BootstrapTokenSpent => "get a new refresh token (the session that this one began may still be stored: `eprospera status`), or run `eprospera login`".into(),
        E::Expired => {
            "run `eprospera login`; with scope offline_access, which some providers only grant with \
             `--prompt consent`, a session refreshes itself"
                .into()
        }
        E::OtherProvider { theirs, .. } => format!(
            "it is kept: `eprospera profile set provider {theirs}` goes back to it, and \
             `eprospera login --replace` takes its place"
        )
        .into(),
        E::ClientRefused(_) => {
            return Error::login_required(error)
                .hint("the session is kept")
                .hint("check the client secret with `eprospera profile set client-secret`");
        }
        _ => LOGIN.into(),
    };
    Error::login_required(error).hint(hint)
}

/// What is left to do with a session that was not refreshed.
fn kept(kind: Kind) -> &'static str {
    match kind {
        Kind::LoginRequired => "the session is kept until then",
        _ => "the session is kept; run the command again",
    }
}

/// A refresh whose outcome is unknown. A refusal that does not come as one has ended nothing yet.
fn unknown(source: &oauth::Error, settles_in: i64) -> ErrorReport {
    let ErrorReport { kind, status, .. } = of_oauth(source);
    let then = match settles_in {
        0 => "run the command again to settle it".to_owned(),
        wait => {
            let wait = Duration::from_secs(wait.unsigned_abs());
            format!(
                "the next command after {} settles it",
                humantime::format_duration(wait)
            )
        }
    };
    let (kind, hint) = match kind {
        Kind::LoginRequired => (
            Kind::Failure,
            format!(
                "the session is kept; {then}, and if the answer stays the same: `eprospera login`"
            ),
        ),
        kind => (kind, format!("the session is kept; {then}")),
    };
    ErrorReport {
        kind,
        status,
        hint: Some(hint.into()),
    }
}

/// What another process was faster with, or is still at.
fn of_another_process(error: session::Error) -> Error {
    use session::Error as E;
    let (kind, hint) = match &error {
        E::Superseded(_) => (
            Kind::Busy,
            "the newer session is kept; run the command again",
        ),
        E::ExpiredMeanwhile => (Kind::Timeout, "run the command again"),
        E::ChangedMeanwhile => (Kind::Busy, "run `eprospera status` to see what is stored"),
        E::NotLocked => (Kind::Failure, "run the command again"),
        E::InFlight => (Kind::Busy, "try again in a minute"),
        _ => (Kind::Busy, "try again when the other process is done"),
    };
    Error::new(kind, error).hint(hint)
}

impl From<session::Error> for Error {
    fn from(error: session::Error) -> Self {
        use session::Error as E;
        match error {
            E::None { .. }
            | E::Exported { .. }
            | E::LostAfterUnknown(_)
            | E::Ended(_)
            | E::BootstrapTokenSpent
            | E::Expired
            | E::NoRefresh { .. }
            | E::OtherProvider { .. }
            | E::ClientRefused(_) => login_required(error),
            E::ImportError(ref cause) => {
                let (kind, hint) = of_import_error(cause);
                Self::new(kind, error).hint(hint)
            }
            E::Unsettled => Self::failure(error)
                .hint("the session stays here; it is settled once the access token has expired"),
            E::OutcomeUnknown {
                ref source,
                settles_in,
            } => unknown(source, settles_in).on(error),
            E::NotRefreshed(ref source) => {
                let verdict = of_oauth(source);
                let hint = kept(verdict.kind);
                verdict.on(error).hint(hint)
            }
            E::Pending(_) => Self::failure(error).hint(
                "the access token is used until it expires; then the next command settles it",
            ),
            E::Flawed(ref source) | E::Unverified(ref source) if !source.is_untrusted() => {
                of_oauth(source)
                    .on(error)
                    .hint("the rotated refresh token is kept; the next command tries again")
            }
            E::Flawed(ref source) | E::Unverified(ref source) | E::Untrusted(ref source) => {
                let clock = clock(source);
                let error = Self::untrusted(error);
                match clock {
                    Some(clock) => error.hint(clock).hint("the rotated refresh token is kept"),
                    None => error
                        .hint("the rotated refresh token is kept; the next command tries again"),
                }
            }
            E::NeverThatLong { lifetime, .. } => {
                Self::failure(error).hint(format!("ask for at most `--min-ttl {lifetime}s`"))
            }
            E::Superseded(_)
            | E::ExpiredMeanwhile
            | E::ChangedMeanwhile
            | E::NotLocked
            | E::InFlight
            | E::Busy { .. } => of_another_process(error),
            E::Store(error) => error.into(),
            E::NotRestored(_) | E::RescueUnreadable { .. } | E::NotStored(_) => of_rescue(error),
        }
    }
}
