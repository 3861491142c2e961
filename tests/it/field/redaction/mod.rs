//! No secret in any output, whatever a server repeats.
//!
//! The sweep signs in, then lets the server put each secret, in each spelling, into each place of
//! its answers, and runs every command that asks it. What is searched for in the outputs does not
//! come from the program: parts of the secrets, and of their encodings.

mod places;
mod spelling;
mod sweep;

use serde_json::json;
use url::Url;

use crate::impostor::{DEVICE, DISCOVERY, TOKEN, json_answer};
use crate::sign_in::Login;
use crate::wire::Wire;
use crate::world::World;
use places::PLACES;
use spelling::{SPELLINGS, batches, leaked};
use sweep::{ACCESS, CLIENT_SECRET, CODE, COMMANDS, DEVICE_CODE, KEPT, REFRESH, SECRETS, Sweep};

#[test]
fn every_spelling_in_every_place_is_found_nowhere_in_the_output_of_any_command() {
    let mut sweep = Sweep::new();
    let mut turn = 0;
    for (place, answer) in PLACES {
        for command in COMMANDS {
            for format in ["table", "json"] {
                // Each run takes the next secret and the next spellings, so that each command meets
                // all of them, and each place meets each of them many times.
                let secret = KEPT[turn % KEPT.len()];
                let batches = batches(secret);
                let said = &batches[turn / KEPT.len() % batches.len()];
                turn += 1;
                sweep.restore();
                sweep.misbehave(answer, said);
                let what = format!("{command:?} with {said:?} in {place}");
                sweep.run(&what, command, format);
            }
        }
    }
    assert_eq!(sweep.found, Vec::<String>::new());
    assert!(sweep.runs > 300, "{}", sweep.runs);
}

#[test]
fn every_spelling_in_every_place_is_found_nowhere_in_the_output_of_one_command() {
    let mut sweep = Sweep::new();
    for (turn, (place, answer)) in PLACES.into_iter().enumerate() {
        for mut said in batches(ACCESS) {
            // Some places show the first one only: from place to place, it is another one.
            let first = turn % said.len();
            said.rotate_left(first);
            sweep.restore();
            sweep.misbehave(answer, &said);
            let what = format!("whoami with {said:?} in {place}");
            sweep.run(&what, &["whoami"], "table");
        }
    }
    assert_eq!(sweep.found, Vec::<String>::new());
}

#[test]
fn a_login_shows_no_code_and_no_token_on_the_terminal_or_in_the_browser() {
    let mut sweep = Sweep::new();
    for (turn, (place, answer)) in PLACES.into_iter().cycle().take(16).enumerate() {
        let batches = batches([CODE, CLIENT_SECRET, REFRESH][turn % 3]);
        let said = &batches[turn % batches.len()];
        sweep.behave();
        let misbehaving = answer(&sweep.issuer, said);
        let format = ["table", "json"][turn % 2];
        let (_, shown) = sweep.sign_in(&["-vv", "--output", format], |issuer, _| {
            issuer.put(TOKEN, misbehaving);
        });
        sweep.search(&format!("login with {said:?} in {place}"), &shown);
    }
    assert_eq!(sweep.found, Vec::<String>::new());
}

#[test]
fn a_denial_at_the_listener_shows_no_secret() {
    let mut sweep = Sweep::new();
    for said in batches(CLIENT_SECRET) {
        sweep.behave();
        let command = sweep
            .world
            .command(&["login", "--no-browser", "-vv", "--output", "json"]);
        let mut login = Login::of(sweep.world.spawn(command), &sweep.issuer.url);
        let uri = login.parameter("redirect_uri").unwrap();
        let state = login.parameter("state").unwrap();
        let words = said.join(" ");
        let back = [
            ("error", said[0].as_str()),
            ("error_description", &words),
            ("state", &state),
        ];
        let page = login
            .page(&Url::parse_with_params(&uri, back).unwrap())
            .text;
        let output = login.end().0;
        sweep.search(&format!("a denial with {said:?}"), &(output.stderr + &page));
    }
    assert_eq!(sweep.found, Vec::<String>::new());
}

#[test]
fn a_device_login_shows_no_device_code() {
    let mut sweep = Sweep::new();
    for (turn, (place, answer)) in PLACES.into_iter().enumerate() {
        let batches = batches([DEVICE_CODE, CLIENT_SECRET][turn % 2]);
        let said = &batches[turn % batches.len()];
        sweep.misbehave(answer, said);
        let begun = json!({
            "device_code": DEVICE_CODE, "user_code": "WXYZ", "expires_in": 3, "interval": 1,
            "verification_uri": format!("{}/activate", sweep.issuer.url),
        });
        sweep
            .issuer
            .put(DEVICE, json_answer(200, &begun.to_string()));
        let what = format!("a poll with {said:?} in {place}");
        sweep.run(&what, &["login", "--device"], "table");
    }
    assert_eq!(sweep.found, Vec::<String>::new());
}

#[test]
fn metadata_that_holds_a_secret_is_not_quoted() {
    let mut sweep = Sweep::new();
    for (turn, (_, spell, _)) in SPELLINGS.into_iter().enumerate() {
        let said = spell(SECRETS[turn % 3]);
        let label = said.replace(|letter: char| !letter.is_ascii_alphanumeric(), "-");
        let fields = [
            ("issuer", format!("https://{label}.example")),
            ("token_endpoint", format!("https://{label}.example/{said}")),
            (
                "authorization_endpoint",
                format!("ftp://{label}.example/{said}"),
            ),
            ("jwks_uri", said.clone()),
        ];
        // Two of them for each spelling.
        for (field, value) in fields.into_iter().skip(turn % 2).step_by(2) {
            let mut document = sweep.document();
            document[field] = json!(value);
            sweep.restore();
            sweep.behave();
            sweep
                .issuer
                .put(DISCOVERY, json_answer(200, &document.to_string()));
            sweep.run(&format!("{field} is {value}"), &["refresh"], "json");
        }
    }
    assert_eq!(sweep.found, Vec::<String>::new());
}

#[test]
fn a_given_credential_is_not_quoted_either() {
    for (name, spell, _) in SPELLINGS {
        let said = spell(ACCESS);
        let body = json!({ "error": said, "message": said, "details": [said] }).to_string();
        let wire = Wire::answering(vec![crate::wire::json(401, &body)]);
        let mut world = wire.user();
        world.set("EPROSPERA_TOKEN", ACCESS);
        for command in [
            &["whoami", "-vv"][..],
            &["api", "/api/v1/me", "--output", "table"],
        ] {
            let output = world.run(command).0;
            assert_eq!(leaked(&output.stderr), None, "{name}: {}", output.stderr);
        }
    }
}

#[test]
fn a_body_that_was_asked_for_is_passed_on_as_it_is() {
    let body = json!({ "echo": ACCESS }).to_string();
    let wire = Wire::answering(vec![crate::wire::json(200, &body)]);
    let mut world = wire.user();
    world.set("EPROSPERA_TOKEN", ACCESS);
    let output = world
        .run(&["api", "/api/v1/me", "--output", "json"])
        .succeeds();
    assert_eq!(output.stdout.trim(), body);
    let token = World::signed_in();
    let shown = token.run(&["token"]).succeeds().stdout;
    assert_eq!(shown.trim(), token.access_token());
}

#[test]
fn words_that_a_secret_is_made_of_stay_in_ordinary_sentences() {
    let wire = Wire::answering(vec![crate::wire::json(
        401,
        r#"{"error":"invalid_client","error_description":"the client secret was refused"}"#,
    )]);
    let mut world = wire.user();
    world.set("EPROSPERA_CLIENT_SECRET", "my-sandbox-client-secret");
    world.set(
        "EPROSPERA_STORE_KEY",
        "the correct passphrase of the portal",
    );
    let output = world.run(&["whoami", "--output", "table"]).0;
    assert!(
        output.stderr.contains("the client secret was refused"),
        "{}",
        output.stderr
    );
    assert!(!output.stderr.contains("[redacted]"), "{}", output.stderr);
}

#[test]
fn a_client_secret_is_found_nowhere_in_whatever_way_it_was_sent() {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;

    let secret = "vC6h+Xy3/kSr9=Fd1&Gt5 Jb8%Uw0Oe";
    let form: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let header = STANDARD.encode(format!("it:{form}"));
    let parts: Vec<_> = [secret, form.as_str(), header.as_str()]
        .into_iter()
        .flat_map(|text| (0..text.len() - 8).map(|from| text[from..from + 8].to_lowercase()))
        .collect();
    let mut sweep = Sweep::new();
    sweep.world.set("EPROSPERA_CLIENT_SECRET", secret);
    let said = [
        secret.to_owned(),
        form.clone(),
        header.clone(),
        format!("Basic {header}"),
        header.to_lowercase(),
        header.to_uppercase(),
        header.chars().flat_map(|letter| [letter, ' ']).collect(),
        format!("client_secret={form}&grant_type=refresh_token"),
        format!("{{\"client_secret\":\"{secret}\"}}"),
    ];
    let commands = [
        &["refresh", "-vv"][..],
        &["introspect", "-vv", "--output", "json"],
        &["logout", "-vv", "--output", "table"],
        &["login", "--device", "-vv"],
    ];
    let all = said
        .iter()
        .flat_map(|said| PLACES.map(|place| (said, place)));
    for ((said, (place, answer)), command) in all.zip(commands.iter().cycle()) {
        sweep.restore();
        sweep.misbehave(answer, std::slice::from_ref(said));
        let output = sweep.world.run(command).0;
        let shown = (output.stdout + &output.stderr).to_lowercase();
        let joined: String = shown.split_whitespace().collect();
        let found = parts
            .iter()
            .find(|part| shown.contains(*part) || joined.contains(*part));
        assert_eq!(found, None, "{command:?} with {said} in {place}: {shown}");
    }
}
