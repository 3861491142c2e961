//! What Prosper serves, and the pages of its person.

use std::sync::Arc;

use axum::routing::{MethodRouter, get, post};

use crate::faults::fault::Endpoint;
use crate::prosper::service::Prosper;
use crate::prosper::{authorize, pages, token, user};

pub(crate) fn routes() -> Vec<(&'static str, MethodRouter<Arc<Prosper>>)> {
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
