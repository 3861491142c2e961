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
            "the session is safe in a rescue file; fix the store, then run any command to move it \
             back"
                .into()
        }
        session::Error::RescueUnreadable { path, .. } => format!(
            "the newest tokens may be in {path}. Restore the original file, or delete it if you \
             cannot, then run the command again",
            path = path.display()
        )
        .into(),
        _ => "fix the store, then run `eprospera login`: the old refresh token can no longer be \
              used"
            .into(),
    };
    Error::store(error).hint(hint)
}

fn of_import_error(cause: &session::ImportError) -> (Kind, &'static str) {
    use session::ImportError as U;
    match cause {
        U::NotOne { .. } => (
            Kind::Store,
            "pass a file that `eprospera session export` wrote",
        ),
        U::Newer(_) => (Kind::Store, "update eprospera: a newer version wrote this"),
        U::Elsewhere { .. } => (
            Kind::Conflict,
            "pass the same `--profile`, `--issuer` and `--client-id` as when you exported it",
        ),
        U::OtherProvider { .. } => (
            Kind::Conflict,
            "nothing was changed; choose a profile for that provider with `--profile`",
        ),
        U::Outdated { .. } => (
            Kind::Conflict,
            "nothing was changed; use the newest export, or run `eprospera login`",
        ),
        U::NotKept => (
            Kind::NotFound,
            "run `eprospera login`; nothing was exported, or a login or an import has replaced \
             the export",
        ),
        U::StillHere { .. } => (
            Kind::Conflict,
            "nothing was changed; an exported session is restored only where no session is stored",
        ),
        U::Occupied { .. } => (
            Kind::Conflict,
            "nothing was changed; pass `--replace` to replace that session, or use another \
             `--profile`",
        ),
    }
}

/// The ends of a session after which a person has to sign in, or to fix the client.
fn login_required(error: session::Error) -> Error {
    use session::Error as E;
    let hint: Cow<'static, str> = match &error {
        E::Ended(_) => "run `eprospera login` to sign in again. If the state folder was restored \
                        from a cache or a backup, it held a refresh token that had already been \
                        used"
            .into(),
        E::Exported { .. } => {
            "if the export did not arrive, run `eprospera session restore`; otherwise, run \
             `eprospera login`"
                .into()
        }
        E::BootstrapTokenSpent => "run `eprospera login`, or get a new refresh token. The session \
                                   that this one started may still be stored; `eprospera status` \
                                   shows it"
            .into(),
        E::Expired => {
            "run `eprospera login`. A session with the scope offline_access refreshes itself; \
             some providers grant that scope only with `--prompt consent`"
                .into()
        }
        E::OtherProvider { theirs, .. } => format!(
            "to go back to that session, run `eprospera profile set provider {theirs}`; to \
             replace it, run `eprospera login --replace`"
        )
        .into(),
        E::ClientRefused(_) => {
            return Error::login_required(error)
                .hint("the session is kept")
                .hint(
                    "check the client id. If the client has a secret, store it again with \
                       `eprospera profile set client-secret`",
                );
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
    let ErrorReport {
        kind,
        status,
        retry_after,
        ..
    } = of_oauth(source);
    let then = match settles_in {
        0 => "run the command again to find out".to_owned(),
        wait => {
            let wait = Duration::from_secs(wait.unsigned_abs());
            format!(
                "wait {}, then run the command again to find out",
                humantime::format_duration(wait)
            )
        }
    };
    let (kind, hint) = match kind {
        Kind::LoginRequired => (
            Kind::Failure,
            format!(
                "the session is kept; {then}. If the response stays the same, run `eprospera login`"
            ),
        ),
        kind => (kind, format!("the session is kept; {then}")),
    };
    ErrorReport {
        kind,
        status,
        retry_after,
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
        E::InFlight => (Kind::Busy, "run the command again in a minute"),
        _ => (
            Kind::Busy,
            "run the command again when the other process has finished",
        ),
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
            E::Unsettled => Self::failure(error).hint(
                "the session stays here; run the command again once the access token has \
                       expired",
            ),
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
                "the access token is used until it expires; the first command after that finds out",
            ),
            E::Flawed(ref source) | E::Unverified(ref source) if !source.is_untrusted() => {
                of_oauth(source)
                    .on(error)
                    .hint("the new refresh token is kept, and the next command tries again")
            }
            E::Flawed(ref source) | E::Unverified(ref source) | E::Untrusted(ref source) => {
                let clock = clock(source);
                let error = Self::untrusted(error);
                match clock {
                    Some(clock) => error.hint(clock).hint("the new refresh token is kept"),
                    None => error
                        .hint("the new refresh token is kept, and the next command tries again"),
                }
            }
            E::NeverThatLong { lifetime, .. } => {
                Self::failure(error).hint(format!("use `--min-ttl {lifetime}s` or less"))
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
