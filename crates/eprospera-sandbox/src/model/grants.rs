//! Codes, refresh tokens and access tokens, and what kills them.
//!
//! Pure bookkeeping over a clock reading: no HTTP, no signing, no waiting. Every method is one
//! short critical section for its caller. RFC 6749 §4.1.3, RFC 7636 §4.6. Only fingerprints of
//! secrets are kept. What a client does with a refresh token is in [`refresh`](super::refresh), what
//! an access token opens in [`token_owner`](super::token_owner); codes that a device waits for are in
//! [`device_codes`](super::device_codes).

use std::collections::HashMap;

use crate::clock::ago;
use crate::crypto::random::{self, Fingerprint};
use crate::difference;
use crate::model::client::Client;
use crate::model::pkce;

/// Below this many entries nothing is swept.
const MIN_ENTRIES_TO_SWEEP: usize = 4096;

/// What a person agreed to.
#[derive(Clone, Debug)]
pub(crate) struct Consent {
    pub(crate) client_id: String,
    pub(crate) persona: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) entities: Vec<String>,
    /// When the person signed in, in milliseconds.
    pub(crate) auth_time: i64,
}

/// What a code is bound to.
#[derive(Clone, Debug)]
pub(crate) struct CodeBinding {
    pub(crate) redirect_uri: String,
    pub(crate) challenge: Option<String>,
    pub(crate) nonce: Option<String>,
}

struct AuthorizationCode {
    consent: Consent,
    binding: CodeBinding,
    expires: i64,
    spent: Option<Spent>,
}

/// What a code was redeemed for, and when.
struct Spent {
    family: u64,
    at: i64,
}

/// A family of tokens: all that one consent brought.
pub(crate) struct Grant {
    pub(crate) consent: Consent,
    /// When it died, and of what.
    pub(crate) revoked: Option<(i64, &'static str)>,
    pub(crate) expires: i64,
}

/// Whether a refresh token may still be used.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum RefreshTokenState {
    Fresh,
    /// Rotated, or sent with a request that was.
    Used(i64),
    Revoked(i64),
}

pub(crate) struct RefreshToken {
    pub(crate) grant: u64,
    pub(crate) issued: i64,
    pub(crate) expires: i64,
    pub(crate) standing: RefreshTokenState,
}

pub(crate) struct AccessToken {
    pub(crate) grant: u64,
    pub(crate) issued: i64,
    pub(crate) scopes: Vec<String>,
    pub(crate) expires: i64,
}

/// Why the token endpoint says no: an OAuth code and a sentence for the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GrantError {
    pub(crate) error: &'static str,
    pub(crate) why: String,
}

/// Why something that was sent as a code or token is not known, by what it looks like.
pub(crate) fn unknown(expected: &str, sent: &str) -> String {
    let kinds = [
        ("c_", "code"),
        ("rt_", "refresh token"),
        ("dc_", "device code"),
        ("eyJ", "JWT"),
    ];
    let looks = kinds.iter().find(|(prefix, _)| sent.starts_with(prefix));
    match looks {
        Some((_, kind)) if *kind != expected => {
            format!("the {expected} that was sent is a {kind}")
        }
        _ => format!("the {expected} was never issued, or expired long ago"),
    }
}

pub(crate) fn grant_error(error: &'static str, why: impl Into<String>) -> GrantError {
    GrantError {
        error,
        why: why.into(),
    }
}

/// What is to be signed and handed out.
#[derive(Clone, Debug)]
pub(crate) struct Issuance {
    pub(crate) grant: u64,
    pub(crate) consent: Consent,
    /// The scopes of this answer: those of the consent, or fewer.
    pub(crate) scopes: Vec<String>,
    pub(crate) nonce: Option<String>,
    pub(crate) refresh_token: Option<String>,
}

/// What happens to the refresh token of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rotation {
    /// A new one, and the old one is spent.
    Rotate,
    /// The same one again (a fault).
    Keep,
    /// None in the answer; an old one stays good (a fault).
    Withhold,
}

#[derive(Default)]
pub(crate) struct Grants {
    last: u64,
    sweep_at: usize,
    codes: HashMap<Fingerprint, AuthorizationCode>,
    pub(crate) families: HashMap<u64, Grant>,
    pub(crate) refresh_tokens: HashMap<Fingerprint, RefreshToken>,
    pub(crate) access_tokens: HashMap<Fingerprint, AccessToken>,
}

/// What a client brings to redeem a code.
pub(crate) struct Redemption<'a> {
    pub(crate) client: &'a Client,
    pub(crate) code: &'a str,
    pub(crate) redirect_uri: &'a str,
    pub(crate) verifier: Option<&'a str>,
}

impl Grants {
    pub(crate) fn issue_code(
        &mut self,
        consent: Consent,
        binding: CodeBinding,
        expires: i64,
    ) -> String {
        let code = random::token("c_");
        self.codes.insert(
            Fingerprint::of(&code),
            AuthorizationCode {
                consent,
                binding,
                expires,
                spent: None,
            },
        );
        code
    }

    /// The number of the family that begins next.
    pub(crate) const fn next(&self) -> u64 {
        self.last + 1
    }

    /// Redeems a code, once. A second time revokes what the first brought (RFC 6749 §4.1.2). A
    /// refused attempt leaves the code as it was (docs/portal.md, Sandbox choices).
    pub(crate) fn redeem(
        &mut self,
        redemption: &Redemption<'_>,
        times: (i64, i64),
        rotation: Rotation,
    ) -> Result<Issuance, GrantError> {
        let (now, _) = times;
        let invalid = |why: String| grant_error("invalid_grant", why);
        let code = self
            .codes
            .get_mut(&Fingerprint::of(redemption.code))
            .ok_or_else(|| grant_error("invalid_grant", unknown("code", redemption.code)))?;
        let (owner, caller) = (&code.consent.client_id, &redemption.client.id);
        if owner != caller {
            return Err(invalid(format!(
                "the code was issued to another client, {owner}, not to {caller}"
            )));
        }
        if let Some(Spent { family, at }) = code.spent {
            self.revoke_family(family, now, "its code was used a second time");
            let ago = ago(at, now);
            return Err(invalid(format!(
                "the code was already used {ago}; the tokens issued for it were revoked"
            )));
        }
        if code.expires <= now {
            let ago = ago(code.expires, now);
            return Err(invalid(format!("the code expired {ago}")));
        }
        let (sent, bound) = (redemption.redirect_uri, &code.binding.redirect_uri);
        if sent != bound {
            return Err(invalid(format!(
                "redirect_uri is not the one sent to authorize: they differ {}",
                difference::first_difference(sent, bound)
            )));
        }
        pkce::verify(code.binding.challenge.as_deref(), redemption.verifier).map_err(invalid)?;

        let consent = code.consent.clone();
        let nonce = code.binding.nonce.clone();
        code.spent = Some(Spent {
            family: self.last + 1,
            at: now,
        });
        Ok(self.begin(consent, nonce, times, rotation))
    }

    /// Begins a family for a consent whose code is spent on it; its number is the next one.
    /// `times` are now and the expiry of refresh tokens.
    pub(crate) fn begin(
        &mut self,
        consent: Consent,
        nonce: Option<String>,
        times: (i64, i64),
        rotation: Rotation,
    ) -> Issuance {
        self.last += 1;
        let grant = Grant {
            consent: consent.clone(),
            revoked: None,
            expires: times.1,
        };
        self.families.insert(self.last, grant);
        let offline = consent.scopes.iter().any(|scope| scope == "offline_access");
        let refresh_token = (offline && rotation != Rotation::Withhold)
            .then(|| self.issue_refresh_token(self.last, times));
        Issuance {
            grant: self.last,
            scopes: consent.scopes.clone(),
            consent,
            nonce,
            refresh_token,
        }
    }

    pub(crate) fn issue_refresh_token(&mut self, grant: u64, times: (i64, i64)) -> String {
        let (issued, expires) = times;
        let token = random::token("rt_");
        self.refresh_tokens.insert(
            Fingerprint::of(&token),
            RefreshToken {
                grant,
                issued,
                expires,
                standing: RefreshTokenState::Fresh,
            },
        );
        token
    }

    /// Ends a family: none of its tokens is valid any more. Its first cause of death is kept.
    pub(crate) fn revoke_family(&mut self, number: u64, now: i64, why: &'static str) {
        if let Some(grant) = self.families.get_mut(&number) {
            grant.revoked.get_or_insert((now, why));
        }
    }

    /// Makes a signed access token known. If its family died while it was being signed, it is
    /// never valid.
    pub(crate) fn register(&mut self, token: &str, issuance: &Issuance, times: (i64, i64)) {
        let (issued, expires) = times;
        let access = AccessToken {
            grant: issuance.grant,
            issued,
            scopes: issuance.scopes.clone(),
            expires,
        };
        self.access_tokens.insert(Fingerprint::of(token), access);
        if let Some(grant) = self.families.get_mut(&issuance.grant) {
            grant.expires = grant.expires.max(expires);
        }
    }

    /// Ends every session; codes that wait are void too.
    pub(crate) fn revoke_all(&mut self, now: i64) -> usize {
        self.codes.clear();
        let families = self.families.values_mut();
        let living = families.filter(|grant| grant.revoked.is_none());
        living
            .map(|grant| grant.revoked = Some((now, "all sessions were ended in the portal")))
            .count()
    }

    /// Forgets what expired. Spent refresh tokens stay until their grant ends, so that reuse is
    /// seen as reuse.
    pub(crate) fn sweep(&mut self, now: i64) {
        let entries = self.access_tokens.len() + self.codes.len() + self.refresh_tokens.len();
        if entries < self.sweep_at.max(MIN_ENTRIES_TO_SWEEP) {
            return;
        }
        self.access_tokens.retain(|_, token| token.expires > now);
        self.families.retain(|_, grant| grant.expires > now);
        let grants = &self.families;
        self.refresh_tokens
            .retain(|_, token| grants.contains_key(&token.grant));
        self.codes.retain(|_, code| {
            code.expires > now
                || code
                    .spent
                    .as_ref()
                    .is_some_and(|spent| grants.contains_key(&spent.family))
        });
        let left = self.access_tokens.len() + self.codes.len() + self.refresh_tokens.len();
        self.sweep_at = left.saturating_mul(2);
    }
}
