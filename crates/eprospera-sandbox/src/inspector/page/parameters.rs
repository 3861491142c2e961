//! Parameters and tokens of a request or an answer, decoded.

use maud::{Markup, html};
use serde_json::Value;

use super::text::{moment, plain, sentence, value};
use crate::inspector::view::{ParameterView, Place, TokenKind, TokenStatus, TokenView};

/// Headers that seldom matter to a sign-in; a note about one makes it matter.
const USUAL_HEADERS: [&str; 6] = [
    "host",
    "accept",
    "user-agent",
    "content-type",
    "cache-control",
    "referrer-policy",
];

fn is_usual(parameter: &ParameterView) -> bool {
    let name = parameter.name.to_ascii_lowercase();
    parameter.place == Place::Header && parameter.note.is_none() && USUAL_HEADERS.contains(&&*name)
}

/// A table of parameters, or a sentence that says that there are none. Headers that every client
/// sends come last, and are opened.
pub(super) fn parameters(parameters: &[ParameterView], none: &str, caption: &str) -> Markup {
    let (usual, telling): (Vec<_>, Vec<_>) = parameters.iter().partition(|known| is_usual(known));
    html! {
        @if telling.is_empty() {
            p .quiet { (none) }
        } @else {
            (table(&telling, caption))
        }
        @if !usual.is_empty() {
            details .headers {
                summary { "Usual headers" }
                (table(&usual, "Usual headers"))
            }
        }
    }
}

fn table(parameters: &[&ParameterView], caption: &str) -> Markup {
    html! {
        table .parameters {
            caption .visually-hidden { (caption) }
            thead {
                tr { th scope="col" { "Name" } th scope="col" { "In" } th scope="col" { "Value" } }
            }
            tbody { @for parameter in parameters { (row(parameter)) } }
        }
    }
}

fn row(parameter: &ParameterView) -> Markup {
    html! {
        tr class=[parameter.note.is_some().then_some("noted")] {
            th scope="row" { code { (plain(&parameter.name)) } }
            td .place { (place(parameter.place)) }
            td {
                @if parameter.redacted {
                    span .redacted { (plain(&parameter.value)) }
                } @else {
                    (value(&parameter.value))
                }
                @if let Some(note) = &parameter.note {
                    small .note { (sentence(note)) }
                }
            }
        }
    }
}

const fn place(place: Place) -> &'static str {
    match place {
        Place::Query => "query",
        Place::Fragment => "fragment",
        Place::Form => "form",
        Place::Header => "header",
        Place::Cookie => "cookie",
        Place::Json => "JSON",
    }
}

/// What a token says.
pub(super) fn token(token: &TokenView) -> Markup {
    let sender = if token.sent_by_sandbox {
        "issued"
    } else {
        "sent"
    };
    html! {
        div .token {
            h3 { (kind(token.kind)) " " (sender) " in " code { (plain(&token.location)) } }
            dl .facts {
                dt { "Now" } dd { (state(token.status)) }
                dt { "Fingerprint" } dd { code { (plain(&token.fingerprint)) } }
                @if let Some(expires) = &token.expires { dt { "Expires" } dd { (moment(expires)) } }
                @if let Some(session) = token.session {
                    dt { "Session" }
                    dd {
                        a href={ "#session-" (session) } { "session " (session) }
                        @if let Some(generation) = token.generation {
                            ", refresh token " (u64::from(generation) + 1)
                        }
                    }
                }
            }
            @if let Some(header) = &token.header { (claims(header, "Header of the JWT")) }
            @if let Some(content) = &token.claims { (claims(content, "Claims of the JWT")) }
        }
    }
}

fn claims(content: &Value, caption: &str) -> Markup {
    let text = |value: &Value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    };
    html! {
        table .parameters {
            caption { (caption) }
            thead .visually-hidden { tr { th scope="col" { "Name" } th scope="col" { "Value" } } }
            tbody {
                @for (name, member) in content.as_object().into_iter().flatten() {
                    tr { th scope="row" { code { (plain(name)) } } td { (value(&text(member))) } }
                }
            }
        }
    }
}

const fn kind(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::AccessToken => "Access token",
        TokenKind::RefreshToken => "Refresh token",
        TokenKind::IdToken => "ID token",
        TokenKind::AuthorizationCode => "Authorization code",
        TokenKind::DeviceCode => "Device code",
        TokenKind::AgentKey => "Agent Key",
        TokenKind::Unknown => "Unknown token",
    }
}

const fn state(status: TokenStatus) -> &'static str {
    match status {
        TokenStatus::Active => "active",
        TokenStatus::Expired => "expired",
        TokenStatus::Revoked => "revoked",
        TokenStatus::Rotated => "replaced by a newer refresh token",
        TokenStatus::Used => "used",
        TokenStatus::Unknown => "not known to this sandbox",
    }
}
