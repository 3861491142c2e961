//! `GET /login/oauth/authorize`: from a checked request to a page, a code, or the welcome page.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;

use crate::clock::milliseconds;
use crate::http::request_log::LogEntry;
use crate::model::parameters::Parameters;
use crate::paths::{PROSPER_CONSENT, PROSPER_LOGIN};
use crate::prosper::completion::{granted, has_agreed, is_elsewhere, to, to_welcome};
use crate::prosper::pages;
use crate::prosper::pending::{cookie, set_cookie};
use crate::prosper::request::{ProsperRequest, ProsperRequestError};
use crate::prosper::service::Prosper;

pub(crate) async fn authorize(
    State(prosper): State<Arc<Prosper>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let portal = &prosper.portal;
    let query = Parameters::parse(query.unwrap_or_default().as_bytes());
    let request = match ProsperRequest::check(portal, &query) {
        Ok(request) => request,
        Err(ProsperRequestError::Welcome(reason)) => return to_welcome(reason),
        Err(ProsperRequestError::Scope(reason)) => return pages::no_such_scope(reason),
    };
    if let Some(persona) = portal.auto_approved() {
        return granted(&prosper, &request, persona);
    }
    let now = portal.clock.now();
    let expires = now.saturating_add(milliseconds(portal.options.consent_ttl));
    let cookie = cookie(&headers);
    let signed_in = prosper
        .ledger()
        .persona(cookie)
        .and_then(|id| portal.persona(id));
    if let Some(persona) = signed_in
        && (has_agreed(&prosper, persona, &request) || is_elsewhere(&prosper, persona, &request))
    {
        return granted(&prosper, &request, persona);
    }
    let client = request.client_id.clone();
    let (id, new_cookie) = prosper.ledger().wait(cookie, request, (now, expires));
    let (page, path) = if signed_in.is_some() {
        ("consent", PROSPER_CONSENT)
    } else {
        ("login", PROSPER_LOGIN)
    };
    let mut response = to(&format!("{path}?request={id}"));
    if let Some(cookie) = new_cookie {
        set_cookie(&mut response, &cookie);
    }
    LogEntry::new(format!("the person was sent to Prosper's {page} page"))
        .client(&client)
        .on(response)
}
