//! `/consent`: what a client or a device wants, which entities to share, yes or no.
//!
//! It is asked at every authorize; an earlier consent counts for `prompt=none` only (docs/portal.md,
//! Sandbox choices).

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;

use crate::http::request_log::Note;
use crate::model::browser_sessions::{Interaction, Login, Pending};
use crate::model::parameters::Parameters;
use crate::model::scope;
use crate::pages::page;
use crate::people::persona::Persona;
use crate::portal::Portal;
use crate::sign_in::authorize;
use crate::sign_in::callback;
use crate::sign_in::pending;
use crate::sign_in::verification;

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
    let login = current.filter(|_| !pending.login_needed);
    let persona = login.and_then(|login| portal.persona(&login.persona));
    let Some(persona) = persona else {
        return callback::see_other(&format!("/login?request={id}"));
    };
    let name = pending::client_name(&portal, &pending);
    let html = page::consent(&name, persona, &pending.interaction, id);
    Note::new("the consent page was shown")
        .client(pending.interaction.client_id())
        .persona(&persona.id)
        .on(html)
}

/// Takes the decision, once; a browser that a client sent goes back there.
pub(crate) async fn decide(
    State(portal): State<Arc<Portal>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let form = Parameters::parse(&body);
    let id = form.get("request").unwrap_or_default();
    let approved = match form.get("decision") {
        Some("approve") => true,
        Some("deny") => false,
        _ => return page::problem("No decision", "Go back and choose Approve or Deny."),
    };
    let Some((pending, login, persona)) = answered(&portal, &headers, id) else {
        return page::expired();
    };
    let entities = chosen_entities(&form, persona, pending.interaction.scopes());
    let authorization = match &pending.interaction {
        Interaction::Authorization(authorization) => authorization,
        Interaction::Device(connection) => {
            let shared = approved.then_some((&login, entities));
            return verification::decided(&portal, connection, shared);
        }
    };
    if !approved {
        let why = "the person denied consent";
        return authorize::denied(&portal, authorization, "access_denied", why);
    }
    if let Some(visitor) = pending::visitor(&portal, &headers) {
        let visitors = &mut portal.state().visitors;
        visitors.remember(visitor, &persona.id, authorization, &entities);
    }
    authorize::granted(&portal, authorization, &login, entities)
}

/// Takes what waits under an id, if its person is signed in.
fn answered<'a>(
    portal: &'a Portal,
    headers: &HeaderMap,
    id: &str,
) -> Option<(Pending, Login, &'a Persona)> {
    let now = portal.clock.now();
    let visitors = &mut portal.state().visitors;
    let visitor = visitors.find(pending::cookie(headers))?;
    let login = visitors.login(visitor)?;
    let persona = portal.persona(&login.persona)?;
    if visitors.pending(visitor, id, now)?.login_needed {
        return None;
    }
    Some((visitors.answer(visitor, id, now)?, login, persona))
}

/// Only what the persona represents, and only when a scope needs it.
fn chosen_entities(form: &Parameters, persona: &Persona, scopes: &[String]) -> Vec<String> {
    if !scope::names_entities(scopes) {
        return Vec::new();
    }
    let mut represented = persona.entity_ids();
    represented.retain(|id| form.all("entity").any(|chosen| chosen == id));
    represented
}
