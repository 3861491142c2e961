//! Behaviour of the built binary, told as sentences.
//!
//! Each test runs the real program against a sandbox in its own process, and reads what the user
//! sees and what the sandbox was asked.

#![expect(
    clippy::unwrap_used,
    reason = "a panic is how a test fails, in its helpers as in itself"
)]

mod api;
mod api_answers;
mod architecture;
mod browser;
#[cfg(unix)]
mod command_store;
mod completions;
mod concurrency;
mod credentials;
mod decode_id_token;
mod downloads;
mod exec;
mod exit_codes;
mod field;
mod help;
mod hostile_answers;
mod hostile_corpus;
mod hostile_id_tokens;
mod hostile_metadata;
mod hostile_text;
mod impostor;
mod interruption;
mod introspect;
mod jq;
mod json_reference;
mod login;
mod login_bad_input;
#[cfg(target_os = "linux")]
mod login_crowd;
mod login_device;
mod login_id_token;
mod login_opener;
mod login_parameters;
#[cfg(target_os = "linux")]
mod login_paste;
mod logout;
mod me;
mod me_answers;
mod me_golden;
mod me_refusals;
mod mix_up;
mod network;
mod origins;
mod output;
mod ports;
mod profile;
mod prosper;
mod prosper_apart;
mod prosper_hostile;
mod prosper_refusals;
#[cfg(all(feature = "real-parts", target_os = "linux"))]
mod real_parts;
mod refresh;
#[cfg(all(feature = "real-parts", target_os = "linux"))]
mod reliability;
mod rescue;
mod retries;
mod run;
mod sandbox;
#[cfg(unix)]
mod sandbox_data;
mod sandbox_exec;
mod sandbox_switches;
mod scripted_portal;
mod secrecy;
mod session_file;
mod session_transfer;
mod sign_in;
mod status;
#[cfg(target_os = "linux")]
mod terminal;
mod token;
mod transcripts;
mod wire;
mod world;
