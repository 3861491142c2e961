//! `GET /`: what this is, who may sign in, which clients and endpoints there are.
//!
//! Each part of the page is a [`section`] of its own.

use axum::http::Method;
use axum::response::Response;
use maud::{Markup, html};

use crate::http::request_log::LogEntry;
use crate::model::client::{Client, GrantType};
use crate::pages::page::Page;
use crate::paths::VERIFICATION;
use crate::people::persona::Persona;
use crate::portal::Portal;
use crate::route::Access;

/// A route, as it is listed.
pub(crate) struct ListedRoute {
    pub(crate) group: &'static str,
    pub(crate) methods: Vec<Method>,
    pub(crate) path: &'static str,
    pub(crate) access: Access,
    pub(crate) is_linked: bool,
}

pub(crate) fn index(portal: &Portal, listing: &[ListedRoute]) -> Response {
    let content = html! {
        p {
            "A local test double of the e-Próspera portal. Use it to try out and test applications \
             without a real account."
        }
        dl {
            dt { "Issuer" }
            dd { code { (portal.issuer) } }
            dt { "Files" }
            dd { code { (portal.files) } }
        }
        p {
            "Does a device show you a code? "
            a href=(VERIFICATION) { "Connect the device" }
        }
        (section("People", &people(portal)))
        (section("Clients", &clients(&portal.options.clients)))
        (section("Endpoints", &endpoints(listing)))
    };
    let mut page = Page::new("Sandbox portal", content);
    page.is_home = true;
    LogEntry::new("the index page was shown").on(page.send())
}

fn section(heading: &str, content: &Markup) -> Markup {
    html! {
        section {
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
