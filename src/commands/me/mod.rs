//! `me`: what the portal tells about the signed-in person. One file for each route, with the
//! words and tables for people; for scripts the portal's own body is passed on.

mod documents;
mod download;
mod id_verification;
mod legal_entities;
mod natural_person;
mod residency;
mod resource_request;
mod short_id;
mod tax;
mod words;

use crate::cli::MeCommand;
use crate::context::Context;
use crate::error::Error;
use crate::provider::Feature;

pub(super) fn run(command: &MeCommand, context: &Context) -> Result<(), Error> {
    context.require(Feature::MeRoutes, "me")?;
    match command {
        MeCommand::NaturalPerson => natural_person::run(context),
        MeCommand::Residency => residency::run(context),
        MeCommand::IdVerification(args) => id_verification::run(args, context),
        MeCommand::Documents(args) => documents::run(args, context),
        MeCommand::LegalEntities(args) => legal_entities::run(args, context),
        MeCommand::Tax(command) => tax::run(command, context),
    }
}
