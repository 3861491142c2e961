//! The sandbox as "Login with Prosper": another service on the same origin, which shares nothing
//! with the portal but its people and its confidential clients (docs/portal.md, Prosper).
//!
//! ```text
//! authorize → request ─┬─ welcome                     (unknown client, other redirect URI)
//!                      └─ pages: login → consent → code, or welcome (another space)
//! token ─┐
//! user ──┴→ ledger
//! ```

mod authorize;
mod ledger;
mod pages;
mod request;
mod space;
mod token;
mod user;

use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{MethodRouter, get, post};
use serde_json::Value;

use crate::faults::fault::Endpoint;
use crate::http::responses;
use crate::portal::Portal;

pub(crate) use ledger::Ledger;
pub use space::Space;

/// The only scope there is.
const SCOPE: &str = "user:email";
/// A code lives five minutes, an access token fifteen (docs/portal.md, Prosper).
const CODE_TTL: Duration = Duration::from_secs(300);
const TOKEN_TTL: Duration = Duration::from_secs(900);

/// What Prosper serves, and the pages of its person.
pub(crate) fn routes() -> Vec<(&'static str, MethodRouter<Arc<Portal>>)> {
    vec![
        ("/login/oauth/authorize", get(authorize::authorize)),
        ("/login/oauth/access-token", post(token::token)),
        ("/api/v2/user", get(user::user)),
        ("/welcome", get(pages::welcome)),
        ("/prosper/login", get(pages::login).post(pages::sign_in)),
        ("/prosper/consent", get(pages::consent).post(pages::decide)),
    ]
}

/// A path's name in the journal, and where rules for it strike.
pub(crate) fn endpoint(path: &str) -> Option<(&'static str, Option<Endpoint>)> {
    let endpoint = match path {
        "/login/oauth/authorize" => Endpoint::ProsperAuthorize,
        "/login/oauth/access-token" => Endpoint::ProsperToken,
        "/api/v2/user" => Endpoint::ProsperUser,
        "/welcome" => return Some(("prosper_welcome", None)),
        "/prosper/login" => return Some(("prosper_login", None)),
        "/prosper/consent" => return Some(("prosper_consent", None)),
        _ => return None,
    };
    Some((endpoint.as_str(), Some(endpoint)))
}

/// Prosper's errors: one JSON string.
pub(crate) fn said(status: StatusCode, text: &str) -> Response {
    responses::json(status, &Value::from(text))
}

/// What Prosper says with a status, where one is known.
pub(crate) fn fitting(status: u16) -> &'static str {
    match status {
        400 => "Invalid code",
        401 => "Invalid token",
        404 => "Not found",
        429 => "Too many requests",
        402..=499 => "Request refused",
        _ => "Internal server error",
    }
}
