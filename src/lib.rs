//! `eprospera` signs a person in to e-Próspera, keeps the session alive, and asks the portal.
//!
//! Words: the **portal** is the remote service, the **issuer** its origin, a **profile** a named
//! issuer and client id, a **session** what a login yields, a **persona** an invented resident of
//! the sandbox.
//!
//! The main directions; `tests/it/architecture.rs` has the table of all that are allowed:
//!
//! ```text
//! main → lib ─┬→ cli, usage
//!             └→ commands ─┬→ context ─┬→ folders → environment, env
//!                          │           ├→ config → files, private_file
//!                          │           ├→ settings → config, provider
//!                          │           └→ session ─┬→ oauth → http → secret, clock
//!                          │                       ├→ store → private_file, crypto, secret, clock
//!                          │                       └→ interrupt
//!                          ├→ portal → http
//!                          ├→ reverse_proxy → portal, session, http
//!                          ├→ browser
//!                          ├→ output → error
//!                          └→ the crate eprospera_sandbox (shares nothing with the client)
//! ```
//!
//! [`session`] gives a valid access token: it refreshes under the lock of the [`store`], writes down
//! what it is about to send, and saves what a failing store did not take in a rescue file. A store
//! is the system's keyring, an encrypted file, a plain file, or a helper program.
//!
//! `oauth`, `portal` and `store` know nothing of each other, of settings or of the terminal. Only
//! `output` prints, only `environment` reads variables, only `error` knows exit codes.

#![expect(
    missing_docs,
    reason = "what is public here is for the binary and the tests; `eprospera_sandbox` is for others"
)]
#![cfg_attr(
    not(feature = "sandbox"),
    expect(
        dead_code,
        reason = "some of what the modules offer only the commands of the sandbox use"
    )
)]

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser as _;

mod browser;
pub mod cli;
mod clock;
mod commands;
mod completion;
mod config;
mod context;
pub mod crypto;
mod doctor;
pub mod env;
mod environment;
pub mod error;
mod explain;
mod file_sharing;
mod files;
pub mod folders;
#[cfg(fuzzing)]
pub mod fuzzing;
mod help;
mod http;
mod interrupt;
mod nearest;
mod oauth;
mod output;
mod portal;
mod private_file;
mod process;
mod programs;
mod prompt;
mod provider;
mod reverse_proxy;
mod schema;
mod scratch;
pub mod secret;
pub mod session;
mod settings;
pub mod store;
#[cfg(feature = "sandbox")]
mod torture;
mod unicode;
mod usage;

// Unit tests reserve ports from the same range as the integration tests, which run beside them.
#[cfg(test)]
#[path = "../tests/it/support/ports.rs"]
mod ports;

use context::Context;
use environment::Environment;

/// Runs the program with its arguments; the first is its own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    process::with_whole_code(run_command(arguments))
}

fn run_command(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    process::keep_private();
    // Whichever way this ends, other threads may have the terminal.
    let _terminal = prompt::RestoreTerminal::default();
    let arguments: Vec<_> = arguments.into_iter().collect();
    let environment = Environment::of_process();
    programs::look_in(environment.get("PATH"), environment.get("PATHEXT"));
    if let Some(answer) = completion::answer(&arguments, &environment) {
        return usage::complete(&answer, &arguments, &environment);
    }
    let (cli, arguments) = match parsed(arguments, &environment) {
        Ok(parsed) => parsed,
        Err(code) => return code,
    };
    let streams = usage::output(&arguments, &environment);
    let context = match Context::open(cli.global, environment) {
        Ok(context) => context,
        Err(error) => {
            streams.failure(&error);
            return error.exit_code();
        }
    };
    let output = context.output;
    interrupt::report_end_with(move |error| output.failure(error));
    if cfg!(windows) {
        // Unheard, Ctrl-C would end the process with 0xC000013A and leave the console as it was changed. Without
        // room for the thread that is what happens.
        drop(interrupt::hear());
    }
    context.start_log();
    match commands::run(cli.command, &context) {
        Ok(code) => code,
        Err(error) => context.report(error).exit_code(),
    }
}

/// The command line with what it means. One of the official tool is taken in the words of this program.
/// One that means nothing has been answered.
fn parsed(
    mut arguments: Vec<OsString>,
    environment: &Environment,
) -> Result<(cli::Cli, Vec<OsString>), ExitCode> {
    let mut parsed = cli::Cli::try_parse_from(&arguments);
    if parsed.as_ref().is_err_and(clap::error::Error::use_stderr) {
        match usage::translation(&arguments) {
            None => {}
            Some(usage::Translation::Works(translated)) => {
                arguments = translated;
                parsed = cli::Cli::try_parse_from(&arguments);
            }
            Some(usage::Translation::Instead(error)) => {
                return Err(usage::fail(&error, &arguments, environment));
            }
        }
    }
    match parsed {
        Ok(cli) => Ok((cli, arguments)),
        Err(error) => Err(usage::report(&error, &arguments, environment)),
    }
}
