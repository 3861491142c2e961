//! No secret in any output, whatever a server repeats.
//!
//! The sweep signs in, then lets the server put each secret, in each spelling, into each place of
//! its answers, and runs every command that asks it. What is searched for in the outputs does not
//! come from the program: parts of the secrets, and of their encodings.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use serde_json::{Value, json};
use url::Url;

use crate::impostor::{
    ANYWHERE, Answer, DEVICE, DISCOVERY, Impostor, JWKS, TOKEN, json_answer, raw, redirect, typed,
    user_of,
};
use crate::sign_in::Login;
use crate::wire::Wire;
use crate::world::World;

const ACCESS: &str = "xK7pQz2mVb9Lw4Rt8Yc3Nd6Hf";
const REFRESH: &str = "uJ5gTs1oEi8Wa0Bq7Mn4Zx2Pl";
const CLIENT_SECRET: &str = "vC6hXy3kSr9Fd1Gt5Jb8Uw0Oe";
const CODE: &str = "qA2sWd4eRf6tGh8yUj0iKl1oP";
const DEVICE_CODE: &str = "mN9bVc7xZl5kJh3gFd1sPo2iU";
const SECRETS: [&str; 5] = [ACCESS, REFRESH, CLIENT_SECRET, CODE, DEVICE_CODE];
/// Those that each run of a person who is signed in knows.
const KEPT: [&str; 3] = [ACCESS, REFRESH, CLIENT_SECRET];

/// A way of writing a secret.
type Spelling = fn(&str) -> String;

const SPELLINGS: [(&str, Spelling); 15] = [
    ("as it is", str::to_owned),
    ("upper case", str::to_uppercase),
    ("lower case", str::to_lowercase),
    ("its beginning", |text| text[..12].to_owned()),
    ("its end", |text| text[text.len() - 12..].to_owned()),
    ("a part", |text| text[7..15].to_owned()),
    ("backwards", |text| text.chars().rev().collect()),
    ("percent-encoded", |text| {
        each(text, |byte| format!("%{byte:02X}"))
    }),
    ("percent-encoded twice", |text| {
        each(text, |byte| format!("%25{byte:02x}"))
    }),
    ("escaped as in JSON", |text| {
        each(text, |byte| format!("\\u{byte:04x}"))
    }),
    ("escaped as in HTML", |text| {
        each(text, |byte| format!("&#{byte};"))
    }),
    ("base64", |text| STANDARD.encode(text)),
    ("base64url of the header", |text| {
        URL_SAFE.encode(format!("Bearer {text}"))
    }),
    ("hexadecimal", |text| {
        each(text, |byte| format!("{byte:02x}"))
    }),
    ("with gaps", |text| {
        each(text, |byte| format!("{} ", char::from(byte)))
    }),
];

fn each(text: &str, spell: impl Fn(u8) -> String) -> String {
    text.bytes().map(spell).collect()
}

/// An answer that has a text in many places.
type Place = fn(&Impostor, &[String]) -> Answer;

/// Status line, headers, every field of an error that is read, details.
const PLACES: [(&str, Place); 8] = [
    ("the error of a client error", |_, said| refusal(400, said)),
    ("the error of a forbidden request", |_, said| {
        refusal(403, said)
    }),
    ("the error of a server error", |_, said| refusal(500, said)),
    ("the type of a page", |_, said| {
        let page = format!("<html><p>{}</p></html>", said.join("\n"));
        let word = said[0].replace(' ', "-");
        typed(
            502,
            &format!("text/{word}; charset={word}"),
            page.as_bytes(),
        )
    }),
    ("the type of a success", |_, said| {
        let word = said[0].replace(' ', "-");
        typed(
            200,
            &format!("application/{word}"),
            said.join(" ").as_bytes(),
        )
    }),
    ("the address of a redirect", |_, said| {
        let label = said[0].replace(|letter: char| !letter.is_ascii_alphanumeric(), "-");
        redirect(
            302,
            &format!("https://{label}.example/{label}?{label}={label}#{label}"),
        )
    }),
    ("the path of a redirect here", |issuer, said| {
        redirect(
            303,
            &format!("{}/{}", issuer.url, said[0].replace(' ', "%20")),
        )
    }),
    ("the fields of a success", |_, said| {
        json_answer(200, &success(said).to_string())
    }),
];

fn refusal(status: u16, said: &[String]) -> Answer {
    let words = said.join(", ");
    let first = &said[0];
    let body = json!({
        "error": {
            "code": first, "message": words, "error_description": words, "error_uri": words,
            "details": said,
        },
        "error_description": words,
        "message": words,
        "code": first,
        "details": [{ "path": said, "message": words }, words],
    });
    let flat = json!({
        "error": first, "error_description": words, "error_uri": words, "details": said,
    });
    let body = if status == 403 { body } else { flat }.to_string();
    let length = body.len();
    raw(&format!(
        "HTTP/1.1 {status} {first}\r\nContent-Type: application/json\r\nX-Echo: {words}\r\n\
         WWW-Authenticate: Bearer error=\"{first}\", error_description=\"{words}\"\r\n\
         Retry-After: {first}\r\nServer: {first}\r\nContent-Length: {length}\r\n\
         Connection: close\r\n\r\n{body}"
    ))
}

/// What every command finds wrong in a way of its own.
fn success(said: &[String]) -> Value {
    let words = said.join(", ");
    json!({
        "sub": words, "name": words, "email": words, "preferred_username": words,
        "data": words, "active": words, "token_type": words, "access_token": 1,
        "scope": words, "expires_in": words, "keys": words, "user_code": words,
        "verification_uri": words, "device_code": 7, "items": said, "error": null,
    })
}

const COMMANDS: [&[&str]; 22] = [
    &["whoami"],
    &["me", "natural-person"],
    &["me", "residency"],
    &["me", "id-verification"],
    &["me", "documents"],
    &["me", "legal-entities"],
    &["me", "legal-entities", "some-entity"],
    &["me", "tax", "summary", "--entity", "personal"],
    &["me", "tax", "filings", "--entity", "personal", "--all"],
    &["me", "documents", "--download", "papers"],
    &["api", "/api/v1/me/natural-person"],
    &["api", "/api/v1/me/natural-person", "--include"],
    &["api", "/api/v1/me/natural-person", "--paginate"],
    &["api", "POST", "/api/v1/me/natural-person", "-f", "a=b"],
    &["refresh"],
    &["status", "--check"],
    &["introspect"],
    &["decode-id-token"],
    &["exec", "--", "true"],
    &["token", "--min-ttl", "2h"],
    &["login", "--with-token"],
    &["logout"],
];

/// A user who is signed in at the issuer, and the folder as it was then.
struct Sweep {
    issuer: Impostor,
    world: World,
    found: Vec<String>,
    runs: usize,
}

impl Sweep {
    fn new() -> Self {
        let issuer = Impostor::new();
        let mut world = user_of(&issuer);
        world.set("EPROSPERA_CLIENT_SECRET", CLIENT_SECRET);
        let sweep = Self {
            issuer,
            world,
            found: Vec::new(),
            runs: 0,
        };
        sweep.behave();
        let output = sweep.sign_in(&["--output", "json"], |issuer, nonce| {
            let tokens = tokens(issuer, nonce);
            issuer.put(TOKEN, json_answer(200, &tokens.to_string()));
        });
        assert_eq!(output.0, 0, "{}", output.1);
        copy(&sweep.world.path("state"), &sweep.world.path("kept"));
        sweep
    }

    /// Metadata with every endpoint that a command can use.
    fn behave(&self) {
        self.issuer.behave();
        self.issuer
            .put(DISCOVERY, json_answer(200, &self.document().to_string()));
    }

    fn document(&self) -> Value {
        let mut document = self.issuer.document();
        document["introspection_endpoint"] = json!(format!("{}/introspect", self.issuer.url));
        document["revocation_endpoint"] = json!(format!("{}/revoke", self.issuer.url));
        document
    }

    /// Answers so from now on, wherever a secret was sent to.
    fn misbehave(&self, place: Place, said: &[String]) {
        self.issuer.behave();
        let answer = place(&self.issuer, said);
        for path in [TOKEN, DEVICE, JWKS, crate::impostor::USERINFO, ANYWHERE] {
            self.issuer.put(path, answer.clone());
        }
        self.issuer
            .put(DISCOVERY, json_answer(200, &self.document().to_string()));
    }

    /// The state as it was after the login, and nothing cached.
    fn restore(&self) {
        for folder in ["state", "cache"] {
            drop(std::fs::remove_dir_all(self.world.path(folder)));
        }
        copy(&self.world.path("kept"), &self.world.path("state"));
    }

    /// A login whose browser brings the code; its exit code, and all that was said.
    fn sign_in(&self, flags: &[&str], grant: impl FnOnce(&Impostor, &str)) -> (i32, String) {
        let command = self
            .world
            .command(&[&["login", "--no-browser"], flags].concat());
        let mut login = Login::of(self.world.spawn(command), &self.issuer.url);
        let mut page = String::new();
        if login.is_asking() {
            grant(&self.issuer, &login.parameter("nonce").unwrap());
            let uri = login.parameter("redirect_uri").unwrap();
            let state = login.parameter("state").unwrap();
            let back = [("code", CODE), ("state", &state)];
            page = login
                .page(&Url::parse_with_params(&uri, back).unwrap())
                .text;
        }
        let output = login.end().0;
        (output.code, output.stdout + &output.stderr + &page)
    }

    fn run(&mut self, what: &str, command: &[&str], format: &str) {
        let arguments = [command, &["-vv", "--output", format]].concat();
        let output = self
            .world
            .run_with_stdin(&arguments, &format!("{REFRESH}\n"))
            .0;
        // A body that was asked for is data, and passed on as it is.
        let is_data = matches!(command[0], "api" | "token") || format == "json";
        let said = if is_data {
            output.stderr
        } else {
            output.stdout + &output.stderr
        };
        self.search(what, &said);
    }

    fn search(&mut self, what: &str, said: &str) {
        assert!(!said.contains("panicked"), "{what}: {said}");
        self.runs += 1;
        if let Some(part) = leaked(said) {
            self.found.push(format!("{what} shows {part}: {said}"));
        }
    }
}

fn tokens(issuer: &Impostor, nonce: &str) -> Value {
    let (header, mut claims) = issuer.honest(nonce);
    claims.as_object_mut().unwrap().remove("at_hash");
    let id_token = issuer.key.sign(&header.to_string(), &claims.to_string());
    let mut tokens = Impostor::tokens(&id_token);
    tokens["access_token"] = json!(ACCESS);
    tokens["refresh_token"] = json!(REFRESH);
    tokens
}

fn copy(from: &Path, to: &Path) {
    use std::os::unix::fs::DirBuilderExt as _;
    let mut folder = std::fs::DirBuilder::new();
    folder.recursive(true).mode(0o700).create(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}

/// A part of a secret in a text, however it is written.
fn leaked(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let joined: String = lower.chars().filter(char::is_ascii_alphanumeric).collect();
    SECRETS.iter().find_map(|secret| {
        let plain = secret.to_lowercase();
        let backwards: String = plain.chars().rev().collect();
        let percent = each(secret, |byte| format!("%{byte:02x}"));
        let json = each(secret, |byte| format!("\\u{byte:04x}"));
        let html = each(secret, |byte| format!("&#{byte};"));
        let hex = each(secret, |byte| format!("{byte:02x}"));
        let base64 = STANDARD.encode(secret);
        let header = STANDARD.encode(format!("Bearer {secret}"));
        let in_text = [
            (plain.clone(), 8),
            (backwards, 8),
            (percent.clone(), 24),
            (percent.replace('%', "%25"), 40),
            (json, 48),
            (html, 48),
            (hex, 16),
        ];
        let exact = [(base64, 12), (header[12..].to_owned(), 12)];
        let part = |text: &str, (spelled, length): &(String, usize)| {
            let letters: Vec<_> = spelled.chars().collect();
            let parts = letters
                .windows(*length)
                .map(|part| part.iter().collect::<String>());
            parts.into_iter().find(|part| text.contains(part))
        };
        in_text
            .iter()
            .find_map(|spelled| part(&lower, spelled))
            .or_else(|| exact.iter().find_map(|spelled| part(text, spelled)))
            .or_else(|| part(&joined, &(plain, 12)))
    })
}

/// The spellings of one secret, a few at a time: an error shows no more of a server's words.
fn batches(secret: &str) -> Vec<Vec<String>> {
    let spelled: Vec<_> = SPELLINGS.iter().map(|(_, spell)| spell(secret)).collect();
    spelled.chunks(3).map(<[String]>::to_vec).collect()
}

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
    for (place, answer) in PLACES {
        for said in batches(ACCESS) {
            for first in &said {
                let said = [std::slice::from_ref(first), &said].concat();
                sweep.restore();
                sweep.misbehave(answer, &said);
                sweep.run(
                    &format!("whoami with {said:?} in {place}"),
                    &["whoami"],
                    "table",
                );
            }
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
    for (turn, (_, spell)) in SPELLINGS.into_iter().enumerate() {
        let said = spell(SECRETS[turn % 3]);
        let label = said.replace(|letter: char| !letter.is_ascii_alphanumeric(), "-");
        for (field, value) in [
            ("issuer", format!("https://{label}.example")),
            ("token_endpoint", format!("https://{label}.example/{said}")),
            (
                "authorization_endpoint",
                format!("ftp://{label}.example/{said}"),
            ),
            ("jwks_uri", said.clone()),
        ] {
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
    for (name, spell) in SPELLINGS {
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
