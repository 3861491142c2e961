//! The ways of signing in that are possible here: what the provider offers, and what this machine has.

use super::Context;
use crate::browser::OpenerEnv;
use crate::env;
use crate::error::AuthMethod;
use crate::oauth::RedirectUri;
use crate::provider::{self, Feature};

impl Context {
    /// The ways that are possible here, the one that asks least of a person first.
    pub(crate) fn auth_methods(&self) -> Vec<AuthMethod> {
        // What could not be read so far is not read for this.
        let settings = self.settings.get();
        let provider = settings.map_or(provider::ALL[0], |settings| settings.provider.value);
        let has_client = settings.is_none_or(|settings| settings.client_id.is_some());
        let listens = settings.is_none_or(|settings| {
            let mut uris = settings.redirect_uris.value.iter();
            uris.any(RedirectUri::is_loopback)
        });
        // Whether a person is here now says nothing about who reads this.
        let browser = OpenerEnv::of(&self.environment, None, false, false);
        let given = [env::TOKEN, env::TOKEN_FILE]
            .into_iter()
            .find(|name| self.environment.get(name).is_some());
        let login = |method, flag: &str, needs| {
            let client = if has_client { "" } else { " --client-id ID" };
            let command = self.with_flags(&format!("`eprospera login{flag}{client}`"));
            AuthMethod {
                method,
                command: command.trim_matches('`').to_owned(),
                needs,
            }
        };
        let ways = [
            given.map(|name| AuthMethod {
                method: "environment",
                command: format!("export {name}={}", value_of(name)),
                needs: "another access token or API key: the variable is set, and wins over a login",
            }),
            (listens && browser.opens())
                .then(|| login("browser", "", "a person with a browser on this machine")),
            provider.offers(Feature::DeviceGrant).then(|| {
                login("device", " --device", "a person with a browser on any device")
            }),
            Some(login(
                "paste",
                " --paste",
                "a person with a browser on any device, who pastes its last address to stdin",
            )),
            Some(login(
                "begin",
                " --begin",
                "a person with a browser on any device; returns at once, and its `finish` ends it",
            )),
            provider.offers(Feature::Refresh).then(|| {
                login("token", " --with-token", "a refresh token on stdin, and no person")
            }),
        ];
        ways.into_iter().flatten().collect()
    }
}

fn value_of(variable: &str) -> &'static str {
    if variable == env::TOKEN_FILE {
        "FILE"
    } else {
        "TOKEN"
    }
}
