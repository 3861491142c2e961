//! The scopes of the portal and what they mean in plain words (docs/portal.md, Credentials and
//! scopes).

use crate::client_text;
use crate::reason::Reason;

/// Characters shown of an unknown scope.
pub(crate) const MAX_SCOPE_CHARS_SHOWN: usize = 60;

/// A scope as the consent page shows it.
pub(crate) struct Scope {
    pub(crate) name: &'static str,
    pub(crate) meaning: &'static str,
}

const fn scope(name: &'static str, meaning: &'static str) -> Scope {
    Scope { name, meaning }
}

/// Every scope the sandbox knows, in the order of the discovery document.
pub(crate) const ALL: [Scope; 12] = [
    scope("openid", "Confirm who you are"),
    scope("profile", "See your name and picture"),
    scope("email", "See your e-mail address"),
    scope("offline_access", "Stay signed in when you are away"),
    scope(
        "eprospera:person.details.read",
        "Read your personal details: permit number, birth, citizenships, address, phone",
    ),
    scope(
        "eprospera:person.residency.read",
        "Read the state of your residency",
    ),
    scope(
        "eprospera:person.id_verification.read",
        "Read your identity check and download its pictures",
    ),
    scope(
        "eprospera:person.documents.read",
        "Read and download your personal documents",
    ),
    scope(
        "eprospera:entity.read",
        "Read the legal entities that you choose below",
    ),
    scope(
        "eprospera:entity.documents.read",
        "Read and download the documents of those legal entities",
    ),
    scope(
        "eprospera:person.tax.read",
        "Read your own tax obligations and filings",
    ),
    scope(
        "eprospera:entity.tax.read",
        "Read the tax obligations and filings of those legal entities",
    ),
];

/// What a scope means, or its own name when it is none of ours.
pub(crate) fn meaning(name: &str) -> &str {
    ALL.iter()
        .find(|scope| scope.name == name)
        .map_or(name, |scope| scope.meaning)
}

/// Why a scope is refused to a client.
pub(crate) fn why_refused(name: &str, client_id: &str) -> Reason {
    let plain = |name: &str| name.replace('_', "-").to_lowercase();
    let shown = client_text::shown(name, MAX_SCOPE_CHARS_SHOWN);
    match ALL.iter().find(|scope| plain(scope.name) == plain(name)) {
        Some(scope) if scope.name == name => Reason::new(
            format!("client {client_id} is not registered for scope {name}"),
            format!(
                "leave {name} out of `scope`, or add it to the `scopes` of client {client_id} in the \
                 sandbox's configuration"
            ),
        ),
        // A hyphen for the underscore, as the path has it; capitals.
        Some(scope) => Reason::new(
            format!(
                "scope `{shown}` is unknown to the portal; did you mean {}?",
                scope.name
            ),
            format!("send `{}` in its place", scope.name),
        ),
        None => Reason::new(
            format!("scope `{shown}` is unknown to the portal"),
            format!("send some of these, separated by spaces: {}", known()),
        ),
    }
}

fn known() -> String {
    ALL.map(|scope| scope.name).join(" ")
}

/// Whether any scope needs the person to choose legal entities.
pub(crate) fn names_entities(scopes: &[String]) -> bool {
    scopes
        .iter()
        .any(|scope| scope.starts_with("eprospera:entity."))
}

/// Splits at spaces, keeps the order, drops what was named before (RFC 6749 §3.3).
pub(crate) fn parse(text: &str) -> Vec<String> {
    let mut scopes: Vec<String> = Vec::new();
    for scope in text.split(' ').filter(|scope| !scope.is_empty()) {
        if !scopes.iter().any(|known| known == scope) {
            scopes.push(scope.to_owned());
        }
    }
    scopes
}
