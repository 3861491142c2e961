//! Browsers: who is signed in where, and which login or consent page waits for an answer.
//!
//! A page request has a random id, belongs to one browser, is answered once and expires. Pure
//! bookkeeping; no HTTP.

use std::collections::HashMap;

use crate::crypto::random::{self, Fingerprint};
use crate::model::authorization::Authorization;
use crate::model::bounded::{Bounded, HeapBytes, bytes_of};
use crate::model::device_codes::DeviceRequest;

/// Browsers are forgotten beyond this number: those that never signed in first.
const MAX_BROWSERS: usize = 10_000;
/// What pages that wait for a person may take; the oldest goes when there are more.
const MAX_PENDING_BYTES: usize = 8_000_000;

/// A browser, whatever its cookie is just now.
pub(crate) type BrowserId = u64;

/// Who signed in, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Login {
    pub(crate) persona: String,
    pub(crate) time: i64,
}

struct Browser {
    login: Option<Login>,
    /// What was agreed to before: persona, client, scopes, entities.
    consents: Vec<(String, String, Vec<String>, Vec<String>)>,
    seen: i64,
    cookie: Fingerprint,
}

/// What a person is asked about.
#[derive(Clone)]
pub(crate) enum Interaction {
    /// A client sent the browser here, and gets it back.
    Authorization(Authorization),
    /// A device waits elsewhere; the browser stays.
    Device(DeviceRequest),
}

impl Interaction {
    pub(crate) fn client_id(&self) -> &str {
        match self {
            Self::Authorization(authorization) => &authorization.client_id,
            Self::Device(device_request) => &device_request.client_id,
        }
    }

    pub(crate) fn scopes(&self) -> &[String] {
        match self {
            Self::Authorization(authorization) => &authorization.scopes,
            Self::Device(device_request) => &device_request.scopes,
        }
    }
}

/// A question that waits for a person.
#[derive(Clone)]
pub(crate) struct PendingInteraction {
    browser: BrowserId,
    pub(crate) interaction: Interaction,
    /// The person must sign in again before anything else.
    pub(crate) login_needed: bool,
    expires: i64,
}

impl HeapBytes for PendingInteraction {
    fn heap_bytes(&self) -> usize {
        let more = match &self.interaction {
            Interaction::Authorization(authorization) => authorization.heap_bytes(),
            Interaction::Device(_) => 0,
        };
        self.interaction.client_id().len() + bytes_of(self.interaction.scopes()) + more
    }
}

pub(crate) struct BrowserSessions {
    last: BrowserId,
    cookies: HashMap<Fingerprint, BrowserId>,
    browsers: HashMap<BrowserId, Browser>,
    pending: Bounded<PendingInteraction>,
}

impl Default for BrowserSessions {
    fn default() -> Self {
        Self {
            last: 0,
            cookies: HashMap::new(),
            browsers: HashMap::new(),
            pending: Bounded::new(MAX_PENDING_BYTES),
        }
    }
}

impl BrowserSessions {
    /// The browser that a cookie belongs to.
    pub(crate) fn find(&self, cookie: Option<&str>) -> Option<BrowserId> {
        self.cookies.get(&Fingerprint::of(cookie?)).copied()
    }

    /// The browser that a cookie belongs to, or a new one with the cookie that it is to get.
    pub(crate) fn find_or_admit(
        &mut self,
        cookie: Option<&str>,
        now: i64,
    ) -> (BrowserId, Option<String>) {
        if let Some(known) = self.find(cookie) {
            return (known, None);
        }
        let (browser, cookie) = self.admit(now);
        (browser, Some(cookie))
    }

    fn admit(&mut self, now: i64) -> (BrowserId, String) {
        if self.browsers.len() >= MAX_BROWSERS {
            self.forget_half(now);
        }
        self.last += 1;
        let cookie = random::token("");
        let fingerprint = Fingerprint::of(&cookie);
        self.cookies.insert(fingerprint, self.last);
        let browser = Browser {
            login: None,
            consents: Vec::new(),
            seen: now,
            cookie: fingerprint,
        };
        self.browsers.insert(self.last, browser);
        (self.last, cookie)
    }

    /// Half of the browsers go, those that never signed in first, then those that were not seen for
    /// longest; their pages go with them.
    fn forget_half(&mut self, now: i64) {
        let mut ids: Vec<_> = self
            .browsers
            .iter()
            .map(|(id, browser)| (browser.login.is_some(), browser.seen, *id))
            .collect();
        ids.sort_unstable();
        for (_, _, id) in ids.iter().take(ids.len() / 2) {
            if let Some(browser) = self.browsers.remove(id) {
                self.cookies.remove(&browser.cookie);
            }
        }
        self.sweep(now);
    }

    /// Forgets pages that expired, and gives their memory back.
    pub(crate) fn sweep(&mut self, now: i64) {
        let browsers = &self.browsers;
        self.pending
            .sweep(now, |pending| browsers.contains_key(&pending.browser));
        self.browsers.shrink_to_fit();
        self.cookies.shrink_to_fit();
    }

    pub(crate) fn login(&self, browser: BrowserId) -> Option<Login> {
        self.browsers.get(&browser)?.login.clone()
    }

    /// Signs a browser in. It gets a new cookie, so that one known before is worth nothing.
    pub(crate) fn sign_in(&mut self, browser: BrowserId, login: Login) -> String {
        let cookie = random::token("");
        let fingerprint = Fingerprint::of(&cookie);
        if let Some(known) = self.browsers.get_mut(&browser) {
            known.login = Some(login);
            self.cookies.remove(&known.cookie);
            known.cookie = fingerprint;
            self.cookies.insert(fingerprint, browser);
        }
        cookie
    }

    /// Lets a question wait for a person; returns the id of its pages.
    pub(crate) fn wait(
        &mut self,
        browser: BrowserId,
        interaction: Interaction,
        login_needed: bool,
        times: (i64, i64),
    ) -> String {
        let (now, expires) = times;
        if let Some(browser) = self.browsers.get_mut(&browser) {
            browser.seen = now;
        }
        let id = random::token("");
        let pending = PendingInteraction {
            browser,
            interaction,
            login_needed,
            expires,
        };
        self.pending.insert(Fingerprint::of(&id), pending, times);
        id
    }

    /// What waits under an id, if it belongs to this browser and has not expired.
    pub(crate) fn pending(
        &mut self,
        browser: BrowserId,
        id: &str,
        now: i64,
    ) -> Option<&mut PendingInteraction> {
        self.pending
            .get_mut(&Fingerprint::of(id))
            .filter(|pending| pending.browser == browser && pending.expires > now)
    }

    /// Whether what waited under an id made room for what is newer.
    pub(crate) fn was_displaced(&self, id: &str) -> bool {
        self.pending.was_displaced(&Fingerprint::of(id))
    }

    /// Takes what waits under an id away: it is answered.
    pub(crate) fn answer(
        &mut self,
        browser: BrowserId,
        id: &str,
        now: i64,
    ) -> Option<PendingInteraction> {
        self.pending(browser, id, now)?;
        self.pending.remove(&Fingerprint::of(id))
    }

    /// Remembers a consent for `prompt=none`.
    pub(crate) fn remember(
        &mut self,
        browser: BrowserId,
        persona: &str,
        authorization: &Authorization,
        entities: &[String],
    ) {
        let Some(browser) = self.browsers.get_mut(&browser) else {
            return;
        };
        let client = &authorization.client_id;
        browser
            .consents
            .retain(|consent| consent.0 != persona || consent.1 != *client);
        browser.consents.push((
            persona.to_owned(),
            client.clone(),
            authorization.scopes.clone(),
            entities.to_vec(),
        ));
    }

    /// The entities of an earlier consent that covers an authorization.
    pub(crate) fn remembered(
        &self,
        browser: BrowserId,
        persona: &str,
        authorization: &Authorization,
    ) -> Option<Vec<String>> {
        let consents = &self.browsers.get(&browser)?.consents;
        let (_, _, _, entities) = consents.iter().find(|(who, client, scopes, _)| {
            who == persona
                && *client == authorization.client_id
                && authorization
                    .scopes
                    .iter()
                    .all(|scope| scopes.contains(scope))
        })?;
        Some(entities.clone())
    }

    /// Signs every browser out and drops every page that waits.
    pub(crate) fn forget_all(&mut self) {
        self.cookies.clear();
        self.browsers.clear();
        self.pending.clear();
    }
}
