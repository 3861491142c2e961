//! The queries of the tax routes (docs/portal.md, Tax, and Sandbox choices).
//!
//! Pure: a raw query in, its parts or all that is wrong with it out. Parameters that no route
//! knows are ignored; a known one must come once and hold something.

use std::ops::RangeInclusive;

use serde_json::{Value, json};

use crate::model::parameters::Parameters;
use crate::people::validated::{Format as _, Uuid};

/// Filings on a page where no `limit` is given (docs/portal.md, Sandbox choices).
const DEFAULT_PAGE_SIZE: usize = 20;

/// Whose data is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SubjectFilter {
    /// `personal`
    Personal,
    /// An entity's UUID, in lower case.
    Entity(String),
}

/// The query of the filings route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FilingsQuery {
    pub(crate) subject: Option<SubjectFilter>,
    pub(crate) kind: Option<String>,
    pub(crate) year: Option<u64>,
    pub(crate) limit: usize,
    pub(crate) cursor: Option<String>,
}

impl FilingsQuery {
    pub(crate) fn parse(query: &str) -> Result<Self, Vec<Value>> {
        let parameters = Parameters::parse(query.as_bytes());
        let mut checks = Checks::new(&parameters);
        let read = Self {
            subject: checks.subject(),
            kind: checks.one("type", "must be income or vat", |text| {
                matches!(text, "income" | "vat").then(|| text.to_owned())
            }),
            year: checks.number("year", 2020..=9999),
            limit: checks
                .number("limit", 1..=100)
                .and_then(|limit| usize::try_from(limit).ok())
                .unwrap_or(DEFAULT_PAGE_SIZE),
            cursor: checks.one("cursor", "must not be empty", |text| {
                (!text.is_empty()).then(|| text.to_owned())
            }),
        };
        checks.done(read)
    }

    /// What a cursor is bound to: everything but the size of a page.
    pub(crate) fn filters(&self) -> String {
        format!("{:?} {:?} {:?}", self.subject, self.kind, self.year)
    }
}

/// Reads the query of the summary route.
pub(crate) fn subject(query: &str) -> Result<Option<SubjectFilter>, Vec<Value>> {
    let parameters = Parameters::parse(query.as_bytes());
    let mut checks = Checks::new(&parameters);
    let subject = checks.subject();
    checks.done(subject)
}

/// Reads the query of the document route: how many years of history an assessment shows.
pub(crate) fn history_years(query: &str, document: &str) -> Result<Option<u64>, Vec<Value>> {
    let parameters = Parameters::parse(query.as_bytes());
    let mut checks = Checks::new(&parameters);
    let years = checks.number("history_years", 1..=5);
    if years.is_some() && document != "assessment" {
        checks.wrong("history_years", "is allowed only with an assessment");
    }
    checks.done(years)
}

/// One entry of `details`.
pub(crate) fn detail(parameter: &str, message: &str) -> Value {
    json!({ "parameter": parameter, "message": message })
}

/// Collects everything that is wrong, for one answer.
struct Checks<'a> {
    parameters: &'a Parameters,
    details: Vec<Value>,
}

impl<'a> Checks<'a> {
    const fn new(parameters: &'a Parameters) -> Self {
        Self {
            parameters,
            details: Vec::new(),
        }
    }

    fn wrong(&mut self, parameter: &str, message: &str) {
        self.details.push(detail(parameter, message));
    }

    fn one<T>(
        &mut self,
        name: &str,
        expected: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let mut values = self.parameters.all(name);
        let first = values.next()?;
        let again = values.next().is_some();
        if again {
            self.wrong(name, "must come once");
            return None;
        }
        let read = read(first);
        if read.is_none() {
            self.wrong(name, expected);
        }
        read
    }

    fn number(&mut self, name: &str, range: RangeInclusive<u64>) -> Option<u64> {
        let expected = format!(
            "must be a whole number from {} to {}",
            range.start(),
            range.end()
        );
        self.one(name, &expected, |text| {
            let digits = text.bytes().all(|byte| byte.is_ascii_digit());
            let number = digits.then(|| text.parse().ok()).flatten();
            number.filter(|number| range.contains(number))
        })
    }

    fn subject(&mut self) -> Option<SubjectFilter> {
        let expected = "must be personal or the UUID of a legal entity";
        self.one("subject", expected, |text| match text {
            "personal" => Some(SubjectFilter::Personal),
            id => Uuid::read(id).map(SubjectFilter::Entity),
        })
    }

    fn done<T>(self, read: T) -> Result<T, Vec<Value>> {
        if self.details.is_empty() {
            Ok(read)
        } else {
            Err(self.details)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTITY: &str = "3B0F7A52-91c4-4d7e-a6b5-0c2d8e4f1a63";

    #[test]
    fn nothing_asked_is_everything_in_pages_of_twenty() {
        let query = FilingsQuery::parse("").unwrap();
        let all = FilingsQuery {
            subject: None,
            kind: None,
            year: None,
            limit: 20,
            cursor: None,
        };
        assert_eq!(query, all);
        assert_eq!(FilingsQuery::parse("colour=blue").unwrap(), all);
    }

    #[test]
    fn every_filter_is_read() {
        let text = format!("subject={ENTITY}&type=vat&year=2020&limit=100&cursor=abc");
        let query = FilingsQuery::parse(&text).unwrap();
        assert_eq!(
            query.subject,
            Some(SubjectFilter::Entity(ENTITY.to_ascii_lowercase()))
        );
        assert_eq!(query.kind.as_deref(), Some("vat"));
        assert_eq!((query.year, query.limit), (Some(2020), 100));
        assert_eq!(query.cursor.as_deref(), Some("abc"));
        let personal = FilingsQuery::parse("subject=personal&year=9999&limit=1").unwrap();
        assert_eq!(personal.subject, Some(SubjectFilter::Personal));
    }

    #[test]
    fn what_is_malformed_is_named() {
        let cases = [
            ("subject=me", "subject"),
            ("subject=", "subject"),
            ("subject=3b0f7a52-91c4-4d7e-a6b5", "subject"),
            ("subject=3b0f7a52-91c4-4d7e-a6b5-0c2d8e4f1a6z", "subject"),
            ("type=wealth", "type"),
            ("type=", "type"),
            ("year=2019", "year"),
            ("year=10000", "year"),
            ("year=2025.0", "year"),
            ("year=%2B2025", "year"),
            ("year=", "year"),
            ("year=2025&year=2026", "year"),
            ("limit=0", "limit"),
            ("limit=101", "limit"),
            ("limit=-1", "limit"),
            ("limit=99999999999999999999999", "limit"),
            ("cursor=", "cursor"),
        ];
        for (text, parameter) in cases {
            let details = FilingsQuery::parse(text).unwrap_err();
            assert_eq!(details.len(), 1, "{text}");
            assert_eq!(details[0]["parameter"], parameter, "{text}");
        }
        let details = FilingsQuery::parse("year=x&limit=y").unwrap_err();
        assert_eq!(details.len(), 2);
    }

    #[test]
    fn only_an_assessment_has_a_history() {
        assert_eq!(history_years("", "return"), Ok(None));
        assert_eq!(history_years("history_years=5", "assessment"), Ok(Some(5)));
        assert!(history_years("history_years=1", "return").is_err());
        assert!(history_years("history_years=6", "assessment").is_err());
    }

    #[test]
    fn a_cursor_is_bound_to_the_filters_and_not_to_the_size_of_a_page() {
        let filters = |text| FilingsQuery::parse(text).unwrap().filters();
        assert_eq!(filters("year=2025&limit=1"), filters("limit=9&year=2025"));
        assert_ne!(filters("year=2025"), filters("year=2024"));
        assert_ne!(filters("type=vat"), filters(""));
        assert_ne!(filters("subject=personal"), filters(""));
    }
}
