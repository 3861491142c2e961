//! `login --begin` and `login --finish`: one command says where to sign in, and a later one signs in.

mod device;
mod ends;
mod network;
mod owners;
mod places;
mod races;
mod secrets;
mod signals;

use eprospera::secret::Secret;
use eprospera::store::{Entry, Identity};
use serde_json::Value;
use url::Url;

use crate::browser::Browser;
use crate::run::{LONGEST, Run};
use crate::world::World;

const EMAIL: &str = "amara.okafor@mail.example";

/// What `login --begin` says.
pub(super) struct Begun {
    pub(super) json: Value,
    pub(super) id: String,
}

impl Begun {
    fn url(&self) -> Url {
        Url::parse(self.json["authorization_url"].as_str().unwrap()).unwrap()
    }

    fn parameter(&self, name: &str) -> Option<String> {
        let url = self.url();
        let found = url.query_pairs().find(|(known, _)| known == name);
        found.map(|(_, value)| value.into_owned())
    }
}

pub(super) fn begin(world: &World, flags: &[&str]) -> Begun {
    let output = world.run(&[&["login", "--begin"], flags].concat());
    let json = output.succeeds().json();
    let id = json["id"].as_str().unwrap().to_owned();
    Begun { json, id }
}

/// The address at which the browser of a login ends.
pub(super) fn answer_to(world: &World, begun: &Begun) -> String {
    let url = begun.url();
    world
        .block_on(async { Browser::new().sent_to(&url).await })
        .into()
}

pub(super) fn finish(world: &World, flags: &[&str], pasted: &str) -> Run {
    world.run_with_stdin(&[&["login", "--finish"], flags].concat(), pasted)
}

pub(super) fn exchanges(world: &World) -> usize {
    let mut exchanges = world.events("token");
    exchanges.retain(|event| event.grant_type == Some("authorization_code"));
    exchanges.len()
}

fn entry(world: &World) -> Entry {
    Entry::PendingLogins(Identity {
        profile: "default".to_owned(),
        issuer: world.url().to_owned(),
        client_id: world.client_id.to_owned(),
    })
}

/// What is stored of the logins that can be finished.
pub(super) fn pending(world: &World) -> Option<Value> {
    let text = world.open_store().get(&entry(world)).unwrap()?;
    Some(serde_json::from_str(text.expose()).unwrap())
}

/// Lets time pass for the pending logins.
pub(super) fn age(world: &World, seconds: i64) {
    let mut record = pending(world).unwrap();
    for login in record["logins"].as_array_mut().unwrap() {
        for moment in ["begun_at", "expires_at"] {
            login[moment] = (login[moment].as_i64().unwrap() - seconds).into();
        }
    }
    let (store, entry) = (world.open_store(), entry(world));
    let guard = store.lock(&entry, LONGEST).unwrap();
    let text = Secret::unregistered(record.to_string());
    store.put(&entry, &text, &guard).unwrap();
}

#[test]
fn a_login_begins_in_one_command_and_is_finished_by_pasting_in_another() {
    let world = World::new();
    let begun = begin(&world, &["--login-hint", "ines", "--max-age", "60"]);
    assert!(world.record().is_none());
    assert_eq!(begun.json["user_code"], Value::Null);
    assert_eq!(begun.json["method"], "code");
    assert_eq!(begun.json["expires_in"], 15 * 60);
    assert_eq!(begun.json["redirect_uri"], world.redirect_uris[0].as_str());
    assert_eq!(
        begun.parameter("redirect_uri").unwrap(),
        world.redirect_uris[0]
    );
    assert_eq!(begun.parameter("code_challenge_method").unwrap(), "S256");
    assert_eq!(begun.parameter("code_challenge").unwrap().len(), 43);
    assert_eq!(begun.parameter("login_hint").unwrap(), "ines");
    assert!(begun.parameter("state").unwrap().len() >= 22);
    assert_ne!(begun.parameter("state"), begun.parameter("nonce"));
    let answer = answer_to(&world, &begun);
    let json = finish(&world, &[&begun.id], &answer).succeeds().json();
    assert_eq!(json["account"]["email"], EMAIL);
    assert_eq!(json["refreshable"], true);
    assert_eq!(exchanges(&world), 1);
    world.run(&["whoami"]).succeeds();
    world.run(&["refresh"]).succeeds();
    assert!(pending(&world).is_none());
}

#[test]
fn nothing_opens_and_nothing_waits_for_the_person() {
    let mut world = World::new();
    let opener = world.script("opener", crate::world::MARK_OPENED);
    world.set("BROWSER", &opener);
    let begun = begin(&world, &[]);
    assert!(!world.path("opened").exists());
    // Nothing listens either: the answer may come at any time.
    let port = Url::parse(&world.redirect_uris[0]).unwrap().port().unwrap();
    std::net::TcpListener::bind(("127.0.0.1", port)).expect("nothing listens");
    assert_eq!(world.events("authorize").len(), 0);
    assert_eq!(begun.json["id"].as_str().unwrap().len(), 8);
}

#[test]
fn the_answer_is_one_json_object_in_every_format() {
    let world = World::new();
    for format in [&[][..], &["--json"], &["--output", "table"], &["-q"]] {
        let output = world.run(&[&["login", "--begin"], format].concat());
        let output = output.succeeds();
        let json = output.json();
        for key in ["id", "authorization_url", "expires_at", "finish"] {
            assert!(json[key].is_string(), "{key} in {json}");
        }
        assert_eq!(output.stderr, "");
    }
    let url = world.run(&["login", "--begin", "--jq", ".authorization_url"]);
    assert!(url.succeeds().stdout.contains("code_challenge="));
}

#[test]
fn the_command_that_finishes_works_as_it_is_in_a_shell_without_any_setting() {
    let mut world = World::new();
    let begun = begin(&world, &["--scope", "openid email"]);
    let answer = answer_to(&world, &begun);
    world.unset_settings();
    let line = begun.json["finish"].as_str().unwrap();
    assert!(
        line.starts_with("eprospera ") && line.ends_with(&begun.id),
        "{line}"
    );
    let mut command = world.command_line(line);
    let address = world.write("address", &answer);
    command.stdin(std::fs::File::open(address).unwrap());
    let json = world.finish(command).succeeds().json();
    assert_eq!(json["scopes"], serde_json::json!(["openid", "email"]));
    world.run(&["whoami"]).succeeds();
}

#[test]
fn without_an_id_the_only_pending_login_is_finished() {
    let world = World::new();
    let begun = begin(&world, &[]);
    let answer = answer_to(&world, &begun);
    finish(&world, &[], &answer).succeeds();
}

#[test]
fn scopes_and_replace_are_those_of_the_beginning() {
    let world = World::new();
    let begun = begin(&world, &["--scope", "openid offline_access", "--replace"]);
    assert_eq!(begun.parameter("scope").unwrap(), "openid offline_access");
    let answer = answer_to(&world, &begun);
    let json = finish(&world, &[&begun.id], &answer).succeeds().json();
    assert_eq!(
        json["scopes"],
        serde_json::json!(["openid", "offline_access"])
    );
    // A scope that is added is asked for even where it was granted before.
    let begun = begin(&world, &["--add-scope", "openid"]);
    assert_eq!(begun.parameter("scope").unwrap(), "openid offline_access");
}

#[test]
fn a_new_session_of_the_same_person_replaces_and_revokes_the_old_one() {
    let world = World::signed_in();
    let old = world.refresh_token();
    let begun = begin(&world, &[]);
    world.run(&["refresh"]).succeeds();
    assert_ne!(world.refresh_token(), old);
    let generation = world.record().unwrap().generation;
    let answer = answer_to(&world, &begun);
    finish(&world, &[&begun.id], &answer).succeeds();
    let revoked = world.events("revoke");
    assert_eq!(revoked.len(), 1);
    assert_eq!(revoked[0].outcome, "the refresh token was revoked");
    assert_eq!(world.record().unwrap().generation, generation + 1);
}

#[test]
fn status_shows_what_waits_to_be_finished() {
    let world = World::new();
    let begun = begin(&world, &[]);
    let output = world
        .run(&["status"])
        .exits(3)
        .hinting(&format!("login --finish {}", begun.id));
    let waiting = output.json()["pending_logins"].clone();
    assert_eq!(waiting[0]["id"], begun.id.as_str());
    assert_eq!(waiting[0]["method"], "code");
    assert_eq!(waiting[0]["expires_at"], begun.json["expires_at"]);
    let page = world.run(&["status", "--output", "table"]).exits(3).stdout;
    let words: Vec<_> = page.split_whitespace().collect();
    assert!(
        words
            .join(" ")
            .contains(&format!("login --finish {}", begun.id)),
        "{page}"
    );
    let answer = answer_to(&world, &begun);
    finish(&world, &[], &answer).succeeds();
    let status = world.run(&["status"]).succeeds().json();
    assert_eq!(status["pending_logins"], Value::Null);
}

#[test]
fn flags_that_mean_nothing_to_a_step_are_refused_with_the_reason() {
    let world = World::new();
    for (flags, why) in [
        (&["--begin", "--finish"][..], "one command begins a login"),
        (&["--begin", "--with-token"], "signs in at once"),
        (&["--begin", "--device", "--qr"], "only prints JSON"),
        (&["--begin", "--browser", "firefox"], "opens nothing"),
        (
            &["--begin", "--timeout", "5m"],
            "pass the timeout to `--finish`",
        ),
        (
            &["--begin", "--response-mode", "form_post"],
            "could not be pasted",
        ),
        (&["--finish", "--scope", "openid"], "pass it to `--begin`"),
        (
            &["--finish", "--add-scope", "openid"],
            "pass it to `--begin`",
        ),
        (&["--finish", "--device"], "pass it to `--begin`"),
        (&["--finish", "--max-age", "1"], "pass it to `--begin`"),
        (&["--finish", "--no-browser"], "opens nothing"),
        (&["--finish", "--with-token"], "signs in at once"),
    ] {
        let output = world.run(&[&["login"], flags].concat());
        drop(output.exits(2).because(why));
    }
    assert!(world.sandbox().request_log().is_empty());
}

#[test]
fn the_store_is_proved_before_an_address_is_shown() {
    let mut world = World::new();
    world.set("EPROSPERA_STORE", "encrypted-file");
    let output = world.run(&["login", "--begin"]).exits(13);
    assert_eq!(output.stdout, "");
    assert!(world.sandbox().request_log().is_empty());
}

/// Tests have no terminal on macOS.
#[cfg(any(target_os = "linux", windows))]
#[test]
fn on_a_terminal_the_address_is_pasted_without_being_shown() {
    let world = World::new();
    let begun = begin(&world, &[]);
    let answer = answer_to(&world, &begun);
    let mut terminal = world.at_terminal(100, &["login", "--finish"]);
    terminal.wait_for("your input is hidden");
    terminal.types("https://elsewhere.example/\n");
    terminal.wait_for("that is not the response to this login");
    terminal.types(&format!("{answer}\n"));
    let screen = terminal.end().succeeds().stdout;
    assert!(
        screen.contains(&format!("Signed in as {EMAIL}")),
        "{screen}"
    );
    assert!(!screen.contains("state="), "{screen}");
}
