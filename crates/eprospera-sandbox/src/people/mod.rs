//! The fictional people, and the files that describe more of them.

pub(crate) mod persona;
pub(crate) mod persona_file;
#[cfg(test)]
pub(crate) mod schema;
pub(crate) mod shape;
pub(crate) mod tax_shape;
pub(crate) mod toml_file;
pub(crate) mod validated;
pub(crate) mod wording;
