//! Devices that wait for a person elsewhere: their codes, their polls, the person's decision.
//!
//! Pure bookkeeping over a clock reading, as in [`grants`](super::grants). RFC 8628 §3.2 to §3.5
//! and §5.1; lifetimes and the form of a code are in docs/portal.md, Sandbox choices. Of a device
//! code only the fingerprint is kept.

use std::collections::{HashMap, VecDeque};

use crate::clock::ago;
use crate::crypto::random::{self, Fingerprint};
use crate::model::bounded::{Bounded, HeapBytes, bytes_of};
use crate::model::client::Client;
use crate::model::consent::Consent;
use crate::model::grant_error::{GrantError, grant_error, of_another_client, unknown};
use crate::reason::Reason;

/// What `slow_down` adds to the interval (RFC 8628 §3.5), in milliseconds.
const SLOW_DOWN_STEP_MS: i64 = 5000;

/// How much earlier than the interval a poll may come: the clocks of two processes differ.
const POLL_LEEWAY_MS: i64 = 100;

/// Wrong user codes that are taken in [`WRONG_CODES_WINDOW_MS`], of all browsers together: nothing
/// tells one browser from another reliably.
const MAX_WRONG_CODES: usize = 10;
const WRONG_CODES_WINDOW_MS: i64 = 60_000;

/// What devices that wait may take; the oldest goes when there are more.
const MAX_DEVICE_BYTES: usize = 8_000_000;

const START_AGAIN: &str =
    "start again with `POST /api/oauth/device_authorization`, and show the new user code";

/// A user code as it is compared: no dash, capitals. Tolerant of what people type (RFC 8628 §6.1).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct UserCode(String);

impl UserCode {
    /// Reads what was typed; anything but letters and digits is left out.
    pub(crate) fn typed(text: &str) -> Self {
        let letters = text.chars().filter(char::is_ascii_alphanumeric);
        Self(letters.take(32).collect::<String>().to_ascii_uppercase())
    }

    /// The code as a device shows it: `LLLL-DDDD`.
    pub(crate) fn shown(&self) -> String {
        match self.0.split_at_checked(4) {
            Some((letters, digits)) => format!("{letters}-{digits}"),
            None => self.0.clone(),
        }
    }
}

/// What a device asks for, as its person sees it.
#[derive(Clone, Debug)]
pub(crate) struct DeviceRequest {
    pub(crate) client_id: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) user_code: UserCode,
}

enum Decision {
    None,
    Denied,
    Approved(Consent),
    /// Redeemed, for this family.
    Spent(u64),
}

pub(crate) struct Device {
    pub(crate) request: DeviceRequest,
    decision: Decision,
    pub(crate) expires: i64,
    pub(crate) interval: i64,
    pub(crate) polled: Option<i64>,
}

impl Device {
    /// Whether the person approved; `None` while they have not decided.
    pub(crate) const fn is_approved(&self) -> Option<bool> {
        match self.decision {
            Decision::None => None,
            Decision::Denied => Some(false),
            Decision::Approved(_) | Decision::Spent(_) => Some(true),
        }
    }
}

impl HeapBytes for Device {
    fn heap_bytes(&self) -> usize {
        // The user code is kept twice, and a consent has the scopes once more.
        self.request.client_id.len() + 2 * bytes_of(&self.request.scopes) + 2 * 64
    }
}

/// Why a typed code leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UserCodeError {
    /// No device waits with this code: never issued, answered, or expired.
    Wrong,
    /// Too many wrong codes came lately.
    TooMany,
}

pub(crate) struct DeviceCodes {
    devices: Bounded<Device>,
    user_codes: HashMap<UserCode, Fingerprint>,
    wrong: VecDeque<i64>,
}

impl Default for DeviceCodes {
    fn default() -> Self {
        Self {
            devices: Bounded::new(MAX_DEVICE_BYTES),
            user_codes: HashMap::new(),
            wrong: VecDeque::new(),
        }
    }
}

impl DeviceCodes {
    /// Makes the two codes of a device. `times` are now and the expiry, `interval` is how long the
    /// device has to wait between polls, all in milliseconds.
    pub(crate) fn issue(
        &mut self,
        client: &Client,
        scopes: Vec<String>,
        times: (i64, i64),
        interval: i64,
    ) -> (String, UserCode) {
        let (now, expires) = times;
        let mut user_code = UserCode(random::user_code());
        while self.user_codes.contains_key(&user_code) {
            user_code = UserCode(random::user_code());
        }
        let device_code = random::token("dc_");
        let fingerprint = Fingerprint::of(&device_code);
        self.user_codes.insert(user_code.clone(), fingerprint);
        let device = Device {
            request: DeviceRequest {
                client_id: client.id.clone(),
                scopes,
                user_code: user_code.clone(),
            },
            decision: Decision::None,
            expires,
            interval,
            polled: None,
        };
        // A poll that comes late should learn that the code has expired.
        let forgotten = expires.saturating_add(expires.saturating_sub(now));
        self.devices.insert(fingerprint, device, (now, forgotten));
        if self.user_codes.len() > 64 + 2 * self.devices.len() {
            self.forget_user_codes();
        }
        (device_code, user_code)
    }

    fn forget_user_codes(&mut self) {
        let devices = &self.devices;
        self.user_codes
            .retain(|_, fingerprint| devices.get(fingerprint).is_some());
    }

    /// Forgets what expired, and gives its memory back.
    pub(crate) fn sweep(&mut self, now: i64) {
        self.devices.sweep(now, |_| true);
        self.forget_user_codes();
        self.user_codes.shrink_to_fit();
    }

    /// The device that waits with the code that a person typed. Guesses are counted (RFC 8628 §5.1).
    pub(crate) fn find(
        &mut self,
        code: &UserCode,
        now: i64,
    ) -> Result<DeviceRequest, UserCodeError> {
        self.wrong.retain(|time| now - time < WRONG_CODES_WINDOW_MS);
        if self.wrong.len() >= MAX_WRONG_CODES {
            return Err(UserCodeError::TooMany);
        }
        if let Some(device) = self.waiting(code, now) {
            return Ok(device.request.clone());
        }
        self.wrong.push_back(now);
        Err(UserCodeError::Wrong)
    }

    /// Devices whose client can still come for its tokens.
    pub(crate) fn unexpired(&self, now: i64) -> impl Iterator<Item = &Device> {
        let devices = self.devices.values();
        devices.filter(move |device| {
            device.expires > now && !matches!(device.decision, Decision::Spent(_))
        })
    }

    fn waiting(&mut self, code: &UserCode, now: i64) -> Option<&mut Device> {
        let device = self.devices.get_mut(self.user_codes.get(code)?)?;
        let waits = matches!(device.decision, Decision::None) && device.expires > now;
        waits.then_some(device)
    }

    /// Writes down the person's decision, once; `None` is a denial. Says whether the device still
    /// waited for it.
    pub(crate) fn decide(&mut self, code: &UserCode, consent: Option<Consent>, now: i64) -> bool {
        let Some(device) = self.waiting(code, now) else {
            return false;
        };
        device.decision = consent.map_or(Decision::Denied, Decision::Approved);
        true
    }

    /// What a device that is to be approved without a person asks for.
    pub(crate) fn undecided(&mut self, device_code: &str, now: i64) -> Option<DeviceRequest> {
        let device = self.devices.get(&Fingerprint::of(device_code))?;
        let code = device.request.user_code.clone();
        Some(self.waiting(&code, now)?.request.clone())
    }

    /// Answers a poll (RFC 8628 §3.5): the consent, which is spent on a family of this number, or
    /// why there is none.
    pub(crate) fn poll(
        &mut self,
        client: &Client,
        device_code: &str,
        now: i64,
        family: u64,
    ) -> Result<Consent, PollError> {
        let invalid = |reason| Err(PollError::Refused(grant_error("invalid_grant", reason)));
        let fingerprint = Fingerprint::of(device_code);
        if self.devices.was_displaced(&fingerprint) {
            let why = "the device code made room for newer ones: too many devices waited";
            return invalid(Reason::new(why, START_AGAIN));
        }
        let Some(device) = self.devices.get_mut(&fingerprint) else {
            return invalid(unknown("device code", device_code));
        };
        let (owner, caller) = (&device.request.client_id, &client.id);
        if owner != caller {
            return invalid(of_another_client("device code", owner, caller));
        }
        let refused = |error, why: String, instead: String| {
            let reason = Reason::new(why, instead);
            Err(PollError::Refused(grant_error(error, reason)))
        };
        match &device.decision {
            Decision::Spent(family) => return Err(PollError::Reused(*family)),
            _ if device.expires <= now => {
                let ago = ago(device.expires, now);
                let why = format!("the device code expired {ago}");
                return refused("expired_token", why, START_AGAIN.to_owned());
            }
            Decision::Denied => {
                let why = "the person refused the device".to_owned();
                let instead = "stop asking, and tell the person that the device was not connected";
                return refused("access_denied", why, instead.to_owned());
            }
            Decision::Approved(consent) => {
                let consent = consent.clone();
                device.decision = Decision::Spent(family);
                return Ok(consent);
            }
            Decision::None => {}
        }
        let early = device
            .polled
            .replace(now)
            .is_some_and(|polled| now - polled < device.interval - POLL_LEEWAY_MS);
        if early {
            device.interval = device.interval.saturating_add(SLOW_DOWN_STEP_MS);
            let seconds = device.interval / 1000;
            let why = format!("polled too early; the interval is now {seconds} s");
            let instead = format!(
                "wait {seconds} seconds between two polls from now on, as each slow_down adds 5"
            );
            return refused("slow_down", why, instead);
        }
        let seconds = device.interval.saturating_add(999) / 1000;
        let instead = format!(
            "send the same request again in {seconds} seconds, until the person has typed the user \
             code at `/device` and decided"
        );
        let why = "the person has not decided yet".to_owned();
        refused("authorization_pending", why, instead)
    }

    pub(crate) fn forget_all(&mut self) {
        self.devices.clear();
        self.user_codes.clear();
    }
}

/// Why a poll brings no consent.
pub(crate) enum PollError {
    Refused(GrantError),
    /// The code was redeemed before, for this family.
    Reused(u64),
}
