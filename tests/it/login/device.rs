//! `login --device`: a person approves on any device, and the program asks until they have.

use std::time::Duration;

use eprospera_sandbox::{GrantType, Options};
use url::Url;

use crate::browser::{Browser, Page};
use crate::sign_in::Login;
use crate::world::World;

const WAITS: &str = "Ctrl-C to cancel";

fn with(change: impl FnOnce(&mut Options)) -> World {
    World::with(|options| {
        for client in &mut options.clients {
            client.grants.push(GrantType::DeviceCode);
        }
        options.device_interval = Duration::from_secs(1);
        change(options);
    })
}

/// A sandbox that approves by itself at the first poll.
fn approving() -> World {
    with(|_| {})
}

/// A sandbox whose people decide on its pages.
fn asking() -> World {
    with(|options| options.auto_approve = None)
}

/// A login that has shown its address and its code, and the code.
fn start(world: &World, flags: &[&str]) -> (Login, String) {
    let mut login = world.start(world.command(&[&["login", "--device"], flags].concat()));
    login.process.wait_for("enter the code");
    login.process.line();
    let code = login.process.line().unwrap().trim().to_owned();
    login.process.wait_for(WAITS);
    (login, code)
}

/// Types a code on the page that was shown, as a persona, and decides.
fn decide(world: &World, page: &Url, code: &str, persona: &str, decision: &str) -> Page {
    let mut browser = Browser::new();
    world.block_on(async {
        let page = browser.open(page).await;
        let login = browser.submit(&page, &[("user_code", code)]).await;
        let consent = browser.submit(&login, &[("persona", persona)]).await;
        browser.submit(&consent, &[("decision", decision)]).await
    })
}

fn polls(world: &World) -> usize {
    let mut polls = world.events("token");
    polls.retain(|event| event.grant_type == Some(GrantType::DeviceCode.as_str()));
    polls.len()
}

#[test]
fn a_person_types_the_code_on_the_page_and_approves() {
    let world = asking();
    let (login, code) = start(&world, &[]);
    assert!(world.nothing_is_stored());
    assert_eq!(login.url().as_str(), format!("{}/device", world.url()));
    decide(&world, &login.url(), &code, "former", "approve").says("Your device is connected");
    let output = login.end().succeeds();
    assert_eq!(
        output.json()["account"]["email"],
        "j.brandvold@mail.example"
    );
    assert_eq!(output.json()["refreshable"], true);
    world.run(&["whoami"]).succeeds();
    world.run(&["refresh"]).succeeds();
    let report = world.run(&["decode-id-token"]).succeeds().json();
    assert_eq!(report["verified"], true);
}

#[test]
fn a_denial_on_the_page_ends_the_login() {
    let world = asking();
    let (login, code) = start(&world, &[]);
    decide(&world, &login.url(), &code, "resident", "deny").says("You denied access");
    let output = login.end().exits(4).because("access_denied");
    assert_eq!(output.error()["code"], "forbidden");
    assert!(world.nothing_is_stored());
}

#[test]
fn a_code_that_nobody_approves_expires() {
    let world = with(|options| {
        options.auto_approve = None;
        options.device_ttl = Duration::from_secs(2);
    });
    let (login, _) = start(&world, &[]);
    login
        .end()
        .exits(9)
        .because("the code expired before it was approved")
        .hinting("login --device");
    // The same when the provider says so first.
    let world = asking();
    let (login, _) = start(&world, &[]);
    world.sandbox().advance_clock(601);
    login.end().exits(9).because("the code expired");
    assert!(world.nothing_is_stored());
}

#[test]
fn a_timeout_is_an_upper_bound() {
    let world = asking();
    let (login, _) = start(&world, &["--timeout", "300ms"]);
    login
        .end()
        .exits(9)
        .because("the code was not approved in time")
        .hinting("--timeout");
    assert_eq!(polls(&world), 0);
}

#[test]
fn who_is_told_to_slow_down_does() {
    let world = approving();
    world.fault("token:error=slow_down*1");
    // The second poll would come five seconds later than the first did.
    let (login, _) = start(&world, &["--timeout", "4s"]);
    login.end().exits(9);
    assert_eq!(world.events("token").len(), 1);
}

#[test]
fn trouble_while_polling_is_survived() {
    let troubles = [
        ("token:500*1", "internal_server_error"),
        ("token:503*1", "Service unavailable"),
        ("token:429=1*1", "too many requests"),
        ("token:html*1", "instead of JSON"),
        ("token:drop*1", "broke before the response"),
        ("token:hang*1", "did not answer within 30s"),
    ];
    let worlds: Vec<_> = troubles
        .iter()
        .map(|(rule, words)| {
            let world = approving();
            world.fault(rule);
            (world, *words)
        })
        .collect();
    // All at once: each waits for its second poll.
    let logins: Vec<_> = worlds
        .iter()
        .map(|(world, words)| (start(world, &["--request-timeout", "10s"]).0, *words))
        .collect();
    for (login, words) in logins {
        let output = login.end().succeeds();
        output
            .says(words)
            .says("trying again until the code expires");
    }
}

#[test]
fn a_network_that_stays_away_until_the_code_expires_is_named() {
    let mut world = with(|options| {
        options.auto_approve = None;
        options.device_ttl = Duration::from_secs(4);
    });
    let (login, _) = start(&world, &[]);
    world.stop_sandbox();
    login
        .end()
        .exits(9)
        .because("the last request failed: cannot reach 127.0.0.1");
}

#[test]
fn ctrl_c_ends_the_wait_at_once() {
    let world = asking();
    let (login, _) = start(&world, &[]);
    login.process.interrupt();
    login.end().exits(130);
    assert!(world.nothing_is_stored());
}

/// A login whose poll has been answered inside the server, and not on the wire.
fn at_the_last_poll(flags: &[&str]) -> (World, Login) {
    let world = approving();
    world.fault("token:slow=20s*1");
    let (login, _) = start(&world, flags);
    crate::world::wait_until("the poll is under way", || world.faults_left().is_empty());
    (world, login)
}

#[test]
fn ctrl_c_while_tokens_may_be_on_their_way_says_that_they_may_live() {
    let (world, login) = at_the_last_poll(&[]);
    login.process.interrupt();
    let output = login.end().exits(130);
    drop(output.says("stay valid until they expire"));
    assert!(world.nothing_is_stored());
}

#[test]
fn a_timeout_while_tokens_may_be_on_their_way_says_that_they_may_live() {
    let (world, login) = at_the_last_poll(&["--timeout", "2s"]);
    let output = login.end().exits(9);
    drop(output.says("stay valid until they expire"));
    assert!(world.nothing_is_stored());
}

#[test]
fn a_client_with_a_secret_signs_in_too() {
    for method in ["client_secret_basic", "client_secret_post"] {
        let mut world = approving();
        world.set("EPROSPERA_CLIENT_ID", "it-web");
        world.set("EPROSPERA_CLIENT_SECRET", "canary secret/+%");
        world
            .run(&["profile", "set", "token_auth", method])
            .succeeds();
        let (login, _) = start(&world, &[]);
        login.end().succeeds();
    }
}

#[test]
fn a_provider_or_a_client_without_the_device_grant_is_explained() {
    let world = approving();
    world.fault("discovery:short*1");
    world.fault("device:404*1");
    world
        .run(&["login", "--device"])
        .exits(2)
        .because("does not support signing in on another device")
        .hinting("login --paste");
    // The path is known where discovery does not list it.
    world.fault("discovery:short*1");
    let (login, _) = start(&world, &[]);
    login.end().succeeds();
    World::new()
        .run(&["login", "--device"])
        .exits(3)
        .because("unauthorized_client")
        .hinting("allow the device grant");
    approving()
        .run(&["login", "--device", "--scope", "openid no:such"])
        .exits(8)
        .because("no:such");
}

#[test]
fn the_id_token_of_a_device_is_verified() {
    for (defect, words) in [
        ("bad-signature", "signature"),
        ("wrong-aud", "aud"),
        ("wrong-iss", "iss"),
        ("expired", "exp"),
        ("bad-at-hash", "at_hash"),
        ("missing", "has none"),
    ] {
        let world = approving();
        world.fault(&format!("id_token:{defect}"));
        let (login, _) = start(&world, &[]);
        login.end().exits(14).because(words);
        assert!(world.nothing_is_stored(), "{defect}");
        let revoked = world.events("revoke").len();
        assert_eq!(revoked, 2, "{defect}: tokens that nobody keeps are revoked");
    }
}

#[test]
fn another_account_is_refused_without_replace() {
    let world = asking();
    let (login, code) = start(&world, &[]);
    decide(&world, &login.url(), &code, "resident", "approve");
    login.end().succeeds();
    let (login, code) = start(&world, &[]);
    decide(&world, &login.url(), &code, "former", "approve");
    login.end().exits(6).because("but you signed in as");
    let (login, code) = start(&world, &["--replace"]);
    decide(&world, &login.url(), &code, "former", "approve");
    login.end().succeeds();
    assert_eq!(world.record().unwrap().generation, 2);
}

#[test]
fn an_opener_gets_the_address_with_the_code_after_both_were_shown() {
    let mut world = approving();
    let script = if cfg!(windows) {
        "echo %1> \"%HOME%\\opened\""
    } else {
        "echo \"$1\" > \"$HOME/opened\""
    };
    let opener = world.script("opener", script);
    let report = world.path("opened");
    let (login, _) = start(&world, &[]);
    login
        .end()
        .succeeds()
        .says("Not opening a browser without a terminal");
    assert!(!report.exists());
    for (variable, flags) in [
        ("BROWSER", &[][..]),
        ("IRRELEVANT", &["--browser", &opener]),
        ("BROWSER", &["--no-input"]),
    ] {
        world.set(variable, &opener);
        let (login, code) = start(&world, flags);
        login.end().succeeds();
        let address = std::fs::read_to_string(&report).unwrap();
        let expected = format!("{}/device?user_code={code}", world.url());
        assert_eq!(address.trim().trim_matches('"'), expected);
        std::fs::remove_file(&report).unwrap();
        world.unset(variable);
    }
    world.set("BROWSER", &opener);
    let (login, _) = start(&world, &["--no-browser"]);
    login.end().succeeds();
    assert!(!report.exists());
}

#[test]
fn the_device_code_is_shown_nowhere() {
    let world = asking();
    world.fault("token:500*1");
    let (login, code) = start(&world, &["-vv"]);
    decide(&world, &login.url(), &code, "resident", "approve");
    let output = login.end().succeeds();
    assert!(
        !output.stderr.contains("dc_") && !output.stdout.contains("dc_"),
        "{output:#?}"
    );
}

#[test]
fn a_qr_code_is_drawn_where_there_is_place_for_it() {
    let world = approving();
    let (login, _) = start(&world, &["--qr"]);
    login
        .end()
        .succeeds()
        .says("Not showing a QR code: stderr is not a terminal");
    #[cfg(any(target_os = "linux", windows))]
    {
        let screen = |columns| {
            let login = ["login", "--device", "--qr", "--no-browser"];
            world.at_terminal(columns, &login).end().succeeds().stdout
        };
        let wide = screen(80);
        assert!(wide.contains("\u{2588}\u{2580}"), "{wide}");
        let narrow = screen(30);
        let words: Vec<_> = narrow.split_whitespace().collect();
        let words = words.join(" ");
        assert!(
            !narrow.contains('\u{2588}') && words.contains("it needs a terminal of 37 columns"),
            "{narrow}"
        );
    }
}

#[test]
fn flags_that_make_no_sense_with_a_device_are_refused() {
    let world = approving();
    for flags in [
        &["--device", "--login-hint", "ines"][..],
        &["--device", "--prompt", "login"],
        &["--device", "--max-age", "60"],
        &["--device", "--response-mode", "query"],
        &["--device", "--paste"],
        &["--device", "--with-token"],
        &["--scopes-all", "--scope", "openid"],
    ] {
        world.run(&[&["login"], flags].concat()).exits(2);
    }
    world
        .run(&["login", "--qr"])
        .exits(2)
        .because("which a phone cannot reach")
        .hinting("login --device --qr");
    assert!(world.sandbox().request_log().is_empty());
}

#[test]
fn a_device_is_suggested_where_no_browser_can_be_reached_and_the_provider_offers_it() {
    let mut world = approving();
    let suggestion = "Or sign in on any other device: `eprospera login --device`";
    world.set("SSH_CONNECTION", "192.0.2.7 51000 192.0.2.9 22");
    let mut login = world.start(world.command(&["login"]));
    login.visit();
    login.end().succeeds().says(suggestion);
    world.fault("discovery:short");
    let mut login = world.start(world.command(&["login"]));
    login.visit();
    let output = login.end().succeeds();
    assert!(!output.stderr.contains(suggestion), "{output:#?}");
}
