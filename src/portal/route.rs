//! The routes of the portal, and what each takes (docs/portal.md, "Endpoints" and "Credentials
//! and scopes").

use super::credential::Credential;

#[derive(Debug)]
pub(crate) struct Route {
    /// What it is called in a sentence.
    pub name: &'static str,
    /// The path; `{}` stands for an id.
    pub path: &'static str,
    /// The scopes that open it: one of them is enough. Empty where none is documented.
    pub scopes: &'static [&'static str],
    /// The scope that an Agent Key needs; `None` where it takes no such key.
    pub agent_scope: Option<&'static str>,
    /// Whether an older portal may not have it (docs/portal.md, "Discrepancies").
    pub is_newer: bool,
}

/// The routes about a person, by the command that reads each.
pub(crate) const OF_ME: [(&str, &Route); 9] = [
    ("natural-person", &NATURAL_PERSON),
    ("residency", &RESIDENCY),
    ("id-verification", &ID_VERIFICATION),
    ("documents", &PERSONAL_DOCUMENTS),
    ("legal-entities", &LEGAL_ENTITIES),
    ("legal-entities ID documents", &ENTITY_DOCUMENTS),
    ("tax summary", &TAX_SUMMARY),
    ("tax filings", &TAX_FILINGS),
    ("tax download", &TAX_DOCUMENTS),
];

pub(crate) const USERINFO: Route = Route {
    name: "userinfo",
    path: "/api/oauth/userinfo",
    scopes: &[],
    agent_scope: None,
    is_newer: false,
};

pub(crate) const NATURAL_PERSON: Route = Route {
    name: "the natural person",
    path: "/api/v1/me/natural-person",
    scopes: &["eprospera:person.details.read"],
    agent_scope: Some("agent:person.details.read"),
    is_newer: false,
};

pub(crate) const RESIDENCY: Route = Route {
    name: "the residency",
    path: "/api/v1/me/natural-person/residency",
    scopes: &["eprospera:person.residency.read"],
    agent_scope: Some("agent:person.residency.read"),
    is_newer: false,
};

/// How a person's identity was verified. The older spelling of the path has an underscore.
pub(crate) const ID_VERIFICATION: Route = Route {
    name: "the identity verification",
    path: "/api/v1/me/natural-person/id-verification",
    scopes: &["eprospera:person.id_verification.read"],
    agent_scope: Some("agent:person.id_verification.read"),
    is_newer: false,
};

pub(crate) const PERSONAL_DOCUMENTS: Route = Route {
    name: "the documents of a person",
    path: "/api/v1/me/natural-person/documents",
    scopes: &["eprospera:person.documents.read"],
    agent_scope: Some("agent:person.documents.read"),
    is_newer: true,
};

pub(crate) const LEGAL_ENTITIES: Route = Route {
    name: "the legal entities",
    path: "/api/v1/me/legal-entities",
    scopes: &["eprospera:entity.read"],
    agent_scope: None,
    is_newer: false,
};

pub(crate) const LEGAL_ENTITY: Route = Route {
    name: "a legal entity",
    path: "/api/v1/me/legal-entities/{}",
    ..LEGAL_ENTITIES
};

pub(crate) const ENTITY_DOCUMENTS: Route = Route {
    name: "the documents of a legal entity",
    path: "/api/v1/me/legal-entities/{}/documents",
    scopes: &["eprospera:entity.documents.read"],
    ..LEGAL_ENTITIES
};

pub(crate) const TAX_SUMMARY: Route = Route {
    name: "the tax summary",
    path: "/api/v1/me/tax/summary",
    scopes: &["eprospera:person.tax.read", "eprospera:entity.tax.read"],
    agent_scope: None,
    is_newer: true,
};

pub(crate) const TAX_FILINGS: Route = Route {
    name: "the tax filings",
    path: "/api/v1/me/tax/filings",
    ..TAX_SUMMARY
};

pub(crate) const TAX_FILING: Route = Route {
    name: "a tax filing",
    path: "/api/v1/me/tax/filings/{}",
    ..TAX_SUMMARY
};

pub(crate) const TAX_DOCUMENTS: Route = Route {
    name: "a tax document",
    path: "/api/v1/me/tax/filings/{}/documents",
    ..TAX_SUMMARY
};

/// Every route, for tables of what opens what.
pub(crate) const ALL: [&Route; 12] = [
    &USERINFO,
    &NATURAL_PERSON,
    &RESIDENCY,
    &ID_VERIFICATION,
    &PERSONAL_DOCUMENTS,
    &LEGAL_ENTITIES,
    &LEGAL_ENTITY,
    &ENTITY_DOCUMENTS,
    &TAX_SUMMARY,
    &TAX_FILINGS,
    &TAX_FILING,
    &TAX_DOCUMENTS,
];

impl Route {
    pub(crate) fn path_of(&self, id: &str) -> String {
        self.path.replacen("{}", id, 1)
    }

    /// Whether it takes a kind of credential.
    pub(crate) fn takes(&self, credential: Credential) -> bool {
        match credential {
            Credential::AccessToken => true,
            Credential::AgentKey => self.agent_scope.is_some(),
            Credential::StandardKey | Credential::PartnerKey | Credential::RefreshToken => false,
        }
    }
}
