//! A session after its login: kept, refreshed, moved, ended.

mod concurrency;
mod decode_id_token;
mod file;
mod interruption;
mod logout;
mod refresh;
mod rescue;
mod secrecy;
mod status;
#[cfg(windows)]
mod terminations;
mod token;
mod transfer;
