//! What the fuzzer feeds to modules that no other crate can name, each with what must hold whatever
//! comes; `oauth` and `store` have files of their own for this.
//!
//! Compiled for `fuzz/` only. It must not weaken a check: it calls what the program calls.

use std::path::Path;

use url::Url;

use crate::config::Config;
use crate::portal::{PortalRefusal, target};

/// The configuration file: what is understood can be changed, written and understood again.
pub fn config(text: &str) {
    let path = Path::new("config.toml");
    let Ok(mut config) = Config::parse(path, text) else {
        return;
    };
    for name in config.names() {
        drop(config.profile(&name));
    }
    let ids = ["one".to_owned()];
    if config.set("fuzzed", "client_id", &ids).is_ok() {
        let again = Config::parse(path, &config.to_text()).expect("what was written is understood");
        let profile = again.profile("fuzzed").expect("the profile was set");
        assert_eq!(profile.client_id.as_deref(), Some("one"));
    }
}

/// A refusal of the portal, whatever its form: it has words, and they are short.
pub fn portal_answer(bytes: &[u8]) {
    for status in [400, 401, 403, 404, 429, 500] {
        let refusal = PortalRefusal::parse(status, bytes);
        assert!(!refusal.text().is_empty() && refusal.text().chars().count() < 1000);
        drop(refusal.missing_scopes());
        refusal.is_about_the_token();
    }
}

/// A path that a person asks for by hand: whatever is accepted stays on the portal's origin, and
/// says what was written.
pub fn api_path(text: &str) {
    for origin in [
        "https://portal.example",
        "http://127.0.0.1:8787",
        "http://[::1]:80",
    ] {
        let origin = Url::parse(origin).expect("it is a URL");
        if let Ok(url) = target(&origin, text) {
            assert_eq!(url.origin(), origin.origin());
            assert!(url.username().is_empty() && url.password().is_none());
            assert!(text.contains(url.path().trim_start_matches('/')));
            let mut parts = url.path().split('/');
            assert!(!parts.any(|part| part == ".." || part == "."));
        }
    }
}
