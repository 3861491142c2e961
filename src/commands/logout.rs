//! `logout`: revokes at the provider, then deletes here whatever the provider said, and reports
//! both facts whatever became of them.
//!
//! A session that cannot be read is neither revoked nor deleted: its key may be mistyped, its
//! keyring locked. Only a damaged one is deleted unread, or one that the person gives up by a flag.

mod outcome;
mod report;
mod unlisted;

use std::cell::RefCell;
use std::time::Duration;

use self::outcome::{Lasting, LogoutOutcome, Revoked, StoreResult};
use self::report::{Shape, print};
use crate::cli::LogoutArgs;
use crate::context::Context;
use crate::error::Error;
use crate::oauth::TokenHint;
use crate::output::line;
use crate::provider::{self, Feature, Provider};
use crate::session::{self, Erasure, ErasureCause, Record, SessionStore, StoredSession};
use crate::settings::{LastLogin, SettingSource};
use crate::store::{Guard, Identity, StoreKind};

/// How long the provider has to revoke the tokens, all requests together. The session is deleted
/// afterwards in any case, and a person waits for that.
const REVOCATION_TIMEOUT: Duration = Duration::from_secs(5);

/// Runs the command. Nobody signed in is no error. With `--all`, a session that cannot be deleted
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
    for failure in failures {
        warn_of(context, &failure);
    }
    // This one ends the command, and is reported by that.
    first.map_or(Ok(()), Err)
}

fn warn_of(context: &Context, failure: &Error) {
    context.output.warn(line(&failure.sentence()));
    for hint in failure.hints() {
        context.output.note(format!("hint: {}", line(hint)));
    }
}

fn one(args: &LogoutArgs, context: &Context) -> Result<LogoutOutcome, Error> {
    let settings = context.settings()?;
    let profile = &settings.profile.value;
    if settings.client_id.is_none() {
        return Ok(LogoutOutcome::nothing_yet(profile));
    }
    let identity = context.identity()?;
    let mut kinds = stores_of(context.last_login(profile)?, &identity);
    // A store that was only guessed holds nothing when it is known where the session lies.
    if kinds.is_empty() || settings.store.source != SettingSource::Default {
        kinds.push(settings.store.value.clone());
    }
    sign_out(args, context, &identity, kinds)
}

/// The sessions of all profiles, wherever a login ever stored one.
fn all(args: &LogoutArgs, context: &Context) -> Result<Vec<Result<LogoutOutcome, Error>>, Error> {
    let mut outcomes = Vec::new();
    let mut seen = Vec::new();
    for profile in context.profiles_with_logins()? {
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
            outcomes.push(other.and_then(|other| sign_out(args, &other, &identity, kinds)));
        }
    }
    for session in unlisted::in_stores(&stores_in_use(&seen, context), context) {
        let outcome = match session {
            Ok(found) if seen.contains(&(found.identity.clone(), found.kind.clone())) => continue,
            Ok(found) => context
                .for_session(&found.identity, found.provider)
                .and_then(|other| sign_out(args, &other, &found.identity, vec![found.kind])),
            Err(error) => Err(error),
        };
        outcomes.push(outcome);
    }
    Ok(outcomes)
}

/// The stores that may hold sessions which no login is remembered for. The keyring is one only where
/// it is in use: a run that was given a store of its own touches nobody else's.
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
) -> Result<LogoutOutcome, Error> {
    let mut outcome = LogoutOutcome::nothing_yet(&identity.profile);
    for kind in distinct(kinds) {
        let session_store = context.keeper_in(context.store_of(&kind)?, identity.clone())?;
        let (part, failure) = sign_out_of(args, context, &session_store, &kind);
        let is_done = failure.is_none();
        outcome.add(part, failure);
        // A login with a given token that was killed may have left its session beside this one.
        let incoming = session_store.incoming();
        if is_done && is_there(&incoming) {
            let (part, failure) = sign_out_of(args, context, &incoming, &kind);
            outcome.add(part, failure);
        }
    }
    if outcome.failure.is_none() {
        outcome.failure = context.forget_sessions(identity).err();
    }
    Ok(outcome)
}

fn is_there(session_store: &SessionStore) -> bool {
    match session_store.inspect() {
        Ok(found) => !matches!(found, StoredSession::Absent),
        // Whatever keeps it from being read, it may be there: the sign-out says what.
        Err(_) => true,
    }
}

fn distinct<T: PartialEq>(all: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut distinct = Vec::new();
    for each in all {
        if !distinct.contains(&each) {
            distinct.push(each);
        }
    }
    distinct
}

/// Signs out of one store. A signal ends the revocation and not the deletion.
fn sign_out_of(
    args: &LogoutArgs,
    context: &Context,
    session_store: &SessionStore,
    kind: &StoreKind,
) -> (StoreResult, Option<Error>) {
    let part = RefCell::new(StoreResult::nothing_yet(kind.to_string()));
    let mut failure = None;
    let ended = context.block_on(async {
        if let Err(error) = session_store.take_over_lock().await {
            tracing::debug!(%error, "the lock stays where it is");
        }
        let guard = session_store.lock(Context::SHORT_WAIT).await;
        let signing_out = SigningOut {
            args,
            context,
            session_store,
            kind,
        };
        failure = signing_out.revoke_and_delete(guard, &part).await.err();
        Ok(())
    });
    // That somebody pressed Ctrl-C says more than what it led to.
    (part.into_inner(), ended.err().or(failure))
}

struct SigningOut<'a> {
    args: &'a LogoutArgs,
    context: &'a Context,
    session_store: &'a SessionStore,
    kind: &'a StoreKind,
}

impl SigningOut<'_> {
    /// Writes down each fact as soon as it is one.
    async fn revoke_and_delete(
        &self,
        guard: Result<Guard, session::Error>,
        part: &RefCell<StoreResult>,
    ) -> Result<(), Error> {
        let session_store = self.session_store;
        let not_revoked = |why: &str| part.borrow_mut().revoked = Some(Err(why.to_owned()));
        let damage;
        let found = session_store.inspect();
        // Whoever was asked for a key was free to end it all; from here on all is done.
        let _hold = self.context.interrupts.hold_in_silence();
        let cause = match found {
            // The copy of an exported session is sealed, and may be all that is left of it.
            Ok(StoredSession::Absent)
                if self.args.discard_unreadable && session_store.exported_copy()?.is_some() =>
            {
                not_revoked(UNREAD);
                ErasureCause::DiscardedUnread
            }
            Ok(StoredSession::Absent) => match guard {
                // Where nothing can be locked, nothing was stored either.
                Err(error) if !matches!(error, session::Error::Busy { .. }) => {
                    tracing::debug!(%error, "nothing is stored, and nothing can be locked");
                    return Ok(());
                }
                _ => ErasureCause::SignedOut,
            },
            Ok(StoredSession::Readable(record)) => {
                let revoked = self.revoked(&record).await;
                let mut part = part.borrow_mut();
                part.lasting = self.lasting(&record);
                part.revoked = revoked;
                ErasureCause::SignedOut
            }
            Ok(StoredSession::Damaged(found)) => {
                not_revoked(UNREAD);
                damage = found;
                ErasureCause::Damaged(&damage)
            }
            Err(error) if self.args.discard_unreadable && error.is_of_record_or_key() => {
                not_revoked(UNREAD);
                self.context.output.warn(format!(
                    "{}; it is deleted unread",
                    Error::from(error).sentence()
                ));
                ErasureCause::DiscardedUnread
            }
            Err(error) => {
                not_revoked("the session cannot be read, so nothing was sent");
                return Err(self.way_out(error));
            }
        };
        let unread = session_store.unread_rescue();
        let had_export = session_store.exported_copy()?.is_some();
        let erased = session_store.erase(cause, &guard?)?;
        let keeps_export = session_store.exported_copy()?.is_some();
        let was_there = matches!(erased, Erasure::Done(true));
        part.borrow_mut().deleted = was_there || (had_export && !keeps_export);
        part.borrow_mut().keeps_export = keeps_export;
        self.say_what_was_unread(cause, unread);
        Ok(())
    }

    /// Names what was deleted although it could not be read.
    fn say_what_was_unread(&self, cause: ErasureCause<'_>, rescue: Option<session::Error>) {
        if let ErasureCause::Damaged(damage) = cause {
            let words = format!("{damage}; it was deleted unread");
            self.context.output.warn(words);
        }
        if let Some(error) = rescue {
            let reason = Error::from(error).sentence();
            self.context.output.warn(format!(
                "{reason}; the file was deleted unread, and newer tokens that it may have held stay \
                 valid until they expire or are ended at the provider"
            ));
        }
    }

    /// What the provider said; `None` where it is not asked.
    async fn revoked(&self, record: &Record) -> Revoked {
        let provider = match self.context.settings() {
            Ok(settings) => settings.provider.value,
            Err(error) => return Some(Err(error.sentence())),
        };
        if !self.session_store.is_ours(record) {
            return Some(Err(format!(
                "they are of provider {}, and the profile is for {}",
                record.provider, provider.title
            )));
        }
        if !provider.offers(Feature::Revocation) {
            return None;
        }
        let revoking = tokio::time::timeout(
            REVOCATION_TIMEOUT,
            Box::pin(revoke(self.context, self.session_store, record)),
        );
        let revoked = match self.context.interrupts.until_caught(revoking).await {
            None => Err("interrupted before it answered".to_owned()),
            Some(Err(_)) => {
                let waited = humantime::format_duration(REVOCATION_TIMEOUT);
                Err(format!("it did not answer within {waited}"))
            }
            Some(Ok(revoked)) => revoked.map_err(|error| error.sentence()),
        };
        Some(revoked)
    }

    /// What nobody can end.
    fn lasting(&self, record: &Record) -> Option<Lasting> {
        let provider = self.context.settings().ok()?.provider.value;
        if provider.offers(Feature::Revocation) || !self.session_store.is_ours(record) {
            return None;
        }
        let access = record.valid_access(self.context.clock.now())?;
        Some(Lasting {
            provider: provider.title,
            ends_at: access.expires_at,
        })
    }

    /// A session that cannot be read is kept, and this is how to go on. Others may have been
    /// revoked and deleted before it, so it says of which this is true.
    fn way_out(&self, error: session::Error) -> Error {
        if !error.is_of_record_or_key() {
            return error.into();
        }
        let error = Error::from(error).hint(format!(
            "the session of profile {} in the store {} was neither revoked nor deleted",
            self.session_store.identity().profile,
            self.kind
        ));
        if error.hints().iter().any(|hint| hint.contains(DISCARD)) {
            return error;
        }
        error.hint(format!(
            "if it can never be read again: `eprospera logout {DISCARD}`"
        ))
    }
}

/// Why nothing was revoked where nothing could be read.
const UNREAD: &str = "they could not be read, so they stay valid until they expire or are ended at \
                      the provider";

/// The flag for a session whose key is lost.
const DISCARD: &str = "--discard-unreadable";

/// Revokes both tokens, side by side; a failure is reported.
async fn revoke(
    context: &Context,
    session_store: &SessionStore,
    record: &Record,
) -> Result<(), Error> {
    let server = context.server(session_store.store())?;
    let metadata = server.metadata().await?;
    let refresh = record.refresh.as_ref().map(|refresh| &refresh.token);
    let access = record.access.as_ref().map(|access| &access.token);
    let end = async |token, hint| match token {
        Some(token) => server.revoke(&metadata, token, hint).await.map(drop),
        None => Ok(()),
    };
    let (refresh, access) = tokio::join!(
        end(refresh, TokenHint::Refresh),
        end(access, TokenHint::Access)
    );
    Ok(refresh.and(access)?)
}
