//! The fictional people of the sandbox.
//!
//! Each is one JSON file in the portal's own shapes (docs/portal.md, Natural person to Tax), so
//! that a route only has to hand out its part; a file is written `sandbox:NAME`, for the route to
//! put a URL of its own in its place. All names, numbers and addresses are made up;
//! mail addresses end in `.example` (RFC 2606 §2).

use serde::Deserialize;
use serde_json::Value;

/// As they are parsed.
pub(crate) const BUILT_IN: [&str; 10] = [
    include_str!("personas/resident.json"),
    include_str!("personas/e-resident.json"),
    include_str!("personas/no-profile.json"),
    include_str!("personas/former.json"),
    include_str!("personas/visitor.json"),
    include_str!("personas/newcomer.json"),
    include_str!("personas/trader.json"),
    include_str!("personas/older.json"),
    include_str!("personas/newer.json"),
    include_str!("personas/hostile.json"),
];

/// Someone who can sign in to the sandbox.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Persona {
    /// Short name, as in `--auto-approve=ID`.
    pub id: String,
    /// Full name, as the login page shows it.
    pub name: String,
    /// What this persona is good for, in one line.
    pub description: String,
    /// The `sub` of tokens and userinfo.
    pub sub: String,
    /// Claim of scope `profile`.
    pub given_name: Option<String>,
    /// Claim of scope `profile`.
    pub family_name: Option<String>,
    /// Claim of scope `profile`: a URL.
    pub picture: Option<String>,
    /// Claim of scope `email`.
    pub email: String,
    /// Claim of scope `email`.
    pub email_verified: bool,
    /// Body of `/me/natural-person`: an object, or `null` while the profile is not filled in.
    pub natural_person: Value,
    /// Body of `/me/natural-person/residency`.
    pub residency: Value,
    /// Body of `/me/natural-person/id-verification`.
    pub id_verification: Value,
    /// Body of `/me/natural-person/documents`.
    pub documents: Value,
    /// The entities the person represents.
    pub legal_entities: Vec<Entity>,
    /// Subjects and filings of the tax routes.
    pub tax: Tax,
}

/// A legal entity with its documents.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entity {
    /// The entity as `/me/legal-entities/{id}` gives it.
    pub entity: Value,
    /// The `data` of its documents route.
    pub documents: Vec<Value>,
}

impl Entity {
    /// Its UUID.
    pub fn id(&self) -> &str {
        self.entity["id"].as_str().unwrap_or_default()
    }

    /// Its name with its extension on the right side.
    pub fn display_name(&self) -> String {
        let name = self.entity["name"].as_str().unwrap_or_default();
        let extension = self.entity["extension"].as_str().unwrap_or_default();
        if self.entity["nameStartsWithExtension"] == true {
            format!("{extension} {name}")
        } else {
            format!("{name} {extension}")
        }
    }
}

/// What the tax routes serve.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tax {
    /// The `data.subjects` of the summary.
    pub subjects: Vec<Value>,
    /// The submitted filings, newest first.
    pub filings: Vec<Value>,
}

impl Persona {
    /// The people every sandbox starts with; the first, `resident`, is the default.
    pub fn built_in() -> Vec<Self> {
        BUILT_IN
            .iter()
            .map(|text| Self::parse(text).expect("the built-in personas are read by a test"))
            .collect()
    }

    /// Reads a persona from JSON.
    pub fn parse(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// The ids of all entities the person represents.
    pub(crate) fn entity_ids(&self) -> Vec<String> {
        self.legal_entities
            .iter()
            .map(|entity| entity.id().to_owned())
            .collect()
    }

    /// The claims that scopes open, as userinfo gives them: absent data is `null`
    /// (docs/portal.md, Userinfo).
    pub(crate) fn claims(&self, scopes: &[String]) -> serde_json::Map<String, Value> {
        let has = |name: &str| scopes.iter().any(|scope| scope == name);
        let mut claims = serde_json::Map::new();
        claims.insert("sub".to_owned(), self.sub.as_str().into());
        if has("profile") {
            claims.insert("name".to_owned(), self.name.as_str().into());
            claims.insert("given_name".to_owned(), self.given_name.clone().into());
            claims.insert("family_name".to_owned(), self.family_name.clone().into());
            claims.insert("picture".to_owned(), self.picture.clone().into());
        }
        if has("email") {
            claims.insert("email".to_owned(), self.email.as_str().into());
            claims.insert("email_verified".to_owned(), self.email_verified.into());
        }
        claims
    }
}
