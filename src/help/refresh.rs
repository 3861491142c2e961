//! How a session stays valid.

use super::topic::{Machine, Topic};
use crate::output::Page;

pub(super) const TOPIC: Topic = Topic {
    name: "refresh",
    about: "How your session stays valid, and what can end it",
    describe,
};

const SENTENCES: &[&str] = &[
    "Signing in gives you two tokens: an access token that gives access to your data for about an hour, and a refresh token that \
     gets new tokens. Every command that needs a token refreshes it shortly before it expires. You do not have to do \
     anything.",
    "The portal replaces the refresh token at every refresh. If an old one is ever used again, it ends the \
     whole session. So only one process at a time refreshes, the others wait for its result, and the new token is saved \
     before anything else happens.",
    "If a refresh is cut off, for example by a power failure, this program cannot know whether the portal replaced the token. \
     It uses the access token as long as it is valid, then tries the refresh token once. `eprospera status` shows this as an \
     unknown outcome.",
];

const ENDS: &[&str] = &[
    "You sign out, here or on the portal.",
    "The session is not used for so long that its refresh token expires. `eprospera status` shows when.",
    "A copy of the session is used elsewhere. To move a session to another machine, use `eprospera session export`, which signs \
     out here. For several machines, sign in on each of them, or share a store (`eprospera help stores`).",
];

const COMMANDS: &[&str] = &[
    "`eprospera refresh` refreshes now.",
    "`eprospera token --min-ttl 30m` prints a token that is valid for at least 30 minutes.",
    "`eprospera status --check` asks the provider whether the session still works.",
];

fn describe(page: &mut Page, _: &Machine<'_>) {
    for sentence in SENTENCES {
        page.paragraph(sentence);
        page.gap();
    }
    page.heading("What ends a session");
    for end in ENDS {
        page.item(end);
    }
    page.gap();
    page.paragraph("Server errors, timeouts, a broken network or a wrong clock do not end it.");
    page.gap();
    page.heading("Commands");
    for command in COMMANDS {
        page.item(command);
    }
}
