//! The invented people, and the files that describe more of them.

pub(crate) mod persona;
pub(crate) mod persona_file;
pub(crate) mod shape;
pub(crate) mod tax_shape;
pub(crate) mod validated;
