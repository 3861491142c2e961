//! `token`: prints a valid token, and nothing else on stdout (R39).

use std::time::Duration;

use serde_json::json;

use crate::cli::{TokenArgs, TokenFormat, TokenKind};
use crate::clock::Seconds;
use crate::context::{Context, Given};
use crate::env;
use crate::error::{Error, Kind};
use crate::output::moment;
use crate::secret::Secret;
use crate::session::{Need, Record, Renewal};

/// Runs the command. With a fresh token this starts no runtime and no TLS.
///
/// # Errors
/// Exit 3 without a session, else why the session could not be renewed.
pub(super) fn run(args: &TokenArgs, context: &Context) -> Result<(), Error> {
    let (token, expires_at) = match context.given_token()? {
        Some(given) => (as_given(args, context, given)?, None),
        None => chosen(args.kind, &session(context, args.min_ttl)?)?,
    };
    context
        .output
        .data(&printed(args.format, &token, expires_at))
}

/// The session, with an access token that is good enough. Renewed where needed.
pub(super) fn session(context: &Context, min_ttl: Option<Duration>) -> Result<Record, Error> {
    let need = match min_ttl {
        Some(time) => Need::AtLeast(Seconds::try_from(time.as_secs()).unwrap_or(Seconds::MAX)),
        None => Need::Usual,
    };
    let keeper = context.keeper()?;
    match keeper.fresh(need)? {
        Ok(record) => Ok(record),
        Err(stale) => {
            let server = context.server(keeper.store())?;
            let renewal = context.block_on(async {
                Ok(context
                    .renewer(&keeper, &server)
                    .renew(&stale, None)
                    .await?)
            })?;
            still_good_enough(context, need, renewal)
        }
    }
}

/// The credential that was given; how long it is valid nobody knows.
fn as_given(args: &TokenArgs, context: &Context, given: Given) -> Result<Secret, Error> {
    let source = given.source;
    if args.kind == TokenKind::Id {
        return Err(
            Error::said(Kind::NotFound, format!("{source} gives no ID token"))
                .hint(format!("unset {source} to print the session's")),
        );
    }
    if args.min_ttl.is_some() {
        context.output.note(format!(
            "the token of {source} is printed as it is: how long it is valid is not known"
        ));
    }
    Ok(given.token)
}

/// A token that could not be renewed will do unless more was asked for explicitly.
fn still_good_enough(context: &Context, need: Need, renewal: Renewal) -> Result<Record, Error> {
    match renewal {
        Renewal::StillValid(_, reason) if matches!(need, Need::AtLeast(_)) => Err(reason.into()),
        renewal => Ok(super::usable(context, renewal)),
    }
}

fn chosen(kind: TokenKind, record: &Record) -> Result<(Secret, Option<Seconds>), Error> {
    match kind {
        TokenKind::Access => {
            let access = record
                .access
                .as_ref()
                .ok_or(crate::session::Error::Expired)?;
            Ok((access.token.clone(), Some(access.expires_at)))
        }
        TokenKind::Id => {
            let id = record.id_token.as_ref().ok_or_else(|| {
                Error::said(Kind::NotFound, "the session has no ID token")
                    .hint("sign in with scope openid")
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
    }
}

fn printed(format: TokenFormat, token: &Secret, expires_at: Option<Seconds>) -> String {
    let token = token.expose();
    match format {
        TokenFormat::Bare => format!("{token}\n"),
        TokenFormat::Header => format!("Authorization: Bearer {token}\n"),
        TokenFormat::Env => format!("{}={token}\n", env::TOKEN),
        TokenFormat::Json => {
            let json = json!({ "token": token, "expires_at": expires_at.map(moment) });
            format!("{json:#}\n")
        }
    }
}
