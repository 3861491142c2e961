//! The sandbox against docs/portal.md, over real loopback connections.
//!
//! The tests bring their own small client: it shares nothing with the crate's.

mod authorize;
mod browser;
mod world;
