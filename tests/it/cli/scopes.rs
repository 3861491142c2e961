//! `scopes`, and the login that adds one: what each opens, by which names it is called.

use eprospera_sandbox::GrantType;
use serde_json::{Value, json};

use crate::run::Output;
use crate::world::World;

const TAX: &str = "eprospera:person.tax.read";

fn row(output: &Output, scope: &str) -> Value {
    let rows = output.json();
    let mut rows = rows.as_array().unwrap().iter();
    rows.find(|row| row["scope"] == scope).unwrap().clone()
}

/// The scopes that a login asks for, which nobody approves.
fn asked(world: &World, flags: &[&str]) -> String {
    let login = world.start_login(&[flags, &["--timeout", "1s"]].concat());
    let scope = login.parameter("scope").unwrap_or_default();
    drop(login.end().exits(9));
    scope
}

#[test]
fn each_scope_says_what_it_opens_and_whether_the_session_has_it() {
    let world = World::new();
    let before = world.run(&["scopes", "--json"]).succeeds();
    assert_eq!(row(&before, TAX)["granted"], Value::Null);
    world.login().succeeds();
    let after = world.run(&["scopes", "--json"]).succeeds();
    assert_eq!(row(&after, TAX)["granted"], false);
    let entity = row(&after, "eprospera:entity.read");
    assert_eq!(entity["granted"], true);
    assert!(
        entity["opens"]
            .as_str()
            .unwrap()
            .contains("me legal-entities")
    );
    let given = world
        .run_in(&[("EPROSPERA_TOKEN", "ak-sandbox-resident")], &["scopes"])
        .succeeds();
    assert_eq!(row(&given, "openid")["granted"], Value::Null);
}

#[test]
fn the_table_for_people_fits_80_columns_and_ends_with_a_command() {
    let world = World::signed_in();
    let output = world.run(&["scopes", "--output", "table"]).succeeds();
    let widest = output.stdout.lines().map(|line| line.chars().count()).max();
    assert!(widest <= Some(80), "{}", output.stdout);
    for words in [
        "person.tax.read",
        "me tax",
        "yes",
        "no",
        "`eprospera login --add-scope ",
    ] {
        assert!(output.stdout.contains(words), "{words}: {}", output.stdout);
    }
}

#[test]
fn a_scope_that_no_table_knows_is_listed_where_the_session_has_it() {
    let world = World::signed_in();
    world.change_record(|record| record.scopes.push_str(" groups"));
    let output = world.run(&["scopes", "--json"]).succeeds();
    assert_eq!(row(&output, "groups")["granted"], true);
    world.change_record(|record| record.scopes.clear());
    let output = world.run(&["scopes", "--json"]).succeeds();
    assert_eq!(row(&output, "openid")["granted"], Value::Null);
}

#[test]
fn another_provider_has_scopes_of_its_own() {
    let world = crate::prosper::prosper();
    let output = world.run(&["scopes", "--json"]).succeeds();
    assert_eq!(output.json().as_array().unwrap().len(), 1);
    assert_eq!(row(&output, "user:email")["granted"], Value::Null);
    world
        .run(&["login", "--add-scope", "person.tax.read"])
        .exits(2)
        .because("has no scope");
}

#[test]
fn a_store_that_fails_hides_no_scope_and_is_the_error() {
    let mut world = World::signed_in();
    world.encrypt();
    world.login().succeeds();
    world.set("EPROSPERA_STORE_KEY", &"ff".repeat(32));
    let output = world.run(&["scopes", "--json"]).exits(13);
    assert_eq!(row(&output, "openid")["granted"], Value::Null);
}

#[test]
fn a_login_adds_a_scope_to_what_was_granted() {
    let world = World::new();
    world
        .login_with(&["--scope", "openid offline_access"])
        .succeeds();
    world
        .run(&["me", "tax", "summary"])
        .exits(4)
        .hinting("`eprospera login --add-scope person.tax.read`");
    world
        .login_with(&["--add-scope", "person.tax.read"])
        .succeeds();
    assert_eq!(
        world.record().unwrap().scopes,
        format!("openid offline_access {TAX}")
    );
    world.run(&["me", "tax", "summary"]).succeeds();
}

#[test]
fn scopes_to_add_are_named_in_every_way_that_is_clear() {
    let world = World::new();
    world.login_with(&["--scope", "openid"]).succeeds();
    let tax = format!("openid {TAX}");
    for flags in [
        &["--add-scope", TAX][..],
        &["--add-scope", "person.tax"],
        &["--add-scope", "openid,person.tax.read"],
        &["--add-scope", "openid person.tax.read"],
        &["--add-scope", "openid", "--add-scope", "Person.Tax.Read"],
    ] {
        assert_eq!(asked(&world, flags), tax, "{flags:?}");
    }
    assert_eq!(asked(&world, &["--scope", "openid,person.tax.read"]), tax);
    assert_eq!(
        asked(&world, &["--scope", "openid groups"]),
        "openid groups"
    );
}

#[test]
fn without_a_session_a_scope_is_added_to_what_login_asks_for() {
    let world = World::new();
    let usual = asked(&world, &[]);
    assert_eq!(
        asked(&world, &["--add-scope", "person.tax.read"]),
        format!("{usual} {TAX}")
    );
}

#[test]
fn a_scope_that_cannot_be_told_is_refused_before_anything_is_sent() {
    let world = World::signed_in();
    let sent = world.sandbox().request_log().len();
    for (scope, message, hint) in [
        (
            "person.tax.raed",
            "has no scope `person.tax.raed`",
            "did you mean `person.tax.read`?",
        ),
        (
            "eprospera:person.tax.reed",
            "has no scope",
            "did you mean `",
        ),
        (
            "weather",
            "has no scope `weather`",
            "run `eprospera scopes`",
        ),
        (
            "tax.read",
            "several scopes end in `tax.read`",
            "`person.tax.read`, `entity.tax.read`",
        ),
        (" , ", "no scope was named", "run `eprospera scopes`"),
    ] {
        let output = world.run(&["login", "--add-scope", scope]).exits(2);
        drop(output.because(message).hinting(hint));
    }
    let ambiguous = world.run(&["refresh", "--scope", "tax.read"]).exits(2);
    drop(ambiguous.because("several scopes"));
    let piped = ["login", "--with-token", "--add-scope", "openid"];
    world
        .run_with_stdin(&piped, "rt_x")
        .exits(2)
        .because("a refresh token has the scopes");
    assert_eq!(world.sandbox().request_log().len(), sent);
}

#[test]
fn a_scope_that_the_session_has_is_not_asked_for_again() {
    let world = World::signed_in();
    let sent = world.sandbox().request_log().len();
    let before = world.record().unwrap();
    let output = world
        .run(&["login", "--add-scope", "entity.read"])
        .succeeds();
    assert_eq!(output.json()["profile"], "default");
    drop(output.says("the session already has entity.read"));
    assert_eq!(world.sandbox().request_log().len(), sent);
    assert_eq!(world.record().unwrap().generation, before.generation);
}

#[test]
fn another_device_adds_a_scope_as_well() {
    let world = World::with(|options| {
        for client in &mut options.clients {
            client.grants.push(GrantType::DeviceCode);
        }
    });
    world.login_with(&["--scope", "openid"]).succeeds();
    let output = world
        .run(&["login", "--device", "--add-scope", "person.tax.read"])
        .succeeds();
    assert_eq!(output.json()["scopes"], json!(["openid", TAX]));
}

#[test]
fn a_refresh_takes_short_names() {
    let world = World::signed_in();
    let output = world
        .run(&["refresh", "--scope", "openid,offline_access,entity.read"])
        .succeeds();
    let kept = json!(["openid", "offline_access", "eprospera:entity.read"]);
    assert_eq!(output.json()["scopes"], kept);
}
