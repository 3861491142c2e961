//! The request to the token endpoint: pauses, timeouts, connections, encodings.

mod encodings;
mod pauses;
mod transport;
