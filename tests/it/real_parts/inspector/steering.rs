//! Who steers: a person with the keyboard, and no page of another origin.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};

use serde_json::json;

use super::{Scene, start};
use crate::real_parts::PATIENCE;

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
