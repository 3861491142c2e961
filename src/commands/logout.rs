//! `logout`: revokes at the provider, then deletes here whatever the provider said (R46).

use std::sync::Arc;

use serde_json::{Value, json};

use crate::cli::LogoutArgs;
use crate::clock::Seconds;
use crate::context::Context;
use crate::error::Error;
use crate::oauth::TokenHint;
use crate::output::{Json, Page, moment};
use crate::provider::{self, Feature, Provider};
use crate::session::{Keeper, Record};
use crate::settings::{LastLogin, Source};
use crate::store::{Identity, Kind as StoreKind};

/// What became of one profile's session.
struct Outcome {
    profile: String,
    deleted: bool,
    /// Whether the provider revoked the tokens; `None` where there was nothing to revoke.
    revoked: Option<Result<(), String>>,
    /// What stays valid where the provider offers no revocation.
    lasting: Option<Lasting>,
}

/// A token that nobody can end before its time.
struct Lasting {
    provider: &'static str,
    ends_at: Seconds,
}

/// Runs the command. Nobody signed in is no error.
///
/// # Errors
/// When a session cannot be deleted; with `--all` the others are deleted all the same.
pub(super) fn run(args: &LogoutArgs, context: &Context) -> Result<(), Error> {
    context.say_that_the_store_is_meant("logout");
    if !args.all {
        let outcome = one(context)?;
        return print(context, std::slice::from_ref(&outcome));
    }
    let (outcomes, failures): (Vec<_>, Vec<_>) = all(context)?.into_iter().partition(Result::is_ok);
    print(context, &outcomes.into_iter().flatten().collect::<Vec<_>>())?;
    failures
        .into_iter()
        .find_map(Result::err)
        .map_or(Ok(()), Err)
}

fn one(context: &Context) -> Result<Outcome, Error> {
    let settings = context.settings()?;
    let profile = &settings.profile.value;
    if settings.client_id.is_none() {
        return Ok(Outcome {
            profile: profile.clone(),
            deleted: false,
            revoked: None,
            lasting: None,
        });
    }
    let identity = context.identity()?;
    let mut kinds = stores_of(context.last_login(profile)?, &identity);
    // A store that was only guessed holds nothing when it is known where the session lies.
    if kinds.is_empty() || settings.store.source != Source::Default {
        kinds.push(settings.store.value.clone());
    }
    sign_out(context, &identity, kinds)
}

/// The sessions of all profiles, wherever a login ever stored one (R29).
fn all(context: &Context) -> Result<Vec<Result<Outcome, Error>>, Error> {
    let mut outcomes = Vec::new();
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
            let other = context.for_session(&identity, provider_of(&last, &identity))?;
            outcomes.push(sign_out(&other, &identity, kinds));
        }
    }
    Ok(outcomes)
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
    context: &Context,
    identity: &Identity,
    kinds: Vec<StoreKind>,
) -> Result<Outcome, Error> {
    let profile = identity.profile.clone();
    let mut outcome = Outcome {
        profile,
        deleted: false,
        revoked: None,
        lasting: None,
    };
    let mut failure = None;
    for kind in distinct(kinds) {
        let keeper = context.keeper_in(context.store_of(&kind)?, identity.clone())?;
        match erase(context, keeper) {
            Ok(erased) => {
                outcome.deleted |= erased.deleted;
                outcome.revoked = both(outcome.revoked, erased.revoked);
                outcome.lasting = outcome.lasting.or(erased.lasting);
            }
            Err(error) => failure = failure.or(Some(error)),
        }
    }
    if let Some(error) = failure {
        return Err(error);
    }
    context.forget_sessions(identity)?;
    Ok(outcome)
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

type Revoked = Option<Result<(), String>>;

/// What is to be said of two sessions: that one was not revoked must not be hidden by the other.
fn both(one: Revoked, other: Revoked) -> Revoked {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.and(other)),
        (one, other) => one.or(other),
    }
}

/// What became of one session in one store.
struct Erased {
    deleted: bool,
    revoked: Revoked,
    lasting: Option<Lasting>,
}

fn erase(context: &Context, keeper: Keeper) -> Result<Erased, Error> {
    let provider = context.settings()?.provider.value;
    let keeper = Arc::new(keeper);
    context.block_on(async {
        let guard = keeper.lock(Context::SHORT_WAIT).await?;
        // What cannot be read cannot be revoked, but it can be deleted.
        let (record, unreadable) = match keeper.load() {
            Ok(record) => (record, None),
            Err(error) => (None, Some(error)),
        };
        let lasting = record
            .as_ref()
            .filter(|record| keeper.is_ours(record))
            .and_then(|record| lasting(provider, record, context.clock.now()));
        let revoked = match &record {
            Some(record) if !keeper.is_ours(record) => Some(Err(format!(
                "they are of provider {}, and the profile is for {}",
                record.provider, provider.title
            ))),
            Some(record) if provider.offers(Feature::Revocation) => Some(
                revoke(context, &keeper, record)
                    .await
                    .map_err(|error| error.sentence()),
            ),
            _ => None,
        };
        let deleted = keeper.erase(&guard)?;
        if let Some(error) = unreadable {
            context
                .output
                .warn(format!("{error}; it was deleted unread"));
        }
        Ok(Erased {
            deleted,
            revoked,
            lasting,
        })
    })
}

/// What nobody can end.
fn lasting(provider: &Provider, record: &Record, now: Seconds) -> Option<Lasting> {
    if provider.offers(Feature::Revocation) {
        return None;
    }
    let access = record.valid_access(now)?;
    Some(Lasting {
        provider: provider.title,
        ends_at: access.expires_at,
    })
}

/// Revokes both tokens; the first failure is reported, and the second token is tried all the same.
async fn revoke(context: &Context, keeper: &Keeper, record: &Record) -> Result<(), Error> {
    let server = context.server(keeper.store())?;
    let metadata = server.metadata().await?;
    let tokens = [
        record
            .refresh
            .as_ref()
            .map(|refresh| (&refresh.token, TokenHint::Refresh)),
        record
            .access
            .as_ref()
            .map(|access| (&access.token, TokenHint::Access)),
    ];
    let mut result = Ok(());
    for (token, hint) in tokens.into_iter().flatten() {
        if let Err(error) = server.revoke(&metadata, token, hint).await {
            result = result.and(Err(error));
        }
    }
    Ok(result?)
}

fn print(context: &Context, outcomes: &[Outcome]) -> Result<(), Error> {
    for outcome in outcomes {
        if let Some(Err(reason)) = &outcome.revoked {
            context.output.warn(format!(
                "the provider did not revoke the tokens of profile {}: {reason}",
                outcome.profile
            ));
        }
    }
    let facts: Vec<_> = outcomes.iter().map(facts).collect();
    let json = if let [one] = facts.as_slice() {
        one.clone()
    } else {
        json!(facts)
    };
    context
        .output
        .answer(Json::Value(&json), &|page: &mut Page| {
            for outcome in outcomes {
                page.say(sentence(outcome));
            }
        })
}

fn facts(outcome: &Outcome) -> Value {
    let mut facts = json!({
        "profile": outcome.profile,
        "deleted": outcome.deleted,
        "revoked": outcome.revoked.as_ref().map(Result::is_ok),
    });
    if let Some(lasting) = &outcome.lasting {
        facts["access_token_ends_at"] = json!(moment(lasting.ends_at));
    }
    facts
}

fn sentence(outcome: &Outcome) -> String {
    let profile = &outcome.profile;
    match (outcome.deleted, &outcome.revoked) {
        (true, Some(Ok(()))) => {
            format!("Profile {profile}: tokens revoked at the provider, session deleted here.")
        }
        (true, Some(Err(_))) => {
            format!("Profile {profile}: tokens NOT revoked at the provider, session deleted here.")
        }
        (true, None) => match &outcome.lasting {
            None => format!("Profile {profile}: session deleted here."),
            Some(Lasting { provider, ends_at }) => format!(
                "Profile {profile}: session deleted here. {provider} offers no revocation; the \
                 access token ends at {}.",
                moment(*ends_at)
            ),
        },
        (false, _) => format!("Profile {profile}: nobody was signed in."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_session_that_was_not_revoked_is_not_hidden_by_one_that_was() {
        let failed = || Some(Err("down".to_owned()));
        assert_eq!(both(failed(), Some(Ok(()))), failed());
        assert_eq!(both(Some(Ok(())), failed()), failed());
        assert_eq!(both(None, Some(Ok(()))), Some(Ok(())));
        assert_eq!(both(failed(), None), failed());
    }
}
