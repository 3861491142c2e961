//! What is written on the sandbox's command line: a fault that is understood says itself again.
#![no_main]

use eprospera_sandbox::{Client, Fault, Persona};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(fault) = text.parse::<Fault>() {
        let again: Fault = fault.to_string().parse().expect("a rule says itself");
        assert_eq!(again, fault);
    }
    let _ = text.parse::<Client>();
    let _ = Persona::parse(text);
    let _ = eprospera::cli::duration(text);
});
