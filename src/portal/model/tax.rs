//! Tax data (docs/portal.md, "Tax"). Money is a decimal text and stays one.

use serde::Deserialize;

use super::lenient;

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TaxSubject {
    /// `natural_person`, `legal_entity`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub name: Option<String>,
    /// Resident permit number: 14 digits, never a number.
    #[serde(default, deserialize_with = "lenient::as_sent")]
    pub resident_permit_number: Option<String>,
}

/// A year, or a quarter of it.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Period {
    #[serde(default, deserialize_with = "lenient::as_sent")]
    pub year: Option<String>,
    /// 1 to 4; null for a whole year.
    #[serde(default, deserialize_with = "lenient::as_sent")]
    pub quarter: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Summary {
    pub subjects: Vec<SummaryOfSubject>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SummaryOfSubject {
    pub subject: TaxSubject,
    #[serde(default, deserialize_with = "lenient::list")]
    pub obligations: Vec<Obligation>,
    #[serde(default, deserialize_with = "lenient::list")]
    pub lump_sum_elections: Vec<LumpSumElection>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Obligation {
    /// `income`, `vat`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub period: Option<Period>,
    pub due_date: Option<String>,
    /// `open`, `overdue`.
    pub status: Option<String>,
    pub filing_id: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LumpSumElection {
    #[serde(default, deserialize_with = "lenient::as_sent")]
    pub tax_year: Option<String>,
    pub effective_date: Option<String>,
    pub termination_date: Option<String>,
    /// `active`, `expired`.
    pub status: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Filing {
    #[serde(deserialize_with = "lenient::present")]
    pub id: Option<String>,
    pub subject: Option<TaxSubject>,
    /// `income`, `vat`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub period: Option<Period>,
    pub submitted_at: Option<String>,
    pub amended: Option<bool>,
    /// `usd`, `btc`: of the reported amounts.
    pub currency: Option<String>,
    pub accounting_method: Option<String>,
    /// The amounts in `currency`.
    pub reported: Option<Amounts>,
    /// The same amounts in US dollars.
    pub usd_equivalent: Option<Amounts>,
    #[serde(default, deserialize_with = "lenient::as_sent")]
    pub tax_liability: Option<String>,
    pub exchange_rate: Option<ExchangeRate>,
    pub invoice: Option<Invoice>,
    /// `assessment`, `return`.
    #[serde(default, deserialize_with = "lenient::list")]
    pub available_documents: Vec<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Amounts {
    #[serde(deserialize_with = "lenient::as_sent")]
    pub gross_income: Option<String>,
    #[serde(deserialize_with = "lenient::as_sent")]
    pub tax_credit: Option<String>,
    #[serde(deserialize_with = "lenient::as_sent")]
    pub tax_withheld: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ExchangeRate {
    /// US dollars for one bitcoin.
    #[serde(default, deserialize_with = "lenient::as_sent")]
    pub btc_usd_rate: Option<String>,
    pub captured_at: Option<String>,
    pub source: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Invoice {
    pub id: Option<String>,
    /// Such as `open` or `paid`.
    pub status: Option<String>,
}
