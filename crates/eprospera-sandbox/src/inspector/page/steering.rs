//! What a person can change by a click. Each control is a form that works without a script; a
//! browser that may not steer is shown where to get the right to.

use jiff::SignedDuration;
use maud::{Markup, html};

use super::controls::Controls;
use super::state;
use super::text::{capitalized, moment, plain};
use crate::faults::fault::Fault;
use crate::faults::table::{fault_actions, fault_endpoints};
use crate::inspector::view::{ClockView, FaultView, Snapshot};
use crate::paths::STEERING_SESSION;
use crate::portal::Portal;

/// Faults that a person often wants, in words.
pub(crate) const COMMON_FAULTS: &[(&str, &str)] = &[
    ("token:503*1", "the next token request gets 503"),
    (
        "token:drop-after-commit*1",
        "the next token answer is lost, after the refresh token was rotated",
    ),
    (
        "token:429=5*2",
        "the next two token requests get 429 with Retry-After: 5",
    ),
    ("token:slow=10s*1", "the next token answer takes 10 seconds"),
    (
        "token:html*1",
        "the next token answer is a login page of a Wi-Fi network",
    ),
    (
        "authorize:error=access_denied*1",
        "the next sign-in is denied",
    ),
    ("userinfo:500*1", "the next userinfo request gets 500"),
    ("me:401*1", "the next data request gets 401"),
    ("discovery:500*1", "the next discovery request gets 500"),
    (
        "jwks:rotate*1",
        "the signing key is replaced after the key set is fetched once more",
    ),
    (
        "id_token:bad-nonce*1",
        "the next ID token has another nonce",
    ),
    (
        "id_token:bad-signature*1",
        "the next ID token has a broken signature",
    ),
    ("id_token:expired*1", "the next ID token has expired"),
];

impl Controls<'_> {
    /// Everything that is not beside what it changes.
    pub(super) fn section(&self, snapshot: &Snapshot, portal: &Portal) -> Markup {
        let report = self.access.and_then(|access| access.report.as_ref());
        html! {
            section #steering .card aria-labelledby="steering-heading" {
                h2 #steering-heading { "Steering" }
                p #report role="status" class=[report.map(|report| if report.is_done { "done" } else { "problem" })]
                    data-done=[report.filter(|report| report.is_done).map(|_| "")] {
                    @if let Some(report) = report { (plain(&report.text)) }
                }
                @if self.access.is_none() { (entrance()) }
                (self.clock(&snapshot.clock))
                (self.faults(&snapshot.faults))
                (self.people(portal))
                h3 { "Signing keys" }
                (state::keys(&snapshot.keys))
                (self.form("rotate-key", &html! {
                    div .actions {
                        button type="submit" name="old" value="gone" { "Replace the key" }
                        button type="submit" name="old" value="kept" { "Replace it, keep publishing the old one" }
                    }
                }))
                (self.end(portal))
            }
        }
    }

    fn clock(&self, clock: &ClockView) -> Markup {
        html! {
            h3 { "Clock" }
            p {
                span #clock data-offset=(clock.offset_seconds) { (moment(&clock.now)) }
                ", " (distance(clock.offset_seconds))
            }
            (self.form("clock", &html! {
                div .actions {
                    button type="submit" name="by" value="1m" { "Advance 1 minute" }
                    button type="submit" name="by" value="access" { "Past access token expiry" }
                    button type="submit" name="by" value="refresh" { "Past refresh token expiry" }
                }
            }))
            (self.form("clock", &html! {
                label for="duration" { "Another duration" }
                div .actions {
                    input #duration name="by" required maxlength="40" placeholder="2h 30m" autocomplete="off" spellcheck="false";
                    button type="submit" { "Advance" }
                }
            }))
        }
    }

    fn faults(&self, faults: &[FaultView]) -> Markup {
        html! {
            h3 { "Faults" }
            @if faults.is_empty() {
                p { "No fault is set." }
            } @else {
                ul .plain { @for fault in faults { (self.fault(fault)) } }
                (self.form("clear-fault", &html! {
                    button type="submit" name="rule" value="" { "Remove all faults" }
                }))
            }
            @if self.access.is_some() { (self.new_fault()) }
        }
    }

    fn fault(&self, fault: &FaultView) -> Markup {
        html! {
            li .line {
                code { (plain(&fault.rule)) }
                @match fault.remaining {
                    Some(count) => { span .quiet { (count) " left" } }
                    None => { span .quiet { "until it is removed" } }
                }
                (self.form("clear-fault", &html! {
                    button .small type="submit" name="rule" value=(fault.rule) {
                        "Remove" span .visually-hidden { " " (fault.rule) }
                    }
                }))
            }
        }
    }

    fn new_fault(&self) -> Markup {
        let report = self.access.and_then(|access| access.report.as_ref());
        let wrong = report.and_then(|report| report.rule.as_deref());
        html! {
            (self.form("fault", &html! {
                label for="common-fault" { "A common failure" }
                div .actions {
                    select #common-fault name="rule" {
                        @for (rule, meaning) in COMMON_FAULTS {
                            option value=(rule) { (capitalized(meaning)) " (" (rule) ")" }
                        }
                    }
                    button type="submit" { "Set fault" }
                }
            }))
            (self.form("fault", &html! {
                label for="rule" { "Any rule: " code { "ENDPOINT:ACTION[=ARGUMENT][*COUNT]" } }
                div .actions {
                    input #rule name="rule" required maxlength="200" list="rules" placeholder="token:500*2"
                        value=[wrong] aria-invalid=[wrong.map(|_| "true")] aria-describedby=[wrong.map(|_| "report")]
                        autocomplete="off" autocapitalize="none" spellcheck="false";
                    button type="submit" { "Set rule" }
                }
                datalist #rules { @for rule in Fault::spellings() { option value=(rule) {} } }
            }))
            details { summary { "All endpoints and actions" } (all_actions()) }
        }
    }

    fn people(&self, portal: &Portal) -> Markup {
        let approved = portal.auto_approved();
        html! {
            h3 { "Person" }
            p {
                @match approved {
                    Some(persona) => {
                        "Every sign-in is approved as " strong { (plain(&persona.name)) } ", without a page."
                    }
                    None => "Sign-in pages ask who you want to be, and for your consent.",
                }
            }
            (self.form("persona", &html! {
                label for="persona" { "Become" }
                select #persona name="persona" {
                    @for persona in &portal.personas {
                        option value=(persona.id) { (persona.name) " (" (persona.id) "): " (persona.description) }
                    }
                }
                div .actions {
                    button type="submit" name="for" value="browser" { "Sign this browser in" }
                    button type="submit" name="for" value="everyone" { "Approve every sign-in" }
                    @if approved.is_some() {
                        button type="submit" name="for" value="none" { "Ask on pages again" }
                    }
                }
            }))
        }
    }

    fn end(&self, portal: &Portal) -> Markup {
        if self.access.is_none() {
            return html! {};
        }
        html! {
            h3 { "Start over" }
            details .confirm {
                summary { "Reset the sandbox" }
                p {
                    "This ends all sessions, codes and consents, empties the list of requests, sets \
                     the clock right, brings back the first key, and the faults of the start. "
                    code { (portal.issuer) } " and the control token stay."
                }
                (self.form("reset", &html! { button .danger type="submit" { "Reset everything now" } }))
            }
            (self.form("leave", &html! { button .quiet type="submit" { "Stop steering from this browser" } }))
        }
    }
}

/// For a browser that may not steer yet.
fn entrance() -> Markup {
    html! {
        p {
            "You can read everything here. To change something, open the address that the sandbox \
             printed at its start after “Inspector:”, or paste its control token."
        }
        form method="post" action=(STEERING_SESSION) {
            label for="control_token" { "Control token" }
            div .actions {
                input #control_token name="control_token" type="password" required maxlength="500" autocomplete="off";
                button .main type="submit" { "Start steering" }
            }
        }
    }
}

/// How far the clock is from that of this computer.
fn distance(seconds: i64) -> String {
    let duration = SignedDuration::from_secs(seconds.saturating_abs());
    match seconds {
        0 => "the same as this computer's clock".to_owned(),
        1.. => format!("{duration:#} ahead of this computer's clock"),
        _ => format!("{duration:#} behind this computer's clock"),
    }
}

fn all_actions() -> Markup {
    html! {
        p .quiet { "Endpoints: " @for name in fault_endpoints() { code { (name) } " " } }
        @for (heading, actions) in fault_actions() {
            table .parameters {
                caption { (heading) }
                thead .visually-hidden { tr { th scope="col" { "Action" } th scope="col" { "What it does" } } }
                tbody {
                    @for action in actions {
                        tr {
                            th scope="row" {
                                code {
                                    (action.name)
                                    @if let Some(argument) = action.argument { "=" (argument) }
                                }
                            }
                            td { (action.meaning) }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_common_fault_can_be_set() {
        for (rule, meaning) in COMMON_FAULTS {
            assert!(rule.parse::<Fault>().is_ok(), "{rule}: {meaning}");
        }
    }

    #[test]
    fn a_distance_is_told_in_units_that_people_use() {
        assert_eq!(distance(0), "the same as this computer's clock");
        assert_eq!(distance(3661), "1h 1m 1s ahead of this computer's clock");
        assert_eq!(distance(-60), "1m behind this computer's clock");
    }
}
