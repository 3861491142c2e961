//! The list of requests, newest first, each of which opens.

use maud::{Markup, html};
use serde_json::Value;

use super::query::PageQuery;
use super::text::{moment, plain, sentence, time, value};
use crate::inspector::view::{
    ExchangeState, ExchangeView, ParameterView, Place, TokenKind, TokenStatus, TokenView,
};

/// What is listed, and how to get on.
pub(super) struct RequestPage<'a> {
    /// Newest first.
    pub(super) exchanges: Vec<&'a ExchangeView>,
    pub(super) query: &'a PageQuery,
    /// The clients that can be chosen.
    pub(super) clients: Vec<String>,
    /// Where the next page begins.
    pub(super) older: Option<u64>,
}

pub(super) fn section(page: &RequestPage<'_>) -> Markup {
    html! {
        section #requests .card aria-labelledby="requests-heading" {
            h2 #requests-heading { "Requests" }
            (filters(page))
            @if page.exchanges.is_empty() {
                p .quiet { (page.query.nothing()) }
            }
            ol .requests reversed {
                @for exchange in &page.exchanges { (row(exchange)) }
            }
            nav .paging aria-label="Pages of requests" {
                @if page.query.before.is_some() {
                    a href=(page.query.newest()) { "Newest requests" }
                }
                @if let Some(older) = page.older {
                    a href=(page.query.older(older)) { "Older requests" }
                }
            }
        }
    }
}

fn filters(page: &RequestPage<'_>) -> Markup {
    let link = |text: &str, query: PageQuery| {
        let is_current = query == page.query.unpaged();
        let current = is_current.then_some("true");
        html! { li { a href=(query.href()) aria-current=[current] { (plain(text)) } } }
    };
    html! {
        nav aria-label="Which requests are shown" {
            ul .chips {
                (link("All", PageQuery::of_everything()))
                (link("Refused only", PageQuery::of_refused()))
                @for client in &page.clients {
                    (link(client, PageQuery::of_client(client)))
                }
                (link("With pages and control", PageQuery::with_own()))
            }
        }
    }
}

/// The status as a badge. Its colour says nothing that the text does not.
pub(super) fn status(exchange: &ExchangeView) -> Markup {
    let (class, text) = match (exchange.state, exchange.status) {
        (ExchangeState::UnderWay, _) => ("badge", "waiting".to_owned()),
        (_, None) => ("badge bad", "no answer".to_owned()),
        (_, Some(status)) if exchange.refusal.is_some() => ("badge bad", status.to_string()),
        (_, Some(status)) if status >= 400 => ("badge warn", status.to_string()),
        (_, Some(status)) => ("badge good", status.to_string()),
    };
    html! { span class=(class) { span .visually-hidden { "Status " } (text) } }
}

fn row(exchange: &ExchangeView) -> Markup {
    let is_refused = exchange.refusal.is_some().then_some("refused");
    html! {
        li id={ "request-" (exchange.number) } value=(exchange.number) class=[is_refused] {
            details {
                summary {
                    span .line {
                        (status(exchange))
                        code .route { (exchange.method) " " (plain(&exchange.path)) }
                        @if let Some(client) = &exchange.client {
                            span .client { (plain(client)) }
                        }
                        (time(&exchange.time))
                    }
                    span .outcome { (sentence(&exchange.outcome)) }
                }
                (opened(exchange))
            }
        }
    }
}

fn opened(exchange: &ExchangeView) -> Markup {
    html! {
        div .opened {
            @if let Some(refusal) = &exchange.refusal {
                dl .answer {
                    dt { "Why it was refused" }
                    dd { (sentence(&refusal.reason)) }
                    dt .instead { "Send instead" }
                    dd .instead { (sentence(&refusal.send_instead)) }
                }
            }
            (facts(exchange))
            h3 { "Sent by the client" }
            (parameters(&exchange.request, "No parameters.", "Parameters of the request"))
            h3 { "Sent by the sandbox" }
            (parameters(&exchange.response, "No parameters.", "Parameters of the answer"))
            @for token in &exchange.tokens { (self::token(token)) }
        }
    }
}

fn facts(exchange: &ExchangeView) -> Markup {
    html! {
        dl .facts {
            dt { "Route" } dd { (exchange.route) }
            dt { "Time" }
            dd {
                (moment(&exchange.time))
                @if let Some(milliseconds) = exchange.duration_ms {
                    ", took " (format!("{milliseconds:.1}")) " ms"
                }
            }
            @if let Some(grant) = &exchange.grant_type { dt { "Grant type" } dd { code { (plain(grant)) } } }
            @if let Some(persona) = &exchange.persona { dt { "Persona" } dd { code { (plain(persona)) } } }
            @if let Some(session) = exchange.session {
                dt { "Session" } dd { a href={ "#session-" (session) } { "session " (session) } }
            }
            @if let Some(fault) = &exchange.fault { dt { "Fault" } dd { code { (plain(fault)) } } }
        }
    }
}

/// A table of parameters, or a sentence that says that there are none.
pub(super) fn parameters(parameters: &[ParameterView], none: &str, caption: &str) -> Markup {
    if parameters.is_empty() {
        return html! { p .quiet { (none) } };
    }
    html! {
        table .parameters {
            caption .visually-hidden { (caption) }
            thead {
                tr { th scope="col" { "Name" } th scope="col" { "In" } th scope="col" { "Value" } }
            }
            tbody {
                @for parameter in parameters {
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

fn token(token: &TokenView) -> Markup {
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
