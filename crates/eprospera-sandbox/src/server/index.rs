//! `GET /`: the inspector, and below it who may sign in, which clients and endpoints there are.
//!
//! Anyone on this computer may read it: it holds no secret. What it shows is made in
//! [`inspector::page`](crate::inspector::page).

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::response::Response;
use maud::{Markup, html};

use crate::http::request_log::LogEntry;
use crate::inspector::page as inspector;
use crate::inspector::page::query::PageQuery;
use crate::model::client::{Client, GrantType};
use crate::pages::page::{Liveliness, Page};
use crate::people::persona::Persona;
use crate::portal::Portal;
use crate::route::Access;
use crate::server::steering;

/// A route, as it is listed.
pub(crate) struct ListedRoute {
    pub(crate) group: &'static str,
    pub(crate) methods: Vec<Method>,
    pub(crate) path: &'static str,
    pub(crate) access: Access,
    pub(crate) is_linked: bool,
}

/// The whole page.
pub(crate) fn index(
    portal: &Portal,
    listing: &[ListedRoute],
    headers: &HeaderMap,
    query: &str,
) -> Response {
    let access = steering::access(portal, headers);
    let query = PageQuery::parse(query);
    let content = html! {
        (inspector::header(portal))
        main {
            (inspector::content(portal, &query, access.as_ref()))
            (section("people", "People", &people(portal)))
            (section("clients", "Clients", &clients(&portal.options.clients)))
            (section("endpoints", "Endpoints", &endpoints(listing)))
        }
    };
    let mut page = Page::new("Inspector", content);
    page.home = Some(Liveliness {
        style: &inspector::STYLE,
        script: &inspector::SCRIPT,
    });
    "'self'".clone_into(&mut page.form_action);
    LogEntry::new("the inspector was shown").on(page.send())
}

/// What the script asks for when something has happened.
pub(crate) async fn changed(
    State(portal): State<Arc<Portal>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let access = steering::access(&portal, &headers);
    let query = PageQuery::parse(&query.unwrap_or_default());
    let content = inspector::content(&portal, &query, access.as_ref());
    let mut response = Response::new(Body::from(content.into_string()));
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    // It is a part of a page: opened by itself, it has no style and no script.
    let policy = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; sandbox");
    response
        .headers_mut()
        .insert(CONTENT_SECURITY_POLICY, policy);
    LogEntry::new("the inspector was brought up to date").on(response)
}

fn section(id: &str, heading: &str, content: &Markup) -> Markup {
    html! {
        section .card id=(id) {
            h2 { (heading) }
            (content)
        }
    }
}

fn people(portal: &Portal) -> Markup {
    let row = |persona: &Persona| {
        html! {
            td .key { code { (persona.id) } }
            td { (persona.name) small { (persona.email) } }
            td { (persona.description) }
        }
    };
    let rows = portal.personas.iter().map(|persona| row(persona));
    table(&["ID", "Person", "Good for"], rows)
}

fn clients(clients: &[Client]) -> Markup {
    let row = |client: &Client| {
        let kind = if client.is_public() {
            "public"
        } else {
            "confidential: has a secret"
        };
        html! {
            td .key { code { (client.id) } }
            td { (client.name) small { (kind) } }
            td { @for grant in &client.grants { (grant_name(*grant)) br; } }
            td { @for uri in &client.redirect_uris { code { (uri) } br; } }
        }
    };
    let headings = ["ID", "Application", "May use", "Redirect URIs"];
    table(&headings, clients.iter().map(row))
}

const fn grant_name(grant: GrantType) -> &'static str {
    match grant {
        GrantType::AuthorizationCode => "authorization code",
        GrantType::RefreshToken => "refresh token",
        GrantType::DeviceCode => "device code",
    }
}

/// One table for each group. A path is a link where opening it shows something.
fn endpoints(listing: &[ListedRoute]) -> Markup {
    let row = |route: &ListedRoute| {
        let methods: Vec<_> = route.methods.iter().map(Method::as_str).collect();
        html! {
            td .key { (methods.join(", ")) }
            td {
                code {
                    @if route.is_linked {
                        a href=(route.path) { (route.path) }
                    } @else {
                        (route.path)
                    }
                }
            }
            td { (needs(route)) }
        }
    };
    html! {
        @for group in listing.chunk_by(|left, right| left.group == right.group) {
            h3 { (group[0].group) }
            (table(&["Method", "Path", "Needs"], group.iter().map(row)))
        }
    }
}

/// What a caller has to bring.
fn needs(route: &ListedRoute) -> Markup {
    let any = |scopes: &[&str]| {
        html! {
            @for (index, scope) in scopes.iter().enumerate() {
                @if index > 0 { " or " }
                code { (scope) }
            }
        }
    };
    match route.access {
        Access::Open if route.is_linked => html! {},
        Access::Open => html! { "the parameters of a request" },
        Access::Client => html! { "client authentication, or a public client's ID" },
        Access::Bearer => html! { "access token" },
        Access::Person(scopes) => html! { "access token or Agent Key with " (any(scopes)) },
        Access::Representative(scopes) => html! { "access token with " (any(scopes)) },
        Access::ProsperToken => html! { "access token of Prosper" },
        Access::ControlToken => html! { "control token" },
        Access::SteeringForm => html! { "a form of the inspector" },
    }
}

/// Each row is its cells.
fn table(headings: &[&str], rows: impl Iterator<Item = Markup>) -> Markup {
    html! {
        table {
            thead {
                tr { @for heading in headings { th scope="col" { (heading) } } }
            }
            tbody {
                @for row in rows { tr { (row) } }
            }
        }
    }
}
