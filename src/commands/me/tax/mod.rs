//! `me tax`: what is due, and what was filed.

mod download;
mod filing;
mod filings;
mod pages;
mod summary;

use crate::cli::TaxCommand;
use crate::context::Context;
use crate::error::Error;
use crate::portal::TaxSubject;

pub(super) fn run(command: &TaxCommand, context: &Context) -> Result<(), Error> {
    match command {
        TaxCommand::Summary(args) => summary::run(args, context),
        TaxCommand::Filings(args) => filings::run(args, context),
        TaxCommand::Filing(args) => filing::run(args, context),
        TaxCommand::Download(args) => download::run(args, context),
    }
}

/// What a 404 may mean where one subject was asked about.
fn absent(subject: Option<&String>) -> Option<&'static str> {
    subject.map(|_| {
        "the subject does not exist or is not covered by the scopes, or this server offers no tax \
         data; `eprospera me tax summary` lists the subjects"
    })
}

/// A subject in one line: `Mango Harbor LLC (legal entity, 80000000001234)`.
fn subject(subject: &TaxSubject) -> String {
    let kind = match subject.kind.as_deref() {
        Some("natural_person") => Some("person"),
        Some("legal_entity") => Some("legal entity"),
        unknown => unknown,
    };
    let facts = [kind, subject.resident_permit_number.as_deref()];
    let facts: Vec<_> = facts.into_iter().flatten().collect();
    let name = subject.name.as_deref().unwrap_or("somebody without a name");
    if facts.is_empty() {
        name.to_owned()
    } else {
        format!("{name} ({})", facts.join(", "))
    }
}
