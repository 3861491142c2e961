//! What happens on other people's machines: reports of users, each as the behaviour that is right.

mod erasure;
mod files;
mod last_page;
mod listener;
pub(crate) mod network;
mod providers;
mod redaction;
mod rotation;
mod scripts;
mod stores;
mod terminal;
mod token_request;
mod unfinished;
#[cfg(windows)]
mod windows;
