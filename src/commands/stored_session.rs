//! The stored session as commands use it: there or not, and what a refresh came to, with a warning
//! where it did not go as it should.

use crate::context::Context;
use crate::error::Error;
use crate::output::line;
use crate::secret::Secret;
use crate::session::{self, AccessToken, Record, RefreshOutcome, SessionStore};

/// The access token to go on with.
pub(super) fn access_token(context: &Context, outcome: RefreshOutcome) -> Result<Secret, Error> {
    Ok(valid_access(context, &usable(context, outcome))?.token)
}

/// The access token of a session that was just read or refreshed. It is checked against the clock
/// once more, because waiting for the network or for another process takes time.
pub(super) fn valid_access(context: &Context, record: &Record) -> Result<AccessToken, Error> {
    let access = record.valid_access(context.clock.now()).cloned();
    Ok(access.ok_or(session::Error::ExpiredMeanwhile)?)
}

/// The session to go on with. Warns where a refresh was due and failed.
pub(super) fn usable(context: &Context, outcome: RefreshOutcome) -> Record {
    match outcome {
        // Without a refresh token there was nothing to try.
        RefreshOutcome::StillValid(record, reason) if record.refresh.is_some() => {
            let reason = Error::from(reason).sentence();
            context.output.warn(format!(
                "{}; using the access token, which is still valid",
                line(&reason)
            ));
            record
        }
        RefreshOutcome::Rescued(record, reason) => {
            warn_of_rescue(context, reason);
            record
        }
        outcome => outcome.into_record(),
    }
}

/// Nothing is lost yet, but only one run is left to notice.
fn warn_of_rescue(context: &Context, reason: crate::store::Error) {
    let error = context.explained(Error::from(reason));
    context.output.warn(format!(
        "the tokens were refreshed, but the new ones could not be stored: {}. The session is safe \
         in a rescue file; fix the store, and the next command moves it back",
        line(&error.sentence())
    ));
    for hint in error.hints() {
        context.output.note(format!("hint: {}", line(&hint)));
    }
}

/// Where the session is stored, and the session as it is now. A command that cannot succeed without
/// one calls this first, before it starts a network.
pub(super) fn signed_in(context: &Context) -> Result<(SessionStore, Record), Error> {
    let session_store = context.session_store()?;
    let record = session_store.require()?;
    Ok((session_store, record))
}
