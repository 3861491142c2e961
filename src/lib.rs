//! `eprospera` signs a person in to e-Próspera, keeps the session alive, and asks the portal.

pub mod clock;
pub mod http;
pub mod oauth;
pub mod sandbox;
pub mod secret;
pub mod store;
