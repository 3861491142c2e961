//! The request to the token endpoint: pauses, timeouts, connections, encodings.
