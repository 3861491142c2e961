//! Whether a person is a resident (docs/portal.md, "Residency").

use serde::Deserialize;

use super::lenient;

/// The three states: active, lapsed (`true` and null), never (`false` and null).
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Residency {
    #[serde(deserialize_with = "lenient::present")]
    pub was_ever_resident: Option<bool>,
    pub active_residency: Option<ActiveResidency>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ActiveResidency {
    /// `Limited e-Resident`, `e-Resident`, `Resident`, or what else the portal says.
    pub residency_type: Option<String>,
    pub effective_date: Option<String>,
    /// The day it ends; may lie ahead when it was cancelled and still runs.
    pub termination_date: Option<String>,
    /// Version of the Agreement of Coexistence, such as `v01.01.2026`.
    #[serde(default, deserialize_with = "lenient::as_sent")]
    pub version: Option<String>,
}
