//! Fills the shapes of [`view`](super::view) with what there is now.

use std::cmp::Reverse;

use crate::clock::timestamp;
use crate::current_exchange::ExchangeNumber;
use crate::inspector::view::{
    ClockView, DeviceState, DeviceView, EndView, ExchangeView, FaultView, HistoryView, KeyState,
    KeyView, SessionState, SessionView, Snapshot,
};
use crate::model::device_codes::DeviceCodes;
use crate::model::grants::{Grant, Grants};
use crate::model::history::{Entry, History, Step};
use crate::portal::Portal;
use crate::recording::recorder::Everything;

/// Sessions that are shown.
const MAX_SESSIONS_SHOWN: usize = 100;
/// Devices that are shown.
const MAX_DEVICES_SHOWN: usize = 100;

impl Snapshot {
    /// What there is now, with no more than so many of the newest exchanges.
    pub(crate) fn of(portal: &Portal, limit: usize) -> Self {
        let now = portal.clock.now();
        let Everything {
            position,
            exchanges,
            older,
        } = portal.recorder.newest(limit);
        let refused = exchanges
            .iter()
            .filter_map(|exchange| Some((exchange.mistake()?, exchange.number)))
            .max();
        let exchanges = exchanges.iter();
        let exchanges: Vec<_> = exchanges
            .map(|exchange| ExchangeView::of(portal, exchange))
            .collect();
        let (sessions, devices) = {
            let state = portal.state();
            (sessions(&state.grants, now), devices(&state.devices, now))
        };
        Self {
            feed: format!("{}-{position}", portal.recorder.epoch),
            older_exchanges: older,
            newest_refusal: refused.map(|(_, number)| number),
            exchanges,
            older_sessions: sessions.1,
            sessions: sessions.0,
            devices,
            faults: faults(portal),
            clock: ClockView {
                now: timestamp(now),
                offset_seconds: portal.clock.offset() / 1000,
            },
            keys: keys(portal),
        }
    }
}

impl Snapshot {
    /// Without the exchanges up to a number.
    pub(crate) fn leave_out_until(&mut self, number: u64) {
        let before = self.exchanges.len();
        self.exchanges.retain(|exchange| exchange.number > number);
        self.older_exchanges += (before - self.exchanges.len()) as u64;
        self.newest_refusal = self.newest_refusal.filter(|refused| *refused > number);
    }
}

/// The newest, and how many there are beside them.
fn sessions(grants: &Grants, now: i64) -> (Vec<SessionView>, usize) {
    let mut numbers: Vec<u64> = grants.families.keys().copied().collect();
    let left = numbers.len().saturating_sub(MAX_SESSIONS_SHOWN);
    if left > 0 {
        numbers.select_nth_unstable_by_key(MAX_SESSIONS_SHOWN, |number| Reverse(*number));
        numbers.truncate(MAX_SESSIONS_SHOWN);
    }
    numbers.sort_unstable_by_key(|number| Reverse(*number));
    let shown = numbers.into_iter().filter_map(|number| {
        let grant = grants.families.get(&number)?;
        let history = grants.histories.of(number);
        Some(session(number, grant, history, now))
    });
    (shown.collect(), left)
}

fn session(number: u64, grant: &Grant, kept: Option<&History>, now: i64) -> SessionView {
    let consent = &grant.consent;
    let ended = grant.revoked.map(|end| EndView {
        time: timestamp(end.at),
        why: end.why.to_owned(),
        exchange: end.exchange.map(ExchangeNumber::get),
    });
    SessionView {
        number,
        client: consent.client_id.to_string(),
        persona: consent.persona.to_string(),
        scopes: consent.scopes.to_vec(),
        since: timestamp(grant.began),
        state: match &ended {
            Some(_) => SessionState::Ended,
            None if grant.expires <= now => SessionState::Expired,
            None => SessionState::Live,
        },
        ended,
        rotations: grant.refresh.generation,
        expires: timestamp(grant.expires),
        history: history(grant, kept, now),
        left_out: kept.map_or(0, |history| history.left_out),
    }
}

fn history(grant: &Grant, kept: Option<&History>, now: i64) -> Vec<HistoryView> {
    let client = &grant.consent.client_id;
    let entry = |entry: &Entry| HistoryView {
        time: timestamp(entry.at),
        what: told(entry.step, client),
        exchange: entry.exchange.map(ExchangeNumber::get),
        ended: matches!(entry.step, Step::Ended(_)),
    };
    let kept = kept.into_iter();
    let mut told: Vec<_> = kept
        .flat_map(|history| history.first().iter().chain(history.last()))
        .map(entry)
        .collect();
    if grant.revoked.is_none() && grant.expires <= now {
        told.push(HistoryView {
            time: timestamp(grant.expires),
            what: "the last token expired".to_owned(),
            exchange: None,
            ended: true,
        });
    }
    told
}

/// A step in words. Refresh tokens are counted from 1.
fn told(step: Step, client: &str) -> String {
    match step {
        Step::Began => format!("tokens were issued to {client}"),
        Step::Rotated(generation) => format!(
            "{client} refreshed: refresh token {generation} ended, {} was issued",
            generation + 1
        ),
        Step::Refreshed(generation) => {
            format!(
                "{client} refreshed: refresh token {} stayed",
                generation + 1
            )
        }
        Step::RefreshTokenRevoked(generation) => {
            format!("{client} revoked refresh token {}", generation + 1)
        }
        Step::AccessTokenRevoked => format!("{client} revoked an access token"),
        Step::Ended(why) => format!("the session ended: {why}"),
    }
}

fn devices(devices: &DeviceCodes, now: i64) -> Vec<DeviceView> {
    let mut waiting: Vec<_> = devices.unexpired(now).collect();
    waiting.sort_by_key(|device| device.expires);
    waiting
        .into_iter()
        .take(MAX_DEVICES_SHOWN)
        .map(|device| DeviceView {
            user_code: device.request.user_code.shown(),
            client: device.request.client_id.clone(),
            scopes: device.request.scopes.clone(),
            state: match device.is_approved() {
                None => DeviceState::Waiting,
                Some(true) => DeviceState::Approved,
                Some(false) => DeviceState::Denied,
            },
            expires: timestamp(device.expires),
            polled: device.polled.map(timestamp),
            interval_seconds: device.interval / 1000,
        })
        .collect()
}

fn faults(portal: &Portal) -> Vec<FaultView> {
    let left = portal.faults.left().into_iter();
    left.map(|(rule, remaining)| FaultView { rule, remaining })
        .collect()
}

fn keys(portal: &Portal) -> Vec<KeyView> {
    let keys = portal.keys.known();
    let last = keys.len().saturating_sub(1);
    let keys = keys.iter().enumerate();
    keys.map(|(index, key)| KeyView {
        kid: key.kid.clone(),
        algorithm: key.algorithm.as_str(),
        state: if index == last {
            KeyState::Current
        } else {
            KeyState::Retired
        },
    })
    .collect()
}
