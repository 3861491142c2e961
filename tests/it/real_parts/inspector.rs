//! The inspector in a real browser: with scripts and without, by keyboard, on a phone, in the dark,
//! and next to a page that would like to steer.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use eprospera_sandbox::{Algorithm, Options, Sandbox};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::{Browser, PATIENCE};

const REDIRECT: &str = "http://127.0.0.1:8736/callback";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// A sandbox in this process, and a browser.
struct Scene {
    runtime: Runtime,
    sandbox: Sandbox,
    http: reqwest::Client,
    browser: Browser,
}

impl Scene {
    fn set() -> Self {
        let runtime = Runtime::new().unwrap();
        let sandbox = runtime.block_on(start());
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .unwrap();
        Self {
            runtime,
            sandbox,
            http,
            browser: Browser::launch(),
        }
    }

    /// One whose page is open in tab `a`, and may steer.
    fn steering() -> Self {
        let mut scene = Self::set();
        let address = scene.sandbox.inspector_url();
        scene.browser.open("a", &address);
        scene.wait("a", "Advance 1 minute");
        scene
    }

    fn wait(&mut self, tab: &str, text: &str) {
        self.browser.act("wait_text", tab, json!({ "text": text }));
    }

    fn evaluate(&mut self, tab: &str, script: &str) -> Value {
        let script = json!({ "script": script });
        self.browser.act("evaluate", tab, script)
    }

    /// Waits until an expression of the page is true.
    fn wait_for(&mut self, tab: &str, script: &str) {
        let deadline = Instant::now() + PATIENCE;
        while self.evaluate(tab, script) != json!(true) {
            assert!(Instant::now() < deadline, "in vain: {script}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn authorize(&self, changes: &[(&str, &str)]) -> String {
        let mut fields = vec![
            ("client_id", "sandbox-cli"),
            ("redirect_uri", REDIRECT),
            ("response_type", "code"),
            ("scope", "openid profile offline_access"),
            ("state", "the-state"),
            ("nonce", "the-nonce"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        fields.retain(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
        fields.extend(changes.iter().filter(|(_, value)| !value.is_empty()));
        let url = format!("{}/api/oauth/authorize", self.sandbox.url());
        let url = url::Url::parse_with_params(&url, fields).unwrap();
        let response = self.runtime.block_on(self.http.get(url).send()).unwrap();
        let location = response.headers().get("location");
        location.map_or_else(String::new, |value| value.to_str().unwrap().to_owned())
    }

    fn token(&self, fields: &[(&str, &str)]) -> Value {
        let url = format!("{}/api/oauth/token", self.sandbox.url());
        let sent = async {
            let response = self.http.post(url).form(fields).send().await.unwrap();
            response.text().await.unwrap()
        };
        serde_json::from_str(&self.runtime.block_on(sent)).unwrap()
    }

    fn redeem(&self, code: &str) -> Value {
        self.token(&[
            ("grant_type", "authorization_code"),
            ("client_id", "sandbox-cli"),
            ("code", code),
            ("redirect_uri", REDIRECT),
            ("code_verifier", VERIFIER),
        ])
    }

    fn code(&self) -> String {
        let callback = url::Url::parse(&self.authorize(&[])).unwrap();
        let (_, code) = callback
            .query_pairs()
            .find(|(name, _)| name == "code")
            .unwrap();
        code.into_owned()
    }

    fn refresh(&self, token: &str) -> Value {
        self.token(&[
            ("grant_type", "refresh_token"),
            ("client_id", "sandbox-cli"),
            ("refresh_token", token),
        ])
    }

    fn redirect_uri_with_a_slash(&self) {
        self.authorize(&[("redirect_uri", &format!("{REDIRECT}/"))]);
    }

    fn code_used_twice(&self) {
        let code = self.code();
        self.redeem(&code);
        self.redeem(&code);
    }

    fn old_refresh_token(&self) {
        let tokens = self.redeem(&self.code());
        let token = tokens["refresh_token"].as_str().unwrap();
        self.refresh(token);
        self.refresh(token);
    }

    fn wrong_client_authentication(&self) {
        self.token(&[
            ("grant_type", "refresh_token"),
            ("client_id", "sandbox-web"),
            ("client_secret", "not-the-secret"),
            ("refresh_token", "rt_unknown"),
        ]);
    }
}

async fn start() -> Sandbox {
    let options = Options {
        port: 0,
        signing: Algorithm::EdDsa,
        auto_approve: Some(String::new()),
        ..Options::default()
    };
    Sandbox::start(options).await.unwrap()
}

/// How it is made, what the page says of it, and the parameter that the advice is about.
type Mistake = (fn(&Scene), &'static str, &'static str);

#[test]
fn each_of_five_mistakes_is_the_newest_refusal_with_what_to_send_instead() {
    let mut scene = Scene::set();
    let address = scene.sandbox.url().to_owned();
    scene.browser.open("a", &address);
    scene.wait("a", "Live");
    let mistakes: [Mistake; 5] = [
        (
            Scene::redirect_uri_with_a_slash,
            "redirect_uri differs",
            REDIRECT,
        ),
        (
            |scene| drop(scene.authorize(&[("nonce", "")])),
            "nonce is missing",
            "nonce",
        ),
        (Scene::code_used_twice, "the code was already used", "code"),
        (
            Scene::old_refresh_token,
            "the refresh token was already used",
            "refresh",
        ),
        (Scene::wrong_client_authentication, "secret", "secret"),
    ];
    for (plant, reason, advice) in mistakes {
        plant(&scene);
        let newest = "document.querySelector('#refusal .refused')";
        scene.wait_for(
            "a",
            &format!(
                "{newest}?.querySelectorAll('dd')[0].textContent.toLowerCase().includes({reason:?}) ?? false"
            ),
        );
        let said = scene.evaluate(
            "a",
            &format!("{newest}.querySelectorAll('dd')[1].innerText"),
        );
        assert!(said.as_str().unwrap().contains(advice), "{reason}: {said}");
        // On the first screen, without scrolling.
        let seen = format!(
            "{newest}.querySelectorAll('dd')[1].getBoundingClientRect().bottom <= innerHeight"
        );
        assert_eq!(scene.evaluate("a", &seen), json!(true), "{reason}");
    }
    let said = scene.evaluate("a", "document.querySelector('#announcer').textContent");
    assert!(
        said.as_str().unwrap().starts_with("A request was refused."),
        "{said}"
    );
    assert_eq!(scene.browser.act("faults", "a", json!({})), json!([]));
}

#[test]
fn without_scripts_the_page_is_read_by_reloading_and_steered_with_a_pasted_token() {
    let mut scene = Scene::set();
    let address = json!({ "url": scene.sandbox.url(), "kind": "plain" });
    scene.browser.act("open", "a", address);
    assert!(scene.browser.text("a").contains("No request was refused"));
    scene.redirect_uri_with_a_slash();
    scene.browser.act("reload", "a", json!({}));
    let text = scene.browser.text("a");
    assert!(
        text.contains("redirect_uri differs") && text.contains("Send instead"),
        "{text}"
    );
    scene
        .browser
        .act("click", "a", json!({ "selector": "#requests summary" }));
    assert!(scene.browser.text("a").contains("Sent by the client"));
    scene.browser.click("a", "link", "Refused only");
    let url = scene.browser.act("url", "a", json!({}));
    assert!(url.as_str().unwrap().ends_with("/?show=refused"), "{url}");

    let token = json!({ "selector": "#control_token", "text": scene.sandbox.control_token() });
    scene.browser.act("fill", "a", token);
    scene.browser.click("a", "button", "Start steering");
    scene.browser.click("a", "button", "Advance 1 minute");
    scene.wait("a", "The clock was advanced by 1m");
    scene.browser.act(
        "fill",
        "a",
        json!({ "selector": "#rule", "text": "tokn:500" }),
    );
    scene.browser.click("a", "button", "Set rule");
    scene.wait("a", "there is no endpoint");
    scene
        .browser
        .act("click", "a", json!({ "selector": ".confirm summary" }));
    scene.browser.click("a", "button", "Reset everything now");
    scene.wait("a", "Everything is as it was at the start");
    assert!(scene.browser.text("a").contains("No request was refused"));
}

#[test]
fn a_live_update_keeps_what_is_open_focused_and_selected() {
    let mut scene = Scene::set();
    scene.redirect_uri_with_a_slash();
    let address = scene.sandbox.url().to_owned();
    scene.browser.open("a", &address);
    scene.wait("a", "Live");
    scene
        .browser
        .act("click", "a", json!({ "selector": "#requests summary" }));
    scene.evaluate(
        "a",
        "(() => { const row = document.querySelector('#requests details'); window.mine = row; \
         row.querySelector('summary').focus(); \
         getSelection().selectAllChildren(row.querySelector('dd')); scrollTo(0, 200); })()",
    );
    let selected = scene.evaluate("a", "getSelection().toString()");
    assert_ne!(selected, json!(""));
    scene.authorize(&[("nonce", "")]);
    scene.wait_for(
        "a",
        "document.querySelectorAll('#requests li[id]').length === 2",
    );
    let kept = "mine.open && document.activeElement === mine.querySelector('summary') && \
        document.querySelector('ol.requests > li:nth-child(2)').contains(mine)";
    assert_eq!(scene.evaluate("a", kept), json!(true));
    assert_eq!(scene.evaluate("a", "getSelection().toString()"), selected);

    scene.browser.click("a", "button", "Pause");
    scene.wait("a", "Paused");
    scene.code_used_twice();
    scene.browser.click("a", "button", "Resume");
    scene.wait("a", "the code was already used");
    let sandbox = std::mem::replace(&mut scene.sandbox, scene.runtime.block_on(start()));
    scene.runtime.block_on(sandbox.stop());
    scene.wait("a", "Connection lost");
}

#[test]
fn the_control_token_leaves_the_address_at_once_and_is_left_nowhere() {
    let mut scene = Scene::steering();
    let token = scene.sandbox.control_token().to_owned();
    let url = scene.browser.act("url", "a", json!({}));
    assert_eq!(url, json!(format!("{}/", scene.sandbox.url())));
    let stored =
        "JSON.stringify([history.state, document.cookie, {...localStorage}, {...sessionStorage}])";
    for place in [
        "document.documentElement.outerHTML",
        stored,
        "document.referrer",
    ] {
        let text = scene.evaluate("a", place);
        assert!(!text.as_str().unwrap().contains(&token), "{place}");
    }
    let requests = scene.browser.act("requests", "a", json!({}));
    for request in requests.as_array().unwrap() {
        assert_eq!(
            request["referer"].as_str().unwrap_or_default(),
            "",
            "{request}"
        );
    }
    assert!(!requests.to_string().contains(&token), "{requests}");
    let log = serde_json::to_string(&scene.sandbox.request_log()).unwrap();
    assert!(!log.contains(&token), "{log}");
    // The printed address, opened where the page is already, is the same tab without a load.
    scene.browser.click("a", "button", "Stop steering");
    scene.wait("a", "Start steering");
    let address = scene.sandbox.inspector_url();
    scene.evaluate("a", &format!("location.href = {address:?}"));
    scene.wait("a", "Advance 1 minute");
    let url = scene.browser.act("url", "a", json!({}));
    assert_eq!(url, json!(format!("{}/", scene.sandbox.url())));

    scene
        .browser
        .open("b", &format!("{}/#control=wrong", scene.sandbox.url()));
    scene.wait("b", "not the control token of this sandbox");
    assert_eq!(scene.browser.act("faults", "a", json!({})), json!([]));
}

#[test]
fn a_person_steers_with_the_keyboard_alone_and_sees_where_they_are() {
    let mut scene = Scene::steering();
    scene.browser.act("press", "a", json!({ "key": "Tab" }));
    let here = "document.activeElement.textContent";
    assert_eq!(
        scene.evaluate("a", here),
        json!("Skip to the newest refusal")
    );
    let outlined = "(() => { const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement); \
        return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1 })()";
    let mut stops = 0;
    while scene.evaluate("a", here) != json!("Advance 1 minute") {
        assert_eq!(
            scene.evaluate("a", outlined),
            json!(true),
            "{}",
            scene.evaluate("a", here)
        );
        scene.browser.act("press", "a", json!({ "key": "Tab" }));
        stops += 1;
        assert!(stops < 100, "the button is not reached");
    }
    scene.browser.act("press", "a", json!({ "key": "Enter" }));
    scene.wait("a", "The clock was advanced by 1m");
    assert_eq!(scene.evaluate("a", here), json!("Advance 1 minute"));
    let report = scene.evaluate(
        "a",
        "document.querySelector('#report').getAttribute('role')",
    );
    assert_eq!(report, json!("status"));
}

#[test]
fn the_page_is_fit_for_a_phone_the_dark_and_a_screen_reader_whatever_was_sent() {
    let mut scene = Scene::set();
    let long = "x".repeat(3000);
    let hostile = [
        ("client_id", "<script>alert(1)</script>\u{202e}evil"),
        ("redirect_uri", "\"><img src=x onerror=alert(1)>"),
        ("state", &*long),
    ];
    scene.authorize(&hostile);
    scene.code_used_twice();
    scene.authorize(&[("state", &long), ("nonce", "")]);
    let address = scene.sandbox.inspector_url();
    for kind in ["usual", "dark", "phone"] {
        let open = json!({ "url": address, "kind": kind });
        scene.browser.act("open", kind, open);
        scene.wait(kind, "Advance 1 minute");
        scene.evaluate(
            kind,
            "document.querySelectorAll('details').forEach((part) => { part.open = true })",
        );
        let wide = scene.evaluate(kind, "document.documentElement.scrollWidth - innerWidth");
        assert!(
            wide.as_i64().unwrap() <= 0,
            "{kind}: {wide} pixels too wide"
        );
        let found = scene.browser.act("axe", kind, json!({}));
        assert_eq!(found, json!([]), "{kind}");
        let foreign = "document.querySelectorAll('img, body script, iframe, object').length";
        assert_eq!(scene.evaluate(kind, foreign), json!(0), "{kind}");
        assert_eq!(
            scene.browser.act("faults", kind, json!({})),
            json!([]),
            "{kind}"
        );
    }
}

/// Another server on this computer, with a page that tries to steer a sandbox. Sends on what each
/// request to it has in its header lines.
fn attacker(page: String) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (sender, requests) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let lines = BufReader::new(&stream).lines().map_while(Result::ok);
            let head: Vec<_> = lines.take_while(|line| !line.is_empty()).collect();
            let answer = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{page}",
                page.len()
            );
            (&stream).write_all(answer.as_bytes()).ok();
            if sender.send(head.join("\n")).is_err() {
                return;
            }
        }
    });
    (address, requests)
}

#[test]
fn a_page_of_another_port_steers_nothing_though_the_browser_sends_it_the_cookie() {
    let mut scene = Scene::steering();
    let token = scene.evaluate("a", "document.querySelector('[name=form_token]').value");
    let (url, token) = (
        scene.sandbox.url().to_owned(),
        token.as_str().unwrap().to_owned(),
    );
    // It even knows the form token, which no page can read.
    let (address, requests) = attacker(format!(
        "<form method=post action={url}/sandbox/inspector/steer><input name=form_token value={token}>\
         <input name=action value=fault><input name=rule value=token:500></form><iframe src={url}/></iframe>\
         <script>const body = new URLSearchParams({{form_token: '{token}', action: 'fault', rule: 'token:500'}});\
         const sent = ['no-cors', 'cors'].map((mode) => fetch('{url}/sandbox/inspector/steer',\
         {{method: 'POST', mode, body, credentials: 'include'}}).catch(() => 0));\
         const read = fetch('{url}/', {{credentials: 'include'}}).then(() => 'read', () => 'unreadable');\
         Promise.all([read, ...sent]).then(([what]) => {{ document.title = what; document.forms[0].submit() }})</script>"
    ));
    scene.browser.open("b", &address);
    let refused = json!({ "prefix": format!("{url}/sandbox/inspector/steer") });
    scene.browser.act("wait_url", "b", refused);
    scene.wait("b", "This request came from another page");
    let head = requests.recv_timeout(PATIENCE).unwrap();
    assert!(
        head.contains("sandbox_steering_") && !head.contains(scene.sandbox.control_token()),
        "{head}"
    );
    let refused = scene.sandbox.request_log();
    let refused = refused
        .iter()
        .filter(|event| event.status == Some(403))
        .count();
    assert_eq!(refused, 3);
    scene.wait("a", "No fault is set");
    assert!(!scene.redeem(&scene.code())["access_token"].is_null());
}

#[test]
fn two_sandboxes_in_one_browser_do_not_take_each_others_right_to_steer() {
    let mut scene = Scene::steering();
    let second = scene.runtime.block_on(start());
    scene.browser.open("b", &second.inspector_url());
    scene.wait("b", "Advance 1 minute");
    for tab in ["a", "b"] {
        scene.browser.act("reload", tab, json!({}));
        scene.browser.click(tab, "button", "Advance 1 minute");
        scene.wait(tab, "The clock was advanced by 1m");
    }
}
