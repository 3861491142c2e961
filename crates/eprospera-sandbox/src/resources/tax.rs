//! `GET /api/v1/me/tax/summary`, `/filings` and `/filings/{filingId}` (docs/portal.md, Tax).
//!
//! Either tax scope opens the routes, and decides which subjects are visible; an entity must be
//! shared and represented as well. What is not visible is as what does not exist.

use std::sync::Arc;

use axum::extract::{FromRequestParts, RawQuery, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use serde_json::{Value, json};

use crate::http::rejection::Rejection;
use crate::http::responses;
use crate::model::parameters::{InPath, ids};
use crate::oauth::bearer;
use crate::portal::Portal;
use crate::reason::Reason;
use crate::resources::caller::Representative;
use crate::resources::legal_entities;
use crate::resources::tax_query::{self, FilingsQuery, SubjectFilter, detail};

pub(crate) const PERSON: &str = "eprospera:person.tax.read";
pub(crate) const ENTITY: &str = "eprospera:entity.tax.read";

/// The caller of a tax route, and what is visible to them.
pub(crate) struct Taxpayer(pub(crate) Representative);

impl FromRequestParts<Arc<Portal>> for Taxpayer {
    type Rejection = Rejection;

    async fn from_request_parts(
        parts: &mut Parts,
        portal: &Arc<Portal>,
    ) -> Result<Self, Rejection> {
        let caller = Representative::from_request_parts(parts, portal).await;
        caller.map(Self)
    }
}

impl Taxpayer {
    /// Whether a subject is visible.
    fn sees(&self, subject: &Value) -> bool {
        match subject["type"].as_str() {
            Some("natural_person") => self.0.may(PERSON),
            Some("legal_entity") => {
                let id = subject["id"].as_str().unwrap_or_default();
                self.0.may(ENTITY) && self.0.sees(id)
            }
            _ => false,
        }
    }

    /// A visible filing.
    pub(crate) fn filing(&self, id: &str) -> Option<&Value> {
        let is_meant = |filing: &&Value| {
            let own = filing["id"].as_str().unwrap_or_default();
            own.eq_ignore_ascii_case(id) && self.sees(&filing["subject"])
        };
        self.0.persona.tax.filings.iter().find(is_meant)
    }

    /// Why a subject that was named cannot be had: its scope is lacking, or the entity is not
    /// visible (docs/portal.md, Sandbox choices).
    fn denied(self, portal: &Portal, asked: Option<&SubjectFilter>) -> Result<Self, Rejection> {
        let lacking: &'static [&'static str] = match asked {
            Some(SubjectFilter::Personal) if !self.0.may(PERSON) => &[PERSON],
            Some(SubjectFilter::Entity(_)) if !self.0.may(ENTITY) => &[ENTITY],
            Some(SubjectFilter::Entity(id)) if !self.0.sees(id) => {
                return Err(legal_entities::not_found(&self.0).into());
            }
            _ => return Ok(self),
        };
        let refusal = self.0.lacks(lacking);
        Err(bearer::refused(portal, refusal).into())
    }
}

/// Whether a subject is the one asked for.
fn is_asked(subject: &Value, asked: Option<&SubjectFilter>) -> bool {
    match asked {
        None => true,
        Some(SubjectFilter::Personal) => subject["type"] == "natural_person",
        Some(SubjectFilter::Entity(id)) => {
            let own = subject["id"].as_str().unwrap_or_default();
            own.eq_ignore_ascii_case(id)
        }
    }
}

/// The answer to a query that is wrong in some places.
pub(crate) fn malformed(caller: &Representative, details: &[Value]) -> Rejection {
    let body = json!({ "error": "invalid_request", "details": details });
    let response = responses::json(StatusCode::BAD_REQUEST, &body);
    let names: Vec<_> = details
        .iter()
        .filter_map(|detail| detail["parameter"].as_str())
        .collect();
    let outcome = format!("invalid_request: {} malformed", names.join(", "));
    let told = |detail: &Value| {
        let text = |name: &str| detail[name].as_str().unwrap_or_default().to_owned();
        format!("{} {}", text("parameter"), text("message"))
    };
    let told: Vec<_> = details.iter().map(told).collect();
    let told = told.join("; ");
    let instead = format!("send the query again with this put right: {told}");
    let entry = caller.log_entry(outcome);
    let entry = entry.refusal("invalid_request", Reason::new(told, instead));
    entry.on(response).into()
}

/// Serves obligations and elections.
pub(crate) async fn summary(
    State(portal): State<Arc<Portal>>,
    caller: Taxpayer,
    RawQuery(query): RawQuery,
) -> Result<Response, Rejection> {
    let asked = tax_query::subject(&query.unwrap_or_default())
        .map_err(|details| malformed(&caller.0, &details))?;
    let caller = caller.denied(&portal, asked.as_ref())?;
    let visible = |each: &&Value| {
        let subject = &each["subject"];
        caller.sees(subject) && is_asked(subject, asked.as_ref())
    };
    let tax = &caller.0.persona.tax;
    let subjects: Vec<_> = tax.subjects.iter().filter(visible).collect();
    let body = json!({ "data": { "subjects": subjects } });
    let outcome = format!("sent the tax summary of {} subjects", subjects.len());
    let response = responses::json(StatusCode::OK, &body);
    Ok(caller.0.log_entry(outcome).on(response))
}

/// Serves a page of filings, newest first.
pub(crate) async fn filings(
    State(portal): State<Arc<Portal>>,
    caller: Taxpayer,
    RawQuery(query): RawQuery,
) -> Result<Response, Rejection> {
    let query = FilingsQuery::parse(&query.unwrap_or_default())
        .map_err(|details| malformed(&caller.0, &details))?;
    let caller = caller.denied(&portal, query.subject.as_ref())?;
    let Some((page, next)) = page(&portal, &caller, &query) else {
        let wrong = detail("cursor", "must come from a page with the same filters");
        return Err(malformed(&caller.0, &[wrong]));
    };
    let body = json!({ "data": page, "meta": { "nextCursor": next } });
    let outcome = format!("sent {} tax filings", page.len());
    let response = responses::json(StatusCode::OK, &body);
    Ok(caller.0.log_entry(outcome).on(response))
}

/// The filings of a page and the cursor of the next one; nothing for a cursor that is not ours.
fn page<'a>(
    portal: &Portal,
    caller: &'a Taxpayer,
    query: &FilingsQuery,
) -> Option<(Vec<&'a Value>, Option<String>)> {
    let context = format!("{} {}", caller.0.persona.id, query.filters());
    let matches = |filing: &&Value| {
        let subject = &filing["subject"];
        let kind = query.kind.as_deref();
        caller.sees(subject)
            && is_asked(subject, query.subject.as_ref())
            && kind.is_none_or(|kind| filing["type"] == kind)
            && query
                .year
                .is_none_or(|year| filing["period"]["year"] == year)
    };
    let mut left = caller.0.persona.tax.filings.iter().filter(matches);
    if let Some(cursor) = &query.cursor {
        let last = portal.mac.open(&context, cursor)?;
        left.find(|filing| filing["id"] == *last)?;
    }
    let page: Vec<_> = left.by_ref().take(query.limit).collect();
    let next = left.next().and(page.last()).map(|last| {
        let id = last["id"].as_str().unwrap_or_default();
        portal.mac.seal(&context, id)
    });
    Some((page, next))
}

pub(crate) async fn filing(caller: Taxpayer, id: InPath<String>) -> Response {
    let Some(filing) = caller.filing(&ids(id)) else {
        return not_found(&caller.0);
    };
    let response = responses::json(StatusCode::OK, &json!({ "data": filing }));
    caller.0.log_entry("sent a tax filing").on(response)
}

/// The answer for a filing that is unknown or not visible.
pub(crate) fn not_found(caller: &Representative) -> Response {
    let response = responses::error(StatusCode::NOT_FOUND, "Tax filing not found");
    let why = "the tax filing does not exist or is not visible";
    let instead = "send an `id` of `GET /api/v1/me/tax/filings`; filings of an entity need its scope, and \
                   the entity shared at consent";
    let entry = caller.log_entry(why);
    let entry = entry.refusal("Tax filing not found", Reason::new(why, instead));
    entry.on(response)
}
