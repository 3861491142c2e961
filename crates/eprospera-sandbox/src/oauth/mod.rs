//! The endpoints that a client calls itself: discovery, device authorization, token, userinfo,
//! revoke, introspect.

pub(crate) mod bearer;
pub(crate) mod client_authentication;
pub(crate) mod device_authorization;
pub(crate) mod discovery;
pub(crate) mod introspect;
pub(crate) mod revoke;
pub(crate) mod token;
pub(crate) mod token_issuer;
pub(crate) mod userinfo;
