//! What `logout` says: whether the tokens were revoked, and whether the session was deleted.

use serde_json::{Value, json};

use super::outcome::{LogoutOutcome, StoreResult, UnrevokedToken, all_revoked};
use crate::context::Context;
use crate::error::Error;
use crate::output::{Json, Page, Tone, date_and_time, moment};

/// Whether a script gets an object or a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// The facts of one profile.
    One,
    /// Those of any number of them.
    List,
}

/// Reports both facts of each profile.
pub(super) fn print(
    context: &Context,
    outcomes: &[LogoutOutcome],
    shape: Shape,
) -> Result<(), Error> {
    for outcome in outcomes {
        for part in outcome.told().chain(outcome.unfinished()) {
            if let Some(Err(reason)) = &part.revoked {
                context.output.warn(format!(
                    "the provider did not revoke the tokens of profile {}: {reason}",
                    name(outcome, part)
                ));
            }
        }
        if outcome.keeps_export() {
            context.output.note(format!(
                "an encrypted copy of the exported session of profile {} is kept; if the export \
                 did not arrive, run `eprospera session restore`",
                outcome.profile
            ));
        }
    }
    let facts: Vec<_> = outcomes.iter().map(facts).collect();
    let json = match (shape, facts.as_slice()) {
        (Shape::One, [one]) => one.clone(),
        _ => json!(facts),
    };
    context
        .output
        .answer(Json::Value(&json), &|page: &mut Page| {
            for outcome in outcomes {
                say(outcome, page);
            }
        })
}

fn facts(outcome: &LogoutOutcome) -> Value {
    let mut facts = json!({
        "profile": outcome.profile,
        "deleted": outcome.deleted(),
        "revoked": outcome.revoked(),
    });
    if outcome.keeps_export() {
        facts["keeps_export"] = json!(true);
    }
    if let Some(lasting) = outcome.lasting() {
        facts["access_token_ends_at"] = json!(moment(lasting.ends_at));
    }
    if outcome.unfinished().next().is_some() {
        facts["unfinished_login"] = json!({
            "deleted": outcome.unfinished().all(|part| part.deleted),
            "revoked": all_revoked(outcome.unfinished()),
        });
    }
    if outcome.is_mixed() {
        facts["stores"] = outcome.told().map(facts_of_part).collect();
    }
    facts
}

fn facts_of_part(part: &StoreResult) -> Value {
    json!({
        "store": part.store,
        "deleted": part.deleted,
        "revoked": part.revoked.as_ref().map(Result::is_ok),
    })
}

/// One sentence, or one for each store where no one sentence is true of all.
fn say(outcome: &LogoutOutcome, page: &mut Page) {
    let mut told = outcome.told().peekable();
    if told.peek().is_none() {
        page.say(format!("Profile {}: not signed in.", outcome.profile));
    }
    let sentences = if outcome.is_mixed() { usize::MAX } else { 1 };
    for part in told.take(sentences) {
        let sentence = format!("Profile {}: {}", name(outcome, part), sentence(part));
        page.outcome(sentence, tone(part));
    }
    for part in outcome.unfinished() {
        let what = sentence_of_unfinished(part);
        let sentence = format!("Profile {}: {what}", name(outcome, part));
        page.outcome(sentence, tone(part));
    }
}

fn tone(part: &StoreResult) -> Tone {
    match (part.deleted, &part.revoked) {
        (true, Some(Ok(())) | None) => Tone::Good,
        (true, Some(Err(_))) => Tone::Caution,
        (false, _) => Tone::Bad,
    }
}

/// The profile, and the store where it tells something.
fn name(outcome: &LogoutOutcome, part: &StoreResult) -> String {
    let login = if part.is_unfinished {
        ", unfinished login"
    } else {
        ""
    };
    if outcome.is_mixed() {
        format!("{}{login}, store {}", outcome.profile, part.store)
    } else {
        format!("{}{login}", outcome.profile)
    }
}

fn sentence_of_unfinished(part: &StoreResult) -> &'static str {
    match (part.deleted, &part.revoked) {
        (true, Some(Ok(()))) => "its tokens were revoked at the provider and deleted here.",
        (true, Some(Err(_))) => "its tokens were NOT revoked at the provider, but deleted here.",
        (true, None) => "its tokens were deleted here.",
        (false, Some(Ok(()))) => "its tokens were revoked at the provider, but NOT deleted here.",
        (false, Some(Err(_)) | None) => "its tokens were NOT revoked and NOT deleted here.",
    }
}

fn sentence(part: &StoreResult) -> String {
    match (part.deleted, &part.revoked) {
        (true, Some(Ok(()))) => "tokens revoked at the provider, session deleted here.".to_owned(),
        (true, Some(Err(_))) => {
            "tokens NOT revoked at the provider, session deleted here.".to_owned()
        }
        (true, None) => match &part.lasting {
            None => "session deleted here.".to_owned(),
            Some(UnrevokedToken { provider, ends_at }) => format!(
                "session deleted here. {provider} does not support revocation; the access token \
                 expires at {}.",
                date_and_time(*ends_at)
            ),
        },
        (false, Some(Ok(()))) => {
            "tokens revoked at the provider, session NOT deleted here.".to_owned()
        }
        (false, Some(Err(_))) => {
            "tokens NOT revoked at the provider, session NOT deleted here.".to_owned()
        }
        // Only a failure is reported then.
        (false, None) => "nothing was revoked or deleted.".to_owned(),
    }
}
