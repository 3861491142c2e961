//! The portal's answers (docs/portal.md). Lenient: unknown fields are passed over, absent ones
//! count as null, and enumerations stay text.

use serde::Deserialize;
use serde::de::DeserializeOwned;

/// A person as the portal knows them (docs/portal.md, "Natural person").
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NaturalPerson {
    /// Given name.
    pub given_name: Option<String>,
    /// Surname.
    pub surname: Option<String>,
    /// Full name.
    pub name: Option<String>,
    /// Resident permit number: 14 digits, never a number.
    pub resident_permit_number: Option<String>,
    /// English name of a country.
    pub country_of_birth: Option<String>,
    /// English names of countries.
    pub citizenships: Option<Vec<String>>,
    /// A calendar day, as `YYYY-MM-DD` or as a timestamp.
    pub date_of_birth: Option<String>,
    /// `M`, `F`, or what else the portal says.
    pub sex: Option<String>,
    /// Where the person lives.
    pub address: Option<Address>,
    /// With country code.
    pub phone_number: Option<String>,
}

/// A postal address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Address {
    /// English name of a country.
    pub country: Option<String>,
    /// First line.
    pub line1: Option<String>,
    /// Second line.
    pub line2: Option<String>,
    /// City.
    pub city: Option<String>,
    /// State or department.
    pub state: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
}

/// Reads a model from a body.
///
/// # Errors
/// Where in the body it failed, without showing any of it.
pub(super) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    serde_json::from_slice(body).map_err(|error| {
        let what = match error.classify() {
            serde_json::error::Category::Data => "unexpected shape",
            _ => "no JSON",
        };
        format!("{what} at line {}, column {}", error.line(), error.column())
    })
}
