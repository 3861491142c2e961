//! What the sandbox holds: sessions with their history, devices, the key set.

use maud::{Markup, html};

use super::controls::Controls;
use super::text::{moment, plain, sentence, time, whole_sentence};
use crate::inspector::view::{
    DeviceState, DeviceView, EndView, HistoryView, KeyState, KeyView, SessionState, SessionView,
    Snapshot,
};

/// Sessions that are shown at once.
const SESSIONS_SHOWN: usize = 8;

pub(super) fn sessions(snapshot: &Snapshot, controls: &Controls<'_>) -> Markup {
    html! {
        section #sessions .card aria-labelledby="sessions-heading" {
            h2 #sessions-heading { "Sessions" }
            p .quiet {
                "A session is all tokens of one consent, which end together. OAuth calls it a token family."
            }
            @if snapshot.sessions.is_empty() {
                p { "No sessions. Sign in with your client to start one." }
            } @else {
                (controls.end_all_sessions())
                @let (newest, older) = snapshot.sessions.split_at(snapshot.sessions.len().min(SESSIONS_SHOWN));
                @let last_ended = newest.iter().find(|session| session.ended.is_some());
                @let last_ended = last_ended.map(|session| session.number);
                ul .plain .sessions {
                    @for session in newest {
                        (self::session(session, last_ended == Some(session.number), controls))
                    }
                }
                @if !older.is_empty() {
                    details {
                        summary { (older.len()) " older sessions" }
                        ul .plain .sessions {
                            @for session in older { (self::session(session, false, controls)) }
                        }
                    }
                }
            }
            @if snapshot.older_sessions > 0 {
                p .quiet { (snapshot.older_sessions) " older sessions are not shown." }
            }
        }
    }
}

fn session(session: &SessionView, is_open: bool, controls: &Controls<'_>) -> Markup {
    let (class, state) = match session.state {
        SessionState::Live => ("badge good", "active"),
        SessionState::Ended => ("badge bad", "revoked"),
        SessionState::Expired => ("badge warn", "expired"),
    };
    html! {
        li id={ "session-" (session.number) } {
            details open[is_open] {
                summary {
                    span .line {
                        span class=(class) { (state) }
                        strong { "Session " (session.number) }
                        span .client { (plain(&session.client)) }
                        span .quiet { (plain(&session.persona)) }
                    }
                    @if let Some(end) = &session.ended { (ended(end)) }
                }
                div .opened {
                    dl .facts {
                        dt { "Refreshed" } dd { (times(session.rotations)) }
                        dt { "Since" } dd { (moment(&session.since)) }
                        dt { "Expires" } dd { (moment(&session.expires)) }
                        dt { "Scopes" }
                        dd { @for scope in &session.scopes { code { (plain(scope)) } " " } }
                    }
                    (history(session))
                    @if session.state == SessionState::Live { (controls.end_session(session.number)) }
                }
            }
        }
    }
}

fn ended(end: &EndView) -> Markup {
    html! { span .outcome { "Ended at " (time(&end.time)) ": " (sentence(&end.why)) } }
}

fn times(count: u32) -> String {
    match count {
        0 => "never".to_owned(),
        1 => "once".to_owned(),
        _ => format!("{count} times"),
    }
}

/// What happened to it. Where entries are missing is after the first ones, so it is said at the top.
fn history(session: &SessionView) -> Markup {
    if session.history.is_empty() {
        return html! {};
    }
    html! {
        h3 { "History" }
        @if session.left_out > 0 {
            p .quiet { (session.left_out) " entries in the middle are not kept." }
        }
        ol .plain .history { @for entry in &session.history { (happening(entry)) } }
    }
}

fn happening(entry: &HistoryView) -> Markup {
    html! {
        li class=[entry.ended.then_some("ended")] {
            (time(&entry.time)) " " (whole_sentence(&entry.what))
            @if let Some(number) = entry.exchange {
                " " a href={ "#request-" (number) } { "request " (number) }
            }
        }
    }
}

pub(super) fn devices(devices: &[DeviceView], page: &str) -> Markup {
    html! {
        section #devices .card aria-labelledby="devices-heading" {
            h2 #devices-heading { "Devices" }
            @if devices.is_empty() {
                p { "No device waits for a person." }
            } @else {
                ul .plain { @for device in devices { (self::device(device, page)) } }
            }
        }
    }
}

fn device(device: &DeviceView, page: &str) -> Markup {
    let (class, state) = match device.state {
        DeviceState::Waiting => ("badge warn", "waits for a person"),
        DeviceState::Approved => ("badge good", "approved"),
        DeviceState::Denied => ("badge bad", "denied"),
    };
    html! {
        li {
            p .line {
                code .user-code { (plain(&device.user_code)) }
                span class=(class) { (state) }
                span .client { (plain(&device.client)) }
            }
            p .quiet {
                @match &device.polled {
                    Some(polled) => { "Last asked at " (time(polled)) }
                    None => "Has not asked yet",
                }
                ", may ask every " (device.interval_seconds) " s, expires at " (time(&device.expires))
            }
            @if device.state == DeviceState::Waiting {
                p { a href={ (page) "?user_code=" (device.user_code) } { "Approve or deny " (plain(&device.user_code)) } }
            }
        }
    }
}

/// The key set as it is published.
pub(super) fn keys(keys: &[KeyView]) -> Markup {
    html! {
        @if keys.is_empty() {
            p .quiet { "The first key is being made." }
        } @else {
            table .parameters {
                caption .visually-hidden { "The key set" }
                thead {
                    tr { th scope="col" { "Key ID" } th scope="col" { "Algorithm" } th scope="col" { "State" } }
                }
                tbody {
                    @for key in keys {
                        tr {
                            th scope="row" { code { (plain(&key.kid)) } }
                            td { (key.algorithm) }
                            td {
                                @match key.state {
                                    KeyState::Current => "signs",
                                    KeyState::Retired => "only published",
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
