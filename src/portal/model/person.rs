//! A person (docs/portal.md, "Natural person").

use serde::Deserialize;

use super::lenient;

/// A person as the portal knows them.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NaturalPerson {
    /// Full name.
    #[serde(deserialize_with = "lenient::present")]
    pub name: Option<String>,
    /// Given name.
    pub given_name: Option<String>,
    /// Surname.
    pub surname: Option<String>,
    /// Resident permit number: 14 digits, never a number.
    #[serde(default, deserialize_with = "lenient::as_sent")]
    pub resident_permit_number: Option<String>,
    /// English name of a country.
    pub country_of_birth: Option<String>,
    /// English names of countries.
    #[serde(default, deserialize_with = "lenient::list")]
    pub citizenships: Vec<String>,
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
    #[serde(deserialize_with = "lenient::as_sent")]
    pub postal_code: Option<String>,
}
