//! Legal entities (docs/portal.md, "Legal entities").

use serde::Deserialize;

use super::lenient;
use super::person::Address;

/// A legal entity. The list may leave out the dates, the address and `created_at`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LegalEntity {
    #[serde(deserialize_with = "lenient::present")]
    pub id: Option<String>,
    /// Formation option, such as `llc` or `for_profit_corp`.
    pub option_id: Option<String>,
    /// Such as `Limited Liability Company`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub name: Option<String>,
    /// Such as `LLC` or `Inc.`.
    pub extension: Option<String>,
    pub name_starts_with_extension: Option<bool>,
    /// Resident permit number: 14 digits, never a number.
    #[serde(default, deserialize_with = "lenient::as_sent")]
    pub resident_permit_number: Option<String>,
    /// A calendar day, as `YYYY-MM-DD` or as a timestamp.
    pub formation_date: Option<String>,
    pub registration_date: Option<String>,
    /// Null while the entity exists.
    pub dissolution_date: Option<String>,
    pub principal_office_address: Option<Address>,
    pub created_at: Option<String>,
}

impl LegalEntity {
    /// The name with its extension on the side where it belongs.
    pub(crate) fn full_name(&self) -> Option<String> {
        let mut parts = [self.name.as_deref(), self.extension.as_deref()];
        if self.name_starts_with_extension == Some(true) {
            parts.reverse();
        }
        let parts: Vec<_> = parts
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .collect();
        Some(parts.join(" ")).filter(|name| !name.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extension_stands_on_the_side_where_it_belongs() {
        for (fields, name) in [
            (
                r#""name":"Mango","extension":"LLC","nameStartsWithExtension":false"#,
                Some("Mango LLC"),
            ),
            (
                r#""name":"Mango","extension":"Inc.","nameStartsWithExtension":true"#,
                Some("Inc. Mango"),
            ),
            (r#""name":"Mango","extension":"LLC""#, Some("Mango LLC")),
            (r#""name":"Mango","extension":"""#, Some("Mango")),
            (r#""name":"Mango","extension":null"#, Some("Mango")),
            (r#""name":null"#, None),
        ] {
            let entity: LegalEntity =
                serde_json::from_str(&format!("{{\"id\":\"1\",{fields}}}")).unwrap();
            assert_eq!(entity.full_name().as_deref(), name, "{fields}");
        }
    }
}
