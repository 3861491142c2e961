//! `refresh`: rotates now and says what changed, never the tokens.

use serde_json::json;

use super::scope_names;
use crate::cli::RefreshArgs;
use crate::context::Context;
use crate::error::Error;
use crate::output::{Json, Page, clock_time, moment, span};
use crate::provider::Feature;
use crate::session::{Record, RefreshOutcome};

pub(super) fn run(args: &RefreshArgs, context: &Context) -> Result<(), Error> {
    context.say_that_the_store_is_meant("refresh");
    let (session_store, before) = super::stored_session::signed_in(context)?;
    let provider = context.settings()?.provider.value;
    if !provider.offers(Feature::Refresh) {
        let error = format!("{} does not support refresh", provider.title);
        return Err(Error::login_required(error).hint(
            "run `eprospera login`; until then, the access token is used as long as it is \
                   valid",
        ));
    }
    if before.refresh.is_none() {
        return Err(
            Error::login_required("the session has no refresh token").hint(
                "run `eprospera login` with the scope offline_access, which some providers \
                   grant only with `--prompt consent`. Until then, the access token is used as \
                   long as it is valid",
            ),
        );
    }
    let is_granted = |word: &str| before.scopes.split(' ').any(|scope| scope == word);
    let scope = args.scope.as_deref();
    let scope = scope
        .map(|text| scope_names::expand(provider, text, is_granted))
        .transpose()?;
    let server = context.server(session_store.store())?;
    let outcome = context.wait_for("Refreshing the session…", async {
        Ok(context
            .refresher(&session_store, &server)
            .refresh(&before, scope.as_deref())
            .await?)
    })?;
    let (after, by_us) = match outcome {
        RefreshOutcome::Refreshed(after) => (after, true),
        outcome @ RefreshOutcome::Rescued(..) => {
            (super::stored_session::usable(context, outcome), true)
        }
        RefreshOutcome::AlreadyRefreshed(after) | RefreshOutcome::UnderWay(after) => (after, false),
        RefreshOutcome::StillValid(_, reason) => return Err(reason.into()),
    };
    print(context, &before, &after, by_us)
}

fn print(context: &Context, before: &Record, after: &Record, by_us: bool) -> Result<(), Error> {
    let now = context.clock.now();
    let secret_changed = |old: Option<&crate::secret::Secret>,
                          new: Option<&crate::secret::Secret>| {
        matches!((old, new), (Some(old), Some(new)) if !old.equals(new.expose()))
    };
    let refresh_rotated = secret_changed(
        before.refresh.as_ref().map(|refresh| &refresh.token),
        after.refresh.as_ref().map(|refresh| &refresh.token),
    );
    let new_id_token = secret_changed(
        before.id_token.as_ref().map(|id| &id.token),
        after.id_token.as_ref().map(|id| &id.token),
    );
    let expires_at = after.access.as_ref().map(|access| access.expires_at);
    let json = json!({
        "rotated_by": if by_us { "this command" } else { "another process" },
        "generation": after.generation,
        "access_token": { "expires_at": expires_at.map(moment) },
        "refresh_token_rotated": refresh_rotated,
        "id_token_renewed": new_id_token,
        "scopes": after.scopes.split(' ').collect::<Vec<_>>(),
        "scopes_before": before.scopes.split(' ').collect::<Vec<_>>(),
    });
    context
        .output
        .answer(Json::Value(&json), &|page: &mut Page| {
            if !by_us {
                page.say("Another process had just refreshed the tokens.");
            }
            let narrowed = after.scopes != before.scopes;
            page.fields(&[
                (
                    "access token",
                    expires_at.map(|at| {
                        format!(
                            "new, expires in {}, {}",
                            span(at - now),
                            clock_time(at, now)
                        )
                    }),
                ),
                (
                    "refresh token",
                    Some(if refresh_rotated { "rotated" } else { "kept" }.to_owned()),
                ),
                (
                    "ID token",
                    Some(if new_id_token { "new" } else { "kept" }.to_owned()),
                ),
                (
                    "scopes",
                    Some(if narrowed {
                        format!("now {}", after.scopes)
                    } else {
                        "unchanged".to_owned()
                    }),
                ),
            ]);
        })
}
