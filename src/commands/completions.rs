//! `completions`: the script with which a shell asks this program what could come next.

use crate::cli::CompletionsArgs;
use crate::completion;
use crate::context::Context;
use crate::error::Error;

pub(super) fn run(args: &CompletionsArgs, context: &Context) -> Result<(), Error> {
    context.output.data(completion::script(args.shell))
}
