//! Prosper's pages: login, consent, and the welcome page where sign-ins end that came to nothing.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

use crate::http::rejection::Rejection;
use crate::http::request_log::LogEntry;
use crate::pages::consent::{ConsentForm, Way};
use crate::pages::login::LoginForm;
use crate::pages::page::{self, Page, self_and_origin};
use crate::paths::{PROSPER_CONSENT, PROSPER_LOGIN};
use crate::prosper::completion::{granted, has_agreed, is_elsewhere, to_welcome};
use crate::prosper::pending::{ProsperPage, set_cookie};
use crate::prosper::request::SCOPE;
use crate::prosper::service::Prosper;
use crate::reason::Reason;
use crate::sign_in::callback;

fn prospers(title: &str, content: Markup) -> Page<'_> {
    let mut page = Page::new(title, content);
    page.stands_for = "Login with Prosper";
    page
}

/// `GET /welcome`
pub(crate) async fn welcome() -> Response {
    let content = html! {
        p {
            "Prosper opens this page when a sign-in cannot go on. The application was told nothing: \
             go back to it and start again."
        }
        p .quiet { "The sandbox's request log says why you were sent here." }
    };
    LogEntry::new("the welcome page was shown").on(prospers("Welcome to Prosper", content).send())
}

/// A scope that there is not.
pub(crate) fn no_such_scope(reason: Reason) -> Response {
    let content = html! {
        p { "The application has to ask for the one scope that Prosper has: " code { (SCOPE) } }
    };
    let mut page = prospers("This scope is not supported", content);
    page.status = StatusCode::BAD_REQUEST;
    let why = &reason.why;
    LogEntry::new(format!(
        "a page said that the scope is not supported: {why}"
    ))
    .refusal("This scope is not supported", reason)
    .on(page.send())
}

/// `GET /prosper/login`
pub(crate) async fn login(State(prosper): State<Arc<Prosper>>, asked: ProsperPage) -> Response {
    let (request, id) = (&asked.pending.request, asked.page.id());
    let first = prosper
        .portal
        .personas
        .first()
        .map(|first| first.id.as_str());
    let form = LoginForm {
        action: PROSPER_LOGIN,
        client: &request.client_name,
        request: id,
        personas: &prosper.portal.personas,
        chosen: first,
    };
    let mut page = prospers("Sign in with Prosper", form.html());
    page.form_action = self_and_origin(&request.redirect_uri);
    LogEntry::new("Prosper's login page was shown")
        .client(&request.client_id)
        .on(page.send())
}

/// `POST /prosper/login`
pub(crate) async fn sign_in(
    State(prosper): State<Arc<Prosper>>,
    asked: ProsperPage,
) -> Result<Response, Rejection> {
    let persona = asked.page.persona(|id| prosper.portal.persona(id))?;
    let (pending, id) = (&asked.pending, asked.page.id());
    let new_cookie = prosper.ledger().sign_in(pending, &persona.id);
    let request = &pending.request;
    let is_done =
        is_elsewhere(&prosper, persona, request) || has_agreed(&prosper, persona, request);
    let mut response = if is_done {
        prosper.ledger().answer(id);
        granted(&prosper, request, persona)
    } else {
        let response = callback::see_other(&format!("{PROSPER_CONSENT}?request={id}"));
        LogEntry::new("the person signed in to Prosper")
            .client(&request.client_id)
            .persona(&persona.id)
            .on(response)
    };
    set_cookie(&mut response, &new_cookie);
    Ok(response)
}

/// `GET /prosper/consent`
pub(crate) async fn consent(State(prosper): State<Arc<Prosper>>, asked: ProsperPage) -> Response {
    let (request, id) = (&asked.pending.request, asked.page.id());
    let signed_in = asked.signed_in.as_deref();
    let Some(persona) = signed_in.and_then(|id| prosper.portal.persona(id)) else {
        return callback::see_other(&format!("{PROSPER_LOGIN}?request={id}"));
    };
    let form = ConsentForm {
        action: PROSPER_CONSENT,
        login: PROSPER_LOGIN,
        client_id: &request.client_id,
        request: id,
        persona,
        scopes: vec![(SCOPE, "See your name and e-mail address")],
        entities: html! {},
        way: Way::Client {
            redirect_uri: &request.redirect_uri,
        },
    };
    let title = format!("{} asks for access", request.client_name);
    let mut page = prospers(&title, form.html());
    page.form_action = self_and_origin(&request.redirect_uri);
    LogEntry::new("Prosper's consent page was shown")
        .client(&request.client_id)
        .persona(&persona.id)
        .on(page.send())
}

/// `POST /prosper/consent`: once. A refusal is not documented, so nothing is sent back.
pub(crate) async fn decide(
    State(prosper): State<Arc<Prosper>>,
    asked: ProsperPage,
) -> Result<Response, Rejection> {
    let is_approved = asked.page.decision()?;
    let signed_in = asked.signed_in.as_deref();
    let Some(persona) = signed_in.and_then(|id| prosper.portal.persona(id)) else {
        return Err(page::expired().into());
    };
    let request = &asked.pending.request;
    if !prosper.ledger().answer(asked.page.id()) {
        return Err(page::expired().into());
    }
    if !is_approved {
        let reason = Reason::new(
            "the person refused, and what follows is not documented",
            "nothing was wrong: let the person start again from your application, which hears nothing",
        );
        return Ok(to_welcome(reason));
    }
    prosper.ledger().agree(&persona.id, &request.client_id);
    Ok(granted(&prosper, request, persona))
}
