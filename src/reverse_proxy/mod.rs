//! A small reverse proxy to the portal's origin: it adds a fresh access token to each request, so
//! that a program gets access without ever holding the token.
//!
//! Each caller proves itself with a [`Capability`], which is worth nothing anywhere else. What
//! may pass is narrow: reads of plain paths, unless rules say more ([`allow`]). Not to be confused
//! with `http::proxy`, which is about proxies on the way to the portal.
//!
//! It prints nothing, reads no setting, and does not know which command runs it: where tokens come
//! from is a [`TokenSource`].

mod allow;
mod audit;
mod audited;
mod body;
mod capability;
mod connections;
mod echo;
mod escapes;
mod forward;
mod headers;
mod refusal;
mod request_target;
mod server;
#[cfg(unix)]
mod socket;
mod token_answer;
mod token_source;

pub(crate) use allow::Rules;
pub(crate) use audit::Audit;
pub(crate) use capability::Capability;
pub(crate) use forward::Portal;
#[cfg(test)]
pub(crate) use refusal::REASONS;
pub(crate) use server::{Listener, Server};
#[cfg(unix)]
pub(crate) use socket::{BoundSocket, SocketError};
pub(crate) use token_source::{CurrentToken, TokenDesk, TokenSource};
