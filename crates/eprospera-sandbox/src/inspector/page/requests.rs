//! The list of requests, newest first, each of which opens.

use maud::{Markup, html};

use super::parameters::{parameters, token};
use super::query::PageQuery;
use super::refusal;
use super::status::status;
use super::text::{moment, plain, sentence, time};
use crate::inspector::view::ExchangeView;

/// What is listed, and how to get on.
pub(super) struct RequestPage<'a> {
    /// Newest first.
    pub(super) exchanges: Vec<ExchangeView>,
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
            @if let Some(told) = &exchange.refusal {
                (refusal::answer(told))
            }
            (facts(exchange))
            h3 { "Sent by the client" }
            (parameters(&exchange.request, "No parameters.", "Parameters of the request"))
            h3 { "Sent by the sandbox" }
            (parameters(&exchange.response, "No parameters.", "Parameters of the answer"))
            @for shown in &exchange.tokens { (token(shown)) }
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
