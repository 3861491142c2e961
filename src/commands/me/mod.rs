//! `me`: what the portal tells about the signed-in person.

mod natural_person;

use super::access::Access;
use crate::cli::MeCommand;
use crate::context::Context;
use crate::error::{Error, Kind};
use crate::provider::Feature;

/// Runs a command of the group.
///
/// # Errors
/// Exit 2 where the provider has no such routes, 3 without a session, 4 where a scope is missing, else
/// what the portal says.
pub(super) fn run(command: &MeCommand, context: &Context) -> Result<(), Error> {
    context.require(Feature::MeRoutes, "me")?;
    match command {
        MeCommand::NaturalPerson => natural_person::run(context),
    }
}

/// The credential in use. A session must have been granted the scope: without it the portal need
/// not be asked.
fn access_with(context: &Context, scope: &str) -> Result<Access, Error> {
    let access = Access::open(context)?;
    if let Some(record) = access.seen().filter(|record| !record.has_scope(scope)) {
        return Err(Error::said(
            Kind::Forbidden,
            format!("the session was not granted the scope {scope}"),
        )
        .hint(format!(
            "sign in again with it: `eprospera login --scope \"{} {scope}\"`",
            record.scopes
        )));
    }
    Ok(access)
}
