//! See `fuzzing.rs` of the layer that it names.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| eprospera::oauth::fuzzing::device_authorization(bytes));
