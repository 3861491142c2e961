//! Who holds a token, and what its client may know of it (RFC 7662 §2.2).

use std::sync::Arc;

use crate::clock::ago;
use crate::crypto::random::Fingerprint;
use crate::model::client::Client;
use crate::model::grants::Grants;
use crate::reason::Reason;

/// Who holds a valid access token, and for what.
#[derive(Clone, Debug)]
pub(crate) struct TokenOwner {
    pub(crate) client_id: Arc<str>,
    pub(crate) persona: Arc<str>,
    /// The number of the session that the token belongs to.
    pub(crate) session: u64,
    pub(crate) scopes: Arc<[String]>,
    pub(crate) entities: Arc<[String]>,
}

/// A living token, as its client may look at it.
#[derive(Clone, Debug)]
pub(crate) struct Inspection {
    /// Whether it is an access token; else a refresh token.
    pub(crate) is_access: bool,
    pub(crate) persona: Arc<str>,
    pub(crate) scopes: Arc<[String]>,
    pub(crate) issued: i64,
    pub(crate) expires: i64,
}

/// Why an access token that has expired is refused.
pub(crate) fn expired(at: i64, now: i64) -> Reason {
    Reason::new(
        format!("the access token expired {}", ago(at, now)),
        "refresh first (`grant_type=refresh_token`), and send the new access_token; refresh a little \
         before `expires_in` is over",
    )
}

impl Grants {
    /// The family of an access token and when it expires, if it is known.
    pub(crate) fn whereabouts(&self, token: &str) -> Option<(u64, i64)> {
        let access = self.access_tokens.get(&Fingerprint::of(token))?;
        Some((access.grant, access.expires))
    }

    /// Who holds an access token, or why it is not valid: `None` if nothing is known of it.
    pub(crate) fn holder(&self, token: &str, now: i64) -> Result<TokenOwner, Option<Reason>> {
        let access = self
            .access_tokens
            .get(&Fingerprint::of(token))
            .ok_or(None)?;
        let refused = |reason| Err(Some(reason));
        if access.expires <= now {
            return refused(expired(access.expires, now));
        }
        let Some(grant) = self.families.get(&access.grant) else {
            let why = "the session of the access token has ended";
            return refused(Reason::new(why, "sign in again for a new access token"));
        };
        if let Some(end) = grant.revoked {
            let (ago, why) = (ago(end.at, now), end.why);
            let by = end.exchange;
            let by = by.map_or(String::new(), |number| {
                format!("request {number} ended the session; ")
            });
            return refused(Reason::new(
                format!("the token family of the access token was revoked {ago}: {why}"),
                format!("{by}sign in again for a new access token"),
            ));
        }
        Ok(TokenOwner {
            session: access.grant,
            client_id: grant.consent.client_id.clone(),
            persona: grant.consent.persona.clone(),
            scopes: access.scopes.clone(),
            entities: grant.consent.entities.clone(),
        })
    }

    /// What a client may know of a token: nothing of one that is not its own, or no longer good
    /// (RFC 7662 §2.2).
    pub(crate) fn inspect(&self, client: &Client, token: &str, now: i64) -> Option<Inspection> {
        let access = self.access_tokens.get(&Fingerprint::of(token));
        let refresh = self.open_refresh_token(token);
        let number = match (access, refresh) {
            (Some(access), _) => access.grant,
            (None, Some(refresh)) => refresh.grant,
            (None, None) => return None,
        };
        let grant = self.families.get(&number)?;
        if grant.revoked.is_some() || *grant.consent.client_id != *client.id {
            return None;
        }
        let newest = grant.refresh;
        let (issued, expires) = match (access, refresh) {
            (Some(access), _) => (access.issued, access.expires),
            (None, Some(refresh))
                if refresh.generation == newest.generation && newest.revoked.is_none() =>
            {
                (newest.issued, refresh.expires)
            }
            _ => return None,
        };
        (expires > now).then(|| Inspection {
            is_access: access.is_some(),
            persona: Arc::clone(&grant.consent.persona),
            scopes: Arc::clone(access.map_or(&grant.consent.scopes, |token| &token.scopes)),
            issued,
            expires,
        })
    }
}
