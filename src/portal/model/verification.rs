//! How a person's identity was verified (docs/portal.md, "ID verification").

use serde::Deserialize;

use super::lenient;
use crate::secret::Secret;

/// The latest approved session. With nothing on file the shape is the same, and all is null.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct IdVerification {
    pub id: Option<String>,
    /// Who verified: `veriff`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// `passport`, `national_id`, `drivers_license`, `residence_permit`, `visa`, `other`. Older
    /// portals do not send it.
    pub document_type: Option<String>,
    pub date: Option<String>,
    /// `approved`.
    pub status: Option<String>,
    #[serde(deserialize_with = "lenient::present")]
    pub documents: Option<IdImages>,
}

/// Signed links on another host, good for an hour.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct IdImages {
    pub document_front: Option<Secret>,
    /// Its back; some kinds of document have none.
    pub document_back: Option<Secret>,
    pub face: Option<Secret>,
}

impl IdVerification {
    pub(crate) fn is_empty(&self) -> bool {
        let texts = [
            &self.id,
            &self.kind,
            &self.document_type,
            &self.date,
            &self.status,
        ];
        texts.iter().all(|text| text.is_none())
            && self
                .documents
                .as_ref()
                .is_none_or(|images| images.named().is_empty())
    }
}

impl IdImages {
    /// The images that are there, by name.
    pub(crate) fn named(&self) -> Vec<(&'static str, &Secret)> {
        [
            ("front", &self.document_front),
            ("back", &self.document_back),
            ("face", &self.face),
        ]
        .into_iter()
        .filter_map(|(name, link)| Some((name, link.as_ref()?)))
        .collect()
    }
}
