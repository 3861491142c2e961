//! The ways of signing in, as the JSON of an error names them to scripts.

use serde::Serialize;

/// One way of signing in that is possible here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct AuthMethod {
    /// A stable word.
    pub method: &'static str,
    /// What to run.
    pub command: String,
    /// Who or what it takes.
    pub needs: &'static str,
}

/// All that are possible here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct AuthMethods(pub Vec<AuthMethod>);
