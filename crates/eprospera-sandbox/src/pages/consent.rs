//! Yes or no: who asks, as whom the person answers, and what a yes opens.

use maud::{Markup, html};

use crate::model::scope;
use crate::people::persona::Persona;

/// What a consent page knows.
pub(crate) struct ConsentForm<'a> {
    /// Where the decision is sent.
    pub(crate) action: &'static str,
    /// The login page, for a person who wants to be someone else.
    pub(crate) login: &'static str,
    pub(crate) client_id: &'a str,
    /// The id of what waits for the person.
    pub(crate) request: &'a str,
    pub(crate) persona: &'a Persona,
    /// Scopes with what they mean.
    pub(crate) scopes: Vec<(&'a str, &'a str)>,
    /// What the person may choose to share, from [`entities`].
    pub(crate) entities: Markup,
    pub(crate) way: Way<'a>,
}

/// Where the person came from.
pub(crate) enum Way<'a> {
    /// A client, which the browser goes back to.
    Client { redirect_uri: &'a str },
    /// A device, whose code the person compares (RFC 8628 §5.4).
    Device { code: String },
}

impl ConsentForm<'_> {
    pub(crate) fn html(&self) -> Markup {
        let login = format!("{}?request={}", self.login, self.request);
        html! {
            p {
                "You are signed in as " strong { (self.persona.name) } ", " (self.persona.email) ". "
                a href=(login) { "Be someone else" }
            }
            p .quiet { "The application's client ID is " code { (self.client_id) } }
            @if let Way::Device { code } = &self.way {
                p { "Approve only if you started this yourself and your device shows the same code:" }
                p .code { (code) }
                p .quiet {
                    "If someone sent you this code, approving gives them access to what is listed \
                     here."
                }
            }
            form method="post" action=(self.action) {
                input type="hidden" name="request" value=(self.request);
                h2 #scopes { "If you approve, it can" }
                ul .scopes aria-labelledby="scopes" {
                    @for (name, meaning) in &self.scopes {
                        li { (meaning) code { (name) } }
                    }
                }
                (self.entities)
                @if let Way::Client { redirect_uri } = &self.way {
                    p .quiet { "After your choice, the browser opens " code { (redirect_uri) } }
                }
                div .actions {
                    button .main type="submit" name="decision" value="approve" { "Approve" }
                    button type="submit" name="decision" value="deny" { "Deny" }
                }
            }
        }
    }
}

/// A choice for each entity that the person represents, where a scope needs it.
pub(crate) fn entities(persona: &Persona, scopes: &[String]) -> Markup {
    if !scope::names_entities(scopes) {
        return html! {};
    }
    if persona.legal_entities.is_empty() {
        return html! { p { "You do not represent a legal entity, so you share none." } };
    }
    html! {
        fieldset {
            legend { "Legal entities to share" }
            @for entity in &persona.legal_entities {
                label .choice {
                    input type="checkbox" name="entity" value=(entity.id()) checked;
                    span {
                        strong { (entity.display_name()) }
                        span { (entity.entity["type"].as_str().unwrap_or_default()) }
                    }
                }
            }
        }
    }
}
