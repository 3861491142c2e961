//! See `fuzzing.rs` of the layer that it names.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| eprospera::store::fuzzing::helper_line(bytes));
