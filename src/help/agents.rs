//! What an agent has to know: the skill of `docs/skill`, as it is.

use super::topic::{Machine, Topic};
use crate::output::Page;

pub(super) const TOPIC: Topic = Topic {
    name: "agents",
    about: "What an AI agent may do, and how it recovers from errors",
    describe,
};

const SKILL: &str = include_str!("../../docs/skill/SKILL.md");

/// Shows the Markdown that the skill uses: headings, paragraphs, lists, and one table.
fn describe(page: &mut Page, _: &Machine<'_>) {
    let mut rows = Vec::new();
    for line in body().lines() {
        if let Some(row) = line.strip_prefix("| ") {
            rows.push(cells(row));
        } else if let Some(heading) = line.strip_prefix("# ").or(line.strip_prefix("## ")) {
            page.heading(heading);
        } else if let Some(item) = line.strip_prefix("- ") {
            page.item(item);
        } else if line.is_empty() {
            page.gap();
        } else {
            page.paragraph(line);
        }
    }
    // The first two are the titles and the line below them.
    for [code, advice] in rows.into_iter().skip(2) {
        page.item(&format!("{code}: {advice}"));
    }
}

/// What follows the front matter.
fn body() -> &'static str {
    let text = SKILL.strip_prefix("---\n").unwrap_or(SKILL);
    text.split_once("\n---\n\n").map_or(text, |(_, body)| body)
}

fn cells(row: &str) -> [String; 2] {
    let (first, second) = row.split_once(" | ").unwrap_or((row, ""));
    [first.to_owned(), second.trim_end_matches(" |").to_owned()]
}
