//! Failures on purpose: what the rules mean, how they are read, and what they do to an answer.
//!
//! An endpoint that spoils its own content asks for the rule itself.

pub(crate) mod error_body;
pub(crate) mod fault;
pub(crate) mod injection;
pub(crate) mod rule;
pub(crate) mod table;
