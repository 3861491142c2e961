//! Every environment variable that the program knows, as one table.
//!
//! Names only: `environment` is the one place that reads values.

/// The profile in use.
pub const PROFILE: &str = "EPROSPERA_PROFILE";
/// The issuer URL.
pub const ISSUER: &str = "EPROSPERA_ISSUER";
/// The client id.
pub const CLIENT_ID: &str = "EPROSPERA_CLIENT_ID";
/// The client secret. There is no flag for it: arguments can be read by others.
pub const CLIENT_SECRET: &str = "EPROSPERA_CLIENT_SECRET";
/// A file that holds the client secret.
pub const CLIENT_SECRET_FILE: &str = "EPROSPERA_CLIENT_SECRET_FILE";
/// The registered redirect URIs, separated by spaces, in order of preference.
pub const REDIRECT_URI: &str = "EPROSPERA_REDIRECT_URI";
/// The kind of credential store.
pub const STORE: &str = "EPROSPERA_STORE";
/// The key of `encrypted-file`: 64 hex digits, the base64 of 32 bytes, or a passphrase.
pub const STORE_KEY: &str = "EPROSPERA_STORE_KEY";
/// A file that holds the key of `encrypted-file`.
pub const STORE_KEY_FILE: &str = "EPROSPERA_STORE_KEY_FILE";
/// The key that `session rekey` writes with, in the same forms.
pub const NEW_STORE_KEY: &str = "EPROSPERA_NEW_STORE_KEY";
/// A file that holds it.
pub const NEW_STORE_KEY_FILE: &str = "EPROSPERA_NEW_STORE_KEY_FILE";
/// A bearer credential that is used as it is.
pub const TOKEN: &str = "EPROSPERA_TOKEN";
/// A file that holds such a bearer credential.
pub const TOKEN_FILE: &str = "EPROSPERA_TOKEN_FILE";
/// A refresh token that seeds an empty store.
pub const REFRESH_TOKEN: &str = "EPROSPERA_REFRESH_TOKEN";
/// The output format.
pub const OUTPUT: &str = "EPROSPERA_OUTPUT";
/// Never prompt and never open a browser.
pub const NO_INPUT: &str = "EPROSPERA_NO_INPUT";
/// How much to say on stderr: `info`, `debug` or `trace`.
pub const LOG: &str = "EPROSPERA_LOG";
/// A PEM file of trust roots, beside the usual ones.
pub const CA_FILE: &str = "EPROSPERA_CA_FILE";
/// The longest time for one request.
pub const REQUEST_TIMEOUT: &str = "EPROSPERA_REQUEST_TIMEOUT";
/// How often a read is sent again while the portal is busy or out of reach.
pub const RETRIES: &str = "EPROSPERA_RETRIES";
/// The folder of `config.toml`.
pub const CONFIG_DIR: &str = "EPROSPERA_CONFIG_DIR";
/// The folder of locks, intent records and file stores.
pub const STATE_DIR: &str = "EPROSPERA_STATE_DIR";
/// The folder of discovery documents and key sets.
pub const CACHE_DIR: &str = "EPROSPERA_CACHE_DIR";

/// The opener of `login`.
pub const BROWSER: &str = "BROWSER";
/// Set by CI systems; the same as [`NO_INPUT`].
pub const CI: &str = "CI";
/// Switches colours off (<https://no-color.org>).
pub const NO_COLOR: &str = "NO_COLOR";
/// What the terminal understands; `dumb` means nothing but lines.
pub const TERM: &str = "TERM";
/// A PEM file that replaces the machine's trust roots.
pub const SSL_CERT_FILE: &str = "SSL_CERT_FILE";

/// Folders of certificates that replace the machine's trust roots.
pub const SSL_CERT_DIR: &str = "SSL_CERT_DIR";
/// The proxy for https, in curl's order. `HTTP_PROXY` is for plain http, which never leaves this
/// machine and takes no proxy.
pub const HTTPS_PROXIES: [&str; 4] = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
/// The hosts that are reached without a proxy, in curl's order.
pub const NO_PROXIES: [&str; 2] = ["no_proxy", "NO_PROXY"];

/// Variables that hold a secret or the path of one. No child process but the one that needs
/// it gets them.
pub const SECRETS: [&str; 9] = [
    CLIENT_SECRET,
    CLIENT_SECRET_FILE,
    STORE_KEY,
    STORE_KEY_FILE,
    NEW_STORE_KEY,
    NEW_STORE_KEY_FILE,
    TOKEN,
    TOKEN_FILE,
    REFRESH_TOKEN,
];

/// Whether a variable is kept from the command of `exec`: the secrets and whatever is named like
/// them, but for the token that it is run for.
pub fn is_withheld(name: &str) -> bool {
    let families = [CLIENT_SECRET, STORE_KEY, NEW_STORE_KEY];
    families.iter().any(|family| name.starts_with(family))
        || (SECRETS.contains(&name) && name != TOKEN)
}
