//! `POST /api/oauth/revoke` (docs/portal.md, Revoke; RFC 7009).
//!
//! The hint is not needed to find a token, so it is not read (RFC 7009 §2.1).

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use crate::http::request_log::Note;
use crate::http::responses;
use crate::oauth::client_authentication;
use crate::portal::Portal;

/// Serves the endpoint.
pub(crate) async fn revoke(
    State(portal): State<Arc<Portal>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let form = match client_authentication::form(&headers, &body) {
        Ok(form) => form,
        Err(refusal) => return refusal.answer(),
    };
    let client = match client_authentication::client(&portal, &headers, &form) {
        Ok(client) => client,
        Err(refusal) => return refusal.answer(),
    };
    let Some(token) = form.get("token") else {
        let why = "token is missing";
        let response = responses::described(StatusCode::BAD_REQUEST, "invalid_request", why);
        let note = Note::new(format!("invalid_request: {why}")).client(&client.id);
        return note.on(responses::uncached(response));
    };
    let outcome = portal
        .state()
        .grants
        .revoke(client, token, portal.clock.now());
    let response = responses::uncached(Response::new(Body::empty()));
    Note::new(outcome).client(&client.id).on(response)
}
