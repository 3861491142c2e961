//! The sandbox's Agent Keys (docs/portal.md, Credentials and scopes, and Sandbox choices).
//!
//! `ak-sandbox-PERSONA` has every personal scope; `ak-sandbox-PERSONA+details+documents` has the
//! named ones only. No key is ever stored or revoked: its text says what it may do.

use std::sync::Arc;

use crate::people::persona::Persona;
use crate::portal::Portal;

const PREFIX: &str = "ak-sandbox-";

/// What a key can be limited to: the middle of `agent:person.NAME.read`.
const NAMES: [&str; 4] = ["details", "residency", "id_verification", "documents"];

/// A valid key.
pub(crate) struct AgentKey {
    pub(crate) persona: Arc<Persona>,
    names: Vec<&'static str>,
}

impl AgentKey {
    /// Whether it has the twin of an OAuth scope.
    pub(crate) fn may(&self, scope: &str) -> bool {
        let twin = |name: &&str| scope == format!("eprospera:person.{name}.read");
        self.names.iter().any(twin)
    }
}

/// The key that a credential is.
pub(crate) fn find(portal: &Portal, credential: &str) -> Option<AgentKey> {
    let text = credential.strip_prefix(PREFIX)?;
    let mut parts = text.split('+');
    let persona = Arc::clone(portal.persona(parts.next()?)?);
    let limits: Vec<&str> = parts.collect();
    let names = if limits.is_empty() {
        NAMES.to_vec()
    } else {
        let known = |limit: &str| NAMES.into_iter().find(|name| *name == limit);
        limits.into_iter().map(known).collect::<Option<_>>()?
    };
    Some(AgentKey { persona, names })
}
