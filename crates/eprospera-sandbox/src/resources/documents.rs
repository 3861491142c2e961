//! `GET /api/v1/me/natural-person/documents` and `/me/legal-entities/{id}/documents`
//! (docs/portal.md, Documents). Each answer has fresh URLs; the files themselves are served by
//! [`files`](crate::files::service).

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::json;

use crate::files::signed_url;
use crate::http::responses;
use crate::model::parameters::{InPath, ids};
use crate::oauth::bearer;
use crate::portal::Portal;
use crate::resources::caller;
use crate::resources::legal_entities;

/// Serves the person's documents and agreement.
pub(crate) async fn of_person(State(portal): State<Arc<Portal>>, headers: HeaderMap) -> Response {
    match caller::person(&portal, &headers, &["eprospera:person.documents.read"]) {
        Err(refusal) => bearer::refused(&portal, refusal),
        Ok(caller) => {
            let body = signed_url::signed(&portal, caller.persona, &caller.persona.documents);
            let response = responses::json(StatusCode::OK, &body);
            caller
                .note("the person's documents were given")
                .on(response)
        }
    }
}

/// Serves the documents of a shared entity.
pub(crate) async fn of_entity(
    State(portal): State<Arc<Portal>>,
    headers: HeaderMap,
    id: InPath<String>,
) -> Response {
    let scope = &["eprospera:entity.documents.read"];
    let caller = match caller::representative(&portal, &headers, scope) {
        Ok(caller) => caller,
        Err(refusal) => return bearer::refused(&portal, refusal),
    };
    let Some(found) = caller.entity(&ids(id)) else {
        return legal_entities::not_found(&caller);
    };
    let data = json!({ "data": found.documents });
    let body = signed_url::signed(&portal, caller.persona, &data);
    let response = responses::json(StatusCode::OK, &body);
    caller
        .note("the documents of a legal entity were given")
        .on(response)
}
