//! What the page shows: with scripts and without, live, on a phone, in the dark, and to a screen reader.

use serde_json::json;

use super::{REDIRECT, Scene, start};

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
