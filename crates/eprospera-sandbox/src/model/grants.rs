//! Families of tokens, and what ends them.
//!
//! Pure bookkeeping over a clock reading: no HTTP, no signing, no waiting. Every method is one
//! short critical section for its caller. Only fingerprints of secrets are kept, and of a refresh
//! token not even that: it holds its own family and generation under a keyed hash, so a family is
//! all that is stored of any number of rotations. How a client redeems a code is in
//! [`redeem`](super::redeem), what it does with a refresh token in [`refresh`](super::refresh), what
//! an access token opens in [`token_owner`](super::token_owner); codes that a device waits for are
//! in [`device_codes`](super::device_codes).

use std::collections::HashMap;
use std::sync::Arc;

use crate::crypto::mac::MacKey;
use crate::crypto::random::Fingerprint;
use crate::current_exchange::{self, ExchangeNumber};
use crate::model::bounded::Bounded;
use crate::model::code::{AuthorizationCode, Spent};
use crate::model::consent::Consent;
use crate::model::history::{Histories, Step};
use crate::model::refresh_token::RefreshTokenContent;
use crate::pool::Pool;

/// Below this many entries nothing is swept.
const MIN_ENTRIES_TO_SWEEP: usize = 4096;
/// What codes that wait for their client may take.
const MAX_CODE_BYTES: usize = 8_000_000;
/// How long a family without a refresh token lives at least, in milliseconds: while its tokens are
/// signed, and while its code is of any interest.
const MIN_FAMILY_LIFE_MS: i64 = 600_000;

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
    pub(super) codes: Bounded<AuthorizationCode>,
    pub(super) spent: HashMap<Fingerprint, Spent>,
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

impl Grants {
    /// The same consent, sharing with others what they have in common.
    pub(super) fn shared(&mut self, consent: &Consent) -> Consent {
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

    /// The number of the family that begins next.
    pub(crate) const fn next(&self) -> u64 {
        self.last + 1
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
