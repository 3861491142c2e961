//! What the inspector shows, as plain data: for the page, for the feed and for scripts.
//!
//! No value here is a secret: codes, verifiers, client secrets, cookies, refresh tokens and the
//! signatures of JWTs were left out when a request was recorded. A fingerprint stands for each, so
//! that a reader sees that two are the same without learning what they are.
//!
//! Moments are written as in the request log (`2026-02-03T00:00:00.000Z`), on the sandbox's clock.

use serde::Serialize;
use serde_json::Value;

pub(crate) use crate::recording::exchange::{Place, TokenKind};

/// All that the inspector shows at one moment.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Snapshot {
    /// Where the feed goes on after this snapshot: what `Last-Event-ID` has to be.
    pub(crate) feed: String,
    /// The requests that are kept, oldest first.
    pub(crate) exchanges: Vec<ExchangeView>,
    /// How many older requests are no longer kept, or were left out because of a limit.
    pub(crate) older_exchanges: u64,
    /// The `number` of the newest request that was refused, among these. A device that waits for its
    /// person (`authorization_pending`) does not count.
    pub(crate) newest_refusal: Option<u64>,
    /// The newest sessions, newest first.
    pub(crate) sessions: Vec<SessionView>,
    /// How many sessions are not in `sessions`: there is room for the newest only.
    pub(crate) older_sessions: usize,
    /// Devices whose code is still good, oldest first.
    pub(crate) devices: Vec<DeviceView>,
    /// Rules for failures that are left, in the order in which they are tried.
    pub(crate) faults: Vec<FaultView>,
    pub(crate) clock: ClockView,
    /// The key set, the key in use last.
    pub(crate) keys: Vec<KeyView>,
}

/// One request and its answer.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ExchangeView {
    /// Counts from 1, in the order in which requests came.
    pub(crate) number: u64,
    /// Its `sequence` in the request log, which counts in the order in which requests ended.
    pub(crate) sequence: Option<u64>,
    pub(crate) state: ExchangeState,
    /// When it came.
    pub(crate) time: String,
    pub(crate) method: String,
    /// Without its query.
    pub(crate) path: String,
    /// As in the request log: `token`, `authorize`, `me` …
    pub(crate) endpoint: &'static str,
    /// What a person calls the route: `Token endpoint`, `Login page` …
    pub(crate) route: &'static str,
    /// The registered client, once it is known.
    pub(crate) client: Option<String>,
    /// The persona, once it is known.
    pub(crate) persona: Option<String>,
    /// The grant type at the token endpoint, when it is one the portal knows.
    pub(crate) grant_type: Option<String>,
    /// The number of the session that it began, used or ended.
    pub(crate) session: Option<u64>,
    /// The status answered; none while it is under way, or when the connection was closed.
    pub(crate) status: Option<u16>,
    /// Real time from the request to its answer; none while it is under way.
    pub(crate) duration_ms: Option<f64>,
    /// The rule of the scripted failure that was applied.
    pub(crate) fault: Option<String>,
    /// What happened, in words; empty while it is under way.
    pub(crate) outcome: String,
    /// Why it was refused, if it was.
    pub(crate) refusal: Option<RefusalView>,
    pub(crate) request: Vec<ParameterView>,
    pub(crate) response: Vec<ParameterView>,
    /// Every token, code and key that was sent or received.
    pub(crate) tokens: Vec<TokenView>,
}

/// How far a request has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ExchangeState {
    /// It has not been answered yet.
    UnderWay,
    Answered,
    /// The connection was closed without an answer: by a fault, or because the sandbox stopped.
    Unanswered,
}

/// Why a request was refused, and how it would not have been.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct RefusalView {
    /// The code or text that the client got: `invalid_grant`, `Method not allowed`.
    pub(crate) error: String,
    /// What was wrong, as a sentence.
    pub(crate) reason: String,
    /// What to send instead, or what to change, as a sentence; what stands in backticks can be
    /// copied.
    pub(crate) send_instead: String,
}

/// A parameter of a request or an answer, decoded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct ParameterView {
    pub(crate) place: Place,
    pub(crate) name: String,
    /// The decoded value; of a secret its kind, length and fingerprint.
    pub(crate) value: String,
    /// Whether `value` stands for something that is not shown.
    pub(crate) redacted: bool,
    /// What a person should know about it: `did you mean redirect_uri?`
    pub(crate) note: Option<String>,
}

/// Whether a token is good now, not when it was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TokenStatus {
    Active,
    Expired,
    Revoked,
    /// A refresh token after which a newer one was issued.
    Rotated,
    /// A code that was redeemed.
    Used,
    Unknown,
}

/// A token, code or key of a request or an answer.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct TokenView {
    /// The parameter that it is in: `access_token`, `Authorization`.
    #[serde(rename = "in")]
    pub(crate) location: String,
    /// Whether the sandbox sent it; else the client did.
    pub(crate) sent_by_sandbox: bool,
    pub(crate) kind: TokenKind,
    pub(crate) status: TokenStatus,
    /// The same for the same token.
    pub(crate) fingerprint: String,
    /// The decoded header of a JWT.
    pub(crate) header: Option<Value>,
    /// The decoded claims of a JWT. The signature is never shown.
    pub(crate) claims: Option<Value>,
    pub(crate) expires: Option<String>,
    /// The number of the session that it belongs to.
    pub(crate) session: Option<u64>,
    /// How many refresh tokens its session had before it.
    pub(crate) generation: Option<u32>,
}

/// A session: all tokens that one consent brought, which end together.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct SessionView {
    pub(crate) number: u64,
    pub(crate) client: String,
    pub(crate) persona: String,
    pub(crate) scopes: Vec<String>,
    /// When it began.
    pub(crate) since: String,
    pub(crate) state: SessionState,
    /// Why it ended, if it did.
    pub(crate) ended: Option<EndView>,
    /// How often its refresh token was rotated.
    pub(crate) rotations: u32,
    /// When its last token expires.
    pub(crate) expires: String,
    /// What happened to it, oldest first.
    pub(crate) history: Vec<HistoryView>,
    /// How many entries are missing after the first ones: only the first and the last are kept.
    pub(crate) left_out: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SessionState {
    Live,
    Ended,
    Expired,
}

/// The end of a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct EndView {
    pub(crate) time: String,
    /// `a refresh token was used a second time`
    pub(crate) why: String,
    /// The `number` of the request that ended it.
    pub(crate) exchange: Option<u64>,
}

/// One thing that happened to a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct HistoryView {
    pub(crate) time: String,
    /// `issued to sandbox-cli for a code`, `rotated: refresh token 1 ended, 2 was issued`
    pub(crate) what: String,
    /// The `number` of the request that did it; none if it was no request.
    pub(crate) exchange: Option<u64>,
    /// Whether it ended the session.
    pub(crate) ended: bool,
}

/// A device that waits for a person, or for its client to come back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct DeviceView {
    /// What a person types at `/device`.
    pub(crate) user_code: String,
    pub(crate) client: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) state: DeviceState,
    pub(crate) expires: String,
    /// When its client last asked.
    pub(crate) polled: Option<String>,
    /// How long its client has to wait between two polls.
    pub(crate) interval_seconds: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DeviceState {
    /// The person has not decided yet.
    Waiting,
    Approved,
    Denied,
}

/// A rule for failures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct FaultView {
    pub(crate) rule: String,
    /// How often it will still strike; none if always.
    pub(crate) remaining: Option<u32>,
}

/// The sandbox's clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct ClockView {
    pub(crate) now: String,
    /// How far it is ahead of this computer's clock; negative when behind.
    pub(crate) offset_seconds: i64,
}

/// A key of the key set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct KeyView {
    pub(crate) kid: String,
    pub(crate) algorithm: &'static str,
    pub(crate) state: KeyState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum KeyState {
    /// New tokens are signed with it.
    Current,
    /// It only stays in the key set, for tokens that it signed before.
    Retired,
}
