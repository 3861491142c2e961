//! `sandbox --data`: people of one's own.

use serde_json::{Deserializer, Value};
use url::Url;

use crate::sandbox::switches::inside;
use crate::world::{SHELL, World};

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/sandbox/people.toml");

#[test]
fn the_first_person_of_the_file_signs_in_and_has_what_the_file_says() {
    let script = "eprospera --quiet login --scopes-all --no-browser >&2 \
                  && eprospera --json whoami \
                  && eprospera --json me natural-person \
                  && eprospera --json me id-verification \
                  && eprospera --json me legal-entities \
                  && eprospera --json me tax filings";
    let run = inside(&["--data", EXAMPLE], script).run.succeeds();
    let bodies: Result<Vec<Value>, _> = Deserializer::from_str(&run.stdout).into_iter().collect();
    let [whoami, person, pictures, entities, filings] = &bodies.unwrap()[..] else {
        panic!("{}", run.stdout);
    };
    assert_eq!(whoami["email"], "ines@mail.example");
    assert_eq!(person["residentPermitNumber"], "90000000004711");
    assert_eq!(person["dateOfBirth"], "1988-11-02");
    let face = pictures["documents"]["face"].as_str().unwrap();
    let path = Url::parse(face).unwrap().path().to_owned();
    assert!(face.starts_with("http://127.0.0.1:") && path.ends_with("/selfie.jpg"));
    assert_eq!(entities["data"][0]["name"], "Mango Harbor");
    assert_eq!(filings["data"][0]["taxLiability"], "937.50");
}

#[test]
fn whoever_is_in_the_file_can_be_chosen_and_so_can_the_others() {
    let script = "eprospera --quiet login --no-browser >&2 && eprospera --json whoami";
    for (id, name) in [("kofi", "Kofi Lindqvist"), ("former", "Jürgen Brandvold")] {
        let approve = format!("--auto-approve={id}");
        let flags = ["--data", EXAMPLE, &approve];
        let run = inside(&flags, script).run.succeeds();
        assert_eq!(run.json()["name"], name);
    }
}

#[test]
fn people_of_the_file_are_introduced_first() {
    let world = World::new();
    let flags = ["sandbox", "--port", "0", "--data", EXAMPLE];
    let mut sandbox = world.spawn(world.command(&flags));
    let said: Value = serde_json::from_str(&sandbox.line_of_stdout()).unwrap();
    let personas = said["personas"].as_array().unwrap().iter();
    let ids: Vec<_> = personas.map(|persona| persona["id"].clone()).collect();
    assert_eq!(ids[..3], ["ines", "kofi", "resident"]);
    drop(sandbox.stop());
}

#[test]
fn a_file_that_is_not_understood_is_a_usage_error_with_its_place() {
    let world = World::new();
    let file = world.write(
        "people.toml",
        "[[personas]]\nid = \"ines\"\nname = \"Inés\"\n\n[personas.residency]\nwasEverResident = 1\n",
    );
    let file = file.display().to_string();
    let place = format!("{file}:6:19: `wasEverResident` must be `true` or `false`, not `1`");
    world
        .run(&["sandbox", "--port", "0", "--data", &file])
        .exits(2)
        .because(&place)
        .hinting("examples/sandbox/people.toml");
    world
        .run(&[
            "sandbox",
            "exec",
            "--data",
            "/nonexistent/people",
            "--",
            "true",
        ])
        .exits(2)
        .because("cannot read the people in /nonexistent/people");
}

#[test]
fn a_file_that_begins_with_a_byte_order_mark_is_read_and_one_without_end_is_not() {
    let world = World::new();
    let marked = "\u{feff}{\"personas\": [{\"id\": \"ines\", \"name\": \"Inés\"}]}";
    let file = world.write("people.json", marked).display().to_string();
    let exec = |file: &str| {
        let flags = ["sandbox", "exec", "--data", file, "--"];
        world.run(&[&flags[..], &[SHELL[0], SHELL[1], "exit 0"]].concat())
    };
    exec(&file).succeeds();
    // Windows has no file without an end.
    if cfg!(unix) {
        exec("/dev/zero")
            .exits(2)
            .because("cannot read the people in /dev/zero: it is larger than 64 MiB");
    }
}
