//! `POST /api/oauth/introspect` (docs/portal.md, Introspect; RFC 7662): what a client with a
//! secret may know of a token of its own.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use crate::http::rejection::Rejection;
use crate::http::request_log::LogEntry;
use crate::http::responses;
use crate::model::client::Client;
use crate::model::token_owner::Inspection;
use crate::oauth::client_authentication::{AuthenticatedClient, ClientAuthError};
use crate::portal::Portal;

pub(crate) async fn introspect(
    State(portal): State<Arc<Portal>>,
    caller: AuthenticatedClient,
) -> Result<Response, Rejection> {
    let client = &caller.client;
    if client.is_public() {
        return Err(ClientAuthError::public(client).into());
    }
    let token = caller.need("token")?;
    let now = portal.clock.now();
    let found = portal.state().grants.inspect(client, token, now);
    let (body, outcome) = match &found {
        Some(found) if found.is_access => {
            (active(&portal, client, found), "the access token is active")
        }
        Some(found) => (
            active(&portal, client, found),
            "the refresh token is active",
        ),
        None => (
            json!({ "active": false }),
            "the token is not active, or belongs to another client",
        ),
    };
    let mut entry = LogEntry::new(outcome).client(&client.id);
    entry.persona = found.map(|found| found.persona.to_string());
    Ok(entry.on(responses::uncached(responses::json(StatusCode::OK, &body))))
}

/// `token_type` and `aud` are those of the access token; a refresh token goes to the portal
/// only, so it has neither (docs/portal.md, Sandbox choices).
fn active(portal: &Portal, client: &Client, found: &Inspection) -> Value {
    let mut body = json!({
        "active": true,
        "scope": found.scopes.join(" "),
        "client_id": client.id,
        "iss": portal.issuer,
        "exp": found.expires / 1000,
        "iat": found.issued / 1000,
    });
    if let Some(persona) = portal.persona(&found.persona) {
        body["sub"] = persona.sub.as_str().into();
        body["username"] = persona.email.as_str().into();
    }
    if found.is_access {
        body["token_type"] = "Bearer".into();
        body["aud"] = portal.issuer.as_str().into();
    }
    body
}
