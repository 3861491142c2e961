//! What the commands of the sandbox say in a program that was built without it.

use crate::error::Error;

pub(super) fn error() -> Error {
    Error::usage("this build of eprospera does not contain the sandbox (the feature `sandbox`)")
        .hint("for a build that has it, run `cargo install eprospera`")
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::super::run;
    use crate::cli::Cli;
    use crate::context::Context;
    use crate::environment::Environment;
    use crate::error::Kind;

    #[test]
    fn the_commands_of_the_sandbox_say_that_this_build_does_not_contain_it() {
        for line in [
            "sandbox",
            "sandbox exec -- npm test",
            "demo",
            "doctor --sandbox",
        ] {
            let words = ["eprospera"].into_iter().chain(line.split(' '));
            let cli = Cli::try_parse_from(words).unwrap();
            let context = Context::open(cli.global, Environment::from_table(&[])).unwrap();
            let error = run(cli.command, &context).unwrap_err();
            assert_eq!(error.kind(), Kind::Usage, "{line}");
            assert!(
                error.to_string().contains("does not contain the sandbox"),
                "{line}: {error}"
            );
        }
    }
}
