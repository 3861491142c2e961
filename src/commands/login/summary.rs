//! What `login` says at its end: who is signed in, and what was not granted.

use serde_json::json;

use super::attempt::SignedIn;
use super::scopes::missing;
use crate::context::Context;
use crate::error::Error;
use crate::output::{Json, Page, Tone, line, span};
use crate::provider::{Feature, Provider, Scope};
use crate::session::SessionStore;

pub(super) fn greet(
    context: &Context,
    session_store: &SessionStore,
    signed_in: &SignedIn,
) -> Result<(), Error> {
    let now = context.clock.now();
    let record = &signed_in.record;
    let missing = missing(&signed_in.asked, &record.scopes);
    regret(context, signed_in, &missing)?;
    let json = json!({
        "account": record.account,
        "profile": session_store.identity().profile,
        "issuer": session_store.identity().issuer,
        "client_id": session_store.identity().client_id,
        "scopes": record.scopes.split(' ').collect::<Vec<_>>(),
        "missing_scopes": missing,
        "store": session_store.store().kind(),
        "expires_in": record.access.as_ref().map(|access| access.remaining(now)),
        "refreshable": record.refresh.is_some(),
    });
    context
        .output
        .answer(Json::Value(&json), &|page: &mut Page| {
            let label = record.account.label();
            page.outcome(format!("Signed in as {label}"), Tone::Good);
            page.gap();
            page.fields(&[
                ("account", record.account.name.clone()),
                ("profile", Some(session_store.identity().profile.clone())),
                ("issuer", Some(session_store.identity().issuer.clone())),
                ("scopes", Some(record.scopes.clone())),
                (
                    "access token",
                    record
                        .access
                        .as_ref()
                        .map(|access| format!("expires in {}", span(access.remaining(now)))),
                ),
                ("stored in", Some(session_store.location())),
            ]);
        })
}

/// Says what a login did not get, and how to get it.
fn regret(context: &Context, signed_in: &SignedIn, missing: &[&str]) -> Result<(), Error> {
    let output = context.output;
    let provider: &Provider = context.settings()?.provider.value;
    let is_refreshable = signed_in.record.refresh.is_some();
    if !provider.offers(Feature::Refresh) {
        let title = provider.title;
        output.note(format!(
            "{title} does not support refresh: the session ends when its access token expires"
        ));
    } else if !is_refreshable
        && signed_in
            .asked
            .split(' ')
            .any(|scope| scope == "offline_access")
    {
        // OpenID Connect Core §11: without consent a provider must ignore the scope.
        output.warn(
            "no refresh token was granted, although offline_access was requested: the session \
             ends when its access token expires. Some providers grant one only with `eprospera \
             login --prompt consent`",
        );
    } else if !is_refreshable {
        output.note(
            "no refresh token was granted: the session ends when its access token expires (the \
             scope offline_access lets it refresh)",
        );
    }
    let others: Vec<_> = missing
        .iter()
        .copied()
        // Said already.
        .filter(|scope| *scope != "offline_access" || is_refreshable)
        .collect();
    if !others.is_empty() {
        let again = ask_again(provider, &others, &signed_in.asked);
        let others = line(&others.join(" "));
        let again = context.with_flags(&format!("`{again}`"));
        output.warn(format!(
            "not granted: {others}. Run {again} and approve all of them; if that does not help, \
             the client is not registered for them"
        ));
    }
    Ok(())
}

/// The login that asks once more for what was not granted.
fn ask_again(provider: &Provider, missing: &[&str], asked: &str) -> String {
    let short = missing
        .iter()
        .map(|scope| provider.scope(scope).map(Scope::short));
    match short.collect::<Result<Vec<_>, _>>() {
        Ok(short) => format!("eprospera login --add-scope {}", short.join(",")),
        Err(_) => format!("eprospera login --scope \"{}\"", line(asked)),
    }
}
