//! Scripts, files, profiles and terminals on other people's machines.

mod bodies;
mod completion;
mod encodings;
mod filters;
/// Windows does not ask variables where the home is.
mod folders;
mod id_tokens;
mod profiles;
mod sessions;
mod skipped_downloads;
#[cfg(target_os = "linux")]
mod terminal;
mod unwritable;
mod values;
