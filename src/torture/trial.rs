//! What a trial is, and how it can end.

use std::time::Duration;

use serde_json::{Value, json};

use crate::error::Error;

/// One way in which a session can be lost.
#[derive(Debug)]
pub(crate) struct Trial {
    pub(crate) name: &'static str,
    pub(crate) group: &'static str,
    /// What happens in it.
    pub(crate) does: &'static str,
    /// What a client shows that passes.
    pub(crate) shows: &'static str,
    /// Why that is a client's duty.
    pub(crate) because: &'static str,
    /// How it runs.
    pub(super) script: Script,
}

impl Trial {
    pub(crate) fn facts(&self) -> Value {
        json!({
            "name": self.name,
            "group": self.group,
            "does": self.does,
            "shows": self.shows,
            "because": self.because,
        })
    }
}

/// What is done in a trial.
#[derive(Clone, Copy, Debug)]
pub(super) enum Script {
    AtExpiry(usize),
    SlowAnswer,
    StoredAfterRefresh,
    FiveRefreshes,
    Storm(Storm),
    RetryAfter,
    PortalRedirect,
    TokenEchoed,
    KilledAtRandom,
    KilledAfterCommit,
    Terminated,
    Stopped,
    FullDisk,
    ReadOnlyStore,
    /// The clock of the provider is off by so many seconds.
    Clock(i64),
    KeyRotated,
    SignInMeanwhile,
    Revoked,
    Reuse,
    ExpiresInMissing,
    /// The answer to one refresh is unusual. `true` if the client has to give its token all the
    /// same.
    Answer(&'static str, bool),
}

impl Script {
    /// Whether it takes much longer than most.
    pub(super) fn takes_long(self) -> bool {
        match self {
            Self::KilledAtRandom | Self::FiveRefreshes => true,
            Self::Storm(storm) => storm.rule.ends_with(":hang"),
            _ => false,
        }
    }
}

/// The provider fails while CLIENT runs a few times.
#[derive(Clone, Copy, Debug)]
pub(super) struct Storm {
    pub(super) rule: &'static str,
    pub(super) runs: usize,
    /// Whether the provider has rotated the refresh token and the client cannot know the new one.
    pub(super) is_lossy: bool,
}

/// How a trial ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Passed(String),
    Failed(String),
    /// It could not be run here.
    Skipped(String),
}

impl Verdict {
    pub(crate) fn reason(&self) -> &str {
        match self {
            Self::Passed(reason) | Self::Failed(reason) | Self::Skipped(reason) => reason,
        }
    }

    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Passed(_) => "passed",
            Self::Failed(_) => "failed",
            Self::Skipped(_) => "not run",
        }
    }
}

/// Why a step of a trial is the last one.
#[derive(Debug)]
pub(super) enum Stop {
    Failed(String),
    Skipped(String),
    /// The trial itself could not go on: nothing is known of the client.
    Broken(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Broken(error)
    }
}

pub(super) fn failed<T>(reason: impl Into<String>) -> Result<T, Stop> {
    Err(Stop::Failed(reason.into()))
}

/// What was seen in a trial.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Evidence {
    /// Requests to the token endpoint, those of sign-ins aside.
    pub(crate) refreshes_sent: usize,
    pub(crate) refreshes_granted: usize,
    /// Refreshes with a token that had been used.
    pub(crate) reuses: usize,
    /// The exit codes of CLIENT, and how often each came.
    pub(crate) exit_codes: std::collections::BTreeMap<i32, usize>,
    /// The line that says most of what CLIENT last wrote to stderr, without secrets.
    pub(crate) last_stderr: Option<String>,
}

/// A trial that is over.
#[derive(Clone, Debug)]
pub(crate) struct Finished {
    pub(crate) trial: &'static Trial,
    pub(crate) verdict: Verdict,
    pub(crate) evidence: Evidence,
    pub(crate) duration: Duration,
}
