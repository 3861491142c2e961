//! `GET` and `POST /api/oauth/authorize`: from a checked request to a page or an answer.
//!
//! A person who is not signed in goes to the login page, one who is goes to consent
//! (docs/portal.md, Authorize).

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use crate::clock::milliseconds;
use crate::faults::fault::{Action, Endpoint};
use crate::http::form;
use crate::http::request_log::LogEntry;
use crate::http::responses;
use crate::model::authorization::{Authorization, AuthorizationError};
use crate::model::browser_sessions::{Interaction, Login};
use crate::model::code::CodeBinding;
use crate::model::consent::Consent;
use crate::model::parameters::Parameters;
use crate::paths::{CONSENT, LOGIN};
use crate::portal::Portal;
use crate::reason::Reason;
use crate::sign_in::callback::{self, AuthorizationResult};
use crate::sign_in::pending;

/// The request in the query.
pub(crate) async fn authorize(
    State(portal): State<Arc<Portal>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let query = query.unwrap_or_default();
    // The method stays, which is GET.
    let status = StatusCode::TEMPORARY_REDIRECT;
    answer(&portal, &headers, query.as_bytes(), status)
}

/// The request in a form (`OpenID` Connect Core §3.1.2.1).
pub(crate) async fn by_form(
    State(portal): State<Arc<Portal>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> Response {
    if !form::is_form(&headers) {
        let why = "the body of a POST to authorize must be application/x-www-form-urlencoded";
        let instead = "send `Content-Type: application/x-www-form-urlencoded`, or the same parameters \
                       by GET in the query";
        return refused(AuthorizationError::invalid(why, instead));
    }
    if query.is_some_and(|query| !query.is_empty()) {
        let why = "a POST to authorize has its parameters in the body, none in the query";
        let instead = "put all parameters into the body, or send them by GET";
        return refused(AuthorizationError::invalid(why, instead));
    }
    // The pages are asked for by GET.
    answer(&portal, &headers, &body, StatusCode::SEE_OTHER)
}

/// `status` is that of a redirect to a page.
fn answer(portal: &Portal, headers: &HeaderMap, parameters: &[u8], status: StatusCode) -> Response {
    let parameters = Parameters::parse(parameters);
    let authorization = match Authorization::check(&parameters, |id| portal.registered(id)) {
        Ok(authorization) => authorization,
        Err(refusal) => return refused(refusal),
    };
    let scripted = portal
        .faults
        .take(Endpoint::Authorize, |action| match action {
            Action::Error(code) => Some(code.clone()),
            _ => None,
        });
    if let Some((rule, code)) = scripted {
        let response =
            callback::respond(portal, &authorization, &AuthorizationResult::Error(&code));
        return LogEntry::new(format!("{code} was sent to the redirect URI"))
            .client(&authorization.client_id)
            .fault(Some(rule))
            .on(response);
    }
    if authorization.prompt.contradicts {
        let reason = Reason::new(
            "prompt=none cannot be combined with another value",
            "send `prompt=none` alone, or the other values without `none`",
        );
        return denied(portal, &authorization, "invalid_request", reason);
    }
    if let Some(persona) = portal.auto_approved() {
        let login = Login {
            persona: persona.id.clone(),
            time: portal.clock.now(),
        };
        return granted(portal, &authorization, &login, persona.entity_ids());
    }
    ask(portal, pending::cookie(headers), authorization, status)
}

fn refused(refusal: AuthorizationError) -> Response {
    let response = match &refusal.description {
        None => responses::error(StatusCode::BAD_REQUEST, refusal.error),
        Some(text) => responses::described(StatusCode::BAD_REQUEST, refusal.error, text),
    };
    let mut entry = LogEntry::refused(refusal.error, refusal.reason);
    entry.client_id = refusal.client_id;
    entry.on(response)
}

/// Sends the person to a page, or answers at once when `prompt=none` wants that.
fn ask(
    portal: &Portal,
    cookie: Option<&str>,
    authorization: Authorization,
    status: StatusCode,
) -> Response {
    let now = portal.clock.now();
    let expires = now.saturating_add(milliseconds(portal.options.consent_ttl));
    let mut state = portal.state();
    let known = state.browsers.find(cookie);
    let login = known.and_then(|browser| state.browsers.login(browser));
    let fresh = login
        .clone()
        .filter(|login| is_recent(login, &authorization, now));

    if authorization.prompt.none {
        let earlier = known.zip(fresh.as_ref()).and_then(|(browser, login)| {
            let browsers = &state.browsers;
            browsers.remembered(browser, &login.persona, &authorization)
        });
        drop(state);
        return silently(portal, &authorization, fresh, earlier);
    }
    let (browser, new_cookie) = state.browsers.find_or_admit(cookie, now);
    let login_needed = fresh.is_none() || authorization.prompt.login;
    let client = authorization.client_id.clone();
    let times = (now, expires);
    let interaction = Interaction::Authorization(authorization);
    let browsers = &mut state.browsers;
    let id = browsers.wait(browser, interaction, login_needed, times);
    drop(state);

    let (page, path) = if login_needed {
        ("login", LOGIN)
    } else {
        ("consent", CONSENT)
    };
    let location = format!("{path}?request={id}");
    let mut response = callback::redirect(status, &location);
    pending::set_cookie(&mut response, new_cookie.as_deref());
    let entry = LogEntry::new(format!("the person was sent to the {page} page"));
    entry.client(&client).on(response)
}

fn is_recent(login: &Login, authorization: &Authorization, now: i64) -> bool {
    let age = now.saturating_sub(login.time);
    authorization
        .max_age
        .is_none_or(|seconds| age <= seconds.saturating_mul(1000))
}

/// `OpenID` Connect Core §3.1.2.6: no page, so an error or an earlier consent.
fn silently(
    portal: &Portal,
    authorization: &Authorization,
    login: Option<Login>,
    earlier: Option<Vec<String>>,
) -> Response {
    match (login, earlier) {
        (None, _) => {
            let reason = Reason::new(
                "prompt=none, but this browser is not signed in",
                "on `login_required`, send the request again without `prompt=none`, so that the person \
                 can sign in",
            );
            denied(portal, authorization, "login_required", reason)
        }
        (Some(_), None) => {
            let reason = Reason::new(
                "prompt=none, but the person has not consented to these scopes before",
                "on `consent_required`, send the request again without `prompt=none`, so that the person \
                 can consent; or ask for no more than was agreed to before",
            );
            denied(portal, authorization, "consent_required", reason)
        }
        (Some(login), Some(entities)) => granted(portal, authorization, &login, entities),
    }
}

/// Makes a code and sends it to the client.
pub(crate) fn granted(
    portal: &Portal,
    authorization: &Authorization,
    login: &Login,
    entities: Vec<String>,
) -> Response {
    let consent = Consent {
        client_id: authorization.client_id.as_str().into(),
        persona: login.persona.as_str().into(),
        scopes: authorization.scopes.as_slice().into(),
        entities: entities.into(),
        auth_time: login.time,
    };
    let binding = CodeBinding {
        redirect_uri: authorization.redirect_uri.clone(),
        challenge: authorization.challenge.clone(),
        nonce: authorization.nonce.clone(),
    };
    let now = portal.clock.now();
    let expires = now.saturating_add(milliseconds(portal.options.code_ttl));
    let code = {
        let grants = &mut portal.state().grants;
        grants.sweep_if_many(now);
        grants.issue_code(&consent, binding, (now, expires))
    };
    let response = callback::respond(portal, authorization, &AuthorizationResult::Code(&code));
    LogEntry::new("a code was sent to the redirect URI")
        .client(&authorization.client_id)
        .persona(&login.persona)
        .on(response)
}

/// Sends an error to the client.
pub(crate) fn denied(
    portal: &Portal,
    authorization: &Authorization,
    error: &str,
    reason: Reason,
) -> Response {
    let response = callback::respond(portal, authorization, &AuthorizationResult::Error(error));
    let why = &reason.why;
    LogEntry::new(format!("{error} was sent to the redirect URI: {why}"))
        .refusal(error, reason)
        .client(&authorization.client_id)
        .on(response)
}
