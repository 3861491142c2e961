//! What the forms of the inspector do: the same as `/sandbox/*` for programs, and signing in as a
//! person.
//!
//! A form counts only when a page of this origin sent it, with the cookie of a browser that may
//! steer and the form token of that cookie. What came of it is kept for the page, so that the answer
//! is a redirect there and a reload repeats nothing.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use maud::{Markup, html};

use crate::clock::milliseconds;
use crate::crypto::keys::OldKey;
use crate::crypto::random::Fingerprint;
use crate::faults::fault::Fault;
use crate::http::request_log::LogEntry;
use crate::http::{cookie, form};
use crate::model::browser_sessions::Login;
use crate::model::parameters::Parameters;
use crate::pages::page::Page;
use crate::portal::{Approval, Portal};
use crate::reason::Reason;
use crate::server::services::Services;
use crate::sign_in::{callback, pending};
use crate::steering::origin;
use crate::steering::sessions::{Report, SteeringAccess};

/// Where the page says what came of a form.
const REPORT: &str = "/#steering";
/// The furthest that one form moves the clock, in milliseconds: some 100 years.
const MAX_ADVANCE_MS: i64 = 100 * 366 * 24 * 3_600_000;

/// The name of the cookie. Cookies are shared between ports, so it has the port: two sandboxes do
/// not take away each other's.
fn cookie_name(portal: &Portal) -> String {
    let port = portal.issuer.rsplit_once(':').map(|(_, port)| port);
    let port = port.filter(|port| port.bytes().all(|byte| byte.is_ascii_digit()));
    format!("sandbox_steering_{}", port.unwrap_or("default"))
}

fn set_cookie(portal: &Portal, response: &mut Response, value: &str, more: &str) {
    cookie::set_strict(response, &cookie_name(portal), value, more);
}

/// What the browser that asks may do. A cookie that is not known takes nothing from it.
pub(crate) fn access(portal: &Portal, headers: &HeaderMap) -> Option<SteeringAccess> {
    let name = cookie_name(portal);
    cookie::all(headers, &name).find_map(|cookie| portal.steering.find(Some(cookie)))
}

fn scheme(portal: &Portal) -> &str {
    portal.issuer.split(':').next().unwrap_or_default()
}

/// Takes the control token, and gives the browser its cookie.
pub(crate) async fn enter(
    State(portal): State<Arc<Portal>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if let Err(why) = check_sender(&portal, &headers) {
        return refused(why, &html! { (ELSEWHERE) });
    }
    let fields = Parameters::parse(&body);
    let sent = Fingerprint::of(fields.get("control_token").unwrap_or_default());
    if !sent.is(&Fingerprint::of(&portal.control_token)) {
        let words = "This is not the control token of this sandbox. Each sandbox makes a new one at \
                     its start: open the address that it printed last, or copy the token from there.";
        let why = "the control token is missing or wrong";
        return refused(why, &html! { (words) });
    }
    if let Some(earlier) = access(&portal, &headers) {
        portal.steering.end(&earlier);
    }
    let value = portal.steering.begin();
    let mut response = callback::see_other(REPORT);
    set_cookie(&portal, &mut response, &value, "");
    LogEntry::new("a browser may steer from now on").on(response)
}

/// Does what a form asks for.
pub(crate) async fn steer(
    State(services): State<Services>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let portal = &services.portal;
    if let Err(why) = check_sender(portal, &headers) {
        return refused(why, &html! { (ELSEWHERE) });
    }
    let Some(access) = access(portal, &headers) else {
        let words = "This browser may not steer the sandbox, or no longer: it may have been started \
                     again. Open the address that it printed at its start, after “Inspector:”.";
        return refused("the browser has no right to steer", &html! { (words) });
    };
    let fields = Parameters::parse(&body);
    if !access.gave(fields.get("form_token")) {
        let words = "This form is not from a page that this browser was given. Go back to the \
                     inspector and try again.";
        return refused("the form token is missing or wrong", &html! { (words) });
    }
    let mut response = callback::see_other(REPORT);
    let done = match fields.get("action") {
        Some("clock") => advance(&services, &fields),
        Some("fault") => add_fault(portal, &fields),
        Some("clear-fault") => clear_fault(portal, &fields),
        Some("revoke") => revoke(&services, &fields),
        Some("rotate-key") => rotate_key(portal, &fields).await,
        Some("persona") => become_persona(portal, &headers, &fields, &mut response),
        Some("reset") => {
            (services.reset)();
            Report::done("Everything is as it was at the start")
        }
        Some("leave") => {
            portal.steering.end(&access);
            set_cookie(portal, &mut response, "", "; Max-Age=0");
            return LogEntry::new("a browser steers no more").on(response);
        }
        _ => Report::refused("The form asked for something that the inspector does not know"),
    };
    let outcome = if done.is_done {
        "the inspector was used to steer"
    } else {
        "the inspector could not do what was asked"
    };
    portal.steering.report(&access, done);
    LogEntry::new(outcome).on(response)
}

const ELSEWHERE: &str = "This request came from another page, so the sandbox did nothing. To steer it, use \
                         the buttons of the inspector.";

fn check_sender(portal: &Portal, headers: &HeaderMap) -> Result<(), &'static str> {
    origin::check(headers, scheme(portal))?;
    if form::is_form(headers) {
        Ok(())
    } else {
        Err("the body is not a form")
    }
}

fn refused(why: &'static str, words: &Markup) -> Response {
    let mut page = Page::new("Nothing was changed", html! { p { (words) } });
    page.status = StatusCode::FORBIDDEN;
    let reason = Reason::new(
        why,
        "use the buttons of the inspector, at the address that the sandbox printed at its start; a program \
         sends `Authorization: Bearer CONTROL_TOKEN` to the other routes below `/sandbox/`",
    );
    LogEntry::new(why)
        .refusal("forbidden", reason)
        .on(page.send())
}

fn advance(services: &Services, fields: &Parameters) -> Report {
    let options = &services.portal.options;
    let by = fields.get("by").unwrap_or_default();
    let (what, distance) = match by {
        "access" => (
            "access",
            milliseconds(options.access_ttl).saturating_add(1000),
        ),
        "refresh" => (
            "refresh",
            milliseconds(options.refresh_ttl).saturating_add(1000),
        ),
        _ => {
            let (is_back, text) = by
                .trim()
                .strip_prefix('-')
                .map_or((false, by), |text| (true, text));
            let Ok(duration) = humantime::parse_duration(text.trim()) else {
                let why = format!(
                    "`{by}` is not a duration: write 90s, 5m, 2h 30m or 180d, or -1h to go back"
                );
                return Report::refused(why);
            };
            let distance = milliseconds(duration);
            ("", if is_back { -distance } else { distance })
        }
    };
    if distance.abs() > MAX_ADVANCE_MS {
        return Report::refused("The clock moves 100 years at a time at most");
    }
    services.advance_clock(distance / 1000);
    let duration = jiff::SignedDuration::from_secs(distance.abs() / 1000);
    Report::done(match (what, distance < 0) {
        ("access", _) => {
            format!("The clock was advanced by {duration:#}: all access tokens have expired")
        }
        ("refresh", _) => {
            format!("The clock was advanced by {duration:#}: all refresh tokens have expired")
        }
        (_, false) => format!("The clock was advanced by {duration:#}"),
        (_, true) => format!("The clock was set back by {duration:#}"),
    })
}

fn add_fault(portal: &Portal, fields: &Parameters) -> Report {
    let rule = fields.get("rule").unwrap_or_default().trim();
    match rule.parse::<Fault>() {
        Ok(fault) => {
            portal.faults.add(fault);
            Report::done(format!("The fault {rule} is set"))
        }
        Err(error) => Report {
            rule: Some(rule.to_owned()),
            ..Report::refused(error.to_string())
        },
    }
}

fn clear_fault(portal: &Portal, fields: &Parameters) -> Report {
    match fields.get("rule") {
        None => {
            portal.faults.clear();
            Report::done("All faults were removed")
        }
        Some(rule) if portal.faults.remove(rule) => {
            Report::done(format!("The fault {rule} was removed"))
        }
        Some(rule) => Report::done(format!("The fault {rule} was no longer set")),
    }
}

fn revoke(services: &Services, fields: &Parameters) -> Report {
    match fields.get("session") {
        Some("all") => match services.end_all_sessions() {
            0 => Report::done("There was no session to revoke"),
            1 => Report::done("One session was revoked"),
            count => Report::done(format!("{count} sessions were revoked")),
        },
        session => {
            let number = session.and_then(|number| number.parse().ok());
            match number.filter(|number| services.end_session(*number)) {
                Some(number) => Report::done(format!("Session {number} was revoked")),
                None => Report::refused("This session had already ended"),
            }
        }
    }
}

async fn rotate_key(portal: &Portal, fields: &Parameters) -> Report {
    let (old, words) = match fields.get("old") {
        Some("kept") => (OldKey::Kept, "the old one stays in the key set"),
        _ => (OldKey::Gone, "the old one left the key set"),
    };
    match portal.keys.rotate(old).await {
        Ok(kid) => Report::done(format!("The key {kid} signs from now on, and {words}")),
        Err(_) => Report::refused("The new key could not be made"),
    }
}

fn become_persona(
    portal: &Portal,
    headers: &HeaderMap,
    fields: &Parameters,
    response: &mut Response,
) -> Report {
    if fields.get("for") == Some("none") {
        portal.approval.choose(Approval::Nothing);
        return Report::done("Sign-in pages ask again who you want to be");
    }
    let Some(persona) = fields.get("persona").and_then(|id| portal.persona(id)) else {
        return Report::refused("The sandbox does not have this persona");
    };
    if fields.get("for") == Some("everyone") {
        portal
            .approval
            .choose(Approval::Everything(persona.id.clone()));
        return Report::done(format!(
            "Every sign-in is approved as {} from now on",
            persona.name
        ));
    }
    let now = portal.clock.now();
    let login = Login {
        persona: persona.id.clone(),
        time: now,
    };
    let cookie = {
        let browsers = &mut portal.state().browsers;
        let (browser, _) = browsers.find_or_admit(pending::cookie(headers), now);
        browsers.sign_in(browser, login)
    };
    pending::set_cookie(response, Some(&cookie));
    Report::done(format!("This browser is signed in as {}", persona.name))
}
