//! The paths that more than one file names: the table of routes, and what leads to them.

pub(crate) const DISCOVERY: &str = "/.well-known/openid-configuration";
pub(crate) const JWKS: &str = "/api/oauth/.well-known/jwks.json";
pub(crate) const AUTHORIZE: &str = "/api/oauth/authorize";
pub(crate) const DEVICE_AUTHORIZATION: &str = "/api/oauth/device_authorization";
pub(crate) const TOKEN: &str = "/api/oauth/token";
pub(crate) const USERINFO: &str = "/api/oauth/userinfo";
pub(crate) const REVOKE: &str = "/api/oauth/revoke";
pub(crate) const INTROSPECT: &str = "/api/oauth/introspect";

/// For who waits until the sandbox answers.
pub(crate) const HEALTH: &str = "/health";

/// What the inspector shows, for scripts.
pub(crate) const INSPECTOR_JSON: &str = "/sandbox/inspector.json";

/// For who is to trust a sandbox that speaks https.
pub(crate) const CA_CERTIFICATE: &str = "/sandbox/ca.pem";

/// Where a browser gets the right to steer, and where it steers.
pub(crate) const STEERING_SESSION: &str = "/sandbox/inspector/session";
pub(crate) const STEER: &str = "/sandbox/inspector/steer";
/// What changes of the page at `/`.
pub(crate) const INSPECTOR_CONTENT: &str = "/sandbox/inspector/content";
/// The same, live.
pub(crate) const INSPECTOR_EVENTS: &str = "/sandbox/inspector/events";

/// Pages of the portal.
pub(crate) const INDEX: &str = "/";
pub(crate) const LOGIN: &str = "/login";
pub(crate) const CONSENT: &str = "/consent";
pub(crate) const VERIFICATION: &str = "/device";

/// Pages of Prosper.
pub(crate) const PROSPER_WELCOME: &str = "/welcome";
pub(crate) const PROSPER_LOGIN: &str = "/prosper/login";
pub(crate) const PROSPER_CONSENT: &str = "/prosper/consent";
