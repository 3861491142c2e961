//! Behaviour of the built binary, told as sentences.
//!
//! Each test runs the real program against a sandbox in its own process, and reads what the user
//! sees and what the sandbox was asked.

#![expect(
    clippy::unwrap_used,
    reason = "a panic is how a test fails, in its helpers as in itself"
)]

mod api;
mod architecture;
mod cli;
mod command_store;
mod doctor;
mod field;
mod hostile;
mod login;
mod me;
mod platforms;
mod promises;
mod prosper;
#[cfg(all(feature = "real-parts", target_os = "linux"))]
mod real_parts;
#[cfg(all(feature = "real-parts", target_os = "linux"))]
mod reliability;
mod reverse_proxy;
mod sandbox;
mod session;
mod standards;
mod support;
mod torture;
#[cfg(windows)]
mod windows;

#[cfg(any(target_os = "linux", windows))]
use support::terminal;
use support::{
    browser, described, endings, impostor, memory, ports, run, scripted_portal, sign_in, wire,
    world,
};
