//! What the sandbox was asked and what it answered, one [`Event`] a request.
//!
//! Tests assert on it and people read it. No token, code, verifier, secret or cookie is ever
//! written here: only paths without their query, registered client ids, and sentences.

use std::collections::VecDeque;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::response::Response;
use serde::Serialize;

use crate::pool::Pool;
use crate::reason::Reason;

/// Events kept, and the bytes that they may take as if nothing were shared; the oldest go first.
const MAX_EVENTS: usize = 100_000;
const MAX_BYTES: usize = 40_000_000;

/// Called with each event as it happens, on the thread that served the request.
pub type Observer = Arc<dyn Fn(&Event) + Send + Sync>;

/// One request and its outcome.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Event {
    /// Counts from 1, in the order in which requests were finished.
    pub sequence: u64,
    /// Its number in the inspector, which counts from 1 in the order in which requests came.
    pub number: u64,
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
    /// `inspector`, `control`, `health`, `ca_certificate` or `unknown`; `tls` where a client did not get
    /// past the TLS handshake, or spoke TLS where none is spoken; of Prosper `prosper_authorize`, `prosper_login`, `prosper_consent`,
    /// `prosper_welcome`, `prosper_token` or `prosper_user`.
    pub endpoint: &'static str,
    /// The registered client concerned, once it is known.
    pub client_id: Option<String>,
    /// The grant type asked for at the token endpoint, when it is one the portal knows.
    pub grant_type: Option<&'static str>,
    /// The persona concerned, once it is known.
    pub persona: Option<String>,
    /// The number of the session that was begun, used or ended; only for who runs the sandbox in the
    /// same process.
    #[serde(skip)]
    pub session: Option<u64>,
    /// The scripted failure that was applied, as a rule.
    pub fault: Option<String>,
    /// Whether credentials were sent to the file service, where they have no business.
    pub leak: bool,
    /// What happened, in words.
    pub outcome: String,
    /// What to send instead, when the request was refused.
    pub send_instead: Option<String>,
}

#[derive(Default)]
pub(crate) struct RequestLog {
    entries: Mutex<Entries>,
    observer: Option<Observer>,
}

#[derive(Default)]
struct Entries {
    last: u64,
    bytes: usize,
    events: VecDeque<KeptEvent>,
    texts: Pool<str>,
}

/// An event as it is kept: what it has in common with others is shared.
struct KeptEvent {
    time: Arc<str>,
    method: Arc<str>,
    path: Arc<str>,
    outcome: Arc<str>,
    client_id: Option<Arc<str>>,
    persona: Option<Arc<str>>,
    fault: Option<Arc<str>>,
    /// Of few events, so it takes little room in the others.
    send_instead: Option<Box<Arc<str>>>,
    /// Half as wide as elsewhere: it is kept a hundred thousand times.
    number: u32,
    session: Option<NonZeroU32>,
    endpoint: &'static str,
    grant_type: Option<&'static str>,
    status: Option<u16>,
    leak: bool,
}

impl KeptEvent {
    fn of(event: &Event, texts: &mut Pool<str>) -> Self {
        let mut optional = |text: &Option<String>| Some(texts.share(text.as_deref()?));
        Self {
            client_id: optional(&event.client_id),
            persona: optional(&event.persona),
            fault: optional(&event.fault),
            send_instead: optional(&event.send_instead).map(Box::new),
            number: u32::try_from(event.number).unwrap_or(u32::MAX),
            session: session(event),
            time: event.time.as_str().into(),
            method: texts.share(event.method.as_str()),
            path: texts.share(event.path.as_str()),
            outcome: texts.share(event.outcome.as_str()),
            endpoint: event.endpoint,
            grant_type: event.grant_type,
            status: event.status,
            leak: event.leak,
        }
    }

    /// What it takes when nothing is shared.
    fn bytes(&self) -> usize {
        let optional = [&self.client_id, &self.persona, &self.fault];
        let optional = optional.into_iter().flatten();
        let optional = optional.chain(self.send_instead.as_deref());
        let texts = [&self.time, &self.method, &self.path, &self.outcome];
        let texts: usize = texts
            .into_iter()
            .chain(optional)
            .map(|text| text.len())
            .sum();
        size_of::<Self>() + texts
    }

    fn event(&self, sequence: u64) -> Event {
        let optional = |text: &Option<Arc<str>>| Some(text.as_ref()?.to_string());
        Event {
            sequence,
            number: self.number.into(),
            time: self.time.to_string(),
            method: self.method.to_string(),
            path: self.path.to_string(),
            status: self.status,
            endpoint: self.endpoint,
            client_id: optional(&self.client_id),
            grant_type: self.grant_type,
            persona: optional(&self.persona),
            session: self.session.map(|session| session.get().into()),
            fault: optional(&self.fault),
            leak: self.leak,
            outcome: self.outcome.to_string(),
            send_instead: self.send_instead.as_ref().map(ToString::to_string),
        }
    }
}

fn session(event: &Event) -> Option<NonZeroU32> {
    NonZeroU32::new(u32::try_from(event.session?).ok()?)
}

impl Entries {
    fn push(&mut self, event: &Event) {
        let kept = KeptEvent::of(event, &mut self.texts);
        self.bytes += kept.bytes();
        self.events.push_back(kept);
        while self.events.len() > MAX_EVENTS || self.bytes > MAX_BYTES {
            let Some(oldest) = self.events.pop_front() else {
                return;
            };
            self.bytes -= oldest.bytes();
        }
    }

    /// How many of the oldest are gone, which is the number of the last of them.
    fn dropped(&self) -> u64 {
        self.last - self.events.len() as u64
    }
}

/// Which events there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Extent {
    /// How many of the oldest are gone; the numbers of those that are kept follow.
    pub(crate) dropped: u64,
    /// The number of the newest; 0 without any.
    pub(crate) last: u64,
}

impl RequestLog {
    pub(crate) fn new(observer: Option<Observer>) -> Self {
        Self {
            entries: Mutex::default(),
            observer,
        }
    }

    fn entries(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Numbers an event, keeps it, and shows it to the observer; returns its number.
    pub(crate) fn record(&self, mut event: Event) -> u64 {
        {
            let mut entries = self.entries();
            entries.last += 1;
            event.sequence = entries.last;
            entries.push(&event);
        }
        if let Some(observer) = &self.observer {
            observer(&event);
        }
        event.sequence
    }

    pub(crate) fn events(&self) -> Vec<Event> {
        self.after(0, usize::MAX)
    }

    pub(crate) fn extent(&self) -> Extent {
        let entries = self.entries();
        Extent {
            dropped: entries.dropped(),
            last: entries.last,
        }
    }

    /// The events that follow a number, oldest first, and not more than so many.
    pub(crate) fn after(&self, sequence: u64, limit: usize) -> Vec<Event> {
        let entries = self.entries();
        let dropped = entries.dropped();
        let skipped = usize::try_from(sequence.saturating_sub(dropped)).unwrap_or(usize::MAX);
        let kept = entries.events.iter().enumerate().skip(skipped).take(limit);
        kept.map(|(index, event)| event.event(dropped + 1 + index as u64))
            .collect()
    }
}

/// What an endpoint wants the log to say about its answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct LogEntry {
    pub(crate) client_id: Option<String>,
    pub(crate) grant_type: Option<&'static str>,
    pub(crate) persona: Option<String>,
    pub(crate) fault: Option<String>,
    /// The number of the session that was begun, used or ended.
    pub(crate) session: Option<u64>,
    pub(crate) outcome: String,
    pub(crate) refusal: Option<Refusal>,
}

/// A refusal as the client got it, and the reason that only people see.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    /// The code, or the text of an answer without one.
    pub(crate) error: String,
    pub(crate) reason: Reason,
}

impl LogEntry {
    pub(crate) fn new(outcome: impl Into<String>) -> Self {
        Self {
            outcome: outcome.into(),
            ..Self::default()
        }
    }

    /// A refusal, told as `error: why`.
    pub(crate) fn refused(error: impl Into<String>, reason: Reason) -> Self {
        let error = error.into();
        let outcome = format!("{error}: {}", reason.why);
        Self::new(outcome).refusal(error, reason)
    }

    /// Says why the request was refused, beside an outcome in other words.
    pub(crate) fn refusal(mut self, error: impl Into<String>, reason: Reason) -> Self {
        self.refusal = Some(Refusal {
            error: error.into(),
            reason,
        });
        self
    }

    pub(crate) fn session(mut self, number: Option<u64>) -> Self {
        self.session = number;
        self
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

#[cfg(test)]
mod tests {
    use super::*;

    fn event(outcome: String) -> Event {
        Event {
            method: "GET".to_owned(),
            client_id: Some("web".to_owned()),
            outcome,
            ..Event::default()
        }
    }

    #[test]
    fn an_event_comes_back_as_it_was() {
        let log = RequestLog::default();
        let whole = Event {
            time: "2026-02-03T00:00:00.000Z".to_owned(),
            path: "/api/oauth/token".to_owned(),
            status: Some(200),
            endpoint: "token",
            grant_type: Some("refresh_token"),
            persona: Some("resident".to_owned()),
            session: Some(3),
            fault: Some("token:slow=1s".to_owned()),
            leak: true,
            number: 7,
            send_instead: Some("another".to_owned()),
            ..event("done".to_owned())
        };
        log.record(whole.clone());
        log.record(Event::default());
        let numbered = |sequence, event| Event { sequence, ..event };
        let expected = [numbered(1, whole), numbered(2, Event::default())];
        assert_eq!(log.events(), expected);
    }

    #[test]
    fn the_oldest_events_go_when_the_bytes_are_used_up() {
        let log = RequestLog::default();
        for number in 0..1000 {
            log.record(event(format!("{number}{}", "x".repeat(100_000))));
        }
        let Extent { dropped, last } = log.extent();
        assert!((500..700).contains(&dropped) && last == 1000, "{dropped}");
        let kept = log.events();
        assert_eq!(kept.first().map(|event| event.sequence), Some(dropped + 1));
        assert_eq!(kept.len() as u64, last - dropped);
        assert!(log.entries().bytes <= MAX_BYTES);
        let numbers = |since, limit| {
            let events = log.after(since, limit).into_iter();
            events.map(|event| event.sequence).collect::<Vec<_>>()
        };
        assert_eq!(numbers(997, 10), [998, 999, 1000]);
        assert_eq!(numbers(997, 2), [998, 999]);
        assert_eq!(numbers(0, 1), [dropped + 1]);
        assert_eq!(numbers(1000, 1), [0; 0]);
    }
}
