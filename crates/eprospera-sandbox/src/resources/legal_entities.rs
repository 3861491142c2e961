//! `GET /api/v1/me/legal-entities` and `/{id}` (docs/portal.md, Legal entities): what the person
//! shared at consent and represents. An entity that is not visible is as one that does not exist.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};

use crate::http::responses;
use crate::model::parameters::{InPath, ids};
use crate::oauth::bearer;
use crate::portal::Portal;
use crate::resources::caller::{self, Representative};

const SCOPE: &[&str] = &["eprospera:entity.read"];

/// Serves the list.
pub(crate) async fn list(State(portal): State<Arc<Portal>>, headers: HeaderMap) -> Response {
    let caller = match caller::representative(&portal, &headers, SCOPE) {
        Ok(caller) => caller,
        Err(refusal) => return bearer::refused(&portal, refusal),
    };
    let entities: Vec<&Value> = caller.entities().map(|shared| &shared.entity).collect();
    let response = responses::json(StatusCode::OK, &json!({ "data": entities }));
    let count = entities.len();
    let note = caller.note(format!("{count} shared legal entities were given"));
    note.on(response)
}

/// Serves one entity.
pub(crate) async fn one(
    State(portal): State<Arc<Portal>>,
    headers: HeaderMap,
    id: InPath<String>,
) -> Response {
    let caller = match caller::representative(&portal, &headers, SCOPE) {
        Ok(caller) => caller,
        Err(refusal) => return bearer::refused(&portal, refusal),
    };
    let Some(found) = caller.entity(&ids(id)) else {
        return not_found(&caller);
    };
    let response = responses::json(StatusCode::OK, &json!({ "data": found.entity }));
    caller.note("a legal entity was given").on(response)
}

/// The answer for an entity that does not exist, was not shared, or is no longer represented.
pub(crate) fn not_found(caller: &Representative<'_>) -> Response {
    let response = responses::error(StatusCode::NOT_FOUND, "Legal entity not found");
    caller
        .note("the legal entity does not exist or was not shared")
        .on(response)
}
