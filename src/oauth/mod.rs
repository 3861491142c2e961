//! The protocol layer: OAuth 2.0 and OIDC as a client, and nothing else.
//!
//! It prints nothing, opens no file and reads no environment. It retries nothing: whether a
//! request may be sent again is the session's decision, and [`Error`] says what is known.
//!
//! ```text
//!  person      browser        this program                    authorization server
//!    │            │                 │  GET /.well-known/…  (Discovery §4)  │
//!    │            │                 ├─────────────────────────────────────▶│ discovery
//!    │            │                 │  bind a registered URI (RFC 8252 §7.3) loopback
//!    │            │   open URL      │  state, nonce, S256 challenge          authorize, pkce
//!    │            │◀────────────────┤  (RFC 6749 §4.1.1, RFC 7636 §4.3)    │
//!    │  consent   │  GET authorization_endpoint                            │
//!    ├───────────▶├───────────────────────────────────────────────────────▶│
//!    │            │  redirect: code, state, iss (RFC 6749 §4.1.2, RFC 9207)│
//!    │            │◀───────────────────────────────────────────────────────┤
//!    │            │  callback       │                                        callback
//!    │            ├────────────────▶│  code + verifier (RFC 6749 §4.1.3,   │
//!    │            │                 ├─ RFC 7636 §4.5) ────────────────────▶│ token
//!    │            │                 │  access, refresh and ID token        │
//!    │            │                 │◀─────────────────────────────────────┤
//!    │            │                 │  keys (RFC 7517)                     │ jwks
//!    │            │                 ├─────────────────────────────────────▶│
//!    │            │                 │  verify (Core §3.1.3.7)                id_token
//!    │            │                 │  …the caller stores the session…
//!    │  page      │  303, page      │                                        page
//!    │◀───────────┤◀────────────────┤  the truth, at a clean address
//!
//!  by hand: the callback's address, pasted (paste)  ·  another device approves (RFC 8628, device)
//!  later:  refresh (RFC 6749 §6)  ·  revoke (RFC 7009)  ·  introspect (RFC 7662)
//! ```

pub(crate) mod authorize;
pub(crate) mod callback;
pub(crate) mod device;
pub(crate) mod discovery;
pub(crate) mod id_token;
pub(crate) mod issuer;
pub(crate) mod loopback;
pub(crate) mod quirks;
pub(crate) mod token;

mod answer;
mod error;
mod error_code;
mod json;
mod server_text;

#[cfg(fuzzing)]
pub(crate) mod fuzzing;
#[cfg(test)]
mod scripted;

pub(crate) use self::authorize::redirect::RedirectUri;
pub(crate) use self::authorize::suspended::SuspendedAuthorization;
pub(crate) use self::authorize::{Authorization, Nonce, Params, ResponseMode};
pub(crate) use self::callback::rejection::Rejection;
pub(crate) use self::callback::{AuthorizationOutcome, Code, Denial};
pub(crate) use self::device::suspended::SuspendedDevice;
pub(crate) use self::device::{Device, DeviceError, Poll, PollInterval, authorize_device};
pub(crate) use self::discovery::{Fallbacks, Fixed, Metadata, discover};
pub(crate) use self::error::{Error, is_not_there};
pub(crate) use self::error_code::CodeMeaning;
pub(crate) use self::id_token::jwks::{Jwks, fetch_jwks};
pub(crate) use self::issuer::Issuer;
pub(crate) use self::loopback::{BindError, BrowserReply, Callback, Listener, Obstacle};
pub(crate) use self::quirks::{AuthorizationParameters, Exchange, ProviderQuirks, VendorRefusal};
pub(crate) use self::token::client_auth::{ClientAuth, ClientCredentials};
pub(crate) use self::token::introspect::{Introspection, introspect};
pub(crate) use self::token::{TokenHint, Tokens, exchange, refresh, revoke};
