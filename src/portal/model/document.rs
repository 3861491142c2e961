//! Documents of a person or of an entity (docs/portal.md, "Documents").

use serde::Deserialize;

use super::lenient;
use crate::secret::Secret;

/// A document.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Document {
    /// UUID.
    #[serde(deserialize_with = "lenient::present")]
    pub id: Option<String>,
    /// What it is called.
    pub name: Option<String>,
    /// Short name.
    pub slug: Option<String>,
    /// A text, or a number on some routes.
    #[serde(default, deserialize_with = "lenient::as_sent")]
    pub version: Option<String>,
    /// Where the file is; null means that there is no file yet.
    pub file_url: Option<Secret>,
    /// A timestamp.
    pub created_at: Option<String>,
}

/// What the portal shows a person of their documents.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PersonalDocuments {
    /// The documents.
    pub data: Vec<Document>,
    /// The agreement of the active residency.
    pub agreement_of_coexistence: Option<AgreementOfCoexistence>,
}

/// The Agreement of Coexistence of the active residency.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AgreementOfCoexistence {
    /// UUID.
    pub aoc_id: Option<String>,
    /// Short name.
    pub slug: Option<String>,
    /// Such as `v01.01.2026`.
    #[serde(default, deserialize_with = "lenient::as_sent")]
    pub version: Option<String>,
    /// The kind of residency that it is about.
    pub residency_type: Option<String>,
    /// The day it took effect.
    pub effective_date: Option<String>,
    /// The day it ends.
    pub termination_date: Option<String>,
    /// The text of the agreement, without signatures.
    pub template_pdf_url: Option<Secret>,
    /// UUID of the signed document.
    pub signed_document_id: Option<String>,
    /// The signed document; null until the active residency has one of its own.
    pub signed_document_url: Option<Secret>,
}
