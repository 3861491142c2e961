//! A strict e-Próspera portal on this computer, to test OAuth clients against. It is unofficial.
//!
//! [`Sandbox::start`] gives a test a portal of its own: OAuth with `OpenID` Connect, the device
//! grant, refresh tokens that rotate, the resource routes, a file service, and "Login with Prosper".
//! It refuses whatever the portal refuses, fails on purpose when a [`Fault`] says so, and keeps a
//! [request log](Sandbox::request_log). All its people are fictional.
//!
//! ```
//! use eprospera_sandbox::{Options, Sandbox};
//! use serde_json::Value;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let sandbox = Sandbox::start(Options {
//!     port: 0, // any free one
//!     auto_approve: Some("resident".to_owned()), // no login and no consent page
//!     ..Options::default()
//! })
//! .await?;
//!
//! // Your client needs the issuer and a registered client. Here a plain HTTP client signs in.
//! let http = reqwest::Client::builder()
//!     .redirect(reqwest::redirect::Policy::none())
//!     .build()?;
//! let redirect_uri = "http://127.0.0.1:8736/callback";
//! let authorize = url::Url::parse_with_params(
//!     &format!("{}/api/oauth/authorize", sandbox.url()),
//!     [
//!         ("response_type", "code"),
//!         ("client_id", "sandbox-cli"),
//!         ("redirect_uri", redirect_uri),
//!         ("scope", "openid offline_access"),
//!         ("state", "a-random-state"),
//!         ("nonce", "a-random-nonce"),
//!         ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
//!         ("code_challenge_method", "S256"),
//!     ],
//! )?;
//! let response = http.get(authorize).send().await?;
//! let callback = url::Url::parse(response.headers()["location"].to_str()?)?;
//! let (_, code) = callback.query_pairs().next().ok_or("no code")?;
//!
//! let tokens: Value = http
//!     .post(format!("{}/api/oauth/token", sandbox.url()))
//!     .form(&[
//!         ("grant_type", "authorization_code"),
//!         ("client_id", "sandbox-cli"),
//!         ("code", &*code),
//!         ("redirect_uri", redirect_uri),
//!         ("code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
//!     ])
//!     .send()
//!     .await?
//!     .json()
//!     .await?;
//! assert!(tokens["refresh_token"].is_string());
//!
//! // An hour passes in no time, and the next refresh fails once.
//! sandbox.advance_clock(3600);
//! sandbox.add_fault("token:503*1".parse()?);
//!
//! // Every request is in the request log, without its secrets.
//! assert_eq!(sandbox.request_log().last().map(|event| event.endpoint), Some("token"));
//!
//! drop(sandbox); // stops it
//! # Ok(())
//! # }
//! ```
//!
//! # Inside
//!
//! It speaks HTTP, or https with [`Options::tls`], on 127.0.0.1 and nowhere else, prints nothing, reads no environment and touches
//! no disk. It follows docs/portal.md of the project and shares no type with the client there: a
//! shared type would let one mistake pass on both sides. Each layer names those above it only:
//!
//! ```text
//! clock, crypto, http            time, keys, connections, answers, the log of requests
//! tls                            the authority and its certificates, for https
//! steering                       which browsers may steer
//! model, people, faults          what is known, who there is, what goes wrong on purpose
//! recording                      what came in and went out, without its secrets
//! options, config, portal        the set-up, as code and as a file, and what all endpoints share
//! pages, files                   HTML, and the service that serves files
//! oauth, sign_in, resources      the endpoints, by who calls them
//! prosper                        another service on the same origin
//! inspector                      what there is to see of all this
//! server, sandbox                routes, what happens to every request, the running whole
//! ```
//!
//! A new route is a handler and an entry in `server/routes`.

mod client_text;
mod clock;
mod config;
mod crypto;
mod current_exchange;
mod difference;
mod faults;
mod files;
mod http;
mod inspector;
mod model;
mod oauth;
mod options;
mod pages;
mod paths;
mod people;
mod pool;
mod portal;
mod prosper;
mod reason;
mod recording;
mod resources;
mod route;
mod sandbox;
mod server;
mod sessions;
mod sign_in;
mod steering;
mod tls;

#[cfg(test)]
mod tests;

pub use config::reading::ConfigError;
pub use config::{Config, DiscoveryShape, LogFormat};
pub use crypto::key_file::{GivenKey, KeyFileError};
pub use crypto::keys::{Algorithm, KeyError, UnknownAlgorithm};
pub use faults::fault::Fault;
pub use faults::rule::FaultError;
pub use faults::table::{FaultAction, fault_actions, fault_endpoints};
pub use http::request_log::{Event, Observer};
pub use model::client::{Client, ClientError, GrantType};
pub use model::space::Space;
pub use options::Options;
pub use people::persona::{Entity, Persona, Tax};
pub use people::persona_file::{PeopleError, read_people};
pub use sandbox::{Error, Sandbox};
pub use sessions::AccessTokenState;
pub use tls::authority::{Authority, AuthorityError};
