//! The request to the token endpoint: pauses, timeouts, connections, encodings.

mod encodings;
#[cfg(unix)]
mod pauses;
mod transport;
