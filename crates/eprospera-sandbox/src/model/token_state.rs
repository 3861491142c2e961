//! What has become of a code or token by now, for the inspector.

use crate::crypto::random::Fingerprint;
use crate::model::grants::Grants;
use crate::model::refresh_token::RefreshTokenContent;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenState {
    Active,
    Expired,
    Revoked,
    /// A newer refresh token was issued in its place.
    Rotated,
    /// A code that was redeemed.
    Used,
}

/// Where a token is looked for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum TokenPlace {
    Code(Fingerprint),
    Access(Fingerprint),
    Refresh(RefreshTokenContent),
    Other,
}

/// What is known of a token.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Known {
    /// `None` if nothing is known of it.
    pub(crate) status: Option<TokenState>,
    pub(crate) session: Option<u64>,
    pub(crate) expires: Option<i64>,
}

impl Grants {
    pub(crate) fn state_of(&self, place: TokenPlace, now: i64) -> Known {
        match place {
            TokenPlace::Code(fingerprint) => self.code_state(&fingerprint, now),
            TokenPlace::Access(fingerprint) => {
                let Some(access) = self.access_tokens.get(&fingerprint) else {
                    return Known::default();
                };
                let status = self.family_state(access.grant, access.expires, now);
                Known {
                    status: Some(status),
                    session: Some(access.grant),
                    expires: Some(access.expires),
                }
            }
            TokenPlace::Refresh(token) => Known {
                status: Some(self.refresh_state(token, now)),
                session: Some(token.grant),
                expires: Some(token.expires),
            },
            TokenPlace::Other => Known::default(),
        }
    }

    fn code_state(&self, fingerprint: &Fingerprint, now: i64) -> Known {
        if let Some(family) = self.redeemed_for(fingerprint) {
            return Known {
                status: Some(TokenState::Used),
                session: Some(family),
                expires: None,
            };
        }
        let expires = self.code_expiry(fingerprint);
        Known {
            status: expires.map(|expires| {
                if expires <= now {
                    TokenState::Expired
                } else {
                    TokenState::Active
                }
            }),
            session: None,
            expires,
        }
    }

    fn refresh_state(&self, token: RefreshTokenContent, now: i64) -> TokenState {
        let newest = self.families.get(&token.grant).map(|grant| grant.refresh);
        match newest {
            Some(newest) if newest.generation > token.generation => TokenState::Rotated,
            Some(newest) if newest.revoked.is_some() => TokenState::Revoked,
            _ => self.family_state(token.grant, token.expires, now),
        }
    }

    fn family_state(&self, family: u64, expires: i64, now: i64) -> TokenState {
        let is_revoked = self
            .families
            .get(&family)
            .is_some_and(|grant| grant.revoked.is_some());
        if is_revoked {
            TokenState::Revoked
        } else if expires <= now {
            TokenState::Expired
        } else {
            TokenState::Active
        }
    }
}
