//! A path that a person asks for by hand: whatever is accepted stays on the portal's origin, and
//! says what was written.
#![no_main]

use eprospera::portal::target;
use libfuzzer_sys::fuzz_target;
use url::Url;

fuzz_target!(|text: &str| {
    for origin in ["https://portal.example", "http://127.0.0.1:8787", "http://[::1]:80"] {
        let origin = Url::parse(origin).expect("it is a URL");
        if let Ok(url) = target(&origin, text) {
            assert_eq!(url.origin(), origin.origin());
            assert!(url.username().is_empty() && url.password().is_none());
            assert!(text.contains(url.path().trim_start_matches('/')));
            assert!(!url.path().split('/').any(|part| part == ".." || part == "."));
        }
    }
});
