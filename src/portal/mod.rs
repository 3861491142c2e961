//! The remote API as Rust: its routes and what they take, requests with a bearer token, typed
//! answers, typed refusals.
//!
//! It prints nothing and does not know where tokens come from: a [`Bearer`] brings them.

mod client;
mod credential;
pub mod download;
mod error;
mod model;
mod retry;
pub mod route;
mod target;

pub use client::{Bearer, Call, Client, Reply, userinfo};
pub use credential::Credential;
pub use error::{Error, Refusal};
pub use model::{
    ActiveResidency, Address, AgreementOfCoexistence, Amounts, Data, Document, ExchangeRate,
    Filing, IdImages, IdVerification, Invoice, LegalEntity, Listing, LumpSumElection, Meta,
    NaturalPerson, Obligation, Period, PersonalDocuments, Residency, Subject, Summary,
    SummaryOfSubject,
};
pub use retry::Retries;
pub use route::Route;
pub use target::{NoTarget, target};
