//! `GET /login/oauth/authorize`: from a checked request to a page, a code, or the welcome page.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{RawQuery, State};
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use url::form_urlencoded;

use super::request::{Refusal, Request};
use super::{CODE_TTL, pages, space};
use crate::clock::milliseconds;
use crate::http::request_log::Note;
use crate::model::parameters::Parameters;
use crate::people::persona::Persona;
use crate::portal::Portal;
use crate::sign_in::authorize::automatic;
use crate::sign_in::callback;

const NAME: &str = "prosper_session";

/// Serves the endpoint.
pub(crate) async fn authorize(
    State(portal): State<Arc<Portal>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let query = Parameters::parse(query.unwrap_or_default().as_bytes());
    let request = match Request::check(&portal, &query) {
        Ok(request) => request,
        Err(Refusal::Welcome(why)) => return to_welcome(&why),
        Err(Refusal::Scope(why)) => return pages::no_such_scope(&why),
    };
    if let Some(persona) = automatic(&portal) {
        return granted(&portal, &request, persona);
    }
    let now = portal.clock.now();
    let expires = now.saturating_add(milliseconds(portal.options.consent_ttl));
    let cookie = cookie(&headers);
    let signed_in = portal
        .state()
        .prosper
        .persona(cookie)
        .and_then(|id| portal.persona(id));
    if let Some(persona) = signed_in
        && (has_agreed(&portal, persona, &request) || is_elsewhere(&portal, persona, &request))
    {
        return granted(&portal, &request, persona);
    }
    let client = request.client_id.clone();
    let (id, new_cookie) = portal.state().prosper.wait(cookie, request, (now, expires));
    let page = if signed_in.is_some() {
        "consent"
    } else {
        "login"
    };
    let mut response = to(&format!("/prosper/{page}?request={id}"));
    if let Some(cookie) = new_cookie {
        set_cookie(&mut response, &cookie);
    }
    Note::new(format!("the person was sent to Prosper's {page} page"))
        .client(&client)
        .on(response)
}

pub(crate) fn has_agreed(portal: &Portal, persona: &Persona, request: &Request) -> bool {
    let prosper = &portal.state().prosper;
    prosper.has_agreed(&persona.id, &request.client_id)
}

pub(crate) fn is_elsewhere(portal: &Portal, persona: &Persona, request: &Request) -> bool {
    space::parted(&portal.options, &persona.id, &request.client_id).is_some()
}

/// Sends the browser back with a code; a person of another space goes to the welcome page.
pub(crate) fn granted(portal: &Portal, request: &Request, persona: &Persona) -> Response {
    let client = &request.client_id;
    if let Some(why) = space::parted(&portal.options, &persona.id, client) {
        return to_welcome(&why);
    }
    let now = portal.clock.now();
    let expires = now.saturating_add(lifetime(portal.options.code_ttl, CODE_TTL));
    let code = portal
        .state()
        .prosper
        .issue_code(&persona.id, client, (now, expires));
    let mut fields = form_urlencoded::Serializer::new(String::new());
    fields.append_pair("code", &code);
    if let Some(state) = &request.state {
        fields.append_pair("state", state);
    }
    let location = callback::with_query(&request.redirect_uri, &fields.finish());
    let stateless = match request.state {
        Some(_) => "",
        None => ", without the state that Prosper recommends",
    };
    Note::new(format!("a code was sent to the redirect URI{stateless}"))
        .client(client)
        .persona(&persona.id)
        .on(to(&location))
}

/// A lifetime of the options, as long as Prosper has it at most.
pub(crate) fn lifetime(asked: Duration, longest: Duration) -> i64 {
    milliseconds(asked.min(longest))
}

/// Sends the browser to the welcome page; the client hears nothing.
pub(crate) fn to_welcome(why: &str) -> Response {
    Note::new(format!("the person was sent to the welcome page: {why}")).on(to("/welcome"))
}

/// 302 to a URL.
fn to(location: &str) -> Response {
    callback::redirect(StatusCode::FOUND, location)
}

/// Prosper's cookie of a request.
pub(crate) fn cookie(headers: &HeaderMap) -> Option<&str> {
    let pairs = headers.get_all(COOKIE).into_iter();
    pairs
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(NAME)?.strip_prefix('='))
}

/// Gives the browser its cookie.
pub(crate) fn set_cookie(response: &mut Response, cookie: &str) {
    let text = format!("{NAME}={cookie}; Path=/; HttpOnly; SameSite=Lax");
    if let Ok(value) = HeaderValue::try_from(text) {
        response.headers_mut().append(SET_COOKIE, value);
    }
}
