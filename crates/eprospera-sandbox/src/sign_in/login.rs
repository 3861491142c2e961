//! `/login`: choose who to be.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;

use crate::http::request_log::Note;
use crate::model::browser_sessions::{Interaction, Login};
use crate::model::parameters::Parameters;
use crate::pages::page;
use crate::portal::Portal;
use crate::sign_in::callback;
use crate::sign_in::pending;

/// Shows the page.
pub(crate) async fn show(
    State(portal): State<Arc<Portal>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let query = Parameters::parse(query.unwrap_or_default().as_bytes());
    let id = query.get("request").unwrap_or_default();
    let Some((pending, current)) = pending::waiting(&portal, &headers, id) else {
        return page::expired();
    };
    let hint = match &pending.interaction {
        Interaction::Authorization(authorization) => authorization.login_hint.as_deref(),
        Interaction::Device(_) => None,
    };
    let hinted = hint.and_then(|hint| {
        let mut personas = portal.options.personas.iter();
        personas.find(|persona| persona.email == hint || persona.id == hint)
    });
    let chosen = hinted
        .map(|persona| persona.id.clone())
        .or(current.map(|login| login.persona))
        .or_else(|| Some(portal.options.personas.first()?.id.clone()));
    let name = pending::client_name(&portal, &pending);
    let html = page::login(&name, &portal.options.personas, chosen.as_deref(), id);
    Note::new("the login page was shown")
        .client(pending.interaction.client_id())
        .on(html)
}

/// Takes the choice and goes on to consent.
pub(crate) async fn sign_in(
    State(portal): State<Arc<Portal>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let form = Parameters::parse(&body);
    let id = form.get("request").unwrap_or_default();
    let now = portal.clock.now();
    let Some(persona) = form.get("persona").and_then(|id| portal.persona(id)) else {
        return page::problem(
            "Nobody was chosen",
            "Go back and choose a persona from the list.",
        );
    };
    let cookie = {
        let state = &mut portal.state();
        let Some(visitor) = state.visitors.find(pending::cookie(&headers)) else {
            return page::expired();
        };
        let Some(pending) = state.visitors.pending(visitor, id, now) else {
            return page::expired();
        };
        pending.login_needed = false;
        let login = Login {
            persona: persona.id.clone(),
            time: now,
        };
        state.visitors.sign_in(visitor, login)
    };
    let mut response = callback::see_other(&format!("/consent?request={id}"));
    pending::set_cookie(&mut response, Some(&cookie));
    Note::new("the person signed in")
        .persona(&persona.id)
        .on(response)
}
