//! A user who is signed in at an issuer that repeats what it was sent.

use std::path::Path;

use serde_json::{Value, json};
use url::Url;

use super::places::Place;
use super::spelling::leaked;
use crate::impostor::{ANYWHERE, DEVICE, DISCOVERY, Impostor, JWKS, TOKEN, json_answer, user_of};
use crate::sign_in::Login;
use crate::world::World;

pub(super) const ACCESS: &str = "xK7pQz2mVb9Lw4Rt8Yc3Nd6Hf";
pub(super) const REFRESH: &str = "uJ5gTs1oEi8Wa0Bq7Mn4Zx2Pl";
pub(super) const CLIENT_SECRET: &str = "vC6hXy3kSr9Fd1Gt5Jb8Uw0Oe";
pub(super) const CODE: &str = "qA2sWd4eRf6tGh8yUj0iKl1oP";
pub(super) const DEVICE_CODE: &str = "mN9bVc7xZl5kJh3gFd1sPo2iU";
pub(super) const SECRETS: [&str; 5] = [ACCESS, REFRESH, CLIENT_SECRET, CODE, DEVICE_CODE];
/// Those that each run of a person who is signed in knows.
pub(super) const KEPT: [&str; 3] = [ACCESS, REFRESH, CLIENT_SECRET];

pub(super) const COMMANDS: [&[&str]; 22] = [
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
pub(super) struct Sweep {
    pub(super) issuer: Impostor,
    pub(super) world: World,
    pub(super) found: Vec<String>,
    pub(super) runs: usize,
}

impl Sweep {
    pub(super) fn new() -> Self {
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
    pub(super) fn behave(&self) {
        self.issuer.behave();
        self.issuer
            .put(DISCOVERY, json_answer(200, &self.document().to_string()));
    }

    pub(super) fn document(&self) -> Value {
        let mut document = self.issuer.document();
        document["introspection_endpoint"] = json!(format!("{}/introspect", self.issuer.url));
        document["revocation_endpoint"] = json!(format!("{}/revoke", self.issuer.url));
        document
    }

    /// Answers so from now on, wherever a secret was sent to.
    pub(super) fn misbehave(&self, place: Place, said: &[String]) {
        self.issuer.behave();
        let answer = place(&self.issuer, said);
        for path in [TOKEN, DEVICE, JWKS, crate::impostor::USERINFO, ANYWHERE] {
            self.issuer.put(path, answer.clone());
        }
        self.issuer
            .put(DISCOVERY, json_answer(200, &self.document().to_string()));
    }

    /// The state as it was after the login, and nothing cached.
    pub(super) fn restore(&self) {
        for folder in ["state", "cache"] {
            drop(std::fs::remove_dir_all(self.world.path(folder)));
        }
        copy(&self.world.path("kept"), &self.world.path("state"));
    }

    /// A login whose browser brings the code; its exit code, and all that was said.
    pub(super) fn sign_in(
        &self,
        flags: &[&str],
        grant: impl FnOnce(&Impostor, &str),
    ) -> (i32, String) {
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

    pub(super) fn run(&mut self, what: &str, command: &[&str], format: &str) {
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

    pub(super) fn search(&mut self, what: &str, said: &str) {
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
    let mut folder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
    folder.recursive(true).create(to).unwrap();
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
