//! `/consent`: what a client or a device wants, which entities to share, yes or no.
//!
//! It is asked at every authorize; an earlier consent counts for `prompt=none` only (docs/portal.md,
//! Sandbox choices).

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;

use crate::http::rejection::Rejection;
use crate::http::request_log::LogEntry;
use crate::model::browser_sessions::Interaction;
use crate::model::parameters::Parameters;
use crate::model::scope;
use crate::pages::consent::{ConsentForm, Way, entities};
use crate::pages::page::{self, Page, self_and_origin};
use crate::paths::{CONSENT, LOGIN};
use crate::people::persona::Persona;
use crate::portal::Portal;
use crate::reason::Reason;
use crate::sign_in::authorize;
use crate::sign_in::callback;
use crate::sign_in::pending::PendingPage;
use crate::sign_in::verification;

pub(crate) async fn show(State(portal): State<Arc<Portal>>, page: PendingPage) -> Response {
    let pending = &page.pending;
    let login = page.login.as_ref().filter(|_| !pending.login_needed);
    let persona = login.and_then(|login| portal.persona(&login.persona));
    let id = page.request.id();
    let Some(persona) = persona else {
        return callback::see_other(&format!("{LOGIN}?request={id}"));
    };
    let interaction = &pending.interaction;
    let (way, form_action) = match interaction {
        Interaction::Authorization(authorization) => {
            let redirect_uri = &*authorization.redirect_uri;
            (Way::Client { redirect_uri }, self_and_origin(redirect_uri))
        }
        Interaction::Device(device_request) => {
            let code = device_request.user_code.shown();
            (Way::Device { code }, "'self'".to_owned())
        }
    };
    let scopes = interaction.scopes();
    let form = ConsentForm {
        action: CONSENT,
        login: LOGIN,
        client_id: interaction.client_id(),
        request: id,
        persona,
        scopes: scopes
            .iter()
            .map(|name| (&**name, scope::meaning(name)))
            .collect(),
        entities: entities(persona, scopes),
        way,
    };
    let title = format!("{} asks for access", page.client_name(&portal));
    let mut html = Page::new(&title, form.html());
    html.form_action = form_action;
    LogEntry::new("the consent page was shown")
        .client(interaction.client_id())
        .persona(&persona.id)
        .on(html.send())
}

/// Takes the decision, once; a browser that a client sent goes back there.
pub(crate) async fn decide(
    State(portal): State<Arc<Portal>>,
    page: PendingPage,
) -> Result<Response, Rejection> {
    let approved = page.request.decision()?;
    let login = page.login.as_ref().filter(|_| !page.pending.login_needed);
    let persona = login.and_then(|login| portal.persona(&login.persona));
    let (Some(login), Some(persona)) = (login, persona) else {
        return Err(page::expired().into());
    };
    let answered = {
        let browsers = &mut portal.state().browsers;
        browsers.answer(page.browser, page.request.id(), portal.clock.now())
    };
    if answered.is_none() {
        return Err(page::expired().into());
    }
    let interaction = &page.pending.interaction;
    let entities = chosen_entities(&page.request.fields, persona, interaction.scopes());
    let authorization = match interaction {
        Interaction::Authorization(authorization) => authorization,
        Interaction::Device(device_request) => {
            let shared = approved.then_some((login, entities));
            return Ok(verification::decided(&portal, device_request, shared));
        }
    };
    if !approved {
        let reason = Reason::new(
            "the person denied consent",
            "nothing was wrong: show the person that nothing was shared, and let them try again",
        );
        return Ok(authorize::denied(
            &portal,
            authorization,
            "access_denied",
            reason,
        ));
    }
    {
        let browsers = &mut portal.state().browsers;
        browsers.remember(page.browser, &persona.id, authorization, &entities);
    }
    Ok(authorize::granted(&portal, authorization, login, entities))
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
