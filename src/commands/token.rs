//! `token`: prints a valid token, and nothing else on stdout.

use std::time::Duration;

use serde_json::json;

use crate::cli::{TokenArgs, TokenFormat, TokenKind};
use crate::clock::Seconds;
use crate::context::{Context, Given};
use crate::env;
use crate::error::Error;
use crate::output::moment;
use crate::provider::Feature;
use crate::secret::Secret;
use crate::session::{self, Loaded, MinValidity, Record, RefreshOutcome};

/// Runs the command. With a fresh token this starts no runtime and no TLS.
pub(super) fn run(args: &TokenArgs, context: &Context) -> Result<(), Error> {
    let (token, expires_at) = match context.given_token()? {
        Some(given) => (as_given(args, context, given)?, None),
        None => match args.kind {
            TokenKind::Access => {
                let record = session(context, args.min_ttl)?;
                let access = super::stored_session::valid_access(context, &record)?;
                (access.token, Some(access.expires_at))
            }
            TokenKind::Id => {
                context.require(Feature::IdTokens, "token --type id")?;
                id_token(context, args.min_ttl)?
            }
        },
    };
    print(args.format, &token, expires_at, context)
}

/// The session, with an access token that is good enough. Refreshed where needed.
pub(super) fn session(context: &Context, min_ttl: Option<Duration>) -> Result<Record, Error> {
    let need = min_ttl.map_or(MinValidity::Usual, |time| {
        MinValidity::AtLeast(seconds(time))
    });
    let session_store = context.session_store()?;
    match session_store.load_if_fresh(need)? {
        Loaded::Fresh(record) => Ok(record),
        Loaded::Stale(stale) => {
            let server = context.server(session_store.store())?;
            let outcome = context.block_on(async {
                let refresher = context.refresher(&session_store, &server);
                match refresher.refresh_for(need, &stale).await? {
                    // What another process has fetched may be too old for a long need.
                    RefreshOutcome::AlreadyRefreshed(other)
                        if falls_short(context, need, &other) =>
                    {
                        Ok(refresher.refresh(&other, None).await?)
                    }
                    outcome => Ok(outcome),
                }
            })?;
            still_good_enough(context, need, outcome)
        }
    }
}

/// The credential that was given; how long it stays valid is unknown.
fn as_given(args: &TokenArgs, context: &Context, given: Given) -> Result<Secret, Error> {
    let source = given.source;
    if args.kind == TokenKind::Id {
        return Err(
            Error::not_found(format!("{source} does not provide an ID token")).hint(format!(
                "unset {source} to print the ID token of the stored session"
            )),
        );
    }
    if args.min_ttl.is_some() {
        context.output.note(format!(
            "printing the token in {source} as it is; how long it stays valid is unknown"
        ));
    }
    Ok(given.token)
}

/// A token that could not be refreshed will do unless more was asked for explicitly.
fn still_good_enough(
    context: &Context,
    need: MinValidity,
    outcome: RefreshOutcome,
) -> Result<Record, Error> {
    match outcome {
        RefreshOutcome::StillValid(_, reason) if matches!(need, MinValidity::AtLeast(_)) => {
            Err(reason.into())
        }
        outcome => {
            let record = super::stored_session::usable(context, outcome);
            match (need, &record.access) {
                // Tokens may have become shorter since the last one.
                (MinValidity::AtLeast(asked), Some(access)) if access.lifetime() < asked => {
                    let lifetime = access.lifetime();
                    Err(session::Error::NeverThatLong { asked, lifetime }.into())
                }
                _ => Ok(record),
            }
        }
    }
}

fn falls_short(context: &Context, need: MinValidity, record: &Record) -> bool {
    let (MinValidity::AtLeast(asked), Some(access)) = (need, &record.access) else {
        return false;
    };
    access.remaining(context.clock.now()) < asked && asked <= access.lifetime()
}

fn seconds(time: Duration) -> Seconds {
    Seconds::try_from(time.as_secs()).unwrap_or(Seconds::MAX)
}

/// An ID token has a life of its own: the access token may outlive it.
fn id_token(
    context: &Context,
    min_ttl: Option<Duration>,
) -> Result<(Secret, Option<Seconds>), Error> {
    let least = min_ttl.map_or(1, seconds).max(1);
    // The clock is read each time: another process or the provider may have been waited for.
    let lasts = |(_, expires_at): &(Secret, Option<Seconds>)| {
        let until = context.clock.now().saturating_add(least);
        expires_at.is_none_or(|at| at >= until)
    };
    let record = session(context, None)?;
    let stored = stored_id_token(&record)?;
    if lasts(&stored) {
        return Ok(stored);
    }
    if record.refresh.is_none() {
        return Err(Error::login_required(
            "the ID token has expired and the session has no refresh token",
        )
        .hint("run `eprospera login`"));
    }
    let session_store = context.session_store()?;
    let server = context.server(session_store.store())?;
    let outcome = context.block_on(async {
        Ok(context
            .refresher(&session_store, &server)
            .refresh(&record, None)
            .await?)
    })?;
    let refreshed = match outcome {
        RefreshOutcome::StillValid(_, reason) => return Err(reason.into()),
        outcome => stored_id_token(&super::stored_session::usable(context, outcome))?,
    };
    if lasts(&refreshed) {
        return Ok(refreshed);
    }
    Err(
        Error::failure("the provider does not issue ID tokens that stay valid for that long")
            .hint("use a shorter `--min-ttl`, or run `eprospera login`"),
    )
}

fn stored_id_token(record: &Record) -> Result<(Secret, Option<Seconds>), Error> {
    let id = record.id_token.as_ref().ok_or_else(|| {
        Error::not_found("the session has no ID token").hint(
            "run `eprospera login` with the \
                                                              scope openid",
        )
    })?;
    let claims = crate::oauth::id_token::decode(id.token.expose()).ok();
    let expires_at = claims.and_then(|decoded| {
        decoded
            .claims
            .get("exp")
            .and_then(serde_json::Value::as_i64)
    });
    Ok((id.token.clone(), expires_at))
}

fn print(
    format: TokenFormat,
    token: &Secret,
    expires_at: Option<Seconds>,
    context: &Context,
) -> Result<(), Error> {
    let token = token.expose();
    let text = match format {
        TokenFormat::Bare => format!("{token}\n"),
        TokenFormat::Header => format!("Authorization: Bearer {token}\n"),
        TokenFormat::Env => format!("{}={token}\n", env::TOKEN),
        TokenFormat::Json => {
            let json = json!({ "token": token, "expires_at": expires_at.map(moment) });
            return context.output.document(format!("{json:#}\n").as_bytes());
        }
    };
    context.output.data(&text)
}
