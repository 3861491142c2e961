//! `GET /api/v1/me/tax/filings/{filingId}/documents/{document}` (docs/portal.md, Tax): a PDF from
//! the API itself, with the bearer, streamed without a length.

use std::fmt::Write as _;

use axum::body::{Body, Bytes};
use axum::extract::RawQuery;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use futures_util::stream;
use serde_json::Value;

use crate::files::pdf::Sheet;
use crate::http::rejection::Rejection;
use crate::http::responses;
use crate::model::parameters::{InPath, ids};
use crate::reason::Reason;
use crate::resources::tax::{self, Taxpayer};
use crate::resources::tax_query;

/// Bytes sent at once.
const CHUNK_BYTES: usize = 1024;

/// Serves the PDF.
pub(crate) async fn pdf(
    caller: Taxpayer,
    path: InPath<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Rejection> {
    let (id, document) = ids(path);
    let history = tax_query::history_years(&query.unwrap_or_default(), &document)
        .map_err(|details| tax::malformed(&caller.0, &details))?;
    let Some(filing) = caller.filing(&id) else {
        return Ok(tax::not_found(&caller.0));
    };
    let available = filing["availableDocuments"].as_array();
    if !available.is_some_and(|names| names.iter().any(|name| *name == *document)) {
        let response = responses::error(StatusCode::NOT_FOUND, "Tax document not found");
        let why = "the filing does not have this document";
        let instead = "send one of the filing's `availableDocuments`";
        let entry = caller.0.log_entry(why);
        let entry = entry.refusal("Tax document not found", Reason::new(why, instead));
        return Ok(entry.on(response));
    }
    let sheets = sheets(filing, &document, history.unwrap_or(0));
    let bytes = Bytes::from(crate::files::pdf::document(&caller.0.persona.id, &sheets));
    let pieces: Vec<_> = (0..bytes.len())
        .step_by(CHUNK_BYTES)
        .map(|start| bytes.slice(start..bytes.len().min(start + CHUNK_BYTES)))
        .map(Ok::<_, std::convert::Infallible>)
        .collect();
    let mut response = Response::new(Body::from_stream(stream::iter(pieces)));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    if let Ok(value) = HeaderValue::try_from(disposition(filing, &document)) {
        headers.insert(CONTENT_DISPOSITION, value);
    }
    let outcome = format!("sent the {document} of a tax filing");
    Ok(caller.0.log_entry(outcome).on(response))
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "none".to_owned(),
        other => other.to_string(),
    }
}

fn period(filing: &Value) -> String {
    let period = &filing["period"];
    match &period["quarter"] {
        Value::Null => text(&period["year"]),
        quarter => format!("{} Q{quarter}", text(&period["year"])),
    }
}

/// The pages of a document: the filing, and for an assessment the years before, if asked for.
fn sheets(filing: &Value, document: &str, history: u64) -> Vec<Sheet> {
    let kind = text(&filing["type"]);
    let title = format!("Tax {document}: {kind} {}", period(filing));
    let reported = &filing["reported"];
    let lines = vec![
        format!("Subject: {}", text(&filing["subject"]["name"])),
        format!(
            "Permit: {}",
            text(&filing["subject"]["residentPermitNumber"])
        ),
        format!("Filing: {}", text(&filing["id"])),
        format!("Submitted: {}", text(&filing["submittedAt"])),
        format!("Currency: {}", text(&filing["currency"])),
        format!("Gross income: {}", text(&reported["grossIncome"])),
        format!("Tax credit: {}", text(&reported["taxCredit"])),
        format!("Tax withheld: {}", text(&reported["taxWithheld"])),
        format!("Tax liability: {}", text(&filing["taxLiability"])),
    ];
    let mut sheets = vec![Sheet { title, lines }];
    let year = filing["period"]["year"].as_u64().unwrap_or_default();
    sheets.extend((1..=history).map(|back| Sheet {
        title: format!("History: {}", year.saturating_sub(back)),
        lines: vec!["Nothing was filed in the sandbox for this year.".to_owned()],
    }));
    sheets
}

/// Both forms of a file name (RFC 6266 §4.3): the plain one is safe, the other says whose document
/// it is, in whatever letters the persona's file has.
fn disposition(filing: &Value, document: &str) -> String {
    let kind = text(&filing["type"]);
    let period = period(filing).replace(' ', "-");
    let name = text(&filing["subject"]["name"]);
    let mut encoded = String::new();
    for byte in format!("{name} {kind} {period} {document}.pdf").bytes() {
        // RFC 8187 §3.2.1, without the marks that are allowed as well.
        if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _: Result<_, _> = write!(encoded, "%{byte:02X}");
        }
    }
    let plain: String = format!("{kind}-{period}-{document}")
        .chars()
        .map(|letter| {
            if letter.is_ascii_alphanumeric() {
                letter
            } else {
                '-'
            }
        })
        .collect();
    format!("attachment; filename=\"{plain}.pdf\"; filename*=UTF-8''{encoded}")
}
