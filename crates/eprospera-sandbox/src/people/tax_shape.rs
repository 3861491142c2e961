//! The tax part of a person as a file describes one (docs/portal.md, Tax): documented shapes, and
//! nothing else. See [`shape`](super::shape).

use serde::{Deserialize, Serialize};

use crate::people::validated::{AnyPermit, Decimal, Moment, Uuid, Validated};

#[derive(Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct TaxShape {
    #[serde(default)]
    pub(crate) subjects: Vec<TaxSubject>,
    #[serde(default)]
    pub(crate) filings: Vec<Filing>,
}

#[derive(Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct TaxSubject {
    subject: SubjectShape,
    #[serde(default)]
    obligations: Vec<Obligation>,
    #[serde(default)]
    lump_sum_elections: Vec<Election>,
}

#[derive(Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct SubjectShape {
    #[serde(rename = "type")]
    kind: SubjectType,
    id: Validated<Uuid>,
    name: String,
    resident_permit_number: Option<Validated<AnyPermit>>,
}

#[derive(Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
enum SubjectType {
    NaturalPerson,
    LegalEntity,
}

#[derive(Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
enum TaxType {
    Income,
    Vat,
}

#[derive(Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Period {
    year: u16,
    quarter: Option<Quarter>,
}

/// From 1 to 4.
#[derive(Deserialize, Serialize)]
#[cfg_attr(
    test,
    derive(schemars::JsonSchema),
    schemars(extend("minimum" = 1, "maximum" = 4))
)]
#[serde(try_from = "u64")]
struct Quarter(u64);

impl TryFrom<u64> for Quarter {
    type Error = &'static str;

    fn try_from(number: u64) -> Result<Self, Self::Error> {
        let fits = (1..=4).contains(&number);
        fits.then_some(Self(number))
            .ok_or("a quarter is a number from 1 to 4")
    }
}

#[derive(Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Obligation {
    #[serde(rename = "type")]
    kind: TaxType,
    period: Period,
    due_date: Validated<Moment>,
    status: ObligationStatus,
    filing_id: Option<Validated<Uuid>>,
}

#[derive(Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
enum ObligationStatus {
    Open,
    Overdue,
}

#[derive(Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Election {
    id: Validated<Uuid>,
    tax_year: Option<u16>,
    effective_date: Validated<Moment>,
    termination_date: Option<Validated<Moment>>,
    status: ElectionStatus,
}

#[derive(Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
enum ElectionStatus {
    Active,
    Expired,
}

#[derive(Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Filing {
    id: Validated<Uuid>,
    subject: SubjectShape,
    #[serde(rename = "type")]
    kind: TaxType,
    period: Period,
    pub(crate) submitted_at: Validated<Moment>,
    #[serde(default)]
    amended: bool,
    currency: Currency,
    accounting_method: Option<String>,
    #[serde(default)]
    reported: Amounts,
    usd_equivalent: Option<Amounts>,
    tax_liability: Option<Validated<Decimal>>,
    exchange_rate: Option<ExchangeRate>,
    invoice: Option<Invoice>,
    #[serde(default)]
    available_documents: Vec<TaxDocument>,
}

#[derive(Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
enum Currency {
    Usd,
    Btc,
}

#[derive(Default, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Amounts {
    gross_income: Option<Validated<Decimal>>,
    tax_credit: Option<Validated<Decimal>>,
    tax_withheld: Option<Validated<Decimal>>,
}

#[derive(Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ExchangeRate {
    btc_usd_rate: Option<Validated<Decimal>>,
    captured_at: Option<Validated<Moment>>,
    source: Option<String>,
}

#[derive(Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Invoice {
    id: Validated<Uuid>,
    status: String,
}

#[derive(Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
enum TaxDocument {
    Assessment,
    Return,
}
