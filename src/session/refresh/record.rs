//! The session that a refresh makes of the one before it.

use crate::clock::Seconds;
use crate::oauth::Tokens;
use crate::secret::Secret;
use crate::session::{AccessToken, IdToken, Record, RefreshToken, Verified, lifetime};

impl Record {
    /// The session after a refresh answer that is not verified yet: its refresh token is all that
    /// is left, and its access token is not used.
    pub(super) fn refreshed(
        &self,
        refresh: Option<&Secret>,
        scope: Option<&str>,
        now: Seconds,
    ) -> Self {
        let scopes = scope.unwrap_or(&self.scopes).to_owned();
        let refresh = match refresh {
            Some(token) => Some(RefreshToken {
                token: token.clone(),
                obtained_at: now,
            }),
            // The rule is that one comes back; where none does, the old one stays good.
            None => self.refresh.clone(),
        };
        Self {
            generation: self.generation + 1,
            scopes,
            access: None,
            refresh,
            ..self.clone()
        }
    }

    /// The session once the answer is verified. Another generation: a process that saw the unverified
    /// one must be able to tell.
    pub(super) fn verified(self, tokens: Tokens, verified: &Verified) -> Self {
        // Its life began before it was received, and before anybody fetched keys to verify it.
        let issued_at = tokens.received_at;
        let account = match &verified.account {
            // A session that was begun with a refresh token alone learns here whose it is.
            Some(account) if self.account.subject.is_empty() => account.clone(),
            _ => self.account,
        };
        let generation = self.generation + 1;
        let expires_at = issued_at.saturating_add(lifetime(&tokens));
        let id_token = tokens.id_token.map(|token| IdToken { token, generation });
        Self {
            generation,
            account,
            access: Some(AccessToken {
                token: tokens.access_token,
                issued_at,
                expires_at,
            }),
            id_token: id_token.or(self.id_token),
            ..self
        }
    }
}
