//! `me`: what the portal tells about the signed-in person.

mod natural_person;

use crate::cli::MeCommand;
use crate::context::Context;
use crate::error::{Error, Kind};
use crate::session::Keeper;

/// Runs a command of the group.
///
/// # Errors
/// Exit 3 without a session, 4 where a scope is missing, else what the portal says.
pub(super) fn run(command: &MeCommand, context: &Context) -> Result<(), Error> {
    match command {
        MeCommand::NaturalPerson => natural_person::run(context),
    }
}

/// A session that was granted a scope; without it the portal need not be asked.
fn signed_in_with(context: &Context, scope: &str) -> Result<Keeper, Error> {
    let keeper = super::signed_in(context)?;
    let record = keeper.expect()?;
    if !record.has_scope(scope) {
        return Err(Error::said(
            Kind::Forbidden,
            format!("the session was not granted the scope {scope}"),
        )
        .hint(format!(
            "sign in again with it: `eprospera login --scope \"{} {scope}\"`",
            record.scopes
        )));
    }
    Ok(keeper)
}
