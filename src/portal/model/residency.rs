//! Whether a person is a resident (docs/portal.md, "Residency").

use serde::Deserialize;

use super::lenient;

/// The three states: active, lapsed (`true` and null), never (`false` and null).
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Residency {
    /// Whether there was any residency, ever.
    #[serde(deserialize_with = "lenient::present")]
    pub was_ever_resident: Option<bool>,
    /// The residency that is active now.
    pub active_residency: Option<ActiveResidency>,
}

/// A residency that is active.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ActiveResidency {
    /// `Limited e-Resident`, `e-Resident`, `Resident`, or what else the portal says.
    pub residency_type: Option<String>,
    /// The day it began.
    pub effective_date: Option<String>,
    /// The day it ends; may lie ahead when it was cancelled and still runs.
    pub termination_date: Option<String>,
    /// Version of the Agreement of Coexistence, such as `v01.01.2026`.
    #[serde(default, deserialize_with = "lenient::as_sent")]
    pub version: Option<String>,
}
