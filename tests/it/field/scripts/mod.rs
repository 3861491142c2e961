//! Scripts, files, profiles and terminals on other people's machines.

mod folders;
mod id_tokens;
mod profiles;
mod sessions;
#[cfg(target_os = "linux")]
mod terminal;
mod values;
