//! An exported session, sealed with another key than this machine's: it is never opened.
#![no_main]

use eprospera::session::ExportedSession;
use eprospera::crypto::{KeyMaterial, Sealer};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(exported) = ExportedSession::parse("the file", bytes) {
        let key = eprospera::secret::Secret::new("07".repeat(32));
        let sealer = Sealer::new(move || KeyMaterial::parse(&key).map(Some));
        assert!(exported.open("the file", &sealer).is_err());
    }
});
