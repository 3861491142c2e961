//! The newest refusal, which a person should see first: what was sent, why it was refused, what to
//! send instead.

use maud::{Markup, html};

use super::parameters::accused;
use super::status::status;
use super::text::{plain, sentence, time, whole_sentence};
use crate::inspector::view::{ExchangeView, RefusalView};

/// Requests that were refused, newest first.
pub(super) fn section(refused: &[ExchangeView], is_empty: bool) -> Markup {
    let refused = refused.iter();
    let refused = refused.filter_map(|exchange| Some((exchange, exchange.refusal.as_ref()?)));
    let refused: Vec<_> = refused.collect();
    html! {
        section #refusal .card aria-labelledby="refusal-heading" {
            @match refused.split_first() {
                None => (none(is_empty)),
                Some(((exchange, refusal), earlier)) => {
                    (newest(exchange, refusal))
                    @if !earlier.is_empty() { (others(earlier)) }
                }
            }
        }
    }
}

fn none(is_empty: bool) -> Markup {
    html! {
        h2 #refusal-heading { "No request was refused" }
        @if is_empty {
            p {
                "Nothing has asked this sandbox for anything yet. Point your client at the issuer \
                 above, with one of the "
                a href="#clients" { "registered clients" }
                ", and sign in. If a request is refused, this is where you read why, and what to \
                 send instead."
            }
        } @else {
            p { "If the next one is, this is where you read why, and what to send instead." }
        }
    }
}

fn newest(exchange: &ExchangeView, refusal: &RefusalView) -> Markup {
    html! {
        div .refused data-refusal=(exchange.number)
            data-announce={ (refusal.error) ": " (refusal.reason) } {
            h2 #refusal-heading { "Newest refusal: " code { (plain(&refusal.error)) } }
            p .meta {
                (status(exchange))
                " " code .route { (exchange.method) " " (plain(&exchange.path)) }
                @if let Some(client) = &exchange.client { " from " code { (plain(client)) } }
                " at " (time(&exchange.time)) " · "
                a href={ "#request-" (exchange.number) } { "request " (exchange.number) }
            }
            (answer(refusal))
            h3 { "What the client sent" }
            (accused(&exchange.request, &refusal.reason))
        }
    }
}

/// Why, and what instead.
pub(super) fn answer(refusal: &RefusalView) -> Markup {
    html! {
        dl .answer {
            dt { "Why it was refused" }
            dd { (whole_sentence(&refusal.reason)) }
            dt .instead { "Send instead" }
            dd .instead { (whole_sentence(&refusal.send_instead)) }
        }
    }
}

fn others(earlier: &[(&ExchangeView, &RefusalView)]) -> Markup {
    html! {
        h3 { "Earlier refusals" }
        ul .plain {
            @for (exchange, refusal) in earlier {
                li {
                    (time(&exchange.time)) " "
                    a href={ "#request-" (exchange.number) } {
                        "Request " (exchange.number) ", " (plain(&refusal.error))
                    }
                    ": " (sentence(&refusal.reason))
                }
            }
        }
    }
}
