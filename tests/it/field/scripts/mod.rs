//! Scripts, files and profiles on other people's machines.

mod folders;
mod id_tokens;
mod profiles;
mod sessions;
mod values;
