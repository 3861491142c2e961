//! Fills the shapes of [`view`](super::view) with what there is now.

use std::cmp::Reverse;

use crate::clock::timestamp;
use crate::http::request_log::Event;
use crate::inspector::view::{
    ClockView, DeviceState, DeviceView, EndView, ExchangeState, ExchangeView, FaultView, KeyState,
    KeyView, SessionState, SessionView, Snapshot,
};
use crate::model::device_codes::DeviceCodes;
use crate::model::grants::{Grant, Grants};
use crate::portal::Portal;

/// Sessions that are shown.
const MAX_SESSIONS_SHOWN: usize = 100;
/// Devices that are shown.
const MAX_DEVICES_SHOWN: usize = 100;

impl Snapshot {
    /// What there is now, with no more than so many of the newest exchanges.
    pub(crate) fn of(portal: &Portal, limit: usize) -> Self {
        let now = portal.clock.now();
        let last = portal.request_log.extent().last;
        let since = last.saturating_sub(limit as u64);
        let events = portal.request_log.after(since, limit);
        let exchanges: Vec<_> = events.into_iter().map(exchange).collect();
        let (sessions, devices) = {
            let state = portal.state();
            (sessions(&state.grants, now), devices(&state.devices, now))
        };
        Self {
            feed: String::new(),
            older_exchanges: last - exchanges.len() as u64,
            newest_refusal: None,
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

fn exchange(event: Event) -> ExchangeView {
    ExchangeView {
        number: event.sequence,
        sequence: Some(event.sequence),
        state: match event.status {
            Some(_) => ExchangeState::Answered,
            None => ExchangeState::Unanswered,
        },
        time: event.time,
        method: event.method,
        path: event.path,
        endpoint: event.endpoint,
        route: event.endpoint,
        client: event.client_id,
        persona: event.persona,
        grant_type: event.grant_type.map(str::to_owned),
        session: None,
        status: event.status,
        duration_ms: None,
        fault: event.fault,
        outcome: event.outcome,
        refusal: None,
        request: Vec::new(),
        response: Vec::new(),
        tokens: Vec::new(),
    }
}

/// The newest, and how many there are beside them.
fn sessions(grants: &Grants, now: i64) -> (Vec<SessionView>, usize) {
    let mut numbers: Vec<u64> = grants.families.keys().copied().collect();
    numbers.sort_unstable_by_key(|number| Reverse(*number));
    let left = numbers.len().saturating_sub(MAX_SESSIONS_SHOWN);
    numbers.truncate(MAX_SESSIONS_SHOWN);
    let shown = numbers.into_iter().filter_map(|number| {
        let grant = grants.families.get(&number)?;
        Some(session(number, grant, now))
    });
    (shown.collect(), left)
}

fn session(number: u64, grant: &Grant, now: i64) -> SessionView {
    let consent = &grant.consent;
    let ended = grant.revoked.map(|(at, why)| EndView {
        time: timestamp(at),
        why: why.to_owned(),
        exchange: None,
    });
    SessionView {
        number,
        client: consent.client_id.to_string(),
        persona: consent.persona.to_string(),
        scopes: consent.scopes.to_vec(),
        since: timestamp(grant.refresh.issued),
        state: match &ended {
            Some(_) => SessionState::Ended,
            None if grant.expires <= now => SessionState::Expired,
            None => SessionState::Live,
        },
        ended,
        rotations: grant.refresh.generation,
        expires: timestamp(grant.expires),
        history: Vec::new(),
        left_out: 0,
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
