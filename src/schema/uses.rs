//! What a command works with, and what follows from that: the variables that it reads, and the kinds of failure in which
//! it can end.

use crate::env;
use crate::error::Kind;

/// Something that a command works with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// The configuration, the variables and what the last login used.
    Settings,
    /// The configuration file, for writing.
    Configuration,
    /// The place where sessions are stored.
    Store,
    /// The session, or the credential in a variable.
    Credential,
    /// The client secret.
    ClientSecret,
    /// The key that replaces the one of the encrypted store.
    NewKey,
    /// Requests to a provider, any of which can be refused.
    Server,
    /// Requests whose failure is reported and changes nothing.
    BestEffort,
    /// A browser, and a person who uses it.
    Browser,
    /// Something that the command would replace.
    Existing,
    /// A stored record or a copy of it, which may not exist.
    Copy,
    /// A file that only one run may have at a time.
    HeldFile,
    /// A program of the person that is tested, and has to sign in, to end, and to print a token.
    Client,
}

/// What every command reads.
const ALWAYS: &[&str] = &[
    env::OUTPUT,
    env::LOG,
    env::NO_COLOR,
    env::TERM,
    env::NO_INPUT,
    env::CI,
];

/// What every command can end in: a full disk, a wrong flag, and signals.
const ALWAYS_KINDS: [Kind; 4] = [
    Kind::Failure,
    Kind::Usage,
    Kind::Interrupted,
    Kind::Terminated,
];

const SETTINGS: &[&str] = &[
    env::PROFILE,
    env::ISSUER,
    env::CLIENT_ID,
    env::REDIRECT_URI,
    env::STORE,
    env::CONFIG_DIR,
    env::STATE_DIR,
];

const CONNECTION: &[&str] = &[
    env::CACHE_DIR,
    env::CA_FILE,
    env::REQUEST_TIMEOUT,
    env::RETRIES,
    env::SSL_CERT_FILE,
    env::SSL_CERT_DIR,
    env::HTTPS_PROXIES[0],
    env::HTTPS_PROXIES[1],
    env::HTTPS_PROXIES[2],
    env::HTTPS_PROXIES[3],
    env::NO_PROXIES[0],
    env::NO_PROXIES[1],
];

impl Use {
    const fn variables(self) -> &'static [&'static str] {
        match self {
            Self::Settings => SETTINGS,
            Self::Store => &[env::STORE_KEY, env::STORE_KEY_FILE],
            Self::Credential => &[env::TOKEN, env::TOKEN_FILE, env::REFRESH_TOKEN],
            Self::ClientSecret => &[env::CLIENT_SECRET, env::CLIENT_SECRET_FILE],
            Self::NewKey => &[env::NEW_STORE_KEY, env::NEW_STORE_KEY_FILE],
            Self::Server | Self::BestEffort => CONNECTION,
            Self::Browser => &[env::BROWSER],
            Self::Configuration | Self::Existing | Self::Copy | Self::HeldFile | Self::Client => {
                &[]
            }
        }
    }

    fn kinds(self) -> &'static [Kind] {
        match self {
            // What the last login used is remembered in the state folder.
            Self::Settings => &[Kind::Store],
            Self::Configuration => &[Kind::Store, Kind::Busy],
            Self::Store | Self::NewKey => &[Kind::Store, Kind::Busy, Kind::Untrusted],
            Self::Credential => &[Kind::LoginRequired, Kind::Forbidden],
            // Every status has its kind, whichever server answers with it.
            Self::Server => &[
                Kind::LoginRequired,
                Kind::Forbidden,
                Kind::NotFound,
                Kind::Conflict,
                Kind::RateLimited,
                Kind::InvalidRequest,
                Kind::Timeout,
                Kind::Network,
                Kind::Untrusted,
            ],
            Self::Existing => &[Kind::Conflict],
            Self::Copy => &[Kind::NotFound],
            Self::HeldFile => &[Kind::Busy],
            Self::Client => &[Kind::LoginRequired, Kind::Timeout, Kind::Untrusted],
            Self::ClientSecret | Self::BestEffort | Self::Browser => &[],
        }
    }
}

/// The variables that a command reads, in the order of the table of all.
pub(super) fn variables(uses: &[Use]) -> Vec<&'static str> {
    let is_read = |name: &&str| {
        ALWAYS.contains(name) || uses.iter().any(|one| one.variables().contains(name))
    };
    let all = env::VARIABLES.iter().map(|variable| variable.name);
    all.filter(is_read).collect()
}

/// The kinds of failure in which a command can end, in the order of their exit codes.
pub(super) fn kinds(uses: &[Use]) -> impl Iterator<Item = Kind> {
    Kind::ALL.into_iter().filter(move |kind| {
        ALWAYS_KINDS.contains(kind) || uses.iter().any(|one| one.kinds().contains(kind))
    })
}

/// Whether a command sends something to a provider.
pub(super) fn is_networked(uses: &[Use]) -> bool {
    uses.contains(&Use::Server) || uses.contains(&Use::BestEffort)
}

#[cfg(test)]
mod tests {
    use super::super::facts::FACTS;
    use super::*;

    #[test]
    fn every_variable_is_read_by_some_command() {
        for variable in env::VARIABLES {
            // These two are for the commands of others to read.
            let is_given = [env::API_URL, env::API_CAPABILITY].contains(&variable.name);
            let mut rows = FACTS.iter();
            let is_read =
                is_given || rows.any(|facts| variables(facts.uses).contains(&variable.name));
            assert!(is_read, "give {} to a `Use`", variable.name);
        }
    }

    #[test]
    fn a_command_without_a_network_never_ends_for_want_of_one() {
        for facts in FACTS {
            let kinds: Vec<_> = kinds(facts.uses).collect();
            let may = is_networked(facts.uses);
            for kind in [Kind::Network, Kind::RateLimited] {
                assert!(may || !kinds.contains(&kind), "{}", facts.path);
            }
        }
    }
}
