//! What a device login shows, and how long it asks, at an issuer that never approves.

use serde_json::json;

use crate::impostor::{DEVICE, Impostor, TOKEN, json_answer, user_of};

const CODE: &str = "WDJB-MJHT";

/// An issuer that answers each poll with this error.
fn issuer(error: &str, expires_in: u64) -> Impostor {
    let issuer = Impostor::new();
    let page = format!("{}/page", issuer.url);
    let device = json!({
        "device_code": "canary-device",
        "user_code": CODE,
        "verification_uri": page,
        "verification_uri_complete": format!("{page}?filled=in"),
        "expires_in": expires_in,
        "interval": 1,
    });
    issuer.put(DEVICE, json_answer(200, &device.to_string()));
    let error = json!({ "error": error }).to_string();
    issuer.put(TOKEN, json_answer(400, &error));
    issuer
}

#[test]
fn nobody_is_asked_once_the_code_has_expired() {
    let issuer = issuer("authorization_pending", 2);
    let world = user_of(&issuer);
    let output = world.run(&["login", "--device"]).exits(9);
    drop(output.because("the code expired"));
    let polls = issuer.asked(TOKEN).len();
    assert!((1..=2).contains(&polls), "{polls}");
}

/// Tests have no terminal on macOS.
#[cfg(any(target_os = "linux", windows))]
#[test]
fn the_code_and_the_plain_address_stand_beside_a_drawn_one() {
    let issuer = issuer("access_denied", 60);
    let world = user_of(&issuer);
    let login = ["login", "--device", "--qr", "--no-browser"];
    let shown = world.at_terminal(100, &login).end().exits(4).stdout;
    assert!(shown.contains('\u{2588}'), "{shown}");
    let page = format!("{}/page", issuer.url);
    for words in [CODE, &page] {
        assert!(shown.contains(words), "no {words} in {shown}");
    }
    assert!(!shown.contains("filled=in"), "{shown}");
}
