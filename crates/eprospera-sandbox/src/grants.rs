//! Codes, refresh tokens and access tokens, and what kills them.
//!
//! Pure bookkeeping over a clock reading: no HTTP, no signing, no waiting. Every method is one
//! short critical section for its caller. RFC 6749 §4.1.3, RFC 7636 §4.6. Only fingerprints of
//! secrets are kept. What a client does with a refresh token is in [`rotation`](super::rotation),
//! codes that a device waits for are in [`device_codes`](super::device_codes).

use std::collections::HashMap;

use super::client::Client;
use super::clock::ago;
use super::difference;
use super::pkce;
use super::random::{self, Fingerprint};

/// Below this many entries nothing is swept.
const SWEEP_FROM: usize = 4096;

/// What a person agreed to.
#[derive(Clone, Debug)]
pub(super) struct Consent {
    pub(super) client_id: String,
    pub(super) persona: String,
    pub(super) scopes: Vec<String>,
    pub(super) entities: Vec<String>,
    /// When the person signed in, in milliseconds.
    pub(super) auth_time: i64,
}

/// What a code is bound to.
#[derive(Clone, Debug)]
pub(super) struct Binding {
    pub(super) redirect_uri: String,
    pub(super) challenge: Option<String>,
    pub(super) nonce: Option<String>,
}

struct Code {
    consent: Consent,
    binding: Binding,
    expires: i64,
    spent: Option<Spent>,
}

/// What a code was redeemed for, and when.
struct Spent {
    family: u64,
    at: i64,
}

/// A family of tokens: all that one consent brought.
pub(super) struct Grant {
    pub(super) consent: Consent,
    /// When it died, and of what.
    pub(super) revoked: Option<(i64, &'static str)>,
    pub(super) expires: i64,
}

/// Whether a refresh token may still be used.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Fresh,
    /// Rotated, or sent with a request that was.
    Used(i64),
    Revoked(i64),
}

pub(super) struct RefreshToken {
    pub(super) grant: u64,
    issued: i64,
    pub(super) expires: i64,
    pub(super) standing: Standing,
}

pub(super) struct AccessToken {
    pub(super) grant: u64,
    issued: i64,
    pub(super) scopes: Vec<String>,
    pub(super) expires: i64,
}

/// Why the token endpoint says no: an OAuth code and a sentence for the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) error: &'static str,
    pub(super) why: String,
}

/// Why something that was sent as a code or token is not known, by what it looks like.
pub(super) fn unknown(expected: &str, sent: &str) -> String {
    let kinds = [
        ("c_", "code"),
        ("rt_", "refresh token"),
        ("dc_", "device code"),
        ("eyJ", "JWT"),
    ];
    let looks = kinds.iter().find(|(prefix, _)| sent.starts_with(prefix));
    match looks {
        Some((_, kind)) if *kind != expected => {
            format!("what was sent as {expected} is a {kind}")
        }
        _ => format!("the {expected} was never issued, or expired long ago"),
    }
}

/// A refusal with its reason.
pub(super) fn refuse(error: &'static str, why: impl Into<String>) -> Refusal {
    Refusal {
        error,
        why: why.into(),
    }
}

/// What is to be signed and handed out.
#[derive(Clone, Debug)]
pub(super) struct Issue {
    pub(super) grant: u64,
    pub(super) consent: Consent,
    /// The scopes of this answer: those of the consent, or fewer.
    pub(super) scopes: Vec<String>,
    pub(super) nonce: Option<String>,
    pub(super) refresh_token: Option<String>,
}

/// Who holds a valid access token, and for what.
#[derive(Clone, Debug)]
pub(super) struct Holder {
    pub(super) client_id: String,
    pub(super) persona: String,
    pub(super) scopes: Vec<String>,
    pub(super) entities: Vec<String>,
}

/// A living token, as its client may look at it.
#[derive(Clone, Debug)]
pub(super) struct Inspection {
    /// Whether it is an access token; else a refresh token.
    pub(super) is_access: bool,
    pub(super) persona: String,
    pub(super) scopes: Vec<String>,
    pub(super) issued: i64,
    pub(super) expires: i64,
}

/// What happens to the refresh token of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rotation {
    /// A new one, and the old one is spent.
    Rotate,
    /// The same one again (a fault).
    Keep,
    /// None in the answer; an old one stays good (a fault).
    Withhold,
}

/// All that was granted.
#[derive(Default)]
pub(super) struct Grants {
    last: u64,
    sweep_at: usize,
    codes: HashMap<Fingerprint, Code>,
    pub(super) families: HashMap<u64, Grant>,
    pub(super) refresh_tokens: HashMap<Fingerprint, RefreshToken>,
    pub(super) access_tokens: HashMap<Fingerprint, AccessToken>,
}

/// What a client brings to redeem a code.
pub(super) struct Redemption<'a> {
    pub(super) client: &'a Client,
    pub(super) code: &'a str,
    pub(super) redirect_uri: &'a str,
    pub(super) verifier: Option<&'a str>,
}

impl Grants {
    /// Makes a code for a consent.
    pub(super) fn issue_code(
        &mut self,
        consent: Consent,
        binding: Binding,
        expires: i64,
    ) -> String {
        let code = random::token("c_");
        self.codes.insert(
            Fingerprint::of(&code),
            Code {
                consent,
                binding,
                expires,
                spent: None,
            },
        );
        code
    }

    /// The number of the family that begins next.
    pub(super) const fn next(&self) -> u64 {
        self.last + 1
    }

    /// Redeems a code, once. A second time revokes what the first brought (RFC 6749 §4.1.2). A
    /// refused attempt leaves the code as it was (docs/portal.md, Sandbox choices).
    pub(super) fn redeem(
        &mut self,
        redemption: &Redemption<'_>,
        times: (i64, i64),
        rotation: Rotation,
    ) -> Result<Issue, Refusal> {
        let (now, _) = times;
        let invalid = |why: String| refuse("invalid_grant", why);
        let code = self
            .codes
            .get_mut(&Fingerprint::of(redemption.code))
            .ok_or_else(|| refuse("invalid_grant", unknown("code", redemption.code)))?;
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
                "the code was already used {ago}; the tokens that it brought were revoked"
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
                difference::parting(sent, bound)
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
    pub(super) fn begin(
        &mut self,
        consent: Consent,
        nonce: Option<String>,
        times: (i64, i64),
        rotation: Rotation,
    ) -> Issue {
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
        Issue {
            grant: self.last,
            scopes: consent.scopes.clone(),
            consent,
            nonce,
            refresh_token,
        }
    }

    pub(super) fn issue_refresh_token(&mut self, grant: u64, times: (i64, i64)) -> String {
        let (issued, expires) = times;
        let token = random::token("rt_");
        self.refresh_tokens.insert(
            Fingerprint::of(&token),
            RefreshToken {
                grant,
                issued,
                expires,
                standing: Standing::Fresh,
            },
        );
        token
    }

    /// Ends a family: nothing of it is valid any more. What it died of first is what is told.
    pub(super) fn revoke_family(&mut self, number: u64, now: i64, why: &'static str) {
        if let Some(grant) = self.families.get_mut(&number) {
            grant.revoked.get_or_insert((now, why));
        }
    }

    /// Makes a signed access token known. If its family died while it was being signed, it is
    /// never valid.
    pub(super) fn register(&mut self, token: &str, issue: &Issue, times: (i64, i64)) {
        let (issued, expires) = times;
        let access = AccessToken {
            grant: issue.grant,
            issued,
            scopes: issue.scopes.clone(),
            expires,
        };
        self.access_tokens.insert(Fingerprint::of(token), access);
        if let Some(grant) = self.families.get_mut(&issue.grant) {
            grant.expires = grant.expires.max(expires);
        }
    }

    /// Who holds an access token, or why it is not valid.
    pub(super) fn holder(&self, token: &str, now: i64) -> Result<Holder, String> {
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
            .ok_or("the session of the access token is over")?;
        if let Some((at, why)) = grant.revoked {
            let ago = ago(at, now);
            return Err(format!(
                "the access token's family was revoked {ago}: {why}"
            ));
        }
        Ok(Holder {
            client_id: grant.consent.client_id.clone(),
            persona: grant.consent.persona.clone(),
            scopes: access.scopes.clone(),
            entities: grant.consent.entities.clone(),
        })
    }

    /// What a client may know of a token: nothing of one that is not its own, or no longer good
    /// (RFC 7662 §2.2).
    pub(super) fn inspect(&self, client: &Client, token: &str, now: i64) -> Option<Inspection> {
        let fingerprint = Fingerprint::of(token);
        let access = self.access_tokens.get(&fingerprint);
        let refresh = self.refresh_tokens.get(&fingerprint);
        let fresh = refresh.filter(|token| token.standing == Standing::Fresh);
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

    /// Ends every session; codes that wait are void too.
    pub(super) fn revoke_all(&mut self, now: i64) -> usize {
        self.codes.clear();
        let families = self.families.values_mut();
        let living = families.filter(|grant| grant.revoked.is_none());
        living
            .map(|grant| grant.revoked = Some((now, "every session was ended in the portal")))
            .count()
    }

    /// Forgets what expired. Spent refresh tokens stay until their grant ends, so that reuse is
    /// seen as reuse.
    pub(super) fn sweep(&mut self, now: i64) {
        let entries = self.access_tokens.len() + self.codes.len() + self.refresh_tokens.len();
        if entries < self.sweep_at.max(SWEEP_FROM) {
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
