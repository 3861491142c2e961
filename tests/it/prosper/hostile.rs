//! Login with Prosper against a server that answers what no honest one would.

use std::io::Write as _;
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use crate::impostor::read;
use crate::run::Output;
use crate::sign_in::Login;
use crate::world::World;

const CANARY: &str = "canary secret/+%";
const USER: &str = r#"{"uid":"u-1","id":7,"login":"t@mail.example","email":"t@mail.example",
    "firstName":"Tomas","lastName":"Reyes","userName":"t@mail.example"}"#;
const TOKEN: &str =
    r#"{"access_token":"b3BhcXVl","token_type":"bearer","scope":"user:email","expires_in":900}"#;

/// A server with one answer for the exchange and one for the user, and what it was asked.
struct Server {
    url: String,
    asked: Arc<Mutex<Vec<String>>>,
}

/// A JSON answer with a status.
fn json(status: u16, body: &str) -> String {
    typed(status, "application/json", body)
}

fn typed(status: u16, kind: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\
         Connection: close\r\n\r\n{body}"
    )
}

impl Server {
    fn start(token: String, user: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let request = read(&mut stream);
                let answer = if request.starts_with("POST /login/oauth/access-token ") {
                    &token
                } else {
                    &user
                };
                log.lock().unwrap().push(request);
                if answer.is_empty() {
                    // It never says anything, and keeps the connection.
                    std::mem::forget(stream);
                    continue;
                }
                // A client that has seen enough may be gone.
                stream.write_all(answer.as_bytes()).unwrap_or_default();
            }
        });
        Self { url, asked }
    }

    fn asked(&self, start: &str) -> Vec<String> {
        let mut asked = self.asked.lock().unwrap().clone();
        asked.retain(|request| request.starts_with(start));
        asked
    }
}

/// A user of Prosper, whose server is not the sandbox.
fn world() -> World {
    let mut world = World::new();
    world.client_id = "it-web";
    world.set("EPROSPERA_CLIENT_ID", "it-web");
    world.set("EPROSPERA_CLIENT_SECRET", CANARY);
    world
        .run(&["profile", "set", "provider", "prosper"])
        .succeeds();
    world
}

/// A login whose browser comes back with a code.
fn login(world: &World, server: &Server, flags: &[&str]) -> Output {
    let issuer = ["login", "--no-browser", "--issuer", &server.url];
    let process = world.spawn(world.command(&[&issuer[..], flags].concat()));
    let mut login = Login::of(process, &server.url);
    let state = login.parameter("state").unwrap();
    let uri = login.parameter("redirect_uri").unwrap();
    let back = format!("{uri}?code=co%2Fde%2B%3D&state={state}");
    login.page(&url::Url::parse(&back).unwrap());
    login.end().0
}

/// How long an answer is waited for: only one that never comes costs the time.
fn patience(answer: &str) -> &'static str {
    if answer.is_empty() { "2s" } else { "60s" }
}

/// Asserts what such an exchange comes to: an exit code, no session, one request, no echo.
fn exchange_ends(answer: &str, code: i32, words: &str) {
    let (world, server) = (world(), Server::start(answer.to_owned(), json(200, USER)));
    let output = login(&world, &server, &["--request-timeout", patience(answer)]);
    let shown: String = answer.chars().take(300).collect();
    assert_eq!(output.code, code, "{shown}: {output:#?}");
    let output = output.because(words);
    assert_eq!(
        server.asked("POST /login/oauth/access-token").len(),
        1,
        "{shown}"
    );
    assert!(server.asked("GET ").is_empty(), "{shown}");
    assert!(!output.stderr.contains("canary"), "{output:#?}");
    assert!(!output.stderr.contains('\u{1b}'), "{output:#?}");
    assert!(!world.path("state/logins/default.json").exists());
}

#[test]
fn the_exchange_is_one_json_object_and_the_code_survives_the_way() {
    let (world, server) = (world(), Server::start(json(200, TOKEN), json(200, USER)));
    let output = login(&world, &server, &[]);
    assert_eq!(output.code, 0, "{output:#?}");
    let asked = server.asked.lock().unwrap().clone();
    assert_eq!(asked.len(), 2, "{asked:#?}");
    let (head, body) = asked[0].split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /login/oauth/access-token HTTP/1.1"));
    let head = head.to_lowercase();
    assert!(head.contains("content-type: application/json") && !head.contains("authorization:"));
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    let expected = serde_json::json!({ "client_id": "it-web", "client_secret": CANARY,
        "code": "co/de+=" });
    assert_eq!(body, expected);
    assert!(asked[1].starts_with("GET /api/v2/user HTTP/1.1"));
    assert!(
        asked[1]
            .to_lowercase()
            .contains("authorization: bearer b3bhcxvl\r\n")
    );
}

#[test]
fn answers_that_are_no_token_are_refused_without_an_echo() {
    let with = |name: &str, value: &str| {
        let mut token: serde_json::Value = serde_json::from_str(TOKEN).unwrap();
        token[name] = serde_json::from_str(value).unwrap();
        json(200, &token.to_string())
    };
    let twice = TOKEN.replacen('{', r#"{"access_token":"canary","#, 1);
    for (answer, words) in [
        (
            typed(200, "text/html", "<title>canary</title>"),
            "text/html",
        ),
        (json(200, "<title>canary</title>"), "not a JSON object"),
        (json(200, "\"canary\""), "not a JSON object"),
        (json(200, "[\"canary\"]"), "not a JSON object"),
        (json(200, "null"), "not a JSON object"),
        (json(200, ""), "not a JSON object"),
        (json(200, &twice), "repeats a key"),
        (json(200, r#"{"token":"canary"}"#), "no token type"),
        (with("access_token", "7"), "not a string"),
        (with("access_token", "{}"), "not a string"),
        (with("access_token", "null"), "no access token"),
        (with("access_token", r#""""#), "empty"),
        (with("access_token", r#""canary\u0000""#), "characters"),
        (with("access_token", r#""canary\r\nX: 1""#), "characters"),
        (with("access_token", r#""canary\u001b[31m""#), "characters"),
        (with("access_token", r#""can ary""#), "characters"),
        (with("access_token", r#""canary\u00e9""#), "characters"),
        (
            with("token_type", r#""mac""#),
            "its token type is not bearer",
        ),
        (with("token_type", "7"), "no token type"),
    ] {
        exchange_ends(&answer, 1, words);
    }
    let long = format!("\"{}\"", "x".repeat(70_000));
    exchange_ends(&with("access_token", &long), 1, "longer than 64 KiB");
    let huge = json(200, &format!("\"{}\"", "x".repeat(1_100_000)));
    exchange_ends(&huge, 1, "longer than 1048576 bytes");
}

#[test]
fn refusals_of_any_shape_have_an_exit_code_and_cannot_steer_the_terminal() {
    let steering = "\"canary\u{1b}]0;x\u{7}\"".replace("canary", "no\\u001b[2Jcode");
    for (answer, code, words) in [
        (json(400, "\"Invalid code\""), 3, "Invalid code"),
        (
            typed(400, "text/plain", "\"Invalid secret\""),
            3,
            "Invalid secret",
        ),
        (json(401, "\"Client not found\""), 3, "Client not found"),
        (
            json(400, r#"{"error":"invalid_grant"}"#),
            3,
            "invalid_grant",
        ),
        (json(400, "\"no\\u001b[2Jcode\""), 8, "no [2Jcode"),
        (json(400, &steering), 8, "answered 400"),
        (typed(400, "text/plain", "Invalid code"), 8, "answered 400"),
        (
            typed(400, "text/html", "<title>canary</title>"),
            8,
            "answered 400",
        ),
        (
            json(500, "\"Internal server error\""),
            1,
            "Internal server error",
        ),
        (json(502, ""), 1, "answered 502"),
        (json(429, "\"Slow down\""), 7, "too many requests"),
    ] {
        exchange_ends(&answer, code, words);
    }
    let long = json(400, &format!("\"{}\"", "y".repeat(5000)));
    exchange_ends(&long, 8, "yyy");
    let elsewhere = "HTTP/1.1 307 X\r\nLocation: http://127.0.0.1:9/x\r\nContent-Length: 0\r\n\
                     Connection: close\r\n\r\n";
    exchange_ends(elsewhere, 14, "redirects to http://127.0.0.1:9");
    exchange_ends("", 9, "did not answer");
}

#[test]
fn strange_lifetimes_are_not_believed() {
    for (value, longest) in [
        ("\"900\"", 900),
        ("null", 300),
        ("-5", 300),
        ("\"soon\"", 300),
        ("[]", 300),
        ("1e300", 316_224_000),
    ] {
        let token = TOKEN.replace("900", value);
        let (world, server) = (world(), Server::start(json(200, &token), json(200, USER)));
        let output = login(&world, &server, &[]);
        assert_eq!(output.code, 0, "{value}: {output:#?}");
        let left = output.json()["expires_in"].as_i64().unwrap();
        assert!((longest - 20..=longest).contains(&left), "{value}: {left}");
    }
}

#[test]
fn tokens_that_prosper_does_not_have_are_not_kept_should_they_come() {
    let token = TOKEN.replacen('{', r#"{"refresh_token":"rt_1","id_token":"a.b.c","#, 1);
    let (world, server) = (world(), Server::start(json(200, &token), json(200, USER)));
    let output = login(&world, &server, &[]);
    assert_eq!(output.json()["refreshable"], false);
    let stored = std::fs::read_to_string(world.session_file()).unwrap();
    assert!(!stored.contains("rt_1") && !stored.contains("a.b.c"));
}

#[test]
fn nobody_is_signed_in_while_it_is_not_known_who() {
    let with = |name: &str, value: &str| {
        let mut user: serde_json::Value = serde_json::from_str(USER).unwrap();
        user[name] = serde_json::from_str(value).unwrap();
        json(200, &user.to_string())
    };
    for (answer, code, words) in [
        (with("uid", "null"), 1, "it has no `uid`"),
        (with("uid", "7"), 1, "it has no `uid`"),
        (with("uid", "\" \""), 1, "it has no `uid`"),
        (json(200, "\"canary\""), 1, "it has no `uid`"),
        (json(200, "[]"), 1, "/api/v2/user is not what"),
        (
            typed(200, "text/html", "<title>canary</title>"),
            1,
            "invalid JSON",
        ),
        (json(200, ""), 1, "invalid JSON"),
        (json(401, "\"Invalid token\""), 3, "Invalid token"),
        (
            json(401, r#"{"error":"Invalid token"}"#),
            3,
            "Invalid token",
        ),
        (
            json(401, r#"{"message":"Invalid token"}"#),
            3,
            "Invalid token",
        ),
        (typed(401, "text/plain", "Invalid token"), 3, "401"),
        (json(403, "\"Forbidden\""), 4, "Forbidden"),
        (json(404, ""), 5, "404"),
        (
            json(500, "\"Internal server error\""),
            1,
            "Internal server error",
        ),
        (String::new(), 9, "did not answer"),
    ] {
        let (world, server) = (world(), Server::start(json(200, TOKEN), answer.clone()));
        let output = login(&world, &server, &["--request-timeout", patience(&answer)]);
        assert_eq!(output.code, code, "{answer}: {output:#?}");
        let output = output.because(words);
        assert!(!output.stderr.contains("canary"), "{output:#?}");
        assert!(
            !world.path("state/logins/default.json").exists(),
            "{answer}"
        );
        assert_eq!(server.asked("POST ").len(), 1, "{answer}");
    }
    let huge = json(200, &format!("\"{}\"", "x".repeat(2_000_000)));
    let (world, server) = (world(), Server::start(json(200, TOKEN), huge));
    let output = login(&world, &server, &[]);
    assert_eq!(output.code, 1, "{output:#?}");
    drop(output.because("longer than 1048576 bytes"));
}

#[test]
fn names_of_a_hostile_user_cannot_steer_the_terminal() {
    let user = r#"{"uid":"u\u001b[2J1","firstName":"To\u001b]0;pwned\u0007mas","lastName":"\u202eReyes",
        "email":"t\r\n@mail.example"}"#;
    let (world, server) = (world(), Server::start(json(200, TOKEN), json(200, user)));
    let table = ["--output", "table"];
    let output = login(&world, &server, &table);
    assert_eq!(output.code, 0, "{output:#?}");
    let issuer = ["--issuer", &server.url];
    let whoami = world
        .run(&[&["whoami"], &table[..], &issuer].concat())
        .succeeds();
    let status = world
        .run(&[&["status"], &table[..], &issuer].concat())
        .succeeds();
    for text in [output.stdout, output.stderr, whoami.stdout, status.stdout] {
        let steers = text.contains(['\u{1b}', '\u{7}', '\u{202e}', '\r']);
        assert!(!steers, "{text:?}");
    }
}

#[test]
fn another_uid_than_the_stored_one_is_not_believed() {
    let (world, server) = (world(), Server::start(json(200, TOKEN), json(200, USER)));
    assert_eq!(login(&world, &server, &[]).code, 0);
    let issuer = ["whoami", "--issuer", &server.url];
    world.run(&issuer).succeeds();
    let other = Server::start(json(200, TOKEN), json(200, &USER.replace("u-1", "u-2")));
    // The same session, whose issuer has become another server.
    let port = |url: &str| url.rsplit(':').next().unwrap().to_owned();
    let file = world.session_file();
    assert!(std::fs::read_to_string(&file).unwrap().contains("u-1"));
    let elsewhere = world.run(&["whoami", "--issuer", &other.url]).exits(3);
    drop(elsewhere.because(&port(&other.url)));
    assert!(
        other.asked("GET ").is_empty(),
        "a token stays at its issuer"
    );
}
