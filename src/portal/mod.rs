//! The remote API as Rust: its routes and what they take, requests with a bearer token, typed
//! answers, typed refusals.
//!
//! It prints nothing and does not know where tokens come from: a [`Bearer`] brings them.

mod client;
mod credential;
pub(crate) mod download;
mod error;
mod model;
pub(crate) mod route;
mod target;

pub(crate) use client::{Bearer, Call, PortalClient, PortalResponse, userinfo};
pub(crate) use credential::Credential;
pub(crate) use error::{Error, PortalRefusal};
pub(crate) use model::{
    Address, AgreementOfCoexistence, Amounts, Data, Document, ExchangeRate, Filing, IdVerification,
    Invoice, LegalEntity, Listing, LumpSumElection, NaturalPerson, Obligation, Period,
    PersonalDocuments, Residency, Summary, SummaryOfSubject, TaxSubject,
};
pub(crate) use route::Route;
pub(crate) use target::{NoTarget, target};
