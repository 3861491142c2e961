//! `/login`: choose who to be.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;

use crate::http::rejection::Rejection;
use crate::http::request_log::LogEntry;
use crate::model::browser_sessions::{Interaction, Login};
use crate::pages::login::LoginForm;
use crate::pages::page::{self, Page};
use crate::paths::{CONSENT, LOGIN};
use crate::portal::Portal;
use crate::sign_in::callback;
use crate::sign_in::pending::{self, PendingPage};

pub(crate) async fn show(State(portal): State<Arc<Portal>>, page: PendingPage) -> Response {
    let hint = match &page.pending.interaction {
        Interaction::Authorization(authorization) => authorization.login_hint.as_deref(),
        Interaction::Device(_) => None,
    };
    let hinted = hint.and_then(|hint| {
        let mut personas = portal.personas.iter();
        personas.find(|persona| persona.email == hint || persona.id == hint)
    });
    let signed_in = page.login.as_ref().map(|login| &*login.persona);
    let chosen = hinted
        .map(|persona| &*persona.id)
        .or(signed_in)
        .or_else(|| Some(&*portal.personas.first()?.id));
    let name = page.client_name(&portal);
    let form = LoginForm {
        action: LOGIN,
        client: &name,
        request: page.request.id(),
        personas: &portal.personas,
        chosen,
    };
    let mut html = Page::new("Sign in", form.html());
    "'self'".clone_into(&mut html.form_action);
    LogEntry::new("the login page was shown")
        .client(page.pending.interaction.client_id())
        .on(html.send())
}

/// Takes the choice and goes on to consent.
pub(crate) async fn sign_in(
    State(portal): State<Arc<Portal>>,
    page: PendingPage,
) -> Result<Response, Rejection> {
    let persona = page.request.persona(|id| portal.persona(id))?;
    let (id, now) = (page.request.id(), portal.clock.now());
    let login = Login {
        persona: persona.id.clone(),
        time: now,
    };
    let cookie = {
        let browsers = &mut portal.state().browsers;
        let Some(pending) = browsers.pending(page.browser, id, now) else {
            return Err(page::expired().into());
        };
        pending.login_needed = false;
        browsers.sign_in(page.browser, login)
    };
    let mut response = callback::see_other(&format!("{CONSENT}?request={id}"));
    pending::set_cookie(&mut response, Some(&cookie));
    Ok(LogEntry::new("the person signed in")
        .persona(&persona.id)
        .on(response))
}
