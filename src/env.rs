//! Every environment variable that the program knows, as one table.
//!
//! Names only: `environment` is the one place that reads values.

#![expect(
    clippy::doc_markdown,
    reason = "the doc comment of a variable is its help text"
)]

/// A variable, and what it is for.
#[derive(Clone, Copy, Debug)]
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// What it is for, in one sentence.
    pub meaning: &'static str,
}

/// Makes a constant and a row of the table for each variable, so that none is without its sentence.
macro_rules! variables {
    ($($constant:ident = $name:literal, $meaning:literal;)+) => {
        $(#[doc = $meaning] pub const $constant: &str = $name;)+

        /// Every variable, in the order of the help.
        pub const VARIABLES: &[Variable] = &[
            $(Variable { name: $name, meaning: $meaning },)+
            Variable { name: HTTPS_PROXIES[0], meaning: "The proxy for https, such as `http://proxy.example:3128`." },
            Variable { name: HTTPS_PROXIES[1], meaning: "The same; the lowercase name takes precedence." },
            Variable { name: HTTPS_PROXIES[2], meaning: "The proxy to use if no https proxy is set." },
            Variable { name: HTTPS_PROXIES[3], meaning: "The same; the lowercase name takes precedence." },
            Variable { name: NO_PROXIES[0], meaning: "Hosts to reach without a proxy, separated by commas." },
            Variable { name: NO_PROXIES[1], meaning: "The same; the lowercase name takes precedence." },
        ];
    };
}

variables! {
    PROFILE = "EPROSPERA_PROFILE",
        "The profile to use.";
    ISSUER = "EPROSPERA_ISSUER",
        "The issuer: https, or http on this machine. The default is https://portal.eprospera.com.";
    CLIENT_ID = "EPROSPERA_CLIENT_ID",
        "The client ID that the provider gave you.";
    CLIENT_SECRET = "EPROSPERA_CLIENT_SECRET",
        "The client secret, if your client has one.";
    CLIENT_SECRET_FILE = "EPROSPERA_CLIENT_SECRET_FILE",
        "A file with the client secret.";
    REDIRECT_URI = "EPROSPERA_REDIRECT_URI",
        "Your registered redirect URIs, separated by spaces, in order of preference.";
    STORE = "EPROSPERA_STORE",
        "The store of your session: `keyring`, `encrypted-file`, `plain-file` or `command:PROGRAM`.";
    STORE_KEY = "EPROSPERA_STORE_KEY",
        "The key of the store `encrypted-file`: 64 hex digits, the base64 of 32 bytes, or a passphrase.";
    STORE_KEY_FILE = "EPROSPERA_STORE_KEY_FILE",
        "A file with the key of the store `encrypted-file`.";
    NEW_STORE_KEY = "EPROSPERA_NEW_STORE_KEY",
        "The new key for `eprospera session rekey`.";
    NEW_STORE_KEY_FILE = "EPROSPERA_NEW_STORE_KEY_FILE",
        "A file with the new key for `eprospera session rekey`.";
    TOKEN = "EPROSPERA_TOKEN",
        "An access token or API key to use instead of your session.";
    TOKEN_FILE = "EPROSPERA_TOKEN_FILE",
        "A file with an access token or API key to use instead of your session.";
    REFRESH_TOKEN = "EPROSPERA_REFRESH_TOKEN",
        "A refresh token to start a session with, if there is none. It is used once.";
    API_URL = "EPROSPERA_API_URL",
        "Set for the command of `eprospera exec --proxy`: where the portal's paths are.";
    API_CAPABILITY = "EPROSPERA_API_CAPABILITY",
        "Set for the command of `eprospera exec --proxy`: the bearer that EPROSPERA_API_URL accepts.";
    OUTPUT = "EPROSPERA_OUTPUT",
        "The output format: `auto`, `table` or `json`.";
    NO_INPUT = "EPROSPERA_NO_INPUT",
        "Set it to 1 to never be prompted and never open a browser.";
    LOG = "EPROSPERA_LOG",
        "How much to show on stderr: `info`, `debug` or `trace`.";
    CA_FILE = "EPROSPERA_CA_FILE",
        "A PEM file with certificates to trust, in addition to the system's.";
    REQUEST_TIMEOUT = "EPROSPERA_REQUEST_TIMEOUT",
        "The longest time for one request, such as `30s`.";
    RETRIES = "EPROSPERA_RETRIES",
        "How many times to retry a read while the portal is busy or unreachable.";
    CONFIG_DIR = "EPROSPERA_CONFIG_DIR",
        "The folder of config.toml.";
    STATE_DIR = "EPROSPERA_STATE_DIR",
        "The folder for file-based sessions, locks and the settings that sign-ins remember.";
    CACHE_DIR = "EPROSPERA_CACHE_DIR",
        "The folder of cached discovery documents and keys of providers.";
    BROWSER = "BROWSER",
        "The program that opens the sign-in address.";
    CI = "CI",
        "Set by CI systems; works like EPROSPERA_NO_INPUT.";
    NO_COLOR = "NO_COLOR",
        "Turns off colours (https://no-color.org).";
    TERM = "TERM",
        "The kind of terminal; on `dumb`, nothing is redrawn.";
    SSL_CERT_FILE = "SSL_CERT_FILE",
        "A PEM file that replaces the certificates that the system trusts.";
    SSL_CERT_DIR = "SSL_CERT_DIR",
        "Folders of certificates that replace those that the system trusts.";
}

/// The proxy for https, in curl's order. `HTTP_PROXY` is for plain http, which never leaves this
/// machine and takes no proxy.
pub const HTTPS_PROXIES: [&str; 4] = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
/// The proxy for plain http, in curl's order. This program sends none to one, but programs that it starts may.
pub const HTTP_PROXIES: [&str; 4] = ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"];

/// The hosts that are reached without a proxy, in curl's order.
pub const NO_PROXIES: [&str; 2] = ["no_proxy", "NO_PROXY"];

/// The variable of the official Node tool with its API key.
pub const OFFICIAL_API_KEY: &str = "EPROSPERA_API_KEY";
/// The variable of the official Node tool with the address of the portal.
pub const OFFICIAL_BASE_URL: &str = "EPROSPERA_BASE_URL";
/// The variable of the official Node tool that chooses the staging portal.
pub const OFFICIAL_ENV: &str = "EPROSPERA_ENV";
/// Variables that only the official Node tool reads, each with the one to set here.
pub const OF_THE_OFFICIAL_TOOL: [(&str, &str); 3] = [
    (OFFICIAL_API_KEY, TOKEN),
    (OFFICIAL_BASE_URL, ISSUER),
    (OFFICIAL_ENV, PROFILE),
];

/// Variables that hold a secret or the path of one. No child process but the one that needs
/// it gets them.
pub const SECRETS: [&str; 10] = [
    CLIENT_SECRET,
    CLIENT_SECRET_FILE,
    STORE_KEY,
    STORE_KEY_FILE,
    NEW_STORE_KEY,
    NEW_STORE_KEY_FILE,
    TOKEN,
    TOKEN_FILE,
    REFRESH_TOKEN,
    OFFICIAL_API_KEY,
];

/// Whether a variable is kept from the command of `exec`: the secrets and whatever is named like
/// them, but for the token that it is run for.
pub fn is_withheld(name: &str) -> bool {
    let families = [CLIENT_SECRET, STORE_KEY, NEW_STORE_KEY];
    families.iter().any(|family| name.starts_with(family))
        || (SECRETS.contains(&name) && name != TOKEN)
}
