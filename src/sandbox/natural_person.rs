//! `GET /api/v1/me/natural-person` (docs/portal.md, Natural person): a bare object, or `null`.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use super::answer;
use super::bearer;
use super::journal::Note;
use super::portal::Portal;

/// Serves the route.
pub(super) async fn natural_person(
    State(portal): State<Arc<Portal>>,
    headers: HeaderMap,
) -> Response {
    let scope = "eprospera:person.details.read";
    match bearer::person(&portal, &headers, scope) {
        Err(refusal) => bearer::refused(&portal, refusal),
        Ok((persona, holder)) => {
            let response = answer::json(StatusCode::OK, &persona.natural_person);
            let mut note = Note::new("the person's details were given").persona(&persona.id);
            note.client_id = holder.map(|holder| holder.client_id);
            note.on(response)
        }
    }
}
