//! What a server writes cannot steer a terminal: every command that shows a server's text
//! is given one that tries, in each field; the same text reaches scripts as it was sent.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::impostor::{
    ACCESS, DEVICE, DISCOVERY, Impostor, TOKEN, USERINFO, json_answer, raw, sign_in, typed, user_of,
};
use crate::me::{ALL_SCOPES, ENTITY, FILING};
use crate::run::{Output, Run};
use crate::sign_in::Login;
use crate::world::World;

/// Each kind of text that moves the cursor, recolours, rings, renames the window, links, reorders
/// or hides.
const KINDS: [(&str, &str); 14] = [
    ("a colour", "\u{1b}[31m"),
    ("an erased screen", "\u{1b}[2J\u{1b}[H"),
    ("a title", "\u{1b}]0;x\u{7}"),
    (
        "a link",
        "\u{1b}]8;;https://evil.example\u{1b}\\x\u{1b}]8;;\u{1b}\\",
    ),
    ("a clipboard", "\u{1b}]52;c;eA==\u{7}"),
    (
        "a question to the terminal",
        "\u{1b}[6n\u{1b}P$q\"p\u{1b}\\",
    ),
    ("one of C1", "\u{9b}31m\u{9d}0;x\u{9c}"),
    ("the rest of C1", "\u{80}\u{85}\u{90}\u{9f}"),
    ("the rest of C0", "\u{0}\u{8}\u{b}\u{c}\u{e}\u{7f}"),
    ("a carriage return", "x\rroot"),
    (
        "a turn to the left",
        "\u{202e}txt.exe\u{202d}\u{2066}\u{2069}\u{61c}",
    ),
    ("nothing to be seen", "\u{200b}\u{200d}\u{2060}\u{feff}"),
    ("tags", "\u{e0001}\u{e0041}\u{fff9}"),
    ("breaks of lines", "\u{2028}\u{2029}"),
];

fn hostile() -> String {
    KINDS
        .iter()
        .fold(String::from("Eve"), |mut all, (_, text)| {
            // Writing to a String cannot fail.
            let _ = write!(all, "{text}|");
            all
        })
}

/// Whether a character can do more than be seen.
fn steers(letter: char) -> bool {
    (letter.is_control() && letter != '\n')
        || matches!(letter, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

fn harmless(what: &str, output: &Output) {
    for text in [&output.stdout, &output.stderr] {
        let found: Vec<_> = text.chars().filter(|letter| steers(*letter)).collect();
        assert!(found.is_empty(), "{what}: {found:?} in {text:?}");
        assert!(!text.contains("panicked"), "{what}: {text}");
    }
}

/// The same document, with the hostile text at the end of every string but the names of objects.
fn spoiled(value: &Value, text: &str) -> Value {
    match value {
        Value::String(string) => Value::String(format!("{string}{text}")),
        Value::Array(list) => list.iter().map(|one| spoiled(one, text)).collect(),
        Value::Object(object) => object
            .iter()
            .map(|(name, one)| (name.clone(), spoiled(one, text)))
            .collect(),
        other => other.clone(),
    }
}

/// Every command that shows what the portal says, and its route.
const SHOWN: [(&[&str], &str); 11] = [
    (&["whoami"], USERINFO),
    (&["me", "natural-person"], "/api/v1/me/natural-person"),
    (&["me", "residency"], "/api/v1/me/natural-person/residency"),
    (
        &["me", "id-verification"],
        "/api/v1/me/natural-person/id-verification",
    ),
    (&["me", "documents"], "/api/v1/me/natural-person/documents"),
    (&["me", "legal-entities"], "/api/v1/me/legal-entities"),
    (
        &["me", "legal-entities", ENTITY],
        "/api/v1/me/legal-entities/3b0f7a52-91c4-4d7e-a6b5-0c2d8e4f1a63",
    ),
    (
        &["me", "legal-entities", ENTITY, "documents"],
        "/api/v1/me/legal-entities/3b0f7a52-91c4-4d7e-a6b5-0c2d8e4f1a63/documents",
    ),
    (&["me", "tax", "summary"], "/api/v1/me/tax/summary"),
    (&["me", "tax", "filings"], "/api/v1/me/tax/filings"),
    (
        &["me", "tax", "filing", FILING],
        "/api/v1/me/tax/filings/6e5b0c17-d4a2-4938-b8f6-15a90e7c3d42",
    ),
];

/// What an honest portal says on each route.
fn honest() -> (World, Vec<Value>) {
    let world = World::new();
    world.login_with(&["--scope", ALL_SCOPES]).succeeds();
    let bodies = SHOWN
        .iter()
        .map(|(command, _)| world.run(command).succeeds().json());
    let bodies = bodies.collect();
    (world, bodies)
}

/// Runs with a credential that was given, at the impostor.
fn ask(world: &World, portal: &Impostor, command: &[&str], flags: &[&str]) -> Run {
    let variables = [
        ("EPROSPERA_ISSUER", portal.url.as_str()),
        ("EPROSPERA_TOKEN", ACCESS),
        ("EPROSPERA_RETRIES", "0"),
    ];
    world.run_in(&variables, &[command, flags].concat())
}

#[test]
fn no_field_of_an_answer_steers_a_terminal_and_scripts_get_it_as_it_was_sent() {
    let (world, bodies) = honest();
    let portal = Impostor::new();
    for ((command, path), body) in SHOWN.iter().zip(&bodies) {
        let body = spoiled(body, &hostile());
        portal.put(path, json_answer(200, &body.to_string()));
        let what = command.join(" ");
        let table = ask(&world, &portal, command, &["--output", "table"]).0;
        harmless(&what, &table);
        assert_eq!(table.code, 0, "{what}: {table:#?}");
        assert!(
            table.stdout.contains("\\u{1b}[31m"),
            "{what}: {}",
            table.stdout
        );
        let json = ask(&world, &portal, command, &["--json"]).succeeds();
        assert_eq!(json.json(), body, "{what}");
        let raw = ask(&world, &portal, &["api", path], &[]).succeeds();
        assert_eq!(raw.json(), body, "{what}");
    }
}

#[test]
fn names_of_fields_and_texts_of_refusals_steer_nothing_either() {
    let world = World::new();
    let portal = Impostor::new();
    let text = hostile();
    let bodies = [
        json!({ "error": text }),
        json!({ "error": "x", "error_description": text }),
        json!({ "error": "x", "errorDescription": text }),
        json!({ "error": { "code": text, "message": text } }),
        json!({ "error": "x", "code": text, "message": text }),
        json!({ "error": "x", "details": [text, { text.clone(): text }] }),
        json!({ "error": format!("missing_scopes: {text}") }),
        json!({ text.clone(): text }),
        json!(text),
    ];
    let mut cases = 0;
    for body in &bodies {
        for status in [200, 302, 401, 403, 500] {
            for (command, path) in [SHOWN[0], SHOWN[1], SHOWN[6], (&["api", "/api/x"], "/api/x")] {
                portal.put(path, json_answer(status, &body.to_string()));
                let what = format!("{command:?} {status} {body}");
                for flags in [&["--output", "table", "-vv"][..], &["--json"]] {
                    let mut output = ask(&world, &portal, command, flags).0;
                    if command[0] == "api" || flags[0] == "--json" {
                        // What scripts get is passed on as it was sent.
                        output.stdout.clear();
                    }
                    harmless(&what, &output);
                    cases += 1;
                }
            }
        }
    }
    assert_eq!(cases, 360);
}

#[test]
fn headers_of_an_answer_steer_nothing() {
    let world = World::new();
    let portal = Impostor::new();
    for header in [
        "Content-Type: text/\u{9b}31m",
        "Content-Type: text/html\u{202e}",
        "Location: http://x.example/\u{9b}2J",
        "Retry-After: \u{9b}2J",
        "Date: \u{9b}2J",
        "WWW-Authenticate: Bearer error=\"\u{9b}2J\", error_description=\"\u{202e}\"",
        "X-Request-Id: \u{9b}2J\u{202e}",
    ] {
        for status in [200, 302, 401, 429] {
            for path in [USERINFO, "/api/x", DISCOVERY] {
                portal.behave();
                let head = format!("HTTP/1.1 {status} \u{9b}2J\u{202e}\r\n{header}\r\n");
                portal.put(path, raw(&format!("{head}Connection: close\r\n\r\n{{}}")));
                for command in [&["whoami"][..], &["api", "/api/x"]] {
                    let flags = ["--output", "table", "-vv"];
                    let output = ask(&world, &portal, command, &flags).0;
                    harmless(&format!("{command:?} {status} {header}"), &output);
                }
            }
        }
    }
}

#[test]
fn a_sign_in_shows_no_text_that_steers() {
    let issuer = Impostor::new();
    let world = user_of(&issuer);
    let table = ["--output", "table", "-vv"];
    let text = hostile();
    for claim in [
        "name",
        "email",
        "given_name",
        "preferred_username",
        "picture",
    ] {
        let output = sign_in(&world, &issuer, &table, |nonce| {
            let (header, mut claims) = issuer.honest(nonce);
            claims[claim] = json!(text);
            let id_token = issuer.key.sign(&header.to_string(), &claims.to_string());
            let mut tokens = Impostor::tokens(&id_token);
            tokens["scope"] = json!(format!("openid {text}"));
            issuer.put(TOKEN, json_answer(200, &tokens.to_string()));
        });
        assert_eq!(output.code, 0, "{claim}: {output:#?}");
        harmless(claim, &output);
        for command in [
            &["status"][..],
            &["status", "--check"],
            &["decode-id-token"],
            &["refresh"],
            &["profile", "show"],
            &["session", "list"],
        ] {
            let output = world.run(&[command, &table].concat()).0;
            harmless(&format!("{claim} {command:?}"), &output);
        }
        // For scripts it is the same text, spelled out where it must be.
        let status = world.run(&["status", "--json"]).0;
        harmless("status", &status);
        if claim == "name" {
            let shown = status.json().to_string();
            let expected = json!(text).to_string();
            assert!(shown.contains(expected.trim_matches('"')), "{shown}");
        }
    }
}

#[test]
fn refusals_of_a_sign_in_steer_neither_the_terminal_nor_the_page() {
    let issuer = Impostor::new();
    let world = user_of(&issuer);
    let text = hostile();
    let bodies = [
        json!({ "error": text, "error_description": text }),
        json!({ "error": "invalid_grant", "error_description": text, "error_uri": text }),
    ];
    for path in [DISCOVERY, TOKEN, crate::impostor::JWKS] {
        for body in &bodies {
            for status in [200, 400, 500] {
                issuer.behave();
                let output = sign_in(&world, &issuer, &["--output", "table", "-vv"], |nonce| {
                    issuer.grant(nonce);
                    issuer.put(path, json_answer(status, &body.to_string()));
                });
                harmless(&format!("{path} {status} {body}"), &output);
            }
            issuer.put(path, json_answer(400, &body.to_string()));
            let output = sign_in(&world, &issuer, &["--output", "table"], |_| {});
            assert_ne!(output.code, 0, "{path}");
            harmless(path, &output);
        }
    }
    issuer.behave();
    // The provider's denial arrives in the callback.
    for output in ["table", "json"] {
        let flags = ["login", "--no-browser", "-vv", "--output", output];
        let mut login = Login::of(world.spawn(world.command(&flags)), &issuer.url);
        let uri = login.parameter("redirect_uri").unwrap();
        let state = login.parameter("state").unwrap();
        let back = [
            ("error", "access_denied"),
            ("error_description", &text),
            ("error_uri", &text),
            ("state", &state),
        ];
        let page = login.page(&url::Url::parse_with_params(&uri, &back).unwrap());
        assert!(!page.text.replace('\n', "").contains(steers), "{page:#?}");
        let output = login.end().exits(4);
        harmless("a denial", &output);
    }
}

#[test]
fn a_device_code_that_steers_is_no_code() {
    let issuer = Impostor::new();
    let world = user_of(&issuer);
    let honest = json!({
        "device_code": "d", "user_code": "ABCD-EFGH", "expires_in": 60, "interval": 5,
        "verification_uri": format!("{}/device", issuer.url),
    });
    let text = hostile();
    for (field, value) in [
        ("user_code", json!(text)),
        ("user_code", json!("AB\u{1b}[2JCD")),
        ("user_code", json!("AB\u{202e}CD")),
        ("user_code", json!("AB\u{200b}CD")),
        ("user_code", json!("ABCD\nEFGH")),
        ("user_code", json!(7)),
        ("device_code", json!("d\u{1b}")),
        ("verification_uri", json!("javascript:alert(1)")),
        ("verification_uri", json!("http://evil.example/")),
        ("verification_uri", json!(text)),
        ("verification_uri", json!(null)),
        ("expires_in", json!(text)),
        ("error", json!(text)),
    ] {
        let mut document = honest.clone();
        document[field] = value.clone();
        let status = if field == "error" { 400 } else { 200 };
        issuer.put(DEVICE, json_answer(status, &document.to_string()));
        let flags = ["login", "--device", "--output", "table", "-vv"];
        let output = world.run(&flags).0;
        assert_ne!(output.code, 0, "{field} {value}: {output:#?}");
        assert!(
            !output.stderr.contains("Ctrl-C"),
            "{field} {value}: {output:#?}"
        );
        harmless(&format!("{field} {value}"), &output);
        assert!(issuer.asked(TOKEN).is_empty());
    }
    issuer.put(DEVICE, typed(200, "text/html", hostile().as_bytes()));
    let output = world
        .run(&["login", "--device", "--output", "table"])
        .exits(1);
    harmless("a page", &output);
}

#[test]
#[cfg(any(target_os = "linux", windows))]
fn json_on_a_terminal_is_the_same_document_with_such_characters_spelled_out() {
    let (world, bodies) = honest();
    let portal = Impostor::new();
    let mut world = world;
    world.set("EPROSPERA_ISSUER", &portal.url);
    world.set("EPROSPERA_TOKEN", ACCESS);
    let pairs = SHOWN.iter().zip(&bodies);
    for ((command, path), body) in pairs.take(2) {
        let body = spoiled(body, &hostile());
        portal.put(path, json_answer(200, &body.to_string()));
        for command in [
            &[command, &["--json"][..]].concat(),
            &["api", path].to_vec(),
        ] {
            let flags = [command, &["--color", "never"][..]].concat();
            let mut output = world.at_terminal(200, &flags).end().succeeds();
            output.stdout = crate::terminal::lines_of(&output.stdout);
            harmless(&format!("{command:?}"), &output);
            assert_eq!(output.json(), body, "{command:?}");
        }
    }
}

#[test]
#[cfg(any(target_os = "linux", windows))]
fn a_text_on_a_terminal_and_the_headers_above_it_are_harmless() {
    let portal = Impostor::new();
    let mut world = World::new();
    world.set("EPROSPERA_ISSUER", &portal.url);
    world.set("EPROSPERA_TOKEN", ACCESS);
    for kind in [
        "text/plain",
        "text/html; x=\u{9b}2J",
        "text/plain\u{9b}31m\u{202e}",
    ] {
        portal.put("/api/x", typed(200, kind, hostile().as_bytes()));
        for command in [&["api", "/api/x"][..], &["api", "/api/x", "-i"]] {
            let flags = [command, &["--color", "never"]].concat();
            let mut output = world.at_terminal(200, &flags).end().succeeds();
            output.stdout = crate::terminal::lines_of(&output.stdout);
            harmless(&format!("{command:?} {kind}"), &output);
            assert!(output.stdout.contains("\\u{1b}[31m"), "{output:#?}");
        }
    }
}
