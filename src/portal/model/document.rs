//! Documents of a person or of an entity (docs/portal.md, "Documents").

use serde::Deserialize;

use super::lenient;
use crate::secret::Secret;

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Document {
    #[serde(deserialize_with = "lenient::present")]
    pub id: Option<String>,
    pub name: Option<String>,
    pub slug: Option<String>,
    /// A text, or a number on some routes.
    #[serde(default, deserialize_with = "lenient::as_sent")]
    pub version: Option<String>,
    /// Where the file is; null means that there is no file yet.
    pub file_url: Option<Secret>,
    pub created_at: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PersonalDocuments {
    pub data: Vec<Document>,
    pub agreement_of_coexistence: Option<AgreementOfCoexistence>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AgreementOfCoexistence {
    pub aoc_id: Option<String>,
    /// Such as `v01.01.2026`.
    #[serde(default, deserialize_with = "lenient::as_sent")]
    pub version: Option<String>,
    pub residency_type: Option<String>,
    pub effective_date: Option<String>,
    pub termination_date: Option<String>,
    /// The text of the agreement, without signatures.
    pub template_pdf_url: Option<Secret>,
    pub signed_document_id: Option<String>,
    /// The signed document; null until the active residency has one of its own.
    pub signed_document_url: Option<Secret>,
}
