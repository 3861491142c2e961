//! What the one who wrote a client learns of its mistakes: a hint below the line of the request, and
//! the same for scripts. The crate's own tests have every refusal.

use serde_json::Value;

use crate::browser::body;
use crate::world::World;

/// An authorization request without the nonce, and with a slash too many.
const MISTAKES: [(&str, &str); 2] = [
    (
        "redirect_uri=http://127.0.0.1:8736/callback/&nonce=n",
        "leave out the `/` at the end: send `redirect_uri=http://127.0.0.1:8736/callback`",
    ),
    (
        "redirect_uri=http://127.0.0.1:8736/callback",
        "add `nonce=RANDOM` to the authorization request",
    ),
];

#[test]
fn a_mistake_is_answered_with_what_to_send_instead_in_the_log_and_for_scripts() {
    let world = World::new();
    let mut sandbox = world.spawn(world.command(&["sandbox", "--port", "0"]));
    let said: Value = serde_json::from_str(&sandbox.line_of_stdout()).unwrap();
    let url = said["url"].as_str().unwrap();
    let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    for (mistake, instead) in MISTAKES {
        let request = format!(
            "{url}/api/oauth/authorize?client_id=sandbox-cli&response_type=code&scope=openid&state=s\
             &code_challenge={challenge}&code_challenge_method=S256&{mistake}"
        );
        world.block_on(body(&request, "x"));
        sandbox.wait_for(&format!("hint: {instead}"));
        let shown = world.block_on(body(&format!("{url}/sandbox/inspector.json"), "x"));
        let shown: Value = serde_json::from_str(&shown).unwrap();
        let exchanges = shown["exchanges"].as_array().unwrap();
        let refused = exchanges
            .iter()
            .find(|exchange| exchange["number"] == shown["newest_refusal"]);
        let refusal = &refused.unwrap()["refusal"];
        assert!(
            refusal["send_instead"]
                .as_str()
                .unwrap()
                .starts_with(instead),
            "{refusal}"
        );
    }
    drop(sandbox.stop());
}
