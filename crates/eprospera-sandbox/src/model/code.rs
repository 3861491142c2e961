//! An authorization code while it waits for its client, and once it is used.

use crate::clock::ago;
use crate::current_exchange::ExchangeNumber;
use crate::model::bounded::HeapBytes;
use crate::model::consent::Consent;
use crate::reason::Reason;

/// What a code is bound to.
#[derive(Clone, Debug)]
pub(crate) struct CodeBinding {
    pub(crate) redirect_uri: String,
    pub(crate) challenge: Option<String>,
    pub(crate) nonce: Option<String>,
}

pub(super) struct AuthorizationCode {
    pub(super) consent: Consent,
    pub(super) binding: CodeBinding,
    pub(super) expires: i64,
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
pub(super) struct Spent {
    pub(super) family: u64,
    pub(super) at: i64,
    /// The request that redeemed it.
    pub(super) exchange: Option<ExchangeNumber>,
}

impl Spent {
    /// Why it is refused.
    pub(super) fn reason(&self, now: i64) -> Reason {
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
