//! Behaviour of the built binary.
