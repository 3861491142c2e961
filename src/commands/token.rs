//! `token`: prints a valid token, and nothing else on stdout (R39).

use serde_json::json;

use crate::cli::{TokenArgs, TokenFormat, TokenKind};
use crate::clock::Seconds;
use crate::context::Context;
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
    let need = match args.min_ttl {
        Some(time) => Need::AtLeast(Seconds::try_from(time.as_secs()).unwrap_or(Seconds::MAX)),
        None => Need::Usual,
    };
    let keeper = context.keeper()?;
    let record = match keeper.fresh(need)? {
        Ok(record) => record,
        Err(stale) => {
            let server = context.server(keeper.store())?;
            let renewal = context.block_on(async {
                Ok(context
                    .renewer(&keeper, &server)
                    .renew(&stale, None)
                    .await?)
            })?;
            still_good_enough(context, need, renewal)?
        }
    };
    let (token, expires_at) = chosen(args.kind, &record)?;
    context
        .output
        .data(&printed(args.format, &token, expires_at))
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
