//! Every route in one table.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::{MethodRouter, delete, get, post};

use crate::files::service;
use crate::http::request_log::Note;
use crate::http::responses::{self, BODY_LIMIT};
use crate::oauth::{device_authorization, discovery, introspect, revoke, token, userinfo};
use crate::portal::Portal;
use crate::prosper::routes;
use crate::resources::{documents, legal_entities, natural_person, tax, tax_document};
use crate::server::middleware::{Gate, Site, gate};
use crate::server::services::Services;
use crate::server::{control, index};
use crate::sign_in::{authorize, consent, login, verification};

type Route<S> = (&'static str, MethodRouter<S>);

/// What the portal serves, and the pages of its person.
pub(crate) fn portal_routes() -> Vec<Route<Arc<Portal>>> {
    vec![
        ("/", get(index::index)),
        (
            "/.well-known/openid-configuration",
            get(discovery::document),
        ),
        (
            "/api/oauth/.well-known/openid-configuration",
            get(discovery::document),
        ),
        ("/api/oauth/.well-known/jwks.json", get(discovery::keys)),
        ("/.well-known/jwks.json", get(discovery::keys)),
        ("/api/oauth/authorize", get(authorize::authorize)),
        (
            "/api/oauth/device_authorization",
            post(device_authorization::device_authorization),
        ),
        ("/login", get(login::show).post(login::sign_in)),
        ("/consent", get(consent::show).post(consent::decide)),
        ("/device", get(verification::show).post(verification::enter)),
        ("/api/oauth/token", post(token::token)),
        (
            "/api/oauth/userinfo",
            get(userinfo::userinfo).post(userinfo::userinfo),
        ),
        ("/api/oauth/revoke", post(revoke::revoke)),
        ("/api/oauth/introspect", post(introspect::introspect)),
    ]
}

/// What a person may read about themselves and their entities.
pub(crate) fn resource_routes() -> Vec<Route<Arc<Portal>>> {
    vec![
        ("/api/v1/me/natural-person", get(natural_person::details)),
        (
            "/api/v1/me/natural-person/residency",
            get(natural_person::residency),
        ),
        (
            "/api/v1/me/natural-person/id-verification",
            get(natural_person::id_verification),
        ),
        (
            "/api/v1/me/natural-person/id_verification",
            get(natural_person::id_verification),
        ),
        (
            "/api/v1/me/natural-person/documents",
            get(documents::of_person),
        ),
        ("/api/v1/me/legal-entities", get(legal_entities::list)),
        ("/api/v1/me/legal-entities/{id}", get(legal_entities::one)),
        (
            "/api/v1/me/legal-entities/{id}/documents",
            get(documents::of_entity),
        ),
        ("/api/v1/me/tax/summary", get(tax::summary)),
        ("/api/v1/me/tax/filings", get(tax::filings)),
        ("/api/v1/me/tax/filings/{filingId}", get(tax::filing)),
        (
            "/api/v1/me/tax/filings/{filingId}/documents/{document}",
            get(tax_document::pdf),
        ),
    ]
}

/// What steers and inspects the sandbox, behind the control token.
pub(crate) fn steering_routes() -> Vec<Route<Services>> {
    vec![
        ("/sandbox/journal", get(control::journal)),
        (
            "/sandbox/faults",
            get(control::faults)
                .post(control::add_fault)
                .delete(control::clear_faults),
        ),
        ("/sandbox/clock", post(control::clock)),
        ("/sandbox/revoke", post(control::revoke)),
        ("/sandbox/rotate-key", post(control::rotate_key)),
    ]
}

fn with<S: Clone + Send + Sync + 'static>(routes: Vec<Route<S>>, state: S) -> Router {
    let add = |router: Router<_>, (path, methods)| router.route(path, methods);
    routes
        .into_iter()
        .fold(Router::new(), add)
        .with_state(state)
}

/// The whole portal.
pub(crate) fn router(services: &Services) -> Router {
    let Services { portal, prosper } = services;
    let steering = with(steering_routes(), services.clone())
        .route(
            "/sandbox/{*rest}",
            get(not_found).post(not_found).merge(delete(not_found)),
        )
        .layer(from_fn_with_state(Arc::clone(portal), control::guard));
    with(portal_routes(), Arc::clone(portal))
        .merge(with(resource_routes(), Arc::clone(portal)))
        .merge(with(routes::routes(), Arc::clone(prosper)))
        .merge(steering)
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(from_fn_with_state(guarded(portal, Site::Portal), gate))
}

/// The file service, which is another origin and knows no other route.
pub(crate) fn files(portal: &Arc<Portal>) -> Router {
    Router::new()
        .fallback(service::serve)
        .layer(from_fn_with_state(guarded(portal, Site::Files), gate))
        .with_state(Arc::clone(portal))
}

fn guarded(portal: &Arc<Portal>, site: Site) -> Gate {
    let portal = Arc::clone(portal);
    Gate { portal, site }
}

async fn not_found() -> Response {
    let response = responses::error(StatusCode::NOT_FOUND, "Not found");
    Note::new("there is no such route").on(response)
}

async fn method_not_allowed() -> Response {
    let response = responses::error(StatusCode::METHOD_NOT_ALLOWED, "Method not allowed");
    Note::new("the route does not take this method").on(response)
}
