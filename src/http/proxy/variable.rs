//! The variables that choose a proxy, and what can be wrong with them.

use crate::secret::Secret;

/// A variable of the environment, as it is set.
#[derive(Clone, Debug)]
pub(crate) struct Variable {
    pub name: &'static str,
    /// Its value. That of a proxy may hold a password, and only that part of it is registered: a
    /// text that holds a part of a registered secret is cleaned, and host and port have to be shown.
    pub value: Secret,
}

/// The variables that choose a proxy for https.
#[derive(Clone, Debug, Default)]
pub(crate) struct ProxyVariables {
    /// The first one of those that name a proxy.
    pub proxy: Option<Variable>,
    /// The first one of those that name the hosts to reach without.
    pub no_proxy: Option<Variable>,
}

/// Why a variable cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VariableProblem {
    /// `"http://proxy"`, as files of variables for containers keep it.
    #[error("it contains quotation marks")]
    Quoted,
    /// White space or a control character inside.
    #[error("it contains a space or a control character")]
    Blank,
    /// Anything that a URL has to encode.
    #[error("it contains characters other than ASCII")]
    NotAscii,
    /// `socks://`, as GNOME sets it.
    #[error("`socks://` does not say which version of SOCKS is meant")]
    AnySocks,
    /// Another scheme than those of proxies.
    #[error("its scheme is not a proxy scheme")]
    Scheme,
    #[error("it is not a proxy address")]
    Address,
}

/// Whether quotation marks were meant for a shell. A password may have single ones.
pub(super) fn is_quoted(text: &str) -> bool {
    text.contains('"') || text.starts_with(['\'', '`']) || text.ends_with(['\'', '`'])
}
