//! Every command of `me`, for each persona, as people see it. Scripts see the portal's own body,
//! which is compared in `me`.
//!
//! One snapshot for a persona: a transcript of all commands. What differs with each run stands in
//! brackets: signed links, cursors, the sandbox's address; so does what would fill pages.

use std::fmt::Write as _;

use crate::me::signed_in_as;
use crate::world::World;

/// An id that nobody has.
const UNKNOWN: &str = "00000000-0000-4000-8000-000000000000";

/// The commands, with the first ids of this persona where it has any.
fn commands(world: &World) -> Vec<Vec<String>> {
    let ids = |list: &[&str]| -> Vec<String> {
        let list = world.run(list).succeeds().json();
        let ids = list["data"].as_array().unwrap().iter();
        let mut ids: Vec<_> = ids
            .map(|one| one["id"].as_str().unwrap().to_owned())
            .collect();
        ids.truncate(3);
        ids.push(UNKNOWN.to_owned());
        ids
    };
    let mut commands: Vec<Vec<String>> = [
        "whoami",
        "me natural-person",
        "me residency",
        "me id-verification",
        "me documents",
        "me legal-entities",
        "me tax summary",
        "me tax summary --subject personal",
        "me tax filings",
        "me tax filings --subject personal --type income --year 2024",
        "me tax filings --limit 2",
        "me tax filings --limit 2 --paginate",
    ]
    .map(|words| words.split(' ').map(str::to_owned).collect())
    .to_vec();
    let command = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    for id in ids(&["me", "legal-entities"]) {
        commands.push(command(&["me", "legal-entities", &id]));
        commands.push(command(&["me", "legal-entities", &id, "documents"]));
    }
    for id in ids(&["me", "tax", "filings"]) {
        commands.push(command(&["me", "tax", "filing", &id]));
    }
    commands
}

fn transcript(world: &World) -> String {
    let mut transcript = String::new();
    for command in commands(world) {
        let words: Vec<_> = command.iter().map(String::as_str).collect();
        let run = world.run(&[&words, &["--output", "table"][..]].concat()).0;
        let words = command.join(" ");
        write!(
            transcript,
            "\n$ eprospera {words}\n{}{}",
            run.stdout, run.stderr
        )
        .unwrap();
        if run.code != 0 {
            writeln!(transcript, "? {}", run.code).unwrap();
        }
    }
    transcript
}

fn is_as_it_was(persona: &str) {
    let world = signed_in_as(persona);
    let transcript = transcript(&world);
    insta::with_settings!({
        filters => [
            (r#"http://127\.0\.0\.1:\d+/[^"\s]+"#, "[signed link]"),
            (r"http://127\.0\.0\.1:\d+", "[sandbox]"),
            (r"--cursor [A-Za-z0-9_-]+", "--cursor [cursor]"),
            // Of the hostile persona, whose names are very long.
            (r"(long[ -]){20,}", "[long] "),
            (r"x{80,}", "[x]"),
            (r" {80,}", " [blanks] "),
        ],
        omit_expression => true,
    }, {
        insta::assert_snapshot!(format!("{persona}_table"), transcript);
    });
}

#[test]
fn tables_of_the_resident_are_as_they_were_agreed() {
    is_as_it_was("resident");
}

#[test]
fn tables_of_the_e_resident_are_as_they_were_agreed() {
    is_as_it_was("e-resident");
}

#[test]
fn tables_of_the_person_without_a_profile_are_as_they_were_agreed() {
    is_as_it_was("no-profile");
}

#[test]
fn tables_of_the_former_resident_are_as_they_were_agreed() {
    is_as_it_was("former");
}

#[test]
fn tables_of_the_visitor_are_as_they_were_agreed() {
    is_as_it_was("visitor");
}

#[test]
fn tables_of_the_newcomer_are_as_they_were_agreed() {
    is_as_it_was("newcomer");
}

#[test]
fn tables_of_the_trader_are_as_they_were_agreed() {
    is_as_it_was("trader");
}

#[test]
fn tables_of_the_person_at_an_older_portal_are_as_they_were_agreed() {
    is_as_it_was("older");
}

#[test]
fn tables_of_the_person_at_a_newer_portal_are_as_they_were_agreed() {
    is_as_it_was("newer");
}

#[test]
fn tables_of_the_hostile_persona_are_as_they_were_agreed() {
    is_as_it_was("hostile");
}

#[test]
fn there_is_a_transcript_for_every_persona() {
    let personas = eprospera_sandbox::Persona::built_in();
    let mut ids: Vec<_> = personas.iter().map(|persona| persona.id.as_str()).collect();
    ids.sort_unstable();
    assert_eq!(
        ids,
        [
            "e-resident",
            "former",
            "hostile",
            "newcomer",
            "newer",
            "no-profile",
            "older",
            "resident",
            "trader",
            "visitor"
        ]
    );
}
