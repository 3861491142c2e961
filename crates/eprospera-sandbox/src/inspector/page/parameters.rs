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

/// Whether a reason is about a parameter: it has its name, or the words that the name is made of.
fn is_about(reason: &str, name: &str) -> bool {
    let is_word = |name: &str| {
        reason.match_indices(name).any(|(at, _)| {
            let part = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-');
            let after = reason.get(at + name.len()..).unwrap_or_default();
            let before = reason.get(..at).unwrap_or_default();
            !after.starts_with(part) && !before.ends_with(part)
        })
    };
    !name.is_empty() && (is_word(name) || is_word(&name.replace('_', " ")))
}

/// The parameters of a request that was refused; those that the reason is about stand out.
pub(super) fn accused(sent: &[ParameterView], reason: &str) -> Markup {
    let marked = |parameter: &ParameterView| {
        let mut marked = parameter.clone();
        if marked.note.is_none() && is_about(reason, &parameter.name) {
            marked.note = Some("see the reason above".to_owned());
        }
        marked
    };
    let sent: Vec<_> = sent.iter().map(marked).collect();
    parameters(
        &sent,
        "The request sent no parameters.",
        "Parameters of the refused request",
    )
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_about_the_parameters_that_it_names_as_whole_words() {
        let reason = "redirect_uri differs from the registered one";
        assert!(is_about(reason, "redirect_uri") && !is_about(reason, "redirect"));
        assert!(is_about(
            "the refresh token was already used",
            "refresh_token"
        ));
        assert!(is_about("the code was already used", "code"));
        assert!(!is_about("code_verifier is missing", "code"));
        assert!(!is_about("the client is unknown", "") && !is_about("", "state"));
    }
}
