//! What a client may do with a refresh token: rotate it, narrow its scope, revoke it.
//!
//! The bookkeeping itself is that of [`grants`](super::grants). RFC 6749 §6, RFC 7009; reuse ends
//! a family as docs/portal.md, Token has it.

use std::collections::HashMap;

use crate::clock::ago;
use crate::crypto::random::Fingerprint;
use crate::model::client::Client;
use crate::model::grants::{
    Consent, Grant, GrantError, Grants, Issuance, RefreshTokenState, Rotation, grant_error, unknown,
};

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
        let fingerprint = Fingerprint::of(presented);
        let (number, consent) = self.usable(client, presented, now)?;
        let scopes = match scope {
            None => consent.scopes.clone(),
            Some(scopes) => narrowed(&consent, client, scopes)?,
        };
        let refresh_token = match rotation {
            Rotation::Keep => Some(presented.to_owned()),
            Rotation::Withhold => None,
            Rotation::Rotate => {
                if let Some(token) = self.refresh_tokens.get_mut(&fingerprint) {
                    token.standing = RefreshTokenState::Used(now);
                }
                Some(self.issue_refresh_token(number, times))
            }
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
        let Some(token) = self.refresh_tokens.get(&Fingerprint::of(presented)) else {
            return invalid(unknown("refresh token", presented));
        };
        let (number, standing, expires) = (token.grant, token.standing, token.expires);
        let Some(grant) = self.families.get(&number) else {
            return invalid("the session of the refresh token has ended".to_owned());
        };
        let (owner, caller) = (&grant.consent.client_id, &client.id);
        if owner != caller {
            return invalid(format!(
                "the refresh token was issued to another client, {owner}, not to {caller}"
            ));
        }
        let (consent, revoked) = (grant.consent.clone(), grant.revoked);
        match standing {
            RefreshTokenState::Used(at) => {
                self.revoke_family(number, now, "a refresh token was used a second time");
                let ago = ago(at, now);
                invalid(format!(
                    "the refresh token was already used: it was rotated {ago}, and the client \
                     must use the new one; its token family was revoked"
                ))
            }
            RefreshTokenState::Revoked(at) => {
                self.revoke_family(number, now, "a revoked refresh token was used");
                let ago = ago(at, now);
                invalid(format!(
                    "the refresh token was revoked {ago}; its token family was revoked too"
                ))
            }
            RefreshTokenState::Fresh => match revoked {
                Some((at, why)) => {
                    let ago = ago(at, now);
                    invalid(format!("the token family was revoked {ago}: {why}"))
                }
                None if expires <= now => {
                    let ago = ago(expires, now);
                    invalid(format!("the refresh token expired {ago}"))
                }
                None => Ok((number, consent)),
            },
        }
    }

    /// Revokes one token of a client (RFC 7009 §2.1) and says what it was.
    ///
    /// The other kind of token stays as it is (docs/portal.md, Sandbox choices), so that a
    /// client that forgets one of the two is found out.
    pub(crate) fn revoke(&mut self, client: &Client, token: &str, now: i64) -> &'static str {
        let fingerprint = Fingerprint::of(token);
        let owns = |grants: &HashMap<u64, Grant>, number: u64| {
            grants
                .get(&number)
                .is_some_and(|grant| grant.consent.client_id == client.id)
        };
        if let Some(refresh) = self.refresh_tokens.get_mut(&fingerprint) {
            if !owns(&self.families, refresh.grant) {
                return "the refresh token belongs to another client; nothing was revoked";
            }
            if refresh.standing == RefreshTokenState::Fresh {
                refresh.standing = RefreshTokenState::Revoked(now);
                return "the refresh token was revoked";
            }
            return "the refresh token was no longer in use";
        }
        if let Some(access) = self.access_tokens.get(&fingerprint) {
            if !owns(&self.families, access.grant) {
                return "the access token belongs to another client; nothing was revoked";
            }
            self.access_tokens.remove(&fingerprint);
            return "the access token was revoked";
        }
        "the token is unknown or was already revoked"
    }
}

/// Every scope must be in the original grant and in the client's present allow-list.
fn narrowed(
    consent: &Consent,
    client: &Client,
    scopes: Vec<String>,
) -> Result<Vec<String>, GrantError> {
    for scope in &scopes {
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
    Ok(scopes)
}
