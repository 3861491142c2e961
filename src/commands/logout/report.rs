//! What `logout` says: whether the tokens were revoked, and whether the session was deleted.

use serde_json::{Value, json};

use super::{Lasting, Outcome};
use crate::context::Context;
use crate::error::Error;
use crate::output::{Json, Page, moment};

/// Reports both facts of each profile.
///
/// # Errors
/// When stdout cannot be written.
pub(super) fn print(context: &Context, outcomes: &[Outcome]) -> Result<(), Error> {
    for outcome in outcomes {
        if let Some(Err(reason)) = &outcome.revoked {
            context.output.warn(format!(
                "the provider did not revoke the tokens of profile {}: {reason}",
                outcome.profile
            ));
        }
        if outcome.keeps_export {
            context.output.note(format!(
                "the session of profile {} that was exported is kept, encrypted: `eprospera \
                 session restore` brings it back if it did not arrive",
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
    if outcome.keeps_export {
        facts["keeps_export"] = json!(true);
    }
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
        (false, Some(Ok(()))) => {
            format!("Profile {profile}: tokens revoked at the provider, session NOT deleted here.")
        }
        (false, Some(Err(_))) => format!(
            "Profile {profile}: tokens NOT revoked at the provider, session NOT deleted here."
        ),
        (false, None) if outcome.failure.is_some() => {
            format!("Profile {profile}: nothing was revoked or deleted.")
        }
        (false, None) => format!("Profile {profile}: nobody was signed in."),
    }
}
