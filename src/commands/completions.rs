//! `completions`: a shell's completion script, generated from the command line's definitions.

use clap::CommandFactory as _;

use crate::cli::{Cli, CompletionsArgs};
use crate::context::Context;
use crate::error::Error;

pub(super) fn run(args: &CompletionsArgs, context: &Context) -> Result<(), Error> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "eprospera", &mut script);
    let script = String::from_utf8(script).map_err(Error::failure)?;
    context.output.data(&script)
}
