//! `introspect`: what the provider knows of a token (RFC 7662), for clients that have a secret.

use crate::cli::IntrospectArgs;
use crate::clock::Seconds;
use crate::context::Context;
use crate::error::Error;
use crate::oauth::{self, ClientAuth, Introspection, Metadata, TokenHint};
use crate::output::{Json, Page, Tone, clock_time, span};
use crate::provider::Feature;
use crate::secret::Secret;
use crate::session;

/// Runs the command. A token that is not active is an answer like any other.
pub(super) fn run(args: &IntrospectArgs, context: &Context) -> Result<(), Error> {
    context.require(Feature::Introspection, "introspect")?;
    let (token, hint) = subject(args, context)?;
    let server = context.server(context.store()?.as_ref())?;
    if matches!(server.credentials.auth, ClientAuth::None) {
        return Err(Error::usage(format!(
            "introspection needs a client secret, and none is known for {}",
            server.credentials.id
        ))
        .hint("if the client has a secret, store it with `eprospera profile set client-secret`"));
    }
    let found = context.block_on(async {
        let metadata = server.metadata().await?;
        let client = server.client(&metadata)?;
        let ask = async |metadata: &Metadata| {
            let endpoint = metadata.introspection_endpoint.as_ref();
            let endpoint = endpoint.ok_or_else(not_offered)?;
            let found = oauth::introspect(&server.http, endpoint, &client, &token, hint).await;
            Ok::<_, Error>(found)
        };
        let mut found = ask(&metadata).await?;
        if found.as_ref().is_err_and(oauth::Error::is_not_there)
            && let Some(moved) = server.moved(&metadata).await
        {
            found = ask(&moved).await?;
        }
        found.map_err(explained)
    })?;
    let now = context.clock.now();
    context
        .output
        .answer(Json::Body(&found.body), &|page: &mut Page| {
            describe(page, &found, now);
        })
}

/// The token, and what is known of its type.
fn subject(args: &IntrospectArgs, context: &Context) -> Result<(Secret, Option<TokenHint>), Error> {
    if let Some(text) = &args.token {
        if text != "-" {
            context.output.note(
                "other users of this machine can read arguments; use `-` to read the token \
                       from stdin",
            );
        }
        let token = super::token_argument::read(text)?;
        if token.is_empty() {
            return Err(Error::usage("the token is empty"));
        }
        return Ok((token, None));
    }
    if let Some(given) = context.given_token()? {
        return Ok((given.token, Some(TokenHint::Access)));
    }
    let access = context.session_store()?.require()?.access;
    let access = access.ok_or(session::Error::Expired)?;
    Ok((access.token, Some(TokenHint::Access)))
}

fn not_offered() -> Error {
    Error::not_found("this server does not offer introspection")
        .hint("run `eprospera status --check` to see whether the stored token works")
}

/// An older server has no such endpoint, whatever its metadata says (docs/portal.md,
/// "Discrepancies").
fn explained(error: oauth::Error) -> Error {
    use oauth::Error as E;
    match error {
        E::Refused { status, .. } | E::Unexpected { status, .. }
            if matches!(status, 404 | 405 | 501) =>
        {
            not_offered().http_status(status)
        }
        error => error.into(),
    }
}

fn describe(page: &mut Page, found: &Introspection, now: Seconds) {
    if !found.active {
        page.outcome(
            "The token is not active: it has expired, was revoked, or was issued to another client.",
            Tone::Caution,
        );
        return;
    }
    page.outcome("The token is active.", Tone::Good);
    page.gap();
    let expires = found.exp.map(|at| match at.saturating_sub(now) {
        left if left > 0 => format!("in {}, {}", span(left), clock_time(at, now)),
        _ => format!(
            "{} ago, {}",
            span(now.saturating_sub(at)),
            clock_time(at, now)
        ),
    });
    let issued = found.iat.map(|at| {
        format!(
            "{} ago, {}",
            span(now.saturating_sub(at)),
            clock_time(at, now)
        )
    });
    let audience = (!found.aud.is_empty()).then(|| found.aud.join(", "));
    let fields = [
        ("username", found.username.clone()),
        ("subject", found.sub.clone()),
        ("client id", found.client_id.clone()),
        ("scopes", found.scope.clone()),
        ("token type", found.token_type.clone()),
        ("issued", issued),
        ("expires", expires),
        ("issuer", found.iss.clone()),
        ("audience", audience),
    ];
    let known: Vec<_> = fields
        .into_iter()
        .filter(|(_, value)| value.is_some())
        .collect();
    page.fields(&known);
}
