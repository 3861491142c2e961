//! A device authorization that one run asks for and another one polls: what that needs, in between.

use std::time::Duration;

use url::Url;

use super::{Device, LONGEST_PAUSE, SHORTEST_INTERVAL};
use crate::secret::Secret;

/// What a later run needs to ask whether the person has decided.
#[derive(Clone, Debug)]
pub(crate) struct SuspendedDevice {
    pub(crate) code: Secret,
    pub(crate) user_code: String,
    pub(crate) verification_uri: String,
    /// In seconds.
    pub(crate) interval: u64,
}

impl Device {
    /// How often the server lets itself be asked.
    pub(crate) fn interval(&self) -> Duration {
        self.interval
    }

    /// What a later run needs to go on.
    pub(crate) fn suspend(&self) -> SuspendedDevice {
        SuspendedDevice {
            code: self.code.clone(),
            user_code: self.user_code.clone(),
            verification_uri: self.verification_uri.to_string(),
            interval: self.interval.as_secs(),
        }
    }

    /// The authorization that another run asked for, with what is left of its life; `None` where that
    /// is not what was kept of one.
    pub(crate) fn resume(suspended: &SuspendedDevice, expires_in: Duration) -> Option<Self> {
        let interval = Duration::from_secs(suspended.interval);
        Some(Self {
            code: suspended.code.clone().registered(),
            user_code: suspended.user_code.clone(),
            verification_uri: Url::parse(&suspended.verification_uri).ok()?,
            verification_uri_complete: None,
            expires_in,
            interval: interval.clamp(SHORTEST_INTERVAL, LONGEST_PAUSE),
            elsewhere: None,
        })
    }
}
