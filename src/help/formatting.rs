//! Output formats, and how to get a part of an answer.

use clap::ValueEnum as _;

use super::topic::{Machine, Topic};
use crate::output::{Format, Page};

pub(super) const TOPIC: Topic = Topic {
    name: "formatting",
    about: "Tables, JSON, and selecting parts of a response",
    describe,
};

const EXAMPLES: &[(&str, &str)] = &[
    (
        "Print one value without quotes:",
        "eprospera whoami --jq .email",
    ),
    (
        "Print tab-separated values:",
        "eprospera profile list --jq '.[] | [.name, .issuer] | @tsv'",
    ),
    (
        "Pick the columns of a table:",
        "eprospera me tax filings --output table --fields id,type,taxLiability",
    ),
];

fn describe(page: &mut Page, _: &Machine<'_>) {
    page.paragraph(
        "What you asked for goes to stdout. Progress, notes, warnings and errors go to stderr. Choose the format with \
         `--output` or EPROSPERA_OUTPUT:",
    );
    for format in Format::value_variants() {
        let Some(value) = format.to_possible_value() else {
            continue;
        };
        let help = value
            .get_help()
            .map(ToString::to_string)
            .unwrap_or_default();
        page.item(&format!("`{}`: {help}.", value.get_name()));
    }
    page.gap();
    page.paragraph(
        "The JSON of `whoami`, `me`, `api` and `introspect` is the response of the portal, unchanged.",
    );
    page.gap();
    page.paragraph(
        "`--jq EXPR` filters the JSON with a jq expression. You don't need to have jq installed. Strings are printed without quotes, \
         everything else as JSON on one line.",
    );
    page.gap();
    page.paragraph(
        "`--fields a,b.c` keeps only these fields, in this order, of an object or of each item of a list. If the response \
         wraps its content in `data`, field names refer to that content. With both, the expression sees only the \
         selected fields.",
    );
    for (title, command) in EXAMPLES {
        page.gap();
        page.paragraph(title);
        page.command(command);
    }
    page.gap();
    page.paragraph(
        "`--color never` or NO_COLOR turns off colours; `--color always` keeps them in a pipe.",
    );
}
