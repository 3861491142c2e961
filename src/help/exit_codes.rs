//! Exit codes, from the kinds of errors.

use super::topic::{Machine, Topic};
use crate::error::Kind;
use crate::output::Page;

pub(super) const TOPIC: Topic = Topic {
    name: "exit-codes",
    about: "What each exit code means",
    describe,
};

fn describe(page: &mut Page, _: &Machine<'_>) {
    page.paragraph(
        "Every command ends with one of these exit codes. With `--json`, the error on stderr has the name of the \
         code as `error.code`.",
    );
    page.gap();
    let row = |(code, name, meaning): (u8, &str, &str)| {
        [code.to_string(), name.to_owned(), meaning.to_owned()]
    };
    let kinds = Kind::ALL.map(|kind| (kind.code(), kind.name(), kind.meaning()));
    let rows = [(0, "ok", "the command did what it was asked to do")];
    page.table(
        ["code", "name", "when"],
        rows.into_iter().chain(kinds).map(row),
    );
    page.gap();
    page.paragraph(
        "Run `eprospera explain NAME` to learn what causes an error and what to do about it.",
    );
    page.gap();
    page.paragraph(
        "`eprospera exec` and `eprospera sandbox exec` return the exit code of the command that they run, 127 if it \
         was not found, and 126 if it could not be run. The codes 0 to 9 are those of the official Node tool, so existing scripts keep working. Code 10 is not used.",
    );
}
