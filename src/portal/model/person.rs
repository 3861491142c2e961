//! A person (docs/portal.md, "Natural person").

use serde::Deserialize;

use super::lenient;

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NaturalPerson {
    #[serde(deserialize_with = "lenient::present")]
    pub name: Option<String>,
    pub given_name: Option<String>,
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
    pub address: Option<Address>,
    /// With country code.
    pub phone_number: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Address {
    pub country: Option<String>,
    pub line1: Option<String>,
    pub line2: Option<String>,
    pub city: Option<String>,
    pub state: Option<String>,
    #[serde(deserialize_with = "lenient::as_sent")]
    pub postal_code: Option<String>,
}
