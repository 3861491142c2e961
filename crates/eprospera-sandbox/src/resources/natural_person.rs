//! `GET /api/v1/me/natural-person`, `/residency` and `/id-verification` with its older spelling
//! (docs/portal.md, Natural person, Residency, ID verification): bare objects; the first may be
//! `null`.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::files::signed_url;
use crate::http::responses;
use crate::portal::Portal;
use crate::resources::caller::Caller;

pub(crate) async fn details(caller: Caller) -> Response {
    let response = responses::json(StatusCode::OK, &caller.persona.natural_person);
    caller.log_entry("sent the person's details").on(response)
}

pub(crate) async fn residency(caller: Caller) -> Response {
    let response = responses::json(StatusCode::OK, &caller.persona.residency);
    caller.log_entry("sent the residency").on(response)
}

/// Serves the latest approved identity check, with fresh URLs of its pictures.
pub(crate) async fn id_verification(State(portal): State<Arc<Portal>>, caller: Caller) -> Response {
    let persona = &caller.persona;
    let body = signed_url::signed(&portal, persona, &persona.id_verification);
    let response = responses::json(StatusCode::OK, &body);
    caller.log_entry("sent the identity check").on(response)
}
