//! `logout`: revokes at the provider, then deletes here whatever the provider said (R46).

use std::sync::Arc;

use serde_json::{Value, json};

use crate::cli::LogoutArgs;
use crate::context::Context;
use crate::error::Error;
use crate::oauth::TokenHint;
use crate::output::{Json, Page};
use crate::session::{Keeper, Record};
use crate::store::{Identity, Kind as StoreKind};

/// What became of one profile's session.
struct Outcome {
    profile: String,
    deleted: bool,
    /// Whether the provider revoked the tokens; `None` where there was nothing to revoke.
    revoked: Option<Result<(), String>>,
}

/// Runs the command. Nobody signed in is no error.
///
/// # Errors
/// When a session cannot be deleted.
pub(super) fn run(args: &LogoutArgs, context: &Context) -> Result<(), Error> {
    let outcomes = if args.all {
        all(context)?
    } else {
        vec![one(context)?]
    };
    print(context, &outcomes)
}

fn one(context: &Context) -> Result<Outcome, Error> {
    let settings = context.settings()?;
    let profile = settings.profile.value.clone();
    if settings.client_id.is_none() {
        return Ok(Outcome {
            profile,
            deleted: false,
            revoked: None,
        });
    }
    let mut kinds = vec![settings.store.value.clone()];
    kinds.extend(stores_used(context, &profile)?);
    sign_out(context, &context.identity()?, kinds)
}

fn all(context: &Context) -> Result<Vec<Outcome>, Error> {
    context
        .profiles_with_logins()?
        .into_iter()
        .map(|name| one(&context.for_profile(name)?))
        .collect()
}

/// A session may have been stored elsewhere before the store was changed (R29).
fn stores_used(context: &Context, profile: &str) -> Result<Vec<StoreKind>, Error> {
    let last = context.last_login(profile)?;
    let used = last.map(|last| last.stores_used).unwrap_or_default();
    Ok(used.iter().filter_map(|name| name.parse().ok()).collect())
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
    };
    let mut failure = None;
    for kind in distinct(kinds) {
        let keeper = context.keeper_in(context.store_of(&kind)?, identity.clone());
        match erase(context, keeper) {
            Ok((deleted, revoked)) => {
                outcome.deleted |= deleted;
                outcome.revoked = revoked.or(outcome.revoked);
            }
            Err(error) => failure = failure.or(Some(error)),
        }
    }
    failure.map_or(Ok(outcome), Err)
}

fn distinct(kinds: Vec<StoreKind>) -> Vec<StoreKind> {
    let mut distinct = Vec::new();
    for kind in kinds {
        if !distinct.contains(&kind) {
            distinct.push(kind);
        }
    }
    distinct
}

type Revoked = Option<Result<(), String>>;

fn erase(context: &Context, keeper: Keeper) -> Result<(bool, Revoked), Error> {
    let keeper = Arc::new(keeper);
    context.block_on(async {
        let guard = keeper.lock(Context::SHORT_WAIT).await?;
        let record = match keeper.load() {
            Ok(record) => record,
            // What cannot be read cannot be revoked, but it can be deleted.
            Err(error) => {
                context
                    .output
                    .warn(format!("{error}; it is deleted unread"));
                None
            }
        };
        let revoked = match &record {
            Some(record) => Some(
                revoke(context, &keeper, record)
                    .await
                    .map_err(|error| error.sentence()),
            ),
            None => None,
        };
        let deleted = keeper.erase(&guard)?;
        Ok((deleted, revoked))
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
    json!({
        "profile": outcome.profile,
        "deleted": outcome.deleted,
        "revoked": outcome.revoked.as_ref().map(Result::is_ok),
    })
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
        (true, None) => format!("Profile {profile}: session deleted here."),
        (false, _) => format!("Profile {profile}: nobody was signed in."),
    }
}
