//! A file of people for the sandbox, JSON or TOML: people that are understood have what the login
//! page needs.
#![no_main]

use eprospera_sandbox::read_people;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match read_people("people.toml", text) {
        Ok(people) => assert!(people.iter().all(|one| !one.id.is_empty() && !one.name.is_empty())),
        Err(error) => assert!(error.to_string().starts_with("people.toml")),
    }
});
