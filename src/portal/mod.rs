//! The remote API as Rust: requests with a bearer token, typed answers, typed refusals.
//!
//! It prints nothing and does not know where tokens come from: a [`Bearer`] brings them.

mod client;
mod error;
mod model;
mod retry;

pub use client::{Bearer, Call, Client, Reply, userinfo};
pub use error::{Error, Refusal};
pub use model::{Address, NaturalPerson};
pub use retry::Retries;
