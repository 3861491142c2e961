//! What the sandbox shows of itself: each request with its parameters and tokens decoded, why it
//! was refused and what to send instead, sessions with their history, devices, faults, clock, keys.
//!
//! [`view`] has the shapes, which the page and `/sandbox/inspector.json` share; they are plain data
//! without a secret. [`snapshot`] fills them. It reads and never changes anything.

pub(crate) mod exchange;
pub(crate) mod feed;
pub(crate) mod page;
pub(crate) mod routes;
pub(crate) mod snapshot;
pub(crate) mod view;
