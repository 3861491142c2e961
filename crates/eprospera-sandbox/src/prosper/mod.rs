//! The sandbox as "Login with Prosper": another service on the same origin, which shares nothing
//! with the portal but its people and its confidential clients (docs/portal.md, Prosper).
//!
//! It stands above the portal, which does not know it.
//!
//! ```text
//! authorize → request ─┬─ welcome                     (unknown client, other redirect URI)
//!                      └─ pages: login → consent → code, or welcome (another space)
//! token ─┐
//! user ──┴→ service → ledger
//! ```

pub(crate) mod authorize;
pub(crate) mod completion;
pub(crate) mod ledger;
pub(crate) mod pages;
pub(crate) mod pending;
pub(crate) mod request;
pub(crate) mod service;
pub(crate) mod token;
pub(crate) mod user;
