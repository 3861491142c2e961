//! `--jq` and `--fields`: the part of an answer that a script wants.

use std::process::Stdio;

use crate::world::World;

fn printed(world: &World, arguments: &[&str]) -> String {
    let output = world.run(arguments).succeeds();
    assert_eq!(output.stderr, "", "{arguments:?}");
    output.stdout
}

#[test]
fn texts_are_printed_raw_and_everything_else_as_json_in_one_line() {
    let world = World::signed_in();
    for (expression, expected) in [
        (".email", "amara.okafor@mail.example\n"),
        (".email_verified", "true\n"),
        (
            "{email, sub: 1}",
            "{\"email\":\"amara.okafor@mail.example\",\"sub\":1}\n",
        ),
        ("[.email, null]", "[\"amara.okafor@mail.example\",null]\n"),
        (".email | split(\"@\")[]", "amara.okafor\nmail.example\n"),
        (
            "[.email, .email_verified] | @tsv",
            "amara.okafor@mail.example\ttrue\n",
        ),
        ("empty", ""),
        ("\"\"", "\n"),
    ] {
        assert_eq!(printed(&world, &["whoami", "--jq", expression]), expected);
    }
}

#[test]
fn every_command_that_answers_in_json_can_be_filtered() {
    let mut world = World::signed_in();
    for (arguments, expected) in [
        (&["status", "--jq", ".session.generation"][..], "1\n"),
        (
            &["me", "natural-person", "--jq", ".address.country"],
            "Honduras\n",
        ),
        (
            &["token", "--format", "json", "--jq", ".token | length > 20"],
            "true\n",
        ),
        (&["decode-id-token", "--jq", ".verified"], "true\n"),
        (&["refresh", "--jq", ".refresh_token_rotated"], "true\n"),
        (
            &["profile", "list", "--jq", "map(select(.current))[].name"],
            "default\n",
        ),
        (&["profile", "show", "--jq", ".name"], "default\n"),
        (&["logout", "--jq", ".deleted"], "true\n"),
    ] {
        assert_eq!(printed(&world, arguments), expected, "{arguments:?}");
    }
    let login = world.login_with(&["--jq", ".account.email"]).succeeds();
    assert_eq!(login.stdout, "amara.okafor@mail.example\n");
    // A format that is the usual one of this machine does not stand in the way.
    world.set("EPROSPERA_OUTPUT", "table");
    assert_eq!(
        printed(&world, &["status", "--jq", ".profile.value"]),
        "default\n"
    );
}

#[test]
fn an_expression_may_begin_with_a_sign_and_repeat_a_text_by_any_number() {
    let world = World::signed_in();
    let of_status = |filter: &str| printed(&world, &["status", "--jq", filter]);
    for (filter, printed) in [
        ("-1", "-1\n"),
        ("-(2)", "-2\n"),
        ("\"ab\" * 2", "abab\n"),
        ("\"ab\" * 2.5", "abab\n"),
        ("1e0 * \"ab\"", "ab\n"),
        ("\"ab\" * 0.1", "ab\n"),
        ("\"ab\" * -1", "null\n"),
    ] {
        assert_eq!(of_status(filter), printed, "{filter}");
    }
    for filter in ["\"x\" * 1e9", "1e12 * \"x\"", "\"x\" * 1000000000"] {
        let output = world.run(&["status", "--jq", filter]).exits(2);
        drop(output.because("too large"));
    }
}

#[test]
fn an_expression_that_cannot_be_understood_costs_no_request() {
    let world = World::signed_in();
    world.expire_access_token();
    for (expression, words) in [
        (".[", "closing bracket expected at character 3"),
        (".a | nope", "there is no filter `nope` at character 6"),
        ("env.HOME", "`env` is not offered"),
        ("$ENV", "`$ENV` is not offered"),
        ("input", "`input` is not offered"),
        ("halt", "`halt` is not offered"),
        ("include \"x\"; .", "cannot load files"),
    ] {
        let output = world.run(&["whoami", "--jq", expression]).exits(2);
        assert_eq!(output.stdout, "");
        let output = output.because(words);
        assert_eq!(output.error()["code"], "usage");
    }
    assert!(world.events("userinfo").is_empty());
    assert_eq!(world.refreshes(), 0);
}

#[test]
fn a_filter_that_fails_keeps_what_it_has_printed_and_exits_1() {
    let world = World::signed_in();
    let output = world
        .run(&["whoami", "--jq", ".email, .email.nowhere, .sub"])
        .exits(1)
        .because("cannot index");
    assert_eq!(output.stdout, "amara.okafor@mail.example\n");
    assert_eq!(output.error()["code"], "failure");
    world
        .run(&["whoami", "--jq", "error(\"as I wish\")"])
        .exits(1)
        .because("as I wish");
}

#[test]
fn big_numbers_and_the_order_of_members_survive() {
    let world = World::with(|options| {
        options.personas[0].natural_person["z"] = serde_json::from_str("1e3").unwrap();
        options.personas[0].natural_person["n"] = u64::MAX.into();
    });
    world.login().succeeds();
    let person = ["me", "natural-person", "--jq"];
    let filtered = |filter| printed(&world, &[&person[..], &[filter]].concat());
    assert_eq!(filtered(".n"), "18446744073709551615\n");
    assert_eq!(filtered(".residentPermitNumber | length"), "14\n");
    let whole = world.run(&["me", "natural-person"]).succeeds();
    let keys = |text: &str| -> Vec<String> {
        let parts = text.split("\":").filter_map(|part| part.rsplit('"').next());
        parts.map(str::to_owned).collect()
    };
    assert_eq!(keys(&filtered(".")), keys(&whole.stdout));
}

#[test]
fn a_reader_that_goes_away_ends_an_endless_filter_silently() {
    let world = World::signed_in();
    for arguments in [
        ["status", "--jq", "repeat(1)"],
        ["whoami", "--jq", "repeat(.email)"],
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        let mut command = world.command(&arguments);
        command.stdout(Stdio::from(writer));
        let running = world.spawn(command);
        let mut reader = std::io::BufReader::new(reader);
        let mut row = String::new();
        std::io::BufRead::read_line(&mut reader, &mut row).unwrap();
        drop(reader);
        let output = running.end().succeeds();
        assert_eq!(output.stderr, "", "{arguments:?}");
        assert!(["1\n", "amara.okafor@mail.example\n"].contains(&row.as_str()));
    }
}

#[test]
fn ctrl_c_ends_an_endless_filter_whether_or_not_there_was_a_request() {
    use std::io::BufRead as _;

    let world = World::signed_in();
    for (arguments, code) in [
        // Nobody listens for signals here: the system ends it.
        (["status", "--jq", "1, last(repeat(1))"], 130),
        (["whoami", "--jq", "1, last(repeat(1))"], 130),
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        let mut command = world.command(&arguments);
        command.stdout(Stdio::from(writer));
        let running = world.spawn(command);
        let mut row = String::new();
        std::io::BufReader::new(reader).read_line(&mut row).unwrap();
        running.interrupt();
        drop(running.end().exits(code));
    }
}

#[test]
fn commands_without_json_refuse_to_be_filtered_before_they_do_anything() {
    let mut world = World::signed_in();
    world.encrypt();
    for arguments in [
        &["token"][..],
        &["token", "--format", "env"],
        &["completions", "bash"],
        &["demo"],
        &["sandbox"],
        &["session", "export"],
        &["session", "export", "-"],
        &["profile", "set", "store", "keyring"],
    ] {
        for part in [["--jq", "."], ["--fields", "a"]] {
            let output = world.run(&[&part, arguments].concat()).exits(2);
            assert_eq!(output.stdout, "", "{arguments:?}");
            drop(output.because("does not print JSON"));
        }
    }
    let exec = ["exec", "--jq", ".", "--", "true"];
    world.run(&exec).exits(2).because("does not print JSON");
    world
        .run(&["whoami", "--jq", ".", "--output", "table"])
        .exits(2)
        .because("a table was requested");
    assert!(!world.path("config/config.toml").exists());
}

#[test]
fn fields_are_picked_from_json_in_the_order_that_was_asked_for() {
    let world = World::signed_in();
    let picked = printed(&world, &["whoami", "--fields", "email_verified,email"]);
    assert_eq!(
        picked,
        "{\n  \"email_verified\": true,\n  \"email\": \"amara.okafor@mail.example\"\n}\n"
    );
    let nested = ["me", "natural-person", "--fields", "address.country,name"];
    assert_eq!(
        printed(&world, &nested),
        "{\n  \"address\": {\n    \"country\": \"Honduras\"\n  },\n  \"name\": \"Amara Okafor-Lindström\"\n}\n"
    );
    let both = [
        "whoami",
        "--fields",
        "email,sub",
        "--jq",
        "keys_unsorted | join(\",\")",
    ];
    assert_eq!(printed(&world, &both), "email,sub\n");
}

#[test]
fn fields_are_the_rows_of_a_card_and_the_columns_of_a_table() {
    let world = World::with(|options| options.personas[0].picture = None);
    world.login().succeeds();
    let table = |arguments: &[&str]| printed(&world, &[arguments, &["--output", "table"]].concat());
    assert_eq!(
        table(&["whoami", "--fields", "email,picture"]),
        "email    amara.okafor@mail.example\npicture  —\n"
    );
    let profiles = table(&["profile", "list", "--fields", "name,current"]);
    let rows: Vec<Vec<_>> = profiles
        .lines()
        .map(|row| row.split_whitespace().collect())
        .collect();
    assert_eq!(rows[..2], [["NAME", "CURRENT"], ["default", "true"]]);
    assert!(rows.contains(&vec!["sandbox", "false"]), "{profiles}");
}

#[test]
fn a_field_that_is_not_there_is_a_usage_error_that_lists_those_that_are() {
    let world = World::signed_in();
    world
        .run(&["whoami", "--fields", "emial"])
        .exits(2)
        .because("no field `emial`")
        .hinting("email, email_verified");
    world
        .run(&["me", "natural-person", "--fields", "address.town"])
        .exits(2)
        .because("no field `address.town`")
        .hinting("address.city, address.country");
    for nothing in ["", ",", "a,,b", "a..b"] {
        world
            .run(&["whoami", "--fields", nothing])
            .exits(2)
            .because("name,address.city");
    }
    assert_eq!(world.events("userinfo").len(), 1);
}

#[test]
fn of_nothing_there_is_no_part() {
    let world = World::with(|options| options.auto_approve = Some("no-profile".to_owned()));
    world.login().succeeds();
    let person = ["me", "natural-person", "--fields", "name"];
    assert_eq!(printed(&world, &person), "null\n");
    let words = printed(&world, &[&person[..], &["--output", "table"]].concat());
    assert!(words.contains("have not filled in"), "{words}");
}
