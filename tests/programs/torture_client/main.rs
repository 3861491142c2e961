//! A careful client for `sandbox torture`, and its usual mistakes: each word behind the command is one.
//!
//! ```text
//! torture-client sign-in [MISTAKE]…
//! torture-client token [MISTAKE]…
//! torture-client ADDRESS
//! ```
//!
//! With an address, it is a browser that follows it to its end.

#![expect(clippy::unwrap_used, reason = "a panic is how a part of a test fails")]

mod http;

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use serde_json::Value;

use http::{Answer, Request};

/// How long a careful client waits for an answer.
const LONGEST: Duration = Duration::from_secs(15);
/// The example of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let command = words.next().unwrap();
    if command.starts_with("http") {
        http::follow(command);
        return ExitCode::SUCCESS;
    }
    let mut client = Client::new(words.collect());
    let outcome = match command.as_str() {
        "sign-in" => client.sign_in(),
        "token" => client.token(),
        other => panic!("{other}"),
    };
    // The lock goes with the client.
    drop(client);
    ExitCode::from(outcome.map_or_else(|Exit(code)| code, |()| 0))
}

/// The client ends with this code.
struct Exit(u8);

type Outcome = Result<(), Exit>;

#[derive(Default)]
struct Session {
    access: String,
    refresh: String,
    expires: u64,
    scope: String,
    kid: String,
}

impl Session {
    fn to_text(&self) -> String {
        format!(
            "{}\n{}\n{}\n{}\n{}\n",
            self.access, self.refresh, self.expires, self.scope, self.kid
        )
    }

    fn of(text: &str) -> Option<Self> {
        let mut lines = text.lines().map(str::to_owned);
        Some(Self {
            access: lines.next()?,
            refresh: lines.next()?,
            expires: lines.next()?.parse().ok()?,
            scope: lines.next()?,
            kid: lines.next()?,
        })
    }
}

/// Held until it is closed, or a folder that outlives a process that is killed.
enum Lock {
    File { _held: File },
    Folder(PathBuf),
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Self::Folder(path) = self {
            drop(fs::remove_dir(path));
        }
    }
}

struct Client {
    mistakes: Vec<String>,
    folder: PathBuf,
    issuer: String,
    session: Session,
    /// What the provider last said.
    answer: String,
    lock: Option<Lock>,
}

impl Client {
    fn new(mistakes: Vec<String>) -> Self {
        Self {
            mistakes,
            folder: variable("TORTURE_DIR").into(),
            issuer: variable("EPROSPERA_ISSUER"),
            session: Session::default(),
            answer: String::new(),
            lock: None,
        }
    }

    fn makes(&self, mistake: &str) -> bool {
        self.mistakes.iter().any(|made| made == mistake)
    }

    fn request(&self, path: &str) -> Request {
        Request::new(&format!("{}{path}", self.issuer))
    }

    fn store(&self) -> Outcome {
        let text = self.session.to_text();
        let (file, new) = (self.folder.join("session"), self.folder.join("session.new"));
        let stored = if self.makes("truncates") {
            write(&file, &text)
        } else {
            write(&new, &text).and_then(|()| fs::rename(new, file))
        };
        stored.map_err(|_| Exit(13))
    }

    fn give_up(&self, why: &str) -> Outcome {
        complain(&format!("not signed in: {why}"));
        if self.makes("echoes") {
            complain(&format!(
                "error: {}",
                self.answer.lines().next().unwrap_or_default()
            ));
        }
        if self.makes("deletes") {
            drop(fs::remove_file(self.folder.join("session")));
        }
        if self.makes("claims") {
            return say(&self.session.access);
        }
        Err(Exit(3))
    }

    fn lock(&mut self) -> Outcome {
        if self.makes("stale-lock") {
            let folder = self.folder.join("lock.d");
            wait_until(|| fs::create_dir(&folder).is_ok());
            self.lock = Some(Lock::Folder(folder));
        } else if !self.makes("no-lock") {
            let mut options = File::options();
            let options = options.append(true).create(true);
            let file = options
                .open(self.folder.join("lock"))
                .map_err(|_| Exit(13))?;
            file.lock().map_err(|_| Exit(13))?;
            self.lock = Some(Lock::File { _held: file });
        }
        Ok(())
    }

    fn sign_in(&mut self) -> Outcome {
        let uris = variable("EPROSPERA_REDIRECT_URI");
        let uri = uris.split(' ').next().unwrap();
        let asked = http::form(&[
            ("client_id", &variable("EPROSPERA_CLIENT_ID")),
            ("response_type", "code"),
            ("nonce", "a-nonce-of-a-test"),
            ("state", "a-state-of-a-test"),
            ("redirect_uri", uri),
            ("scope", "openid email offline_access"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ]);
        let page = self
            .request(&format!("/api/oauth/authorize?{asked}"))
            .send()
            .unwrap();
        let code = http::parameter(&page.location().unwrap(), "code").unwrap();
        self.lock()?;
        let form = http::form(&[
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", uri),
            ("code_verifier", VERIFIER),
        ]);
        let answer = self
            .ask_for_tokens(form, Some(LONGEST))
            .filter(Answer::is_good)
            .ok_or(Exit(1))?;
        let tokens = answer.body;
        let access = field(&tokens, "access_token");
        self.session = Session {
            refresh: field(&tokens, "refresh_token"),
            expires: now() + field(&tokens, "expires_in").parse::<u64>().unwrap(),
            scope: field(&tokens, "scope"),
            kid: kid_of(&access),
            access,
        };
        self.store()
    }

    fn ask_for_tokens(&self, form: String, limit: Option<Duration>) -> Option<Answer> {
        let secret = format!(
            "{}:{}",
            variable("EPROSPERA_CLIENT_ID"),
            variable("EPROSPERA_CLIENT_SECRET")
        );
        let basic = base64::engine::general_purpose::STANDARD.encode(secret);
        let request = self
            .request("/api/oauth/token")
            .header("Authorization", &format!("Basic {basic}"));
        request.post(form).within(limit).send().ok()
    }

    /// The status of the answer, of which 0 is none.
    fn send(&mut self) -> u16 {
        let form = http::form(&[
            ("grant_type", "refresh_token"),
            ("refresh_token", &self.session.refresh),
        ]);
        let limit = (!self.makes("waits-for-ever")).then_some(LONGEST);
        let answer = self.ask_for_tokens(form, limit);
        let (status, body) =
            answer.map_or((0, String::new()), |answer| (answer.status, answer.body));
        self.answer = body;
        status
    }

    fn refresh(&mut self) -> Outcome {
        // What cannot be stored is not asked for.
        if !self.makes("truncates") && !self.makes("stores-blindly") {
            write(&self.folder.join("session.new"), &self.session.to_text())
                .map_err(|_| Exit(13))?;
        }
        let discovery = self.request("/.well-known/openid-configuration").send();
        if !discovery.is_ok_and(|answer| answer.status < 400) {
            return self.give_up("no discovery document");
        }
        #[cfg(unix)]
        if !self.makes("dies") {
            hold_signals();
        }
        let mut status = self.send();
        if self.makes("loops") {
            for _ in 0..10 {
                if status != 200 {
                    status = self.send();
                }
            }
        } else if self.makes("retries-at-once") && status == 429 {
            status = self.send();
        }
        if status != 200 {
            return self.give_up(&format!("the provider answered {status}"));
        }
        match self.objection() {
            Some(why) => self.give_up(why),
            None => self.take(),
        }
    }

    /// Why an answer is none.
    fn objection(&self) -> Option<&'static str> {
        let (answer, session) = (&self.answer, &self.session);
        let new = field(answer, "access_token");
        if new.is_empty() {
            return Some("no access token in the answer");
        }
        if self.makes("needs-another-lifetime") && field(answer, "expires_in") == "3600" {
            return Some("an hour");
        }
        if self.makes("needs-a-number") && !json(answer)["expires_in"].is_number() {
            return Some("no number in expires_in");
        }
        if self.makes("insists") && field(answer, "scope") != session.scope {
            drop(fs::remove_file(self.folder.join("session")));
            return Some("fewer scopes");
        }
        if self.makes("keeps-the-key") && kid_of(&new) != session.kid {
            return Some("another key");
        }
        if self.makes("wants-rotation") && field(answer, "refresh_token") == session.refresh {
            return Some("the same refresh token");
        }
        let is_late = || now().abs_diff(issued_at(&new)) >= 600;
        (self.makes("trusts-the-clock") && is_late()).then_some("a wrong clock")
    }

    /// Keeps the new tokens.
    fn take(&mut self) -> Outcome {
        self.session.access = field(&self.answer, "access_token");
        let fresh = field(&self.answer, "refresh_token");
        if !self.makes("forgets") && (!fresh.is_empty() || self.makes("drops")) {
            self.session.refresh = fresh;
        }
        self.session.expires = now() + field(&self.answer, "expires_in").parse().unwrap_or(60);
        if self.makes("forgets-all") {
            return Ok(());
        }
        self.store()
    }

    fn give(&self) -> Outcome {
        if !self.makes("asks") {
            return say(&self.session.access);
        }
        let bearer = format!("Bearer {}", self.session.access);
        let request = self
            .request("/api/oauth/userinfo")
            .header("Authorization", &bearer);
        let answer = request.send().ok().filter(|answer| answer.status < 400);
        answer.ok_or(Exit(1))?;
        write(&self.folder.join("asked"), "").map_err(|_| Exit(1))
    }

    fn token(&mut self) -> Outcome {
        let asked = self.folder.join("asked");
        let is_first = || fs::create_dir(self.folder.join("first.d")).is_ok();
        if self.makes("one-asks") && !asked.exists() && !is_first() {
            wait_until(|| asked.exists());
            return Ok(());
        }
        if self.makes("signs-in-anew") {
            self.sign_in()?;
            return self.give();
        }
        self.lock()?;
        let text = fs::read_to_string(self.folder.join("session")).unwrap_or_default();
        match Session::of(&text) {
            Some(session) => self.session = session,
            None => return self.give_up("no session"),
        }
        if now() >= self.session.expires && !self.makes("never-refreshes") {
            self.refresh()?;
        }
        self.give()
    }
}

/// Signals wait until the answer is stored.
#[cfg(unix)]
fn hold_signals() {
    for signal in [signal_hook::consts::SIGTERM, signal_hook::consts::SIGINT] {
        let seen = std::sync::Arc::default();
        signal_hook::flag::register(signal, seen).unwrap();
    }
}

fn write(path: &std::path::Path, text: &str) -> io::Result<()> {
    File::create(path)?.write_all(text.as_bytes())
}

fn say(line: &str) -> Outcome {
    io::stdout()
        .write_all(format!("{line}\n").as_bytes())
        .map_err(|_| Exit(1))
}

fn complain(line: &str) {
    drop(io::stderr().write_all(format!("{line}\n").as_bytes()));
}

fn wait_until(is_so: impl Fn() -> bool) {
    while !is_so() {
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[expect(clippy::disallowed_methods, reason = "the rule is for the program")]
fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_default()
}

fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

/// A field of an answer, of any kind; empty where there is none.
fn field(text: &str, name: &str) -> String {
    match &json(text)[name] {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The head of a token names its key.
fn kid_of(token: &str) -> String {
    token.split('.').next().unwrap_or_default().to_owned()
}

fn issued_at(token: &str) -> u64 {
    let payload = token.split('.').nth(1).unwrap_or_default();
    let payload = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(payload);
    let payload = String::from_utf8(payload.unwrap_or_default()).unwrap_or_default();
    json(&payload)["iat"].as_u64().unwrap_or_default()
}
