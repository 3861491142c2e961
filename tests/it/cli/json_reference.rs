//! The JSON of every command that answers by itself, in one reference: what scripts rely on neither
//! appears, goes nor changes unseen. The portal's own bodies are those of `me`.

use std::fmt::Write as _;

use crate::world::World;

const KEY: &str = "1111111111111111111111111111111111111111111111111111111111111111";
const OTHER_KEY: &str = "2222222222222222222222222222222222222222222222222222222222222222";

/// What differs from run to run, and what stands for it.
const MOVING: [(&str, &str); 11] = [
    (r"http://127\.0\.0\.1:\d+/callback", "[REDIRECT URI]"),
    (r"http://127\.0\.0\.1:\d+", "[ORIGIN]"),
    (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "[MOMENT]"),
    (
        r#""(at_hash|nonce|sid|jti|kid)": "[^"]+""#,
        r#""$1": "[TEXT]""#,
    ),
    (r#""(exp|iat|auth_time)": \d+"#, r#""$1": [SECONDS]"#),
    (r#""expires_in": \d+"#, r#""expires_in": [SECONDS]"#),
    (
        r"(state|nonce|code_challenge)=[A-Za-z0-9_-]{43}",
        "$1=[TEXT]",
    ),
    (r"redirect_uri=[^&]+", "redirect_uri=[REDIRECT URI]"),
    (r#"("id": "|--finish )[0-9a-f]{8}"#, "$1[ID]"),
    (r#""token": "[^"]+""#, r#""token": "[TOKEN]""#),
    (
        r#""[^"]*/(state|moved)([^"]*)-[0-9a-f]{32}"#,
        r#""[HOME]/$1$2-[ID]"#,
    ),
];

#[test]
fn the_json_of_local_commands_is_as_it_was_agreed() {
    let mut world = World::new();
    world.set("EPROSPERA_STORE_KEY", KEY);
    let mut reference = String::new();
    let mut add = |title: &str, stdout: &str| {
        writeln!(reference, "## {title}\n\n{stdout}").unwrap();
    };
    let run =
        |world: &World, arguments: &[&str], code: i32| world.run(arguments).exits(code).stdout;

    add("status (not signed in)", &run(&world, &["status"], 3));
    add("logout (not signed in)", &run(&world, &["logout"], 0));
    add("login", &world.login().succeeds().stdout);
    for arguments in [
        &["login", "--begin"][..],
        &["status", "--check"],
        &["token", "--format", "json"],
        &["refresh"],
        &["decode-id-token"],
        &["decode-id-token", "--no-verify"],
        &["profile", "list"],
        &["profile", "show", "sandbox"],
        &["session", "export", "moved.sealed"],
        &["session", "import", "moved.sealed"],
        &["logout"],
    ] {
        add(&arguments.join(" "), &run(&world, arguments, 0));
    }
    world.encrypt();
    world.set("EPROSPERA_STORE_KEY", KEY);
    world.set("EPROSPERA_NEW_STORE_KEY", OTHER_KEY);
    world.login().succeeds();
    add("session rekey", &run(&world, &["session", "rekey"], 0));
    world.set("EPROSPERA_STORE_KEY", OTHER_KEY);
    add("logout --all", &run(&world, &["logout", "--all"], 0));

    if cfg!(windows) {
        // Separators of paths and quotation marks are those of the system.
        reference = reference.replace(r"\\", "/").replace(r#"\""#, "'");
    }
    insta::with_settings!({ filters => MOVING.to_vec() }, {
        insta::assert_snapshot!(reference);
    });
}

#[test]
fn the_json_of_an_error_is_as_it_was_agreed() {
    let world = World::signed_in();
    let mut reference = String::new();
    for (title, fault, arguments, code) in [
        ("a refusal", "me:404", &["me", "natural-person"][..], 5),
        (
            "a refusal of a route that was named",
            "me:404",
            &["api", "/api/v1/me/residency"],
            5,
        ),
        ("a wrong flag", "me:404", &["status", "--colour"], 2),
        ("another origin", "me:404", &["api", "//evil.example"], 14),
    ] {
        world.sandbox().clear_faults();
        world.fault(fault);
        let output = world.run(arguments).exits(code);
        assert_eq!(output.stdout, "");
        writeln!(reference, "## {title}\n\n{}", output.stderr).unwrap();
    }
    insta::assert_snapshot!(reference);
}
