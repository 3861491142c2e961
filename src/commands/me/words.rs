//! How the portal's values are said to a person. What is not known is said as it came.

use crate::output::{Tone, day, money};
use crate::portal::{Address, Filing, Period};

/// An address in one line.
pub(super) fn address(address: &Address) -> String {
    let town = [&address.city, &address.state, &address.postal_code];
    let town: Vec<_> = town.into_iter().flatten().map(String::as_str).collect();
    [
        &address.line1,
        &address.line2,
        &Some(town.join(" ")),
        &address.country,
    ]
    .into_iter()
    .flatten()
    .filter(|part| !part.is_empty())
    .map(String::as_str)
    .collect::<Vec<_>>()
    .join(", ")
}

/// A residency, or what an agreement says of one: `e-Resident since 2025-06-01, no end date`.
pub(super) fn residency(kind: Option<&str>, from: Option<&str>, until: Option<&str>) -> String {
    let kind = kind.unwrap_or("resident of an unnamed kind");
    let from = from.map_or_else(String::new, |from| format!(" since {}", day(from)));
    match until {
        Some(until) => format!("{kind}{from}, ends on {}", day(until)),
        None => format!("{kind}{from}, no end date"),
    }
}

/// `2026`, or `2026 Q2`.
pub(super) fn period(period: &Period) -> Option<String> {
    let year = period.year.as_deref()?;
    Some(match period.quarter.as_deref() {
        Some(quarter) => format!("{year} Q{quarter}"),
        None => year.to_owned(),
    })
}

/// The name of a tax.
pub(super) fn tax(kind: &str) -> String {
    match kind {
        "vat" => "VAT",
        other => other,
    }
    .to_owned()
}

/// What has to be paid. Its currency is not documented: a filing in US dollars leaves no doubt, any
/// other is shown without one rather than with a wrong one.
pub(super) fn liability(filing: &Filing) -> Option<String> {
    let currency = filing.currency.as_deref();
    let currency = currency.filter(|currency| currency.eq_ignore_ascii_case("usd"));
    Some(money(filing.tax_liability.as_deref()?, currency))
}

/// How good or bad a status of the portal is. Unknown ones are neither.
pub(super) fn tone(status: &str) -> Tone {
    match status {
        READY | "active" | "approved" | "filed" | "good_standing" | "paid" => Tone::Good,
        "expired" | "in_dispute" | "in_review" | "lapsed" | "suspended" | NO_FILE => Tone::Caution,
        "overdue" | "declined" | "failed" | "rejected" => Tone::Bad,
        _ => Tone::Plain,
    }
}

const READY: &str = "ready";
const NO_FILE: &str = "no file yet";

/// Whether a file can be fetched.
pub(super) fn file(is_there: bool) -> String {
    if is_there { READY } else { NO_FILE }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_residency_is_said_in_one_sentence() {
        let from = Some("2025-06-01T00:00:00.000Z");
        for (kind, from, until, said) in [
            (
                Some("e-Resident"),
                from,
                None,
                "e-Resident since 2025-06-01, no end date",
            ),
            (
                Some("Limited e-Resident"),
                from,
                Some("2027-05-31"),
                "Limited e-Resident since 2025-06-01, ends on 2027-05-31",
            ),
            (Some("Cosmonaut"), None, None, "Cosmonaut, no end date"),
            (
                None,
                Some("next week"),
                None,
                "resident of an unnamed kind since next week, no end date",
            ),
        ] {
            assert_eq!(residency(kind, from, until), said);
        }
    }

    #[test]
    fn an_address_leaves_out_what_is_not_there() {
        let given = Address {
            country: Some("Honduras".to_owned()),
            line1: Some("Main Street 9".to_owned()),
            city: Some("Roatan".to_owned()),
            postal_code: Some("34101".to_owned()),
            ..Address::default()
        };
        assert_eq!(address(&given), "Main Street 9, Roatan 34101, Honduras");
    }

    #[test]
    fn a_period_is_a_year_or_a_quarter() {
        let said = |year: Option<&str>, quarter: Option<&str>| {
            period(&Period {
                year: year.map(str::to_owned),
                quarter: quarter.map(str::to_owned),
            })
        };
        assert_eq!(said(Some("2026"), None).unwrap(), "2026");
        assert_eq!(said(Some("2026"), Some("2")).unwrap(), "2026 Q2");
        assert_eq!(said(None, Some("2")), None);
    }
}
