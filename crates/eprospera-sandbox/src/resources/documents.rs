//! `GET /api/v1/me/natural-person/documents` and `/me/legal-entities/{id}/documents`
//! (docs/portal.md, Documents). Each answer has fresh URLs; the files themselves are served by
//! [`files`](crate::files::service).

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use crate::files::signed_url;
use crate::http::responses;
use crate::model::parameters::{InPath, ids};
use crate::portal::Portal;
use crate::resources::caller::{Caller, Representative};
use crate::resources::legal_entities;

/// Serves the person's documents and agreement.
pub(crate) async fn of_person(State(portal): State<Arc<Portal>>, caller: Caller) -> Response {
    let body = signed_url::signed(&portal, &caller.persona, &caller.persona.documents);
    let response = responses::json(StatusCode::OK, &body);
    caller.log_entry("sent the person's documents").on(response)
}

/// Serves the documents of a shared entity.
pub(crate) async fn of_entity(
    State(portal): State<Arc<Portal>>,
    caller: Representative,
    id: InPath<String>,
) -> Response {
    let Some(found) = caller.entity(&ids(id)) else {
        return legal_entities::not_found(&caller);
    };
    let data = json!({ "data": found.documents });
    let body = signed_url::signed(&portal, &caller.persona, &data);
    let response = responses::json(StatusCode::OK, &body);
    caller
        .log_entry("sent the documents of a legal entity")
        .on(response)
}
