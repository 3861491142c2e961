//! The environment of a program that runs against a sandbox: nothing of the caller's session,
//! profiles or secrets reaches it, and nothing it stores outlives it.

use std::net::TcpListener;
use std::process::Command;

use eprospera_sandbox::{Client, Sandbox};

use super::beside_proxy;
use super::ca_bundle::CaBundle;
use crate::context::Context;
use crate::crypto;
use crate::env;
use crate::environment::Environment;
use crate::error::Error;
use crate::scratch::{Lifetime, ScratchFolder};
use crate::store;

/// Names the control token. It is no variable of this program: what steers a sandbox is nothing that a
/// session is made of.
const CONTROL_TOKEN: &str = "SANDBOX_CONTROL_TOKEN";

/// Private folders and variables for one child process. The folders go with it.
pub(super) struct IsolatedEnv {
    folder: ScratchFolder,
    variables: Vec<(&'static str, String)>,
}

impl IsolatedEnv {
    /// Prepares folders and an encrypted store with a random key.
    pub(super) fn new(issuer: &str, client: &Client) -> Result<Self, Error> {
        let folder = ScratchFolder::make(Lifetime::Children).map_err(Error::failure)?;
        let key = crypto::random_key()?;
        let place = |name: &str| folder.path().join(name).display().to_string();
        let mut variables = vec![
            (env::ISSUER, issuer.to_owned()),
            (env::CLIENT_ID, client.id.clone()),
            (env::REDIRECT_URI, client.redirect_uris.join(" ")),
            (env::STORE, store::StoreKind::EncryptedFile.to_string()),
            (env::STORE_KEY, key.expose().to_owned()),
            (env::CONFIG_DIR, place("config")),
            (env::STATE_DIR, place("state")),
            (env::CACHE_DIR, place("cache")),
        ];
        if let Some(secret) = &client.secret {
            variables.push((env::CLIENT_SECRET, secret.clone()));
        }
        Ok(Self { folder, variables })
    }

    /// The same with all that a test needs to know of a sandbox: what steers it, that no proxy leads to
    /// it, and, if it speaks https, its certificate authority in the variables that clients read.
    pub(super) fn of(sandbox: &Sandbox, client: &Client, context: &Context) -> Result<Self, Error> {
        let mut isolated = Self::new(sandbox.url(), client)?;
        let control = (CONTROL_TOKEN, sandbox.control_token().to_owned());
        isolated.variables.push(control);
        let proxies = if let Some(certificate) = sandbox.ca_certificate() {
            let bundle = CaBundle::write(isolated.folder.path(), &certificate, context)?;
            isolated.variables.extend(bundle);
            &env::HTTPS_PROXIES
        } else {
            &env::HTTP_PROXIES
        };
        let beside = beside_proxy::variables(&context.environment, proxies);
        isolated.variables.extend(beside);
        Ok(isolated)
    }

    /// The inherited variables to take out: every one of this program, and what steers another sandbox.
    pub(super) fn removed(environment: &Environment) -> Vec<String> {
        let is_own = |name: &String| name.starts_with("EPROSPERA_") || name == CONTROL_TOKEN;
        environment.names().filter(is_own).collect()
    }

    /// Gives a command this environment: every inherited variable of this program is taken out.
    pub(super) fn apply_to(&self, command: &mut Command, environment: &Environment) {
        for name in Self::removed(environment) {
            command.env_remove(name);
        }
        command.envs(self.variables.iter().map(|(name, value)| (*name, value)));
    }

    /// The folders and the variables, each to be used in its own way.
    pub(super) fn into_parts(self) -> (ScratchFolder, Vec<(&'static str, String)>) {
        (self.folder, self.variables)
    }

    /// Removes the folders now, so that a failure is seen.
    pub(super) fn close(self) -> Result<(), Error> {
        self.folder.close().map_err(Error::failure)
    }
}

/// Redirect URIs on ports that are free at this moment.
pub(super) fn free_redirect_uris(count: usize) -> Result<Vec<String>, Error> {
    // All are held before any is let go, so that they differ.
    let held: Result<Vec<_>, std::io::Error> = (0..count)
        .map(|_| TcpListener::bind(("127.0.0.1", 0)))
        .collect();
    held.and_then(|held| {
        held.iter()
            .map(|listener| {
                Ok(format!(
                    "http://127.0.0.1:{}/callback",
                    listener.local_addr()?.port()
                ))
            })
            .collect()
    })
    .map_err(Error::failure)
}
