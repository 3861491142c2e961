//! Forms that steer, and those that are beside what they change.

use maud::{Markup, html};

use crate::paths::STEER;
use crate::steering::sessions::SteeringAccess;

/// The controls of one browser; without access there are none.
pub(super) struct Controls<'a> {
    pub(super) access: Option<&'a SteeringAccess>,
}

impl Controls<'_> {
    /// A form for one thing that can be done.
    pub(super) fn form(&self, action: &str, content: &Markup) -> Markup {
        let Some(access) = self.access else {
            return html! {};
        };
        html! {
            form method="post" action=(STEER) {
                input type="hidden" name="form_token" value=(access.form_token);
                input type="hidden" name="action" value=(action);
                (content)
            }
        }
    }

    pub(super) fn end_all_sessions(&self) -> Markup {
        self.form(
            "revoke",
            &html! { button type="submit" name="session" value="all" { "Revoke all sessions" } },
        )
    }

    pub(super) fn end_session(&self, number: u64) -> Markup {
        self.form(
            "revoke",
            &html! {
                button type="submit" name="session" value=(number) { "Revoke session " (number) }
            },
        )
    }
}
