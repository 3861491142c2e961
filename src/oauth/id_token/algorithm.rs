//! The signature algorithms: names on the wire, kinds of key, and which of them an issuer may use.

use super::super::discovery::Metadata;
use crate::oauth::id_token::jwks::Family;

/// The algorithms this program can verify: all asymmetric. Their names are those of RFC 7518 §3.1,
/// RFC 8037 §3.1 and RFC 9864.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Algorithm {
    RS256,
    RS384,
    RS512,
    PS256,
    PS384,
    PS512,
    ES256,
    ES384,
    EdDSA,
    Ed25519,
}

impl Algorithm {
    const ALL: [(&'static str, Self); 10] = [
        ("RS256", Self::RS256),
        ("RS384", Self::RS384),
        ("RS512", Self::RS512),
        ("PS256", Self::PS256),
        ("PS384", Self::PS384),
        ("PS512", Self::PS512),
        ("ES256", Self::ES256),
        ("ES384", Self::ES384),
        ("EdDSA", Self::EdDSA),
        ("Ed25519", Self::Ed25519),
    ];

    /// The algorithm of a `alg` name; `None` when it is not supported.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        let entry = Self::ALL.iter().find(|(known, _)| *known == name)?;
        Some(entry.1)
    }

    /// The name on the wire.
    pub(crate) fn as_str(self) -> &'static str {
        let entry = Self::ALL.iter().find(|(_, algorithm)| *algorithm == self);
        entry.map_or("", |(name, _)| name)
    }

    /// The algorithms that an issuer announces and this program supports; RS256 when the issuer
    /// announces none, which every issuer must support (OIDC Discovery §3).
    pub(crate) fn allowed(metadata: &Metadata) -> Vec<Self> {
        let announced = &metadata.id_token_signing_algs;
        if announced.is_empty() {
            return vec![Self::RS256];
        }
        announced
            .iter()
            .filter_map(|name| Self::parse(name))
            .collect()
    }

    pub(super) fn family(self) -> Family {
        match self {
            Self::ES256 => Family::P256,
            Self::ES384 => Family::P384,
            Self::EdDSA | Self::Ed25519 => Family::Ed25519,
            _ => Family::Rsa,
        }
    }

    pub(super) fn verifier(self) -> jsonwebtoken::Algorithm {
        match self {
            Self::RS256 => jsonwebtoken::Algorithm::RS256,
            Self::RS384 => jsonwebtoken::Algorithm::RS384,
            Self::RS512 => jsonwebtoken::Algorithm::RS512,
            Self::PS256 => jsonwebtoken::Algorithm::PS256,
            Self::PS384 => jsonwebtoken::Algorithm::PS384,
            Self::PS512 => jsonwebtoken::Algorithm::PS512,
            Self::ES256 => jsonwebtoken::Algorithm::ES256,
            Self::ES384 => jsonwebtoken::Algorithm::ES384,
            Self::EdDSA | Self::Ed25519 => jsonwebtoken::Algorithm::EdDSA,
        }
    }

    /// Whether a key that is bound to an algorithm by name may be used with this one. RFC 9864
    /// gives `EdDSA` on this curve a second name.
    pub(super) fn is_named(self, name: &str) -> bool {
        let edwards = ["EdDSA", "Ed25519"];
        self.as_str() == name || (edwards.contains(&self.as_str()) && edwards.contains(&name))
    }
}
