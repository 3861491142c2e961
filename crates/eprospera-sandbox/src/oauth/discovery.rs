//! The discovery document and the key set (docs/portal.md, Discovery and JWKS), with their
//! scripted defects.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};

use crate::faults::fault::{Action, DiscoveryDefect, Endpoint};
use crate::http::request_log::LogEntry;
use crate::http::responses;
use crate::model::client::GrantType;
use crate::model::scope;
use crate::paths;
use crate::portal::Portal;

/// What the older document does not have (docs/portal.md, Discrepancies).
const NEWER_FIELDS: [&str; 4] = [
    "device_authorization_endpoint",
    "revocation_endpoint",
    "introspection_endpoint",
    "service_documentation",
];
const NEWER_SCOPES: [&str; 3] = [
    "eprospera:person.documents.read",
    "eprospera:person.tax.read",
    "eprospera:entity.tax.read",
];

pub(crate) async fn document(State(portal): State<Arc<Portal>>) -> Response {
    let mut document = full(&portal);
    if portal.options.short_discovery {
        shorten(&mut document);
    }
    let defect = portal
        .faults
        .take(Endpoint::Discovery, |action| match action {
            Action::Discovery(defect) => Some(*defect),
            _ => None,
        });
    let (rule, defect) = defect.unzip();
    match defect {
        None => {}
        Some(DiscoveryDefect::WrongIssuer) => document["issuer"] = "https://issuer.example".into(),
        Some(DiscoveryDefect::CrossOrigin) => {
            document["token_endpoint"] =
                format!("https://elsewhere.example{}", paths::TOKEN).into();
        }
        Some(DiscoveryDefect::HttpEndpoints) => move_to_plain_http(&mut document, &portal.issuer),
        Some(DiscoveryDefect::Short) => shorten(&mut document),
    }
    let response = public(responses::json(StatusCode::OK, &document));
    LogEntry::new("sent the discovery document")
        .fault(rule)
        .on(response)
}

fn full(portal: &Portal) -> Value {
    let issuer = &portal.issuer;
    let at = |path: &str| format!("{issuer}{path}");
    json!({
        "issuer": issuer,
        "authorization_endpoint": at(paths::AUTHORIZE),
        "device_authorization_endpoint": at(paths::DEVICE_AUTHORIZATION),
        "token_endpoint": at(paths::TOKEN),
        "userinfo_endpoint": at(paths::USERINFO),
        "jwks_uri": at(paths::JWKS),
        "revocation_endpoint": at(paths::REVOKE),
        "introspection_endpoint": at(paths::INTROSPECT),
        "scopes_supported": scope::ALL.iter().map(|scope| scope.name).collect::<Vec<_>>(),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query", "fragment", "form_post"],
        "grant_types_supported": GrantType::ALL.map(GrantType::as_str),
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": [portal.options.signing.as_str()],
        "token_endpoint_auth_methods_supported":
            ["client_secret_post", "client_secret_basic", "none"],
        "claims_supported": [
            "sub", "name", "given_name", "family_name", "email", "email_verified", "picture",
            "iss", "aud", "exp", "iat", "auth_time", "nonce",
        ],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": portal.options.issuer_parameter,
        "service_documentation": at(paths::INDEX),
    })
}

fn move_to_plain_http(document: &mut Value, issuer: &str) {
    let Some(fields) = document.as_object_mut() else {
        return;
    };
    for (name, value) in fields {
        let path = value.as_str().and_then(|url| url.strip_prefix(issuer));
        if name != "issuer"
            && let Some(path) = path
        {
            *value = format!("http://portal.example{path}").into();
        }
    }
}

fn shorten(document: &mut Value) {
    if let Some(fields) = document.as_object_mut() {
        for name in NEWER_FIELDS {
            fields.remove(name);
        }
    }
    if let Some(scopes) = document["scopes_supported"].as_array_mut() {
        scopes.retain(|scope| !NEWER_SCOPES.iter().any(|newer| scope == newer));
    }
    document["grant_types_supported"] = json!(["authorization_code", "refresh_token"]);
    document["token_endpoint_auth_methods_supported"] =
        json!(["client_secret_post", "client_secret_basic"]);
}

/// Serves the key set. A rule `jwks:rotate` strikes after the answer: the key shown is replaced,
/// as a rotation that happens behind a client's cache.
pub(crate) async fn keys(State(portal): State<Arc<Portal>>) -> Response {
    let Ok(keys) = portal.keys.published().await else {
        return responses::internal("cannot make the signing key");
    };
    let defect = portal.faults.take(Endpoint::Jwks, |action| match action {
        Action::Rotate(_) | Action::RsaShort => Some(action.clone()),
        _ => None,
    });
    let (rule, defect) = defect.unzip();
    let jwks: Vec<Value> = keys
        .iter()
        .map(|key| match &defect {
            Some(Action::RsaShort) => key.short_jwk(),
            _ => key.jwk(),
        })
        .collect();
    let mut outcome = "sent the key set";
    if let Some(Action::Rotate(old)) = defect {
        if portal.keys.rotate(old).await.is_err() {
            return responses::internal("cannot generate the new key");
        }
        outcome = "sent the key set, then replaced the key";
    }
    let response = public(responses::json(StatusCode::OK, &json!({ "keys": jwks })));
    LogEntry::new(outcome).fault(rule).on(response)
}

/// Five minutes in a cache (docs/portal.md, Sandbox choices).
fn public(mut response: Response) -> Response {
    let value = HeaderValue::from_static("public, max-age=300");
    response.headers_mut().insert(CACHE_CONTROL, value);
    response
}
