//! The browser behind a request, and the page that waits for it.

use axum::http::HeaderMap;
use axum::response::Response;

use crate::http::cookie;
use crate::model::browser_sessions::{Login, Pending, VisitorId};
use crate::portal::Portal;

const COOKIE: &str = "sandbox_session";

/// What waits under an id for this browser, and who is signed in there.
pub(crate) fn waiting(
    portal: &Portal,
    headers: &HeaderMap,
    id: &str,
) -> Option<(Pending, Option<Login>)> {
    let now = portal.clock.now();
    let visitors = &mut portal.state().visitors;
    let visitor = visitors.find(cookie(headers))?;
    let pending = visitors.pending(visitor, id, now)?.clone();
    Some((pending, visitors.login(visitor)))
}

/// What a person reads as the name of the client.
pub(crate) fn client_name(portal: &Portal, pending: &Pending) -> String {
    let id = pending.interaction.client_id();
    portal
        .client(id)
        .map_or_else(|| id.to_owned(), |client| client.name.clone())
}

/// The portal's cookie of a request.
pub(crate) fn cookie(headers: &HeaderMap) -> Option<&str> {
    cookie::read(headers, COOKIE)
}

/// Gives the browser its cookie, if there is a new one.
pub(crate) fn set_cookie(response: &mut Response, value: Option<&str>) {
    if let Some(value) = value {
        cookie::set(response, COOKIE, value);
    }
}

/// The browser behind a request of a page.
pub(crate) fn visitor(portal: &Portal, headers: &HeaderMap) -> Option<VisitorId> {
    portal.state().visitors.find(cookie(headers))
}
