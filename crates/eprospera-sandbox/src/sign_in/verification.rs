//! `/device`: where a person types the code that a device shows (RFC 8628 §3.3).
//!
//! A code leads to the login and consent pages; there it is shown again, to be compared, before
//! anything is decided (RFC 8628 §5.4). The browser stays here when it is done.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use crate::clock::milliseconds;
use crate::http::request_log::LogEntry;
use crate::model::browser_sessions::{Interaction, Login};
use crate::model::consent::Consent;
use crate::model::device_codes::{DeviceRequest, UserCode, UserCodeError};
use crate::model::parameters::Parameters;
use crate::pages::device;
use crate::pages::page::{self, Page};
use crate::paths::{CONSENT, LOGIN};
use crate::portal::Portal;
use crate::reason::Reason;
use crate::sign_in::callback;
use crate::sign_in::pending;

/// Shows the page. A code in the query is only put into the field, so that a link does not tell
/// whether a code is good.
pub(crate) async fn show(RawQuery(query): RawQuery) -> Response {
    let query = Parameters::parse(query.unwrap_or_default().as_bytes());
    let code = query.get("user_code").unwrap_or_default();
    let html = form(code, None, StatusCode::OK);
    LogEntry::new("the page for device codes was shown").on(html)
}

/// Takes a code and goes on to login or consent.
pub(crate) async fn enter(
    State(portal): State<Arc<Portal>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let typed = Parameters::parse(&body);
    let typed = typed.get("user_code").unwrap_or_default();
    let now = portal.clock.now();
    let mut state = portal.state();
    let device_request = match state.devices.find(&UserCode::typed(typed), now) {
        Ok(device_request) => device_request,
        Err(unknown) => return wrong(typed, unknown),
    };
    let client = device_request.client_id.clone();
    let expires = now.saturating_add(milliseconds(portal.options.consent_ttl));
    let browsers = &mut state.browsers;
    let (browser, cookie) = browsers.find_or_admit(pending::cookie(&headers), now);
    let login_needed = browsers.login(browser).is_none();
    let interaction = Interaction::Device(device_request);
    let id = browsers.wait(browser, interaction, login_needed, (now, expires));
    drop(state);

    let (page, path) = if login_needed {
        ("login", LOGIN)
    } else {
        ("consent", CONSENT)
    };
    let mut response = callback::see_other(&format!("{path}?request={id}"));
    pending::set_cookie(&mut response, cookie.as_deref());
    let entry = LogEntry::new(format!("the code was right; the {page} page comes next"));
    entry.client(&client).on(response)
}

fn wrong(typed: &str, unknown: UserCodeError) -> Response {
    let (status, words, why, instead) = match unknown {
        UserCodeError::Wrong => (
            StatusCode::BAD_REQUEST,
            "No device waits with this code. Compare it with the one on your device. If they are \
             the same, the code has expired or was used: start again on the device.",
            "no device waits with the code that was typed",
            "type the `user_code` of the newest answer to `POST /api/oauth/device_authorization`, not \
             the device_code; an expired or answered one needs a new start",
        ),
        UserCodeError::TooMany => (
            StatusCode::TOO_MANY_REQUESTS,
            "Too many wrong codes. Wait a minute, then try again.",
            "too many wrong codes were typed",
            "wait a minute of the sandbox's clock, then type the user code as the device shows it",
        ),
    };
    let entry = LogEntry::new(why).refusal("wrong user code", Reason::new(why, instead));
    entry.on(form(typed, Some(words), status))
}

fn form(code: &str, problem: Option<&str>, status: StatusCode) -> Response {
    let mut page = Page::new("Connect a device", device::code_form(code, problem));
    page.status = status;
    "'self'".clone_into(&mut page.form_action);
    page.send()
}

/// Writes the decision down and tells the person that all is done. `shared` is who agreed and
/// which entities; without it the device was refused.
pub(crate) fn decided(
    portal: &Portal,
    device_request: &DeviceRequest,
    shared: Option<(&Login, Vec<String>)>,
) -> Response {
    let now = portal.clock.now();
    let persona = shared.as_ref().map(|(login, _)| login.persona.clone());
    let consent = shared.map(|(login, entities)| Consent {
        client_id: device_request.client_id.as_str().into(),
        persona: login.persona.as_str().into(),
        scopes: device_request.scopes.as_slice().into(),
        entities: entities.into(),
        auth_time: login.time,
    });
    let waited = {
        let devices = &mut portal.state().devices;
        devices.decide(&device_request.user_code, consent, now)
    };
    if !waited {
        return page::expired();
    }
    let (title, words) = device::done(persona.is_some());
    let why = match persona {
        Some(_) => "the person approved the device",
        None => "the person refused the device",
    };
    let mut entry = LogEntry::new(why).client(&device_request.client_id);
    entry.persona = persona;
    entry.on(Page::new(title, words).send())
}
