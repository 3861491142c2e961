//! A refusal of the portal, whatever its form: it has words, and they are short.
#![no_main]

use eprospera::portal::Refusal;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for status in [400, 401, 403, 404, 429, 500] {
        let refusal = Refusal::parse(status, bytes);
        assert!(!refusal.text().is_empty() && refusal.text().chars().count() < 1000);
        let _ = (refusal.missing_scopes(), refusal.is_about_the_token());
    }
});
