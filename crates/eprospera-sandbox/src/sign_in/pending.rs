//! The browser behind a request, and the page that waits for it.

use std::sync::Arc;

use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use axum::response::Response;

use crate::http::cookie;
use crate::http::rejection::Rejection;
use crate::model::browser_sessions::{BrowserId, Login, PendingInteraction};
use crate::pages::page;
use crate::pages::page_request::PageRequest;
use crate::portal::Portal;

const COOKIE: &str = "sandbox_session";

/// A page that waits for an answer of the browser that asks for it.
pub(crate) struct PendingPage {
    pub(crate) request: PageRequest,
    pub(crate) browser: BrowserId,
    pub(crate) pending: PendingInteraction,
    /// Who is signed in there.
    pub(crate) login: Option<Login>,
}

impl FromRequest<Arc<Portal>> for PendingPage {
    type Rejection = Rejection;

    async fn from_request(request: Request, portal: &Arc<Portal>) -> Result<Self, Rejection> {
        let request = PageRequest::from_request(request, portal).await?;
        let is_displaced = portal.state().browsers.was_displaced(request.id());
        waiting(portal, request).ok_or_else(|| page::gone(is_displaced).into())
    }
}

fn waiting(portal: &Portal, request: PageRequest) -> Option<PendingPage> {
    let now = portal.clock.now();
    let browsers = &mut portal.state().browsers;
    let browser = browsers.find(cookie(&request.headers))?;
    Some(PendingPage {
        pending: browsers.pending(browser, request.id(), now)?.clone(),
        login: browsers.login(browser),
        browser,
        request,
    })
}

impl PendingPage {
    /// What a person reads as the name of the client.
    pub(crate) fn client_name(&self, portal: &Portal) -> String {
        let id = self.pending.interaction.client_id();
        portal
            .client(id)
            .map_or_else(|| id.to_owned(), |client| client.name.clone())
    }
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
