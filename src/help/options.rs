//! The options of every command, from the definitions of the command line.

use super::topic::{Machine, Topic};
use crate::cli::global_options;
use crate::output::Page;

pub(super) const TOPIC: Topic = Topic {
    name: "options",
    about: "The options that every command takes",
    describe,
};

fn describe(page: &mut Page, _: &Machine<'_>) {
    page.paragraph(
        "Every command takes these options, before or after its name. Options override environment variables, variables override the profile, and the profile overrides what the last sign-in used. `eprospera status` shows \
         where each value comes from.",
    );
    for option in global_options() {
        page.gap();
        page.heading(&option.spelling);
        for paragraph in option.paragraphs {
            page.indented(&paragraph);
        }
    }
}
