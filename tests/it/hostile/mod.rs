//! Servers that lie, and what must not come of it.

mod answers;
pub(crate) mod corpus;
mod id_tokens;
mod metadata;
mod origins;
mod text;
