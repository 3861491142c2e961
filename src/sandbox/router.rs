//! Every route in one table.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::{delete, get, post};

use super::answer::{self, BODY_LIMIT};
use super::gate::gate;
use super::journal::Note;
use super::portal::Portal;
use super::{
    authorize, consent, control, discovery, index, legal_entities, login, natural_person, revoke,
    token, userinfo,
};

/// The whole portal.
pub(super) fn router(portal: &Arc<Portal>) -> Router {
    let steering = Router::new()
        .route("/sandbox/journal", get(control::journal))
        .route(
            "/sandbox/faults",
            get(control::faults)
                .post(control::add_fault)
                .delete(control::clear_faults),
        )
        .route("/sandbox/clock", post(control::clock))
        .route("/sandbox/revoke", post(control::revoke))
        .route("/sandbox/rotate-key", post(control::rotate_key))
        .route(
            "/sandbox/{*rest}",
            get(not_found).post(not_found).merge(delete(not_found)),
        )
        .layer(from_fn_with_state(Arc::clone(portal), control::guard));
    Router::new()
        .route("/", get(index::index))
        .route(
            "/.well-known/openid-configuration",
            get(discovery::document),
        )
        .route(
            "/api/oauth/.well-known/openid-configuration",
            get(discovery::document),
        )
        .route("/api/oauth/.well-known/jwks.json", get(discovery::keys))
        .route("/.well-known/jwks.json", get(discovery::keys))
        .route("/api/oauth/authorize", get(authorize::authorize))
        .route("/login", get(login::show).post(login::sign_in))
        .route("/consent", get(consent::show).post(consent::decide))
        .route("/api/oauth/token", post(token::token))
        .route(
            "/api/oauth/userinfo",
            get(userinfo::userinfo).post(userinfo::userinfo),
        )
        .route("/api/oauth/revoke", post(revoke::revoke))
        .route(
            "/api/v1/me/natural-person",
            get(natural_person::natural_person),
        )
        .route("/api/v1/me/legal-entities", get(legal_entities::list))
        .route("/api/v1/me/legal-entities/{id}", get(legal_entities::one))
        .merge(steering)
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(from_fn_with_state(Arc::clone(portal), gate))
        .with_state(Arc::clone(portal))
}

async fn not_found() -> Response {
    let response = answer::error(StatusCode::NOT_FOUND, "Not found");
    Note::new("there is no such route").on(response)
}

async fn method_not_allowed() -> Response {
    let response = answer::error(StatusCode::METHOD_NOT_ALLOWED, "Method not allowed");
    Note::new("the route does not take this method").on(response)
}
