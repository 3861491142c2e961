//! The browser behind a request, and the page of Prosper that waits for it.

use std::sync::Arc;

use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use axum::response::Response;

use crate::http::cookie;
use crate::http::rejection::Rejection;
use crate::pages::page;
use crate::pages::page_request::PageRequest;
use crate::prosper::ledger::PendingRequest;
use crate::prosper::service::Prosper;

const COOKIE: &str = "prosper_session";

/// A page that waits for an answer of the browser that asks for it.
pub(crate) struct ProsperPage {
    pub(crate) page: PageRequest,
    pub(crate) pending: PendingRequest,
    /// The id of the persona who is signed in there.
    pub(crate) signed_in: Option<String>,
}

impl FromRequest<Arc<Prosper>> for ProsperPage {
    type Rejection = Rejection;

    async fn from_request(request: Request, prosper: &Arc<Prosper>) -> Result<Self, Rejection> {
        let page = PageRequest::from_request(request, prosper).await?;
        waiting(prosper, page).ok_or_else(|| page::expired().into())
    }
}

fn waiting(prosper: &Prosper, page: PageRequest) -> Option<ProsperPage> {
    let now = prosper.portal.clock.now();
    let ledger = prosper.ledger();
    let cookie = cookie(&page.headers);
    Some(ProsperPage {
        pending: ledger.pending(cookie, page.id(), now)?.clone(),
        signed_in: ledger.persona(cookie).map(str::to_owned),
        page,
    })
}

pub(crate) fn cookie(headers: &HeaderMap) -> Option<&str> {
    cookie::read(headers, COOKIE)
}

pub(crate) fn set_cookie(response: &mut Response, value: &str) {
    cookie::set(response, COOKIE, value);
}
