//! The portal for other programs, through a proxy that keeps the token.

#[cfg(unix)]
mod audits;
#[cfg(target_os = "linux")]
mod canaries;
#[cfg(unix)]
mod expiries;
#[cfg(unix)]
mod raw_requests;
#[cfg(unix)]
mod served;
#[cfg(unix)]
mod sockets;
#[cfg(unix)]
mod token_endpoint;
