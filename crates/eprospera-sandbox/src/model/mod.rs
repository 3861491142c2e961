//! What the portal knows: clients, scopes, grants, waiting devices, signed-in browsers.
//!
//! Pure bookkeeping over a clock reading. It knows no HTTP and no page.

pub(crate) mod authorization;
pub(crate) mod bounded;
pub(crate) mod browser_sessions;
pub(crate) mod client;
pub(crate) mod code;
pub(crate) mod consent;
pub(crate) mod device_codes;
pub(crate) mod grant_error;
pub(crate) mod grants;
pub(crate) mod history;
pub(crate) mod parameters;
pub(crate) mod pkce;
pub(crate) mod redeem;
pub(crate) mod refresh;
pub(crate) mod refresh_token;
pub(crate) mod scope;
pub(crate) mod space;
pub(crate) mod token_owner;
pub(crate) mod token_state;
