//! Failures that the sandbox makes on purpose, from its own table.

use eprospera_sandbox::{fault_actions, fault_endpoints};

use super::topic::{Machine, Topic};
use crate::output::Page;

pub(super) const TOPIC: Topic = Topic {
    name: "sandbox-faults",
    about: "The failures that `sandbox --fault` can simulate",
    describe,
};

fn describe(page: &mut Page, _: &Machine<'_>) {
    page.paragraph(
        "`eprospera sandbox --fault RULE` makes an endpoint fail. A rule is ENDPOINT:ACTION[=ARGUMENT][*COUNT]. \
         With a count, only that many requests fail; without one, all of them do. Repeat the option for several \
         rules.",
    );
    page.gap();
    page.heading("Examples");
    for rule in [
        "token:503*2",
        "token:drop-after-commit",
        "me:slow=5s",
        "id_token:bad-nonce",
    ] {
        page.command(&format!("eprospera sandbox --fault {rule}"));
    }
    page.gap();
    page.heading("Endpoints");
    page.indented(&format!(
        "{}.",
        fault_endpoints().collect::<Vec<_>>().join(", ")
    ));
    page.indented(
        "`me` covers every route below /api/v1/me, `tax` every tax route, and `any` every endpoint but ID tokens.",
    );
    for (title, actions) in fault_actions() {
        page.gap();
        page.heading(title);
        let rows = actions.iter().map(|action| {
            let argument = action.argument.map(|argument| format!("={argument}"));
            let name = format!("    {}{}", action.name, argument.unwrap_or_default());
            (name, Some(action.meaning.to_owned()))
        });
        page.fields(&rows.collect::<Vec<_>>());
    }
}
