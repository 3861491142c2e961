//! Formats, colours, streams: data on stdout, words on stderr.

use std::process::Stdio;

use serde_json::Value;

use crate::world::World;

#[test]
fn an_error_is_one_json_object_on_stderr_and_stdout_stays_empty() {
    let world = World::new();
    for (command, code, name) in [
        (&["token"][..], 3, "login_required"),
        (&["whoami"], 3, "login_required"),
        (&["token", "--format", "papyrus"], 2, "usage"),
        (&["bogus"], 2, "usage"),
        (&[], 2, "usage"),
        (&["profile", "show", "nobody"], 2, "usage"),
        (&["decode-id-token", "x"], 14, "untrusted"),
    ] {
        let output = world.run(command).exits(code);
        assert_eq!(output.stdout, "", "{command:?}");
        let error: Value = serde_json::from_str(&output.stderr).unwrap();
        assert_eq!(error["error"]["code"], name, "{command:?}");
        assert!(
            error["error"]["message"].is_string() && error["error"]["hint"].is_string(),
            "{error}"
        );
    }
}

#[test]
fn an_error_in_words_has_its_causes_and_its_hints() {
    let world = World::signed_in();
    world.sandbox().revoke_all();
    let output = world.run(&["refresh", "--output", "table"]).exits(3);
    // The sandbox says since when the session is over.
    insta::with_settings!({filters => vec![(r"revoked \S+ ago", "revoked [..] ago")]}, {
        insta::assert_snapshot!(output.stderr);
    });
    assert_eq!(output.stdout, "");
}

#[test]
fn colours_are_used_when_asked_for_and_never_when_piped() {
    let world = World::new();
    let colours = |variables: &[(&str, &str)], flags: &[&str]| {
        let arguments = [&["whoami", "--output", "table"], flags].concat();
        world
            .run_in(variables, &arguments)
            .exits(3)
            .stderr
            .contains('\u{1b}')
    };
    assert!(!colours(&[], &[]));
    assert!(!colours(&[("NO_COLOR", "1")], &[]));
    assert!(!colours(&[], &["--color", "never"]));
    assert!(colours(&[], &["--color", "always"]));
    assert!(colours(&[("NO_COLOR", "1")], &["--color", "always"]));
    world.run(&["whoami", "--color", "mauve"]).exits(2);
}

#[test]
fn the_format_can_be_chosen_by_flag_and_variable() {
    let world = World::signed_in();
    let is_json = |variables: &[(&str, &str)], flags: &[&str]| {
        let output = world
            .run_in(variables, &[&["whoami"], flags].concat())
            .succeeds();
        serde_json::from_str::<Value>(&output.stdout).is_ok()
    };
    assert!(is_json(&[], &[]));
    assert!(!is_json(&[], &["--output", "table"]));
    assert!(!is_json(&[("EPROSPERA_OUTPUT", "table")], &[]));
    assert!(is_json(&[("EPROSPERA_OUTPUT", "table")], &["--json"]));
    assert!(is_json(
        &[("EPROSPERA_OUTPUT", "table")],
        &["--output", "auto"]
    ));
    world
        .run_in(&[("EPROSPERA_OUTPUT", "papyrus")], &["whoami"])
        .exits(2);
    world
        .run(&["whoami", "--json", "--output", "table"])
        .exits(2);
}

#[test]
fn the_body_of_the_portal_is_passed_on_unchanged() {
    let world = World::signed_in();
    let token = world.access_token();
    for (command, path) in [
        (&["whoami"][..], "/api/oauth/userinfo"),
        (&["me", "natural-person"], "/api/v1/me/natural-person"),
    ] {
        let body = world.block_on(crate::browser::body(
            &format!("{}{path}", world.url()),
            &token,
        ));
        assert_eq!(world.run(command).succeeds().stdout, format!("{body}\n"));
    }
}

#[test]
fn a_person_without_a_profile_is_null() {
    let world = World::with(|options| options.auto_approve = Some("no-profile".to_owned()));
    world.login().succeeds();
    assert_eq!(
        world.run(&["me", "natural-person"]).succeeds().stdout,
        "null\n"
    );
    let table = world
        .run(&["me", "natural-person", "--output", "table"])
        .succeeds();
    assert!(!table.stdout.trim().is_empty());
}

#[test]
fn the_portals_answers_read_well_as_tables() {
    let world = World::signed_in();
    let whoami = world.run(&["whoami", "--output", "table"]).succeeds();
    for words in [
        "Amara Okafor-Lindström",
        "amara.okafor@mail.example (verified)",
        world.url(),
    ] {
        assert!(whoami.stdout.contains(words), "{}", whoami.stdout);
    }
    let person = world
        .run(&["me", "natural-person", "--output", "table"])
        .succeeds();
    insta::assert_snapshot!(person.stdout);
}

#[test]
fn a_reader_that_goes_away_ends_it_silently() {
    let world = World::signed_in();
    for arguments in [
        &["completions", "bash"][..],
        &["status"],
        &["me", "natural-person"],
        &["--help"],
        &["token"],
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = world.command(arguments);
        command.stdout(Stdio::from(writer));
        let output = world.finish(command).succeeds();
        assert_eq!(output.stderr, "", "{arguments:?}");
    }
}

#[test]
fn joiners_are_shown_between_letters_and_spelled_out_elsewhere() {
    // Marathi, Persian and an emoji of three parts; what follows them joins nothing.
    let name =
        "\u{915}\u{94d}\u{200d}\u{937} \u{645}\u{6cc}\u{200c}\u{62e} \u{1f469}\u{200d}\u{1f4bb}";
    let world = World::with(|options| {
        options.personas[0].name = format!("{name} x\u{200d} \u{200c}y");
    });
    world.login().succeeds();
    for format in ["table", "json"] {
        let output = world.run(&["whoami", "--output", format]).succeeds();
        assert!(output.stdout.contains(name), "{output:#?}");
        let spelled = output.stdout.contains("x\\u{200d} \\u{200c}y");
        assert_eq!(spelled, format == "table", "{output:#?}");
    }
}

#[test]
fn what_a_server_sends_cannot_steer_a_terminal() {
    let hostile = "Eve\u{1b}[31m\u{1b}]0;title\u{7}\u{9b}2J\u{202e}txt\r\nroot\u{200b}";
    let world = World::with(|options| {
        let resident = &mut options.personas[0];
        resident.name = hostile.to_owned();
        resident.given_name = Some(hostile.to_owned());
        resident.natural_person["givenName"] = hostile.into();
        resident.natural_person["name"] = hostile.into();
        resident.natural_person["address"]["line1"] = hostile.into();
    });
    let harmless = |text: &str| {
        let steers = |letter: char| {
            (letter.is_control() && letter != '\n') || matches!(letter, '\u{200b}' | '\u{202e}')
        };
        assert!(!text.contains(steers), "{text:?}");
    };
    let login = world.login_with(&["--output", "table"]).succeeds();
    harmless(&login.stdout);
    harmless(&login.stderr);
    for command in [
        &["whoami"][..],
        &["me", "natural-person"],
        &["status"],
        &["decode-id-token"],
    ] {
        let output = world
            .run(&[command, &["--output", "table"]].concat())
            .succeeds();
        harmless(&output.stdout);
        assert!(
            output.stdout.contains("\\u{1b}[31m"),
            "{command:?}: {}",
            output.stdout
        );
    }
}

#[test]
fn quiet_leaves_notes_out_and_verbose_adds_requests_without_their_queries() {
    let world = World::new();
    let quiet = world.login_with(&["-q"]).succeeds();
    assert!(!quiet.stderr.contains("Waiting"), "{}", quiet.stderr);
    let usual = world.run(&["whoami"]).succeeds();
    assert_eq!(usual.stderr, "");
    let verbose = world.run(&["whoami", "-v"]).succeeds();
    assert_eq!(verbose.stdout, usual.stdout);
    assert!(
        verbose.stderr.contains("/api/oauth/userinfo"),
        "{}",
        verbose.stderr
    );
    let by_variable = world
        .run_in(&[("EPROSPERA_LOG", "debug")], &["whoami"])
        .succeeds();
    assert!(by_variable.stderr.contains("/api/oauth/userinfo"));
    world.run(&["whoami", "-q", "-v"]).exits(2);
}
