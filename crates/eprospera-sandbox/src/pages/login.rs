//! "Who do you want to be?", which the portal and Prosper ask alike.

use std::sync::Arc;

use maud::{Markup, html};

use crate::people::persona::Persona;

/// What a login page knows.
pub(crate) struct LoginForm<'a> {
    /// Where the choice is sent.
    pub(crate) action: &'static str,
    /// The name of the client.
    pub(crate) client: &'a str,
    /// The id of what waits for the person.
    pub(crate) request: &'a str,
    pub(crate) personas: &'a [Arc<Persona>],
    /// The id of the persona that is chosen from the beginning.
    pub(crate) chosen: Option<&'a str>,
}

impl LoginForm<'_> {
    pub(crate) fn html(&self) -> Markup {
        html! {
            p { "Sign in to continue to " strong { (self.client) } "." }
            form method="post" action=(self.action) {
                input type="hidden" name="request" value=(self.request);
                fieldset {
                    legend { "Who do you want to be?" }
                    @for persona in self.personas {
                        (choice(persona, self.chosen == Some(&persona.id)))
                    }
                }
                div .actions {
                    button .main type="submit" { "Sign in" }
                }
            }
        }
    }
}

fn choice(persona: &Persona, is_chosen: bool) -> Markup {
    html! {
        label .choice {
            input type="radio" name="persona" value=(persona.id) required checked[is_chosen];
            span {
                strong { (persona.name) }
                span { (persona.email) }
                span { (persona.description) }
            }
        }
    }
}
