//! The commands of the group `me`.

use clap::Subcommand;

/// What the portal tells about the signed-in person.
#[derive(Debug, Subcommand)]
pub enum MeCommand {
    /// Legal name, permit number, birth, citizenships, address
    #[command(alias = "profile")]
    NaturalPerson,
}
