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
/// Tests have no terminal on macOS.
#[cfg(any(target_os = "linux", windows))]
mod terminal;
mod unwritable;
mod values;
