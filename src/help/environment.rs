//! Environment variables, from the table that the program reads them by.

use super::topic::{Machine, Topic};
use crate::env::VARIABLES;
use crate::output::Page;

pub(super) const TOPIC: Topic = Topic {
    name: "environment",
    about: "The environment variables, and which of them are set",
    describe,
};

fn describe(page: &mut Page, machine: &Machine<'_>) {
    page.paragraph(
        "An option overrides its variable, and a variable overrides the profile. Variables marked with * are set now. Values \
         are not shown here; `eprospera status` shows those that are in use.",
    );
    for variable in VARIABLES {
        page.gap();
        let is_set = machine.environment.get(variable.name).is_some();
        page.heading(format!(
            "{}{}",
            variable.name,
            if is_set { " *" } else { "" }
        ));
        page.indented(variable.meaning);
    }
    page.gap();
    page.paragraph(
        "There are no options for secrets, because other users of a machine can read command lines. Each variable for a secret has a counterpart that ends in _FILE and names a file with the secret.",
    );
}
