//! What a caller proves itself with: 256 random bits that open this proxy and nothing else.

use reqwest::header::{AUTHORIZATION, HeaderMap};

use crate::crypto;
use crate::secret::Secret;

/// The secret of one running proxy.
#[derive(Clone, Debug)]
pub(crate) struct Capability(Secret);

/// How a request fails to show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unproven {
    Missing,
    Wrong,
}

impl Capability {
    /// A new one, which keeps out of all sentences.
    pub(crate) fn random() -> Result<Self, crypto::Error> {
        Ok(Self(crypto::random_key()?))
    }

    /// The text that the caller sends.
    pub(crate) fn secret(&self) -> &Secret {
        &self.0
    }

    /// Looks for it in the one place where it counts: `Authorization: Bearer` (RFC 6750 §2.1). Two
    /// such headers are as good as none.
    pub(super) fn check(&self, headers: &HeaderMap) -> Result<(), Unproven> {
        let mut sent = headers.get_all(AUTHORIZATION).iter();
        let (Some(value), None) = (sent.next(), sent.next()) else {
            return Err(Unproven::Missing);
        };
        let text = value.to_str().map_err(|_| Unproven::Wrong)?;
        let Some((scheme, credential)) = text.split_once(' ') else {
            return Err(Unproven::Wrong);
        };
        let is_shown = self.0.equals(credential.trim_start_matches(' '));
        if scheme.eq_ignore_ascii_case("bearer") && is_shown {
            Ok(())
        } else {
            Err(Unproven::Wrong)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(values: &[&str]) -> HeaderMap {
        let values = values.iter().map(|value| value.parse().unwrap());
        values.map(|value| (AUTHORIZATION, value)).collect()
    }

    #[test]
    fn only_the_whole_capability_as_one_bearer_counts() {
        let capability = Capability(Secret::unregistered("c0ffee".to_owned()));
        for value in ["Bearer c0ffee", "bearer c0ffee", "BEARER  c0ffee"] {
            assert_eq!(capability.check(&headers(&[value])), Ok(()), "{value}");
        }
        for value in [
            "",
            "Bearer",
            "Bearer ",
            "Bearer c0ffe",
            "Bearer c0ffee0",
            "Bearer C0FFEE",
            "Bearer c0ffee, c0ffee",
            "Basic c0ffee",
            "c0ffee",
        ] {
            let checked = capability.check(&headers(&[value]));
            assert_eq!(checked, Err(Unproven::Wrong), "{value}");
        }
        for values in [vec![], vec!["Bearer c0ffee", "Bearer c0ffee"]] {
            let checked = capability.check(&headers(&values));
            assert_eq!(checked, Err(Unproven::Missing));
        }
    }

    #[test]
    fn no_two_are_the_same_and_each_has_256_bits() {
        let [one, other] = [(); 2].map(|()| Capability::random().unwrap());
        assert!(!one.0.equals(other.0.expose()));
        assert_eq!(one.0.expose().len(), 64);
    }
}
