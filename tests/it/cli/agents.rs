//! What an agent is given to read: the skill, the page about agents, and the topic of the help.

use std::collections::BTreeSet;
use std::path::Path;

use eprospera::error::Kind;

use crate::world::World;

fn page(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The numbers in the first column of the tables of a page.
fn codes(page: &str) -> BTreeSet<u8> {
    let rows = page.lines().filter_map(|line| line.strip_prefix("| "));
    let first = rows.filter_map(|row| row.split('|').next());
    first
        .flat_map(|cell| cell.split(','))
        .filter_map(|code| code.trim().parse().ok())
        .collect()
}

#[test]
fn the_skill_has_at_most_40_lines_and_a_name_and_a_description() {
    let skill = page("docs/skill/SKILL.md");
    assert!(skill.lines().count() <= 40);
    let front_matter = skill.strip_prefix("---\n").unwrap();
    let (front_matter, _) = front_matter.split_once("\n---\n").unwrap();
    let keys: Vec<_> = front_matter
        .lines()
        .map(|line| line.split_once(": ").unwrap().0)
        .collect();
    assert_eq!(keys, ["name", "description"]);
}

#[test]
fn the_skill_and_the_page_about_agents_say_what_to_do_about_every_exit_code_and_no_other() {
    let mut all: BTreeSet<_> = Kind::ALL.iter().map(|kind| kind.code()).collect();
    all.insert(0);
    for path in ["docs/skill/SKILL.md", "docs/agents.md"] {
        assert_eq!(codes(&page(path)), all, "{path}");
    }
    let names = page("docs/agents.md");
    for kind in Kind::ALL {
        let row = format!("| {} | `{}` |", kind.code(), kind.name());
        assert!(names.contains(&row), "{row}");
    }
}

#[test]
fn help_agents_shows_the_skill() {
    let world = World::new();
    let shown = world.run(&["help", "agents"]).succeeds().stdout;
    let words = |text: &str| {
        let text = text.replace(['|', '\u{a0}'], " ");
        let words = text.split_whitespace().map(str::to_owned);
        words.collect::<Vec<_>>().join(" ")
    };
    let shown = words(&shown);
    let skill = page("docs/skill/SKILL.md");
    let (_, body) = skill.split_once("\n---\n\n").unwrap();
    for line in body.lines().filter(|line| !line.starts_with('|')) {
        let line = words(line.trim_start_matches(['#', '-', ' ']));
        assert!(shown.contains(&line), "{line}\n{shown}");
    }
    for kind in Kind::ALL {
        assert!(shown.contains(&kind.code().to_string()), "{kind:?}");
    }
    let topics = world.run(&["help"]).succeeds().stdout;
    assert!(
        topics
            .lines()
            .any(|line| line.trim_start().starts_with("agents "))
    );
}
