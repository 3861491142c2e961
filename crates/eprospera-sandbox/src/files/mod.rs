//! The file service, and what its files hold. It knows signed URLs and no tokens.

pub(crate) mod byte_range;
pub(crate) mod content;
pub(crate) mod palette;
pub(crate) mod pdf;
pub(crate) mod picture;
pub(crate) mod service;
pub(crate) mod signed_url;
