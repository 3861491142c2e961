//! Prosper's own bookkeeping: browsers, pages that wait, consents, codes and access tokens.
//!
//! Pure, over a clock reading; no HTTP and no waiting. Every method is one short critical section
//! for its caller, so of two exchanges of one code the second always finds it used, however early
//! it began. Only fingerprints of secrets are kept.

use std::collections::{HashMap, HashSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::crypto::random::{self, Fingerprint};
use crate::model::bounded::{Bounded, HeapBytes};
use crate::prosper::request::ProsperRequest;

/// Browsers without a sign-in are forgotten beyond this number.
const MAX_IDLE_BROWSERS: usize = 10_000;
/// What pages that wait for a person may take; the oldest goes when there are more.
const MAX_PENDING_BYTES: usize = 8_000_000;
/// Codes that have expired are forgotten beyond this number.
const MAX_CODES: usize = 10_000;
/// How long a code that has expired is known as one, in milliseconds.
const EXPIRED_CODE_MS: i64 = 600_000;

/// Something that waits for a person in one browser.
#[derive(Clone)]
pub(crate) struct PendingRequest {
    pub(crate) request: ProsperRequest,
    browser: u64,
    expires: i64,
}

impl HeapBytes for PendingRequest {
    fn heap_bytes(&self) -> usize {
        self.request.heap_bytes()
    }
}

struct ProsperCode {
    client: String,
    persona: String,
    expires: i64,
    used: bool,
}

/// Who holds an access token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ProsperTokenOwner {
    pub(crate) client: String,
    pub(crate) persona: String,
    expires: i64,
}

/// Why a code is not exchanged, in Prosper's words, and why for the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ExchangeError {
    pub(crate) said: &'static str,
    pub(crate) why: &'static str,
    /// What would have been right.
    pub(crate) instead: &'static str,
}

pub(crate) struct Ledger {
    last: u64,
    cookies: HashMap<Fingerprint, u64>,
    browsers: HashMap<u64, Option<String>>,
    pending: Bounded<PendingRequest>,
    /// Persona and client.
    consents: HashSet<(String, String)>,
    codes: HashMap<Fingerprint, ProsperCode>,
    tokens: HashMap<Fingerprint, ProsperTokenOwner>,
}

impl Default for Ledger {
    fn default() -> Self {
        Self {
            last: 0,
            cookies: HashMap::new(),
            browsers: HashMap::new(),
            pending: Bounded::new(MAX_PENDING_BYTES),
            consents: HashSet::new(),
            codes: HashMap::new(),
            tokens: HashMap::new(),
        }
    }
}

/// Base64 as Prosper writes it, with all its characters.
fn opaque() -> String {
    let bytes: [u8; 64] = rand::random();
    STANDARD.encode(bytes)
}

impl Ledger {
    /// Who is signed in with a cookie.
    pub(crate) fn persona(&self, cookie: Option<&str>) -> Option<&str> {
        let browser = self.cookies.get(&Fingerprint::of(cookie?))?;
        self.browsers.get(browser)?.as_deref()
    }

    /// Lets a request wait for a person. Returns the id of its pages, and a cookie for a browser
    /// that has none.
    pub(crate) fn wait(
        &mut self,
        cookie: Option<&str>,
        request: ProsperRequest,
        times: (i64, i64),
    ) -> (String, Option<String>) {
        let (_, expires) = times;
        let known = cookie.and_then(|cookie| self.cookies.get(&Fingerprint::of(cookie)).copied());
        let (browser, cookie) = if let Some(browser) = known {
            (browser, None)
        } else {
            let (browser, cookie) = self.admit();
            (browser, Some(cookie))
        };
        let id = random::token("");
        let pending = PendingRequest {
            request,
            browser,
            expires,
        };
        self.pending.insert(Fingerprint::of(&id), pending, times);
        (id, cookie)
    }

    fn admit(&mut self) -> (u64, String) {
        if self.browsers.len() >= MAX_IDLE_BROWSERS {
            let waiting: HashSet<u64> = self.pending.values().map(|found| found.browser).collect();
            self.browsers
                .retain(|id, persona| persona.is_some() || waiting.contains(id));
            let browsers = &self.browsers;
            self.cookies.retain(|_, id| browsers.contains_key(id));
        }
        self.last += 1;
        self.browsers.insert(self.last, None);
        let cookie = random::token("");
        self.cookies.insert(Fingerprint::of(&cookie), self.last);
        (self.last, cookie)
    }

    /// What waits under an id for this browser.
    pub(crate) fn pending(
        &self,
        cookie: Option<&str>,
        id: &str,
        now: i64,
    ) -> Option<&PendingRequest> {
        let browser = self.cookies.get(&Fingerprint::of(cookie?))?;
        self.pending
            .get(&Fingerprint::of(id))
            .filter(|pending| pending.browser == *browser && pending.expires > now)
    }

    /// Signs the browser of a page in. It gets a new cookie, so that one known before is worth
    /// nothing.
    pub(crate) fn sign_in(&mut self, pending: &PendingRequest, persona: &str) -> String {
        self.browsers
            .insert(pending.browser, Some(persona.to_owned()));
        self.cookies.retain(|_, id| *id != pending.browser);
        let cookie = random::token("");
        self.cookies
            .insert(Fingerprint::of(&cookie), pending.browser);
        cookie
    }

    /// Takes away what waits under an id: it is answered. Says whether it still waited.
    pub(crate) fn answer(&mut self, id: &str) -> bool {
        self.pending.remove(&Fingerprint::of(id)).is_some()
    }

    /// Whether a person has agreed to a client before.
    pub(crate) fn has_agreed(&self, persona: &str, client: &str) -> bool {
        self.consents
            .contains(&(persona.to_owned(), client.to_owned()))
    }

    /// Remembers that a person agreed to a client.
    pub(crate) fn agree(&mut self, persona: &str, client: &str) {
        self.consents
            .insert((persona.to_owned(), client.to_owned()));
    }

    pub(crate) fn issue_code(&mut self, persona: &str, client: &str, times: (i64, i64)) -> String {
        let (now, expires) = times;
        // Used ones too: an expired code and an unknown one get the same answer.
        self.codes
            .retain(|_, code| code.expires > now || !code.used);
        if self.codes.len() >= MAX_CODES {
            self.codes.retain(|_, code| code.expires > now);
        }
        let code = opaque();
        self.codes.insert(
            Fingerprint::of(&code),
            ProsperCode {
                client: client.to_owned(),
                persona: persona.to_owned(),
                expires,
                used: false,
            },
        );
        code
    }

    /// Exchanges a code, once. One that is refused stays as it was (docs/portal.md, Prosper).
    pub(crate) fn exchange(
        &mut self,
        code: &str,
        client: &str,
        times: (i64, i64),
    ) -> Result<(String, ProsperTokenOwner), ExchangeError> {
        let (now, expires) = times;
        let refuse = |said, why, instead| Err(ExchangeError { said, why, instead });
        let Some(code) = self.codes.get_mut(&Fingerprint::of(code)) else {
            return refuse(
                "Invalid code",
                "the code was never issued, or expired long ago",
                "send the `code` of the last redirect to your redirect URI, URL-decoded: it may hold `+`, \
                 `/` and `=`",
            );
        };
        if code.used {
            return refuse(
                "Invalid code",
                "the code was already used",
                "send each code once, and keep the access token of that answer; start again at authorize \
                 for a new code",
            );
        }
        if code.expires <= now {
            return refuse(
                "Code has expired",
                "the code is more than 5 minutes old",
                "start again at authorize, and send the new code as soon as the redirect brings it",
            );
        }
        if code.client != client {
            return refuse(
                "Invalid client id",
                "the code was issued to another client",
                "send the `client_id` of the authorization request",
            );
        }
        code.used = true;
        let holder = ProsperTokenOwner {
            client: client.to_owned(),
            persona: code.persona.clone(),
            expires,
        };
        self.tokens.retain(|_, holder| holder.expires > now);
        let token = opaque();
        self.tokens.insert(Fingerprint::of(&token), holder.clone());
        Ok((token, holder))
    }

    /// Who holds an access token, or why it is not valid.
    pub(crate) fn holder(&self, token: &str, now: i64) -> Result<ProsperTokenOwner, &'static str> {
        let holder = self
            .tokens
            .get(&Fingerprint::of(token))
            .ok_or("the access token was never issued, or expired long ago")?;
        if holder.expires <= now {
            return Err("the access token has expired");
        }
        Ok(holder.clone())
    }

    /// Forgets what expired, and gives its memory back.
    pub(crate) fn sweep(&mut self, now: i64) {
        self.pending.sweep(now, |_| true);
        // A code that comes late should learn that it has expired.
        let wanted = |code: &ProsperCode| !code.used && code.expires > now - EXPIRED_CODE_MS;
        self.codes
            .retain(|_, code| code.expires > now || wanted(code));
        self.tokens.retain(|_, holder| holder.expires > now);
        self.codes.shrink_to_fit();
        self.tokens.shrink_to_fit();
    }

    /// Ends every session, with all that waits for a person; says how many tokens there were.
    pub(crate) fn forget_all(&mut self) -> usize {
        let tokens = self.tokens.len();
        *self = Self {
            last: self.last,
            ..Self::default()
        };
        tokens
    }
}
