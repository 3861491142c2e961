//! The other side of the wire: a strict local e-Próspera portal for trying out and testing.
//!
//! It speaks HTTP on 127.0.0.1 and nowhere else, follows docs/portal.md, and shares no type with
//! the rest of the crate: a shared type would let one mistake pass on both sides. It prints
//! nothing and reads no environment; what happens goes to the [`journal`](Sandbox::journal) and
//! to [`Options::on_event`]. All its people are invented.
//!
//! ```text
//! http/connection → server/middleware (host, faults, log) → server/router
//!     → sign_in: authorize → login → consent → callback
//!     → oauth: token → token_issuer → crypto/keys; userinfo, revoke, introspect
//!     → resources: bearer → natural_person, documents, legal_entities, tax
//!     → prosper: another service on the same origin
//! http/connection → server/middleware → files/service → signed_url, byte_range, content
//! ```

mod clock;
mod crypto;
mod difference;
mod faults;
mod files;
mod http;
mod model;
mod oauth;
mod options;
mod pages;
mod paths;
mod people;
mod portal;
mod prosper;
mod resources;
mod route;
mod sandbox;
mod server;
mod sign_in;

#[cfg(test)]
mod tests;

pub use crypto::keys::{Algorithm, KeyError, OldKey, UnknownAlgorithm};
pub use faults::fault::{
    Action, DiscoveryDefect, Endpoint, Fault, FileDefect, IdTokenDefect, TokenDefect,
};
pub use faults::rule::FaultError;
pub use http::request_log::{Event, Observer};
pub use model::client::{Client, ClientError, GrantType, built_in};
pub use model::space::Space;
pub use options::Options;
pub use people::persona::{Entity, Persona, Tax};
pub use people::persona_file::{PeopleError, read_people};
pub use sandbox::{Error, Sandbox, start};
