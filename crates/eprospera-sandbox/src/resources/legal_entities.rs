//! `GET /api/v1/me/legal-entities` and `/{id}` (docs/portal.md, Legal entities): what the person
//! shared at consent and represents. An entity that is not visible is as one that does not exist.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use crate::http::responses;
use crate::model::parameters::{InPath, ids};
use crate::reason::Reason;
use crate::resources::caller::Representative;

pub(crate) async fn list(caller: Representative) -> Response {
    let entities: Vec<&Value> = caller.entities().map(|shared| &shared.entity).collect();
    let response = responses::json(StatusCode::OK, &json!({ "data": entities }));
    let count = entities.len();
    let entry = caller.log_entry(format!("sent {count} shared legal entities"));
    entry.on(response)
}

pub(crate) async fn one(caller: Representative, id: InPath<String>) -> Response {
    let Some(found) = caller.entity(&ids(id)) else {
        return not_found(&caller);
    };
    let response = responses::json(StatusCode::OK, &json!({ "data": found.entity }));
    caller.log_entry("sent a legal entity").on(response)
}

/// The answer for an entity that does not exist, was not shared, or lost its representative.
pub(crate) fn not_found(caller: &Representative) -> Response {
    let response = responses::error(StatusCode::NOT_FOUND, "Legal entity not found");
    let why = "the legal entity does not exist or was not shared";
    let instead = "send an `id` of `GET /api/v1/me/legal-entities`; for another one, sign in again and \
                   choose it at consent";
    caller
        .log_entry(why)
        .refusal("Legal entity not found", Reason::new(why, instead))
        .on(response)
}
