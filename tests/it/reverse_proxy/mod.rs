//! The portal for other programs, through a proxy that keeps the token.

mod audits;
mod callers;
/// Reads the memory of other processes, which is a file on Linux.
#[cfg(target_os = "linux")]
mod canaries;
mod commands;
mod expiries;
mod floods;
mod passing;
mod raw_requests;
mod reads;
mod served;
mod sessions;
/// `--socket` is not there on Windows.
#[cfg(unix)]
mod sockets;
mod token_endpoint;
