//! The browser's part of a sign-in: authorize, login, consent, the page for device codes, and the
//! way back to the client.

pub(crate) mod authorize;
pub(crate) mod callback;
pub(crate) mod consent;
pub(crate) mod login;
pub(crate) mod pending;
pub(crate) mod verification;
