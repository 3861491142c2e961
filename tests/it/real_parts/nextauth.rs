//! A web application that signs in through `NextAuth`, as the vendor's guide describes it.
//!
//! `tests/real/nextauth` is the application, chromium its user, `sandbox exec` the portal. Access
//! tokens live for two seconds, so that a session is refreshed while the user looks on.

use std::fs::read;
use std::io::{BufRead as _, BufReader};
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use super::{Browser, Cli};
use crate::ports::ReservedPorts;
use crate::run::sandbox_log;
use crate::world::wait_until;

const PERSONA: &str = "Tomás Quispe";
const NOBODY: &str = "Nobody is signed in";

/// The application with its portal. Both end with this value.
struct App {
    exec: Child,
    origin: String,
    /// What both say on stderr; the lines of the sandbox are JSON.
    said: Arc<Mutex<String>>,
    _user: Cli,
    _ports: ReservedPorts,
}

impl App {
    /// Starts it with further switches of the sandbox and variables of the application.
    fn start(switches: &[&str], variables: &[(&str, &str)]) -> Self {
        let folder = folder();
        let ports = ReservedPorts::new(1);
        let port = ports.numbers[0];
        let origin = format!("http://localhost:{port}");
        let port = port.to_string();
        let client = format!("sandbox-web:sandbox-secret={origin}/api/auth/callback/eprospera");
        let mut arguments = vec!["sandbox", "exec", "--log", "json", "--access-ttl", "2s"];
        arguments.extend(["--client", &client]);
        arguments.extend(switches);
        arguments.extend(["--", "node", "node_modules/next/dist/bin/next", "start"]);
        arguments.extend(["--hostname", "127.0.0.1", "--port", &port]);
        let user = Cli::new();
        let mut exec = user
            .program(crate::world::program(), &arguments)
            .current_dir(folder)
            .env("NEXTAUTH_URL", &origin)
            .env("NEXTAUTH_SECRET", "only for this test")
            .env("NEXT_TELEMETRY_DISABLED", "1")
            .envs(variables.iter().copied())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said: Arc<Mutex<String>> = Arc::default();
        let (sink, stderr) = (Arc::clone(&said), exec.stderr.take().unwrap());
        thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                let mut sink = sink.lock().unwrap();
                sink.push_str(&line);
                sink.push('\n');
            }
        });
        let app = Self {
            exec,
            origin,
            said,
            _user: user,
            _ports: ports,
        };
        wait_until("the application answers", || app.answers());
        app
    }

    fn answers(&self) -> bool {
        let address = self.origin.trim_start_matches("http://localhost:");
        let port = address.parse().unwrap();
        std::net::TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok()
    }

    fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// What the sandbox was asked to refresh, oldest first.
    fn refreshes(&self) -> Vec<Value> {
        let mut log = sandbox_log(&self.said());
        log.retain(|event| event["grant_type"] == "refresh_token");
        log
    }
}

impl Drop for App {
    fn drop(&mut self) {
        // It passes the signal on to the application, and ends after it.
        kill_process(Pid::from_child(&self.exec), Signal::TERM).ok();
        self.exec.wait().ok();
    }
}

fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/real/nextauth");
    assert!(
        read(folder.join(".next/BUILD_ID")).is_ok(),
        "run `npm ci` and `npm run build` in tests/real/nextauth first"
    );
    folder
}

/// The user at a browser.
struct User<'a> {
    app: &'a App,
    browser: std::cell::RefCell<Browser>,
}

impl<'a> User<'a> {
    fn of(app: &'a App) -> Self {
        Self {
            app,
            browser: std::cell::RefCell::new(Browser::launch()),
        }
    }

    fn open(&self, tab: &str) {
        let url = format!("{}/?tab={tab}", self.app.origin);
        self.browser.borrow_mut().open(tab, &url);
    }

    fn text(&self, tab: &str) -> String {
        self.browser.borrow_mut().text(tab)
    }

    fn click(&self, tab: &str, role: &str, name: &str) {
        self.browser.borrow_mut().click(tab, role, name);
    }

    /// From the application's own page to the consent page of the portal.
    fn begin(&self, tab: &str) {
        self.open(tab);
        assert!(self.text(tab).contains(NOBODY));
        self.click(tab, "link", "Sign in");
        self.click(tab, "button", "Sign in with e-Próspera");
        let persona = json!({ "role": "radio", "name": PERSONA });
        self.browser.borrow_mut().act("check", tab, persona);
        self.click(tab, "button", "Sign in");
    }

    fn sign_in(&self, tab: &str) {
        self.begin(tab);
        self.click(tab, "button", "Approve");
        let text = json!({ "text": "Signed in as" });
        self.browser.borrow_mut().act("wait_text", tab, text);
    }

    /// Loads the page anew and says what it shows.
    fn reloaded(&self, tab: &str) -> String {
        let mut browser = self.browser.borrow_mut();
        browser.act("reload", tab, json!({}));
        browser.text(tab)
    }
}

#[test]
fn a_session_lives_on_while_its_refresh_token_rotates() {
    let app = App::start(&[], &[]);
    let user = User::of(&app);
    user.sign_in("a");
    // Each refresh is in use: the portal says who it is, by the new access token.
    let known = format!("The portal knows {PERSONA}");
    for refreshes in 1..=3 {
        wait_until("the session is refreshed and in use", || {
            let page = user.reloaded("a");
            let signed_in = "Signed in as tomas.quispe@mail.example";
            assert!(page.contains(signed_in), "{page}\n{}", app.said());
            app.refreshes().len() >= refreshes && page.contains(&known)
        });
    }
    let page = user.text("a");
    wait_until("the log knows as many refreshes as the page", || {
        page.contains(&format!("Renewed {} times", app.refreshes().len()))
    });
    let refreshes = app.refreshes();
    for refresh in &refreshes {
        assert_eq!(refresh["status"], 200, "{refresh}");
        assert_eq!(refresh["client_id"], "sandbox-web");
    }
}

#[test]
fn a_refresh_token_that_was_not_replaced_ends_the_session_and_the_log_says_why() {
    let app = App::start(&[], &[("KEEP_OLD_REFRESH_TOKEN", "1")]);
    let user = User::of(&app);
    user.sign_in("a");
    wait_until("the session ends", || user.reloaded("a").contains(NOBODY));
    let refreshes = app.refreshes();
    let [first, second] = &refreshes[..] else {
        panic!("{refreshes:#?}");
    };
    assert_eq!(
        (&first["status"], &second["status"]),
        (&json!(200), &json!(400))
    );
    let why = second["outcome"].as_str().unwrap();
    assert!(
        why.starts_with("invalid_grant: the refresh token was already used"),
        "{why}"
    );
    assert!(why.contains("its token family was revoked"), "{why}");
}

#[test]
fn two_tabs_that_refresh_at_the_same_moment_lose_the_session() {
    // The pause lets the second request come before the first is answered.
    let app = App::start(&["--fault", "token:slow=500ms"], &[]);
    let user = User::of(&app);
    user.sign_in("a");
    user.open("b");
    let late = |event: &Value| {
        let why = event["outcome"].as_str().unwrap();
        why.contains("already used: it was rotated")
    };
    wait_until("both tabs refresh", || {
        user.browser.borrow_mut().act("reload_all", "", json!({}));
        app.refreshes().iter().any(late)
    });
    wait_until("the session ends", || user.reloaded("a").contains(NOBODY));
    assert!(user.reloaded("b").contains(NOBODY));
}

#[test]
fn an_id_token_with_another_nonce_signs_nobody_in() {
    let app = App::start(&["--fault", "id_token:bad-nonce"], &[]);
    let user = User::of(&app);
    user.begin("a");
    user.click("a", "button", "Approve");
    let page = json!({ "prefix": format!("{}/api/auth/signin?", app.origin) });
    let page = user.browser.borrow_mut().act("wait_url", "a", page);
    assert!(
        page.as_str().unwrap().contains("error=OAuthCallback"),
        "{page}"
    );
    user.open("a");
    assert!(user.text("a").contains(NOBODY));
    assert!(app.said().contains("nonce mismatch"), "{}", app.said());
}

#[test]
fn a_person_who_denies_is_sent_back_and_signed_in_nowhere() {
    let app = App::start(&[], &[]);
    let user = User::of(&app);
    user.begin("a");
    user.click("a", "button", "Deny");
    let page = json!({ "prefix": app.origin });
    user.browser.borrow_mut().act("wait_url", "a", page);
    user.open("a");
    assert!(user.text("a").contains(NOBODY));
    assert!(app.refreshes().is_empty());
}
