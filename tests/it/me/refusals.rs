//! What a route does not take, and how the portal says no: scopes, kinds of credential, 404s, and
//! every error string that is documented (docs/portal.md, "Errors").

use serde_json::json;

use crate::me::{ALL_SCOPES, COMMANDS, ENTITY, FILING, signed_in_as};
use crate::run::Run;
use crate::scripted_portal::ScriptedPortal;
use crate::world::World;

const OPENID: &str = "openid profile email offline_access";

/// Asks a server that gives one answer to all, with a token that was given.
fn ask(portal: &ScriptedPortal, command: &[&str]) -> Run {
    let world = World::new();
    let url = portal.url();
    let variables = [
        ("EPROSPERA_ISSUER", url.as_str()),
        ("EPROSPERA_TOKEN", "at_canary"),
        ("EPROSPERA_RETRIES", "0"),
    ];
    world.run_in(&variables, command)
}

/// The command that a hint suggests, as words.
fn suggested(hint: &str) -> Vec<String> {
    let (_, command) = hint.split_once("`eprospera ").unwrap();
    let (command, _) = command.split_once('`').unwrap();
    command.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn a_scope_that_was_not_granted_is_told_before_any_request_with_the_login_that_grants_it() {
    for (command, scope) in COMMANDS {
        let world = World::new();
        world.login_with(&["--scope", OPENID]).succeeds();
        let output = world.run(command).exits(4).because(scope);
        assert!(world.events("me").is_empty(), "{command:?}");
        let hint = output.error()["hint"].as_str().unwrap().to_owned();
        let login = suggested(&hint);
        assert_eq!(login[..2], ["login", "--add-scope"], "{hint}");
        assert!(scope.ends_with(&login[2]), "{hint}");

        let flags: Vec<_> = login[1..].iter().map(String::as_str).collect();
        world.login_with(&flags).succeeds();
        world.run(command).succeeds();
    }
}

#[test]
fn the_suggested_login_names_the_profile_in_use() {
    let world = World::new();
    world
        .login_with(&["--profile", "work", "--scope", OPENID])
        .succeeds();
    let output = world
        .run(&["me", "residency", "--profile", "work"])
        .exits(4);
    output.hinting("`eprospera --profile work login --add-scope person.residency.read`");
}

#[test]
fn either_tax_scope_opens_the_tax_routes() {
    for scope in ["eprospera:person.tax.read", "eprospera:entity.tax.read"] {
        let world = World::new();
        let scopes = format!("{OPENID} {scope}");
        world.login_with(&["--scope", &scopes]).succeeds();
        world.run(&["me", "tax", "summary"]).succeeds();
        world.run(&["me", "tax", "filings"]).succeeds();
    }
    let world = World::new();
    world.login_with(&["--scope", OPENID]).succeeds();
    let output = world.run(&["me", "tax", "filing", FILING]).exits(4);
    let output = output.because("none of the scopes eprospera:person.tax.read");
    output.hinting("run `eprospera login --add-scope person.tax.read` (or `entity.tax.read`)");
}

#[test]
fn a_scope_that_only_the_portal_knows_to_be_missing_leads_to_the_same_hint_whatever_the_status() {
    for status in [401, 403] {
        let world = World::with(|options| options.missing_scope_status = status);
        world.login_with(&["--scope", OPENID]).succeeds();
        // As if it had been granted, and then taken away at the portal.
        world.change_record(|record| record.scopes = ALL_SCOPES.to_owned());
        for (command, scope) in COMMANDS {
            let output = world.run(command).exits(4).because("missing_scopes: ");
            let output = output
                .because(scope)
                .hinting("run `eprospera login` and grant ");
            assert_eq!(output.error()["http_status"], status);
        }
        assert_eq!(world.refreshes(), 0);
        assert_eq!(world.events("me").len(), COMMANDS.len());
    }
}

#[test]
fn a_scope_that_a_shell_would_understand_is_not_put_into_a_hint() {
    let body = json!({ "error": "missing_scopes: $(reboot), eprospera:entity.read" });
    let portal = ScriptedPortal::saying(403, &body.to_string());
    let world = World::signed_in();
    // The session of this world, at another server.
    let record = world.record().unwrap();
    let output = world.run_in(
        &[
            ("EPROSPERA_ISSUER", portal.url().as_str()),
            ("EPROSPERA_TOKEN", record.access.unwrap().token.expose()),
        ],
        &["me", "legal-entities"],
    );
    let output = output.exits(4);
    let hint = output.error()["hint"].as_str().unwrap().to_owned();
    assert!(!hint.contains('`') && !hint.contains("reboot"), "{hint}");
    assert!(hint.contains("eprospera:entity.read"), "{hint}");
}

#[test]
fn a_kind_of_credential_that_a_route_does_not_take_is_refused_before_any_request() {
    let world = World::new();
    let personal = [
        "natural-person",
        "residency",
        "id-verification",
        "documents",
    ];
    let refused = |credential: &str, kind: &str, command: &[&str]| {
        let given = [("EPROSPERA_TOKEN", credential)];
        let output = world.run_in(&given, command).exits(4);
        let output = output.because(kind).because("EPROSPERA_TOKEN holds");
        assert!(!output.stderr.contains("canary"), "{output:?}");
        output
    };
    let commands = COMMANDS.map(|(command, _)| command);
    for command in [
        &commands[..],
        &[&["whoami"], &["me", "tax", "filing", FILING]],
    ]
    .concat()
    {
        for (credential, kind) in [
            ("sk-canary", "a standard API key (sk-)"),
            ("pk-canary", "a partner key (pk-)"),
        ] {
            refused(credential, kind, command).hinting("unset EPROSPERA_TOKEN");
        }
        let output = refused("rt_canary", "a refresh token (rt_)", command);
        output.hinting("EPROSPERA_REFRESH_TOKEN");
        if command != ["whoami"] && !personal.iter().any(|route| command.contains(route)) {
            let output = refused("ak-canary", "an Agent Key (ak-)", command);
            output.because("only accepts an OAuth access token");
        }
    }
    assert!(world.sandbox().request_log().is_empty());
}

#[test]
fn an_agent_key_opens_the_personal_routes_and_is_told_its_own_scope() {
    let world = World::new();
    for route in [
        "natural-person",
        "residency",
        "id-verification",
        "documents",
    ] {
        let given = [("EPROSPERA_TOKEN", "ak-sandbox-resident")];
        world.run_in(&given, &["me", route]).succeeds();
    }
    let narrow = [("EPROSPERA_TOKEN", "ak-sandbox-resident+details")];
    world.run_in(&narrow, &["me", "natural-person"]).succeeds();
    let output = world.run_in(&narrow, &["me", "id-verification"]).exits(4);
    let output = output.because("Insufficient permissions");
    output.hinting("agent:person.id_verification.read");
    let unknown = [("EPROSPERA_TOKEN", "ak-sandbox-nobody")];
    world.run_in(&unknown, &["me", "residency"]).exits(3);
}

#[test]
fn an_entity_that_cannot_be_seen_is_not_found_and_the_hint_says_why_that_may_be() {
    let world = signed_in_as("resident");
    let unknown = "00000000-0000-4000-8000-000000000000";
    for command in [
        &["me", "legal-entities", unknown][..],
        &["me", "legal-entities", unknown, "documents"],
    ] {
        let output = world
            .run(command)
            .exits(5)
            .because("Legal entity not found");
        output.hinting("run `eprospera me legal-entities` to list");
    }
    let output = world.run(&["me", "tax", "filing", unknown]).exits(5);
    output.hinting("run `eprospera me tax filings` to list");
}

#[test]
fn a_server_without_the_newer_routes_is_said_not_to_offer_them() {
    for (fault, command) in [
        ("documents:404", &["me", "documents"][..]),
        ("tax:404", &["me", "tax", "summary"]),
        ("tax:404", &["me", "tax", "filings"]),
        ("tax:404", &["me", "tax", "filings", "--paginate"]),
    ] {
        let world = signed_in_as("resident");
        world.fault(fault);
        let output = world.run(command).exits(5);
        let output = output.because("this server does not offer");
        assert_eq!(output.error()["http_status"], 404);
    }
    let world = signed_in_as("resident");
    world.fault("tax:404");
    for command in [
        &["me", "tax", "filing", FILING][..],
        &["me", "tax", "summary", "--subject", ENTITY],
    ] {
        let output = world.run(command).exits(5);
        output.hinting("this server does not offer tax data");
    }
}

/// Each documented error with its exit code and words of its message; then the tolerated forms.
const ERRORS: [(u16, &str, i32, &str); 18] = [
    (401, r#"{"error":"missing_token"}"#, 3, "EPROSPERA_TOKEN"),
    (401, r#"{"error":"invalid_token"}"#, 3, "EPROSPERA_TOKEN"),
    (
        401,
        r#"{"error":"missing_scopes: a.read"}"#,
        4,
        "missing_scopes: a.read",
    ),
    (
        403,
        r#"{"error":"missing_scopes: a.read"}"#,
        4,
        "missing_scopes: a.read",
    ),
    (
        403,
        r#"{"error":"Standard API keys are not supported on this endpoint"}"#,
        4,
        "Standard API keys are not supported on this endpoint",
    ),
    (
        403,
        r#"{"error":"Insufficient permissions"}"#,
        4,
        "Insufficient permissions",
    ),
    (
        404,
        r#"{"error":"Legal entity not found"}"#,
        5,
        "Legal entity not found",
    ),
    (404, r#"{"error":"user_not_found"}"#, 5, "user_not_found"),
    (
        500,
        r#"{"error":"Internal server error"}"#,
        1,
        "Internal server error",
    ),
    (
        500,
        r#"{"error":"internal_server_error"}"#,
        1,
        "internal_server_error",
    ),
    (
        400,
        r#"{"error":"bad","error_description":"no","details":["x"]}"#,
        8,
        "bad: no",
    ),
    (
        403,
        r#"{"error":"No such right","code":"forbidden"}"#,
        4,
        "forbidden: No such right",
    ),
    (
        409,
        r#"{"error":{"code":"taken","message":"it is taken"}}"#,
        6,
        "taken: it is taken",
    ),
    (
        422,
        r#"{"error":"bad","errorDescription":"worse"}"#,
        8,
        "bad: worse",
    ),
    (
        429,
        r#"{"error":"Too many requests"}"#,
        7,
        "Too many requests",
    ),
    (408, r#""slow""#, 9, "slow"),
    (503, "{}", 1, "HTTP status 503"),
    (504, "null", 9, "HTTP status 504"),
];

#[test]
fn every_error_that_is_documented_ends_in_its_exit_code() {
    for (status, body, code, words) in ERRORS {
        let portal = ScriptedPortal::saying(status, body);
        for command in [&["me", "residency"][..], &["me", "legal-entities", ENTITY]] {
            let output = ask(&portal, command).exits(code).because(words);
            let error = output.error();
            assert_eq!(error["http_status"], status, "{error}");
            let kind = eprospera::error::Kind::ALL
                .into_iter()
                .find(|kind| i32::from(kind.code()) == code);
            assert_eq!(error["code"], kind.unwrap().name());
            assert!(!output.stderr.contains("canary"));
        }
    }
}

#[test]
fn an_error_without_a_body_or_with_a_page_is_told_by_its_status() {
    for body in ["", "<html><body>canary</body></html>", "\u{0}\u{1}"] {
        for (status, code) in [(400, 8), (403, 4), (404, 5), (500, 1), (502, 1)] {
            let portal = ScriptedPortal::saying(status, body);
            let output = ask(&portal, &["me", "residency"]).exits(code);
            let output = output.because(&format!("HTTP status {status}"));
            assert!(!output.stderr.contains("canary"));
        }
    }
}

#[test]
fn the_userinfo_route_says_no_in_the_same_way() {
    for (fault, code, words) in [
        ("userinfo:403", 4, "insufficient_scope"),
        ("userinfo:404", 5, "user_not_found"),
        ("userinfo:500", 1, "internal_server_error"),
        ("userinfo:429", 7, "Too many requests"),
    ] {
        let mut world = World::signed_in();
        world.set("EPROSPERA_RETRIES", "0");
        world.fault(fault);
        world.run(&["whoami"]).exits(code).because(words);
    }
}

#[test]
fn pages_that_lead_in_a_circle_are_not_followed() {
    let page = |next: &str| json!({ "data": [], "meta": { "nextCursor": next } }).to_string();
    // One that leads to itself, and one that leads back.
    let itself = ScriptedPortal::saying(200, &page("again"));
    let back = ScriptedPortal::new(move |asked| {
        let next = if asked.contains("cursor=a") { "b" } else { "a" };
        (200, page(next))
    });
    for (portal, requests) in [(itself, 2), (back, 3)] {
        let command = ["me", "tax", "filings", "--year", "2025", "--paginate"];
        let output = ask(&portal, &command).exits(1);
        let output = output.because("a cursor that was already followed");
        assert_eq!(output.stdout, "");
        let asked = portal.asked();
        assert_eq!(asked.len(), requests, "{asked:?}");
        let kept = |path: &String| path.starts_with("/api/v1/me/tax/filings?year=2025");
        assert!(asked.iter().all(kept), "{asked:?}");
    }
}

#[test]
fn a_page_without_meta_or_with_an_empty_cursor_is_the_last() {
    for body in [
        json!({ "data": [] }),
        json!({ "data": [], "meta": null }),
        json!({ "data": [], "meta": {} }),
        json!({ "data": [], "meta": { "nextCursor": "" } }),
    ] {
        let portal = ScriptedPortal::saying(200, &body.to_string());
        let output = ask(&portal, &["me", "tax", "filings", "--paginate"]).succeeds();
        assert_eq!(
            output.stdout,
            "{\"data\":[],\"meta\":{\"nextCursor\":null}}\n"
        );
        assert_eq!(portal.asked().len(), 1);
    }
}
