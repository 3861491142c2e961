//! `GET /api/v2/user`: who signed in (docs/portal.md, Prosper).

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::http::request_log::LogEntry;
use crate::http::responses;
use crate::oauth::bearer;
use crate::people::persona::Persona;
use crate::prosper::service::Prosper;
use crate::reason::Reason;

pub(crate) async fn user(State(prosper): State<Arc<Prosper>>, headers: HeaderMap) -> Response {
    let refused_for = |reason: Reason| {
        let error = "Invalid token";
        let response = responses::text(StatusCode::UNAUTHORIZED, error);
        LogEntry::refused(error, reason).on(response)
    };
    let refused = |why: &str| {
        refused_for(Reason::new(
            why,
            "send `Authorization: Bearer ACCESS_TOKEN`, with the access_token of \
             `POST /login/oauth/access-token`; there is no refresh, so sign in again when it has expired",
        ))
    };
    let token = match bearer::credential(&headers) {
        Ok(token) => token,
        Err(refusal) => return refused_for(refusal.reason()),
    };
    let portal = &prosper.portal;
    let now = portal.clock.now();
    let holder = prosper.ledger().holder(token, now);
    let holder = match holder {
        Ok(holder) => holder,
        Err(_) if portal.state().grants.holder(token, now).is_ok() => {
            return refused("an access token of e-Próspera was sent to Prosper");
        }
        Err(why) => return refused(why),
    };
    let Some(persona) = portal.persona(&holder.persona) else {
        return refused("the persona of the token is unknown");
    };
    LogEntry::new("sent the user")
        .client(&holder.client)
        .persona(&persona.id)
        .on(responses::json(StatusCode::OK, &profile(persona)))
}

/// Ids are made from the persona's subject, so that they are the same at each start.
fn profile(persona: &Persona) -> Value {
    let hash: [u8; 32] = Sha256::digest(format!("prosper {}", persona.sub)).into();
    let bytes = hash.first_chunk::<16>().copied().unwrap_or_default();
    // A GUID of version 4 and its variant (RFC 9562 §5.4).
    let bits = u128::from_be_bytes(bytes) & !(0xf << 76) & !(0x3 << 62) | 0x4 << 76 | 0x2 << 62;
    let part = |shift: u32, width: u32| bits >> shift & ((1 << width) - 1);
    let uid = format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        part(96, 32),
        part(80, 16),
        part(64, 16),
        part(48, 16),
        part(0, 48),
    );
    let id = 10_000 + u32::try_from(bits % 90_000).unwrap_or_default();
    json!({
        "uid": uid,
        "id": id,
        "login": persona.email,
        "email": persona.email,
        "firstName": persona.name.split_once(' ').map_or(&*persona.name, |(first, _)| first),
        "lastName": persona.name.rsplit_once(' ').map_or("", |(_, last)| last),
        "userName": persona.email,
    })
}
