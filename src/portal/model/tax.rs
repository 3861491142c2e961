//! Tax data (docs/portal.md, "Tax"). Money is a decimal text and stays one.

use serde::Deserialize;

use super::lenient;

/// Whom tax data is about.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TaxSubject {
    /// `natural_person`, `legal_entity`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// UUID.
    pub id: Option<String>,
    /// The full name.
    pub name: Option<String>,
    /// Resident permit number: 14 digits, never a number.
    #[serde(default, deserialize_with = "lenient::as_sent")]
    pub resident_permit_number: Option<String>,
}

/// A year, or a quarter of it.
#[derive(Clone, Debug, Deserialize)]
pub struct Period {
    /// The year.
    #[serde(default, deserialize_with = "lenient::as_sent")]
    pub year: Option<String>,
    /// 1 to 4; null for a whole year.
    #[serde(default, deserialize_with = "lenient::as_sent")]
    pub quarter: Option<String>,
}

/// What is due, for every subject that may be seen.
#[derive(Clone, Debug, Deserialize)]
pub struct Summary {
    /// One for each subject.
    pub subjects: Vec<SummaryOfSubject>,
}

/// What is due for one subject.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SummaryOfSubject {
    /// Whose it is.
    pub subject: TaxSubject,
    /// Returns that have to be filed.
    #[serde(default, deserialize_with = "lenient::list")]
    pub obligations: Vec<Obligation>,
    /// Elections of the lump-sum tax.
    #[serde(default, deserialize_with = "lenient::list")]
    pub lump_sum_elections: Vec<LumpSumElection>,
}

/// A return that has to be filed.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Obligation {
    /// `income`, `vat`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// What it is about.
    pub period: Option<Period>,
    /// The last day to file.
    pub due_date: Option<String>,
    /// `open`, `overdue`.
    pub status: Option<String>,
    /// UUID of the filing that was begun.
    pub filing_id: Option<String>,
}

/// An election of the lump-sum tax.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LumpSumElection {
    /// UUID.
    pub id: Option<String>,
    /// The year it is for.
    #[serde(default, deserialize_with = "lenient::as_sent")]
    pub tax_year: Option<String>,
    /// The day it takes effect.
    pub effective_date: Option<String>,
    /// The day it ends.
    pub termination_date: Option<String>,
    /// `active`, `expired`.
    pub status: Option<String>,
}

/// A return that was submitted.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Filing {
    /// UUID.
    #[serde(deserialize_with = "lenient::present")]
    pub id: Option<String>,
    /// Whose it is.
    pub subject: Option<TaxSubject>,
    /// `income`, `vat`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// What it is about.
    pub period: Option<Period>,
    /// A timestamp.
    pub submitted_at: Option<String>,
    /// Whether it replaces an earlier one.
    pub amended: Option<bool>,
    /// `usd`, `btc`: of the reported amounts.
    pub currency: Option<String>,
    /// How income is counted.
    pub accounting_method: Option<String>,
    /// The amounts in `currency`.
    pub reported: Option<Amounts>,
    /// The same amounts in US dollars.
    pub usd_equivalent: Option<Amounts>,
    /// What has to be paid.
    #[serde(default, deserialize_with = "lenient::as_sent")]
    pub tax_liability: Option<String>,
    /// How bitcoin was converted.
    pub exchange_rate: Option<ExchangeRate>,
    /// The invoice of the liability.
    pub invoice: Option<Invoice>,
    /// `assessment`, `return`.
    #[serde(default, deserialize_with = "lenient::list")]
    pub available_documents: Vec<String>,
}

/// Amounts of a filing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Amounts {
    /// Gross income.
    #[serde(deserialize_with = "lenient::as_sent")]
    pub gross_income: Option<String>,
    /// Credit that was claimed.
    #[serde(deserialize_with = "lenient::as_sent")]
    pub tax_credit: Option<String>,
    /// Tax that was withheld.
    #[serde(deserialize_with = "lenient::as_sent")]
    pub tax_withheld: Option<String>,
}

/// How bitcoin was converted.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExchangeRate {
    /// US dollars for one bitcoin.
    #[serde(default, deserialize_with = "lenient::as_sent")]
    pub btc_usd_rate: Option<String>,
    /// A timestamp.
    pub captured_at: Option<String>,
    /// Who said so.
    pub source: Option<String>,
}

/// An invoice.
#[derive(Clone, Debug, Deserialize)]
pub struct Invoice {
    /// UUID.
    pub id: Option<String>,
    /// Such as `open` or `paid`.
    pub status: Option<String>,
}
