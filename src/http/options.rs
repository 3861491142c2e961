//! What a client is set up with.

use std::path::PathBuf;
use std::time::Duration;

use super::proxy::ProxyVariables;

/// Deadlines, trust roots and proxies of a [`Client`](super::Client).
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// Longest time for one exchange, body included; of a stream, longest time for its headers and
    /// for each piece of its body. For the answer to a [one-time](super::Request::one_time) request it only
    /// counts when it is longer than the usual one.
    pub timeout: Duration,
    /// Longest time for DNS, TCP and TLS together.
    pub connect_timeout: Duration,
    /// PEM file whose certificates are trusted beside the usual roots.
    pub extra_roots: Option<PathBuf>,
    /// PEM file whose certificates replace the usual roots (`SSL_CERT_FILE`).
    pub only_roots: Option<PathBuf>,
    /// Folders whose certificates replace the usual roots (`SSL_CERT_DIR`).
    pub only_root_folders: Vec<PathBuf>,
    /// What the environment says about proxies.
    pub proxies: ProxyVariables,
    /// The server is a plain http one on a loopback address: no roots are loaded and no proxy is
    /// asked, so it works on a machine that has neither.
    pub plain_loopback: bool,
}

/// How long an answer may take where no option says. The answer to a one-time request may always take as long.
pub(super) const ANSWER_TIMEOUT: Duration = Duration::from_secs(30);
/// How long a connection may take where no option says.
pub(super) const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

impl Default for Options {
    fn default() -> Self {
        Self {
            timeout: ANSWER_TIMEOUT,
            connect_timeout: CONNECT_TIMEOUT,
            extra_roots: None,
            only_roots: None,
            only_root_folders: Vec::new(),
            proxies: ProxyVariables::default(),
            plain_loopback: false,
        }
    }
}
