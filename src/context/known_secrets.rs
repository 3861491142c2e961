//! Which texts of a run are secret, and which may be shown whatever they are made of.

use percent_encoding::percent_decode_str;
use url::Url;

use crate::env;
use crate::environment::Environment;
use crate::secret::{self, Secret};
use crate::settings::Settings;

/// Variables with the address of a proxy, which may hold a password.
const PROXIES: [&str; 6] = [
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
];

/// Registers what the variables hold, whether this run needs it or not: a server may repeat what
/// another run has sent. The keys of stores are registered when they are read, and never sent.
pub(super) fn register(environment: &Environment) {
    let given = [
        env::CLIENT_SECRET,
        env::TOKEN,
        env::REFRESH_TOKEN,
        env::OFFICIAL_API_KEY,
    ];
    let given = given.iter().filter_map(|name| environment.text(name));
    let passwords = PROXIES.iter().filter_map(|name| {
        let proxy = Url::parse(&environment.text(name)?).ok()?;
        let password = percent_decode_str(proxy.password()?).decode_utf8_lossy();
        Some(password.into_owned())
    });
    for secret in given.chain(passwords) {
        drop(Secret::new(secret));
    }
}

/// What names the session may be shown, also where a person has made the secret of it.
pub(super) fn publish(settings: &Settings) {
    secret::publish(settings.issuer.value.as_str());
    secret::publish(&settings.scopes.value);
    if let Some(client_id) = &settings.client_id {
        secret::publish(&client_id.value);
    }
    for uri in &settings.redirect_uris.value {
        secret::publish(uri.as_str());
    }
}
