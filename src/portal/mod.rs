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

pub use client::{Bearer, Call, PortalClient, PortalResponse, userinfo};
pub use credential::Credential;
pub use error::{Error, PortalRefusal};
pub use model::{
    ActiveResidency, Address, AgreementOfCoexistence, Amounts, Data, Document, ExchangeRate,
    Filing, IdImages, IdVerification, Invoice, LegalEntity, Listing, LumpSumElection, Meta,
    NaturalPerson, Obligation, Period, PersonalDocuments, Residency, Summary, SummaryOfSubject,
    TaxSubject,
};
pub use retry::Retries;
pub use route::Route;
pub use target::{NoTarget, target};
