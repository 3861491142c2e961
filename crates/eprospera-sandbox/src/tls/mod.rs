//! The certificates of a sandbox that speaks https: its own authority, and what that signs. It
//! knows nothing of HTTP, and touches no disk.

pub(crate) mod authority;
pub(crate) mod server_certificate;
