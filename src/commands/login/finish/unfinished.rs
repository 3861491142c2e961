//! Why there is no login to finish, and what to do then.

use crate::clock::Seconds;
use crate::error::Error;
use crate::output::{line, span};
use crate::session::{EndedLogin, EndingCause, Lookup, PendingLogin};

/// What is left where a login has ended without a session.
pub(super) const BEGIN_AGAIN: &str =
    "this login cannot be finished any more; to begin another one, run `eprospera login --begin`";

/// The same of one that was for another device.
pub(super) const BEGIN_AGAIN_ON_DEVICE: &str = "this login cannot be finished any more; to begin \
                                                another one, run `eprospera login --begin --device`";

/// What to do where none was begun.
const BEGIN: &str = "to begin one, run `eprospera login --begin`";

/// The error for a login that cannot be found.
pub(super) fn not_there(lookup: Lookup, id: Option<&str>, now: Seconds) -> Error {
    match lookup {
        Lookup::Ended(ended) => has_ended(&ended, now),
        Lookup::Nothing(Some(ended)) => {
            let how = how(&ended, now);
            let error = Error::login_required("there is no login to finish");
            error.hint(format!("the last one {how}; {BEGIN}"))
        }
        Lookup::Nothing(None) => {
            let error = Error::login_required("there is no login to finish: none was begun");
            error.hint(BEGIN)
        }
        Lookup::Unknown(pending) => {
            let id = line(id.unwrap_or_default());
            let error = Error::usage(format!(
                "this profile, issuer and client have no login `{id}` to finish"
            ));
            match pending.as_slice() {
                [] => error.hint(
                    "run the `finish` command that `--begin` printed, with all of its options, or \
                     begin again: `eprospera login --begin`",
                ),
                pending => listed(error, pending, now),
            }
        }
        Lookup::Several(pending) => listed(
            Error::usage("several logins are pending, so say which one to finish"),
            &pending,
            now,
        ),
        // It was found after all.
        Lookup::Found(login) => listed(
            Error::failure("the login has just changed"),
            std::slice::from_ref(&login),
            now,
        ),
    }
}

fn listed(error: Error, pending: &[PendingLogin], now: Seconds) -> Error {
    pending.iter().fold(error, |error, login| {
        let age = span(now.saturating_sub(login.begun_at).max(0));
        let (id, method) = (&login.id, login.method.name());
        error.hint(format!(
            "`eprospera login --finish {id}` finishes the one that was begun {age} ago ({method})"
        ))
    })
}

fn has_ended(ended: &EndedLogin, now: Seconds) -> Error {
    let words = format!("login `{}` {}", line(&ended.id), how(ended, now));
    let error = match ended.cause {
        EndingCause::Used => Error::conflict(words),
        EndingCause::Refused => Error::forbidden(words),
        EndingCause::Expired | EndingCause::Displaced => Error::timeout(words),
    };
    let error = match ended.cause {
        EndingCause::Used => error.hint("run `eprospera status` to see whether it signed you in"),
        _ => error,
    };
    error.hint(BEGIN_AGAIN).not_retryable()
}

fn how(ended: &EndedLogin, now: Seconds) -> String {
    let ago = span(now.saturating_sub(ended.at).max(0));
    match ended.cause {
        EndingCause::Used => format!("was used {ago} ago, and can be used only once"),
        EndingCause::Refused => format!("was refused {ago} ago"),
        EndingCause::Expired => format!("expired {ago} ago"),
        EndingCause::Displaced => {
            format!("was given up {ago} ago, because too many newer ones were begun")
        }
    }
}

/// The record can be read, and is not what this program writes.
pub(super) fn damaged() -> Error {
    Error::store("what is stored of this login is damaged").hint(BEGIN_AGAIN)
}
