//! The inspector as a page: HTML that reads well without a script, and a script that keeps it
//! up to date.
//!
//! It shows what is in [`view`](super::view) and what a person can change; it changes nothing.

mod controls;
mod parameters;
pub(crate) mod query;
mod refusal;
mod requests;
mod state;
mod status;
mod steering;
mod text;

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use maud::{Markup, html};

use crate::inspector::view::{ExchangeView, Snapshot};
use crate::pages::page::Embedded;
use crate::paths::{INDEX, VERIFICATION};
use crate::portal::Portal;
use crate::recording::exchange::Exchange;
use crate::steering::sessions::SteeringAccess;
use controls::Controls;
use query::PageQuery;
use requests::RequestPage;

/// Requests on one page.
const REQUESTS_A_PAGE: usize = 50;
/// Refusals at the top: the newest, and earlier ones in a line each.
const REFUSALS_SHOWN: usize = 5;

pub(crate) static STYLE: LazyLock<Embedded> =
    LazyLock::new(|| Embedded::of(include_str!("inspector.css")));
pub(crate) static SCRIPT: LazyLock<Embedded> =
    LazyLock::new(|| Embedded::of(include_str!("inspector.js")));

/// What is in the page above and beside what changes.
pub(crate) fn header(portal: &Portal) -> Markup {
    let places = [
        ("#refusal", "Newest refusal"),
        ("#requests", "Requests"),
        ("#sessions", "Sessions"),
        ("#devices", "Devices"),
        ("#steering", "Steering"),
        ("#people", "People"),
        ("#clients", "Clients"),
        ("#endpoints", "Endpoints"),
    ];
    html! {
        header .top {
            div {
                h1 { "Sandbox inspector" }
                dl .addresses {
                    dt { "Issuer" } dd { code { (portal.issuer) } }
                    dt { "Files" } dd { code { (portal.files) } }
                }
            }
            div #live hidden {
                span #live-state .badge role="status" { "Connecting" }
                button #pause .small type="button" { "Pause" }
                button #reload .small type="button" hidden { "Reload" }
            }
            noscript {
                p .quiet { "Scripts are off. " a href=(INDEX) { "Reload this page" } " to see what is new." }
            }
        }
        nav aria-label="On this page" {
            ul .chips { @for (place, name) in places { li { a href=(place) { (name) } } } }
        }
        p #announcer .visually-hidden aria-live="polite" {}
    }
}

/// What changes.
pub(crate) fn content(
    portal: &Portal,
    query: &PageQuery,
    access: Option<&SteeringAccess>,
) -> Markup {
    // Only what is shown is decoded.
    let snapshot = Snapshot::of(portal, 0);
    let kept = portal.recorder.newest(usize::MAX).exchanges;
    let mut refused: Vec<_> = kept
        .iter()
        .filter_map(|exchange| Some((exchange.mistake()?, exchange)))
        .collect();
    // A request that came earlier may be refused later.
    refused.sort_unstable_by_key(|(sequence, _)| Reverse(*sequence));
    let refused: Vec<_> = refused
        .into_iter()
        .take(REFUSALS_SHOWN)
        .map(|(_, exchange)| ExchangeView::of(portal, exchange))
        .collect();
    let page = request_page(&kept, query, portal);
    let controls = Controls { access };
    html! {
        div #content .columns {
            div .primary {
                (refusal::section(&refused, kept.is_empty()))
                (requests::section(&page))
            }
            div .secondary {
                (state::sessions(&snapshot, &controls))
                (state::devices(&snapshot.devices, VERIFICATION))
                (controls.section(&snapshot, portal))
            }
        }
    }
}

fn request_page<'a>(
    kept: &[Arc<Exchange>],
    query: &'a PageQuery,
    portal: &Portal,
) -> RequestPage<'a> {
    let mut wanted = kept.iter().rev().filter(|exchange| query.admits(exchange));
    let exchanges: Vec<_> = wanted
        .by_ref()
        .take(REQUESTS_A_PAGE)
        .map(|exchange| ExchangeView::of(portal, exchange))
        .collect();
    let older = wanted
        .next()
        .and_then(|_| exchanges.last())
        .map(|exchange| exchange.number);
    let registered = portal.options.clients.iter().map(|client| &client.id);
    let clients: BTreeSet<_> = registered.cloned().collect();
    RequestPage {
        exchanges,
        query,
        clients: clients.into_iter().collect(),
        older,
    }
}
