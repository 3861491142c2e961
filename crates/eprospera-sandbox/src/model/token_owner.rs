//! Who holds a token, and what its client may know of it (RFC 7662 §2.2).

use crate::clock::ago;
use crate::crypto::random::Fingerprint;
use crate::model::client::Client;
use crate::model::grants::{Grants, RefreshTokenState};

/// Who holds a valid access token, and for what.
#[derive(Clone, Debug)]
pub(crate) struct TokenOwner {
    pub(crate) client_id: String,
    pub(crate) persona: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) entities: Vec<String>,
}

/// A living token, as its client may look at it.
#[derive(Clone, Debug)]
pub(crate) struct Inspection {
    /// Whether it is an access token; else a refresh token.
    pub(crate) is_access: bool,
    pub(crate) persona: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) issued: i64,
    pub(crate) expires: i64,
}

impl Grants {
    /// Who holds an access token, or why it is not valid.
    pub(crate) fn holder(&self, token: &str, now: i64) -> Result<TokenOwner, String> {
        let access = self
            .access_tokens
            .get(&Fingerprint::of(token))
            .ok_or("the access token is unknown or was revoked")?;
        if access.expires <= now {
            return Err(format!(
                "the access token expired {}",
                ago(access.expires, now)
            ));
        }
        let grant = self
            .families
            .get(&access.grant)
            .ok_or("the session of the access token has ended")?;
        if let Some((at, why)) = grant.revoked {
            let ago = ago(at, now);
            return Err(format!(
                "the token family of the access token was revoked {ago}: {why}"
            ));
        }
        Ok(TokenOwner {
            client_id: grant.consent.client_id.clone(),
            persona: grant.consent.persona.clone(),
            scopes: access.scopes.clone(),
            entities: grant.consent.entities.clone(),
        })
    }

    /// What a client may know of a token: nothing of one that is not its own, or no longer good
    /// (RFC 7662 §2.2).
    pub(crate) fn inspect(&self, client: &Client, token: &str, now: i64) -> Option<Inspection> {
        let fingerprint = Fingerprint::of(token);
        let access = self.access_tokens.get(&fingerprint);
        let refresh = self.refresh_tokens.get(&fingerprint);
        let fresh = refresh.filter(|token| token.standing == RefreshTokenState::Fresh);
        let (number, issued, expires) = match (access, fresh) {
            (Some(token), _) => (token.grant, token.issued, token.expires),
            (None, Some(token)) => (token.grant, token.issued, token.expires),
            (None, None) => return None,
        };
        let grant = self.families.get(&number)?;
        if grant.revoked.is_some() || expires <= now || grant.consent.client_id != client.id {
            return None;
        }
        Some(Inspection {
            is_access: access.is_some(),
            persona: grant.consent.persona.clone(),
            scopes: access
                .map_or(&grant.consent.scopes, |token| &token.scopes)
                .clone(),
            issued,
            expires,
        })
    }
}
