//! What a client may do with a refresh token: rotate it, narrow its scope, revoke it.
//!
//! The bookkeeping itself is that of [`grants`](super::grants). RFC 6749 §6, RFC 7009; reuse ends
//! a family as docs/portal.md, Token has it.

use crate::clock::ago;
use crate::crypto::random::Fingerprint;
use crate::model::client::Client;
use crate::model::grants::{Consent, GrantError, Grants, Issuance, Rotation, grant_error, unknown};

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
        let invalid = |why: String| Err(grant_error("invalid_grant", why));
        let Some(token) = self.open_refresh_token(presented) else {
            return invalid(unknown("refresh token", presented));
        };
        let has_expired = (token.expires <= now).then(|| ago(token.expires, now));
        let Some(grant) = self.families.get(&token.grant) else {
            return invalid(match has_expired {
                Some(ago) => format!("the refresh token expired {ago}"),
                None => "the session of the refresh token has ended".to_owned(),
            });
        };
        let (owner, caller) = (&*grant.consent.client_id, &*client.id);
        if owner != caller {
            return invalid(format!(
                "the refresh token was issued to another client, {owner}, not to {caller}"
            ));
        }
        let (consent, revoked, newest) = (grant.consent.clone(), grant.revoked, grant.refresh);
        let older_by = newest.generation.saturating_sub(token.generation);
        if older_by > 0 {
            let why = "a refresh token was used a second time";
            self.revoke_family(token.grant, now, why);
            let since = match older_by {
                1 => format!("it was rotated {}", ago(newest.issued, now)),
                _ => format!("it was rotated {older_by} refreshes ago"),
            };
            return invalid(format!(
                "the refresh token was already used: {since}, and the client must use the new \
                 one; its token family was revoked"
            ));
        }
        if let Some(at) = newest.revoked {
            self.revoke_family(token.grant, now, "a revoked refresh token was used");
            let ago = ago(at, now);
            return invalid(format!(
                "the refresh token was revoked {ago}; its token family was revoked too"
            ));
        }
        match (revoked, has_expired) {
            (Some((at, why)), _) => {
                let ago = ago(at, now);
                invalid(format!("the token family was revoked {ago}: {why}"))
            }
            (None, Some(ago)) => invalid(format!("the refresh token expired {ago}")),
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
            self.access_tokens.remove(&fingerprint);
            return "the access token was revoked";
        }
        "the token is unknown or was already revoked"
    }
}

/// Every scope must be in the original grant and in the client's present allow-list.
fn narrowed(consent: &Consent, client: &Client, scopes: &[String]) -> Result<(), GrantError> {
    for scope in scopes {
        if !consent.scopes.contains(scope) {
            return Err(grant_error(
                "invalid_scope",
                format!(
                    "scope {scope} was not granted at login; granted were {}",
                    consent.scopes.join(" ")
                ),
            ));
        }
        if !client.scopes.contains(scope) {
            return Err(grant_error(
                "invalid_scope",
                format!("scope {scope} is no longer allowed for this client"),
            ));
        }
    }
    Ok(())
}
