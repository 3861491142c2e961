//! Issuing authorization codes, and redeeming each of them once. RFC 6749 §4.1.3, RFC 7636 §4.6.

use crate::clock::ago;
use crate::crypto::random::{self, Fingerprint};
use crate::current_exchange;
use crate::difference;
use crate::model::client::Client;
use crate::model::code::{AuthorizationCode, CodeBinding, Spent};
use crate::model::consent::Consent;
use crate::model::grant_error::{GrantError, grant_error, of_another_client, unknown};
use crate::model::grants::{Grants, Issuance, Rotation};
use crate::model::pkce;
use crate::reason::Reason;

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

    /// The family that a code was redeemed for.
    pub(crate) fn redeemed_for(&self, code: &Fingerprint) -> Option<u64> {
        Some(self.spent.get(code)?.family)
    }

    /// When a code that waits for its client expires.
    pub(crate) fn code_expiry(&self, code: &Fingerprint) -> Option<i64> {
        Some(self.codes.get(code)?.expires)
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
            family: self.next(),
            at: now,
            exchange: current_exchange::number(),
        };
        self.spent.insert(fingerprint, used);
        Ok(self.begin(&consent, nonce, times, rotation))
    }
}
