//! `me tax`: what is due, and what was filed.

mod download;
mod filing;
mod filings;
mod pages;
mod subject;
mod summary;

use crate::cli::TaxCommand;
use crate::context::Context;
use crate::error::Error;

/// Runs a command of the group.
///
/// # Errors
/// Exit 3 without a session, 4 where both scopes are missing, 5 where the portal has no tax
/// routes or nothing of that id, else what the portal says.
pub(super) fn run(command: &TaxCommand, context: &Context) -> Result<(), Error> {
    match command {
        TaxCommand::Summary(args) => summary::run(args, context),
        TaxCommand::Filings(args) => filings::run(args, context),
        TaxCommand::Filing(args) => filing::run(args, context),
        TaxCommand::Download(args) => download::run(args, context),
    }
}
