//! What the sandbox was asked and what it answered, one [`Event`] a request.
//!
//! Tests assert on it and people read it. No token, code, verifier, secret or cookie is ever
//! written here: only paths without their query, registered client ids, and sentences.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use axum::response::Response;
use serde::Serialize;

/// Events kept; the oldest go first.
const MAX_EVENTS: usize = 100_000;

/// Called with each event as it happens, on the thread that served the request.
pub type Observer = Arc<dyn Fn(&Event) + Send + Sync>;

/// One request and its outcome.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Event {
    /// Counts from 1, in the order in which requests were finished.
    pub sequence: u64,
    /// When the request arrived, on the sandbox's clock.
    pub time: String,
    /// The request's method.
    pub method: String,
    /// The request's path, without its query.
    pub path: String,
    /// The status answered; `None` when the connection was closed without an answer.
    pub status: Option<u16>,
    /// Which part answered: `discovery`, `jwks`, `authorize`, `login`, `consent`, `device`,
    /// `verification`, `token`, `userinfo`, `revoke`, `introspect`, `me`, `files`, `index`,
    /// `control` or `unknown`; of Prosper `prosper_authorize`, `prosper_login`, `prosper_consent`,
    /// `prosper_welcome`, `prosper_token` or `prosper_user`.
    pub endpoint: &'static str,
    /// The registered client concerned, once it is known.
    pub client_id: Option<String>,
    /// The grant type asked for at the token endpoint, when it is one the portal knows.
    pub grant_type: Option<&'static str>,
    /// The persona concerned, once it is known.
    pub persona: Option<String>,
    /// The scripted failure that was applied, as a rule.
    pub fault: Option<String>,
    /// Whether credentials were sent to the file service, where they have no business.
    pub leak: bool,
    /// What happened, in words.
    pub outcome: String,
}

#[derive(Default)]
pub(crate) struct RequestLog {
    entries: Mutex<Entries>,
    observer: Option<Observer>,
}

#[derive(Default)]
struct Entries {
    last: u64,
    events: VecDeque<Event>,
}

impl RequestLog {
    pub(crate) fn new(observer: Option<Observer>) -> Self {
        Self {
            entries: Mutex::default(),
            observer,
        }
    }

    /// Numbers an event, keeps it, and shows it to the observer.
    pub(crate) fn record(&self, mut event: Event) {
        {
            let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
            entries.last += 1;
            event.sequence = entries.last;
            if entries.events.len() == MAX_EVENTS {
                entries.events.pop_front();
            }
            entries.events.push_back(event.clone());
        }
        if let Some(observer) = &self.observer {
            observer(&event);
        }
    }

    pub(crate) fn events(&self) -> Vec<Event> {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.events.iter().cloned().collect()
    }
}

/// What an endpoint wants the log to say about its answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct LogEntry {
    pub(crate) client_id: Option<String>,
    pub(crate) grant_type: Option<&'static str>,
    pub(crate) persona: Option<String>,
    pub(crate) fault: Option<String>,
    pub(crate) outcome: String,
}

impl LogEntry {
    pub(crate) fn new(outcome: impl Into<String>) -> Self {
        Self {
            outcome: outcome.into(),
            ..Self::default()
        }
    }

    pub(crate) fn client(mut self, id: &str) -> Self {
        self.client_id = Some(id.to_owned());
        self
    }

    pub(crate) fn grant(mut self, grant_type: &'static str) -> Self {
        self.grant_type = Some(grant_type);
        self
    }

    pub(crate) fn persona(mut self, id: &str) -> Self {
        self.persona = Some(id.to_owned());
        self
    }

    pub(crate) fn fault(mut self, rule: Option<String>) -> Self {
        self.fault = rule;
        self
    }

    /// Pins the entry to an answer; the router takes it off again.
    pub(crate) fn on(self, mut response: Response) -> Response {
        response.extensions_mut().insert(self);
        response
    }
}
