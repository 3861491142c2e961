//! `me tax`: what is due, and what was filed.

mod download;
mod filing;
mod filings;
pub(super) mod pages;
mod subject;
mod summary;

use crate::cli::TaxCommand;
use crate::context::Context;
use crate::error::Error;

pub(super) fn run(command: &TaxCommand, context: &Context) -> Result<(), Error> {
    match command {
        TaxCommand::Summary(args) => summary::run(args, context),
        TaxCommand::Filings(args) => filings::run(args, context),
        TaxCommand::Filing(args) => filing::run(args, context),
        TaxCommand::Download(args) => download::run(args, context),
    }
}
