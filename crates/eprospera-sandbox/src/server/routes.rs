//! Every route, in one table for each state that its handlers work with.

use std::sync::{Arc, LazyLock};

use axum::http::{StatusCode, Uri};
use axum::response::Response;

use crate::faults::fault::Endpoint;
use crate::http::request_log::LogEntry;
use crate::http::responses;
use crate::inspector::routes as inspector;
use crate::oauth::{device_authorization, discovery, introspect, revoke, token, userinfo};
use crate::paths;
use crate::portal::Portal;
use crate::prosper;
use crate::prosper::service::Prosper;
use crate::reason::Reason;
use crate::resources::{documents, legal_entities, natural_person, tax, tax_document};
use crate::route::{Access, Route};
use crate::server::services::Services;
use crate::server::{ca_certificate, control, health, index, journal, nearest_route, steering};
use crate::sign_in::{authorize, consent, login, verification};

const DETAILS: Access = Access::Person(&["eprospera:person.details.read"]);
const RESIDENCY: Access = Access::Person(&["eprospera:person.residency.read"]);
const ID_VERIFICATION: Access = Access::Person(&["eprospera:person.id_verification.read"]);
const DOCUMENTS: Access = Access::Person(&["eprospera:person.documents.read"]);
const ENTITIES: Access = Access::Representative(&["eprospera:entity.read"]);
const ENTITY_DOCUMENTS: Access = Access::Representative(&["eprospera:entity.documents.read"]);
const TAX: Access = Access::Representative(&[tax::PERSON, tax::ENTITY]);

/// What the portal serves, and the pages of its person.
pub(crate) fn portal() -> Vec<Route<Arc<Portal>>> {
    vec![
        Route::endpoint(paths::DISCOVERY, Endpoint::Discovery)
            .linked()
            .get(discovery::document),
        Route::endpoint(
            "/api/oauth/.well-known/openid-configuration",
            Endpoint::Discovery,
        )
        .unlisted()
        .get(discovery::document),
        Route::endpoint(paths::JWKS, Endpoint::Jwks)
            .linked()
            .get(discovery::keys),
        Route::endpoint("/.well-known/jwks.json", Endpoint::Jwks)
            .unlisted()
            .get(discovery::keys),
        Route::endpoint(paths::AUTHORIZE, Endpoint::Authorize)
            .get(authorize::authorize)
            .post(authorize::by_form),
        Route::page(paths::LOGIN, "login")
            .get(login::show)
            .post(login::sign_in),
        Route::page(paths::CONSENT, "consent")
            .get(consent::show)
            .post(consent::decide),
        Route::endpoint(paths::DEVICE_AUTHORIZATION, Endpoint::Device)
            .needs(Access::Client)
            .post(device_authorization::device_authorization),
        Route::page(paths::VERIFICATION, "verification")
            .linked()
            .get(verification::show)
            .post(verification::enter),
        Route::endpoint(paths::TOKEN, Endpoint::Token)
            .needs(Access::Client)
            .post(token::token),
        Route::endpoint(paths::USERINFO, Endpoint::Userinfo)
            .needs(Access::Bearer)
            .get(userinfo::userinfo)
            .post(userinfo::userinfo),
        Route::endpoint(paths::REVOKE, Endpoint::Revoke)
            .needs(Access::Client)
            .post(revoke::revoke),
        Route::endpoint(paths::INTROSPECT, Endpoint::Introspect)
            .needs(Access::Client)
            .post(introspect::introspect),
    ]
}

/// What a person may read about themselves and their entities.
pub(crate) fn resources() -> Vec<Route<Arc<Portal>>> {
    let resource = Route::resource;
    vec![
        resource(
            "/api/v1/me/natural-person",
            Endpoint::NaturalPerson,
            DETAILS,
        )
        .get(natural_person::details),
        resource(
            "/api/v1/me/natural-person/residency",
            Endpoint::Residency,
            RESIDENCY,
        )
        .get(natural_person::residency),
        resource(
            "/api/v1/me/natural-person/id-verification",
            Endpoint::IdVerification,
            ID_VERIFICATION,
        )
        .get(natural_person::id_verification),
        resource(
            "/api/v1/me/natural-person/id_verification",
            Endpoint::IdVerification,
            ID_VERIFICATION,
        )
        .unlisted()
        .get(natural_person::id_verification),
        resource(
            "/api/v1/me/natural-person/documents",
            Endpoint::Documents,
            DOCUMENTS,
        )
        .get(documents::of_person),
        resource(
            "/api/v1/me/legal-entities",
            Endpoint::LegalEntities,
            ENTITIES,
        )
        .get(legal_entities::list),
        resource(
            "/api/v1/me/legal-entities/{id}",
            Endpoint::LegalEntities,
            ENTITIES,
        )
        .get(legal_entities::one),
        resource(
            "/api/v1/me/legal-entities/{id}/documents",
            Endpoint::Documents,
            ENTITY_DOCUMENTS,
        )
        .get(documents::of_entity),
    ]
}

/// What they may read about their taxes.
pub(crate) fn taxes() -> Vec<Route<Arc<Portal>>> {
    let resource = Route::resource;
    vec![
        resource("/api/v1/me/tax/summary", Endpoint::Tax, TAX).get(tax::summary),
        resource("/api/v1/me/tax/filings", Endpoint::Tax, TAX).get(tax::filings),
        resource("/api/v1/me/tax/filings/{filingId}", Endpoint::Tax, TAX).get(tax::filing),
        resource(
            "/api/v1/me/tax/filings/{filingId}/documents/{document}",
            Endpoint::TaxDocument,
            TAX,
        )
        .get(tax_document::pdf),
    ]
}

/// What Prosper serves, and the pages of its person.
pub(crate) fn prosper() -> Vec<Route<Arc<Prosper>>> {
    vec![
        Route::endpoint("/login/oauth/authorize", Endpoint::ProsperAuthorize)
            .get(prosper::authorize::authorize),
        Route::endpoint("/login/oauth/access-token", Endpoint::ProsperToken)
            .post(prosper::token::token),
        Route::endpoint("/api/v2/user", Endpoint::ProsperUser)
            .needs(Access::ProsperToken)
            .get(prosper::user::user),
        Route::page(paths::PROSPER_WELCOME, "prosper_welcome")
            .linked()
            .get(prosper::pages::welcome),
        Route::page(paths::PROSPER_LOGIN, "prosper_login")
            .get(prosper::pages::login)
            .post(prosper::pages::sign_in),
        Route::page(paths::PROSPER_CONSENT, "prosper_consent")
            .get(prosper::pages::consent)
            .post(prosper::pages::decide),
    ]
}

/// What steers and inspects the sandbox.
pub(crate) fn control() -> Vec<Route<Services>> {
    let control = |path| {
        Route::page(path, "control")
            .needs(Access::ControlToken)
            .listed()
    };
    vec![
        control("/sandbox/journal").get(journal::journal),
        control("/sandbox/faults")
            .get(control::faults)
            .post(control::add_fault)
            .delete(control::clear_faults),
        control("/sandbox/clock").post(control::clock),
        control("/sandbox/revoke").post(control::revoke),
        control("/sandbox/rotate-key").post(control::rotate_key),
        control("/sandbox/reset").post(control::reset),
        Route::page(paths::STEER, "control")
            .needs(Access::SteeringForm)
            .post(steering::steer),
    ]
}

/// What anyone on this computer may read: whether it is ready, what the inspector shows, and the
/// certificate to trust.
pub(crate) fn readable() -> Vec<Route<Arc<Portal>>> {
    vec![
        Route::page(paths::HEALTH, "health")
            .linked()
            .get(health::health),
        Route::page(paths::INSPECTOR_JSON, "inspector")
            .linked()
            .get(inspector::json),
        Route::page(paths::CA_CERTIFICATE, "ca_certificate").get(ca_certificate::ca_certificate),
        Route::page(paths::INSPECTOR_CONTENT, "inspector").get(index::changed),
        Route::page(paths::STEERING_SESSION, "control").post(steering::enter),
        Route::page(paths::INSPECTOR_EVENTS, "inspector").get(inspector::events),
    ]
}

/// Paths below a known one that nothing is at: they have its name in the log, and its failures.
pub(crate) fn elsewhere() -> Vec<Route<()>> {
    let me = |path, endpoint| {
        let route = Route::resource(path, endpoint, Access::Open).unlisted();
        route.any(not_found)
    };
    vec![
        Route::page("/sandbox/", "control")
            .needs(Access::ControlToken)
            .get(not_found),
        Route::page("/sandbox/{*rest}", "control")
            .needs(Access::ControlToken)
            .get(not_found)
            .post(not_found)
            .delete(not_found),
        me("/api/v1/me/tax/{*rest}", Endpoint::Tax),
        me("/api/v1/me/tax/", Endpoint::Tax),
        me("/api/v1/me/tax", Endpoint::Tax),
        me("/api/v1/me/legal-entities/", Endpoint::LegalEntities),
        me("/api/v1/me/", Endpoint::Me),
        me("/api/v1/me/{*rest}", Endpoint::Me),
    ]
}

/// The paths of all routes, with names in braces where an id goes.
static PATHS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let portal = [portal(), resources(), taxes(), readable()];
    let portal = portal.iter().flat_map(|routes| paths_of(routes));
    let others = [paths_of(&prosper()), paths_of(&control())];
    portal.chain(others.concat()).collect()
});

fn paths_of<S>(routes: &[Route<S>]) -> Vec<&'static str> {
    routes.iter().map(|route| route.info.path).collect()
}

pub(crate) async fn not_found(uri: Uri) -> Response {
    let response = responses::error(StatusCode::NOT_FOUND, "Not found");
    let why = "the sandbox has no such route";
    let instead = nearest_route::advice(uri.path(), &PATHS);
    LogEntry::new(why)
        .refusal("Not found", Reason::new(why, instead))
        .on(response)
}
