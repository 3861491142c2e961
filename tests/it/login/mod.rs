//! `login` with a server that behaves: what the person sees, what is stored, what is remembered.

mod bad_input;
/// macOS does not tell what a process has in memory, and ten thousand visitors take minutes under Wine.
#[cfg(target_os = "linux")]
mod crowd;
mod device;
mod id_token;
mod mix_up;
mod opener;
mod parameters;
mod paste;
mod two_steps;

use serde_json::json;

use crate::world::World;

#[test]
fn a_login_prints_who_signed_in_and_stores_the_session() {
    let world = World::new();
    let output = world.login().succeeds();
    let json = output.json();
    assert_eq!(json["account"]["email"], "amara.okafor@mail.example");
    assert_eq!(json["account"]["name"], "Amara Okafor-Lindström");
    assert_eq!(json["profile"], "default");
    assert_eq!(json["issuer"], world.url());
    assert_eq!(json["client_id"], "it");
    assert_eq!(json["store"], "plain-file");
    assert_eq!(json["refreshable"], true);
    assert!((3590..=3600).contains(&json["expires_in"].as_i64().unwrap()));
    assert_eq!(
        json["scopes"],
        json!([
            "openid",
            "profile",
            "email",
            "offline_access",
            "eprospera:person.details.read",
            "eprospera:person.residency.read",
            "eprospera:entity.read"
        ])
    );
    let record = world.record().unwrap();
    assert_eq!(record.generation, 1);
    assert!(record.access.is_some() && record.refresh.is_some() && record.id_token.is_some());
}

#[test]
fn a_login_as_a_table_greets_the_person() {
    let world = World::new();
    let output = world.login_with(&["--output", "table"]).succeeds();
    let folder = world.path("state/sessions").display().to_string();
    insta::with_settings!({filters => vec![
        (regex_literal(&folder).as_str(), "[SESSIONS]"),
        (r"[/\\]default-[0-9a-f]{32}", "/default-[ID]"),
        (r"http://127\.0\.0\.1:\d+", "[ISSUER]"),
        (r"5\dm( \d+s)?", "[LIFE]"),
        (r"in 1h", "in [LIFE]"),
    ]}, {
        insta::assert_snapshot!(output.stdout, @r"
        Signed in as amara.okafor@mail.example

        account       Amara Okafor-Lindström
        profile       default
        issuer        [ISSUER]
        scopes        openid profile email offline_access eprospera:person.details.read eprospera:person.residency.read eprospera:entity.read
        access token  expires in [LIFE]
        stored in     [SESSIONS]/default-[ID].json
        ");
    });
}

/// A text as a pattern that matches exactly it.
fn regex_literal(text: &str) -> String {
    text.chars().fold(String::new(), |mut pattern, letter| {
        if !letter.is_alphanumeric() {
            pattern.push('\\');
        }
        pattern.push(letter);
        pattern
    })
}

#[test]
fn the_url_is_one_line_and_carries_what_an_authorization_request_needs() {
    let world = World::new();
    let mut login = world.start_login(&[
        "--login-hint",
        "amara.okafor@mail.example",
        "--max-age",
        "60",
    ]);
    let line = login.process.seen.lines().last().unwrap().to_owned();
    assert_eq!(line, login.url().as_str());
    let parameter = |name| login.parameter(name).unwrap_or_default();
    assert_eq!(parameter("response_type"), "code");
    assert_eq!(parameter("client_id"), "it");
    assert_eq!(parameter("code_challenge_method"), "S256");
    assert_eq!(parameter("code_challenge").len(), 43);
    assert!(parameter("state").len() >= 22 && parameter("nonce").len() >= 22);
    assert_ne!(parameter("state"), parameter("nonce"));
    assert_eq!(parameter("redirect_uri"), world.redirect_uris[0]);
    assert_eq!(parameter("login_hint"), "amara.okafor@mail.example");
    assert_eq!(parameter("max_age"), "60");
    assert!(
        login
            .url()
            .query_pairs()
            .all(|(name, _)| name != "code_verifier")
    );
    login.visit();
    login.end().succeeds();
}

#[test]
fn the_page_that_says_so_comes_after_the_session_is_stored_and_hides_the_code() {
    let world = World::new();
    let mut login = world.start_login(&[]);
    assert!(world.nothing_is_stored());
    let page = login.visit();
    page.says("You are signed in")
        .says("amara.okafor@mail.example");
    assert!(world.record().is_some());
    assert!(
        page.url.query().is_none() && page.url.fragment().is_none(),
        "{}",
        page.url
    );
    login.end().succeeds();
}

#[test]
fn a_person_chooses_a_persona_and_approves_on_the_pages() {
    let world = World::with(|options| options.auto_approve = None);
    let mut login = world.start_login(&[]);
    login.decide("former", "approve").says("You are signed in");
    let json = login.end().succeeds().json();
    assert_eq!(json["account"]["email"], "j.brandvold@mail.example");
}

#[test]
fn the_answer_arrives_by_query_by_fragment_and_by_form_post() {
    let world = World::new();
    for (mode, sent) in [
        ("query", None),
        ("fragment", Some("fragment")),
        ("form_post", Some("form_post")),
    ] {
        let mut login = world.start_login(&["--response-mode", mode]);
        assert_eq!(
            login
                .parameter("response_mode")
                .filter(|_| sent.is_some())
                .as_deref(),
            sent
        );
        login.visit().says("You are signed in");
        login.end().succeeds();
    }
}

#[test]
fn the_first_free_redirect_uri_is_bound_sent_and_exchanged() {
    let world = World::new();
    let port = |uri: &str| url::Url::parse(uri).unwrap().port().unwrap();
    let busy: Vec<_> = world.redirect_uris[..2]
        .iter()
        .map(|uri| std::net::TcpListener::bind(("127.0.0.1", port(uri))).unwrap())
        .collect();
    let mut login = world.start_login(&[]);
    assert_eq!(
        login.parameter("redirect_uri").unwrap(),
        world.redirect_uris[2]
    );
    // The sandbox compares the exchanged URI with the one that it was sent.
    login.visit().says("You are signed in");
    login.end().succeeds();
    drop(busy);
}

#[test]
fn later_commands_need_no_flags() {
    let mut world = World::new();
    world
        .login_with(&[
            "--scope",
            "openid offline_access eprospera:person.details.read",
        ])
        .succeeds();
    world.unset_settings();
    let token = world.run(&["token"]).succeeds();
    assert_eq!(token.stdout, format!("{}\n", world.access_token()));
    assert!(
        world
            .run(&["me", "natural-person"])
            .succeeds()
            .stdout
            .contains("Amara")
    );
    let status = world.run(&["status"]).succeeds().json();
    for setting in ["issuer", "client_id", "redirect_uris", "store", "scopes"] {
        assert_eq!(
            status[setting]["source"], "last login",
            "{setting} in {status}"
        );
    }
    world.login().succeeds();
    let scopes = world.record().unwrap().scopes;
    assert_eq!(
        scopes,
        "openid offline_access eprospera:person.details.read"
    );
}

#[test]
fn what_is_remembered_holds_no_secret() {
    let mut world = World::new();
    world.set("EPROSPERA_CLIENT_ID", "it-web");
    world.set("EPROSPERA_CLIENT_SECRET", "canary secret/+%");
    world.login().succeeds();
    let path = world.path("state/logins/default.json");
    let remembered = std::fs::read_to_string(path).unwrap();
    assert!(
        remembered.contains("it-web") && !remembered.contains("canary"),
        "{remembered}"
    );
}

#[test]
fn a_client_with_a_secret_signs_in_by_each_method() {
    let mut world = World::new();
    world.set("EPROSPERA_CLIENT_ID", "it-web");
    world.set("EPROSPERA_CLIENT_SECRET", "canary secret/+%");
    for method in ["client_secret_basic", "client_secret_post"] {
        world
            .run(&["profile", "set", "token_auth", method])
            .succeeds();
        world.login().succeeds();
        world.run(&["refresh"]).succeeds();
    }
}

#[test]
fn the_client_secret_can_lie_in_a_file() {
    let mut world = World::new();
    world.set("EPROSPERA_CLIENT_ID", "it-web");
    let file = world.write("secret.txt", "canary secret/+%\n");
    world.set("EPROSPERA_CLIENT_SECRET_FILE", &file.display().to_string());
    world.login().succeeds();
}

#[test]
fn a_second_login_of_the_same_person_replaces_and_revokes_the_old_session() {
    let world = World::signed_in();
    let old = world.refresh_token();
    world.login().succeeds();
    assert_ne!(world.refresh_token(), old);
    assert_eq!(world.record().unwrap().generation, 2);
    let revoked = world.events("revoke");
    assert_eq!(revoked.len(), 1);
    assert_eq!(revoked[0].outcome, "the refresh token was revoked");
}

#[test]
fn another_account_is_refused_without_replace_and_the_old_session_is_kept() {
    let world = World::with(|options| options.auto_approve = None);
    let mut login = world.start_login(&[]);
    login
        .decide("resident", "approve")
        .says("You are signed in");
    login.end().succeeds();
    let before = world.access_token();

    let mut login = world.start_login(&[]);
    login
        .decide("former", "approve")
        .says("The sign-in did not work")
        .says("but you signed in as");
    login
        .end()
        .exits(6)
        .because("already signed in as amara.okafor@mail.example")
        .hinting("--replace");
    assert_eq!(world.access_token(), before);
    world.run(&["whoami"]).succeeds();
    world.run(&["refresh"]).succeeds();
}

#[test]
fn another_account_replaces_the_session_with_replace_and_the_old_one_is_revoked() {
    let world = World::with(|options| options.auto_approve = None);
    let mut login = world.start_login(&[]);
    login.decide("resident", "approve");
    login.end().succeeds();
    let mut login = world.start_login(&["--replace"]);
    login.decide("former", "approve").says("You are signed in");
    login.end().succeeds();
    assert_eq!(
        world.record().unwrap().account.email.as_deref(),
        Some("j.brandvold@mail.example")
    );
    let outcomes: Vec<_> = world
        .events("revoke")
        .into_iter()
        .map(|event| event.outcome)
        .collect();
    assert!(
        outcomes.contains(&"the refresh token was revoked".to_owned()),
        "{outcomes:?}"
    );
}

#[test]
fn a_login_without_offline_access_says_that_it_cannot_be_refreshed() {
    let world = World::new();
    let output = world.login_with(&["--scope", "openid email"]).succeeds();
    assert_eq!(output.json()["refreshable"], false);
    output.says("no refresh token was granted");
}

#[test]
fn the_official_tools_spelling_works_too() {
    let world = World::new();
    let mut login = world.start(world.command(&["auth", "login", "--no-browser"]));
    login.visit();
    login.end().succeeds();
    let same = world.run(&["whoami"]).succeeds();
    assert_eq!(
        world.run(&["auth", "whoami"]).succeeds().stdout,
        same.stdout
    );
    assert!(
        world
            .run(&["me", "profile"])
            .succeeds()
            .stdout
            .contains("Amara")
    );
    world.run(&["auth", "logout"]).succeeds();
    world.run(&["whoami"]).exits(3);
}
