//! The portal's answers, one file for each kind of thing they are about (docs/portal.md).
//!
//! Lenient: unknown fields are passed over, an absent one counts as null, and enumerations stay
//! text. Strict in one thing: the field that makes an answer what it is has to be there, so that
//! a body of another shape is not shown as an empty one. Links are secrets, for their query may
//! be a signature.

mod document;
mod entity;
mod envelope;
mod lenient;
mod person;
mod residency;
mod tax;
mod verification;

pub(crate) use document::{AgreementOfCoexistence, Document, PersonalDocuments};
pub(crate) use entity::LegalEntity;
pub(crate) use envelope::{Data, Listing};
pub(crate) use person::{Address, NaturalPerson};
pub(crate) use residency::Residency;
pub(crate) use tax::{
    Amounts, ExchangeRate, Filing, Invoice, LumpSumElection, Obligation, Period, Summary,
    SummaryOfSubject, TaxSubject,
};
pub(crate) use verification::IdVerification;

use serde::de::DeserializeOwned;
use serde_json::error::Category;

use crate::unicode::without_mark;

/// Reads a model from a body. The error says what is wrong and where, and shows nothing of the
/// body.
pub(super) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    let body = without_mark(body);
    let mut json = serde_json::Deserializer::from_slice(body);
    // A derived model would also take its fields from an array, in order.
    let is_array = body.trim_ascii_start().starts_with(b"[");
    let read = serde_path_to_error::deserialize(&mut json)
        .map_err(|error| shape(body, &error))
        .and_then(|value| {
            json.end().map_err(|error| syntax(&error))?;
            Ok(value)
        });
    match read {
        Ok(_) if is_array => Err(instead("an array")),
        read => read,
    }
}

fn shape(body: &[u8], error: &serde_path_to_error::Error<serde_json::Error>) -> String {
    let cause = error.inner();
    if cause.classify() != Category::Data {
        return syntax(cause);
    }
    match body.trim_ascii_start().first() {
        Some(b'n') => return instead("null"),
        Some(b'[') => return instead("an array"),
        Some(b'"') => return instead("a string"),
        Some(b't' | b'f') => return instead("a boolean"),
        Some(b'-' | b'0'..=b'9') => return instead("a number"),
        _ => {}
    }
    // Of the parser's words only these are its own; the others may quote the body.
    let words = cause.to_string();
    let place = format!(" at line {} column {}", cause.line(), cause.column());
    let problem = match words.strip_suffix(&place) {
        Some(missing) if missing.starts_with("missing field `") => missing,
        _ => "unexpected shape",
    };
    match error.path().to_string().as_str() {
        "." => problem.to_owned(),
        path => format!("{problem} at {path}"),
    }
}

fn instead(what: &str) -> String {
    format!("{what} instead of an object")
}

fn syntax(error: &serde_json::Error) -> String {
    format!(
        "invalid JSON at line {}, column {}",
        error.line(),
        error.column()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_may_begin_with_a_byte_order_mark() {
        let body = "\u{feff}{\"data\":[]}";
        read::<Listing<Filing>>(body.as_bytes()).unwrap();
    }

    #[test]
    fn a_body_of_another_shape_is_called_what_it_is_and_not_shown() {
        type Filings = Listing<Filing>;
        let problem = |body: &str| read::<Filings>(body.as_bytes()).unwrap_err();
        for (body, says) in [
            ("null", "null instead of an object"),
            (" \n[]", "an array instead of an object"),
            ("[[]]", "an array instead of an object"),
            ("[[],{}]", "an array instead of an object"),
            ("\"canary\"", "a string instead of an object"),
            ("-1", "a number instead of an object"),
            ("true", "a boolean instead of an object"),
            ("{}", "missing field `data`"),
            (r#"{"data":null}"#, "unexpected shape at data"),
            (r#"{"data":{"canary":1}}"#, "unexpected shape at data"),
            (r#"{"data":[null]}"#, "unexpected shape at data[0]"),
            (r#"{"data":["canary"]}"#, "unexpected shape at data[0]"),
            (r#"{"data":[{}]}"#, "missing field `id` at data[0]"),
            (
                r#"{"data":[{"id":"1","reported":{},"subject":{"name":["canary"]}}]}"#,
                "unexpected shape at data[0].subject.name",
            ),
            (
                r#"{"data":[{"id":"1","amended":"canary"}]}"#,
                "unexpected shape at data[0].amended",
            ),
        ] {
            assert_eq!(problem(body), says, "{body}");
        }
        for body in ["", "<html>", "{", r#"{"data":[]} canary"#] {
            let problem = problem(body);
            assert!(
                problem.starts_with("invalid JSON at line 1, column "),
                "{problem}"
            );
        }
    }
}
