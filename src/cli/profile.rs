//! The commands of the group `profile`.

use clap::Subcommand;

/// Named profiles.
#[derive(Debug, Subcommand)]
pub enum ProfileCommand {
    /// List your profiles
    List,
    /// Show the settings of a profile
    Show {
        /// Profile to show [default: the one in use]
        name: Option<String>,
    },
    /// Change a setting of the profile in use
    ///
    /// Keys: provider, issuer, client_id, redirect_uris, scopes, store, token_auth, client-secret.
    ///
    /// `client-secret` takes no value: the secret is read from a prompt or from stdin, and goes into the
    /// store, never into config.toml.
    Set {
        /// Setting to change
        key: String,
        /// New value; `redirect_uris` and `scopes` accept more than one
        value: Vec<String>,
    },
    /// Remove a setting from the profile in use
    Unset {
        /// Setting to remove
        key: String,
    },
    /// Make a profile the default
    Use {
        /// Profile to use from now on
        name: String,
    },
    /// Remove a profile from the configuration
    Remove {
        /// Profile to remove
        name: String,
    },
}
