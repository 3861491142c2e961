//! Codes, refresh tokens and access tokens, and what kills them.
//!
//! Pure bookkeeping over a clock reading: no HTTP, no signing, no waiting. Every method is one
//! short critical section for its caller. RFC 6749 §4.1.3, RFC 7636 §4.6. Only fingerprints of
//! secrets are kept, and of a refresh token not even that: it holds its own family and generation under
//! a keyed hash, so a family is all that is stored of any number of rotations. What a client does with a refresh token is in [`refresh`](super::refresh), what
//! an access token opens in [`token_owner`](super::token_owner); codes that a device waits for are in
//! [`device_codes`](super::device_codes).

use std::collections::HashMap;
use std::sync::Arc;

use crate::clock::ago;
use crate::crypto::mac::MacKey;
use crate::crypto::random::{self, Fingerprint};
use crate::current_exchange::{self, ExchangeNumber};
use crate::difference;
use crate::model::bounded::{Bounded, HeapBytes};
use crate::model::client::Client;
use crate::model::history::{Histories, Step};
use crate::model::pkce;
use crate::model::refresh_token::RefreshTokenContent;
use crate::pool::Pool;
use crate::reason::Reason;

/// Below this many entries nothing is swept.
const MIN_ENTRIES_TO_SWEEP: usize = 4096;
/// What codes that wait for their client may take.
const MAX_CODE_BYTES: usize = 8_000_000;
/// How long a family without a refresh token lives at least, in milliseconds: while its tokens are
/// signed, and while its code is of any interest.
const MIN_FAMILY_LIFE_MS: i64 = 600_000;

/// What a person agreed to. Most consents have most of it in common, which they share.
#[derive(Clone, Debug)]
pub(crate) struct Consent {
    pub(crate) client_id: Arc<str>,
    pub(crate) persona: Arc<str>,
    pub(crate) scopes: Arc<[String]>,
    pub(crate) entities: Arc<[String]>,
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
}

impl HeapBytes for AuthorizationCode {
    fn heap_bytes(&self) -> usize {
        let optional = |text: &Option<String>| text.as_ref().map_or(0, String::len);
        self.binding.redirect_uri.len()
            + optional(&self.binding.challenge)
            + optional(&self.binding.nonce)
    }
}

/// What a code was redeemed for, and when.
struct Spent {
    family: u64,
    at: i64,
    /// The request that redeemed it.
    exchange: Option<ExchangeNumber>,
}

impl Spent {
    /// Why it is refused.
    fn reason(&self, now: i64) -> Reason {
        let ago = ago(self.at, now);
        let first = match self.exchange {
            Some(number) => format!("request {number} redeemed this one"),
            None => "this one was redeemed before".to_owned(),
        };
        Reason::new(
            format!("the code was already used {ago}; the tokens issued for it were revoked"),
            format!(
                "send each code once, and use the tokens of that answer: {first}; look for a callback \
                 that runs twice, such as a reloaded page or a retry. The session has ended: sign \
                 in again for a new code"
            ),
        )
    }
}

/// A family of tokens: all that one consent brought.
pub(crate) struct Grant {
    pub(crate) consent: Consent,
    pub(crate) began: i64,
    pub(crate) revoked: Option<Revoked>,
    pub(crate) expires: i64,
    pub(crate) refresh: RefreshToken,
}

/// The end of a family.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Revoked {
    pub(crate) at: i64,
    /// What it died of.
    pub(crate) why: &'static str,
    /// The request that ended it.
    pub(crate) exchange: Option<ExchangeNumber>,
}

impl Revoked {
    fn now(at: i64, why: &'static str) -> Self {
        let exchange = current_exchange::number();
        Self { at, why, exchange }
    }
}

/// The refresh token of a family that is in use: the last one that was issued.
#[derive(Clone, Copy, Default)]
pub(crate) struct RefreshToken {
    /// How many were issued before it.
    pub(crate) generation: u32,
    /// When it was issued, which ended the one before.
    pub(crate) issued: i64,
    /// The request that issued it.
    pub(crate) exchange: Option<ExchangeNumber>,
    pub(crate) revoked: Option<i64>,
}

pub(crate) struct AccessToken {
    pub(crate) grant: u64,
    pub(crate) issued: i64,
    pub(crate) scopes: Arc<[String]>,
    pub(crate) expires: i64,
}

/// Why the token endpoint says no: an OAuth code and the reason, which the portal's description has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GrantError {
    pub(crate) error: &'static str,
    pub(crate) reason: Reason,
    /// The session that it concerns.
    pub(crate) session: Option<u64>,
}

impl GrantError {
    pub(crate) fn of_session(mut self, number: u64) -> Self {
        self.session = Some(number);
        self
    }
}

/// Why something that was sent as a code or token is not known, by what it looks like.
pub(crate) fn unknown(expected: &str, sent: &str) -> Reason {
    let instead = match expected {
        "code" => {
            "send the `code` of the last redirect to your redirect URI, URL-decoded, once and \
             within its lifetime"
        }
        "refresh token" => {
            "send the `refresh_token` of the last token response, byte for byte; one from before a \
             restart or a reset of the sandbox is unknown, so sign in again"
        }
        _ => {
            "send the `device_code` of the answer to `POST /api/oauth/device_authorization`, not \
             the `user_code`"
        }
    };
    Reason::new(unknown_why(expected, sent), instead)
}

fn unknown_why(expected: &str, sent: &str) -> String {
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

pub(crate) fn grant_error(error: &'static str, reason: Reason) -> GrantError {
    GrantError {
        error,
        reason,
        session: None,
    }
}

/// The reason of a code or token that belongs to another client.
pub(crate) fn of_another_client(what: &str, owner: &str, caller: &str) -> Reason {
    Reason::new(
        format!("the {what} was issued to another client, {owner}, not to {caller}"),
        format!(
            "send `client_id={owner}`, with its own authentication: only the client that asked for a \
             {what} can use it"
        ),
    )
}

/// What is to be signed and handed out.
#[derive(Clone, Debug)]
pub(crate) struct Issuance {
    pub(crate) grant: u64,
    pub(crate) consent: Consent,
    /// The scopes of this answer: those of the consent, or fewer.
    pub(crate) scopes: Arc<[String]>,
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

pub(crate) struct Grants {
    key: MacKey,
    last: u64,
    sweep_at: usize,
    names: Pool<str>,
    lists: Pool<[String]>,
    codes: Bounded<AuthorizationCode>,
    spent: HashMap<Fingerprint, Spent>,
    pub(crate) families: HashMap<u64, Grant>,
    pub(crate) access_tokens: HashMap<Fingerprint, AccessToken>,
    pub(crate) histories: Histories,
}

impl Default for Grants {
    fn default() -> Self {
        Self {
            key: MacKey::random(),
            last: 0,
            sweep_at: MIN_ENTRIES_TO_SWEEP,
            names: Pool::default(),
            lists: Pool::default(),
            codes: Bounded::new(MAX_CODE_BYTES),
            spent: HashMap::new(),
            families: HashMap::new(),
            access_tokens: HashMap::new(),
            histories: Histories::default(),
        }
    }
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
        consent: &Consent,
        binding: CodeBinding,
        times: (i64, i64),
    ) -> String {
        let (now, expires) = times;
        let code = random::token("c_");
        let entry = AuthorizationCode {
            consent: self.shared(consent),
            binding,
            expires,
        };
        // A code that comes late should learn that it has expired.
        let forgotten = expires.saturating_add(expires.saturating_sub(now));
        let fingerprint = Fingerprint::of(&code);
        self.codes.insert(fingerprint, entry, (now, forgotten));
        code
    }

    /// The same consent, sharing with others what they have in common.
    fn shared(&mut self, consent: &Consent) -> Consent {
        Consent {
            client_id: self.names.share(&*consent.client_id),
            persona: self.names.share(&*consent.persona),
            scopes: self.lists.share(&*consent.scopes),
            entities: self.lists.share(&*consent.entities),
            auth_time: consent.auth_time,
        }
    }

    /// A list of scopes, sharing it with others that have the same.
    pub(crate) fn shared_list(&mut self, list: &[String]) -> Arc<[String]> {
        self.lists.share(list)
    }

    /// The family that a code was redeemed for.
    pub(crate) fn redeemed_for(&self, code: &Fingerprint) -> Option<u64> {
        Some(self.spent.get(code)?.family)
    }

    /// When a code that waits for its client expires.
    pub(crate) fn code_expiry(&self, code: &Fingerprint) -> Option<i64> {
        Some(self.codes.get(code)?.expires)
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
        let invalid = |reason: Reason| grant_error("invalid_grant", reason);
        let fingerprint = Fingerprint::of(redemption.code);
        let caller = &*redemption.client.id;
        let anothers = |owner: &str| invalid(of_another_client("code", owner, caller));
        if let Some(spent) = self.spent.get(&fingerprint) {
            let (family, reason) = (spent.family, spent.reason(now));
            let owner = self.families.get(&family).map(|grant| &grant.consent);
            if let Some(owner) = owner.filter(|consent| *consent.client_id != *caller) {
                return Err(anothers(&owner.client_id));
            }
            self.revoke_family(family, now, "its code was used a second time");
            return Err(invalid(reason).of_session(family));
        }
        let Some(code) = self.codes.get(&fingerprint) else {
            return Err(invalid(if self.codes.was_displaced(&fingerprint) {
                Reason::new(
                    "the code made room for newer ones: too many codes waited to be used",
                    "send a code as soon as the redirect brings it; start again at authorize for a \
                     new one",
                )
            } else {
                unknown("code", redemption.code)
            }));
        };
        if *code.consent.client_id != *caller {
            return Err(anothers(&code.consent.client_id));
        }
        if code.expires <= now {
            let ago = ago(code.expires, now);
            return Err(invalid(Reason::new(
                format!("the code expired {ago}"),
                "start again at authorize, and send the new code as soon as the redirect brings it",
            )));
        }
        let (sent, bound) = (redemption.redirect_uri, &code.binding.redirect_uri);
        if sent != bound {
            let differ = difference::first_difference(sent, bound);
            let mistake = difference::uri_mistake(sent, bound);
            return Err(invalid(Reason::new(
                format!("redirect_uri is not the one sent to authorize: they differ {differ}"),
                format!("{mistake}send `redirect_uri={bound}`, as at authorize"),
            )));
        }
        pkce::verify(code.binding.challenge.as_deref(), redemption.verifier).map_err(invalid)?;

        let consent = code.consent.clone();
        let nonce = code.binding.nonce.clone();
        self.codes.remove(&fingerprint);
        let used = Spent {
            family: self.last + 1,
            at: now,
            exchange: current_exchange::number(),
        };
        self.spent.insert(fingerprint, used);
        Ok(self.begin(&consent, nonce, times, rotation))
    }

    /// Begins a family for a consent whose code is spent on it; its number is the next one.
    /// `times` are now and the expiry of refresh tokens.
    pub(crate) fn begin(
        &mut self,
        consent: &Consent,
        nonce: Option<String>,
        times: (i64, i64),
        rotation: Rotation,
    ) -> Issuance {
        let (now, refresh_expires) = times;
        let consent = self.shared(consent);
        self.last += 1;
        let offline = consent.scopes.iter().any(|scope| scope == "offline_access");
        let offline = offline && rotation != Rotation::Withhold;
        let shortest = now.saturating_add(MIN_FAMILY_LIFE_MS);
        let grant = Grant {
            consent: consent.clone(),
            began: now,
            revoked: None,
            expires: if offline { refresh_expires } else { shortest },
            refresh: RefreshToken {
                issued: now,
                exchange: current_exchange::number(),
                ..RefreshToken::default()
            },
        };
        self.families.insert(self.last, grant);
        self.histories.begin(self.last, now);
        let refresh_token = offline.then(|| self.refresh_token(self.last, 0, refresh_expires));
        Issuance {
            grant: self.last,
            scopes: consent.scopes.clone(),
            consent,
            nonce,
            refresh_token,
        }
    }

    fn refresh_token(&self, grant: u64, generation: u32, expires: i64) -> String {
        let content = RefreshTokenContent {
            grant,
            generation,
            expires,
        };
        content.token(&self.key)
    }

    /// What a refresh token holds, if this portal issued it.
    pub(crate) fn open_refresh_token(&self, token: &str) -> Option<RefreshTokenContent> {
        RefreshTokenContent::open(token, &self.key)
    }

    /// The next refresh token of a family, which ends the one before.
    pub(crate) fn rotate(&mut self, number: u64, times: (i64, i64)) -> Option<String> {
        let (issued, expires) = times;
        let grant = self.families.get_mut(&number)?;
        let generation = grant.refresh.generation.checked_add(1)?;
        grant.refresh = RefreshToken {
            generation,
            issued,
            exchange: current_exchange::number(),
            revoked: None,
        };
        let step = Step::Rotated(generation);
        self.histories.note(number, issued, step);
        Some(self.refresh_token(number, generation, expires))
    }

    /// Ends a family: none of its tokens is valid any more. Its first cause of death is kept.
    pub(crate) fn revoke_family(&mut self, number: u64, now: i64, why: &'static str) {
        if let Some(grant) = self.families.get_mut(&number)
            && grant.revoked.is_none()
        {
            grant.revoked = Some(Revoked::now(now, why));
            self.histories.note(number, now, Step::Ended(why));
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
        let why = "all sessions were ended in the portal";
        let families = self.families.iter();
        let living = families.filter(|(_, grant)| grant.revoked.is_none());
        let living: Vec<u64> = living.map(|(number, _)| *number).collect();
        for number in &living {
            self.revoke_family(*number, now, why);
        }
        living.len()
    }

    fn entries(&self) -> usize {
        self.access_tokens.len() + self.families.len() + self.spent.len() + self.codes.len()
    }

    /// Forgets what expired when there is twice as much as the last time.
    pub(crate) fn sweep_if_many(&mut self, now: i64) {
        if self.entries() >= self.sweep_at {
            self.sweep(now);
        }
    }

    /// Forgets what expired, and gives its memory back. A family stays until its last token has
    /// expired, so that reuse is seen as reuse.
    pub(crate) fn sweep(&mut self, now: i64) {
        self.access_tokens.retain(|_, token| token.expires > now);
        self.families.retain(|_, grant| grant.expires > now);
        let grants = &self.families;
        self.histories.sweep(|number| grants.contains_key(&number));
        self.spent
            .retain(|_, spent| grants.contains_key(&spent.family));
        self.codes.sweep(now, |_| true);
        self.names.sweep();
        self.lists.sweep();
        self.access_tokens.shrink_to_fit();
        self.families.shrink_to_fit();
        self.spent.shrink_to_fit();
        self.sweep_at = (2 * self.entries()).max(MIN_ENTRIES_TO_SWEEP);
    }
}
