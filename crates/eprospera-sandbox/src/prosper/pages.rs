//! Prosper's pages: login, consent, and the welcome page where sign-ins end that came to nothing.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use crate::http::cookie;
use crate::http::request_log::Note;
use crate::model::parameters::Parameters;
use crate::pages::page::{self, Page, escape};
use crate::people::persona::Persona;
use crate::prosper::completion::{granted, has_agreed, is_elsewhere, to_welcome};
use crate::prosper::ledger::Pending;
use crate::prosper::request::SCOPE;
use crate::prosper::service::Prosper;
use crate::sign_in::callback;

const COOKIE: &str = "prosper_session";

fn prospers(title: &str, content: String) -> Page<'_> {
    let mut page = Page::new(title, content);
    page.stands_for = "Login with Prosper";
    page
}

/// `GET /welcome`
pub(crate) async fn welcome() -> Response {
    let content = "<p>You are signed in to Prosper, or on the way to be. Nothing more happens \
                   here: no application was told anything.</p>\n\
                   <p class=\"quiet\">The sandbox's log says why you were sent to this page.</p>";
    Note::new("the welcome page was shown")
        .on(prospers("Welcome to Prosper", content.into()).send())
}

/// A scope that there is not.
pub(crate) fn no_such_scope(why: &str) -> Response {
    let content = format!("<p>There is one scope only: <code>{SCOPE}</code></p>");
    let mut page = prospers("This scope is not supported", content);
    page.status = StatusCode::BAD_REQUEST;
    Note::new(format!(
        "a page said that the scope is not supported: {why}"
    ))
    .on(page.send())
}

/// `GET /prosper/login`
pub(crate) async fn login(
    State(prosper): State<Arc<Prosper>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let query = Parameters::parse(query.unwrap_or_default().as_bytes());
    let id = query.get("request").unwrap_or_default();
    let Some(Pending { request, .. }) = waiting(&prosper, &headers, id) else {
        return page::expired();
    };
    let first = prosper
        .portal
        .options
        .personas
        .first()
        .map(|first| first.id.as_str());
    let content = format!(
        "<p><strong>{}</strong> wants to sign you in with Prosper.</p>\n\
         <form method=\"post\" action=\"/prosper/login\">\n\
         <input type=\"hidden\" name=\"request\" value=\"{}\">\n\
         <fieldset><legend>Who do you want to be?</legend>\n{}</fieldset>\n\
         <div class=\"actions\"><button class=\"main\" type=\"submit\">Sign in</button></div>\n\
         </form>",
        escape(&request.client_name),
        escape(id),
        page::persona_choices(&prosper.portal.options.personas, first),
    );
    let mut page = prospers("Sign in to Prosper", content);
    // A browser applies it to the redirect after the form as well.
    page.form_action = format!("'self' {}", page::origin_source(&request.redirect_uri));
    Note::new("Prosper's login page was shown")
        .client(&request.client_id)
        .on(page.send())
}

/// `POST /prosper/login`
pub(crate) async fn sign_in(
    State(prosper): State<Arc<Prosper>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let form = Parameters::parse(&body);
    let id = form.get("request").unwrap_or_default();
    let Some(persona) = form
        .get("persona")
        .and_then(|id| prosper.portal.persona(id))
    else {
        let text = "Go back and choose a persona from the list.";
        return page::problem("Nobody was chosen", text);
    };
    let Some(pending) = waiting(&prosper, &headers, id) else {
        return page::expired();
    };
    let new_cookie = prosper.ledger().sign_in(&pending, &persona.id);
    let request = &pending.request;
    let is_done =
        is_elsewhere(&prosper, persona, request) || has_agreed(&prosper, persona, request);
    let mut response = if is_done {
        prosper.ledger().answer(id);
        granted(&prosper, request, persona)
    } else {
        let response = callback::see_other(&format!("/prosper/consent?request={id}"));
        Note::new("the person signed in to Prosper")
            .client(&request.client_id)
            .persona(&persona.id)
            .on(response)
    };
    set_cookie(&mut response, &new_cookie);
    response
}

/// `GET /prosper/consent`
pub(crate) async fn consent(
    State(prosper): State<Arc<Prosper>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let query = Parameters::parse(query.unwrap_or_default().as_bytes());
    let id = query.get("request").unwrap_or_default();
    let Some(Pending { request, .. }) = waiting(&prosper, &headers, id) else {
        return page::expired();
    };
    let Some(persona) = signed_in(&prosper, &headers) else {
        return callback::see_other(&format!("/prosper/login?request={id}"));
    };
    let content = format!(
        "<p>You are <strong>{}</strong>, {}.</p>\n\
         <form method=\"post\" action=\"/prosper/consent\">\n\
         <input type=\"hidden\" name=\"request\" value=\"{}\">\n\
         <h2 id=\"scopes\">It will be able to</h2>\n\
         <ul class=\"scopes\" aria-labelledby=\"scopes\"><li>See your name and e-mail address \
         <code>{SCOPE}</code></li></ul>\n\
         <p class=\"quiet\">Then you go back to <code>{}</code></p>\n\
         <div class=\"actions\">\
         <button class=\"main\" type=\"submit\" name=\"decision\" value=\"approve\">Approve</button>\
         <button type=\"submit\" name=\"decision\" value=\"deny\">Deny</button></div>\n</form>",
        escape(&persona.name),
        escape(&persona.email),
        escape(id),
        escape(&request.redirect_uri),
    );
    let title = format!("{} asks for access", request.client_name);
    let mut page = prospers(&title, content);
    page.form_action = format!("'self' {}", page::origin_source(&request.redirect_uri));
    Note::new("Prosper's consent page was shown")
        .client(&request.client_id)
        .persona(&persona.id)
        .on(page.send())
}

/// `POST /prosper/consent`: once. A refusal is not documented, so nothing is sent back.
pub(crate) async fn decide(
    State(prosper): State<Arc<Prosper>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let form = Parameters::parse(&body);
    let id = form.get("request").unwrap_or_default();
    let is_approved = match form.get("decision") {
        Some("approve") => true,
        Some("deny") => false,
        _ => return page::problem("No decision", "Go back and choose Approve or Deny."),
    };
    let (Some(pending), Some(persona)) = (
        waiting(&prosper, &headers, id),
        signed_in(&prosper, &headers),
    ) else {
        return page::expired();
    };
    let request = &pending.request;
    prosper.ledger().answer(id);
    if !is_approved {
        return to_welcome("the person refused, and what follows is not documented");
    }
    prosper.ledger().agree(&persona.id, &request.client_id);
    granted(&prosper, request, persona)
}

fn waiting(prosper: &Prosper, headers: &HeaderMap, id: &str) -> Option<Pending> {
    let now = prosper.portal.clock.now();
    let ledger = prosper.ledger();
    ledger.pending(cookie(headers), id, now).cloned()
}

fn signed_in<'a>(prosper: &'a Prosper, headers: &HeaderMap) -> Option<&'a Persona> {
    let ledger = prosper.ledger();
    let id = ledger.persona(cookie(headers))?;
    prosper.portal.persona(id)
}

/// Prosper's cookie of a request.
pub(crate) fn cookie(headers: &HeaderMap) -> Option<&str> {
    cookie::read(headers, COOKIE)
}

/// Gives the browser its cookie.
pub(crate) fn set_cookie(response: &mut Response, value: &str) {
    cookie::set(response, COOKIE, value);
}
