//! The configuration file: what is understood can be changed, written and understood again.
#![no_main]

use std::path::Path;

use eprospera::config::Config;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let path = Path::new("config.toml");
    let Ok(mut config) = Config::parse(path, text) else {
        return;
    };
    for name in config.names() {
        let _ = config.profile(&name);
    }
    if config.set("fuzzed", "client_id", &["one".to_owned()]).is_ok() {
        let again = Config::parse(path, &config.to_text()).expect("what was written is understood");
        let profile = again.profile("fuzzed").expect("the profile was set");
        assert_eq!(profile.client_id.as_deref(), Some("one"));
    }
});
