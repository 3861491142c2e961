//! What tests are written with: a user, a person at a browser or a terminal, servers that a test writes.

pub(crate) mod browser;
pub(crate) mod described;
pub(crate) mod endings;
pub(crate) mod impostor;
pub(crate) mod memory;
pub(crate) mod ports;
pub(crate) mod run;
pub(crate) mod scripted_portal;
pub(crate) mod sign_in;
mod streams;
#[cfg(any(target_os = "linux", windows))]
pub(crate) mod terminal;
pub(crate) mod wire;
pub(crate) mod world;
