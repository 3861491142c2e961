//! What can be wrong with the client and the session.

use super::{Case, Fix, diagnose};
#[cfg(target_os = "linux")]
use super::{examine, row};
use crate::world::World;

const CLIENT: [&str; 2] = ["--only", "client"];
const SESSION: [&str; 2] = ["--only", "session"];
const OFFLINE: [&str; 3] = ["--offline", "--only", "session"];

fn with(mut world: World, name: &str, value: &str) -> World {
    world.set(name, value);
    world
}

#[test]
fn a_client_that_the_provider_does_not_know_is_told_from_one_that_is_not_named() {
    let mut nameless = World::new();
    nameless.unset("EPROSPERA_CLIENT_ID");
    let unknown = with(World::new(), "EPROSPERA_CLIENT_ID", "nobody");
    let world = World::new();
    let both = format!("{} {}", world.redirect_uris[0], world.other_redirect_uri);
    let half = with(world, "EPROSPERA_REDIRECT_URI", &both);
    let world = World::new();
    let other = world.other_redirect_uri.clone();
    let unregistered = with(world, "EPROSPERA_REDIRECT_URI", &other);
    let web = with(
        World::new(),
        "EPROSPERA_REDIRECT_URI",
        "https://app.example/cb",
    );
    diagnose([
        Case::new("no client id", nameless, &CLIENT).fails("client_id_missing", 2, Fix::Runs),
        Case::new("an unknown client", unknown, &CLIENT).fails("client_unknown", 3, Fix::Runs),
        Case::new("one redirect URI of two", half, &CLIENT)
            .warns("redirect_uri_unregistered", Fix::Runs),
        Case::new("no registered redirect URI", unregistered, &CLIENT).fails(
            "client_unknown",
            3,
            Fix::Says(if cfg!(windows) {
                "Remove-Item Env:EPROSPERA_CLIENT_ID"
            } else {
                "unset EPROSPERA_CLIENT_ID"
            }),
        ),
        Case::new(
            "a web site's redirect URI",
            web,
            &["--offline", "--only", "client"],
        )
        .warns("redirect_uri_unusable", Fix::Runs),
    ]);
}

#[test]
fn a_client_secret_that_is_missing_or_cannot_be_read_is_named() {
    let missing = World::new();
    missing.write(
        "config/config.toml",
        "[profiles.default]\ntoken_auth = \"client_secret_post\"\n",
    );
    let file = with(
        World::new(),
        "EPROSPERA_CLIENT_SECRET_FILE",
        "/no/such/secret",
    );
    let flags = ["--offline", "--only", "client"];
    diagnose([
        Case::new("no secret", missing, &flags).fails(
            "client_secret_missing",
            2,
            Fix::Says("eprospera profile set client-secret"),
        ),
        Case::new("no file with the secret", file, &flags).fails(
            "client_secret_unusable",
            2,
            Fix::Runs,
        ),
    ]);
}

/// Who holds a port is known on Linux alone.
#[cfg(target_os = "linux")]
#[test]
fn who_holds_a_redirect_port_is_named_and_a_login_that_waits_is_ended() {
    let world = World::new();
    let waiting = world.start_login(&[]);
    let flags = ["--offline", "--only", "client"];
    let run = examine(&world, &flags);
    let found = row(&run, "port_in_use").unwrap();
    let message = found["message"].as_str().unwrap();
    assert!(
        message.contains("another `eprospera login` is waiting on port"),
        "{message}"
    );
    assert_eq!(found["state"], "warning");
    let fix = found["fix"].as_str().unwrap();
    assert!(fix.starts_with("kill "), "{fix}");
    let fixed = world
        .finish(world.command_of("sh", &["-c", fix]))
        .succeeds();
    assert_eq!(fixed.stderr, "");
    // It has the port until its end.
    drop(waiting.process.end().exits(143));
    let after = examine(&world, &flags);
    assert!(row(&after, "port_in_use").is_none(), "{after:?}");
    drop(after.succeeds());
}

#[test]
fn where_all_redirect_ports_are_taken_another_way_to_sign_in_is_given() {
    let world = World::new();
    let held: Vec<_> = world
        .redirect_uris
        .iter()
        .map(|uri| {
            let url: url::Url = uri.parse().unwrap();
            std::net::TcpListener::bind(("127.0.0.1", url.port().unwrap())).unwrap()
        })
        .collect();
    let flags = ["--offline", "--only", "client"];
    diagnose([Case::new("this test holds all", world, &flags).fails(
        "port_in_use",
        1,
        Fix::Says("eprospera login --device"),
    )]);
    drop(held);
}

#[test]
fn a_given_token_hides_the_session_and_is_unset() {
    let given = with(World::signed_in(), "EPROSPERA_TOKEN", "at_given");
    let file = with(World::signed_in(), "EPROSPERA_TOKEN_FILE", "/no/such/token");
    let blank = with(World::signed_in(), "EPROSPERA_TOKEN", "two words");
    let refused = with(World::signed_in(), "EPROSPERA_TOKEN", "at_unknown");
    diagnose([
        Case::new("a given token", given, &OFFLINE).warns("token_given", Fix::Runs),
        Case::new("no file with a token", file, &OFFLINE).fails("token_unusable", 2, Fix::Runs),
        Case::new("no token at all", blank, &OFFLINE).fails("token_unusable", 2, Fix::Runs),
        Case::new("a token that is refused", refused, &SESSION).fails(
            "session_refused",
            3,
            Fix::Runs,
        ),
    ]);
}

#[test]
fn a_session_that_is_not_there_is_looked_for_where_it_may_be() {
    let other_client = with(World::signed_in(), "EPROSPERA_CLIENT_ID", "it-web");
    let other_store = with(World::signed_in(), "EPROSPERA_STORE", "encrypted-file");
    let other_store = with(other_store, "EPROSPERA_STORE_KEY", crate::world::STORE_KEY);
    let mut exported = World::signed_in();
    exported.set("EPROSPERA_STORE_KEY", crate::world::STORE_KEY);
    exported
        .run(&["session", "export", "gone.sealed"])
        .succeeds();
    diagnose([
        Case::new("not signed in", World::new(), &OFFLINE).warns("not_signed_in", Fix::SignsIn),
        Case::new("another client", other_client, &OFFLINE)
            .warns("session_other_client", Fix::Runs),
        Case::new("another store", other_store, &OFFLINE).warns("not_signed_in", Fix::Runs),
        Case::new("exported", exported, &OFFLINE).warns("session_exported", Fix::Runs),
    ]);
}

#[test]
fn a_session_that_ends_has_ended_or_is_refused_is_told_apart() {
    const DAY: i64 = 86_400;
    let aged = |days: i64, is_expired: bool| {
        let world = World::signed_in();
        world.change_record(|record| record.refresh.as_mut().unwrap().obtained_at -= days * DAY);
        if is_expired {
            world.expire_access_token();
        }
        world
    };
    let without_refresh = World::signed_in();
    without_refresh.change_record(|record| record.refresh = None);
    without_refresh.expire_access_token();
    let revoked = World::signed_in();
    revoked.revoke_access_token();
    let narrow = World::new();
    narrow
        .login_with(&["--scope", "openid offline_access"])
        .succeeds();
    diagnose([
        Case::new("nothing refreshes it", without_refresh, &OFFLINE).fails(
            "session_expired",
            3,
            Fix::SignsIn,
        ),
        Case::new("not used for half a year", aged(181, true), &OFFLINE).fails(
            "session_expired",
            3,
            Fix::SignsIn,
        ),
        Case::new("it ends soon", aged(170, false), &OFFLINE).warns("session_ends_soon", Fix::Runs),
        Case::new("the provider ended it", revoked, &SESSION).fails(
            "session_refused",
            3,
            Fix::SignsIn,
        ),
        Case::new("few scopes", narrow, &OFFLINE).warns("scope_missing", Fix::SignsIn),
    ]);
}
