//! See `src/fuzzing.rs`.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| eprospera::fuzzing::session_record(text));
