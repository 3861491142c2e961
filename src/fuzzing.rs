//! What the fuzzer feeds to modules that no other crate can name, each with what must hold whatever
//! comes. `oauth` and `store` have files of their own for what only they can name.
//!
//! Compiled for `fuzz/` only. It must not weaken a check: it calls what the program calls.

use std::path::Path;

use url::Url;

use crate::config::Config;
use crate::crypto::{KeyMaterial, Sealer};
use crate::portal::{PortalRefusal, target};
use crate::secret::Secret;
use crate::session::{ExportedSession, Record};

pub use crate::oauth::fuzzing::{
    callback, device_authorization, discovery, id_token, jwks, pasted, token_answer,
};
pub use crate::store::fuzzing::{helper_line, keyring_entries, sealed_file};

/// An exported session, sealed with another key than this machine's: it is never opened.
pub fn export(bytes: &[u8]) {
    if let Ok(exported) = ExportedSession::parse("the file", bytes) {
        let key = Secret::new("07".repeat(32));
        let sealer = Sealer::new(move || KeyMaterial::parse(&key).map(Some));
        assert!(exported.open("the file", &sealer).is_err());
    }
}

/// The stored session: what is understood stays the same when it is written and read again.
pub fn session_record(text: &str) {
    let Ok(record) = Record::parse(&Secret::new(text.to_owned())) else {
        return;
    };
    let written = record.to_text();
    let again = Record::parse(&written).expect("what was written is understood");
    assert!(again.to_text().equals(written.expose()));
}

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
