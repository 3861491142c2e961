//! How a request ends: with a code for the client, or on the welcome page.

use std::time::Duration;

use axum::http::StatusCode;
use axum::response::Response;
use url::form_urlencoded;

use crate::clock::milliseconds;
use crate::http::request_log::LogEntry;
use crate::model::space;
use crate::paths::PROSPER_WELCOME;
use crate::people::persona::Persona;
use crate::prosper::request::ProsperRequest;
use crate::prosper::service::Prosper;
use crate::reason::Reason;
use crate::sign_in::callback;

/// The longest that a code lives (docs/portal.md, Prosper).
const CODE_TTL: Duration = Duration::from_secs(300);

pub(crate) fn has_agreed(prosper: &Prosper, persona: &Persona, request: &ProsperRequest) -> bool {
    let ledger = prosper.ledger();
    ledger.has_agreed(&persona.id, &request.client_id)
}

pub(crate) fn is_elsewhere(prosper: &Prosper, persona: &Persona, request: &ProsperRequest) -> bool {
    parted(prosper, persona, request).is_some()
}

fn parted(prosper: &Prosper, persona: &Persona, request: &ProsperRequest) -> Option<String> {
    let spaces = &prosper.portal.options.prosper_spaces;
    space::parted(spaces, &persona.id, &request.client_id)
}

/// Sends the browser back with a code; a person of another space goes to the welcome page.
pub(crate) fn granted(prosper: &Prosper, request: &ProsperRequest, persona: &Persona) -> Response {
    if let Some(why) = parted(prosper, persona, request) {
        let instead = "sign in as a person of the client's space, or put both into one space";
        return to_welcome(Reason::new(why, instead));
    }
    let client = &request.client_id;
    let now = prosper.portal.clock.now();
    let expires = now.saturating_add(lifetime(prosper.portal.options.code_ttl, CODE_TTL));
    let code = prosper
        .ledger()
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
    LogEntry::new(format!("a code was sent to the redirect URI{stateless}"))
        .client(client)
        .persona(&persona.id)
        .on(to(&location))
}

/// A lifetime of the options, as long as Prosper has it at most.
pub(crate) fn lifetime(asked: Duration, longest: Duration) -> i64 {
    milliseconds(asked.min(longest))
}

/// Sends the browser to the welcome page; the client hears nothing.
pub(crate) fn to_welcome(reason: Reason) -> Response {
    let why = &reason.why;
    LogEntry::new(format!("the person was sent to the welcome page: {why}"))
        .refusal("sent to the welcome page", reason)
        .on(to(PROSPER_WELCOME))
}

/// 302 to a URL.
pub(crate) fn to(location: &str) -> Response {
    callback::redirect(StatusCode::FOUND, location)
}
