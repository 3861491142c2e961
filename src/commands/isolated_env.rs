//! The environment of a program that runs against a sandbox: nothing of the caller's session,
//! profiles or secrets reaches it, and nothing it stores outlives it.

use std::net::TcpListener;

use crate::crypto;
use crate::env;
use crate::environment::Environment;
use crate::error::Error;
use crate::scratch::{Lifetime, ScratchFolder};
use crate::store;
use eprospera_sandbox::Client;

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

    /// The variables to set.
    pub(super) fn variables(&self) -> &[(&'static str, String)] {
        &self.variables
    }

    /// The inherited variables to take out: every one of this program.
    pub(super) fn removed(environment: &Environment) -> Vec<String> {
        environment
            .names()
            .filter(|name| name.starts_with("EPROSPERA_"))
            .collect()
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
