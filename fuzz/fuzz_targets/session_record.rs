//! The stored session: what is understood stays the same when it is written and read again.
#![no_main]

use eprospera::secret::Secret;
use eprospera::session::Record;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(record) = Record::parse(&Secret::new(text.to_owned())) else {
        return;
    };
    let written = record.to_text();
    let again = Record::parse(&written).expect("what was written is understood");
    assert!(again.to_text().equals(written.expose()));
});
