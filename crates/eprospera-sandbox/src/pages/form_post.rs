//! Sends fields to a redirect URI by POST (`OAuth` 2.0 Form Post Response Mode §2).

use axum::response::Response;
use maud::html;

use crate::pages::page::{Page, origin_source};

pub(crate) fn form_post(uri: &str, fields: &[(&str, &str)]) -> Response {
    let content = html! {
        p { "The answer goes to " code { (uri) } }
        form method="post" action=(uri) {
            @for (name, value) in fields {
                input type="hidden" name=(name) value=(value);
            }
            div .actions {
                button .main type="submit" { "Continue" }
            }
        }
    };
    let mut page = Page::new("Back to the application", content);
    page.form_action = origin_source(uri);
    page.submits_itself = true;
    page.send()
}
