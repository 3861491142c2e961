//! `GET` and `POST /api/oauth/userinfo` (docs/portal.md, Userinfo; RFC 6750 §3 for challenges).
//!
//! It asks for `openid`, and the body of its 403 is `insufficient_scope` (docs/portal.md, Sandbox
//! choices).

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::WWW_AUTHENTICATE;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::Response;
use serde_json::Value;

use crate::http::request_log::LogEntry;
use crate::http::responses;
use crate::oauth::bearer::{self, AccessError};
use crate::portal::Portal;
use crate::reason::Reason;

const MISSING: &str = "Bearer realm=\"eprospera-sandbox\"";
const INVALID: &str = "Bearer realm=\"eprospera-sandbox\", error=\"invalid_token\"";
const MALFORMED: &str = "Bearer realm=\"eprospera-sandbox\", error=\"invalid_request\"";
const SCOPE: &str =
    "Bearer realm=\"eprospera-sandbox\", error=\"insufficient_scope\", scope=\"openid\"";

pub(crate) async fn userinfo(
    State(portal): State<Arc<Portal>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let token = bearer::credential_or_form(&headers, &uri, &body);
    let holder = match token.and_then(|token| bearer::owner(&portal, &token)) {
        Ok(holder) => holder,
        Err(refusal) => {
            let challenge = match refusal {
                AccessError::Missing(_) => MISSING,
                AccessError::Malformed(_) => MALFORMED,
                _ => INVALID,
            };
            return challenged(bearer::refused(&portal, refusal), challenge);
        }
    };
    let entry = |outcome: &str| {
        LogEntry::new(outcome)
            .client(&holder.client_id)
            .persona(&holder.persona)
            .session(Some(holder.session))
    };
    if !holder.scopes.iter().any(|scope| scope == "openid") {
        let response = responses::error(StatusCode::FORBIDDEN, "insufficient_scope");
        let reason = Reason::new(
            "openid was not granted",
            "sign in again with `openid` in the `scope` of the authorization request",
        );
        return entry("insufficient_scope: openid was not granted")
            .refusal("insufficient_scope", reason)
            .on(challenged(response, SCOPE));
    }
    let Some(persona) = portal.persona(&holder.persona) else {
        let response = responses::error(StatusCode::NOT_FOUND, "user_not_found");
        let reason = Reason::new(
            "the persona no longer exists",
            "sign in again, as someone who is still there",
        );
        return entry("user_not_found: the persona no longer exists")
            .refusal("user_not_found", reason)
            .on(response);
    };
    let claims = Value::Object(persona.claims(&holder.scopes));
    entry("sent the claims").on(responses::json(StatusCode::OK, &claims))
}

fn challenged(mut response: Response, challenge: &'static str) -> Response {
    let value = HeaderValue::from_static(challenge);
    response.headers_mut().insert(WWW_AUTHENTICATE, value);
    response
}
