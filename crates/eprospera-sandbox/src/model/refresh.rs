//! What a client may do with a refresh token: rotate it, narrow its scope, revoke it.
//!
//! The bookkeeping itself is that of [`grants`](super::grants). RFC 6749 §6, RFC 7009; reuse ends
//! a family as docs/portal.md, Token has it.

use crate::client_text;
use crate::clock::ago;
use crate::crypto::random::Fingerprint;
use crate::current_exchange::ExchangeNumber;
use crate::model::client::Client;
use crate::model::consent::Consent;
use crate::model::grant_error::{GrantError, grant_error, of_another_client, unknown};
use crate::model::grants::{Grants, Issuance, RefreshToken, Rotation};
use crate::model::history::Step;
use crate::model::refresh_token::RefreshTokenContent;
use crate::model::scope::MAX_SCOPE_CHARS_SHOWN;
use crate::reason::Reason;

const SIGN_IN_AGAIN: &str =
    "sign in again, and delete the tokens of this session wherever you keep them";

impl Grants {
    /// Rotates a refresh token. Reuse of a spent one, or use of a revoked one, ends the family.
    /// Narrowing concerns this answer only: the next token has the original scope again (RFC 6749
    /// §6; docs/portal.md, Sandbox choices).
    pub(crate) fn refresh(
        &mut self,
        client: &Client,
        presented: &str,
        scope: Option<Vec<String>>,
        times: (i64, i64),
        rotation: Rotation,
    ) -> Result<Issuance, GrantError> {
        let (now, refresh_expires) = times;
        let (number, consent) = self.usable(client, presented, now)?;
        let scopes = match scope {
            None => consent.scopes.clone(),
            Some(scopes) => {
                narrowed(&consent, client, &scopes)?;
                self.shared_list(&scopes)
            }
        };
        let refresh_token = match rotation {
            Rotation::Keep => Some(presented.to_owned()),
            Rotation::Withhold => None,
            Rotation::Rotate => self.rotate(number, times),
        };
        if rotation != Rotation::Rotate {
            let generation = self
                .families
                .get(&number)
                .map(|grant| grant.refresh.generation);
            let step = Step::Refreshed(generation.unwrap_or_default());
            self.histories.note(number, now, step);
        }
        if let Some(grant) = self.families.get_mut(&number) {
            grant.expires = grant.expires.max(refresh_expires);
        }
        Ok(Issuance {
            grant: number,
            consent,
            scopes,
            nonce: None,
            refresh_token,
        })
    }

    fn usable(
        &mut self,
        client: &Client,
        presented: &str,
        now: i64,
    ) -> Result<(u64, Consent), GrantError> {
        let invalid = |reason: Reason| grant_error("invalid_grant", reason);
        let Some(token) = self.open_refresh_token(presented) else {
            return Err(invalid(unknown("refresh token", presented)));
        };
        let refuse = |reason: Reason| Err(invalid(reason).of_session(token.grant));
        let has_expired = (token.expires <= now).then(|| expired(token, now));
        let Some(grant) = self.families.get(&token.grant) else {
            let ended = || {
                let why = "the session of the refresh token has ended";
                Reason::new(why, SIGN_IN_AGAIN)
            };
            return refuse(has_expired.unwrap_or_else(ended));
        };
        let (owner, caller) = (&*grant.consent.client_id, &*client.id);
        if owner != caller {
            return refuse(of_another_client("refresh token", owner, caller));
        }
        let (consent, revoked, newest) = (grant.consent.clone(), grant.revoked, grant.refresh);
        if newest.generation > token.generation {
            let why = "a refresh token was used a second time";
            let next = token.generation.saturating_add(1);
            let rotated_by = if next == newest.generation {
                newest.exchange
            } else {
                self.histories.issuer_of(token.grant, next)
            };
            self.revoke_family(token.grant, now, why);
            return refuse(reused(token, newest, rotated_by, now));
        }
        if let Some(at) = newest.revoked {
            self.revoke_family(token.grant, now, "a revoked refresh token was used");
            let ago = ago(at, now);
            return refuse(Reason::new(
                format!("the refresh token was revoked {ago}; its token family was revoked too"),
                "sign in again, and delete a refresh token from your store when you revoke it",
            ));
        }
        match (revoked, has_expired) {
            (Some(end), _) => {
                let ago = ago(end.at, now);
                let by = end.exchange;
                let by = by.map_or(String::new(), |number| {
                    format!("request {number} ended it; ")
                });
                refuse(Reason::new(
                    format!("the token family was revoked {ago}: {}", end.why),
                    format!("{by}{SIGN_IN_AGAIN}"),
                ))
            }
            (None, Some(reason)) => refuse(reason),
            (None, None) => Ok((token.grant, consent)),
        }
    }

    /// Revokes one token of a client (RFC 7009 §2.1) and says what it was.
    ///
    /// The other kind of token stays as it is (docs/portal.md, Sandbox choices), so that a
    /// client that forgets one of the two is found out.
    pub(crate) fn revoke(&mut self, client: &Client, token: &str, now: i64) -> &'static str {
        if let Some(content) = self.open_refresh_token(token) {
            let Some(grant) = self.families.get_mut(&content.grant) else {
                return "the refresh token was no longer in use";
            };
            if *grant.consent.client_id != *client.id {
                return "the refresh token belongs to another client; nothing was revoked";
            }
            let refresh = &mut grant.refresh;
            if refresh.generation == content.generation && refresh.revoked.is_none() {
                refresh.revoked = Some(now);
                let step = Step::RefreshTokenRevoked(content.generation);
                self.histories.note(content.grant, now, step);
                return "the refresh token was revoked";
            }
            return "the refresh token was no longer in use";
        }
        let fingerprint = Fingerprint::of(token);
        if let Some(access) = self.access_tokens.get(&fingerprint) {
            let grant = self.families.get(&access.grant);
            if grant.is_none_or(|grant| *grant.consent.client_id != *client.id) {
                return "the access token belongs to another client; nothing was revoked";
            }
            let family = access.grant;
            self.access_tokens.remove(&fingerprint);
            self.histories.note(family, now, Step::AccessTokenRevoked);
            return "the access token was revoked";
        }
        "the token is unknown or was already revoked"
    }
}

fn expired(token: RefreshTokenContent, now: i64) -> Reason {
    Reason::new(
        format!("the refresh token expired {}", ago(token.expires, now)),
        "sign in again: a session that is not refreshed for the lifetime of its refresh token ends",
    )
}

/// Why an old refresh token is refused, and which request ended it.
fn reused(
    token: RefreshTokenContent,
    newest: RefreshToken,
    rotated_by: Option<ExchangeNumber>,
    now: i64,
) -> Reason {
    let since = match newest.generation - token.generation {
        1 => format!("it was rotated {}", ago(newest.issued, now)),
        older_by => format!("it was rotated {older_by} refreshes ago"),
    };
    let by = match rotated_by {
        Some(number) => format!("request {number} rotated this one and got a new one"),
        None => "this one was rotated, and its request got a new one".to_owned(),
    };
    Reason::new(
        format!(
            "the refresh token was already used: {since}, and the client must use the new one; its \
             token family was revoked"
        ),
        format!(
            "send the `refresh_token` of the newest token response: {by}. Store the new refresh token \
             before you use the access token beside it, and let only one process refresh at a time. \
             The session has ended: sign in again"
        ),
    )
}

/// Every scope must be in the original grant and in the client's present allow-list.
fn narrowed(consent: &Consent, client: &Client, scopes: &[String]) -> Result<(), GrantError> {
    for scope in scopes {
        if !consent.scopes.contains(scope) {
            let granted = consent.scopes.join(" ");
            let shown = client_text::shown(scope, MAX_SCOPE_CHARS_SHOWN);
            let reason = Reason::new(
                format!("the sign-in did not grant the scope {shown}, only {granted}"),
                format!(
                    "leave `scope` out to get all that was granted, or send fewer of them: \
                     `scope={granted}`; for another scope, sign in again"
                ),
            );
            return Err(grant_error("invalid_scope", reason));
        }
        if !client.scopes.contains(scope) {
            let reason = Reason::new(
                format!("scope {scope} is no longer allowed for this client"),
                format!("leave {scope} out of `scope`, or add it to the client's `scopes`"),
            );
            return Err(grant_error("invalid_scope", reason));
        }
    }
    Ok(())
}
