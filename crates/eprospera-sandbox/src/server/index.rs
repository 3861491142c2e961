//! `GET /`: what this is, who may sign in, which clients and endpoints there are.

use std::fmt::Write as _;

use axum::http::Method;
use axum::response::Response;

use crate::http::request_log::LogEntry;
use crate::model::client::Client;
use crate::pages::page::{Page, escape};
use crate::portal::Portal;

/// The routes that are listed, with their methods.
pub(crate) type Listing = Vec<(Vec<Method>, &'static str)>;

pub(crate) fn index(portal: &Portal, listing: &Listing) -> Response {
    let people = portal.personas.iter().map(|persona| {
        [
            format!("<code>{}</code>", escape(&persona.id)),
            escape(&persona.name),
            escape(&persona.email),
            escape(&persona.description),
        ]
    });
    let clients = portal.options.clients.iter().map(client_row);
    let endpoints = listing.iter().map(|(methods, path)| {
        let methods: Vec<_> = methods.iter().map(Method::as_str).collect();
        let path = path.replace("{*rest}", "…");
        [
            methods.join(", "),
            format!("<code>{}</code>", escape(&path)),
        ]
    });
    let content = format!(
        "<p>A strict local stand-in for the e-Próspera portal, for trying out and testing \
         applications. Its issuer is <code>{}</code>, its files are at <code>{}</code>.</p>\n\
         <h2>People</h2>\n{}<h2>Clients</h2>\n{}<h2>Endpoints</h2>\n{}",
        escape(&portal.issuer),
        escape(&portal.files),
        table(["Id", "Name", "E-mail", "Good for"], people),
        table(["Id", "Kind", "Redirect URIs"], clients),
        table(["Method", "Path"], endpoints),
    );
    let mut page = Page::new("Sandbox portal", content);
    page.wide = true;
    LogEntry::new("the index page was shown").on(page.send())
}

fn client_row(client: &Client) -> [String; 3] {
    let kind = if client.is_public() {
        "public"
    } else {
        "confidential"
    };
    let mut uris = String::new();
    for uri in &client.redirect_uris {
        let _: Result<_, _> = write!(uris, "<code>{}</code><br>", escape(uri));
    }
    [
        format!("<code>{}</code>", escape(&client.id)),
        kind.to_owned(),
        uris,
    ]
}

/// Cells are HTML.
fn table<const N: usize>(headings: [&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let mut html = "<div class=\"scroll\"><table>\n<thead><tr>".to_owned();
    for heading in headings {
        let _: Result<_, _> = write!(html, "<th scope=\"col\">{heading}</th>");
    }
    html.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        let _: Result<_, _> = writeln!(html, "<tr><td>{}</td></tr>", row.join("</td><td>"));
    }
    html.push_str("</tbody></table></div>\n");
    html
}
