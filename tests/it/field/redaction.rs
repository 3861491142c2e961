//! No secret in any output, whatever a server repeats.
