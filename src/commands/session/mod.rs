//! `session`: moves the session between machines, and changes the key of the encrypted store.

mod destination;
mod export;
mod import;
mod rekey;
mod restore;

use crate::cli::SessionCommand;
use crate::context::Context;
use crate::error::Error;

pub(super) fn run(command: &SessionCommand, context: &Context) -> Result<(), Error> {
    match command {
        SessionCommand::Export(args) => export::run(args, context),
        SessionCommand::Import(args) => import::run(args, context),
        SessionCommand::Restore => restore::run(context),
        SessionCommand::Rekey(args) => rekey::run(args, context),
    }
}
