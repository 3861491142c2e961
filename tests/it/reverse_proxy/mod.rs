//! The portal for other programs, through a proxy that keeps the token.

#[cfg(unix)]
mod audits;
#[cfg(unix)]
mod callers;
#[cfg(target_os = "linux")]
mod canaries;
#[cfg(unix)]
mod commands;
#[cfg(unix)]
mod expiries;
#[cfg(unix)]
mod floods;
#[cfg(unix)]
mod passing;
#[cfg(unix)]
mod raw_requests;
#[cfg(unix)]
mod reads;
#[cfg(unix)]
mod served;
#[cfg(unix)]
mod sessions;
#[cfg(unix)]
mod sockets;
#[cfg(unix)]
mod token_endpoint;
