//! `POST /api/oauth/revoke` (docs/portal.md, Revoke; RFC 7009).
//!
//! The hint is not needed to find a token, so it is not read (RFC 7009 §2.1).

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::response::Response;

use crate::http::rejection::Rejection;
use crate::http::request_log::LogEntry;
use crate::http::responses;
use crate::oauth::client_authentication::AuthenticatedClient;
use crate::portal::Portal;

pub(crate) async fn revoke(
    State(portal): State<Arc<Portal>>,
    caller: AuthenticatedClient,
) -> Result<Response, Rejection> {
    let token = caller.need("token")?;
    let outcome = portal
        .state()
        .grants
        .revoke(&caller.client, token, portal.clock.now());
    let response = responses::uncached(Response::new(Body::empty()));
    Ok(LogEntry::new(outcome)
        .client(&caller.client.id)
        .on(response))
}
