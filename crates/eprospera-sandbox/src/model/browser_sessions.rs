//! Browsers: who is signed in where, and which login or consent page waits for an answer.
//!
//! A page request has a random id, belongs to one browser, is answered once and expires. Pure
//! bookkeeping; no HTTP.

use std::collections::HashMap;

use crate::crypto::random::{self, Fingerprint};
use crate::model::authorization::Authorization;
use crate::model::device_codes::Connection;

/// Browsers that never signed in are forgotten beyond this number.
const IDLE_VISITORS: usize = 10_000;

/// A browser, whatever its cookie is just now.
pub(crate) type VisitorId = u64;

/// Who signed in, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Login {
    pub(crate) persona: String,
    pub(crate) time: i64,
}

struct Visitor {
    login: Option<Login>,
    /// What was agreed to before: persona, client, scopes, entities.
    consents: Vec<(String, String, Vec<String>, Vec<String>)>,
    seen: i64,
}

/// What a person is asked about.
#[derive(Clone)]
pub(crate) enum Interaction {
    /// A client sent the browser here, and gets it back.
    Authorization(Authorization),
    /// A device waits elsewhere; the browser stays.
    Device(Connection),
}

impl Interaction {
    pub(crate) fn client_id(&self) -> &str {
        match self {
            Self::Authorization(authorization) => &authorization.client_id,
            Self::Device(connection) => &connection.client_id,
        }
    }

    pub(crate) fn scopes(&self) -> &[String] {
        match self {
            Self::Authorization(authorization) => &authorization.scopes,
            Self::Device(connection) => &connection.scopes,
        }
    }
}

/// A question that waits for a person.
#[derive(Clone)]
pub(crate) struct Pending {
    visitor: VisitorId,
    pub(crate) interaction: Interaction,
    /// The person must sign in again before anything else.
    pub(crate) login_needed: bool,
    expires: i64,
}

/// All browsers.
#[derive(Default)]
pub(crate) struct Visitors {
    last: VisitorId,
    cookies: HashMap<Fingerprint, VisitorId>,
    browsers: HashMap<VisitorId, Visitor>,
    pending: HashMap<Fingerprint, Pending>,
}

impl Visitors {
    /// The browser that a cookie belongs to.
    pub(crate) fn find(&self, cookie: Option<&str>) -> Option<VisitorId> {
        self.cookies.get(&Fingerprint::of(cookie?)).copied()
    }

    /// The browser that a cookie belongs to, or a new one with the cookie that it is to get.
    pub(crate) fn find_or_admit(
        &mut self,
        cookie: Option<&str>,
        now: i64,
    ) -> (VisitorId, Option<String>) {
        if let Some(known) = self.find(cookie) {
            return (known, None);
        }
        let (visitor, cookie) = self.admit(now);
        (visitor, Some(cookie))
    }

    /// A new browser and its cookie.
    fn admit(&mut self, now: i64) -> (VisitorId, String) {
        self.sweep();
        self.last += 1;
        let cookie = random::token("");
        self.cookies.insert(Fingerprint::of(&cookie), self.last);
        let visitor = Visitor {
            login: None,
            consents: Vec::new(),
            seen: now,
        };
        self.browsers.insert(self.last, visitor);
        (self.last, cookie)
    }

    /// Half of the idle browsers go when there are too many; their pages go with them.
    fn sweep(&mut self) {
        if self.browsers.len() < IDLE_VISITORS {
            return;
        }
        let mut seen: Vec<i64> = self.browsers.values().map(|visitor| visitor.seen).collect();
        seen.sort_unstable();
        let middle = seen.get(seen.len() / 2).copied().unwrap_or_default();
        self.browsers
            .retain(|_, visitor| visitor.login.is_some() || visitor.seen > middle);
        let visitors = &self.browsers;
        self.cookies.retain(|_, id| visitors.contains_key(id));
        self.pending
            .retain(|_, pending| visitors.contains_key(&pending.visitor));
    }

    pub(crate) fn login(&self, visitor: VisitorId) -> Option<Login> {
        self.browsers.get(&visitor)?.login.clone()
    }

    /// Signs a browser in. It gets a new cookie, so that one known before is worth nothing.
    pub(crate) fn sign_in(&mut self, visitor: VisitorId, login: Login) -> String {
        if let Some(visitor) = self.browsers.get_mut(&visitor) {
            visitor.login = Some(login);
        }
        self.cookies.retain(|_, id| *id != visitor);
        let cookie = random::token("");
        self.cookies.insert(Fingerprint::of(&cookie), visitor);
        cookie
    }

    /// Lets a question wait for a person; returns the id of its pages.
    pub(crate) fn wait(
        &mut self,
        visitor: VisitorId,
        interaction: Interaction,
        login_needed: bool,
        times: (i64, i64),
    ) -> String {
        let (now, expires) = times;
        self.pending.retain(|_, pending| pending.expires > now);
        if let Some(visitor) = self.browsers.get_mut(&visitor) {
            visitor.seen = now;
        }
        let id = random::token("");
        let pending = Pending {
            visitor,
            interaction,
            login_needed,
            expires,
        };
        self.pending.insert(Fingerprint::of(&id), pending);
        id
    }

    /// What waits under an id, if it belongs to this browser and has not expired.
    pub(crate) fn pending(
        &mut self,
        visitor: VisitorId,
        id: &str,
        now: i64,
    ) -> Option<&mut Pending> {
        self.pending
            .get_mut(&Fingerprint::of(id))
            .filter(|pending| pending.visitor == visitor && pending.expires > now)
    }

    /// Takes what waits under an id away: it is answered.
    pub(crate) fn answer(&mut self, visitor: VisitorId, id: &str, now: i64) -> Option<Pending> {
        self.pending(visitor, id, now)?;
        self.pending.remove(&Fingerprint::of(id))
    }

    /// Remembers a consent for `prompt=none`.
    pub(crate) fn remember(
        &mut self,
        visitor: VisitorId,
        persona: &str,
        authorization: &Authorization,
        entities: &[String],
    ) {
        let Some(visitor) = self.browsers.get_mut(&visitor) else {
            return;
        };
        let client = &authorization.client_id;
        visitor
            .consents
            .retain(|consent| consent.0 != persona || consent.1 != *client);
        visitor.consents.push((
            persona.to_owned(),
            client.clone(),
            authorization.scopes.clone(),
            entities.to_vec(),
        ));
    }

    /// The entities of an earlier consent that covers an authorization.
    pub(crate) fn remembered(
        &self,
        visitor: VisitorId,
        persona: &str,
        authorization: &Authorization,
    ) -> Option<Vec<String>> {
        let consents = &self.browsers.get(&visitor)?.consents;
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
