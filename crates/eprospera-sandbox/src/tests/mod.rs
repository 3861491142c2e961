//! The sandbox against docs/portal.md, over real loopback connections.
//!
//! The tests bring their own small client: it shares nothing with the crate's.

mod authorize;
mod browser;
mod contract;
mod control;
mod credentials;
mod data;
mod device;
mod envelopes;
mod fault_rules;
mod faults;
mod files;
mod given_key;
mod id_token_faults;
mod inspector;
mod inspector_page;
mod introspect;
mod journal;
mod load;
mod memory;
mod people;
mod prosper;
mod refusals;
mod refused_clients;
mod registration;
mod reset;
mod resources;
mod right_clients;
mod rotation;
mod route_faults;
mod steering;
mod tax;
mod tls;
mod token;
mod tokens;
mod unconnected;
mod verification;
mod world;
