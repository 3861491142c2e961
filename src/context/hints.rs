//! Hints for this run: commands with the flags that it was called with, and what listens where.

use super::Context;
use crate::error::{Error, SessionFlags};
use crate::provider;

/// Where the sandbox listens unless told otherwise.
const SANDBOX_PORT: u16 = 8787;

impl Context {
    /// An error whose hints are for this run: with its flags in the commands.
    pub(crate) fn explained(&self, error: Error) -> Error {
        let error = match self.nothing_listens() {
            Some(hint) => error.unless_reachable(&hint),
            None => error,
        };
        error.with_flags(&self.session_flags())
    }

    /// A sentence whose commands have the flags of this run.
    pub(crate) fn with_flags(&self, sentence: &str) -> String {
        self.session_flags().apply(sentence)
    }

    fn session_flags(&self) -> SessionFlags {
        let flags = &self.flags;
        let uris = (!flags.redirect_uris.is_empty()).then(|| flags.redirect_uris.join(" "));
        let ca_file = flags
            .ca_file
            .as_ref()
            .map(|file| file.display().to_string());
        SessionFlags::new([
            ("--profile", flags.profile.clone()),
            ("--issuer", flags.issuer.clone()),
            ("--client-id", flags.client_id.clone()),
            ("--redirect-uri", uris),
            ("--store", flags.store.clone()),
            ("--ca-file", ca_file),
        ])
    }

    /// What to do about an issuer of this machine that cannot be reached: it is most likely the sandbox,
    /// and the network has no part in it.
    fn nothing_listens(&self) -> Option<String> {
        let settings = self.settings.get()?;
        let issuer = &settings.issuer.value;
        if !issuer.is_plain_loopback() {
            return None;
        }
        let is_sandbox = provider::built_in(&settings.profile.value)
            .is_some_and(|(_, profile)| profile.loopback_only);
        let command = match issuer.endpoint("/").port_or_known_default() {
            Some(port) if port != SANDBOX_PORT => format!("`eprospera sandbox --port {port}`"),
            _ => "`eprospera sandbox`".to_owned(),
        };
        Some(if is_sandbox {
            format!("the sandbox is not running: start it in another terminal: {command}")
        } else {
            format!(
                "nothing listens at {issuer}; if that is the sandbox, start it in another terminal: {command}"
            )
        })
    }
}
