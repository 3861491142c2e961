//! Scopes, from what each provider documents.

use super::topic::{Machine, Topic};
use crate::output::Page;
use crate::provider;

pub(super) const TOPIC: Topic = Topic {
    name: "scopes",
    about: "What each scope gives access to, and how to get one",
    describe,
};

fn describe(page: &mut Page, _: &Machine<'_>) {
    page.paragraph(
        "A scope gives access to part of your data. You grant scopes when you sign in. A command that needs a scope that your \
         session lacks stops and prints the `login` command that adds it.",
    );
    page.gap();
    page.command("eprospera scopes");
    page.command("eprospera login --add-scope person.tax.read");
    for provider in provider::ALL {
        page.gap();
        page.heading(format!("Scopes of {}", provider.title));
        for scope in provider.scopes {
            let is_default = provider
                .default_scopes
                .split_whitespace()
                .any(|name| name == scope.name);
            let mark = if is_default { " *" } else { "" };
            page.say(format!("  {}{mark}", scope.name));
            page.indented(&format!("  {}", scope.opens));
        }
    }
    page.gap();
    page.paragraph(
        "`eprospera login` requests the scopes marked with *, unless you use `--scope` or set `scopes` in the profile. \
         You can shorten a scope to the part after its last colon: `person.tax.read`.",
    );
}
