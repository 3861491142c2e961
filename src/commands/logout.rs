//! `logout`: revokes at the provider, then deletes here whatever the provider said, and reports
//! both facts whatever became of them.
//!
//! A session that cannot be read is neither revoked nor deleted: its key may be mistyped, its
//! keyring locked. Only a damaged one is deleted unread, or one that the person gives up by a flag.

mod deadline;
mod outcome;
mod report;
mod sign_out;
mod unlisted;

use self::deadline::{REVOCATION_TIMEOUT, RevocationDeadlines};
use self::outcome::LogoutOutcome;
use self::report::{Shape, print};
use self::sign_out::SigningOut;
use self::unlisted::distinct;
use crate::cli::LogoutArgs;
use crate::context::Context;
use crate::error::Error;
use crate::output::line;
use crate::provider::{self, Provider};
use crate::session::SessionStore;
use crate::settings::{LastLogin, SettingSource};
use crate::store::{Identity, StoreKind};

/// Runs the command. Without a session there is no error. With `--all`, a session that cannot be deleted
/// does not keep the others from being deleted.
pub(super) fn run(args: &LogoutArgs, context: &Context) -> Result<(), Error> {
    context.say_that_the_store_is_meant("logout");
    if !args.all {
        let outcome = one(args, context)?;
        print(context, std::slice::from_ref(&outcome), Shape::One)?;
        return outcome.failure.map_or(Ok(()), Err);
    }
    let (outcomes, failures): (Vec<_>, Vec<_>) =
        all(args, context)?.into_iter().partition(Result::is_ok);
    let outcomes: Vec<_> = outcomes.into_iter().flatten().collect();
    print(context, &outcomes, Shape::List)?;
    let failures = failures.into_iter().filter_map(Result::err);
    let of_sessions = outcomes.into_iter().filter_map(|outcome| outcome.failure);
    let mut failures = failures.chain(of_sessions);
    let first = failures.next();
    let mut told: Vec<_> = first.iter().map(Error::sentence).collect();
    for failure in failures {
        // One cause can keep several stores from being looked into.
        if !told.contains(&failure.sentence()) {
            told.push(failure.sentence());
            warn_of(context, failure);
        }
    }
    // This one ends the command, and is reported by that.
    first.map_or(Ok(()), Err)
}

fn warn_of(context: &Context, failure: Error) {
    let failure = context.explained(failure);
    context.output.warn(line(&failure.sentence()));
    for hint in failure.hints() {
        context.output.note(format!("hint: {}", line(&hint)));
    }
}

fn one(args: &LogoutArgs, context: &Context) -> Result<LogoutOutcome, Error> {
    let settings = context.settings()?;
    let profile = &settings.profile.value;
    if settings.client_id.is_none() || has_no_home(context)? {
        return Ok(LogoutOutcome::nothing_yet(profile));
    }
    let identity = context.identity()?;
    let mut kinds = stores_of(context.last_login(profile)?, &identity);
    // A store that was only guessed holds nothing when it is known where the session lies.
    if kinds.is_empty() || settings.store.source != SettingSource::Default {
        kinds.push(settings.store.value.clone());
    }
    let deadlines = RevocationDeadlines::of(REVOCATION_TIMEOUT);
    let outcome = sign_out(args, context, &identity, kinds, &deadlines)?;
    Ok(forgotten(outcome, context, &identity))
}

/// Whether this user has no folder in which a session could be, nor the lock of one.
fn has_no_home(context: &Context) -> Result<bool, Error> {
    Ok(context.folders().state_if_any()?.is_none())
}

/// Forgets where a session was that has ended in every store.
fn forgotten(mut outcome: LogoutOutcome, context: &Context, identity: &Identity) -> LogoutOutcome {
    if outcome.failure.is_none() {
        outcome.failure = context.forget_sessions(identity).err();
    }
    outcome
}

/// The sessions of all profiles, wherever a login ever stored one.
fn all(args: &LogoutArgs, context: &Context) -> Result<Vec<Result<LogoutOutcome, Error>>, Error> {
    if has_no_home(context)? {
        return Ok(Vec::new());
    }
    let context = &context.despite_damaged_logins()?;
    let deadlines = RevocationDeadlines::of(REVOCATION_TIMEOUT);
    let mut outcomes = Vec::new();
    let mut seen = Vec::new();
    // What cannot be listed must not keep the others signed in, nor the answer from being a list.
    let profiles = context.profiles_with_logins().unwrap_or_else(|error| {
        outcomes.push(Err(error));
        Vec::new()
    });
    for profile in profiles {
        let last = match context.last_login(&profile) {
            Ok(Some(last)) => last,
            Ok(None) => continue,
            // One damaged file must not keep the others signed in.
            Err(error) => {
                outcomes.push(Err(error));
                continue;
            }
        };
        let identities = last.sessions.iter().map(|place| Identity {
            profile: profile.clone(),
            issuer: place.issuer.clone(),
            client_id: place.client_id.clone(),
        });
        for identity in distinct(identities) {
            let kinds = stores_of(Some(last.clone()), &identity);
            seen.extend(kinds.iter().map(|kind| (identity.clone(), kind.clone())));
            let other = context.for_session(&identity, provider_of(&last, &identity));
            outcomes.push(other.and_then(|other| {
                let outcome = sign_out(args, &other, &identity, kinds, &deadlines)?;
                Ok(forgotten(outcome, &other, &identity))
            }));
        }
    }
    for session in unlisted::in_stores(&stores_in_use(&seen, context), context) {
        let outcome = match session {
            Ok(found) if seen.contains(&(found.identity.clone(), found.kind.clone())) => continue,
            Ok(found) => context
                .for_session(&found.identity, found.provider)
                .and_then(|other| {
                    sign_out(args, &other, &found.identity, vec![found.kind], &deadlines)
                }),
            Err(error) => Err(error),
        };
        outcomes.push(outcome);
    }
    Ok(outcomes)
}

/// The stores that may hold sessions which no login is remembered for. The keyring is one only where
/// it is in use: a run that was given a store of its own touches no other.
fn stores_in_use(seen: &[(Identity, StoreKind)], context: &Context) -> Vec<StoreKind> {
    let in_use = context
        .settings()
        .ok()
        .map(|settings| settings.store.value.clone());
    let of_logins = seen.iter().map(|(_, kind)| kind.clone());
    let of_state_folder = StoreKind::ALL
        .into_iter()
        .filter(StoreKind::is_in_state_folder);
    distinct(of_state_folder.chain(in_use).chain(of_logins))
}

/// Who gave an identity's newest session.
fn provider_of(last: &LastLogin, identity: &Identity) -> &'static Provider {
    let mut newest = last.sessions.iter().rev();
    newest
        .find(|place| place.issuer == identity.issuer && place.client_id == identity.client_id)
        .and_then(|place| Provider::find(&place.provider))
        .unwrap_or(provider::ALL[0])
}

/// Where an identity's session may lie.
pub(in crate::commands) fn stores_of(
    last: Option<LastLogin>,
    identity: &Identity,
) -> Vec<StoreKind> {
    last.map(|last| last.sessions)
        .unwrap_or_default()
        .iter()
        .filter(|place| place.issuer == identity.issuer && place.client_id == identity.client_id)
        .filter_map(|place| place.store.parse().ok())
        .collect()
}

fn sign_out(
    args: &LogoutArgs,
    context: &Context,
    identity: &Identity,
    kinds: Vec<StoreKind>,
    deadlines: &RevocationDeadlines,
) -> Result<LogoutOutcome, Error> {
    let mut outcome = LogoutOutcome::nothing_yet(&identity.profile);
    deadlines.begin(&identity.issuer);
    for kind in distinct(kinds) {
        let session_store = context.session_store_in(context.store_of(&kind)?, identity.clone())?;
        // A login with a given token that was killed may have left its session beside this one.
        let incoming = session_store.incoming();
        let of_entry = |session_store| SigningOut {
            args,
            context,
            session_store,
            kind: &kind,
            deadlines,
        };
        let (part, failure) = of_entry(&session_store).run();
        // What ended this part after its deletion, a signal, ends the revocation of the other, too.
        let goes_on = failure.is_none() || part.deleted;
        if goes_on {
            outcome.add(part, failure);
            if incoming.may_hold_something() {
                let (part, failure) = of_entry(&incoming).run();
                outcome.add(part, failure);
            }
        } else {
            let failure = failure.map(|failure| left_beside(failure, &incoming, &kind));
            outcome.add(part, failure);
        }
        if let Err(error) = erase_pending(&session_store, context) {
            outcome.failure.get_or_insert(error);
        }
    }
    Ok(outcome)
}

/// Logins that were begun and not finished have no tokens: nothing of them has to be revoked.
fn erase_pending(session_store: &SessionStore, context: &Context) -> Result<(), Error> {
    let pending = session_store.pending_logins();
    if pending.erase(Context::SHORT_WAIT)? {
        context.output.note(format!(
            "profile {}: what was begun with `login --begin` was deleted, and can no longer be \
             finished",
            session_store.identity().profile
        ));
    }
    Ok(())
}

/// Says that an unfinished login stays as well, where the session could not be ended.
fn left_beside(failure: Error, incoming: &SessionStore, kind: &StoreKind) -> Error {
    if !incoming.may_hold_something() {
        return failure;
    }
    failure.hint(format!(
        "profile {} also has an unfinished login in the store {kind}; `eprospera logout` ends both",
        incoming.identity().profile
    ))
}
