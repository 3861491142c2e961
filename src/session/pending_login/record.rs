//! The record of pending logins, as it is sealed in the store.

use serde::{Deserialize, Serialize};

use crate::clock::Seconds;
use crate::crypto::{Preamble, Unreadable};
use crate::oauth::{SuspendedAuthorization, SuspendedDevice};
use crate::secret::Secret;
use crate::session::record::{exposed, in_one_allocation};

/// The format of the record. A newer version is refused, never guessed at.
const FORMAT: &str = "eprospera-pending-logins";
const VERSION: u64 = 1;

/// The record as errors name it.
const PLACE: &str = "the record of pending logins";

/// A login that was begun.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PendingLogin {
    pub(crate) id: String,
    /// The provider's name.
    pub(crate) provider: String,
    pub(crate) begun_at: Seconds,
    pub(crate) expires_at: Seconds,
    /// What was asked for, separated by spaces.
    pub(crate) scopes: String,
    pub(crate) max_age: Option<u32>,
    /// Whether it may take the place of another account's session.
    pub(crate) replace: bool,
    pub(crate) method: PendingMethod,
}

/// How its answer comes.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PendingMethod {
    /// The browser's final address is pasted.
    Code(PendingCode),
    /// The provider is asked.
    Device(PendingDevice),
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PendingCode {
    endpoint: String,
    redirect_uri: String,
    response_mode: String,
    #[serde(serialize_with = "exposed")]
    state: Secret,
    nonce: Option<ExposedSecret>,
    verifier: Option<ExposedSecret>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PendingDevice {
    #[serde(serialize_with = "exposed")]
    device_code: Secret,
    user_code: String,
    verification_uri: String,
    interval: u64,
}

/// A secret that may be absent.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(transparent)]
struct ExposedSecret(#[serde(serialize_with = "exposed")] Secret);

impl PendingMethod {
    /// The name for scripts.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Code(_) => "code",
            Self::Device(_) => "device",
        }
    }
}

impl From<SuspendedAuthorization> for PendingMethod {
    fn from(login: SuspendedAuthorization) -> Self {
        Self::Code(PendingCode {
            endpoint: login.endpoint,
            redirect_uri: login.redirect_uri,
            response_mode: login.response_mode,
            state: login.state,
            nonce: login.nonce.map(ExposedSecret),
            verifier: login.verifier.map(ExposedSecret),
        })
    }
}

impl From<PendingCode> for SuspendedAuthorization {
    fn from(login: PendingCode) -> Self {
        Self {
            endpoint: login.endpoint,
            redirect_uri: login.redirect_uri,
            response_mode: login.response_mode,
            state: login.state,
            nonce: login.nonce.map(|nonce| nonce.0),
            verifier: login.verifier.map(|verifier| verifier.0),
        }
    }
}

impl From<SuspendedDevice> for PendingMethod {
    fn from(device: SuspendedDevice) -> Self {
        Self::Device(PendingDevice {
            device_code: device.code,
            user_code: device.user_code,
            verification_uri: device.verification_uri,
            interval: device.interval,
        })
    }
}

impl From<PendingDevice> for SuspendedDevice {
    fn from(device: PendingDevice) -> Self {
        Self {
            code: device.device_code,
            user_code: device.user_code,
            verification_uri: device.verification_uri,
            interval: device.interval,
        }
    }
}

/// All of an identity.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PendingRecord {
    format: String,
    version: u64,
    /// The oldest first.
    pub(super) logins: Vec<PendingLogin>,
}

impl PendingRecord {
    pub(super) fn of(logins: Vec<PendingLogin>) -> Self {
        Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            logins,
        }
    }

    /// Reads the record. From then on no sentence shows a secret of it.
    pub(super) fn parse(text: &Secret) -> Result<Self, Unreadable> {
        Preamble::check(PLACE, text.expose().as_bytes(), (FORMAT, VERSION))?;
        // The parser's own message could quote the record.
        let damaged = |error: serde_json::Error| {
            let what = format!("line {}, column {}", error.line(), error.column());
            Unreadable::corrupt(PLACE, what)
        };
        let record: Self = serde_json::from_str(text.expose()).map_err(damaged)?;
        for login in &record.logins {
            match &login.method {
                PendingMethod::Code(code) => {
                    let verifier = code.verifier.iter();
                    verifier.for_each(|verifier| verifier.0.register());
                }
                PendingMethod::Device(device) => device.device_code.register(),
            }
        }
        Ok(record)
    }

    /// Writes the record, secrets included.
    pub(super) fn to_text(&self) -> Secret {
        in_one_allocation(self)
    }
}
