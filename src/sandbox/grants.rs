//! Codes, refresh tokens and access tokens, and what kills them.
//!
//! Pure bookkeeping over a clock reading: no HTTP, no signing, no waiting. Every method is one
//! short critical section for its caller. RFC 6749 §4.1.3 and §6, RFC 7636 §4.6, RFC 7009; reuse
//! ends a family as docs/portal.md, Token has it. Only fingerprints of secrets are kept.

use std::collections::HashMap;

use super::client::Client;
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
    spent_on: Option<u64>,
}

struct Grant {
    consent: Consent,
    revoked: bool,
    expires: i64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Fresh,
    Used,
    Revoked,
}

struct RefreshToken {
    grant: u64,
    expires: i64,
    standing: Standing,
}

struct AccessToken {
    grant: u64,
    scopes: Vec<String>,
    expires: i64,
}

/// Why the token endpoint says no: an OAuth code and a sentence for the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) error: &'static str,
    pub(super) why: String,
}

fn refuse(error: &'static str, why: impl Into<String>) -> Refusal {
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
    families: HashMap<u64, Grant>,
    refresh_tokens: HashMap<Fingerprint, RefreshToken>,
    access_tokens: HashMap<Fingerprint, AccessToken>,
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
                spent_on: None,
            },
        );
        code
    }

    /// Redeems a code, once. A second time revokes what the first brought (RFC 6749 §4.1.2). A
    /// refused attempt leaves the code as it was (docs/portal.md, Sandbox choices).
    pub(super) fn redeem(
        &mut self,
        redemption: &Redemption<'_>,
        times: (i64, i64),
        rotation: Rotation,
    ) -> Result<Issue, Refusal> {
        let (now, refresh_expires) = times;
        let invalid = |why: &str| refuse("invalid_grant", why);
        let code = self
            .codes
            .get_mut(&Fingerprint::of(redemption.code))
            .ok_or_else(|| invalid("the code was never issued, or expired long ago"))?;
        if code.consent.client_id != redemption.client.id {
            return Err(invalid("the code was issued to another client"));
        }
        if let Some(grant) = code.spent_on {
            self.revoke_family(grant);
            return Err(invalid(
                "the code was already used; its tokens were revoked",
            ));
        }
        if code.expires <= now {
            return Err(invalid("the code has expired"));
        }
        if code.binding.redirect_uri != redemption.redirect_uri {
            return Err(invalid("redirect_uri is not the one sent to authorize"));
        }
        pkce::verify(code.binding.challenge.as_deref(), redemption.verifier)
            .map_err(|why| refuse("invalid_grant", why))?;

        self.last += 1;
        code.spent_on = Some(self.last);
        let consent = code.consent.clone();
        let nonce = code.binding.nonce.clone();
        let grant = Grant {
            consent: consent.clone(),
            revoked: false,
            expires: refresh_expires,
        };
        self.families.insert(self.last, grant);
        let offline = consent.scopes.iter().any(|scope| scope == "offline_access");
        let refresh_token = (offline && rotation != Rotation::Withhold)
            .then(|| self.issue_refresh_token(self.last, refresh_expires));
        Ok(Issue {
            grant: self.last,
            scopes: consent.scopes.clone(),
            consent,
            nonce,
            refresh_token,
        })
    }

    /// Rotates a refresh token. Reuse of a spent one, or use of a revoked one, ends the family.
    /// Narrowing concerns this answer only: the next token has the original scope again (RFC 6749
    /// §6; docs/portal.md, Sandbox choices).
    pub(super) fn refresh(
        &mut self,
        client: &Client,
        presented: &str,
        scope: Option<Vec<String>>,
        times: (i64, i64),
        rotation: Rotation,
    ) -> Result<Issue, Refusal> {
        let (now, refresh_expires) = times;
        let fingerprint = Fingerprint::of(presented);
        let (number, consent) = self.usable(client, fingerprint, now)?;
        let scopes = match scope {
            None => consent.scopes.clone(),
            Some(scopes) => narrowed(&consent, client, scopes)?,
        };
        let refresh_token = match rotation {
            Rotation::Keep => Some(presented.to_owned()),
            Rotation::Withhold => None,
            Rotation::Rotate => {
                if let Some(token) = self.refresh_tokens.get_mut(&fingerprint) {
                    token.standing = Standing::Used;
                }
                Some(self.issue_refresh_token(number, refresh_expires))
            }
        };
        if let Some(grant) = self.families.get_mut(&number) {
            grant.expires = grant.expires.max(refresh_expires);
        }
        Ok(Issue {
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
        fingerprint: Fingerprint,
        now: i64,
    ) -> Result<(u64, Consent), Refusal> {
        let invalid = |why: &str| Err(refuse("invalid_grant", why));
        let Some(token) = self.refresh_tokens.get(&fingerprint) else {
            return invalid("the refresh token was never issued, or expired long ago");
        };
        let (number, standing, expires) = (token.grant, token.standing, token.expires);
        let Some(grant) = self.families.get(&number) else {
            return invalid("the session of the refresh token is over");
        };
        if grant.consent.client_id != client.id {
            return invalid("the refresh token was issued to another client");
        }
        let (consent, revoked) = (grant.consent.clone(), grant.revoked);
        match standing {
            Standing::Used => {
                self.revoke_family(number);
                return invalid("the refresh token was already used; its family was revoked");
            }
            Standing::Revoked => {
                self.revoke_family(number);
                return invalid("the refresh token was revoked; its family was revoked too");
            }
            Standing::Fresh if revoked => return invalid("the token family was revoked"),
            Standing::Fresh if expires <= now => return invalid("the refresh token has expired"),
            Standing::Fresh => {}
        }
        Ok((number, consent))
    }

    fn issue_refresh_token(&mut self, grant: u64, expires: i64) -> String {
        let token = random::token("rt_");
        self.refresh_tokens.insert(
            Fingerprint::of(&token),
            RefreshToken {
                grant,
                expires,
                standing: Standing::Fresh,
            },
        );
        token
    }

    fn revoke_family(&mut self, number: u64) {
        if let Some(grant) = self.families.get_mut(&number) {
            grant.revoked = true;
        }
    }

    /// Makes a signed access token known. If its family died while it was being signed, it is
    /// never valid.
    pub(super) fn register(&mut self, token: &str, issue: &Issue, expires: i64) {
        let access = AccessToken {
            grant: issue.grant,
            scopes: issue.scopes.clone(),
            expires,
        };
        self.access_tokens.insert(Fingerprint::of(token), access);
        if let Some(grant) = self.families.get_mut(&issue.grant) {
            grant.expires = grant.expires.max(expires);
        }
    }

    /// Who holds an access token, or why it is not valid.
    pub(super) fn holder(&self, token: &str, now: i64) -> Result<Holder, &'static str> {
        let access = self
            .access_tokens
            .get(&Fingerprint::of(token))
            .ok_or("the access token is unknown or was revoked")?;
        if access.expires <= now {
            return Err("the access token has expired");
        }
        let grant = self
            .families
            .get(&access.grant)
            .ok_or("the session of the access token is over")?;
        if grant.revoked {
            return Err("the access token's family was revoked");
        }
        Ok(Holder {
            client_id: grant.consent.client_id.clone(),
            persona: grant.consent.persona.clone(),
            scopes: access.scopes.clone(),
            entities: grant.consent.entities.clone(),
        })
    }

    /// Revokes one token of a client (RFC 7009 §2.1) and says what it was.
    ///
    /// The other kind of token stays as it is (docs/portal.md, Sandbox choices), so that a
    /// client that forgets one of the two is found out.
    pub(super) fn revoke(&mut self, client: &Client, token: &str) -> &'static str {
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
            if refresh.standing == Standing::Fresh {
                refresh.standing = Standing::Revoked;
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

    /// Ends every session; codes that wait are void too.
    pub(super) fn revoke_all(&mut self) -> usize {
        self.codes.clear();
        let living = self.families.values_mut().filter(|grant| !grant.revoked);
        living.map(|grant| grant.revoked = true).count()
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
                    .spent_on
                    .is_some_and(|grant| grants.contains_key(&grant))
        });
        let left = self.access_tokens.len() + self.codes.len() + self.refresh_tokens.len();
        self.sweep_at = left.saturating_mul(2);
    }
}

/// Every scope must be in the original grant and in the client's present allow-list.
fn narrowed(
    consent: &Consent,
    client: &Client,
    scopes: Vec<String>,
) -> Result<Vec<String>, Refusal> {
    for scope in &scopes {
        if !consent.scopes.contains(scope) {
            return Err(refuse(
                "invalid_scope",
                format!("scope {scope} was not granted at login"),
            ));
        }
        if !client.scopes.contains(scope) {
            return Err(refuse(
                "invalid_scope",
                format!("scope {scope} is no longer allowed for this client"),
            ));
        }
    }
    Ok(scopes)
}
