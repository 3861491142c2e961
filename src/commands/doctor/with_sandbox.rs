//! `doctor --sandbox`: tells whether the problem is this machine or the portal.

use eprospera_sandbox::{Client, Options, Sandbox};

use crate::cli::Global;
use crate::commands::isolated_env::free_redirect_uris;
use crate::context::Context;
use crate::doctor::{self, Row, Scope};
use crate::env;
use crate::error::Error;
use crate::process;

/// The same checks against a portal of this process.
pub(super) fn with_sandbox(context: &Context, scope: Scope<'_>) -> Result<Vec<Row>, Error> {
    let runtime = process::parallel_runtime()?;
    let uris = match context.settings() {
        Ok(settings) => settings.redirect_uri_texts(),
        Err(_) => free_redirect_uris(3)?,
    };
    let client = Client::new("doctor", None, uris.clone());
    let sandbox = runtime.block_on(Sandbox::start(Options {
        port: 0,
        clients: vec![client],
        ..Options::default()
    }))?;
    let mut environment = context.environment.clone();
    for (name, value) in [
        (env::ISSUER, sandbox.url()),
        (env::CLIENT_ID, "doctor"),
        (env::REDIRECT_URI, &uris.join(" ")),
    ] {
        environment.set(name, value);
    }
    let environment =
        environment.without(&[env::PROFILE, env::CLIENT_SECRET, env::CLIENT_SECRET_FILE]);
    let flags = Global {
        profile: None,
        issuer: None,
        client_id: None,
        redirect_uris: Vec::new(),
        ..context.flags.clone()
    };
    let rows = doctor::examine(&Context::open(flags, environment)?, scope);
    runtime.block_on(sandbox.stop());
    rows
}
