//! `GET /api/v1/me/legal-entities` and `/{id}` (docs/portal.md, Legal entities): what the person
//! shared at consent and represents. An entity that is not visible is as one that does not exist.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};

use super::answer;
use super::bearer;
use super::grants::Holder;
use super::journal::Note;
use super::persona::{Entity, Persona};
use super::portal::Portal;

const SCOPE: &str = "eprospera:entity.read";

fn shared<'a>(persona: &'a Persona, holder: &Holder) -> impl Iterator<Item = &'a Entity> {
    let entities = persona.legal_entities.iter();
    entities.filter(|entity| holder.entities.iter().any(|id| id == entity.id()))
}

/// Serves the list.
pub(super) async fn list(State(portal): State<Arc<Portal>>, headers: HeaderMap) -> Response {
    let (persona, holder) = match bearer::representative(&portal, &headers, SCOPE) {
        Ok(found) => found,
        Err(refusal) => return bearer::refused(&portal, refusal),
    };
    let entities: Vec<&Value> = shared(persona, &holder)
        .map(|shared| &shared.entity)
        .collect();
    let response = answer::json(StatusCode::OK, &json!({ "data": entities }));
    Note::new(format!(
        "{} shared legal entities were given",
        entities.len()
    ))
    .client(&holder.client_id)
    .persona(&persona.id)
    .on(response)
}

/// Serves one entity.
pub(super) async fn one(
    State(portal): State<Arc<Portal>>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Response {
    let (persona, holder) = match bearer::representative(&portal, &headers, SCOPE) {
        Ok(found) => found,
        Err(refusal) => return bearer::refused(&portal, refusal),
    };
    let note = |outcome: &str| {
        let note = Note::new(outcome).client(&holder.client_id);
        note.persona(&persona.id)
    };
    match shared(persona, &holder).find(|shared| shared.id().eq_ignore_ascii_case(&id)) {
        Some(found) => {
            let body = json!({ "data": found.entity });
            note("a legal entity was given").on(answer::json(StatusCode::OK, &body))
        }
        None => note("the legal entity does not exist or was not shared").on(answer::error(
            StatusCode::NOT_FOUND,
            "Legal entity not found",
        )),
    }
}
