//! The request to the token endpoint: pauses, timeouts, connections, encodings.

mod encodings;
/// Windows stops no process and lets it go on.
#[cfg(unix)]
mod pauses;
mod transport;
