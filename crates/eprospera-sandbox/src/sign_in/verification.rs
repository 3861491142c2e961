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
use crate::model::device_codes::{DeviceRequest, UserCode, UserCodeError};
use crate::model::grants::Consent;
use crate::model::parameters::Parameters;
use crate::pages::page::{self, Page, escape};
use crate::paths::{CONSENT, LOGIN, VERIFICATION};
use crate::portal::Portal;
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
    let entry = LogEntry::new(format!("the code was right; on to the {page} page"));
    entry.client(&client).on(response)
}

fn wrong(typed: &str, unknown: UserCodeError) -> Response {
    let (status, words, why) = match unknown {
        UserCodeError::Wrong => (
            StatusCode::BAD_REQUEST,
            "No device waits with this code. Compare it with the one on your device; if it is \
             right, it has expired or was used, and the device has to start again.",
            "no device waits with the code that was typed",
        ),
        UserCodeError::TooMany => (
            StatusCode::TOO_MANY_REQUESTS,
            "Too many wrong codes were typed. Wait a minute, then try again.",
            "too many wrong codes were typed",
        ),
    };
    LogEntry::new(why).on(form(typed, Some(words), status))
}

fn form(code: &str, problem: Option<&str>, status: StatusCode) -> Response {
    let code: String = code.chars().take(20).collect();
    let request = if code.is_empty() || problem.is_some() {
        "Type the code that your device shows."
    } else {
        "Compare this code with the one that your device shows. Go on only if they are the same."
    };
    let invalid = problem.map_or("", |_| " aria-invalid=\"true\"");
    let problem = problem.map_or_else(String::new, |words| {
        format!(
            "<p class=\"problem\" role=\"alert\">{}</p>\n",
            escape(words)
        )
    });
    let content = format!(
        "<p id=\"request\">{request}</p>\n{problem}\
         <form method=\"post\" action=\"{VERIFICATION}\">\n\
         <label class=\"field\" for=\"user_code\">Code</label>\n\
         <input class=\"code\" id=\"user_code\" name=\"user_code\" value=\"{}\" \
         placeholder=\"BCDF-1234\" required maxlength=\"20\" autocomplete=\"off\" \
         autocapitalize=\"characters\" spellcheck=\"false\" aria-describedby=\"request\"{invalid}>\n\
         <div class=\"actions\"><button class=\"main\" type=\"submit\">Continue</button></div>\n\
         </form>",
        escape(&code),
    );
    let mut page = Page::new("Connect a device", content);
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
        client_id: device_request.client_id.clone(),
        persona: login.persona.clone(),
        scopes: device_request.scopes.clone(),
        entities,
        auth_time: login.time,
    });
    let waited = {
        let devices = &mut portal.state().devices;
        devices.decide(&device_request.user_code, consent, now)
    };
    if !waited {
        return page::expired();
    }
    let (title, text, why) = match persona {
        Some(_) => (
            "Your device is connected",
            "It goes on by itself in a few seconds. You can close this page.",
            "the person approved the device",
        ),
        None => (
            "The device was refused",
            "It learns nothing about you. You can close this page.",
            "the person refused the device",
        ),
    };
    let page = Page::new(title, format!("<p>{text}</p>"));
    let mut entry = LogEntry::new(why).client(&device_request.client_id);
    entry.persona = persona;
    entry.on(page.send())
}
